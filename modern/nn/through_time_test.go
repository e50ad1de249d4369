package nn

import (
	"math"
	"testing"

	"perceptarium/modern/kernel"
)

// elman is a recurrent net with a linear output, in float64: h[t] = tanh(x[t] Wx
// + b + h[t-1] Wh), o[t] = h[t] V + c, L = sum of (o - t)^2 over all steps.
type elman struct {
	in, units, out int
	p              [5][]float64 // Wx [in][units], Wh [units][units], b, V [units][out], c
}

var elmanNames = [5]string{"h-w", "h-loop", "h-b", "y-w", "y-b"}

func elmanOf(n *Net) *elman {
	e := &elman{n.Value("x").Size, n.Value("h").Size, n.Output.Size, [5][]float64{}}
	for i, name := range elmanNames {
		for _, v := range n.Param(name).W {
			e.p[i] = append(e.p[i], float64(v))
		}
	}
	return e
}

func (e *elman) step(x, before []float64) []float64 {
	h := make([]float64, e.units)
	for j := range h {
		z := e.p[2][j]
		for i, v := range x {
			z += v * e.p[0][i*e.units+j]
		}
		for k, v := range before {
			z += v * e.p[1][k*e.units+j]
		}
		h[j] = math.Tanh(z)
	}
	return h
}

// wrongBy is o - t at a step.
func (e *elman) wrongBy(h, t []float64) []float64 {
	d := make([]float64, e.out)
	for k := range d {
		d[k] = e.p[4][k] - t[k]
		for j, v := range h {
			d[k] += v * e.p[3][j*e.out+k]
		}
	}
	return d
}

func (e *elman) loss(xs, ts [][]float64) (sum float64) {
	h := make([]float64, e.units)
	for t, x := range xs {
		h = e.step(x, h)
		for _, d := range e.wrongBy(h, ts[t]) {
			sum += d * d
		}
	}
	return sum
}

func (e *elman) zero() (g [5][]float64) {
	for i := range g {
		g[i] = make([]float64, len(e.p[i]))
	}
	return g
}

// output adds what a step's error says of V and c, and returns dL/dh.
func (e *elman) output(g *[5][]float64, h, d []float64) []float64 {
	dh := make([]float64, e.units)
	for k, v := range d {
		g[4][k] += 2 * v
		for j := range h {
			g[3][j*e.out+k] += 2 * v * h[j]
			dh[j] += 2 * v * e.p[3][j*e.out+k]
		}
	}
	return dh
}

// throughTime goes back over the steps.
func (e *elman) throughTime(xs, ts [][]float64) [5][]float64 {
	g, hs := e.zero(), [][]float64{make([]float64, e.units)}
	for t, x := range xs {
		hs = append(hs, e.step(x, hs[t]))
	}
	later := make([]float64, e.units)
	for t := len(xs) - 1; t >= 0; t-- {
		h := hs[t+1]
		dh := add(e.output(&g, h, e.wrongBy(h, ts[t])), later)
		later = make([]float64, e.units)
		for j := range dh {
			dz := dh[j] * (1 - h[j]*h[j])
			g[2][j] += dz
			for i, v := range xs[t] {
				g[0][i*e.units+j] += v * dz
			}
			for k, v := range hs[t] {
				g[1][k*e.units+j] += v * dz
				later[k] += dz * e.p[1][k*e.units+j]
			}
		}
	}
	return g
}

// realTime carries dh/dw for every weight w forward in time (Williams and Zipser
// 1989).
func (e *elman) realTime(xs, ts [][]float64) [5][]float64 {
	g, h := e.zero(), make([]float64, e.units)
	var slopes [3][][]float64 // of each recurrent weight: dh
	for i := range slopes {
		for range e.p[i] {
			slopes[i] = append(slopes[i], make([]float64, e.units))
		}
	}
	for t, x := range xs {
		next := e.step(x, h)
		for i := range slopes {
			for w, before := range slopes[i] {
				slopes[i][w] = e.carry(i, w, x, h, next, before)
			}
		}
		h = next
		dh := e.output(&g, h, e.wrongBy(h, ts[t]))
		for i := range slopes {
			for w := range slopes[i] {
				for j, v := range slopes[i][w] {
					g[i][w] += dh[j] * v
				}
			}
		}
	}
	return g
}

// carry is dh[t]/dw out of dh[t-1]/dw, for weight w of parameter i.
func (e *elman) carry(i, w int, x, before, h, slopes []float64) []float64 {
	next := make([]float64, e.units)
	for j := range next {
		for k, v := range slopes {
			next[j] += v * e.p[1][k*e.units+j]
		}
		switch {
		case w%e.units != j:
		case i == 0:
			next[j] += x[w/e.units]
		case i == 1:
			next[j] += before[w/e.units]
		default:
			next[j]++
		}
		next[j] *= 1 - h[j]*h[j]
	}
	return next
}

// TestThroughTimeIsRealTime: back-propagation through time, the forward rule and
// central differences agree to 1e-8 in float64, and the net's own derivatives
// with them as far as float32 goes.
func TestThroughTimeIsRealTime(t *testing.T) {
	const steps = 7
	n := New(1)
	x := n.Input("x", []int{2}, steps)
	h := n.Recurrent("h", x, Recurrent{Units: 4, Act: kernel.Tanh, Init: smooth, Loop: smooth, Bias: smooth})
	n.Loss("loss", n.Dense("y", h, Dense{Units: 2, Init: smooth, Bias: smooth}), Loss{})
	n.Optimize(SGD, Settings{})
	n.Finish()
	n.Start(11)
	feedRandom(n, x)
	run(n.Forward())
	run(n.Backward())
	e := elmanOf(n)
	xs, ts := rowsOf(x.Data, 2), rowsOf(n.Wanted.Data, 2)
	if want := e.loss(xs, ts); math.Abs(want-float64(n.Result.Loss)) > 1e-5*want {
		t.Fatalf("the loss is %v, want %v", n.Result.Loss, want)
	}
	back, forth := e.throughTime(xs, ts), e.realTime(xs, ts)
	for i := range e.p {
		for w := range e.p[i] {
			slope := e.difference(i, w, xs, ts)
			if math.Abs(back[i][w]-forth[i][w]) > 1e-10 || math.Abs(back[i][w]-slope) > 1e-8 {
				t.Errorf("%s[%d]: through time %v, in real time %v, by differences %v", elmanNames[i], w, back[i][w], forth[i][w], slope)
			}
			if got := float64(n.Param(elmanNames[i]).G[w]); math.Abs(got-back[i][w]) > 2e-6*(1+math.Abs(back[i][w])) {
				t.Errorf("%s[%d]: the net says %v, want %v", elmanNames[i], w, got, back[i][w])
			}
		}
	}
}

func rowsOf(v []float32, width int) (rows [][]float64) {
	for i, x := range v {
		if i%width == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], float64(x))
	}
	return rows
}

// difference is the slope of the loss, its error falling with h^4.
func (e *elman) difference(i, w int, xs, ts [][]float64) float64 {
	const h = 1e-3
	keep := e.p[i][w]
	at := func(d float64) float64 {
		e.p[i][w] = keep + d
		l := e.loss(xs, ts)
		e.p[i][w] = keep
		return l
	}
	return (8*(at(h)-at(-h)) - (at(2*h) - at(-2*h))) / (12 * h)
}

// TestIteratedIsLayered: a recurrent net that runs for n steps equals n layers
// with tied weights, whose derivatives are added (Nature 1986, figure 5).
func TestIteratedIsLayered(t *testing.T) {
	const steps, units = 4, 3
	n := New(1)
	x := n.Input("x", []int{2}, steps)
	h := n.Recurrent("h", x, Recurrent{Units: units, Act: kernel.Tanh, Init: smooth, Loop: smooth, Bias: smooth})
	n.Loss("loss", n.Last("last", h), Loss{})
	n.Optimize(SGD, Settings{})
	n.Finish()
	n.Start(2)
	feedRandom(n, x)
	layered := New(1)
	var from *Value
	for s := range steps {
		name := string(rune('a' + s))
		in := layered.Dense(name+"in", layered.Input(name+"x", []int{2}, 1), Dense{Units: units})
		if from == nil {
			from = layered.Activate(name, in, kernel.Tanh)
			continue
		}
		from = layered.Add(name, in, layered.Dense(name+"h", from, Dense{Units: units, NoBias: true}), kernel.Tanh)
	}
	layered.Loss("loss", from, Loss{})
	layered.Optimize(SGD, Settings{})
	layered.Finish()
	layered.Start(0)
	copy(layered.Wanted.Data, n.Wanted.Data)
	layered.Class[0] = -1
	for s := range steps {
		name := string(rune('a' + s))
		copy(layered.Value(name+"x").Data, x.Data[2*s:])
		copy(layered.Param(name+"in-w").W, n.Param("h-w").W)
		copy(layered.Param(name+"in-b").W, n.Param("h-b").W)
		if s > 0 {
			copy(layered.Param(name+"h-w").W, n.Param("h-loop").W)
		}
	}
	for _, net := range []*Net{n, layered} {
		run(net.Forward())
		run(net.Backward())
	}
	if got, want := layered.Result.Loss, n.Result.Loss; math.Abs(float64(got-want)) > 1e-6 {
		t.Fatalf("the loss is %v with layers and %v with steps", got, want)
	}
	for tied, own := range map[string]string{"h-w": "in-w", "h-b": "in-b", "h-loop": "h-w"} {
		for i, want := range n.Param(tied).G {
			sum := 0.0
			for s := range steps {
				if p := layered.Param(string(rune('a'+s)) + own); p != nil {
					sum += float64(p.G[i])
				}
			}
			if math.Abs(sum-float64(want)) > 2e-6 {
				t.Errorf("%s[%d]: the layers add up to %v, the steps to %v", tied, i, sum, want)
			}
		}
	}
}
