package rival

import (
	"math"
	"slices"

	"perceptarium/modern/f32"
	"perceptarium/sim"
)

// seen and turned are a probe with how it is read, and a control with what it
// does.
type seen struct {
	sim.Probe
	read func(*Machine, *sim.Reading)
}

type turned struct {
	sim.Control
	turn func(*Machine, sim.Input)
}

const (
	examplesUnit sim.Unit = "example"
	stepUnit     sim.Unit = "step"
	percentUnit  sim.Unit = "percent"
	valueUnit    sim.Unit = "value"
	classUnit    sim.Unit = "class"
	setting      sim.Unit = "setting"
)

func (m *Machine) makeSheet(data string) *sim.Sheet {
	about := aboutOf(m.kind)
	s := sim.Sheet{
		Name: m.kind, Title: about.title, Year: about.year, Doc: about.doc + " Examples: " + m.set.Name + ".",
		Tick: about.step + "; when it has learned, one example answered",
		Law:  f32.Law, Data: data,
		Constants: about.constants, Sources: about.sources, Omitted: about.omitted,
	}
	for _, list := range [][]seen{m.seenAlways(), m.seenOfModel(), m.seenData(), m.seenSettings()} {
		for _, p := range list {
			s.Probes, m.reads = append(s.Probes, p.Probe), append(m.reads, p.read)
		}
	}
	for _, list := range [][]turned{m.turnedAlways(), m.turnedOfModel()} {
		for _, c := range list {
			s.Controls, m.turns = append(s.Controls, c.Control), append(m.turns, c.turn)
		}
	}
	return sim.NewSheet(s)
}

// count and level are the commonest probes.
func count(name string, unit sim.Unit, doc string, of func(*Machine) int64) seen {
	return seen{sim.Probe{Name: name, Kind: sim.Count, Unit: unit, Evidence: sim.Inferred, Doc: doc},
		func(m *Machine, r *sim.Reading) { r.SetInt(of(m)) }}
}

func level(name string, unit sim.Unit, doc string, of func(*Machine) float32) seen {
	p := sim.Probe{Name: name, Kind: sim.Level, Unit: unit, Evidence: sim.Inferred, Doc: doc}
	if unit == percentUnit {
		p.Max = 100
	}
	return seen{p, func(m *Machine, r *sim.Reading) { r.SetFloat(of(m)) }}
}

func (m *Machine) seenAlways() []seen {
	list := []seen{
		{sim.Probe{Name: "phase", Kind: sim.Choice, Names: phaseNames, Unit: "phase", Evidence: sim.Inferred,
			Doc: "learn; then test: the examples for testing are answered; then train: those that were learned from; then rest"},
			func(m *Machine, r *sim.Reading) { r.SetInt(m.phase) }},
		count("steps", stepUnit, "steps of the solver since learning began", func(m *Machine) int64 { return m.steps }),
		level("error", percentUnit, "wrong answers of the examples for testing answered so far", func(m *Machine) float32 { return percent(m.errors[0], m.tested[0]) }),
		level("train-error", percentUnit, "wrong answers of the examples for training answered so far", func(m *Machine) float32 { return percent(m.errors[1], m.tested[1]) }),
	}
	if m.set.Size() == 2 && m.set.Classes == 2 {
		list = append(list, seen{sim.Probe{Name: "plane", Kind: sim.Surface, Rows: planeRows, Cols: planeCols, Min: planeMin, Max: planeMax, Unit: "side", Evidence: sim.Inferred,
			Doc: "the plane of both inputs, the first to the right, the second upwards: 2 and -2 an example of the second and of the first class, 1 and -1 where the model answers so, 0 on the street, inside the margin"}, readPlane})
	}
	return list
}

func (m *Machine) seenData() []seen {
	var list []seen
	if rows, cols, ok := m.picture(); ok {
		lo, hi := int64(math.Floor(float64(slices.Min(m.set.Train.X)))), int64(math.Ceil(float64(slices.Max(m.set.Train.X))))
		list = append(list, seen{sim.Probe{Name: "input", Kind: sim.Surface, Rows: rows, Cols: cols, Min: lo, Max: hi, Unit: valueUnit, Evidence: sim.Inferred,
			Doc: "the example that was answered last"}, readInput})
		if m.kind == neighbourModel {
			list = append(list, seen{sim.Probe{Name: "nearest", Kind: sim.Surface, Rows: rows, Cols: cols, Min: lo, Max: hi, Unit: valueUnit, Evidence: sim.Inferred,
				Doc: "the kept example that is nearest to it"}, readNearest})
		}
	}
	c := m.set.Classes
	return append(list,
		count("errors", examplesUnit, "wrong answers of the examples for testing", func(m *Machine) int64 { return m.errors[0] }),
		count("train-errors", examplesUnit, "wrong answers of the examples for training", func(m *Machine) int64 { return m.errors[1] }),
		count("answered", examplesUnit, "examples for testing answered so far", func(m *Machine) int64 { return m.tested[0] }),
		count("answer", classUnit, "the class that was answered last", func(m *Machine) int64 { return int64(m.answered) }),
		count("wanted", classUnit, "the class that was wanted", func(m *Machine) int64 { _, class := m.present(); return int64(class) }),
		seen{sim.Probe{Name: "confusion", Kind: sim.Grid, Rows: c, Cols: c, Unit: examplesUnit, Evidence: sim.Inferred,
			Doc: "a row for each class that was wanted, a column for each that was answered: of the examples for testing; where there are none, of those for training"},
			func(m *Machine, r *sim.Reading) { r.SetInts(m.confusion) }},
		count("examples", examplesUnit, "examples for training", func(m *Machine) int64 { return int64(m.set.Train.N) }),
		count("test-examples", examplesUnit, "examples for testing", func(m *Machine) int64 { return int64(m.set.Test.N) }),
		seen{sim.Probe{Name: "data", Kind: sim.Text, Unit: "name", Evidence: sim.Inferred, Doc: "which examples these are"},
			func(m *Machine, r *sim.Reading) { r.SetText(m.set.Name) }},
		seen{sim.Probe{Name: "fault", Kind: sim.Text, Unit: "message", Evidence: sim.Inferred, Doc: "why the machine holds; empty while it does not"}, readFault},
	)
}

func (m *Machine) seenOfModel() []seen {
	switch m.kind {
	case svmModel:
		return m.seenSVM()
	case neighbourModel:
		return []seen{level("distance", valueUnit, "from the example answered last to the nearest that was kept", distance)}
	case linearModel:
		return m.seenLinear()
	}
	return m.seenForest()
}

func (m *Machine) turnedAlways() []turned {
	return []turned{
		{sim.Control{Name: "restart", Kind: sim.Button, Unit: setting, Evidence: sim.Inferred, Doc: "begin the learning anew"}, func(*Machine, sim.Input) {}},
		{sim.Control{Name: "leave-out", Kind: sim.Count, Max: int64(m.set.Train.N), Unit: examplesUnit, Evidence: sim.Inferred,
			Doc: "leave out one example of those that are learned from, counted from 1; 0 leaves out none"},
			func(m *Machine, in sim.Input) { m.how.leaveOut = in.Ints[0] }},
	}
}

func (m *Machine) seenSettings() []seen {
	list := []seen{count("leave-out", examplesUnit, "the example that is left out, counted from 1; 0 for none", func(m *Machine) int64 { return m.how.leaveOut })}
	switch m.kind {
	case svmModel:
		list = append(list, seenSettingsSVM()...)
		if m.comparable() {
			list = append(list, seen{m.otherProbe(), func(m *Machine, r *sim.Reading) { r.SetFloats(m.how.other[:1+m.set.Size()]) }})
		}
	case neighbourModel:
		list = append(list, count("k", examplesUnit, "how many neighbours vote", func(m *Machine) int64 { return m.how.k }))
	case linearModel:
		list = append(list, level("rate", setting, "the learning rate", func(m *Machine) float32 { return m.how.rate }),
			count("passes", "pass", "passes through the examples until learning ends", func(m *Machine) int64 { return m.how.passes }))
	case forestModel:
		list = append(list, count("features", "input", "inputs that a node looks at; 0: the root of their number", func(m *Machine) int64 { return m.how.features }))
	}
	return list
}

func (m *Machine) turnedOfModel() []turned {
	switch m.kind {
	case svmModel:
		return m.turnedSVM()
	case neighbourModel:
		return []turned{{sim.Control{Name: "k", Kind: sim.Count, Min: 1, Max: kMax, Default: 1, Unit: examplesUnit, Evidence: sim.Assumed, Doc: "how many neighbours vote; of equals the nearest decides"},
			func(m *Machine, in sim.Input) { m.how.k = in.Ints[0] }}}
	case linearModel:
		return []turned{
			real("rate", [2]sim.Number{1e-6, rateMax}, sim.Number(m.presets().rate), "the learning rate", func(s *settings) *float32 { return &s.rate }),
			{sim.Control{Name: "passes", Kind: sim.Count, Min: 1, Max: passesMax, Default: 20, Unit: "pass", Evidence: sim.Assumed, Doc: "passes through the examples"},
				func(m *Machine, in sim.Input) { m.how.passes = in.Ints[0] }},
		}
	case forestModel:
		return []turned{{sim.Control{Name: "features", Kind: sim.Count, Max: int64(m.set.Size()), Unit: "input", Evidence: sim.Secondary, Doc: "inputs that a node looks at; 0: the root of their number, rounded down"},
			func(m *Machine, in sim.Input) { m.how.features = in.Ints[0] }}}
	}
	return nil
}

// real is a control of a real setting.
func real(name string, limits [2]sim.Number, preset sim.Number, doc string, of func(*settings) *float32) turned {
	return turned{sim.Control{Name: name, Kind: sim.Level, Real: true, Range: limits, Preset: preset, Unit: setting, Evidence: sim.Assumed, Doc: doc},
		func(m *Machine, in sim.Input) { *of(&m.how) = in.Floats[0] }}
}
