package perceptron

import (
	"strconv"

	"perceptarium/sim"
)

func (m *Machine) turned() []turned {
	names, rows := m.weightNames(), int64(m.table.Rows())
	list := []turned{
		{turnWeight, sim.Control{Name: "weight", Kind: sim.Grid, Cols: len(names), Names: names, Min: -WeightMax, Max: WeightMax, Unit: grains, Evidence: sim.Inferred,
			Doc: "turn the weights by hand"}},
		{turnRule, sim.Control{Name: "rule", Kind: sim.Choice, Names: ruleNames, Unit: setting, Evidence: sim.Inferred,
			Doc: "train: correct wrong answers; pocket: and keep the best weights met; hold: only answer"}},
		{turnNext, sim.Control{Name: "next", Kind: sim.Count, Min: 1, Max: rows, Default: 1, Unit: examples, Evidence: sim.Inferred, Doc: "choose the row that is shown next, counted from 1"}},
		{turnOrder, sim.Control{Name: "order", Kind: sim.Choice, Names: orderNames, Unit: setting, Evidence: sim.Assumed,
			Doc: "cyclic: row after row; random: every presentation draws a row"}},
		{turnStart, sim.Control{Name: "start", Kind: sim.Choice, Names: startNames, Unit: setting, Evidence: sim.Assumed,
			Doc: "the weights at the start, zero or drawn from -9..9; turning it begins the training anew"}},
		{turnRestart, sim.Control{Name: "restart", Kind: sim.Button, Unit: setting, Evidence: sim.Inferred,
			Doc: "begin the training anew; a random start is drawn anew"}},
		{turnRate, sim.Control{Name: "rate", Kind: sim.Count, Min: 1, Max: RateMax, Default: 1, Unit: setting, Evidence: sim.Assumed, Doc: "the learning rate's numerator"}},
		{turnDenominator, sim.Control{Name: "denominator", Kind: sim.Count, Min: 1, Max: RateMax, Default: 1, Unit: setting, Evidence: sim.Assumed,
			Doc: "the learning rate's denominator; turning it begins the training anew from the same start"}},
		{turnConstant, sim.Control{Name: "constant", Kind: sim.Switch, Default: 1, Unit: setting, Evidence: sim.Inferred,
			Doc: "the constant input, through which the unit learns its threshold; off is the rule as the slide prints it"}},
		{turnZeroFires, sim.Control{Name: "zero-fires", Kind: sim.Switch, Default: 1, Unit: setting, Evidence: sim.Assumed, Doc: "does a sum of exactly 0 answer 1"}},
		{turnTargets, sim.Control{Name: "targets", Kind: sim.Grid, Cols: int(rows), Max: 1, Unit: answer, Evidence: sim.Inferred, Doc: "change the wanted answer of an example"}},
		{turnWitness, sim.Control{Name: "witness", Kind: sim.Grid, Cols: len(names), Names: names, Min: -InputMax, Max: InputMax, Unit: setting, Evidence: sim.Inferred,
			Doc: "weights u that separate the table, from which the bound is computed"}},
		{turnLambda, sim.Control{Name: "lambda", Kind: sim.Grid, Cols: int(rows), Max: LambdaMax, Unit: setting, Evidence: sim.Inferred,
			Doc: "a multiplier for every example, as a numerator over their sum"}},
	}
	if n := len(m.fixed.Units); n > 0 {
		columns := append([]string{"threshold"}, m.table.Names...)
		list = append(list, turned{turnLayer, sim.Control{Name: "layer", Kind: sim.Grid, Rows: n, Cols: len(columns), Names: columns, Min: -InputMax, Max: InputMax, Unit: setting, Evidence: sim.Assumed,
			Doc: "change the fixed first layer by hand: a row for each unit, its threshold, then its weights"}})
	}
	return list
}

func constants() []sim.Constant {
	limit := func(name string, v int64, unit sim.Unit, doc string) sim.Constant {
		return sim.Constant{Name: name, Value: strconv.FormatInt(v, 10), Unit: unit, Doc: doc, Evidence: sim.Assumed,
			Source: "chosen so that no sum leaves 64 bits"}
	}
	return []sim.Constant{
		{Name: "step at zero", Value: "1", Unit: answer, Doc: "the answer to a sum of exactly 0, unless zero-fires is off", Evidence: sim.Assumed,
			Source: "the lecture does not say; step(x) = 1 for x >= 0 is the usual form, and a neuron of 1943 fires on reaching its threshold"},
		{Name: "rate", Value: "1", Unit: setting, Doc: "the learning rate at power on", Evidence: sim.Assumed,
			Source: "the lecture leaves it open; from a start at zero it only scales the weights"},
		{Name: "random start", Value: "-9..9", Unit: "weight", Doc: "the range of random start weights", Evidence: sim.Assumed,
			Source: "the lecture says random, and no range"},
		{Name: "curve", Value: strconv.Itoa(curvePasses), Unit: "pass", Doc: "the length of the learning curve", Evidence: sim.Assumed, Source: "fits a screen of 80 columns"},
		limit("weight limit", WeightMax, grains, "beyond it the machine holds"),
		limit("input limit", InputMax, scaled, "the largest input"),
		limit("table limit", CellsMax, "number", "rows times weights of a table"),
	}
}

func sources() []string {
	return []string{
		"M. Gasse, Artificial neural networks (lecture): the rule, with a random start and without a constant input",
		"US Navy, photo release of 24 June 1960: the trainer corrects wrong answers only; the 1957 report and the 1958 paper, which are often cited for the rule, do not have it",
		"A. B. J. Novikoff, On convergence proofs for perceptrons, 1962: the bound (R/gamma)^2, for a start at zero",
		"M. Minsky and S. Papert, Perceptrons, 1969: what no weights can do, and the bounded weights of a training that cannot succeed",
		"S. I. Gallant, Perceptron-based learning algorithms, 1990: the pocket",
		"P. Gordan 1873, J. Farkas 1902, T. Motzkin 1936: either weights exist, or multipliers lambda that prove there are none",
		"R. P. Brent, An improved Monte Carlo factorization algorithm, 1980: the search for a cycle",
	}
}

func omitted() []string {
	return []string{
		"the retina of 20 x 20 photocells and its random association units: they are the Mark I's",
		"motors, potentiometer ends, noise and decay of the weights",
		"units with several outputs: one table trains one unit",
		"absolute inhibition: the units of the fixed layer only sum and compare",
	}
}
