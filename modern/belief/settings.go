package belief

import "perceptarium/sim"

// settings is what the controls stand at.
type settings struct {
	passes, batch, turns, gibbs, chains, clamp, muPasses, look int64
	rate, mu, muFirst, decay, tuneRate                         float32
	anneal, drawVisible, drawData                              bool
}

const (
	countMax = 1 << 40
	turnsMax = 1 << 20
	rateMax  = 100
)

func presets() settings {
	return settings{
		passes: 30, batch: rowsMax, turns: 1, gibbs: 1000, chains: rowsMax, muPasses: 5,
		rate: 0.1, mu: 0.9, muFirst: 0.5, decay: 2e-4, tuneRate: 0.1,
	}
}

// place is a whole number of the state with its limits.
type place struct {
	v      *int64
	lo, hi int64
	what   string
}

func (s *settings) places(m *Machine) []place {
	return []place{
		{&s.passes, 1, turnsMax, "passes"}, {&s.batch, 1, rowsMax, "batch"}, {&s.turns, 0, turnsMax, "turns"},
		{&s.gibbs, 1, turnsMax, "gibbs"}, {&s.chains, 1, rowsMax, "chains"}, {&s.clamp, 0, int64(len(m.clampNames())) - 1, "clamp"},
		{&s.muPasses, 0, turnsMax, "momentum-passes"}, {&s.look, 0, hiddenMax, "look"},
	}
}

func (s *settings) reals() []*float32 {
	return []*float32{&s.rate, &s.mu, &s.muFirst, &s.decay, &s.tuneRate}
}

func (m *Machine) clampNames() []string {
	names := []string{"none"}
	if m.labels() == 0 {
		return names
	}
	names = append(names, "each")
	for i := range m.labels() {
		names = append(names, "label-"+number(i))
	}
	return names
}

// turned are a control with what it does.
type turned struct {
	sim.Control
	turn func(*Machine, sim.Input)
}

const (
	setting  sim.Unit = "setting"
	passU    sim.Unit = "pass"
	exampleU sim.Unit = "example"
	layerU   sim.Unit = "layer"
)

func (m *Machine) turned() []turned {
	p := presets()
	return []turned{
		{sim.Control{Name: "task", Kind: sim.Choice, Names: taskNames, Default: taskLearn, Unit: setting, Evidence: sim.Inferred,
			Doc: "begin a task: learn from the layer set by layer on, layer after layer; up-down for all layers; test; dream; tune by back-propagation; or rest"},
			func(m *Machine, in sim.Input) { m.begin(in.Ints[0]) }},
		{sim.Control{Name: "layer", Kind: sim.Count, Min: 1, Max: int64(len(m.layers)), Default: 1, Unit: layerU, Evidence: sim.Inferred,
			Doc: "the layer that learns next; a task learn that is running begins again with it"},
			func(m *Machine, in sim.Input) {
				if m.layer = in.Ints[0]; m.task == taskLearn {
					m.begin(taskLearn)
				}
			}},
		{sim.Control{Name: "forget", Kind: sim.Button, Unit: setting, Evidence: sim.Inferred, Doc: "take the pictures that were dreamt, and their count, away"},
			func(m *Machine, _ sim.Input) { m.gallery.clear() }},
		whole("passes", [2]int64{1, turnsMax}, p.passes, passU, sim.Secondary, "passes through the examples: of each layer, of up-down, of tuning; the paper has 30 for each layer", func(s *settings) *int64 { return &s.passes }),
		whole("batch", [2]int64{1, rowsMax}, p.batch, exampleU, sim.Secondary, "examples before the weights move; the paper has 100", func(s *settings) *int64 { return &s.batch }),
		whole("turns", [2]int64{0, turnsMax}, p.turns, "alternation", sim.Secondary, "k of CD-k, and alternations in the memory in up-down (the paper: 3, then 6, then 10); in learn 0 sums over all states, where a layer sees few units", func(s *settings) *int64 { return &s.turns }),
		real("rate", rateMax, p.rate, "learning rate of learn and up-down", sim.Assumed, func(s *settings) *float32 { return &s.rate }),
		toggle("anneal", "the rate of learn falls in a straight line to 0 over the passes", func(s *settings) *bool { return &s.anneal }),
		real("momentum", 1, p.mu, "momentum of learn, after momentum-passes", sim.Secondary, func(s *settings) *float32 { return &s.mu }),
		real("momentum-first", 1, p.muFirst, "momentum of learn in the first passes of a layer", sim.Secondary, func(s *settings) *float32 { return &s.muFirst }),
		whole("momentum-passes", [2]int64{0, turnsMax}, p.muPasses, passU, sim.Secondary, "how many passes momentum-first holds", func(s *settings) *int64 { return &s.muPasses }),
		real("decay", 1, p.decay, "weight decay of learn", sim.Secondary, func(s *settings) *float32 { return &s.decay }),
		toggle("draw-visible", "learn draws the units of a reconstruction by their probabilities; off: they keep the probabilities", func(s *settings) *bool { return &s.drawVisible }),
		toggle("draw-data", "in learn, a layer that has learned hands drawn units to the next one; off: it hands its probabilities", func(s *settings) *bool { return &s.drawData }),
		real("tune-rate", rateMax, p.tuneRate, "learning rate of tune", sim.Assumed, func(s *settings) *float32 { return &s.tuneRate }),
		whole("gibbs", [2]int64{1, turnsMax}, p.gibbs, "alternation", sim.Secondary, "alternations of a dream before its picture is looked at", func(s *settings) *int64 { return &s.gibbs }),
		whole("chains", [2]int64{1, rowsMax}, p.chains, "chain", sim.Assumed, "dreams side by side", func(s *settings) *int64 { return &s.chains }),
		{sim.Control{Name: "clamp", Kind: sim.Choice, Names: m.clampNames(), Unit: setting, Evidence: sim.Secondary, Doc: "the label that is held on in dreams: none, one, or each in turn, chain by chain"},
			func(m *Machine, in sim.Input) { m.dial.clamp = in.Ints[0] }},
		whole("look", [2]int64{0, hiddenMax}, 0, "unit", sim.Inferred, "the first unit of the lowest layer whose weights are shown as pictures", func(s *settings) *int64 { return &s.look }),
	}
}

// whole is a control of a whole number.
func whole(name string, limits [2]int64, preset int64, unit sim.Unit, ev sim.Evidence, doc string, of func(*settings) *int64) turned {
	return turned{sim.Control{Name: name, Kind: sim.Count, Min: limits[0], Max: limits[1], Default: preset, Unit: unit, Evidence: ev, Doc: doc},
		func(m *Machine, in sim.Input) { *of(&m.dial) = in.Ints[0] }}
}

// real is a control of a real, from 0 on.
func real(name string, most sim.Number, preset float32, doc string, ev sim.Evidence, of func(*settings) *float32) turned {
	return turned{sim.Control{Name: name, Kind: sim.Level, Real: true, Range: [2]sim.Number{0, most}, Preset: sim.Number(preset), Unit: setting, Evidence: ev, Doc: doc},
		func(m *Machine, in sim.Input) { *of(&m.dial) = in.Floats[0] }}
}

// toggle is a switch that is off at power on.
func toggle(name, doc string, of func(*settings) *bool) turned {
	return turned{sim.Control{Name: name, Kind: sim.Switch, Unit: setting, Evidence: sim.Assumed, Doc: doc},
		func(m *Machine, in sim.Input) { *of(&m.dial) = in.Ints[0] == 1 }}
}
