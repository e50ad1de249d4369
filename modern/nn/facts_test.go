package nn

import (
	"fmt"
	"math"
	"testing"

	"perceptarium/modern/kernel"
)

// TestDropoutKeepsTheMean: divided by what is kept, the answers of a linear layer
// over many masks are in the mean those of the whole net, which testing gives;
// a number is dropped or scaled, nothing between, and its derivative with it.
func TestDropoutKeepsTheMean(t *testing.T) {
	const rate, rounds = 0.5, 4000
	n := New(1)
	x := n.Input("x", []int{8}, 1)
	d := n.Dropout("d", n.Scale("s", x, kernel.Identity, Init{Constant, 1}, Init{}), rate)
	n.Loss("loss", n.Dense("y", d, Dense{Units: 3, Init: smooth, Bias: smooth}), Loss{})
	n.Optimize(SGD, Settings{})
	n.Finish()
	n.Start(6)
	feedRandom(n, x)
	n.Training = false
	run(n.Forward())
	whole := append([]float32(nil), n.Output.Data...)
	spread := 0.0 // of one answer over masks: rate/(1-rate) times the sum of (w x)^2, less than this
	for i := range 8 {
		for k := range 3 {
			spread = max(spread, math.Abs(float64(n.Param("y-w").W[3*i+k]*x.Data[i]))*math.Sqrt(8))
		}
	}
	n.Training = true
	mean, kept := make([]float64, 3), 0
	for range rounds {
		run(n.Forward())
		run(n.Backward())
		for i, v := range d.Data {
			left, back := v != 0, n.Value("s").Grad[i]
			if left && v != 2*x.Data[i] || left && back != 2*d.Grad[i] || !left && back != 0 {
				t.Fatalf("%v becomes %v, its derivative %v becomes %v", x.Data[i], v, d.Grad[i], back)
			}
			if left {
				kept++
			}
		}
		for k, y := range n.Output.Data {
			mean[k] += float64(y) / rounds
		}
	}
	for k, m := range mean {
		if off := math.Abs(m - float64(whole[k])); off > 4*spread/math.Sqrt(rounds) {
			t.Errorf("answer %d is %v in the mean, %v without dropout", k, m, whole[k])
		}
	}
	if share := float64(kept) / (8 * rounds); math.Abs(share-0.5) > 0.01 {
		t.Errorf("%v of the numbers are kept", share)
	}
}

// TestResidualBlockBegins: with a gain of zero in its last norm a block is
// exactly relu(x), whatever its weights; and then the derivative goes back as if
// the block were not there.
func TestResidualBlockBegins(t *testing.T) {
	n := New(testRows)
	x := n.Input("x", []int{2, 4, 4}, 1)
	in := n.Scale("s", x, kernel.Identity, Init{Constant, 1}, Init{})
	a := n.BatchNorm("an", n.Conv("a", in, Conv{Maps: 2, KH: 3, KW: 3, PadY: 1, PadX: 1, Init: smooth}), kernel.ReLU)
	b := n.BatchNorm("bn", n.Conv("b", a, Conv{Maps: 2, KH: 3, KW: 3, PadY: 1, PadX: 1, Init: smooth}), kernel.Identity)
	n.Loss("loss", n.Add("y", in, b, kernel.ReLU), Loss{})
	n.Optimize(SGD, Settings{})
	n.Finish()
	n.Start(4)
	feedRandom(n, x)
	run(n.Forward())
	if same(n.Output.Data, x.Data) {
		t.Fatal("the block does nothing from the start")
	}
	clear(n.Param("bn-gain").W)
	run(n.Forward())
	run(n.Backward())
	if !same(n.Output.Data, x.Data) {
		t.Error("it is not relu(x)")
	}
	for i, g := range in.Grad {
		want := n.Output.Grad[i] // dy, behind the slope of relu
		if g != want {
			t.Fatalf("derivative %d is %v, want %v", i, g, want)
		}
	}
}

func same(y, x []float32) bool {
	for i, v := range x {
		if y[i] != max(v, 0) {
			return false
		}
	}
	return true
}

// TestOrthogonalLoop: a linear recurrent net whose matrix is g times a turn takes
// exactly g to the T of the derivative back through T steps.
func TestOrthogonalLoop(t *testing.T) {
	const steps = 50
	for _, g := range []float64{0.5, 0.9, 1, 1.1, 1.5} {
		n := New(1)
		x := n.Input("x", []int{2}, steps+1)
		h := n.Recurrent("h", x, Recurrent{Units: 2, Act: kernel.Identity, Init: smooth})
		n.Loss("loss", n.Last("last", h), Loss{})
		n.Optimize(SGD, Settings{})
		n.Finish()
		n.Start(1)
		c, s := float32(g*0.6), float32(g*0.8)
		copy(n.Param("h-loop").W, []float32{c, s, -s, c})
		x.Data[0], n.Wanted.Data[0], n.Wanted.Data[1] = 1, 3, -2
		n.Class[0] = -1
		run(n.Forward())
		run(n.Backward())
		first, last := h.Grad[:2], h.Grad[2*steps:]
		ratio := math.Hypot(float64(first[0]), float64(first[1])) / math.Hypot(float64(last[0]), float64(last[1]))
		// The matrix is rounded to 24 digits, and each step rounds again.
		if want := math.Pow(g, steps); math.Abs(ratio/want-1) > steps*0x1p-23 {
			t.Errorf("g = %v: after %d steps %v of the derivative, want %v", g, steps, ratio, want)
		}
	}
}

// TestDeepLogisticDecays: in a net of logistic layers whose weights begin within
// 1/sqrt(fan-in), the norm of the derivatives falls geometrically on the way
// back; from Glorot's weights it falls far less.
func TestDeepLogisticDecays(t *testing.T) {
	const layers = 8
	fall := func(init Init) (slope, r2 float64) {
		n := New(20)
		x := n.Input("x", []int{100}, 1)
		h := x
		for i := range layers {
			h = n.Dense(fmt.Sprintf("h%d", i), h, Dense{Units: 100, Act: kernel.Logistic, Init: init})
		}
		n.Loss("loss", n.Dense("y", h, Dense{Units: 10, Init: init}), Loss{Kind: Softmax})
		n.Optimize(SGD, Settings{})
		n.Finish()
		n.Start(2)
		feedRandom(n, x)
		run(n.Forward())
		run(n.Backward())
		var at, norms []float64
		for i := range layers {
			at = append(at, float64(i))
			norms = append(norms, math.Log(float64(kernel.SumSquares(n.Value(fmt.Sprintf("h%d", i)).Grad)))/2)
		}
		return line(at, norms)
	}
	slope, r2 := fall(Init{PerRootIn, 1})
	if r2 < 0.95 || slope < math.Log(4) {
		t.Errorf("a layer takes all but 1/%.3g away, R^2 %.3f", math.Exp(slope), r2)
	}
	better, _ := fall(Init{Glorot, 4})
	if better > slope/3 {
		t.Errorf("from Glorot's weights 1/%.3g is left in each layer, from the old ones 1/%.3g", math.Exp(better), math.Exp(slope))
	}
	t.Logf("a layer leaves 1/%.3g (R^2 %.4f), from Glorot's weights 1/%.3g", math.Exp(slope), r2, math.Exp(better))
}

// line is the slope of the straight line through points, and how much of their
// variance it explains.
func line(x, y []float64) (slope, r2 float64) {
	n := float64(len(x))
	var sx, sy, sxx, sxy, syy float64
	for i := range x {
		sx, sy, sxx, sxy, syy = sx+x[i], sy+y[i], sxx+x[i]*x[i], sxy+x[i]*y[i], syy+y[i]*y[i]
	}
	vx, vy, c := sxx-sx*sx/n, syy-sy*sy/n, sxy-sx*sy/n
	return c / vx, c * c / (vx * vy)
}

// TestParityNeedsNoMoreThanItsInputs: n hidden threshold units, the k-th of which
// fires from k lights on, answer parity of n inputs, where the theorem's worst
// case speaks of exponentially many.
func TestParityNeedsNoMoreThanItsInputs(t *testing.T) {
	for inputs := 1; inputs <= 10; inputs++ {
		n := New(1 << inputs)
		x := n.Input("x", []int{inputs}, 1)
		h := n.Dense("h", x, Dense{Units: inputs, Act: kernel.Step, Init: Init{Constant, 1}})
		n.Loss("loss", n.Dense("y", h, Dense{Units: 1, Act: kernel.Step, Bias: Init{Constant, -0.5}}), Loss{})
		n.Finish()
		n.Start(0)
		for k := range inputs {
			n.Param("h-b").W[k] = -0.5 - float32(k)
			n.Param("y-w").W[k] = float32(1 - 2*(k%2))
		}
		for r := range n.Rows {
			n.Class[r] = -1
			for k := range inputs {
				x.Data[r*inputs+k] = float32(r >> k & 1)
				n.Wanted.Data[r] = float32(int(n.Wanted.Data[r]) ^ r>>k&1)
			}
		}
		run(n.Forward())
		if n.Result.Wrong != 0 {
			t.Errorf("%d inputs: %d of %d patterns are wrong", inputs, n.Result.Wrong, n.Rows)
		}
	}
}
