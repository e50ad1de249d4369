package markone

import (
	"fmt"

	"perceptarium/sim"
)

// see says which probe it is. From seeSettings on they are where the settings
// stand.
type see int

const (
	seePhase see = iota
	seeRetina
	seeSensory
	seeConductance
	seeAssociation
	seeInput
	seeActive
	seeWeight
	seeValue
	seeMotor
	seeSum
	seeSignal
	seeResponse
	seeWanted
	seeWrong
	seeRight
	seeLeft
	seeTurning
	seeClock
	seeHours
	seePresentations
	seeTrials
	seeCorrect
	seeBits
	seeBitsRight
	seeReinforcements
	seeStreak
	seeCurve
	seeAssignment
	seeSourceSet
	seePlugboard
	seeCord
	seePlugs
	seeThreshold
	seeCellFault
	seeUnitFault
	seePotFault
	seeResponseFault
	seeFault
	seeSettings
)

// turn says which control it is. From turnSettings on they are the settings.
type turn int

const (
	turnRetina turn = iota
	turnWanted
	turnWeight
	turnAssignment
	turnSourceSet
	turnPlugboard
	turnCord
	turnCellFault
	turnUnitFault
	turnPotFault
	turnResponseFault
	turnStore
	turnRepair
	turnReplug
	turnNewPage
	turnButtons  // the sequencer's, in their order
	turnSettings = turnButtons + turn(len(buttonNames))
)

type seen struct {
	see
	sim.Probe
}

type turned struct {
	turn
	sim.Control
}

var assignmentNames = []string{"8x64", "5x102", "4x128", "2x256", "1x512", "free"}

// setsOf is the number of source-sets of each assignment.
var setsOf = [...]int{8, 5, 4, 2, 1}

func (m *Machine) newSheet() *sim.Sheet {
	s := sim.Sheet{
		Name: "markone", Title: "Mark I Perceptron", Year: 1960,
		Doc:       "A retina of 20 x 20 photocells, a plugboard, association units with one motor-driven potentiometer each, and response units, taught through a control panel.",
		Tick:      "one step of the machine clock",
		TickNS:    m.build.clock * 1_000_000,
		Constants: constants(), Sources: sources(), Omitted: omitted(),
	}
	if p := m.build.personality; !m.build.motors() {
		s.Title += ": " + [...]string{Photoperceptron1957: "the photoperceptron of 1957", Theory1958: "the theory of 1958", IBM704: "its simulation on the IBM 704"}[p]
		s.Year = [...]int{Photoperceptron1957: 1957, Theory1958: 1958, IBM704: 1958}[p]
		s.Tick, s.TickNS = "one step of a machine on paper", 0
	}
	for _, list := range [][]seen{m.seenPanel(), m.seenUnits(), m.seenBook(), m.seenBoard(), m.seenFaults()} {
		s.Probes, m.probes = addProbes(s.Probes, m.probes, list)
	}
	for _, list := range [][]turned{m.turnedPanel(), m.turnedFaults(), m.turnedButtons()} {
		for _, c := range list {
			s.Controls, m.controls = append(s.Controls, c.Control), append(m.controls, c.turn)
		}
	}
	m.addSettings(&s)
	if m.build.plugged != nil {
		s.Data = fmt.Sprintf("plugboard %016x", fnv(m.build.plugged.AppendText(nil)))
	}
	return sim.NewSheet(s)
}

func addProbes(probes []sim.Probe, sees []see, list []seen) ([]sim.Probe, []see) {
	for _, p := range list {
		probes, sees = append(probes, p.Probe), append(sees, p.see)
	}
	return probes, sees
}

// fnv is the FNV-1a hash.
func fnv(text []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range text {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h
}

// onPaper reports whether a setting means anything on a machine without
// hardware.
func onPaper(i setting) bool {
	switch {
	case i >= setRise && i <= setVignette, i == setThresholdSpread, i == setDriftStep:
		return false
	case i >= setTravel && i <= setZeroSpread, i == setOffsetSpread, i == setMotorsJammed:
		return false
	}
	return true
}

// addSettings gives each setting a control and the probe that shows it.
func (m *Machine) addSettings(s *sim.Sheet) {
	for i, row := range settingTable() {
		if !m.build.motors() && !onPaper(setting(i)) {
			continue
		}
		unit, hi := row.unit, row.max
		if unit == microvolt && !m.build.motors() {
			unit, hi = m.valueUnit(), m.build.hi
		}
		kind := row.kind
		if kind == sim.Switch {
			kind = sim.Lamp
		}
		s.Probes = append(s.Probes, sim.Probe{Name: row.name, Kind: kind, Min: row.min, Max: hi, Names: row.names, Unit: unit,
			Doc: "where it stands: " + row.doc, Evidence: row.evidence})
		s.Controls = append(s.Controls, sim.Control{Name: row.name, Kind: row.kind, Min: row.min, Max: hi, Default: m.build.normal[i], Names: row.names,
			Unit: unit, Doc: row.doc, Evidence: row.evidence})
		m.probes, m.controls = append(m.probes, seeSettings+see(i)), append(m.controls, turnSettings+turn(i))
	}
}

// valueUnit is what a person counts values in.
func (m *Machine) valueUnit() sim.Unit {
	if m.build.motors() {
		return microvolt
	}
	return "millionth of a unit of reinforcement"
}

// rack is how the association units stand: 8 x 64 on the Mark I (S: 8x8x8).
func (m *Machine) rack() (rows, cols int) {
	if m.build.units%8 == 0 {
		return 8, m.build.units / 8
	}
	return 1, m.build.units
}

// scale is the range of wiper voltages; on paper there is none.
func (m *Machine) scale() (lo, hi int64) {
	if m.build.motors() {
		return -stopMicrovolts, stopMicrovolts
	}
	return 0, 0
}

func (m *Machine) responseNames() []string {
	names := make([]string, m.build.responses)
	for i := range names {
		names[i] = fmt.Sprintf("R%d", i+1)
	}
	return names
}
