package markone

import "perceptarium/sim"

const (
	lamp          sim.Unit = "lamp"
	answer        sim.Unit = "answer"
	presentations sim.Unit = "presentation"
	faultKind     sim.Unit = "fault"
	units         sim.Unit = "association unit"
)

func (m *Machine) seenPanel() []seen {
	names := m.responseNames()
	n := len(names)
	return []seen{
		{seePhase, sim.Probe{Name: "phase", Kind: sim.Choice, Names: PhaseNames[:], Unit: "phase", Evidence: sim.Inferred,
			Doc: "where the work stands (dossier 5.5): clear, the field is clear; set-up, values run to a setting; present, the card is in view; respond; judge; reinforce; remove; test, judged without reinforcement"}},
		{seeRetina, sim.Probe{Name: "retina", Kind: sim.Surface, Rows: Rows, Cols: Cols, Max: LevelMax, Unit: "level of light", Evidence: sim.Secondary,
			Doc: "the card before the lens: light on each of 20 x 20 photocells while it is in view (S: ONR newsletter 1960, Bishop)"}},
		{seeSensory, sim.Probe{Name: "s-unit", Kind: sim.Lamp, Rows: Rows, Cols: Cols, Max: 1, Unit: lamp, Evidence: sim.Secondary,
			Doc: "the 400 lamps of the sensory units: all or none (S: 20 x 20 lamp display; P: all-or-none)"}},
		{seeAssociation, sim.Probe{Name: "a-unit", Kind: sim.Lamp, Rows: m.rows(), Cols: m.cols(), Max: 1, Unit: lamp, Evidence: sim.Secondary,
			Doc: "the lamps of the association units (S: 512 units; P: active iff e - i >= theta)"}},
		{seeResponse, sim.Probe{Name: "response", Kind: sim.Lamp, Cols: n, Max: 1, Names: names, Unit: lamp, Evidence: sim.Primary,
			Doc: "the lamps of the response units: two states, 1 and 0 (P-: manual fig. 1)"}},
		{seeWanted, sim.Probe{Name: "wanted", Kind: sim.Grid, Cols: n, Min: -1, Max: 1, Names: names, Unit: answer, Evidence: sim.Primary,
			Doc: "the responses that the operator wants: 1, 0, or -1 where any will do (P: Navy 1960)"}},
		{seeWrong, sim.Probe{Name: "wrong", Kind: sim.Lamp, Cols: n, Max: 1, Names: names, Unit: answer, Evidence: sim.Inferred,
			Doc: "lit for each response that was not the wanted one when it was judged last"}},
		{seeRight, sim.Probe{Name: "right", Kind: sim.Lamp, Max: 1, Unit: answer, Evidence: sim.Inferred, Doc: "lit if every wanted response of the last trial was right"}},
		{seeSum, sim.Probe{Name: "sum", Kind: sim.Grid, Cols: n, Names: names, Unit: m.valueUnit(), Evidence: sim.Inferred,
			Doc: "meters: the signal of each response unit at this moment, without its noise (I: sign of the summed values of the active units)"}},
		{seeActive, sim.Probe{Name: "active", Kind: sim.Grid, Cols: n, Max: int64(m.build.units), Names: names, Unit: units, Evidence: sim.Inferred,
			Doc: "how many units of each source-set are active: N_ar of the 1958 paper"}},
		{seeLeft, sim.Probe{Name: "left", Kind: sim.Count, Unit: "tick", Evidence: sim.Assumed, Doc: "ticks that this phase will still last; 0 where it waits"}},
		{seeTurning, sim.Probe{Name: "turning", Kind: sim.Count, Max: int64(m.build.units), Unit: "motor", Evidence: sim.Inferred, Doc: "motors that are energised"}},
		{seeClock, sim.Probe{Name: "clock", Kind: sim.Count, Unit: millisecond, Evidence: sim.Assumed, Doc: "machine time since power on"}},
		{seeHours, sim.Probe{Name: "hours-1960", Kind: sim.Count, Unit: "second", Evidence: sim.Assumed,
			Doc: "seconds that would have passed in 1960: machine time, and what the operator takes to place cards and to judge (dossier 6)"}},
	}
}

func (m *Machine) rows() int { rows, _ := m.rack(); return rows }

func (m *Machine) cols() int { _, cols := m.rack(); return cols }

func (m *Machine) seenUnits() []seen {
	rows, cols := m.rack()
	lo, hi := m.scale()
	valued := sim.Secondary
	doc := "wiper voltage of each association unit's potentiometer (S: -11 V to +11 V; one for each unit, P-)"
	if !m.build.motors() {
		valued, doc = sim.Primary, "value of each association unit (P: 1957, 1958)"
	}
	names := m.responseNames()
	list := []seen{
		{seeWeight, sim.Probe{Name: "weight", Kind: sim.Grid, Rows: rows, Cols: cols, Min: lo, Max: hi, Unit: m.valueUnit(), Evidence: valued, Doc: doc}},
		{seeValue, sim.Probe{Name: "value", Kind: sim.Grid, Rows: rows, Cols: cols, Unit: "reinforcement", Evidence: sim.Inferred,
			Doc: "the same, counted in single reinforcements and rounded to the nearest"}},
		{seeSignal, sim.Probe{Name: "signal", Kind: sim.Grid, Cols: len(names), Names: names, Unit: "reinforcement", Evidence: sim.Inferred,
			Doc: "the signals of the response units, counted in single reinforcements and rounded to the nearest"}},
		{seeMotor, sim.Probe{Name: "motor", Kind: sim.Grid, Rows: rows, Cols: cols, Min: -1, Max: 1, Unit: "direction", Evidence: sim.Inferred,
			Doc: "which motors are energised, and which way (S: electric motors; I: the response selects the direction)"}},
		{seeInput, sim.Probe{Name: "input", Kind: sim.Grid, Rows: rows, Cols: cols, Unit: "input", Evidence: sim.Primary,
			Doc: "lit excitatory less lit inhibitory origins of each association unit (P: e - i)"}},
	}
	if m.build.motors() {
		list = append(list, seen{seeConductance, sim.Probe{Name: "conductance", Kind: sim.Surface, Rows: Rows, Cols: Cols, Unit: millionth, Evidence: sim.Assumed,
			Doc: "conductance of each CdS photocell, in millionths of a mean cell's under full light (dossier 2)"}})
	}
	return list
}

func (m *Machine) seenBook() []seen {
	count := func(s see, name string, unit sim.Unit, doc string) seen {
		return seen{s, sim.Probe{Name: name, Kind: sim.Count, Unit: unit, Evidence: sim.Inferred, Doc: doc}}
	}
	return []seen{
		count(seePresentations, "presentations", presentations, "cards presented since the page was begun"),
		count(seeTrials, "trials", presentations, "presentations that were judged, where something was wanted"),
		count(seeCorrect, "correct", presentations, "trials in which every wanted response was right"),
		count(seeBits, "bits", answer, "single responses that were judged"),
		count(seeBitsRight, "bits-right", answer, "single responses that were right"),
		count(seeReinforcements, "reinforcements", "source-set", "source-sets that were reinforced: in error correction, the corrections"),
		count(seeStreak, "streak", presentations, "correct trials in a row"),
		{seeCurve, sim.Probe{Name: "curve", Kind: sim.Series, Cols: curvePoints, Unit: presentations, Evidence: sim.Inferred,
			Doc: "learning curve: correct trials in each of the last blocks, oldest first; how long a block is, the control block says"}},
	}
}

func (m *Machine) seenBoard() []seen {
	rows, cols := m.rack()
	list := []seen{
		{seePlugs, sim.Probe{Name: "plugs", Kind: sim.Count, Unit: "cord", Evidence: sim.Inferred, Doc: "cords in the plugboard"}},
		{seePlugboard, sim.Probe{Name: "plugboard", Kind: sim.Text, Unit: "file", Evidence: sim.Assumed,
			Doc: "the plugboard as a file that a person could plug from: for each sensory unit its cords, their sign and the association unit they go to (P-: connections called random; D: x = y = 5)"}},
		{seeCord, sim.Probe{Name: "cord", Kind: sim.Text, Unit: "cord", Evidence: sim.Inferred, Doc: "what was last done to a single cord"}},
		{seeThreshold, sim.Probe{Name: "threshold", Kind: sim.Grid, Rows: rows, Cols: cols, Unit: "input", Evidence: sim.Assumed,
			Doc: "inputs that each association unit needs to be active, as theta, spread and drift leave it; dead units need 2^30, stuck ones -2^30"}},
		{seeSourceSet, sim.Probe{Name: "source-set", Kind: sim.Grid, Rows: rows, Cols: cols, Max: int64(m.build.responses), Unit: "response", Evidence: sim.Inferred,
			Doc: "which response each association unit feeds, 1 and up; 0: none (P-: many-to-one; I: 64 each)"}},
	}
	if m.build.motors() {
		list = append(list, seen{seeAssignment, sim.Probe{Name: "assignment", Kind: sim.Choice, Names: assignmentNames, Unit: position, Evidence: sim.Inferred,
			Doc: "how association units are assigned to responses (default 7 of the dossier: 8x64)"}})
	}
	return list
}

func (m *Machine) seenFaults() []seen {
	rows, cols := m.rack()
	grid := func(s see, name string, rows, cols int, worst int64, doc string) seen {
		return seen{s, sim.Probe{Name: name, Kind: sim.Grid, Rows: rows, Cols: cols, Max: worst, Unit: faultKind, Evidence: sim.Assumed, Doc: doc}}
	}
	list := []seen{
		grid(seeCellFault, "cell-fault", Rows, Cols, cellFaults-1, cellFaultDoc),
		grid(seeUnitFault, "a-fault", rows, cols, unitFaults-1, unitFaultDoc),
		grid(seeResponseFault, "r-fault", 1, m.build.responses, responseFaults-1, responseFaultDoc),
		{seeFault, sim.Probe{Name: "fault", Kind: sim.Text, Unit: "message", Evidence: sim.Inferred, Doc: "why the machine holds: always empty, as no state of it is impossible"}},
	}
	if m.build.motors() {
		list = append(list, grid(seePotFault, "pot-fault", rows, cols, potFaults-1, potFaultDoc))
	}
	return list
}

const (
	cellFaultDoc     = "what is wrong with each photocell: 0 nothing, 1 dark, 2 lit, 3 weak"
	unitFaultDoc     = "what is wrong with each association unit: 0 nothing, 1 dead, 2 always active, 3 its threshold drifts"
	potFaultDoc      = "what is wrong with each potentiometer: 0 nothing, 1 its motor is jammed, 2 its wiper has no contact"
	responseFaultDoc = "what is wrong with each response unit: 0 nothing, 1 stuck at 0, 2 stuck at 1"
)
