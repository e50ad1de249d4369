package core

import (
	"strconv"

	"perceptarium/modern/f32"
	"perceptarium/sim"
)

// probe numbers what can be seen, in the order of the sheet.
type probe uint8

const (
	seePhase probe = iota
	seeLast
	seeSum
	seeBroadcast
	seeVector
	seeWorking
	seePanel
	seeTile
	seeDone
	seeRow
	seeColumn
	seeDepth
	seeA
	seeB
	seeC
	seeReference
	seeOdd
	seeDifferent
	seeAdds
	seeIdle
	seeInstructions
	seeMoves
	seeMemory
	seeCached
	seeTime
	seeEnergy
	seeEnergySums
	seeEnergyCache
	seeEnergyMemory
	seeOverwrite
	seeBlock
	seeArithmetic
	seeTick
)

// control numbers what can be turned, in the order of the sheet.
type control uint8

const (
	turnA control = iota
	turnB
	turnC
	turnOverwrite
	turnBlock
	turnArithmetic
	turnTick
	turnStart
)

const (
	value   sim.Unit = "number"
	element sim.Unit = "element"
	adds    sim.Unit = "multiply-add"
	byteOf  sim.Unit = "byte"
	energy  sim.Unit = "femtojoule"
	picos   sim.Unit = "picosecond"
	setting sim.Unit = "setting"
)

// lastWidth is the longest text of the probe last.
const lastWidth = 46

// The limits of settings. Operands within ValueMax make no infinity, and so no
// NaN.
const (
	ValueMax = 1e9
	TickMax  = 1_000_000_000
)

func (m *Machine) makeSheet(data string) *sim.Sheet {
	s := sim.Sheet{
		Name: "core", Title: "Tensor core", Year: 2013, Law: f32.Law, Data: data,
		Doc: "A small matrix product as the tensor core computes it: a panel packed, elements broadcast, sums kept in vector registers.",
		Tick: "one vector instruction of the micro-kernel: while it multiplies, one multiply-add on all lanes; " +
			"besides, one register of b packed, or of sums loaded or stored",
		Constants: m.constants(), Sources: sources(), Omitted: omitted(),
	}
	s.Probes = append(append(m.seenRegisters(), m.seenMemory()...), append(m.seenCosts(), m.seenSettings()...)...)
	s.Controls = m.turned()
	return sim.NewSheet(s)
}

func see(name string, kind sim.Kind, unit sim.Unit, doc string) sim.Probe {
	return sim.Probe{Name: name, Kind: kind, Unit: unit, Evidence: sim.Inferred, Doc: doc}
}

// over gives a probe its cells.
func over(rows, columns int64, p sim.Probe) sim.Probe {
	p.Rows, p.Cols = int(rows), int(columns)
	return p
}

func (m *Machine) seenRegisters() []sim.Probe {
	phase := see("phase", sim.Choice, "phase", "what the next tick does: pack a register of b, load or clear sums, multiply, store sums; or all is done")
	phase.Names = phaseNames
	return []sim.Probe{
		phase,
		over(1, lastWidth, see("last", sim.Text, "instruction", "what the last tick did, as an assignment; x-y are lanes")),
		over(m.tall, m.width(), see("sum", sim.Grid, value, "the registers that hold the tile's sums, a row for each of its rows")),
		over(1, m.lanes, see("broadcast", sim.Grid, value, "the register that holds one element of a in every lane")),
		over(1, m.width(), see("vector", sim.Grid, value, "the registers that hold the row of the panel at hand")),
		over(m.tall, m.vectors, see("working", sim.Lamp, "register", "lit for the register of sums that the last tick changed or stored")),
		over(m.k, m.width(), see("panel", sim.Grid, value, "the columns of b at hand, packed so that they follow each other; columns that are not there are 0")),
		over(m.m, m.n, see("tile", sim.Lamp, element, "lit for the elements of c in the tile at hand")),
		over(m.m, m.n, see("finished", sim.Lamp, element, "lit for the elements of c whose sums are complete and stored")),
		see("row", sim.Count, element, "first row of the tile at hand"),
		see("column", sim.Count, element, "first column of the tile at hand"),
		see("depth", sim.Count, element, "k of the next multiply-add, or of the next row of the panel"),
	}
}

func (m *Machine) seenMemory() []sim.Probe {
	return []sim.Probe{
		over(m.m, m.k, see("a", sim.Grid, value, "the left operand, [m][k]")),
		over(m.k, m.n, see("b", sim.Grid, value, "the right operand, [k][n]")),
		over(m.m, m.n, see("c", sim.Grid, value, "the result as it stands in memory, [m][n]")),
		over(m.m, m.n, see("reference", sim.Grid, value, "what kernel.Gemm makes of the same operands")),
		over(m.tall, m.width(), see("odd", sim.Grid, value, "registers for the sums of odd k, which two-sums keeps apart; else 0")),
		see("different", sim.Count, element, "finished elements of c whose bits are not the reference's"),
	}
}

func (m *Machine) seenCosts() []sim.Probe {
	time := see("time", sim.Count, picos, "ticks since the start, times tick-length")
	time.Evidence = sim.Assumed
	spent := func(name, doc string) sim.Probe {
		p := see(name, sim.Count, energy, doc)
		p.Evidence = sim.Secondary
		return p
	}
	return []sim.Probe{
		see("multiply-adds", sim.Count, adds, "multiply-adds since the start: of lanes that have a column of c"),
		see("idle", sim.Count, adds, "multiply-adds of lanes beyond the last column"),
		see("instructions", sim.Count, "instruction", "ticks that multiplied"),
		see("moves", sim.Count, "instruction", "ticks that packed, loaded, cleared or stored a register"),
		see("memory", sim.Count, byteOf, "bytes of a, b and c that were fetched the first time or stored the last time"),
		see("cached", sim.Count, byteOf, "bytes of the panel, and of a and c in between: from or to the cache"),
		time,
		spent("energy", "energy of all that was done since the start"),
		spent("energy-sums", "of it for multiply-adds, idle lanes included"),
		spent("energy-cache", "of it for bytes of the cache"),
		spent("energy-memory", "of it for bytes of the memory"),
	}
}

func (m *Machine) seenSettings() []sim.Probe {
	arithmetic := see("arithmetic", sim.Choice, setting, "where it stands: how a multiply-add rounds, and in which order sums are taken")
	arithmetic.Names = arithmeticNames
	tick := see("tick-length", sim.Count, picos, "where it stands: how long a tick takes")
	tick.Evidence = sim.Assumed
	return []sim.Probe{
		see("overwrite", sim.Lamp, setting, "where it stands: lit, sums start from 0; dark, from what c holds"),
		see("block", sim.Count, element, "where it stands: k of one block; 0 is the whole"),
		arithmetic,
		tick,
	}
}

func (m *Machine) turned() []sim.Control {
	grid := func(name string, rows, columns int64, doc string) sim.Control {
		return sim.Control{Name: name, Kind: sim.Grid, Rows: int(rows), Cols: int(columns), Real: true, Range: [2]sim.Number{-ValueMax, ValueMax},
			Unit: value, Evidence: sim.Inferred, Doc: doc + "; the product starts over"}
	}
	return []sim.Control{
		grid("a", m.m, m.k, "write the left operand"),
		grid("b", m.k, m.n, "write the right operand"),
		grid("c", m.m, m.n, "write the result's memory"),
		{Name: "overwrite", Kind: sim.Switch, Default: 1, Unit: setting, Evidence: sim.Inferred, Doc: "on: sums start from 0; off: from what c holds; the product starts over"},
		{Name: "block", Kind: sim.Count, Max: m.k, Unit: element, Evidence: sim.Inferred,
			Doc: "cut k into blocks of so many, between which sums are stored and loaded again; 0: no cut; the product starts over"},
		{Name: "arithmetic", Kind: sim.Choice, Names: arithmeticNames, Unit: setting, Evidence: sim.Inferred,
			Doc: "law: k in order, one rounding each; two-roundings: the product is rounded, then the sum; two-sums: even and odd k apart, added at the end; the product starts over"},
		{Name: "tick-length", Kind: sim.Count, Min: 1, Max: TickMax, Default: tickPS, Unit: picos, Evidence: sim.Assumed,
			Doc: "how long a tick takes, as perceptarium speed measures it: operations of a multiply-add over the peak"},
		{Name: "start", Kind: sim.Button, Unit: setting, Evidence: sim.Inferred, Doc: "start the product over, with c as it stands"},
	}
}

func (m *Machine) constants() []sim.Constant {
	const horowitz = "Horowitz, ISSCC 2014, 45 nm, as a public script has it; history.md section 35"
	spent := func(name string, fj int64, doc string) sim.Constant {
		return sim.Constant{Name: name, Value: strconv.FormatInt(fj, 10), Unit: energy, Doc: doc, Source: horowitz, Evidence: sim.Secondary}
	}
	made := func(name string, v int64, unit sim.Unit, doc string) sim.Constant {
		return sim.Constant{Name: name, Value: strconv.FormatInt(v, 10), Unit: unit, Doc: doc, Source: "the machine line", Evidence: sim.Inferred}
	}
	return []sim.Constant{
		made("m", m.m, element, "rows of a and c"),
		made("n", m.n, element, "columns of b and c"),
		made("k", m.k, element, "columns of a, rows of b: the length of a sum"),
		made("lanes", m.lanes, value, "floats in a register"),
		made("tile rows", m.tall, element, "rows of c in registers at once; the AVX2 kernel takes 6"),
		made("tile registers", m.vectors, "register", "registers in a row of the tile; the AVX2 kernel takes 2"),
		spent("addition", addFJ, "an addition of 32-bit reals"),
		spent("multiplication", multiplyFJ, "a multiplication of 32-bit reals"),
		spent("byte of cache", cacheByteFJ, "an eighth of 64 bits from 8 KiB of cache, 10 pJ"),
		spent("byte of memory", memoryByteFJ, "an eighth of 64 bits from DRAM, 1,300 to 2,600 pJ: the lower end"),
		{Name: "tick length", Value: strconv.Itoa(tickPS), Unit: picos, Doc: "16 operations of a multiply-add on 8 lanes, over a peak of 115 GFLOP/s",
			Source: "measured on one core of a Zen 4 at 3.55 GHz; packing, loading and storing are taken to last as long", Evidence: sim.Assumed},
		{Name: "largest size", Value: strconv.Itoa(SizeMax), Unit: element, Doc: "m, n or k of a product that is watched", Source: "fits a screen", Evidence: sim.Assumed},
	}
}

func sources() []string {
	return []string{
		"docs/arithmetic.md: the law, sentences 3 and 4; modern/kernel: the product that this one is equal to in every bit",
		"M. Horowitz, Computing's energy problem (and what we can do about it), ISSCC 2014: energy of an operation and of a byte",
		"perceptarium speed: the peak of a processor, from which the length of a tick follows",
	}
}

func omitted() []string {
	return []string{
		"blocks of rows and of columns: the operands are small",
		"a as AVX2 takes it, where it is copied row by row once it is large",
		"latency and the overlap of instructions: a tick is one instruction's share of the peak",
		"instructions without a name here: loads of vectors and broadcasts ride on the multiply-add that uses them first",
		"a cache as such: what is touched the first or last time is memory's, all else the cache's",
	}
}
