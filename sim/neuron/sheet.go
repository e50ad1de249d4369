package neuron

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"perceptarium/sim"
)

// The probes of every net, in the order of its sheet; one lamp for each unit
// follows.
const (
	probeFired sim.ProbeID = iota
	probeOutput
	probeSpikes
	probeFiring
	probeNumber
	probeNet
	probeInput // where there are inputs
)

func sheetOf(n *Net, w *wiring) sim.Sheet {
	return sim.Sheet{
		Name: "neuron", Title: "Net of formal neurons", Year: 1943,
		Doc:       describe(n, w),
		Tick:      "one synaptic delay",
		Data:      fmt.Sprintf("sha256:%x", sha256.Sum256(n.Append(nil))),
		Probes:    probesOf(n, w),
		Controls:  controlsOf(n),
		Constants: constants,
		Sources: []string{
			"W. S. McCulloch, W. Pitts: A logical calculus of the ideas immanent in nervous activity. Bulletin of Mathematical Biophysics 5, 1943, 115-133",
		},
		Omitted: []string{
			"the length of a synaptic delay in milliseconds: the paper takes it as the unit of time",
			"conduction time along axons, which the paper neglects against the synaptic delay",
			"facilitation, extinction and learning as changes of a synapse: the paper shows nets without them that do the same",
		},
	}
}

func describe(n *Net, w *wiring) string {
	doc := fmt.Sprintf("Formal neurons with thresholds, absolute inhibition and one unit of delay: %d units, %d inputs.", len(w.names), len(n.Inputs))
	if n.Title != "" {
		doc += " The net: " + n.Title + "."
	}
	if len(n.Laws) > 0 {
		doc += " Its law: " + strings.Join(n.Laws, "; ") + "."
	}
	return doc
}

var constants = []sim.Constant{
	{Name: "delay", Value: "1", Unit: "tick", Doc: "from the firing of an afferent to the firing of the unit that hears it",
		Source: "McCulloch and Pitts 1943, assumption 3: the only significant delay is synaptic", Evidence: sim.Primary},
	{Name: "inhibitors", Value: "1", Unit: "impulse", Doc: "how many inhibitory impulses prevent a unit from firing, however strong its excitation",
		Source: "McCulloch and Pitts 1943, assumption 4", Evidence: sim.Primary},
	{Name: "threshold", Value: ">=", Unit: "synapse", Doc: "the excited synapses must reach the threshold; the paper's must exceed it, so that a threshold of 2 here is 1 there",
		Source: "today's convention for the paper's equation (1)", Evidence: sim.Inferred},
	{Name: "smallest", Value: "1", Unit: "synapse", Doc: "the smallest threshold: no unit fires where nothing fired before",
		Source: "McCulloch and Pitts 1943, theorem 3", Evidence: sim.Primary},
}

func probesOf(n *Net, w *wiring) []sim.Probe {
	grid := func(name string, unit sim.Unit, cells []string, doc string) sim.Probe {
		return sim.Probe{Name: name, Kind: sim.Grid, Rows: 1, Cols: len(cells), Names: cells, Unit: unit, Doc: doc, Evidence: sim.Inferred}
	}
	lamps := func(p sim.Probe) sim.Probe { p.Max = 1; return p }
	outputs := make([]string, len(w.outputs))
	for i, u := range w.outputs {
		outputs[i] = w.names[u]
	}
	list := []sim.Probe{
		lamps(grid("fired", "impulse", w.names, "which units fire at this tick")),
		lamps(grid("output", "impulse", outputs, "which outputs fire at this tick")),
		grid("spikes", "impulse", w.names[w.first:], "how often each unit has fired since power on"),
		{Name: "firing", Kind: sim.Count, Unit: "unit", Max: int64(len(w.names)), Doc: "how many units fire at this tick", Evidence: sim.Inferred},
		{Name: "number", Kind: sim.Count, Unit: "one", Doc: "the first outputs read as a binary number, 62 digits at most, the highest first", Evidence: sim.Inferred},
		{Name: "net", Kind: sim.Net, Unit: "drawing", Doc: "units, axons, and who fires now", Evidence: sim.Inferred},
	}
	if w.inputs > 0 {
		list = append(list, lamps(grid("input", "impulse", n.Inputs, "which inputs are on")))
	}
	for u, name := range w.names {
		doc := "unit " + name + ": whether it fires at this tick"
		if u < w.inputs {
			doc = "input " + name + ": whether it is on"
		}
		list = append(list, sim.Probe{Name: name, Kind: sim.Lamp, Unit: "impulse", Doc: doc, Evidence: sim.Inferred})
	}
	return list
}

// controlsOf lists the inputs, one switch each, then all together.
func controlsOf(n *Net) []sim.Control {
	var list []sim.Control
	for _, name := range n.Inputs {
		list = append(list, sim.Control{Name: name, Kind: sim.Switch, Unit: "impulse",
			Doc: "input " + name + ": fires at every tick while it is on", Evidence: sim.Inferred})
	}
	if len(n.Inputs) > 0 {
		list = append(list, sim.Control{Name: "input", Kind: sim.Grid, Rows: 1, Cols: len(n.Inputs), Max: 1, Names: n.Inputs,
			Unit: "impulse", Doc: "all inputs together", Evidence: sim.Inferred})
	}
	return list
}
