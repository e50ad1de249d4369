package markone

import "perceptarium/sim"

// cordMax and boardMax are the longest texts that the operator hands in.
const (
	cordMax  = 64
	boardMax = 1 << 20
)

func (m *Machine) turnedPanel() []turned {
	rows, cols := m.rack()
	names := m.responseNames()
	lo, hi := m.scale()
	if lo == hi {
		lo, hi = m.build.lo, m.build.hi
	}
	list := []turned{
		{turnRetina, sim.Control{Name: "retina", Kind: sim.Grid, Rows: Rows, Cols: Cols, Max: LevelMax, Unit: "level of light", Evidence: sim.Secondary,
			Doc: "the card before the lens: light on each photocell; a whole card placed while the field is clear is presented at once, with automatic on"}},
		{turnWanted, sim.Control{Name: "wanted", Kind: sim.Grid, Cols: len(names), Min: -1, Max: 1, Default: -1, Names: names, Unit: answer, Evidence: sim.Primary,
			Doc: "the responses that are wanted: 1, 0, or -1 where any will do (P: the trainer forces the right answer by an electrical control, Navy 1960)"}},
		{turnWeight, sim.Control{Name: "weight", Kind: sim.Grid, Rows: rows, Cols: cols, Min: lo, Max: hi, Unit: m.valueUnit(), Evidence: sim.Secondary,
			Doc: "the operator's hand on a potentiometer (S: values could be set by hand)"}},
		{turnSourceSet, sim.Control{Name: "source-set", Kind: sim.Grid, Rows: rows, Cols: cols, Max: int64(m.build.responses), Unit: "response", Evidence: sim.Inferred,
			Doc: "which response an association unit feeds, 1 and up; 0: none"}},
		{turnPlugboard, sim.Control{Name: "plugboard", Kind: sim.Text, Max: boardMax, Unit: "file", Evidence: sim.Inferred,
			Doc: "replugs the whole board from a file"}},
		{turnCord, sim.Control{Name: "cord", Kind: sim.Text, Max: cordMax, Unit: "cord", Evidence: sim.Inferred,
			Doc: "plugs or pulls one cord: plug S17 +A3, pull S17 -A44"}},
	}
	if m.build.motors() {
		list = append(list, turned{turnAssignment, sim.Control{Name: "assignment", Kind: sim.Choice, Names: assignmentNames, Unit: position, Evidence: sim.Inferred,
			Doc: "assigns the association units to 8, 5, 4, 2 or 1 responses, one after the other; free leaves them as they are (default 7 of the dossier)"}})
	}
	return list
}

func (m *Machine) turnedFaults() []turned {
	rows, cols := m.rack()
	grid := func(t turn, name string, rows, cols int, worst int64, doc string) turned {
		return turned{t, sim.Control{Name: name, Kind: sim.Grid, Rows: rows, Cols: cols, Max: worst, Unit: faultKind, Evidence: sim.Assumed, Doc: doc}}
	}
	list := []turned{
		grid(turnCellFault, "cell-fault", Rows, Cols, cellFaults-1, cellFaultDoc),
		grid(turnUnitFault, "a-fault", rows, cols, unitFaults-1, unitFaultDoc),
		grid(turnResponseFault, "r-fault", 1, m.build.responses, responseFaults-1, responseFaultDoc),
	}
	if m.build.motors() {
		list = append(list, grid(turnPotFault, "pot-fault", rows, cols, potFaults-1, potFaultDoc))
	}
	return list
}

func (m *Machine) turnedButtons() []turned {
	docs := [...]string{
		"ends whatever is under way: motors stop, the field is cleared",
		"clears the values: every motor runs to the centre",
		"runs every motor to the values that were stored",
		"runs every motor to a random setting",
		"presents the card",
		"lets the response units sum and take their state (automatic off)",
		"judges the responses against the wanted ones (automatic off)",
		"reinforces (automatic off)",
		"removes the card",
	}
	button := func(t turn, name, doc string) turned {
		return turned{t, sim.Control{Name: name, Kind: sim.Button, Unit: "press", Evidence: sim.Inferred, Doc: doc}}
	}
	var list []turned
	for i, name := range buttonNames {
		list = append(list, button(turnButtons+turn(i), name, docs[i]))
	}
	return append(list,
		button(turnStore, "store", "puts the present values aside for recall"),
		button(turnRepair, "repair", "repairs every fault: of cells, units, potentiometers, responses and cords; values and cords stay as they are"),
		button(turnReplug, "replug", "plugs the board as it was at power on"),
		button(turnNewPage, "new-page", "begins a new page of the book: trials, correct and all other counts from 0"))
}

func constants() []sim.Constant {
	return []sim.Constant{
		{Name: "retina", Value: "20 x 20", Unit: "photocell", Doc: "cadmium-sulphide photocells", Source: "S: ONR Digital Computer Newsletter, July 1960; Bishop, PRML, fig. 4.8", Evidence: sim.Secondary},
		{Name: "outlets", Value: "40", Unit: "plug", Doc: "association units that one sensory unit can feed", Source: "S: Wikipedia after the operators' manual", Evidence: sim.Secondary},
		{Name: "outlets-per-sign", Value: "20", Unit: "plug", Doc: "of each sign, unless the machine is made with outlets=40", Source: "D: the example of the 1957 report doubled (default 3 of the dossier)", Evidence: sim.Assumed},
		{Name: "association-units", Value: "512", Unit: units, Doc: "with one potentiometer each", Source: "S: ONR Digital Computer Newsletter, July 1960; P-: manual fig. 1", Evidence: sim.Secondary},
		{Name: "response-units", Value: "8", Unit: "response", Doc: "of two states", Source: "P-: manual fig. 1", Evidence: sim.Primary},
		{Name: "potentiometers", Value: "512", Unit: "potentiometer", Doc: "8 x 8 x 8, one for each association unit: not 4096", Source: "P-: manual fig. 1, one line leaves each unit; S: Hecht-Nielsen; IEEE SMC Magazine 2015", Evidence: sim.Secondary},
		{Name: "wiper-range", Value: "-11..+11", Unit: "volt", Doc: "from stop to stop; the middle of the travel is 0", Source: "S: Jensen and Dunning 2026, one source", Evidence: sim.Secondary},
		{Name: "travel", Value: "300", Unit: "degree", Doc: "of a single-turn potentiometer", Source: "D: unknown (default 12 of the dossier: single turn)", Evidence: sim.Assumed},
		{Name: "slowest", Value: "2", Unit: "times", Doc: "photocells become slower as 1/sqrt(light), at most so many times", Source: "D: the dossier's tau ~ (E_ref/E)^0.5 has no end in darkness", Evidence: sim.Assumed},
		{Name: "threshold-place", Value: "1/2", Unit: "input", Doc: "how far below theta the threshold stands", Source: "D: midway between two counts of inputs", Evidence: sim.Assumed},
		{Name: "drift-interval", Value: "100", Unit: "tick", Doc: "from one step of a drifting threshold to the next", Source: "D: no source", Evidence: sim.Assumed},
		{Name: "paper-unit", Value: "1000000", Unit: "millionth", Doc: "one unit of reinforcement on a machine on paper", Source: "I: values count reinforcements (P: 1957, 1958)", Evidence: sim.Inferred},
		{Name: "units-max", Value: "1000", Unit: units, Doc: "association units of a machine on paper, at most", Source: "S: IBM 704 simulations; P: NYT 13 July 1958", Evidence: sim.Primary},
	}
}

func sources() []string {
	return []string{
		"F. Rosenblatt, The Perceptron: a perceiving and recognizing automaton, CAL report 85-460-1, January 1957",
		"F. Rosenblatt, The Perceptron: a probabilistic model, Psychological Review 65(6), 386-408, 1958",
		"F. Rosenblatt, The Design of an Intelligent Automaton, Research Trends VI-2, Summer 1958",
		"New York Times, 13 July 1958, section E, p. 9",
		"US Navy photo release, 24 June 1960 (330-PSA-80-60, USN 710739)",
		"Mark I Perceptron Operators' Manual, CAL VG-1196-G-5, 15 February 1960: figure 1 and two quoted passages",
		"ONR Digital Computer Newsletter 12(3), July 1960, as summarised",
		"C. M. Bishop, Pattern Recognition and Machine Learning, fig. 4.8; R. Hecht-Nielsen, Neurocomputing; as retold",
		"Jensen and Dunning, recollections of T. Osborn, 2026, as summarised",
		"G. Nagy, A survey of analog memory devices, IEEE Trans. Electronic Computers, August 1963, abstract and introduction",
	}
}

func omitted() []string {
	return []string{
		"optics: the card falls on the photocells as the levels say",
		"mains ripple, ageing of the floodlamps, photocell warm-up and memory of past light",
		"relay bounce and the electrical form of the sensory output, which is unknown",
		"tolerance of the association units' input resistors other than as a spread of their thresholds",
		"dead spots other than one on each track; wear",
		"zeroing, recall and decay run each motor to its goal: how the machine knew where a wiper stood is unknown; they need no starting time",
		"boosting feedback of the 1958 article, which doubles the activity of a source-set: units here are all or none",
		"random perturbation training; typewriter or card output: no evidence",
		"on paper: overlapping source-sets; the time the IBM 704 took for a stimulus (S: 3 to 15 s)",
	}
}
