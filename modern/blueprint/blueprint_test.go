package blueprint

import (
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
	f.Fuzz(func(t *testing.T, snapshot []byte) {
		if err := m.Load(snapshot); err == nil {
			m.Step()
		}
	})
}
