package nn

import (
	"math"
	"testing"

	"perceptarium/modern/kernel"
)

// timed is a recurrent net on a sequence, learned in one way or the other.
func timed(layer func(n *Net, name string, x *Value, r Recurrent) *Value) *Net {
	n := New(3)
	x := n.Input("x", []int{2}, 6)
	h := layer(n, "h", x, Recurrent{Units: 4, Act: kernel.Tanh, Init: smooth, Loop: smooth, Bias: smooth})
	n.Loss("loss", n.Dense("y", h, Dense{Units: 2, Init: smooth, Bias: smooth}), Loss{})
	n.Optimize(SGD, Settings{Rate: 0.1})
	n.Finish()
	n.Start(5)
	feedRandom(n, x)
	run(n.Forward())
	run(n.Backward())
	return n
}

// TestRealTimeIsThroughTime compares the two ways: the same sums in another
// order, of some dozens of terms each.
func TestRealTimeIsThroughTime(t *testing.T) {
	through, real := timed((*Net).Recurrent), timed((*Net).RealTime)
	for i, p := range through.Params {
		for k, want := range p.G {
			if got := real.Params[i].G[k]; math.Abs(float64(got-want)) > 1e-6+1e-5*math.Abs(float64(want)) {
				t.Errorf("%s[%d]: in real time %v, through time %v", p.Name, k, got, want)
			}
		}
	}
}

func TestRealTimeAllocatesNothing(t *testing.T) {
	n := timed((*Net).RealTime)
	back := n.Backward()
	if a := testing.AllocsPerRun(5, func() { run(back) }); a != 0 {
		t.Errorf("%v allocations", a)
	}
}
