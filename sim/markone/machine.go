package markone

import (
	"math/bits"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Machine is a Mark I Perceptron, or one of the paper machines it grew from.
type Machine struct {
	sheet    *sim.Sheet
	probes   []see
	controls []turn
	build    build

	seed   uint64
	now    int64 // ticks since power on
	phase  Phase
	until  int64 // the phase lasts up to this tick
	rest   bool  // the phase is over and waits for the operator
	panel  Panel
	set    [settings]int64
	wanted [ResponsesMax]int8 // 1, 0, or -1 where nothing is wanted
	cord   []byte             // what was last done to the plugboard
	chance rng.Stream         // of zeroing and of random settings
	shares int64              // which assignment of source-sets is made
	score  score
	wake   int64 // nothing happens before this tick, unless the operator acts
	steady bool  // one sample of the signals is like the next, and is kept:
	kept   [ResponsesMax]int64

	retina     retina
	units      association
	pots       pots
	responses  responses
	reinforcer reinforcer
}

// Panel is what the operator does to the sequencer in one tick: the pins in.
// Switches and knobs stand where they stand, in the state.
type Panel struct {
	Pressed Buttons
}

// Lamps is what the panel shows after one tick: the pins out.
type Lamps struct {
	Phase    Phase
	Response uint64 // bit r: the lamp of response r
	Turning  bool   // motors are energised
}

// tick is one step of the machine clock. In this order: photocells switch, and
// association units with them; the sequencer obeys the panel and gives way to
// the next phase; thresholds drift; response units integrate; motors turn.
func (m *Machine) tick(p Panel) Lamps {
	m.now++
	if m.now < m.wake && p.Pressed == 0 {
		return m.lamps()
	}
	m.see()
	m.sequence(p.Pressed)
	if m.units.drifting && m.now%driftTicks == 0 {
		m.units.wander(&m.set)
		m.changed()
	}
	if m.phase == Respond && !m.rest {
		m.integrate()
	}
	m.drive()
	m.wake = m.nextEvent()
	return m.lamps()
}

func (m *Machine) lamps() Lamps {
	return Lamps{m.phase, m.responses.state, m.reinforcer.on || len(m.pots.running) > 0}
}

// nextEvent is the next tick at which something may happen of itself.
func (m *Machine) nextEvent() int64 {
	if m.reinforcer.on || m.pots.servo || m.phase == Respond && !m.rest {
		return m.now + 1
	}
	at := m.retina.next
	if !m.rest && m.phase != Clear {
		at = min(at, m.until)
	}
	if m.units.drifting {
		at = min(at, m.now-m.now%driftTicks+driftTicks)
	}
	return max(at, m.now+1)
}

// see lets the circuits switch that are due, and the association units follow.
func (m *Machine) see() {
	r := &m.retina
	if m.now < r.next {
		return
	}
	r.next = never
	for i, at := range r.flipAt {
		if at <= m.now {
			r.flip(i, m.now)
			at = r.flipAt[i]
			if r.heeded(i) {
				m.units.flip(i, r.active(i, m.set[setPolarity]))
			}
		}
		r.next = min(r.next, at)
	}
	m.units.settle()
	m.changed()
}

// changed throws away what is kept of the active units.
func (m *Machine) changed() { m.reinforcer.stale, m.steady = true, false }

// integrate adds one sample to the signals of the response units.
func (m *Machine) integrate() {
	if !m.steady {
		var active [ResponsesMax]int64
		m.kept = [ResponsesMax]int64{}
		m.sample(&m.kept, &active, &m.pots.noise)
		m.steady = m.pots.noise16 == 0
	}
	for i := range m.responses.units {
		m.responses.total[i] += m.kept[i]
	}
	m.responses.samples++
}

// takeState is the end of the integration.
func (m *Machine) takeState() {
	var active [ResponsesMax]int64
	m.countActive(&active)
	m.responses.state = m.responses.decide(m.judgement(), &m.responses.total, m.responses.samples, &active)
}

func (m *Machine) judgement() judgement {
	return judgement{m.set[setSumming] == meanNetwork, m.set[setExclusion] == 1, m.build.arcs(m.set[setDeadZone])}
}

// sample adds to total what each response unit takes from its source-set now,
// and to active how many of its units are active. Wiper noise is drawn unit by
// unit; without a stream there is none.
func (m *Machine) sample(total, active *[ResponsesMax]int64, noise *rng.Stream) {
	if m.pots.simple {
		m.sampleSimple(total, active)
	} else {
		m.sampleWipers(total, active, noise)
	}
	for i := range m.responses.units {
		total[i] += m.responses.bias[i] * divisor(m.set[setSumming] == meanNetwork, active[i])
	}
}

func (m *Machine) sampleSimple(total, active *[ResponsesMax]int64) {
	for w, set := range m.units.on {
		for ; set != 0; set &= set - 1 {
			a := w<<6 | bits.TrailingZeros64(set)
			if of := m.responses.of[a]; of != none {
				total[of&(ResponsesMax-1)] += m.pots.shaft[a]
				active[of&(ResponsesMax-1)]++
			}
		}
	}
}

func (m *Machine) sampleWipers(total, active *[ResponsesMax]int64, noise *rng.Stream) {
	for w, set := range m.units.on {
		for ; set != 0; set &= set - 1 {
			a := int32(w<<6 | bits.TrailingZeros64(set))
			of := m.responses.of[a]
			if of == none {
				continue
			}
			v := m.pots.wiper(a)
			if m.pots.noise16 > 0 && noise != nil {
				v += m.pots.noise16 * normal(noise) >> 16
			}
			total[of] += v * m.pots.share[a] >> 16
			active[of]++
		}
	}
}

func (m *Machine) countActive(active *[ResponsesMax]int64) {
	for i := range m.responses.units {
		for w, set := range m.units.on {
			active[i] += int64(bits.OnesCount64(set & m.responses.sets[i][w]))
		}
	}
}

// drive turns the motors that are energised.
func (m *Machine) drive() {
	p := &m.pots
	if !m.reinforcer.on && !p.servo {
		return
	}
	m.steady = false
	if p.startTicks > 0 {
		copy(p.was, p.motor)
	}
	clear(p.motor)
	if p.servo {
		p.approach()
		return
	}
	if m.reinforcer.stale {
		active := m.heard()
		m.reinforcer.arrange(&m.responses, &active)
	}
	m.reinforcer.run(&m.set, p, m.responses.units)
	if m.continues() {
		m.watch()
	}
}

// heard is the set of units that are active and not shut out by a gate.
func (m *Machine) heard() unitSet {
	active := m.units.on
	if m.reinforcer.on && m.set[setFeedback] == feedbackGate {
		open := m.reinforcer.gate(&m.responses)
		for w := range active {
			active[w] &= open[w]
		}
	}
	return active
}

// watch lets the responses follow their signals while a continuous correction
// runs, and ends it for each that is as it was wanted.
func (m *Machine) watch() {
	var total, active [ResponsesMax]int64
	m.sample(&total, &active, &m.pots.noise)
	m.responses.state = m.responses.decide(m.judgement(), &total, 1, &active)
	for i := range m.responses.units {
		if m.wanted[i] >= 0 && int64(m.wanted[i]) == int64(m.responses.state>>i&1) {
			m.reinforcer.drive[i] = driveNone
			m.reinforcer.stale = true
		}
	}
	if m.reinforcer.idle() {
		m.until = m.now + 1
	}
}
