package cell

import (
	"fmt"

	"perceptarium/sim"
)

// The controls, in the order of the sheet; each has a probe of its name, at
// the same place among the probes.
const (
	ctlCurrent = iota
	ctlThreshold
	ctlTau
	ctlRefractory
	ctlResistance
	ctlWeight
	ctlTrain
	ctlRate
	controls
)

// The probes that follow those of the controls.
const (
	probePotential = controls + iota
	probeSpike
	probeAxon
	probeArrived
	probeDeaf
	probeSpikes
	probeInterval
	probeHistory
)

// thresholdMax is the highest threshold, in microvolts.
const thresholdMax = 50_000

var synapseNames = []string{"a", "b", "c", "d"}

func sheetOf() sim.Sheet {
	list := controlsOf()
	return sim.Sheet{
		Name: "cell", Title: "Integrate-and-fire cell", Year: 1907,
		Doc: "A nerve cell, after Lapicque: pulses and a current raise its potential, which leaks; at the threshold it spikes, and is deaf for a while. " +
			"The refractory time and random trains of pulses are later additions.",
		Tick: "0.1 ms of the cell's life", TickNS: 100_000,
		Probes: append(probesLike(list), ownProbes()...), Controls: list,
		Constants: []sim.Constant{
			{Name: "law", Value: "tau dV/dt = -V + R I", Unit: "equation", Doc: "how the potential leaks and is driven, by its exact step",
				Source: "L. Lapicque 1907, as the literature reports it", Evidence: sim.Secondary},
			{Name: "tick", Value: "0.1", Unit: "ms", Doc: "the step of the simulation", Source: "a usual step; no cell has one", Evidence: sim.Assumed},
			{Name: "floor", Value: fmt.Sprint(floor / 1000), Unit: "mV", Doc: "inhibition takes the potential no further below rest",
				Source: "so that a cell without a leak keeps to a range", Evidence: sim.Assumed},
			{Name: "axon", Value: fmt.Sprint(axonCells), Unit: "tick", Doc: "how long a spike travels in sight: 3.2 ms", Source: "enough to see it go", Evidence: sim.Assumed},
		},
		Sources: []string{
			"L. Lapicque: Recherches quantitatives sur l'excitation electrique des nerfs traitee comme une polarisation. 1907",
			"M. Gasse: Artificial neural networks (lecture), slide \"Biological neurons\"",
		},
		Omitted: []string{
			"conductances and their gates: Hodgkin and Huxley 1952, and with them the shape of a spike",
			"the time course of a synapse's current: a pulse moves the potential at once",
			"adaptation, and the distance along dendrites",
		},
	}
}

func controlsOf() []sim.Control {
	one := func(name string, lo, hi, at int64, unit sim.Unit, doc string) sim.Control {
		return sim.Control{Name: name, Kind: sim.Count, Min: lo, Max: hi, Default: at, Unit: unit, Doc: doc, Evidence: sim.Assumed}
	}
	each := func(name string, lo, hi, at int64, unit sim.Unit, doc string) sim.Control {
		c := one(name, lo, hi, at, unit, doc)
		c.Kind, c.Rows, c.Cols, c.Names = sim.Grid, 1, Synapses, synapseNames
		return c
	}
	return []sim.Control{
		ctlCurrent:    one("current", -10_000, 10_000, 0, "pA", "the steady current into the cell"),
		ctlThreshold:  one("threshold", 1, thresholdMax, 15_000, "uV above rest", "the potential at which the cell fires"),
		ctlTau:        one("tau", 0, 10_000, 200, "tick", "the time in which the potential leaks to 1/e; 0: it is forgotten at once"),
		ctlRefractory: one("refractory", 0, 1_000, 20, "tick", "how long the cell is deaf after a spike"),
		ctlResistance: one("resistance", 1, 100, 10, "megaohm", "the resistance of the membrane"),
		ctlWeight:     each("weight", -100_000, 100_000, 5_000, "uV", "by how much a pulse at each synapse moves the potential; below 0 it inhibits"),
		ctlTrain:      each("train", 0, 1_000_000, 0, "tick", "a pulse at each synapse every so many ticks, the first at the next; 0: none"),
		ctlRate:       each("rate", 0, ticksPerSecond, 0, "pulse a second", "random pulses at each synapse, so many a second on average (Poisson, one at most in a tick)"),
	}
}

// probesLike shows where each control stands.
func probesLike(controls []sim.Control) []sim.Probe {
	var list []sim.Probe
	for i := range controls {
		c := &controls[i]
		list = append(list, sim.Probe{Name: c.Name, Kind: c.Kind, Rows: c.Rows, Cols: c.Cols, Min: c.Min, Max: c.Max,
			Names: c.Names, Unit: c.Unit, Doc: c.Doc, Evidence: c.Evidence})
	}
	return list
}

func ownProbes() []sim.Probe {
	const lo, hi = floor, thresholdMax
	lamps := func(name string, cells int, names []string, doc string) sim.Probe {
		return sim.Probe{Name: name, Kind: sim.Grid, Rows: 1, Cols: cells, Max: 1, Names: names, Unit: "impulse", Doc: doc, Evidence: sim.Inferred}
	}
	count := func(name string, unit sim.Unit, doc string) sim.Probe {
		return sim.Probe{Name: name, Kind: sim.Count, Unit: unit, Doc: doc, Evidence: sim.Inferred}
	}
	return []sim.Probe{
		{Name: "potential", Kind: sim.Level, Min: lo, Max: hi, Unit: "uV above rest", Doc: "the potential of the cell body", Evidence: sim.Inferred},
		{Name: "spike", Kind: sim.Lamp, Unit: "impulse", Doc: "the cell fires at this tick", Evidence: sim.Inferred},
		lamps("axon", axonCells, nil, "the spikes on their way along the axon, the cell body on the left"),
		lamps("arrived", Synapses, synapseNames, "the synapses at which a pulse arrived at this tick"),
		count("deaf", "tick", "what is left of the refractory time"),
		count("spikes", "impulse", "spikes since power on"),
		count("interval", "tick", "between the last two spikes; 0 before there were two"),
		{Name: "history", Kind: sim.Series, Rows: 1, Cols: samples, Unit: "uV above rest",
			Doc: fmt.Sprintf("the potential, a sample every %d ticks, the newest on the right", sampleTicks), Evidence: sim.Inferred},
	}
}
