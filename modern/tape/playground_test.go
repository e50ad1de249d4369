package tape

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"perceptarium/internal/dataset"
	"perceptarium/modern/examples"
	"perceptarium/sim"
)

// What follows is a second implementation of the Playground's rules, in float64
// and link by link, as its nn.ts has them: a node adds up its inputs from its
// bias on; derivatives gather on nodes and links; an update divides by how many
// have gathered, then regularises.

type pgLink struct {
	from, to int // nodes of the layer before, and of this one
	weight   float64
	der      float64
	count    float64
	dead     bool
}

type pgNode struct{ bias, output, outputDer, inputDer, der, count float64 }

type pgNet struct {
	layers [][]pgNode
	links  [][]pgLink // into each layer
	rate   float64
	l1     float64
	loss   float64 // since the last update
	judged int
}

// pgCopy takes the weights of a machine.
func pgCopy(m *Machine, rate, l1 float64) *pgNet {
	n := &pgNet{layers: [][]pgNode{make([]pgNode, m.net.Values[0].Size)}, links: [][]pgLink{nil}, rate: rate, l1: l1}
	for k := 0; k < len(m.net.Params); k += 2 {
		w, b := m.net.Params[k], m.net.Params[k+1]
		nodes := make([]pgNode, len(b.W))
		var links []pgLink
		for j := range nodes {
			nodes[j].bias = float64(b.W[j])
			for i := range n.layers[len(n.layers)-1] {
				links = append(links, pgLink{from: i, to: j, weight: float64(w.W[i*len(nodes)+j])})
			}
		}
		n.layers, n.links = append(n.layers, nodes), append(n.links, links)
	}
	return n
}

func (n *pgNet) forward(x []float32) float64 {
	for i, v := range x {
		n.layers[0][i].output = float64(v)
	}
	for l := 1; l < len(n.layers); l++ {
		for j := range n.layers[l] {
			sum := n.layers[l][j].bias
			for _, k := range n.links[l] {
				if k.to == j {
					sum += k.weight * n.layers[l-1][k.from].output
				}
			}
			n.layers[l][j].output = math.Tanh(sum)
		}
	}
	return n.layers[len(n.layers)-1][0].output
}

func (n *pgNet) backward(target float64) {
	last := n.layers[len(n.layers)-1]
	last[0].outputDer = last[0].output - target
	for l := len(n.layers) - 1; l > 0; l-- {
		before := n.layers[l-1]
		for i := range before {
			before[i].outputDer = 0
		}
		for j := range n.layers[l] {
			node := &n.layers[l][j]
			node.inputDer = node.outputDer * (1 - node.output*node.output)
			node.der += node.inputDer
			node.count++
		}
		for i := range n.links[l] {
			k := &n.links[l][i]
			before[k.from].outputDer += k.weight * n.layers[l][k.to].inputDer
			if !k.dead {
				k.der += n.layers[l][k.to].inputDer * before[k.from].output
				k.count++
			}
		}
	}
}

func (n *pgNet) update() {
	for l := 1; l < len(n.layers); l++ {
		for j := range n.layers[l] {
			node := &n.layers[l][j]
			node.bias -= n.rate * node.der / node.count
			node.der, node.count = 0, 0
		}
		for i := range n.links[l] {
			if k := &n.links[l][i]; !k.dead {
				k.weight -= n.rate / k.count * k.der
				k.der, k.count = 0, 0
				n.regularize(k)
			}
		}
	}
}

func (n *pgNet) regularize(k *pgLink) {
	sign := 0.0
	switch {
	case k.weight > 0:
		sign = 1
	case k.weight < 0:
		sign = -1
	}
	after := k.weight - n.rate*n.l1*sign
	if k.weight*after < 0 {
		k.weight, k.dead = 0, true
		return
	}
	k.weight = after
}

// apart is how far the machine and the reference stand from each other.
func (n *pgNet) apart(m *Machine) (far float64, dead, differ int) {
	for l := 1; l < len(n.layers); l++ {
		w, b := m.net.Params[2*l-2], m.net.Params[2*l-1]
		for j, node := range n.layers[l] {
			far = max(far, math.Abs(node.bias-float64(b.W[j])))
		}
		for _, k := range n.links[l] {
			at := k.from*len(n.layers[l]) + k.to
			far = max(far, math.Abs(k.weight-float64(w.W[at])))
			if k.dead {
				dead++
			}
			if w.Alive != nil && k.dead != (w.Alive[at] == 0) {
				differ++
			}
		}
	}
	return far, dead, differ
}

const demoNet = `input 2
dense h1 4 act=tanh init=uniform:0.5 bias=0.1
dense h2 2 act=tanh init=uniform:0.5 bias=0.1
dense out 1 act=tanh init=uniform:0.5 bias=0.1
loss squared factor=0.5 low=-1 high=1 tolerance=1
train sgd rate=0.03 batch=10 `

// TestPlayground runs the demo's own settings beside the reference, batch by
// batch. Rounding to 24 digits in each operation is about 1e-7 of a weight, and
// training does not make it grow by more than a hundred.
func TestPlayground(t *testing.T) {
	for _, c := range []struct {
		data  string
		l1    float64
		batch int
	}{{"circle", 0, 10}, {"xor", 0, 10}, {"gauss", 0, 10}, {"spiral", 0, 10}, {"circle", 0.03, 10}, {"xor", 0, 12}, {"circle", 0.03, 17}} {
		t.Run(fmt.Sprintf("%s l1=%v batch=%d", c.data, c.l1, c.batch), func(t *testing.T) { followPlayground(t, c.data, c.l1, c.batch) })
	}
}

// oneStep is the demo's pass over its points: an update after each place that
// the batch divides, so that what is left over at the end goes on in the next.
func (n *pgNet) oneStep(set *examples.Set, batch int, updated func(loss float64)) {
	for at := range set.Train.N {
		d := n.forward(set.Input(&set.Train, at)) - float64(set.Train.Y[at])
		n.loss, n.judged = n.loss+0.5*d*d, n.judged+1
		n.backward(float64(set.Train.Y[at]))
		if (at+1)%batch == 0 {
			n.update()
			updated(n.loss / float64(n.judged))
			n.loss, n.judged = 0, 0
		}
	}
}

func followPlayground(t *testing.T, data string, l1 float64, size int) {
	recipe, err := dataset.FindRecipe("playground-" + data)
	if err != nil {
		t.Fatal(err)
	}
	set, err := recipe.Make(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := made(t, strings.Replace(demoNet, "batch=10", fmt.Sprintf("batch=%d carry=yes l1=%v", size, l1), 1), string(examples.Encode(set)))
	m.Reset(3)
	ref, worst, killed := pgCopy(m, 0.03, l1), 0.0, 0
	for pass := range 60 {
		ref.oneStep(set, size, func(loss float64) {
			for before := m.batches; m.batches == before; {
				m.Step()
			}
			far, dead, differ := ref.apart(m)
			worst, killed = max(worst, far), dead
			if far > 1e-5 || math.Abs(loss-float64(m.loss)) > 1e-5 || differ > 0 {
				t.Fatalf("in pass %d a weight is %.3g away, the loss %v and not %v, %d links are dead in one only", pass+1, far, m.loss, loss, differ)
			}
		})
		if m.pass != int64(pass+1) {
			t.Fatalf("%d passes, not %d", m.pass, pass+1)
		}
	}
	if (killed > 0) != (l1 > 0) {
		t.Errorf("%d links are dead", killed)
	}
	t.Logf("after 60 passes at most %.2g away, %d links dead", worst, killed)
}

// TestNoiseBall: with one noisy example at a time a weight ends in a ball around
// the best one, whose variance is proportional to the rate.
func TestNoiseBall(t *testing.T) {
	m := made(t, "input 1\ndense w 1 bias=no init=0\nloss squared factor=0.5\ntrain sgd order=drawn", "x y\n1 1\n1 -1\n1 2\n1 -2\n")
	rates := []float64{0.01, 0.03, 0.1}
	var logs []float64
	for _, rate := range rates {
		turn(t, m, "rate", sim.Input{Floats: []float32{float32(rate)}})
		turn(t, m, "restart", sim.Input{})
		sum, n := 0.0, 0
		for m.batches < 60_000 {
			m.Step()
			if m.at == 0 && m.batches > 2000 {
				w := float64(m.net.Params[0].W[0])
				sum, n = sum+w*w, n+1
			}
		}
		logs = append(logs, math.Log(sum/float64(n)))
		// In the limit the variance is rate/(2-rate) of that of the examples, 2.5.
		if want := 2.5 * rate / (2 - rate); math.Abs(sum/float64(n)/want-1) > 0.15 {
			t.Errorf("at a rate of %v the variance is %.4g, want %.4g", rate, sum/float64(n), want)
		}
	}
	slope := (logs[2] - logs[0]) / math.Log(rates[2]/rates[0])
	if slope < 0.8 || slope > 1.2 {
		t.Errorf("the variance grows with the rate to the power of %.2f, want 1", slope)
	}
}
