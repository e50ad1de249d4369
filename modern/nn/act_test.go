package nn

import (
	"math"
	"slices"
	"testing"

	"perceptarium/modern/kernel"
)

type curve struct {
	act   kernel.Act
	f     func(x float64) float64
	kinks bool // at 0
}

// curves are the activations in float64, as the textbooks write them.
var curves = []curve{
	{kernel.Identity, func(x float64) float64 { return x }, false},
	{kernel.ReLU, func(x float64) float64 { return math.Max(x, 0) }, true},
	{kernel.Step, func(x float64) float64 {
		if x >= 0 {
			return 1
		}
		return 0
	}, true},
	{kernel.Logistic, logistic, false},
	{kernel.Tanh, math.Tanh, false},
	{kernel.LeCunTanh, func(x float64) float64 { return 1.7159 * math.Tanh(2*x/3) }, false},
	{kernel.ELU, func(x float64) float64 {
		if x > 0 {
			return x
		}
		return math.Expm1(x)
	}, true},
	{kernel.Swish, func(x float64) float64 { return x * logistic(x) }, false},
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// answer is what an activation makes of x, and its slope there.
func answer(act kernel.Act, x float64) (y, slope float64) {
	in, out, one, d := []float32{float32(x)}, make([]float32, 1), []float32{1}, make([]float32, 1)
	kernel.Activate(act, out, in)
	kernel.ActivateGrad(act, d, one, in, out)
	return float64(out[0]), float64(d[0])
}

// TestActivations holds every activation and its derivative against the function
// and its central difference. An error of 2^-24 in an answer y becomes one of
// 2^-23 or less in a slope that is made of y (1 - y) or 1 - y^2; that of swish
// takes 1 - s, which is known to 2^-25, times x.
func TestActivations(t *testing.T) {
	const h = 1.0 / 1024
	for _, c := range curves {
		for x := -30.0; x <= 30; x += 0.0625 {
			y, slope := answer(c.act, x)
			if want := c.f(x); math.Abs(y-want) > 2e-7*math.Max(math.Abs(want), 0.1) {
				t.Errorf("%v(%v) is %v, want %v", c.act, x, y, want)
			}
			if c.kinks && math.Abs(x) < 3*h {
				continue
			}
			diff := (8*(c.f(x+h)-c.f(x-h)) - (c.f(x+2*h) - c.f(x-2*h))) / (12 * h)
			exact := 4e-7
			if c.act == kernel.Swish {
				exact += math.Abs(x) * 0x1p-24
			}
			if math.Abs(slope-diff) > exact {
				t.Errorf("the slope of %v at %v is %v, by differences %v", c.act, x, slope, diff)
			}
		}
	}
}

// TestIdentities holds what the lecture and the papers say of each function.
func TestIdentities(t *testing.T) {
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 2.5e-7*math.Max(1, math.Abs(want)) {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	for x := -30.0; x <= 30; x += 0.125 {
		s, ds := answer(kernel.Logistic, x)
		below, _ := answer(kernel.Logistic, -x)
		near("logistic(-x)", below, 1-s)
		twice, _ := answer(kernel.Logistic, 2*x)
		th, dth := answer(kernel.Tanh, x)
		near("tanh as the slide writes it", 2*twice-1, th)
		if ds > 0.25 || dth > 1 || ds < 0 || dth < 0 {
			t.Errorf("slopes at %v are %v and %v", x, ds, dth)
		}
		f, df := answer(kernel.Swish, x)
		g, dg := answer(kernel.Swish, -x)
		near("swish(x) - swish(-x)", f-g, x)
		if math.Abs(df+dg-1) > 2.5e-7+math.Abs(x)*0x1p-24 {
			t.Errorf("the slopes of swish at %v and -x are %v together, want 1", x, df+dg)
		}
	}
	for _, c := range []struct {
		what           string
		act            kernel.Act
		x, want, slope float64
	}{
		{"logistic at 0", kernel.Logistic, 0, 0.5, 0.25},
		{"tanh at 0", kernel.Tanh, 0, 0, 1},
		{"step at 0", kernel.Step, 0, 1, 0},
		{"relu at 0", kernel.ReLU, 0, 0, 0},
		{"elu at 0", kernel.ELU, 0, 0, 1},
		{"elu far left", kernel.ELU, -30, -1, 0},
		{"swish at its minimum", kernel.Swish, -1.2784645, -0.2784645, 0},
		{"swish where its slope is 1", kernel.Swish, 1.2784645, 1, 1},
		{"LeCun's tanh at 1", kernel.LeCunTanh, 1, 0.9999970, 1.143933 - 0.388523*0.9999940},
		{"LeCun's tanh at -1", kernel.LeCunTanh, -1, -0.9999970, 1.143933 - 0.388523*0.9999940},
	} {
		y, slope := answer(c.act, c.x)
		if math.Abs(y-c.want) > 1e-6 || math.Abs(slope-c.slope) > 1e-6 {
			t.Errorf("%s: %v with a slope of %v, want %v and %v", c.what, y, slope, c.want, c.slope)
		}
	}
}

// TestLeCunBendsMost finds where 1.7159 tanh(2x/3) bends most: at 0.9877, where
// the paper says at 1. Around there the slopes that the machine gives bend as the
// function does, to what is left of 24 digits over a difference of 1/4.
func TestLeCunBendsMost(t *testing.T) {
	f := curves[slices.IndexFunc(curves, func(c curve) bool { return c.act == kernel.LeCunTanh })].f
	const h = 1.0 / 8
	most, at := 0.0, 0.0
	for i := range 4000 {
		x := 0.9 + float64(i)*5e-5
		const e = 1e-3
		if bend := math.Abs(f(x+e)-2*f(x)+f(x-e)) / (e * e); bend > most {
			most, at = bend, x
		}
	}
	if math.Abs(at-0.9877) > 5e-4 {
		t.Errorf("it bends most at %v", at)
	}
	for _, x := range []float64{0.75, 0.9877, 1, 1.25} {
		_, right := answer(kernel.LeCunTanh, x+h)
		_, left := answer(kernel.LeCunTanh, x-h)
		want := (f(x+h+1e-4) - f(x+h-1e-4) - f(x-h+1e-4) + f(x-h-1e-4)) / 2e-4
		if math.Abs(right-left-want) > 1e-6 {
			t.Errorf("between %v and %v the slope changes by %v, want %v", x-h, x+h, right-left, want)
		}
	}
}

// chain is a net of three layers with one activation.
func chain(act kernel.Act, l Loss) (*Net, *Value) {
	n := New(4)
	x := n.Input("x", []int{2}, 1)
	h := n.Dense("h", x, Dense{Units: 3, Act: act, Init: smooth, Bias: smooth})
	g := n.Dense("g", h, Dense{Units: 3, Act: act, Init: smooth, Bias: smooth})
	n.Loss("loss", n.Dense("y", g, Dense{Units: 2, Act: act, Init: smooth, Bias: smooth}), l)
	n.Optimize(SGD, Settings{Rate: 0.1})
	n.Finish()
	n.Start(5)
	feedRandom(n, x)
	return n, x
}

func TestStepHasNoGradient(t *testing.T) {
	n, _ := chain(kernel.Step, Loss{})
	run(n.Forward())
	run(n.Backward())
	for _, p := range n.Params {
		for i, g := range p.G {
			if g != 0 {
				t.Errorf("%s[%d] has the derivative %v", p.Name, i, g)
			}
		}
	}
}

// TestIdentityCollapses multiplies the matrices of a net without curves in
// float64 and holds its answers against the one that is left.
func TestIdentityCollapses(t *testing.T) {
	n, x := chain(kernel.Identity, Loss{})
	run(n.Forward())
	w, b := affine(n, "h")
	for _, name := range []string{"g", "y"} {
		next, bias := affine(n, name)
		w, b = product(w, next), add(product([][]float64{b}, next)[0], bias)
	}
	for r := range n.Rows {
		row := []float64{float64(x.Data[2*r]), float64(x.Data[2*r+1])}
		for j, want := range add(product([][]float64{row}, w)[0], b) {
			if got := float64(n.Output.Data[2*r+j]); math.Abs(got-want) > 1e-6 {
				t.Errorf("row %d, output %d: %v, by the one matrix %v", r, j, got, want)
			}
		}
	}
}

func affine(n *Net, name string) (w [][]float64, b []float64) {
	p := n.Param(name + "-w")
	for i := range p.Shape[0] {
		w = append(w, nil)
		for j := range p.Shape[1] {
			w[i] = append(w[i], float64(p.W[i*p.Shape[1]+j]))
		}
	}
	for _, v := range n.Param(name + "-b").W {
		b = append(b, float64(v))
	}
	return w, b
}

func product(a, b [][]float64) [][]float64 {
	c := make([][]float64, len(a))
	for i := range a {
		c[i] = make([]float64, len(b[0]))
		for j := range c[i] {
			for k := range b {
				c[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	return c
}

func add(a, b []float64) []float64 {
	c := make([]float64, len(a))
	for i := range a {
		c[i] = a[i] + b[i]
	}
	return c
}

// TestBackwardCostsLittle: a way back takes at most four times the work of the
// way forth, whatever the net.
func TestBackwardCostsLittle(t *testing.T) {
	work := func(list []Instr) (sum int64) {
		for _, in := range list {
			sum += in.Part.Work*testRows + in.Part.Once
		}
		return sum
	}
	for i := range nets {
		n := made(i)
		forth, back := work(n.Forward()), work(n.Backward())
		if forth == 0 || back > 4*forth {
			t.Errorf("%s: %d multiply-adds back, %d forth", nets[i].name, back, forth)
		}
	}
}
