package perceptron

import "perceptarium/sim"

// probe and control number what can be seen and turned; which of them a
// machine has depends on its table and layer.
type probe uint8

const (
	seeExample probe = iota
	seeInput
	seeActivity
	seeSum
	seeOutput
	seeTarget
	seeCorrect
	seeWeight
	seePlane
	seeWrong
	seeSeparated
	seeMistakes
	seePresentations
	seePass
	seePassMistakes
	seeCurve
	seeStreak
	seeCycle
	seeNorm2
	seeNorm2Max
	seeCriterion
	seeTable
	seeTargets
	seeAnswers
	seePocketWeight
	seePocketWrong
	seeWitness
	seeBound
	seeLambda
	seeLambdaSum
	seeCertificate
	seeCertified
	seeLayer
	seeRule
	seeOrder
	seeNext
	seeStart
	seeRate
	seeDenominator
	seeConstant
	seeZeroFires
	seeGrain
	seeMACs
	seeFault
)

type control uint8

const (
	turnWeight control = iota
	turnRule
	turnNext
	turnOrder
	turnStart
	turnRestart
	turnRate
	turnDenominator
	turnConstant
	turnZeroFires
	turnTargets
	turnWitness
	turnLambda
	turnLayer
)

func (m *Machine) makeSheet(data string) *sim.Sheet {
	s := sim.Sheet{
		Name: "perceptron", Title: "Rosenblatt's rule", Year: 1960,
		Doc:  "One unit that learns a table of examples by the error-correction rule, in exact integers, with the bound on its mistakes and the certificate of what it cannot learn.",
		Tick: "one presentation of an example",
		Data: data, Constants: constants(), Sources: sources(), Omitted: omitted(),
	}
	for _, list := range [][]seen{m.seenNow(), m.seenTraining(), m.seenTable(), m.seenProof(), m.seenSettings()} {
		for _, p := range list {
			s.Probes, m.probes = append(s.Probes, p.Probe), append(m.probes, p.probe)
		}
	}
	for _, c := range m.turned() {
		s.Controls, m.controls = append(s.Controls, c.Control), append(m.controls, c.control)
	}
	return sim.NewSheet(s)
}

type seen struct {
	probe
	sim.Probe
}

type turned struct {
	control
	sim.Control
}

const (
	grains        sim.Unit = "grain"
	mistakes      sim.Unit = "mistake"
	presentations sim.Unit = "presentation"
	scaled        sim.Unit = "scaled unit" // what 1 in the table is, the probe "grain" divided by the denominator says
	answer        sim.Unit = "answer"
	examples      sim.Unit = "example"
	setting       sim.Unit = "setting"
)

// weightNames are the names of the weights.
func (m *Machine) weightNames() []string {
	names := []string{constantName}
	if len(m.fixed.Units) > 0 {
		return append(names, m.fixed.Units...)
	}
	return append(names, m.table.Names...)
}

func (m *Machine) seenNow() []seen {
	inputs := append([]string{constantName}, m.table.Names...)
	list := []seen{
		{seeExample, sim.Probe{Name: "example", Kind: sim.Count, Max: int64(m.table.Rows()), Unit: examples, Evidence: sim.Inferred,
			Doc: "which row of the table was shown last, counted from 1; 0 before the first"}},
		{seeInput, sim.Probe{Name: "input", Kind: sim.Grid, Cols: len(inputs), Names: inputs, Unit: scaled, Evidence: sim.Inferred,
			Doc: "the example shown last: the constant input, then the table's"}},
	}
	if n := len(m.fixed.Units); n > 0 {
		list = append(list, seen{seeActivity, sim.Probe{Name: "activity", Kind: sim.Grid, Cols: n, Max: 1, Names: m.fixed.Units, Unit: answer, Evidence: sim.Inferred,
			Doc: "which units of the fixed layer fired on the example shown last"}})
	}
	return append(list, []seen{
		{seeOutput, sim.Probe{Name: "output", Kind: sim.Lamp, Unit: answer, Evidence: sim.Inferred, Doc: "the unit's answer in the last presentation"}},
		{seeTarget, sim.Probe{Name: "target", Kind: sim.Lamp, Unit: answer, Evidence: sim.Inferred, Doc: "the wanted answer of the example shown last"}},
		{seeWrong, sim.Probe{Name: "wrong", Kind: sim.Count, Max: int64(m.table.Rows()), Unit: examples, Evidence: sim.Inferred,
			Doc: "how many examples of the table the present weights answer wrongly"}},
		{seeMistakes, sim.Probe{Name: "mistakes", Kind: sim.Count, Unit: mistakes, Evidence: sim.Inferred, Doc: "wrong answers that were corrected since the start"}},
		{seeSum, sim.Probe{Name: "sum", Kind: sim.Count, Unit: grains, Evidence: sim.Inferred,
			Doc: "the weighted sum w.x of the last presentation, before any correction"}},
		{seeCorrect, sim.Probe{Name: "correct", Kind: sim.Lamp, Unit: answer, Evidence: sim.Inferred, Doc: "lit if the last answer was the wanted one"}},
	}...)
}

func (m *Machine) seenTraining() []seen {
	names := m.weightNames()
	list := []seen{{seeWeight, sim.Probe{Name: "weight", Kind: sim.Grid, Cols: len(names), Names: names, Unit: grains, Evidence: sim.Inferred,
		Doc: "the weights; the first belongs to the constant input"}}}
	if len(m.table.Names) == 2 {
		list = append(list, seen{seePlane, sim.Probe{Name: "plane", Kind: sim.Surface, Rows: planeRows, Cols: planeCols, Max: 1, Unit: answer, Evidence: sim.Inferred,
			Doc: "the answers over the plane of both inputs, the first to the right, the second upwards; the table's own range is its middle half"}})
	}
	return append(list, []seen{
		{seeSeparated, sim.Probe{Name: "separated", Kind: sim.Lamp, Unit: examples, Evidence: sim.Inferred, Doc: "lit if the present weights answer the whole table correctly"}},
		{seePresentations, sim.Probe{Name: "presentations", Kind: sim.Count, Unit: presentations, Evidence: sim.Inferred, Doc: "examples shown since the start"}},
		{seePass, sim.Probe{Name: "pass", Kind: sim.Count, Unit: "pass", Evidence: sim.Inferred, Doc: "presentations since the start, divided by the rows of the table"}},
		{seePassMistakes, sim.Probe{Name: "pass-mistakes", Kind: sim.Count, Unit: mistakes, Evidence: sim.Inferred, Doc: "corrections in this pass; at its end, in the whole of it"}},
		{seeCurve, sim.Probe{Name: "curve", Kind: sim.Series, Cols: curvePasses, Unit: mistakes, Evidence: sim.Inferred, Doc: "corrections in each of the last passes, oldest first"}},
		{seeStreak, sim.Probe{Name: "streak", Kind: sim.Count, Unit: presentations, Evidence: sim.Inferred, Doc: "correct answers in a row"}},
		{seeCycle, sim.Probe{Name: "cycle", Kind: sim.Count, Unit: "pass", Evidence: sim.Inferred,
			Doc: "after how many passes the weights came back exactly, in cyclic order: from then on training goes round for ever (with 0 mistakes it rests); 0 while they have not"}},
		{seeNorm2, sim.Probe{Name: "norm2", Kind: sim.Count, Unit: "square grain", Evidence: sim.Inferred, Doc: "the square of the weights' length"}},
		{seeNorm2Max, sim.Probe{Name: "norm2-max", Kind: sim.Count, Unit: "square grain", Evidence: sim.Inferred, Doc: "the largest norm2 since the start"}},
		{seeCriterion, sim.Probe{Name: "criterion", Kind: sim.Count, Unit: grains, Evidence: sim.Inferred,
			Doc: "the perceptron criterion: the sum over the table of (output - y) w.x. The rule is a step of (sub)gradient descent on it, one example at a time"}},
		{seePocketWeight, sim.Probe{Name: "pocket-weight", Kind: sim.Grid, Cols: len(names), Names: names, Unit: grains, Evidence: sim.Inferred,
			Doc: "the best weights that rule pocket has met; before it the start"}},
		{seePocketWrong, sim.Probe{Name: "pocket-wrong", Kind: sim.Count, Max: int64(m.table.Rows()), Unit: examples, Evidence: sim.Inferred,
			Doc: "how many examples the weights in the pocket answer wrongly"}},
	}...)
}

func (m *Machine) seenTable() []seen {
	rows, columns := m.table.Rows(), append(append([]string(nil), m.table.Names...), m.table.Target)
	return []seen{
		{seeTable, sim.Probe{Name: "table", Kind: sim.Grid, Rows: rows, Cols: len(columns), Names: columns, Unit: scaled, Evidence: sim.Inferred,
			Doc: "the examples, a row each: inputs as scaled whole numbers, and the target"}},
		{seeTargets, sim.Probe{Name: "targets", Kind: sim.Grid, Cols: rows, Max: 1, Unit: answer, Evidence: sim.Inferred, Doc: "the wanted answer of every example"}},
		{seeAnswers, sim.Probe{Name: "answers", Kind: sim.Grid, Cols: rows, Max: 1, Unit: answer, Evidence: sim.Inferred, Doc: "the answer of the present weights to every example"}},
	}
}

func (m *Machine) seenProof() []seen {
	names := m.weightNames()
	return []seen{
		{seeWitness, sim.Probe{Name: "witness", Kind: sim.Grid, Cols: len(names), Names: names, Unit: setting, Evidence: sim.Inferred, Doc: "weights u that are claimed to separate the table"}},
		{seeBound, sim.Probe{Name: "bound", Kind: sim.Count, Unit: mistakes, Evidence: sim.Secondary,
			Doc: "Novikoff's bound floor(R^2 |u|^2 / min(y u.x)^2) for the witness u: from a start at zero no more mistakes can be made; 0 while u separates nothing"}},
		{seeLambda, sim.Probe{Name: "lambda", Kind: sim.Grid, Cols: m.table.Rows(), Unit: setting, Evidence: sim.Inferred,
			Doc: "a multiplier for every example, as a numerator over lambda-sum"}},
		{seeLambdaSum, sim.Probe{Name: "lambda-sum", Kind: sim.Count, Unit: setting, Evidence: sim.Inferred, Doc: "the sum of lambda: its common denominator"}},
		{seeCertificate, sim.Probe{Name: "certificate", Kind: sim.Grid, Cols: len(names), Names: names, Unit: scaled, Evidence: sim.Inferred,
			Doc: "the sum over the table of lambda*y*x with y = +1 or -1; all zero proves that no weights separate the table"}},
		{seeCertified, sim.Probe{Name: "certified", Kind: sim.Lamp, Unit: "proof", Evidence: sim.Inferred,
			Doc: "lit if lambda is a certificate: its sum is zero in every cell, and it is positive on an example that may not lie on the threshold"}},
	}
}

func (m *Machine) seenSettings() []seen {
	var list []seen
	if n := len(m.fixed.Units); n > 0 {
		names := append([]string{"threshold"}, m.table.Names...)
		list = append(list, seen{seeLayer, sim.Probe{Name: "layer", Kind: sim.Grid, Rows: n, Cols: len(names), Names: names, Unit: setting, Evidence: sim.Assumed,
			Doc: "the fixed first layer, a row for each unit: its threshold, then its weights"}})
	}
	return append(list, []seen{
		{seeRule, sim.Probe{Name: "rule", Kind: sim.Choice, Names: ruleNames, Unit: setting, Evidence: sim.Inferred, Doc: "where the control rule stands"}},
		{seeOrder, sim.Probe{Name: "order", Kind: sim.Choice, Names: orderNames, Unit: setting, Evidence: sim.Assumed, Doc: "where the control order stands"}},
		{seeNext, sim.Probe{Name: "next", Kind: sim.Count, Min: 1, Max: int64(m.table.Rows()), Unit: examples, Evidence: sim.Inferred, Doc: "which row comes next, counted from 1"}},
		{seeStart, sim.Probe{Name: "start", Kind: sim.Choice, Names: startNames, Unit: setting, Evidence: sim.Assumed, Doc: "where the control start stands"}},
		{seeRate, sim.Probe{Name: "rate", Kind: sim.Count, Unit: setting, Evidence: sim.Assumed, Doc: "the learning rate's numerator"}},
		{seeDenominator, sim.Probe{Name: "denominator", Kind: sim.Count, Unit: setting, Evidence: sim.Assumed, Doc: "the learning rate's denominator"}},
		{seeConstant, sim.Probe{Name: "constant", Kind: sim.Lamp, Unit: setting, Evidence: sim.Inferred, Doc: "lit while there is a constant input"}},
		{seeZeroFires, sim.Probe{Name: "zero-fires", Kind: sim.Lamp, Unit: setting, Evidence: sim.Assumed, Doc: "lit while a sum of exactly 0 answers 1"}},
		{seeGrain, sim.Probe{Name: "grain", Kind: sim.Count, Unit: grains, Evidence: sim.Inferred, Doc: "how many grains make a weight of 1: the rate's denominator times the table's scale"}},
		{seeMACs, sim.Probe{Name: "macs", Kind: sim.Count, Unit: "multiply-add", Evidence: sim.Inferred,
			Doc: "multiply-adds of the rule since the start: a weight each, at each presentation and again at each correction, and those of the fixed layer"}},
		{seeFault, sim.Probe{Name: "fault", Kind: sim.Text, Unit: "message", Evidence: sim.Inferred, Doc: "why the machine holds; empty while it does not"}},
	}...)
}
