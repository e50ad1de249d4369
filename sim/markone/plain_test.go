package markone

import (
	"bytes"
	"slices"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// plain works the machine's parts out from scratch in every tick: nothing is
// scheduled, listed or kept. It follows the cells' circuits and the motors of
// one machine and says where it finds the machine otherwise.
type plain struct {
	lit   [Points]bool
	shaft []Arc
	lag   []int32
	drive [ResponsesMax]uint8 // of the reinforcement that was under way a tick ago
}

func newPlain(m *Machine) *plain {
	return &plain{lit: m.retina.lit, shaft: slices.Clone(m.pots.shaft), lag: slices.Clone(m.pots.lag)}
}

// follow takes the reference through the tick that m has just made.
func (p *plain) follow(t *testing.T, m *Machine) {
	t.Helper()
	p.circuits(m)
	if p.lit != m.retina.lit {
		t.Fatalf("tick %d: the photocells' circuits differ", m.now)
	}
	on := p.active(m)
	if on != m.units.on {
		t.Fatalf("tick %d: active units differ", m.now)
	}
	p.motors(m, &on)
	if !slices.Equal(p.shaft, m.pots.shaft) || !slices.Equal(p.lag, m.pots.lag) {
		t.Fatalf("tick %d, %s: motors or wipers differ", m.now, m.phase)
	}
}

func (p *plain) circuits(m *Machine) {
	for i := range p.lit {
		g := m.retina.conductance(i, m.now-m.retina.since[i])
		if p.lit[i] && g <= m.retina.off {
			p.lit[i] = false
		} else if !p.lit[i] && g > m.retina.on {
			p.lit[i] = true
		}
	}
}

func (p *plain) active(m *Machine) (on unitSet) {
	count := make([]int32, m.build.units)
	for _, plug := range m.units.effective().Plugs {
		if m.retina.active(int(plug.S), m.set[setPolarity]) {
			count[plug.A] += int32(plug.Sign)
		}
	}
	for a, n := range count {
		if n >= m.units.need[a] {
			on.add(int32(a))
		}
	}
	return on
}

// motors knows alpha, and runs to goals.
func (p *plain) motors(m *Machine, on *unitSet) {
	for a := range p.shaft {
		by := Arc(0)
		of := m.responses.of[a]
		switch {
		case m.pots.jam[a]:
		case m.pots.servo:
			by = min(max(m.pots.goal[a]-p.shaft[a], -m.pots.down[a]), m.pots.up[a])
		case !m.reinforcer.on || of == none || !on.has(int32(a)):
		case m.reinforcer.drive[of] == driveUp:
			by = m.pots.up[a]
		case m.reinforcer.drive[of] == driveDown:
			by = -m.pots.down[a]
		case m.continues() && m.pots.motor[a] != 0: // the response has flipped in this tick
			by = m.pots.up[a]
			if down := p.drive[of] == driveDown; down || p.drive[of] == driveNone && m.wanted[of] == 0 {
				by = -m.pots.down[a]
			}
		}
		old := p.shaft[a]
		p.shaft[a] = min(max(old+by, m.pots.lo), m.pots.hi)
		lag := Arc(p.lag[a]) - (p.shaft[a] - old)
		p.lag[a] = int32(min(max(lag, Arc(-m.pots.play)), Arc(m.pots.play)))
	}
	p.drive = m.reinforcer.drive
}

// work is what the operator does in the plain test: cards of every lightness,
// faults and knobs, in the midst of everything.
func work(t *testing.T, m *Machine, st *rng.Stream) (sim.Input, bool) {
	switch n := st.Below(400); {
	case n == 0:
		c := make([]int64, Points)
		for i := range c {
			c[i] = st.Below(LevelMax + 1)
		}
		return input(t, m, "retina", sim.Whole, c...), true
	case n < 6 && m.phase == Clear:
		return input(t, m, "retina", sim.Whole, card(st, st.Below(1000))...), true
	case n < 9:
		return input(t, m, "retina", int(st.Below(Points)), st.Below(LevelMax+1)), true
	case n < 12:
		return input(t, m, "wanted", int(st.Below(Responses)), st.Below(3)-1), true
	case n == 12:
		return input(t, m, "grey", 0, st.Below(200)), true
	case n == 13:
		return input(t, m, "cell-fault", int(st.Below(Points)), st.Below(cellFaults)), true
	case n == 14:
		return input(t, m, "a-fault", int(st.Below(Units)), st.Below(unitFaults-1)), true
	case n == 15:
		return input(t, m, "source-set", int(st.Below(Units)), st.Below(Responses+1)), true
	case n == 16:
		return input(t, m, "theta", 0, st.Below(4)), true
	case n == 17:
		return input(t, m, "zero", 0), m.phase == Clear && m.panel.Pressed == 0
	case n == 18:
		return input(t, m, "decay", 0, st.Below(2)*5000), true
	case n == 19:
		return input(t, m, "polarity", 0, st.Below(2)), true
	case n == 20:
		return input(t, m, "correction", 0, st.Below(2)), true
	case n == 21:
		return input(t, m, "weight", int(st.Below(Units)), st.Below(2_000_000)-1_000_000), true
	case n == 22:
		return input(t, m, "pot-fault", int(st.Below(Units)), st.Below(2)), true
	}
	return sim.Input{}, false
}

// TestPlain holds the machine, tick for tick, against parts that are worked out
// from scratch, and against a twin that never skips a tick.
func TestPlain(t *testing.T) {
	for _, c := range []struct {
		name  string
		words []string
	}{
		{"ideal", nil}, {"period", []string{"components", "period"}}, {"a tick of 2 ms", []string{"clock", "2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, twin := machine(t, c.words...), machine(t, c.words...)
			st := rng.New(1960).Stream("work")
			ref := newPlain(m)
			for range plainTicks {
				if in, ok := work(t, m, &st); ok {
					if err := m.Apply(in); err != nil {
						t.Fatal(err)
					}
					if err := twin.Apply(in); err != nil {
						t.Fatal(err)
					}
					ref.lag, ref.shaft = slices.Clone(m.pots.lag), slices.Clone(m.pots.shaft)
				}
				m.Step()
				twin.forget()
				twin.Step()
				if m.now%16 == 0 && !bytes.Equal(m.Save(nil), twin.Save(nil)) {
					t.Fatalf("tick %d: the twin that works out everything anew differs", m.now)
				}
				ref.follow(t, m)
			}
			if m.score.trials == 0 || m.score.reinforcements == 0 {
				t.Fatalf("nothing was learned: %+v", m.score)
			}
		})
	}
}

// forget throws away all that is kept beside the state proper.
func (m *Machine) forget() {
	m.wake = 0
	m.changed()
	m.retina.memo = [crossings]crossing{}
	m.retina.schedule(m.now)
	m.pots.findRunning()
	m.units.recount(func(s int) bool { return m.retina.active(s, m.set[setPolarity]) })
}
