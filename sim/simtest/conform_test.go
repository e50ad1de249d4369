package simtest_test

import (
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/simtest"
)

func TestToyConforms(t *testing.T) {
	simtest.Conform(t, func() sim.Machine { return simtest.NewToy() }, func(at sim.Tick) (sim.Input, bool) {
		chance := rng.New(uint64(at)).Stream("stimulus")
		return simtest.ToyInput(&chance), chance.Below(3) == 0
	})
}

func FuzzToyLoad(f *testing.F) {
	f.Add(simtest.NewToy().Save(nil))
	f.Fuzz(func(t *testing.T, src []byte) {
		m := simtest.NewToy()
		before := string(m.Save(nil))
		if m.Load(src) != nil && string(m.Save(nil)) != before {
			t.Fatal("refused a snapshot, yet its state changed")
		}
		m.Step()
	})
}
