package tape

import (
	"math"
	"slices"
	"testing"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// fed is a net with the given text that has learned a little and stands before
// its backward pass.
func fed(t *testing.T, net string) *Machine {
	t.Helper()
	m := made(t, net, pictures())
	m.Reset(3)
	for m.batches < 20 {
		m.Step()
	}
	return m
}

// TestWaysAddUp: the derivatives that come back on the 2^n single ways add up to
// that of the chain rule.
func TestWaysAddUp(t *testing.T) {
	m := fed(t, blocksNet)
	v := m.blocks[0].Input
	back := func(ways int) []float32 {
		for i := range m.blocks {
			w := nn.BothWays
			if ways >= 0 {
				w = []nn.Way{nn.Around, nn.Through}[ways>>i&1]
			}
			m.blocks[i].Send(w)
		}
		for _, in := range append(m.net.Forward(), m.net.Backward()...) {
			in.Run()
		}
		return slices.Clone(v.Grad[:m.net.Rows*v.Size])
	}
	whole, sum := back(-1), make([]float32, m.net.Rows*v.Size)
	for ways := range 8 {
		kernel.Add(sum, sum, back(ways))
	}
	if norm := kernel.SumSquares(whole); norm == 0 {
		t.Fatal("no derivative arrives")
	}
	for i := range whole {
		if f32.Abs(whole[i]-sum[i]) > 1e-5 {
			t.Fatalf("number %d: the ways add up to %v, the chain rule says %v", i, sum[i], whole[i])
		}
	}
}

// TestSinglePath: with learn off derivatives go back, each batch through one
// block more, and no weight moves.
func TestSinglePath(t *testing.T) {
	m := fed(t, blocksNet)
	turn(t, m, "learn", sim.Input{Ints: []int64{0}})
	turn(t, m, "single-path", sim.Input{Ints: []int64{1}})
	before := slices.Clone(m.net.Param("b-2-w").W)
	for range 400 {
		m.Step()
	}
	if !slices.Equal(before, m.net.Param("b-2-w").W) {
		t.Error("weights moved")
	}
	mean := value(t, m, "path-gradient").Floats
	if len(mean) != 4 || slices.Min(m.pathCount) == 0 || mean[0] <= 0 {
		t.Errorf("means %v of %v batches", mean, m.pathCount)
	}
	total := float32(0)
	for _, share := range value(t, m, "path-share").Floats {
		total += share
	}
	if f32.Abs(total-100) > 1e-3 {
		t.Errorf("the shares add up to %v %%", total)
	}
	turn(t, m, "single-path", sim.Input{Ints: []int64{0}})
	at := m.at
	for m.at >= at && m.at > 0 {
		m.Step()
	}
	if m.Step(); m.length != allWays {
		t.Error("the way stays single")
	}
}

// TestPathFit: means that halve with each block lie on a line of slope -ln 2,
// and the binomial numbers of the ways weigh them.
func TestPathFit(t *testing.T) {
	m := made(t, blocksNet, pictures())
	for k := range m.pathSum {
		m.pathSum[k], m.pathCount[k] = 3*math.Pow(0.5, float64(k)), 3
	}
	slope, fit := m.pathFit()
	if math.Abs(float64(slope)+math.Ln2) > 1e-6 || math.Abs(float64(fit)-1) > 1e-6 {
		t.Errorf("slope %v, R^2 %v", slope, fit)
	}
	want := []float64{1, 1.5, 0.75, 0.125} // 1, 3/2, 3/4, 1/8
	m.pathShares(func(k int, share float64) {
		if math.Abs(share-100*want[k]/3.375) > 1e-9 {
			t.Errorf("share %d is %v %%", k, share)
		}
	})
	if m.pathMode() != 1 {
		t.Errorf("the mode is %d", m.pathMode())
	}
}

// TestBlocksChangePlaces: exchanged and put back, everything is as before; the
// order is always one.
func TestBlocksChangePlaces(t *testing.T) {
	m := fed(t, blocksNet)
	first, last := slices.Clone(m.net.Param("b-1-w").W), slices.Clone(m.net.Param("b-3-w").W)
	turn(t, m, "block-order", sim.Input{Index: 0, Ints: []int64{3}})
	if got := value(t, m, "block-order").Ints; !slices.Equal(got, []int64{3, 2, 1}) {
		t.Errorf("the order is %v", got)
	}
	if !slices.Equal(m.net.Param("b-1-w").W, last) || !slices.Equal(m.net.Param("b-3-w").W, first) {
		t.Error("the weights did not change places")
	}
	if tau := value(t, m, "kendall-tau").Floats[0]; tau != -1 {
		t.Errorf("reversed, tau is %v", tau)
	}
	turn(t, m, "block-order", sim.Input{Index: sim.Whole, Ints: []int64{2, 3, 1}})
	if got := value(t, m, "block-order").Ints; !slices.Equal(got, []int64{2, 3, 1}) {
		t.Errorf("the order is %v", got)
	}
	turn(t, m, "swap-at-random", sim.Input{Ints: []int64{1}})
	if got := value(t, m, "kendall-tau").Floats[0]; got == 1 {
		t.Error("no pair changed places")
	}
	turn(t, m, "swap-at-random", sim.Input{Ints: []int64{0}})
	if !slices.Equal(m.net.Param("b-1-w").W, first) || value(t, m, "kendall-tau").Floats[0] != 1 {
		t.Error("the blocks do not stand where they stood")
	}
}

// TestCutAtRandom cuts as many blocks as it says, not always the same.
func TestCutAtRandom(t *testing.T) {
	m := fed(t, blocksNet)
	seen := map[int64]bool{}
	for range 40 {
		turn(t, m, "cut-at-random", sim.Input{Ints: []int64{1}})
		sum, at := int64(0), int64(0)
		for i, v := range value(t, m, "cut").Ints {
			sum, at = sum+v, at+int64(i)*v
		}
		if sum != 1 {
			t.Fatalf("%d blocks are cut", sum)
		}
		seen[at] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d of 3 blocks were ever cut", len(seen))
	}
}
