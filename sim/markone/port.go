package markone

import (
	"math/bits"

	"perceptarium/sim"
)

var _ sim.Machine = (*Machine)(nil)

// Sheet is the machine's data sheet.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Step is one tick.
func (m *Machine) Step() {
	p := m.panel
	m.panel = Panel{}
	m.tick(p)
}

// Apply moves a control. A button that the sequencer cannot obey now, and a cord
// or a board that does not fit, are refused.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	t := m.controls[in.Control]
	if t >= turnSettings {
		m.applySetting(setting(t-turnSettings), in.Ints[0])
		return nil
	}
	if t >= turnButtons {
		b := Buttons(1) << (t - turnButtons)
		if err := m.may(b, m.sheet.Controls[in.Control].Name); err != nil {
			return err
		}
		m.panel.Pressed |= b
		return nil
	}
	return m.applyPart(t, in)
}

func (m *Machine) applySetting(i setting, v int64) {
	touches := settingTable()[i].touches
	if touches&touchCells != 0 {
		m.retina.rebase(m.now)
	}
	m.set[i] = v
	if i == setAutomatic && v == 1 {
		m.rest = false
	}
	m.refresh(touches)
}

func (m *Machine) applyPart(t turn, in sim.Input) error {
	switch t {
	case turnRetina:
		m.placeCard(in)
	case turnWanted:
		put(m.wanted[:], in)
	case turnWeight:
		for i, v := range in.Ints {
			m.pots.place(max(in.Index, 0)+i, m.build.arcs(v))
		}
		m.pots.findRunning()
		m.changed()
	case turnSourceSet:
		for i, v := range in.Ints {
			m.responses.of[max(in.Index, 0)+i] = uint8(v - 1) // 0 becomes none
		}
		m.shares = int64(len(setsOf))
		m.refresh(touchPots)
	case turnAssignment:
		if m.shares = in.Ints[0]; int(m.shares) < len(setsOf) {
			assign(m.responses.of, setsOf[m.shares])
		}
		m.refresh(touchPots)
	case turnPlugboard:
		return m.replug(in.Bytes)
	case turnCord:
		return m.moveCord(in.Bytes)
	default:
		m.applyFault(t, in)
	}
	return nil
}

// put writes one cell, or all.
func put[T uint8 | int8](dst []T, in sim.Input) {
	for i, v := range in.Ints {
		dst[max(in.Index, 0)+i] = T(v)
	}
}

// placeCard changes the card, or one cell of it. A whole card that comes into a
// clear field is presented in the next tick, where automatic is on.
func (m *Machine) placeCard(in sim.Input) {
	put(m.retina.card[:], in)
	if m.retina.shutter {
		m.retina.illuminate(m.now)
		m.wake = 0
	}
	if in.Index == sim.Whole && m.set[setAutomatic] == 1 && m.may(PressPresent, "") == nil {
		m.panel.Pressed |= PressPresent
	}
}

// applyFault injects and repairs faults, and does what needs no sequencer.
func (m *Machine) applyFault(t turn, in sim.Input) {
	switch t {
	case turnCellFault:
		m.retina.rebase(m.now)
		put(m.retina.fault[:], in)
		m.refresh(touchCells)
	case turnUnitFault:
		put(m.units.fault, in)
		m.refresh(touchUnits)
	case turnPotFault:
		put(m.pots.fault, in)
		m.refresh(touchPots)
	case turnResponseFault:
		put(m.responses.fault[:], in)
		m.refresh(touchPots)
	case turnStore:
		copy(m.pots.store, m.pots.shaft)
	case turnRepair:
		m.repair()
	case turnReplug:
		m.plugIn()
		m.refresh(touchBoard)
	case turnNewPage:
		m.score.newPage()
	}
}

// repair mends every fault.
func (m *Machine) repair() {
	m.retina.rebase(m.now)
	m.retina.fault = [Points]uint8{}
	m.units.mend()
	clear(m.pots.fault)
	m.responses.fault = [ResponsesMax]uint8{}
	for i := setLesion; i <= setMotorsJammed; i++ {
		m.set[i] = 0
	}
	m.refresh(touchAll)
}

// Read looks at a probe.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) {
	s := m.probes[p]
	switch {
	case s >= seeSettings:
		r.SetInt(m.set[s-seeSettings])
	case m.readPanel(s, r), m.readUnits(s, r), m.readBook(s, r):
	default:
		m.readBoard(s, r)
	}
}

func (m *Machine) readPanel(s see, r *sim.Reading) bool {
	n := m.build.responses
	switch s {
	case seePhase:
		r.SetInt(int64(m.phase))
	case seeRetina:
		fill(r, m.retina.card[:])
	case seeSensory:
		r.Clear()
		for i := range Points {
			r.Ints = append(r.Ints, truth(m.retina.active(i, m.set[setPolarity])))
		}
	case seeResponse:
		readBits(r, []uint64{m.responses.state}, n)
	case seeWanted:
		fill(r, m.wanted[:n])
	case seeWrong:
		readBits(r, []uint64{m.score.wrong}, n)
	case seeRight:
		r.SetBool(m.score.right)
	case seeLeft:
		r.SetInt(0)
		if !m.rest && m.phase != Clear {
			r.SetInt(max(m.until-m.now, 0))
		}
	case seeTurning:
		turning := int64(0)
		for _, d := range m.pots.motor {
			turning += int64(d & 1)
		}
		r.SetInt(turning)
	case seeClock:
		r.SetInt(m.now * m.build.clock)
	case seeHours:
		r.SetInt((m.now*m.build.clock + m.score.skippedMS) / 1000)
	default:
		return false
	}
	return true
}

func (m *Machine) readUnits(s see, r *sim.Reading) bool {
	switch s {
	case seeAssociation:
		active := m.heard()
		readBits(r, active[:], m.build.units)
	case seeWeight:
		r.Clear()
		for a := range m.pots.shaft {
			r.Ints = append(r.Ints, m.build.shown(m.pots.wiper(int32(a))))
		}
	case seeValue:
		step := m.stepArcs()
		r.Clear()
		for a := range m.pots.shaft {
			r.Ints = append(r.Ints, divide(m.pots.wiper(int32(a)), step))
		}
	case seeMotor:
		fill(r, m.pots.motor)
	case seeInput:
		fill(r, m.units.count)
	case seeConductance:
		r.Clear()
		for i := range Points {
			r.Ints = append(r.Ints, m.retina.conductance(i, m.now-m.retina.since[i]))
		}
	case seeSum, seeSignal, seeActive:
		m.readSignals(s, r)
	default:
		return false
	}
	return true
}

// stepArcs is what one reinforcement changes a value by.
func (m *Machine) stepArcs() Arc {
	pulse := ticksOf(m.set[setPulse], m.build.clock)
	if !m.build.motors() {
		return pulse * unitArcs
	}
	return pulse * (travelArcs * m.build.clock / m.set[setTravel])
}

func (m *Machine) readSignals(s see, r *sim.Reading) {
	var total, active [ResponsesMax]int64
	m.sample(&total, &active, nil)
	r.Clear()
	for i := range m.build.responses {
		v := total[i]
		if m.set[setSumming] == meanNetwork {
			v = divide(v, divisor(true, active[i]))
		}
		switch s {
		case seeSum:
			v = m.build.shown(v)
		case seeSignal:
			v = divide(v, m.stepArcs())
		default:
			v = active[i]
		}
		r.Ints = append(r.Ints, v)
	}
}

func (m *Machine) readBook(s see, r *sim.Reading) bool {
	b := &m.score
	switch s {
	case seePresentations:
		r.SetInt(b.presentations)
	case seeTrials:
		r.SetInt(b.trials)
	case seeCorrect:
		r.SetInt(b.correct)
	case seeBits:
		r.SetInt(b.bits)
	case seeBitsRight:
		r.SetInt(b.bitsOK)
	case seeReinforcements:
		r.SetInt(b.reinforcements)
	case seeStreak:
		r.SetInt(b.streak)
	case seeCurve:
		r.SetInts(b.curve[:b.curveLen])
	default:
		return false
	}
	return true
}

func (m *Machine) readBoard(s see, r *sim.Reading) {
	switch s {
	case seePlugs:
		r.SetInt(int64(len(m.units.board.Plugs)))
	case seePlugboard:
		r.Clear()
		r.Text = m.units.board.AppendText(r.Text)
	case seeCord:
		r.SetText(string(m.cord))
	case seeThreshold:
		fill(r, m.units.need)
	case seeAssignment:
		r.SetInt(m.shares)
	case seeSourceSet:
		r.Clear()
		for _, of := range m.responses.of {
			r.Ints = append(r.Ints, int64(of+1)) // none becomes 0
		}
	case seeCellFault:
		fill(r, m.retina.fault[:])
	case seeUnitFault:
		fill(r, m.units.fault)
	case seePotFault:
		fill(r, m.pots.fault)
	case seeResponseFault:
		fill(r, m.responses.fault[:m.build.responses])
	default:
		r.SetText("")
	}
}

func fill[T int8 | uint8 | int32](r *sim.Reading, v []T) {
	r.Clear()
	for _, x := range v {
		r.Ints = append(r.Ints, int64(x))
	}
}

func readBits(r *sim.Reading, set []uint64, n int) {
	r.Clear()
	for i := range n {
		r.Ints = append(r.Ints, int64(set[i>>6]>>(i&63)&1))
	}
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Response is the state of the response units: bit r is that of response r.
func (m *Machine) Response() uint64 { return m.responses.state }

// Phase is where the work stands.
func (m *Machine) Phase() Phase { return m.phase }

// Active counts the association units that are active.
func (m *Machine) Active() (n int) {
	for _, w := range m.units.on {
		n += bits.OnesCount64(w)
	}
	return n
}
