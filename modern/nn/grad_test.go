package nn

import (
	"fmt"
	"math"
	"testing"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/sim/rng"
)

// smooth is an initial spread at which nothing saturates.
var smooth = Init{Uniform, 0.6}

// nets are one net for each kind of layer, with what is fed to it.
var nets = []struct {
	name  string
	shape []int
	steps int
	loss  Loss
	build func(n *Net, x *Value) *Value
}{
	{"dense", []int{3}, 1, Loss{}, func(n *Net, x *Value) *Value {
		h := n.Dense("h", x, Dense{Units: 4, Act: kernel.Tanh, Init: smooth, Bias: smooth})
		return n.Dense("y", h, Dense{Units: 2, Act: kernel.Logistic, Init: smooth, Bias: smooth})
	}},
	{"dense without bias, summed", []int{3}, 1, Loss{Sum: true, Factor: 0.5}, func(n *Net, x *Value) *Value {
		h := n.Dense("h", x, Dense{Units: 4, Act: kernel.Swish, Init: smooth, NoBias: true})
		return n.Dense("y", h, Dense{Units: 2, Init: smooth, NoBias: true})
	}},
	{"all activations", []int{4}, 1, Loss{}, func(n *Net, x *Value) *Value {
		for _, act := range []kernel.Act{kernel.Logistic, kernel.LeCunTanh, kernel.ELU, kernel.Swish, kernel.Identity} {
			x = n.Dense("h"+act.String(), x, Dense{Units: 4, Act: act, Init: smooth, Bias: smooth})
		}
		x = n.Activate("a", x, kernel.Swish)
		return n.Dense("y", x, Dense{Units: 2, Init: smooth})
	}},
	{"softmax", []int{3}, 1, Loss{Kind: Softmax}, func(n *Net, x *Value) *Value {
		return n.Dense("y", x, Dense{Units: 4, Init: smooth, Bias: smooth})
	}},
	{"codes and rubbish", []int{3}, 1, Loss{Kind: Softmax, Rubbish: 0.1}, func(n *Net, x *Value) *Value {
		h := n.Dense("h", x, Dense{Units: 3, Act: kernel.Tanh, Init: smooth, Bias: smooth})
		return n.Codes("y", h, [][]float32{{1, -1, 1}, {-1, 0.5, 1}})
	}},
	{"logistic", []int{3}, 1, Loss{Kind: Logistic}, func(n *Net, x *Value) *Value {
		return n.Dense("y", x, Dense{Units: 2, Init: smooth, Bias: smooth})
	}},
	{"dense with a table", []int{4}, 1, Loss{}, func(n *Net, x *Value) *Value {
		h := n.Dense("h", x, Dense{Units: 3, Table: [][]int{{0, 1}, {2}, {0, 3}}, Act: kernel.Tanh, Init: smooth, Bias: smooth})
		return n.Dense("y", h, Dense{Units: 2, Table: [][]int{{0, 1, 2}, {1}}, Init: smooth})
	}},
	{"powers", []int{2}, 1, Loss{Factor: 0.5}, func(n *Net, x *Value) *Value {
		h := n.Dense("h", x, Dense{Units: 2, Act: kernel.Tanh, Init: smooth, Bias: smooth})
		return n.Dense("y", n.Add("a", n.Powers("p", h, 3), n.Powers("q", h, 3), kernel.Tanh), Dense{Units: 2, Init: smooth})
	}},
	{"linear", []int{3}, 1, Loss{Kind: Linear, Factor: 2}, func(n *Net, x *Value) *Value {
		return n.Dense("y", x, Dense{Units: 3, Act: kernel.Tanh, Init: smooth, Bias: smooth})
	}},
	{"convolution", []int{2, 6, 5}, 1, Loss{}, func(n *Net, x *Value) *Value {
		p := n.Pad("p", x, 1, -1)
		a := n.Conv("a", p, Conv{Maps: 4, KH: 3, KW: 3, StrideY: 2, StrideX: 1, Act: kernel.Tanh, Init: smooth, Bias: smooth})
		b := n.Conv("b", a, Conv{Maps: 2, KH: 3, KW: 3, PadY: 1, PadX: 1, Groups: 2, Biases: PerUnit, Act: kernel.Tanh, Init: smooth, Bias: smooth})
		c := n.Conv("c", b, Conv{Maps: 2, KH: 2, KW: 2, DilateY: 2, DilateX: 2, Biases: NoBias, Table: [][]int{{0}, {0, 1}}, Init: smooth})
		return n.Dense("y", c, Dense{Units: 2, Init: smooth})
	}},
	{"pooling", []int{2, 6, 6}, 1, Loss{}, func(n *Net, x *Value) *Value {
		a := n.Conv("a", x, Conv{Maps: 3, KH: 3, KW: 3, PadY: 1, PadX: 1, Act: kernel.Tanh, Init: smooth})
		m := n.Pool("m", a, Pool{KH: 2, KW: 2})
		v := n.Pool("v", m, Pool{KH: 2, KW: 2, StrideY: 1, StrideX: 1, Average: true})
		s := n.Scale("s", v, kernel.Tanh, Init{Constant, 1.5}, Init{Constant, 0.1})
		return n.Dense("y", s, Dense{Units: 2, Init: smooth})
	}},
	{"wander", []int{2, 5, 4}, 1, Loss{}, func(n *Net, x *Value) *Value {
		n.Training = false // a difference needs the same moves; TestWander moves
		a := n.Conv("a", x, Conv{Maps: 2, KH: 3, KW: 3, PadY: 1, PadX: 1, Act: kernel.Tanh, Init: smooth})
		return n.Dense("y", n.Wander("w", a, 1, 0.5), Dense{Units: 2, Init: smooth})
	}},
	{"batch norm with its averages", []int{2, 4, 4}, 1, Loss{}, func(n *Net, x *Value) *Value {
		n.Training = false
		a := n.Conv("a", x, Conv{Maps: 2, KH: 3, KW: 3, PadY: 1, PadX: 1, Act: kernel.Tanh, Init: smooth})
		h := n.Dense("h", n.BatchNorm("b", a, kernel.Tanh), Dense{Units: 3, Init: smooth})
		return n.Dense("y", n.BatchNorm("c", h, kernel.Logistic), Dense{Units: 2, Init: smooth})
	}},
	{"residual", []int{2, 4, 4}, 1, Loss{}, func(n *Net, x *Value) *Value {
		a := n.Conv("a", x, Conv{Maps: 2, KH: 3, KW: 3, PadY: 1, PadX: 1, Act: kernel.Tanh, Init: smooth})
		b := n.Conv("b", a, Conv{Maps: 4, KH: 3, KW: 3, StrideY: 2, StrideX: 2, PadY: 1, PadX: 1, Init: smooth})
		s := n.Shortcut("s", a, 4, 2)
		return n.Dense("y", n.Add("m", b, s, kernel.Tanh), Dense{Units: 2, Init: smooth})
	}},
	{"batch norm", []int{2, 3, 3}, 1, Loss{}, func(n *Net, x *Value) *Value {
		a := n.Conv("a", x, Conv{Maps: 3, KH: 2, KW: 2, Init: smooth})
		b := n.BatchNorm("b", a, kernel.Tanh)
		d := n.Dense("d", b, Dense{Units: 5, Init: smooth})
		e := n.BatchNorm("e", d, kernel.Tanh)
		return n.Dense("y", e, Dense{Units: 2, Init: smooth})
	}},
	{"layer norm", []int{4}, 1, Loss{}, func(n *Net, x *Value) *Value {
		a := n.Dense("a", x, Dense{Units: 6, Init: smooth})
		return n.Dense("y", n.LayerNorm("l", a, kernel.Tanh), Dense{Units: 2, Init: smooth})
	}},
	{"recurrent", []int{2}, 5, Loss{}, func(n *Net, x *Value) *Value {
		h := n.Recurrent("h", x, Recurrent{Units: 3, Act: kernel.Tanh, Init: smooth, Loop: smooth, Bias: smooth})
		g := n.Recurrent("g", h, Recurrent{Units: 3, Act: kernel.Logistic, Init: smooth, Loop: smooth, Bias: smooth})
		return n.Dense("y", g, Dense{Units: 2, Init: smooth})
	}},
	{"lstm", []int{2}, 5, Loss{}, func(n *Net, x *Value) *Value {
		h := n.LSTM("h", x, LSTM{Units: 3, Init: smooth, Loop: smooth, Bias: smooth, Forget: 1})
		g := n.LSTM("g", h, LSTM{Units: 2, Init: smooth, Loop: smooth, Bias: smooth})
		return n.Dense("y", n.Last("last", g), Dense{Units: 2, Init: smooth})
	}},
}

const testRows = 6

func made(i int) *Net {
	n := New(testRows)
	x := n.Input("x", nets[i].shape, nets[i].steps)
	n.Loss("loss", nets[i].build(n, x), nets[i].loss)
	n.Optimize(Momentum, Settings{Rate: 0.1, Mu: 0.9})
	n.Finish()
	n.Start(7)
	feedRandom(n, x)
	return n
}

func feedRandom(n *Net, x *Value) {
	st := rng.New(3).Stream("test")
	for i := range x.Data {
		x.Data[i], _ = f32.Normal(st.Uint64())
	}
	for i := range n.Wanted.Data {
		n.Wanted.Data[i] = f32.Uniform(st.Uint64())
	}
	for i := range n.Class {
		n.Class[i] = int32(i % n.Output.Size)
	}
	if n.Setting().Kind != Softmax {
		for i := range n.Class {
			n.Class[i] = -1
		}
	}
}

func run(list []Instr) {
	for i := range list {
		list[i].Run()
	}
}

func TestGradientsMatchCentralDifferences(t *testing.T) {
	for i := range nets {
		t.Run(nets[i].name, func(t *testing.T) {
			n := made(i)
			forward := n.Forward()
			run(forward)
			run(n.Backward())
			share := float64(testRows)
			if nets[i].loss.Sum {
				share = 1
			}
			for _, p := range n.Params {
				if !p.Fixed {
					checkParam(t, n, p, forward, share, nets[i].name == "pooling")
				}
			}
		})
	}
}

// checkParam compares some elements of the gradient of p. The loss is float32:
// a difference over 2h has an error of about 2^-24 L/h. Where another number
// may become the greatest of a window, h must be smaller.
func checkParam(t *testing.T, n *Net, p *Param, forward []Instr, share float64, kinks bool) {
	t.Helper()
	h := float32(1.0 / 64)
	if kinks {
		h = 1.0 / 512
	}
	for i := 0; i < len(p.W); i += 1 + len(p.W)/7 {
		if p.Mask != nil && p.Mask[i] == 0 {
			if p.G[i] != 0 {
				t.Errorf("%s[%d] does not exist and has the gradient %v", p.Name, i, p.G[i])
			}
			continue
		}
		at := func(d float32) float64 {
			keep := p.W[i]
			p.W[i] += d
			run(forward)
			p.W[i] = keep
			return float64(n.Result.Loss)
		}
		// Richardson: the error falls with h^4.
		slope := (8*(at(h)-at(-h)) - (at(2*h) - at(-2*h))) / (12 * float64(h)) / share
		if math.Abs(slope-float64(p.G[i])) > 2e-4+2e-3*math.Abs(slope) {
			t.Errorf("%s[%d]: gradient %v, by differences %v", p.Name, i, p.G[i], slope)
		}
	}
}

func TestTwinAnswersAlike(t *testing.T) {
	for i := range nets {
		n := made(i)
		twin := n.Twin(testRows)
		x := twin.Input("x", nets[i].shape, nets[i].steps)
		twin.Loss("loss", nets[i].build(twin, x), nets[i].loss)
		twin.Finish()
		twin.Start(0)
		n.Training = false
		copy(x.Data, n.Value("x").Data)
		run(n.Forward())
		for _, rows := range []int{1, 2, testRows} {
			twin.Rows = rows
			if x.Steps > 1 && rows != testRows {
				continue
			}
			run(twin.Forward())
			for k, v := range twin.data(twin.Output) {
				if math.Float32bits(v) != math.Float32bits(n.Output.Data[k]) {
					t.Fatalf("%s: with %d rows, output %d is %v, not %v", nets[i].name, rows, k, v, n.Output.Data[k])
				}
			}
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	for i := range nets {
		n := made(i)
		n.opt.Settings.Clip = 1
		program := append(append(n.Forward(), n.Backward()...), n.opt.Update()...)
		run(program)
		if a := testing.AllocsPerRun(10, func() { run(program) }); a != 0 {
			t.Errorf("%s: %v allocations in a step", nets[i].name, a)
		}
	}
}

func TestPartsAreNamed(t *testing.T) {
	for i := range nets {
		n := made(i)
		program := append(append(n.Forward(), n.Backward()...), n.opt.Update()...)
		for _, in := range program {
			if in.Part.Writes == "" || in.Part.Rule == "" || in.Part.Out == nil {
				t.Errorf("%s: %s part %d lacks a name, a rule or a result", nets[i].name, in.Op.Name(), in.At)
			}
			in.Run()
			if in.Part.Show != nil && in.Part.Show(0) == "" {
				t.Errorf("%s: %s shows nothing", nets[i].name, in.Part.Writes)
			}
		}
	}
}

// TestWorkersAndImplementations trains each net a little: the same bits with 1,
// 2 and 3 workers and every implementation.
func TestWorkersAndImplementations(t *testing.T) {
	defer func() { kernel.SetWorkers(0); _ = kernel.Force("") }()
	for i := range nets {
		var want []float32
		for _, impl := range kernel.Implementations() {
			if !impl.Available || kernel.Force(impl.Name) != nil {
				continue
			}
			for workers := 1; workers <= 3; workers++ {
				kernel.SetWorkers(workers)
				n := made(i)
				program := append(append(n.Forward(), n.Backward()...), n.opt.Update()...)
				for range 3 {
					run(program)
				}
				var mem []float32
				n.Memory(func(v []float32) { mem = append(mem, v...) }, func([]int32, int32, int32) {})
				if want == nil {
					want = mem
				}
				if where := differ(mem, want); where >= 0 {
					t.Fatalf("%s: %s with %d workers differs at %d", nets[i].name, impl.Name, workers, where)
				}
			}
		}
	}
}

func differ(a, b []float32) int {
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) {
			return i
		}
	}
	return -1
}

func Example() {
	n := New(4)
	x := n.Input("x", []int{2}, 1)
	h := n.Dense("h", x, Dense{Units: 2, Act: kernel.Logistic, Init: Init{Uniform, 1}, Bias: Init{Uniform, 1}})
	y := n.Dense("y", h, Dense{Units: 1, Act: kernel.Logistic, Init: Init{Uniform, 1}, Bias: Init{Uniform, 1}})
	n.Loss("loss", y, Loss{Factor: 0.5, Sum: true})
	opt := n.Optimize(Momentum, Settings{Rate: 0.5, Mu: 0.9})
	n.Finish()
	n.Start(1)
	copy(x.Data, []float32{0, 0, 0, 1, 1, 0, 1, 1})
	copy(n.Wanted.Data, []float32{0, 1, 1, 0})
	for i := range n.Class {
		n.Class[i] = -1
	}
	program := append(append(n.Forward(), n.Backward()...), opt.Update()...)
	for range 2000 {
		run(program)
	}
	fmt.Println("wrong:", n.Result.Wrong)
	// Output: wrong: 0
}
