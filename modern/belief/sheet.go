package belief

import (
	"strconv"

	"perceptarium/modern/f32"
	"perceptarium/sim"
)

// seen is a probe with how it is read.
type seen struct {
	sim.Probe
	read func(*Machine, *sim.Reading)
}

const (
	prob    sim.Unit = "probability"
	percent sim.Unit = "percent"
	answerU sim.Unit = "answer"
	nat     sim.Unit = "nat"
	pixel   sim.Unit = "pixel value"
	picture sim.Unit = "picture"
	weightU sim.Unit = "weight"
	words   sim.Unit = "text"
)

func number(i int) string { return strconv.Itoa(i) }

func (m *Machine) makeSheet(data string) *sim.Sheet {
	s := sim.Sheet{
		Name: "belief", Title: "Deep belief net", Year: 2006, Law: f32.Law, Data: data,
		Doc:  "Restricted Boltzmann machines, stacked: each learns what the one below found, then all together; the net can answer, dream, or be tuned by back-propagation. Examples: " + m.set.Name + ".",
		Tick: "one level computed from the next, or one layer's weights moved; of tune one tensor operation, of a dream at its end one picture judged",
		Sources: []string{
			"G. E. Hinton, S. Osindero, Y.-W. Teh: A fast learning algorithm for deep belief nets. Neural Computation 18, 2006",
			"G. E. Hinton: Training products of experts by minimizing contrastive divergence. Neural Computation 14, 2002 (known by its contents, not read again for this program)",
			"G. E. Hinton: A practical guide to training restricted Boltzmann machines, 2010 (likewise): first weights, momentum, weight decay, probabilities in place of drawn units",
			"X. Glorot, Y. Bengio: Understanding the difficulty of training deep feedforward neural networks, 2010: init=glorot",
		},
		Omitted: []string{
			"batches with as many examples of each class; a set for validation that chooses when to stop; sparsity; persistent chains",
			"classification with drawn units, or by alternations on the labels, which the paper found worse",
		},
		Constants: []sim.Constant{
			{Name: "first weights", Value: "N(0, 0.01^2)", Unit: weightU, Doc: "of every layer; biases begin at 0", Source: "the practical guide", Evidence: sim.Secondary},
			{Name: "largest batch", Value: "100", Unit: exampleU, Doc: "and the most chains of a dream", Source: "the paper's batches have 100", Evidence: sim.Secondary},
			{Name: "most visible units of exact sums", Value: "12", Unit: "unit", Doc: "turns 0 and log-likelihood sum over all states of what a layer sees", Source: "a tick stays within milliseconds", Evidence: sim.Assumed},
			{Name: "rate", Value: "0.1", Unit: setting, Doc: "at power on", Source: "the practical guide; the paper's recipe is not in its text", Evidence: sim.Assumed},
			{Name: "weight decay", Value: "0.0002", Unit: setting, Doc: "at power on", Source: "the practical guide", Evidence: sim.Secondary},
		},
	}
	lists := [][]seen{m.seenProgress(), m.seenLevels(), m.seenWeights(), m.seenScores(), m.seenDreams(), m.seenSettings()}
	for _, list := range lists {
		for _, p := range list {
			s.Probes, m.reads = append(s.Probes, p.Probe), append(m.reads, p.read)
		}
	}
	for _, c := range m.turned() {
		s.Controls, m.turns = append(s.Controls, c.Control), append(m.turns, c.turn)
	}
	return sim.NewSheet(s)
}

func count(name string, unit sim.Unit, doc string, of func(*Machine) int64) seen {
	return seen{sim.Probe{Name: name, Kind: sim.Count, Unit: unit, Evidence: sim.Inferred, Doc: doc},
		func(m *Machine, r *sim.Reading) { r.SetInt(of(m)) }}
}

func level(name string, unit sim.Unit, doc string, of func(*Machine) float32) seen {
	p := sim.Probe{Name: name, Kind: sim.Level, Unit: unit, Evidence: sim.Inferred, Doc: doc}
	if unit == percent {
		p.Max = 100
	}
	return seen{p, func(m *Machine, r *sim.Reading) { r.SetFloat(of(m)) }}
}

func choice(name string, names []string, unit sim.Unit, doc string, of func(*Machine) int64) seen {
	return seen{sim.Probe{Name: name, Kind: sim.Choice, Names: names, Unit: unit, Evidence: sim.Inferred, Doc: doc},
		func(m *Machine, r *sim.Reading) { r.SetInt(of(m)) }}
}

// area is a probe of reals in rows and columns.
func area(name string, kind sim.Kind, rows, cols int, limits [2]int64, unit sim.Unit, doc string, read func(*Machine, *sim.Reading)) seen {
	return seen{sim.Probe{Name: name, Kind: kind, Rows: rows, Cols: cols, Min: limits[0], Max: limits[1], Unit: unit, Evidence: sim.Inferred, Doc: doc}, read}
}

func (m *Machine) seenProgress() []seen {
	return []seen{
		choice("task", taskNames, setting, "what the machine does; after a task it rests", func(m *Machine) int64 { return m.task }),
		{sim.Probe{Name: "step", Kind: sim.Text, Unit: words, Evidence: sim.Inferred, Doc: "what the next tick does, and by which rule"}, (*Machine).readStep},
		count("layer", layerU, "the layer that learns, or learns next", func(m *Machine) int64 { return m.layer }),
		count("learned", layerU, "layers that have learned", func(m *Machine) int64 { return m.learned }),
		count("pass", passU, "passes through the examples in this task, for this layer", func(m *Machine) int64 { return m.pass }),
		count("turn", "alternation", "alternations done in this batch or dream", func(m *Machine) int64 { return m.turn }),
		level("error", "squared pixel value", "squared error of reconstruction in the last pass of learn, mean over the units", func(m *Machine) float32 { return m.errorLast }),
	}
}

// shape is the rows and columns of an example: a picture's, or one row.
func (m *Machine) shape() (rows, cols int) {
	s := m.set.Shape
	if n := len(s); n >= 2 && (n == 2 || s[0] == 1) {
		return s[n-2], s[n-1]
	}
	return 1, m.set.Size()
}

// block is the rows and columns in which so many units are shown: as square as
// it can be without gaps.
func block(units int) (rows, cols int) {
	rows = 1
	for r := 2; r*r <= units; r++ {
		if units%r == 0 {
			rows = r
		}
	}
	return rows, units / rows
}

// cellsMax bounds the numbers of a probe; larger arrays are in none.
const cellsMax = 1 << 12

func (m *Machine) seenLevels() []seen {
	rows, cols := m.shape()
	list := []seen{
		area("input", sim.Surface, rows, cols, [2]int64{0, 1}, prob, "the first example of the batch", func(m *Machine, r *sim.Reading) { r.SetFloats(m.wake[0][:m.set.Size()]) }),
		area("reconstruction", sim.Surface, rows, cols, [2]int64{0, 1}, prob, "what the lower level of the layer that learns, or of the memory, believes to see: carried down to the pixels as probabilities", (*Machine).readReconstruction),
	}
	for i := range m.layers {
		rows, cols := block(m.layers[i].hidden)
		if rows*cols > cellsMax {
			continue
		}
		list = append(list, area(layerName(i), sim.Surface, rows, cols, [2]int64{0, 1}, prob, "units of level "+number(i+1)+", of the first example or chain: on, off, or a probability",
			func(m *Machine, r *sim.Reading) { r.SetFloats(m.shown()[i+1][:m.layers[i].hidden]) }))
	}
	if n := m.labels(); n > 0 {
		list = append(list, area("label", sim.Surface, 1, n, [2]int64{0, 1}, prob, "label units of the first example or chain, as the memory made them", func(m *Machine, r *sim.Reading) { r.SetFloats(m.labelRow(m.sleep, 0)) }))
		list = append(list, area("energies", sim.Grid, 1, n, [2]int64{}, nat, "free energy of the memory with each label on, for the first example of the last batch tested; the lowest is the answer", func(m *Machine, r *sim.Reading) { r.SetFloats(m.energies) }))
	}
	return list
}

// shown is the levels that the screen shows: in dreams those asleep.
func (m *Machine) shown() [][]float32 {
	if m.dreamt {
		return m.sleep
	}
	return m.wake
}

// readReconstruction carries the first row of a level down, nothing drawn.
func (m *Machine) readReconstruction(r *sim.Reading) {
	at := len(m.layers) - 1
	if m.task == taskLearn {
		at = int(m.layer) - 1
	}
	x := m.sleep[at]
	for i := at - 1; i >= 0; i-- {
		to := m.picture[i%2]
		m.layers[i].down(to, x, m.width(i+1), 1, m.weightsDown(i))
		x = to
	}
	r.SetFloats(x[:m.set.Size()])
}

// Fields of the lowest layer's units are shown in so many rows and columns.
const (
	fieldRows = 2
	fieldCols = 4
)

func (m *Machine) seenWeights() []seen {
	var list []seen
	if rows, cols := m.shape(); rows > 1 && fieldRows*fieldCols*rows*cols <= 4*cellsMax {
		list = append(list, area("fields", sim.Surface, fieldRows*rows, fieldCols*cols, [2]int64{-1, 1}, weightU,
			"weights of eight units of the lowest layer, from look on, each as a picture", (*Machine).readFields))
	}
	for i := range m.layers {
		if l := &m.layers[i]; len(l.w) <= cellsMax {
			list = append(list, area("w"+number(i+1), sim.Grid, l.visible, l.hidden, [2]int64{}, weightU, "weights of layer "+number(i+1)+": a row for each unit below, a column for each above", func(m *Machine, r *sim.Reading) { r.SetFloats(m.layers[i].w) }))
		}
	}
	list = append(list, count("weights", weightU, "weights between units, biases left out; those that go down are not counted again", (*Machine).weights))
	if m.exact(0) {
		list = append(list,
			level("log-likelihood", nat, "logarithm of the probability that the lowest layer gives an example for training, mean over them, with the exact sum over all states", (*Machine).likelihood),
			level("log-z", nat, "logarithm of the sum over all states of the lowest layer", func(m *Machine) float32 { return m.logZ(0) }))
	}
	return list
}

func (m *Machine) readFields(r *sim.Reading) {
	r.Clear()
	rows, cols := m.shape()
	l := &m.layers[0]
	for y := range fieldRows * rows {
		for x := range fieldCols * cols {
			unit := int(m.dial.look) + y/rows*fieldCols + x/cols
			v := float32(0)
			if unit < l.hidden {
				v = l.w[(y%rows*cols+x%cols)*l.hidden+unit]
			}
			r.Floats = append(r.Floats, v)
		}
	}
}

func (s score) percent() float32 {
	if s.count == 0 {
		return 0
	}
	return float32(float64(100*s.wrong) / float64(s.count))
}

func (m *Machine) seenScores() []seen {
	var list []seen
	if c := m.set.Classes; c > 0 {
		list = append(list,
			level("test-error", percent, "wrong answers of the last test", func(m *Machine) float32 { return m.last[scoreTest].percent() }),
			count("test-wrong", answerU, "wrong answers of the last test", func(m *Machine) int64 { return m.last[scoreTest].wrong }),
			count("tests", "test", "tests done", func(m *Machine) int64 { return m.tests }),
			area("confusion", sim.Grid, c, c, [2]int64{}, answerU, "of the last test: a row for each class that was wanted, a column for each that was answered", func(m *Machine, r *sim.Reading) { r.SetInts(m.confused) }))
	}
	if m.net != nil {
		list = append(list,
			level("train-error", percent, "wrong answers in the last pass of tune", func(m *Machine) float32 { return m.last[scoreTrain].percent() }))
	}
	return append(list,
		count("batches", "batch", "batches since power on", func(m *Machine) int64 { return m.batches }),
		count("multiply-adds", "multiply-add", "work since power on", func(m *Machine) int64 { return m.work }),
		seen{sim.Probe{Name: "data", Kind: sim.Text, Unit: words, Evidence: sim.Inferred, Doc: "which examples these are"},
			func(m *Machine, r *sim.Reading) {
				r.SetText(m.set.Name + ": " + number(m.set.Train.N) + " to learn from, " + number(m.set.Test.N) + " for tests")
			}},
		seen{sim.Probe{Name: "fault", Kind: sim.Text, Unit: words, Evidence: sim.Inferred, Doc: "why the machine holds; empty while it does not"}, (*Machine).readFault})
}

func (m *Machine) readFault(r *sim.Reading) {
	r.SetText("")
	if m.fault {
		r.SetText("batch " + strconv.FormatInt(m.batches, 10) + " of " + taskNames[m.task] + ": a weight or the loss is no number, or infinite: use a smaller rate, and turn the power on again")
	}
}

func (m *Machine) seenDreams() []seen {
	c := m.labels()
	if c == 0 {
		return nil
	}
	return []seen{
		count("judged", picture, "pictures dreamt and judged", func(m *Machine) int64 { return m.judged }),
		count("agreed", picture, "of these, pictures whose nearest example for training is of the class of their label", func(m *Machine) int64 { return m.agreed }),
		level("agreement", percent, "agreed of judged", func(m *Machine) float32 { return score{m.agreed, m.judged}.percent() }),
		area("histogram", sim.Grid, 1, c, [2]int64{}, picture, "pictures dreamt with each label", func(m *Machine, r *sim.Reading) { r.SetInts(m.histogram) }),
		count("classes-seen", "label", "labels that were dreamt at least once", func(m *Machine) (n int64) {
			for _, k := range m.histogram {
				n += min(k, 1)
			}
			return n
		}),
		area("strangeness", sim.Grid, 1, c, [2]int64{}, pixel, "how far the mean picture dreamt with a label is from the mean example of that class: mean absolute difference over the pixels; 0 where none was dreamt",
			func(m *Machine, r *sim.Reading) {
				r.Clear()
				for class := range m.labels() {
					r.Floats = append(r.Floats, m.strangeness(class))
				}
			}),
		level("strangeness-max", pixel, "the largest of these", func(m *Machine) (worst float32) {
			for class := range m.labels() {
				worst = f32.Max(worst, m.strangeness(class))
			}
			return worst
		}),
	}
}

func (m *Machine) seenSettings() []seen {
	int64s := func(name string, unit sim.Unit, of func(*settings) *int64) seen {
		return count(name, unit, "the setting "+name, func(m *Machine) int64 { return *of(&m.dial) })
	}
	reals := func(name string, of func(*settings) *float32) seen {
		return level(name, setting, "the setting "+name, func(m *Machine) float32 { return *of(&m.dial) })
	}
	lamp := func(name string, of func(*settings) *bool) seen {
		return seen{sim.Probe{Name: name, Kind: sim.Lamp, Unit: setting, Evidence: sim.Inferred, Doc: "the setting " + name},
			func(m *Machine, r *sim.Reading) { r.SetBool(*of(&m.dial)) }}
	}
	return []seen{
		int64s("passes", passU, func(s *settings) *int64 { return &s.passes }),
		int64s("batch", exampleU, func(s *settings) *int64 { return &s.batch }),
		int64s("turns", "alternation", func(s *settings) *int64 { return &s.turns }),
		reals("rate", func(s *settings) *float32 { return &s.rate }),
		lamp("anneal", func(s *settings) *bool { return &s.anneal }),
		reals("momentum", func(s *settings) *float32 { return &s.mu }),
		reals("momentum-first", func(s *settings) *float32 { return &s.muFirst }),
		int64s("momentum-passes", passU, func(s *settings) *int64 { return &s.muPasses }),
		reals("decay", func(s *settings) *float32 { return &s.decay }),
		lamp("draw-visible", func(s *settings) *bool { return &s.drawVisible }),
		lamp("draw-data", func(s *settings) *bool { return &s.drawData }),
		reals("tune-rate", func(s *settings) *float32 { return &s.tuneRate }),
		int64s("gibbs", "alternation", func(s *settings) *int64 { return &s.gibbs }),
		int64s("chains", "chain", func(s *settings) *int64 { return &s.chains }),
		choice("clamp", m.clampNames(), setting, "the setting clamp", func(m *Machine) int64 { return m.dial.clamp }),
		int64s("look", "unit", func(s *settings) *int64 { return &s.look }),
	}
}
