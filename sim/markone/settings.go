package markone

import "perceptarium/sim"

// setting is a switch, knob or trimmer of the machine that holds one integer.
type setting int

const (
	setAutomatic setting = iota
	setTempo
	setTraining
	setMode
	setCorrection
	setSystem
	setValence
	setSumming
	setExclusion
	setFeedback
	setPolarity
	setTheta
	setFeed
	setDeadZone
	setPulse
	setPulseLimit
	setDecay
	setBlock
	setPlace
	setSettle
	setSwitching
	setIntegration
	setJudging
	setRemoval
	setGrey
	setRise
	setFall
	setGamma
	setDark
	setHysteresis
	setCellSpread
	setVignette
	setThresholdSpread
	setDriftStep
	setTravel
	setBacklash
	setDeadSpot
	setSpeedSpread
	setLift
	setMotorStart
	setDetents
	setWiperNoise
	setResistorSpread
	setZeroSpread
	setScatterWidth
	setOffsetSpread
	setLesion
	setCellsLost
	setPlugsMissing
	setPlugsSwapped
	setPlugsShifted
	setMotorsJammed
	settings // their number
)

// The positions of the switches.
const (
	tempoScripted, tempoManual = 0, 1

	modeForced, modeSpontaneous, modeCorrective = 0, 1, 2

	quantised, continuous, randomSign = 0, 1, 2

	systemAlpha, systemBeta, systemGamma = 0, 1, 2

	bivalent, monovalent = 0, 1

	sumNetwork, meanNetwork = 0, 1

	feedbackNone, feedbackGate = 0, 1

	lightActive, darkActive = 0, 1
)

// What is worked out anew where a setting moves.
const (
	touchCells = 1 << iota
	touchUnits
	touchPots
	touchBoard

	touchAll = touchCells | touchUnits | touchPots | touchBoard
)

const (
	position    sim.Unit = "position"
	millisecond sim.Unit = "ms"
	permille    sim.Unit = "per mille"
	millionth   sim.Unit = "millionth"
)

// settingRow describes a setting. Its default is that of the Mark I with ideal
// components.
type settingRow struct {
	name     string
	kind     sim.Kind
	min, max int64
	normal   int64
	names    []string
	unit     sim.Unit
	evidence sim.Evidence
	touches  int
	doc      string
}

func settingTable() [settings]settingRow {
	var t [settings]settingRow
	workSettings(&t)
	timeSettings(&t)
	retinaSettings(&t)
	potSettings(&t)
	faultSettings(&t)
	return t
}

func choice(name string, names []string, normal int64, ev sim.Evidence, doc string) settingRow {
	return settingRow{name, sim.Choice, 0, 0, normal, names, position, ev, 0, doc}
}

func knob(name string, lo, hi, normal int64, unit sim.Unit, touches int, doc string) settingRow {
	return settingRow{name, sim.Count, lo, hi, normal, nil, unit, sim.Assumed, touches, doc}
}

func toggle(name string, normal int64, ev sim.Evidence, doc string) settingRow {
	return settingRow{name, sim.Switch, 0, 0, normal, nil, position, ev, 0, doc}
}

func workSettings(t *[settings]settingRow) {
	t[setAutomatic] = toggle("automatic", 1, sim.Assumed,
		"on: a whole card placed while the field is clear starts the cycle, and each phase follows the last; off: every phase waits for its button")
	t[setTempo] = choice("tempo", []string{"scripted", "manual"}, tempoScripted, sim.Assumed,
		"manual: placing the card and judging take the operator's time; scripted: they take none, and count for the hours of 1960 only (dossier 6)")
	t[setTraining] = toggle("training", 1, sim.Inferred,
		"off: a test, judged but never reinforced (dossier 5.5)")
	t[setMode] = choice("mode", []string{"forced", "spontaneous", "corrective"}, modeCorrective, sim.Primary,
		"when values are reinforced: forced, on each presentation toward the wanted response; spontaneous, toward the machine's own; corrective, where it is wrong, toward the wanted one (P: 1957, 1958, Navy 1960; P-: manual)")
	t[setCorrection] = choice("correction", []string{"quantised", "continuous", "random-sign"}, quantised, sim.Assumed,
		"quantised: one pulse; continuous: until the response flips; random-sign: each active unit one pulse up or down by chance (M: Principles of Neurodynamics; default 17 of the dossier)")
	t[setSystem] = choice("system", []string{"alpha", "beta", "gamma"}, systemAlpha, sim.Primary,
		"alpha: active units gain; beta: a source-set shares a constant feed; gamma: what active units gain, the others of the set lose (P: 1958, table 1)")
	t[setValence] = choice("valence", []string{"bivalent", "monovalent"}, bivalent, sim.Primary,
		"bivalent: active units of an off response lose what those of an on response gain; monovalent: they keep their values (P: 1958)")
	t[setSumming] = choice("summing", []string{"sum", "mean"}, sumNetwork, sim.Assumed,
		"what a response unit takes from its source-set: the sum of the active units' values, or their mean (default 9 of the dossier)")
	t[setExclusion] = toggle("exclusion", 0, sim.Assumed,
		"on: only the response with the largest signal is 1; off: each response is a bit of its own (default 10 of the dossier)")
	t[setFeedback] = choice("feedback", []string{"none", "gate"}, feedbackNone, sim.Inferred,
		"gate: while values are reinforced, a response shuts out the association units that do not feed it (P: 1957; which form the Mark I had is not known)")
	t[setPolarity] = choice("polarity", []string{"light", "dark"}, lightActive, sim.Assumed,
		"which photocells are active: the lit or the dark ones (default 5 of the dossier)")
	t[setPolarity].touches = touchBoard
	t[setTheta] = knob("theta", 0, 64, 2, "input", touchUnits, "threshold of the association units: lit excitatory less lit inhibitory origins (default 1 of the dossier)")
	t[setFeed] = knob("feed", 1, 1000, 8, "unit", 0, "constant K of the beta system: its source-set shares as much as so many active units gain under alpha")
	t[setDeadZone] = knob("dead-zone", 0, 11_000_000, 100_000, microvolt, 0, "a response unit holds its state while its signal lies within this of zero (default 8 of the dossier)")
	t[setPulse] = knob("pulse", 1, 60_000, 300, millisecond, 0, "how long the motors run in one reinforcement (default 13 of the dossier: 0.3 s, 1 % of the travel)")
	t[setPulseLimit] = knob("pulse-limit", 1, 600_000, 30_000, millisecond, 0, "after so long a continuous correction is given up")
	t[setDecay] = knob("decay", 0, 1_000_000, 0, millionth, 0, "share of its value that each potentiometer runs back at the end of a cycle: the class C' machine of 1958 (P: that values decay; D: the rate; 5000 is 0.5 %)")
	t[setBlock] = knob("block", 1, 1000, 10, "presentation", 0, "presentations in each point of the learning curve")
}

func timeSettings(t *[settings]settingRow) {
	t[setPlace] = knob("place", 0, 60_000, 5000, millisecond, 0, "what the operator takes to place a card (dossier 6)")
	t[setSettle] = knob("settle", 0, 60_000, 300, millisecond, 0, "time for the photocells to settle before anything is read (dossier 6)")
	t[setSwitching] = knob("switching", 0, 1000, 40, millisecond, 0, "time for sensory and association units to switch (dossier 6)")
	t[setIntegration] = knob("integration", 1, 10_000, 100, millisecond, 0, "how long a response unit sums before it takes its state and holds it (dossier 6)")
	t[setJudging] = knob("judging", 0, 60_000, 2000, millisecond, 0, "what the operator takes to judge and to set the wanted response (dossier 6)")
	t[setRemoval] = knob("removal", 0, 60_000, 0, millisecond, 0, "time from the removal of a card to the next one")
}

func retinaSettings(t *[settings]settingRow) {
	t[setGrey] = knob("grey", 0, 254, 128, "level", touchCells, "illumination at which a mean cell switches: mid-grey (dossier 2)")
	t[setRise] = knob("rise", 1, 1000, 60, millisecond, touchCells, "time constant of a cell's conductance as it rises, under full light (dossier 2)")
	t[setFall] = knob("fall", 1, 1000, 150, millisecond, touchCells, "time constant of a cell's conductance as it falls, under full light (dossier 2)")
	t[setGamma] = knob("cds-gamma", 70, 100, 85, "hundredth", touchCells, "exponent of conductance against light (dossier 2: 0.7 to 1)")
	t[setDark] = knob("dark-conductance", 0, 500_000, 10_000, millionth, touchCells, "conductance of a cell in the dark, as a share of that under full light")
	t[setHysteresis] = knob("hysteresis", 0, 500, 0, permille, touchCells, "width of the band about its threshold in which a cell keeps its state (dossier 2: 5 %)")
	t[setCellSpread] = knob("cell-spread", 0, 1000, 0, permille, touchCells, "spread of sensitivity from cell to cell, log-normal (dossier 2: sigma 15 %)")
	t[setVignette] = knob("vignette", 0, 900, 0, permille, touchCells, "how much dimmer the corners of the field are than its middle")
	t[setThresholdSpread] = knob("threshold-spread", 0, 2000, 0, permille, touchUnits, "spread of the association units' thresholds, in thousandths of one input (dossier 7: sigma 0.1 to 0.3); they stand half an input below theta")
	t[setDriftStep] = knob("drift-step", 0, 1000, 10, permille, 0, "by how much the threshold of a drifting association unit goes up or down each second, in thousandths of one input")
}

func potSettings(t *[settings]settingRow) {
	t[setTravel] = knob("travel", 1000, 600_000, 30_000, millisecond, touchPots, "what a motor takes from stop to stop (default 12 of the dossier)")
	t[setBacklash] = knob("backlash", 0, 200, 0, permille, touchPots, "play between motor and wiper, of the travel (dossier 7: 0.5 to 1 %)")
	t[setDeadSpot] = knob("dead-spot", 0, 200, 0, permille, touchPots, "length of the one spot on each potentiometer's track where the wiper has no contact, of the travel")
	t[setSpeedSpread] = knob("speed-spread", 0, 500, 0, permille, touchPots, "spread of speed from motor to motor (dossier 7: 10 %)")
	t[setLift] = knob("lift", 0, 500, 0, permille, touchPots, "spread of the difference between a motor's speed up and down (dossier 7: 5 %)")
	t[setMotorStart] = knob("motor-start", 0, 10_000, 0, millisecond, touchPots, "a motor turns only after it has been energised for so long: it does not start on a short pulse (dossier 7)")
	t[setDetents] = knob("detents", 0, 10_000, 0, "step", touchPots, "0: the wiper moves continuously; else it rests at so many equal steps of the travel (default 12 of the dossier: the alternative of a stepper with 100)")
	t[setWiperNoise] = knob("wiper-noise", 0, 1_000_000, 0, microvolt, touchPots, "noise of each wiper, rms (dossier 7: 0.02 V)")
	t[setResistorSpread] = knob("resistor-spread", 0, 500, 0, permille, touchPots, "spread of the summing resistors (dossier 7: 5 %)")
	t[setZeroSpread] = knob("zero-spread", 0, 500, 0, permille, 0, "spread about the centre in which zeroing leaves the wipers, of the travel (default 14 of the dossier: 0.5 %)")
	t[setScatterWidth] = knob("scatter-width", 0, 1000, 100, permille, 0, "scatter runs each wiper to a random place within this of the centre, of the half travel")
	t[setOffsetSpread] = knob("offset-spread", 0, 11_000_000, 0, microvolt, touchPots, "spread of the response units' own signal without any input (dossier 7: 0.05 V)")
}

func faultSettings(t *[settings]settingRow) {
	t[setLesion] = knob("lesion", 0, 1000, 0, permille, touchUnits, "association units that are dead, drawn at random; the same ones stay dead as more are added")
	t[setCellsLost] = knob("cells-lost", 0, 1000, 0, permille, touchCells, "photocells that are dark for good, drawn at random")
	t[setPlugsMissing] = knob("plugs-missing", 0, 1000, 0, permille, touchBoard, "chance that a cord is missing")
	t[setPlugsSwapped] = knob("plugs-swapped", 0, 1000, 0, permille, touchBoard, "chance that a cord has the wrong sign")
	t[setPlugsShifted] = knob("plugs-shifted", 0, 1000, 0, permille, touchBoard, "chance that a cord goes to the association unit beside its own")
	t[setMotorsJammed] = knob("motors-jammed", 0, 1000, 0, permille, touchPots, "motors that do not turn, drawn at random")
}

// periodComponents are the tolerances that dossier 7 suggests, for machines of
// imperfect parts.
func periodComponents(d *[settings]int64) {
	d[setHysteresis] = 50
	d[setCellSpread] = 150
	d[setThresholdSpread] = 200
	d[setBacklash] = 7
	d[setSpeedSpread] = 100
	d[setLift] = 50
	d[setWiperNoise] = 20_000
	d[setResistorSpread] = 50
	d[setZeroSpread] = 5
	d[setOffsetSpread] = 50_000
}
