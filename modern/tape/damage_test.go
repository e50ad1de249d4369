package tape

import (
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// TestDamagedSnapshots: a snapshot with some bytes changed is refused, or the
// machine goes on from it, whatever it does then.
func TestDamagedSnapshots(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			m := made(t, k.net, k.data)
			snapshots := snapshotsOf(m)
			st := rng.New(1).Stream("damage")
			taken := 0
			for range damages {
				s := append([]byte(nil), snapshots[st.Below(int64(len(snapshots)))]...)
				for range 1 + st.Below(3) {
					reach := int64(len(s)) - 8 // after the seal
					if st.Bool() {
						reach = min(reach, 700) // where most whole numbers are
					}
					s[8+st.Below(reach)] = byte(st.Below(4))
				}
				if m.Load(s) == nil {
					taken++
					handle(m)
				}
			}
			if taken == 0 || taken == damages {
				t.Errorf("%d of %d were taken", taken, damages)
			}
		})
	}
}

const damages = 600

// snapshotsOf takes some of the machine while a hand turns this and that.
func snapshotsOf(m *Machine) (list [][]byte) {
	h := hand(m)
	m.Reset(1)
	for at := range sim.Tick(90) {
		if in, ok := h(at); ok {
			if err := m.Apply(in); err != nil {
				panic(err)
			}
		}
		if at%3 == 0 {
			list = append(list, m.Save(nil))
		}
		m.Step()
	}
	return list
}

// handle reads everything, turns what begins something, and goes on.
func handle(m *Machine) {
	var r sim.Reading
	for range 2 {
		for range 60 {
			m.Step()
		}
		for p := range m.Sheet().Probes {
			m.Read(sim.ProbeID(p), &r)
		}
		for i, c := range m.Sheet().Controls {
			_, most := c.Limits()
			switch c.Name {
			case "test", "ascend":
				_ = m.Apply(sim.Input{Control: sim.ControlID(i)})
			case "unit-layer", "unit", "single-path", "swap-at-random", "cut-at-random":
				_ = m.Apply(sim.Input{Control: sim.ControlID(i), Ints: []int64{most}})
			}
		}
	}
}
