package markone

import "fmt"

// Phase is where the work of the panel stands: the working sequence of section
// 5.5 of the dossier (Inferred there).
type Phase uint8

// The phases. In clear the field is clear and the machine waits for a card; in
// set-up the motors run every value to the centre, to a stored or to a random
// setting.
const (
	Clear Phase = iota
	SetUp
	Present
	Respond
	Judge
	Reinforce
	Remove
	Test
	phases
)

// PhaseNames are the names of the phases, in their order.
var PhaseNames = [...]string{"clear", "set-up", "present", "respond", "judge", "reinforce", "remove", "test"}

func (p Phase) String() string {
	if p < phases {
		return PhaseNames[p]
	}
	return "phase?"
}

// Buttons is a set of buttons that are pressed.
type Buttons uint16

// The buttons that the sequencer obeys.
const (
	PressStop Buttons = 1 << iota
	PressZero
	PressRecall
	PressScatter
	PressPresent
	PressRespond
	PressJudge
	PressReinforce
	PressRemove
	buttonsEnd
)

var buttonNames = [...]string{"stop", "zero", "recall", "scatter", "present", "respond", "judge", "reinforce", "remove"}

// cardIn reports whether the card is in view.
func (p Phase) cardIn() bool {
	return p == Present || p == Respond || p == Judge || p == Reinforce || p == Test
}

// may refuses a button that the sequencer cannot obey now.
func (m *Machine) may(b Buttons, name string) error {
	if b == PressStop {
		return nil
	}
	if other := m.panel.Pressed &^ b; other != 0 {
		return fmt.Errorf("%s: another button is pressed at the same moment; press it one tick later", name)
	}
	ok := m.phase == Clear
	want := "wait until the phase is clear, or press stop"
	if b >= PressRespond {
		ok, want = m.phase.cardIn() && (m.rest || b == PressRemove), "press present first, with automatic off, and wait until the phase before is over"
	}
	if !ok {
		return fmt.Errorf("%s: the phase is %s: %s", name, m.phase, want)
	}
	return nil
}

// sequence obeys buttons and lets phases that are over give way to the next.
func (m *Machine) sequence(b Buttons) {
	for i := Buttons(1); i < buttonsEnd; i <<= 1 {
		if b&i != 0 {
			m.obey(i)
		}
	}
	for range phases {
		if m.rest || m.now < m.until || m.phase == Clear || len(m.pots.running) > 0 {
			return
		}
		m.leave()
	}
}

func (m *Machine) obey(b Buttons) {
	switch b {
	case PressStop:
		m.stop()
	case PressZero, PressRecall, PressScatter:
		m.setUp(b)
	case PressPresent:
		m.present()
	case PressRespond:
		m.enter(Respond, setIntegration)
	case PressJudge:
		m.judge()
	case PressReinforce:
		m.reinforce()
	case PressRemove:
		m.remove()
	}
}

// enter begins a phase that lasts as long as a setting says.
func (m *Machine) enter(p Phase, lasts setting) { m.enterFor(p, m.set[lasts]) }

func (m *Machine) enterFor(p Phase, ms int64) {
	m.endWork()
	m.phase, m.rest = p, false
	m.until = m.now + ticksOf(ms, m.build.clock)
	if p == Respond {
		m.responses.total, m.responses.samples = [ResponsesMax]int64{}, 0
	}
	if shutter := p.cardIn(); shutter != m.retina.shutter {
		m.retina.shutter = shutter
		m.retina.illuminate(m.now)
	}
}

// endWork takes the current off the motors.
func (m *Machine) endWork() {
	if m.reinforcer.on || m.pots.servo {
		m.reinforcer.finish()
		m.pots.servo = false
		m.pots.findRunning()
		m.pots.rest()
	}
}

func (m *Machine) stop() {
	m.enterFor(Clear, 0)
}

// present puts the card in view.
func (m *Machine) present() {
	m.score.presentations++
	m.score.judged = false
	wait := m.operator(setPlace)
	m.enterFor(Present, wait+m.set[setSettle]+m.set[setSwitching])
}

// operator is the time in ms that the machine waits for its operator; where the
// tempo is scripted, the time counts for the hours of 1960 only.
func (m *Machine) operator(takes setting) int64 {
	if m.set[setTempo] == tempoManual {
		return m.set[takes]
	}
	m.score.skippedMS += m.set[takes]
	return 0
}

// leave ends the phase whose time is over, and goes on to the next one or waits
// for the operator.
func (m *Machine) leave() {
	switch m.phase {
	case Present:
		if m.goesOn() {
			m.enter(Respond, setIntegration)
		}
	case Respond:
		m.takeState()
		if m.goesOn() {
			m.judge()
		}
	case Judge:
		if m.goesOn() {
			m.reinforce()
		}
	case Reinforce, Test:
		m.endWork()
		if m.goesOn() {
			m.remove()
		}
	default:
		m.enterFor(Clear, 0)
	}
}

// goesOn reports whether phases follow each other without the operator; if not,
// the machine waits.
func (m *Machine) goesOn() bool {
	m.rest = m.set[setAutomatic] == 0
	return !m.rest
}

// judge compares the responses with the wanted ones, once for each presentation.
// It takes at least a tick, so that it can be seen.
func (m *Machine) judge() {
	if !m.score.judged {
		m.score.judge(&m.responses, &m.wanted, m.set[setBlock])
	}
	phase := Judge
	if m.set[setTraining] == 0 {
		phase = Test
	}
	m.enterFor(phase, max(m.operator(setJudging), 1))
}

// reinforce begins a reinforcement, where there is anything to reinforce.
func (m *Machine) reinforce() {
	m.endWork()
	m.reinforcer.choose(&m.set, &m.responses, &m.wanted)
	if m.reinforcer.idle() {
		if m.goesOn() {
			m.remove()
		}
		return
	}
	lasts := setPulse
	if m.continues() {
		lasts = setPulseLimit
	}
	m.enter(Reinforce, lasts)
	m.reinforcer.begin(&m.set)
	m.score.reinforcements += m.reinforcer.sets()
}

// continues reports whether a correction goes on until the response flips.
func (m *Machine) continues() bool {
	return m.set[setCorrection] == continuous && m.set[setMode] != modeSpontaneous
}

// remove takes the card away and lets the values relax.
func (m *Machine) remove() {
	m.enter(Remove, setRemoval)
	share := m.set[setDecay]
	if share == 0 {
		return
	}
	for a, v := range m.pots.shaft {
		m.pots.goal[a] = v - divide(v*share, 1_000_000)
	}
	m.pots.send()
}

// setUp runs every potentiometer to a setting.
func (m *Machine) setUp(b Buttons) {
	m.enterFor(SetUp, 0)
	for a := range m.pots.goal {
		goal := Arc(0)
		switch b {
		case PressZero:
			goal = m.set[setZeroSpread] * travelArcs / 1000 * normal(&m.chance) >> 16
		case PressRecall:
			goal = m.pots.store[a]
		case PressScatter:
			width := m.set[setScatterWidth] * m.build.fullScale() / 1000
			goal = m.chance.Below(2*width+1) - width
		}
		m.pots.goal[a] = min(max(goal, m.pots.lo), m.pots.hi)
	}
	m.pots.send()
}
