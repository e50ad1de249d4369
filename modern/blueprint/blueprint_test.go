package blueprint

import (
	"math"
	"math/big"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/simtest"
)

func made(t testing.TB) sim.Machine {
	t.Helper()
	m, err := Make(sim.Env{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestConform(t *testing.T) {
	simtest.Conform(t, func() sim.Machine { return made(t) }, func(sim.Tick) (sim.Input, bool) { return sim.Input{}, false })
}

// TestConformWithPaths: a residual net has two controls.
func TestConformWithPaths(t *testing.T) {
	makeIt := func() sim.Machine { return residual(t, "residual-20") }
	simtest.Conform(t, makeIt, func(at sim.Tick) (sim.Input, bool) {
		return sim.Input{Control: sim.ControlID(at % 2), Ints: []int64{int64(at) % 10}}, at%5 == 0
	})
}

func residual(t testing.TB, name string) *Machine {
	t.Helper()
	m, err := Make(sim.Env{Options: []sim.Option{{Key: "net", Value: name}}})
	if err != nil {
		t.Fatal(err)
	}
	return m.(*Machine)
}

// TestPathShare holds the shares against sums of binomials in whole numbers.
func TestPathShare(t *testing.T) {
	for _, c := range []struct{ n, lo, hi int64 }{{0, 0, 0}, {1, 1, 1}, {54, 5, 17}, {54, 19, 35}, {54, 0, 54}, {54, 20, 10}, {600, 280, 320}} {
		sum := new(big.Int)
		for k := c.lo; k <= c.hi; k++ {
			sum.Add(sum, new(big.Int).Binomial(c.n, k))
		}
		want, _ := new(big.Rat).SetFrac(sum, new(big.Int).Lsh(big.NewInt(1), uint(c.n))).Float64()
		if got := pathShare(c.n, c.lo, c.hi); math.Abs(got-want) > 1e-14 {
			t.Errorf("%d to %d of %d: %v, not %v", c.lo, c.hi, c.n, got, want)
		}
	}
}

// TestBlocksAreCounted: 54 of the 110 layers' net, and none of exclusive or's.
func TestBlocksAreCounted(t *testing.T) {
	if m := residual(t, "residual-110"); m.blocks != 54 || len(m.sheet.Controls) != 2 {
		t.Errorf("%d blocks, %d controls", m.blocks, len(m.sheet.Controls))
	}
	if m := residual(t, "xor-1986"); m.blocks != 0 || len(m.sheet.Controls) != 0 {
		t.Errorf("%d blocks, %d controls", m.blocks, len(m.sheet.Controls))
	}
}

func TestXorIsCounted(t *testing.T) {
	m := made(t)
	for range 5 {
		m.Step()
	}
	var r sim.Reading
	for p, want := range map[sim.ProbeID]int64{seePassed: 2, seeLayerFree: 3, seeFree: 9, seeLinks: 9, seeUnits: 3, seeWork: 6} {
		if m.Read(p, &r); r.Ints[0] != want {
			t.Errorf("%s is %d, not %d", m.Sheet().Probes[p].Name, r.Ints[0], want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	m := made(f)
	f.Add(m.Save(nil))
	f.Fuzz(func(t *testing.T, snapshot []byte) { simtest.TryLoad(t, m, snapshot, 1) })
}
