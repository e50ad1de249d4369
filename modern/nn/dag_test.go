package nn

import (
	"fmt"
	"math"
	"testing"

	"perceptarium/modern/kernel"
	"perceptarium/sim/rng"
)

// dag is a net of dense layers, activations and meetings in any order, as a list
// of nodes: each sees one or two nodes before it. It is reckoned in float64.
type dag struct {
	nodes []dagNode
	n     *Net
	x     *Value
}

type dagNode struct {
	kind byte // 'x' the input, 'd' dense, 'a' an activation, 'm' a meeting
	act  int  // of curves
	from [2]int
	v    *Value
}

// slopedActs are the activations that pass a derivative on: of curves all but the
// step.
var slopedActs = []int{0, 1, 3, 4, 5, 6, 7}

const dagWidth = 3

// makeDag draws a net: which layers there are, and which ones they see.
func makeDag(seed uint64) *dag {
	st := rng.New(seed).Stream("dag")
	d := &dag{n: New(2)}
	d.x = d.n.Input("x", []int{dagWidth}, 1)
	d.nodes = []dagNode{{kind: 'x', v: d.x}}
	for i := range 4 + int(st.Below(5)) {
		node := dagNode{kind: "dddam"[st.Below(5)], act: slopedActs[st.Below(int64(len(slopedActs)))]}
		for k := range node.from {
			node.from[k] = int(st.Below(int64(len(d.nodes))))
		}
		d.add(node, fmt.Sprintf("n%d", i))
	}
	last := dagNode{kind: 'd', from: [2]int{len(d.nodes) - 1, 0}}
	d.add(last, "y")
	d.n.Loss("loss", d.nodes[len(d.nodes)-1].v, Loss{Sum: true})
	d.n.Optimize(SGD, Settings{})
	d.n.Finish()
	d.n.Start(seed)
	feedRandom(d.n, d.x)
	return d
}

func (d *dag) add(node dagNode, name string) {
	a, b, act := d.nodes[node.from[0]].v, d.nodes[node.from[1]].v, curves[node.act].act
	switch node.kind {
	case 'd':
		node.v = d.n.Dense(name, a, Dense{Units: dagWidth, Act: act, Init: smooth, Bias: smooth})
	case 'a':
		node.v = d.n.Activate(name, a, act)
	case 'm':
		node.v = d.n.Add(name, a, b, act)
	}
	d.nodes = append(d.nodes, node)
}

// loss reckons the loss in float64, with so much added to number at of p.
func (d *dag) loss(p *Param, at int, more float64) (sum float64) {
	for r := range d.n.Rows {
		values := make([][]float64, len(d.nodes))
		for i, node := range d.nodes {
			values[i] = d.value(node, values, r, p, at, more)
		}
		for j, y := range values[len(values)-1] {
			t := float64(d.n.Wanted.Data[r*dagWidth+j])
			sum += (y - t) * (y - t)
		}
	}
	return sum
}

func (d *dag) value(node dagNode, values [][]float64, r int, p *Param, at int, more float64) []float64 {
	z := make([]float64, dagWidth)
	for j := range z {
		switch node.kind {
		case 'x':
			z[j] = float64(d.x.Data[r*dagWidth+j])
			continue
		case 'd':
			z[j] = d.weight(d.n.Param(node.v.Name+"-b"), j, p, at, more)
			for i, v := range values[node.from[0]] {
				z[j] += v * d.weight(d.n.Param(node.v.Name+"-w"), i*dagWidth+j, p, at, more)
			}
		case 'a':
			z[j] = values[node.from[0]][j]
		case 'm':
			z[j] = values[node.from[0]][j] + values[node.from[1]][j]
		}
		z[j] = curves[node.act].f(z[j])
	}
	return z
}

func (d *dag) weight(of *Param, i int, p *Param, at int, more float64) float64 {
	w := float64(of.W[i])
	if of == p && i == at {
		w += more
	}
	return w
}

// TestRandomNets holds the derivatives of forty random nets against differences
// in float64, so short that no corner of ReLU or ELU lies within one. Each is a
// sum of a few products, each of which float32 knows to about 1e-7.
func TestRandomNets(t *testing.T) {
	const h = 1e-6
	meets, uses := 0, map[kernel.Act]int{}
	for seed := range uint64(40) {
		d := makeDag(seed)
		run(d.n.Forward())
		run(d.n.Backward())
		for _, node := range d.nodes {
			if node.kind == 'm' {
				meets++
			}
			if node.kind != 'x' {
				uses[curves[node.act].act]++
			}
		}
		most := 0.0
		for _, p := range d.n.Params {
			for _, g := range p.G {
				most = math.Max(most, math.Abs(float64(g)))
			}
		}
		for _, p := range d.n.Params {
			for i, g := range p.G {
				slope := (d.loss(p, i, h) - d.loss(p, i, -h)) / (2 * h)
				if math.Abs(float64(g)-slope) > 2e-6*(most+math.Abs(slope)) {
					t.Errorf("net %d, %s[%d]: %v, by differences %v", seed, p.Name, i, g, slope)
				}
			}
		}
	}
	if meets < 20 {
		t.Errorf("in all nets only %d ways meet", meets)
	}
	for _, a := range slopedActs {
		if act := curves[a].act; uses[act] < 20 {
			t.Errorf("%v is in all nets only %d times", act, uses[act])
		}
	}
}
