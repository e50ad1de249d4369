package core

import (
	"math"
	"strconv"

	"perceptarium/modern/f32"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Sheet is the machine's data sheet.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Reset turns the power on: operands that no file gives are drawn by the seed.
func (m *Machine) Reset(seed uint64) {
	source := rng.New(seed)
	for i, x := range []struct {
		name string
		to   []float32
	}{{"a", m.a}, {"b", m.b}, {"c", m.c}} {
		switch {
		case m.filled[i] != nil:
			copy(x.to, m.filled[i])
		case x.name == "c":
			clear(x.to)
		default:
			fill(x.to, source.Stream(x.name))
		}
	}
	m.overwrite, m.block, m.arithmetic, m.tickPS = true, 0, byLaw, tickPS
	m.begin()
}

// fill draws numbers from -1..1, 1 excluded.
func fill(to []float32, chance rng.Stream) {
	for i := range to {
		to[i] = float32(2*f32.Uniform(chance.Uint64())) - 1
	}
}

// Apply moves a control. Nothing beyond what the sheet says is refused. All but
// the length of a tick starts the product over.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	switch control(in.Control) {
	case turnA:
		put(m.a, in)
	case turnB:
		put(m.b, in)
	case turnC:
		put(m.c, in)
	case turnOverwrite:
		m.overwrite = in.Ints[0] == 1
	case turnBlock:
		m.block = in.Ints[0]
	case turnArithmetic:
		m.arithmetic = in.Ints[0]
	case turnTick:
		m.tickPS = in.Ints[0]
		return nil
	}
	m.begin()
	return nil
}

// put writes one cell, or all.
func put(dst []float32, in sim.Input) { copy(dst[max(in.Index, 0):], in.Floats) }

// Step is one tick.
func (m *Machine) Step() { m.tick() }

// Read looks at a probe.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) {
	see := probe(p)
	switch {
	case m.readRegisters(see, r):
	case m.readMemory(see, r):
	default:
		r.SetInt(m.number(see))
	}
}

func (m *Machine) readRegisters(see probe, r *sim.Reading) bool {
	switch see {
	case seeLast:
		r.Clear()
		r.Text = m.last(r.Text)
	case seeSum:
		r.SetFloats(m.sum)
	case seeOdd:
		r.SetFloats(m.odd)
	case seeBroadcast:
		r.SetFloats(m.broadcast)
	case seeVector:
		r.SetFloats(m.vector)
	case seeWorking:
		m.lamps(r, m.tall, m.vectors, m.worked)
	case seePanel:
		r.SetFloats(m.panel)
	case seeTile:
		m.lamps(r, m.m, m.n, m.inTile)
	case seeDone:
		m.lamps(r, m.m, m.n, m.finished)
	default:
		return false
	}
	return true
}

func (m *Machine) readMemory(see probe, r *sim.Reading) bool {
	switch see {
	case seeA:
		r.SetFloats(m.a)
	case seeB:
		r.SetFloats(m.b)
	case seeC:
		r.SetFloats(m.c)
	case seeReference:
		r.SetFloats(m.reference)
	default:
		return false
	}
	return true
}

// number is what a probe of one integer shows.
func (m *Machine) number(see probe) int64 {
	sums, cache, memory := m.energies()
	switch see {
	case seePhase:
		return m.at.phase
	case seeRow:
		return m.at.row
	case seeColumn:
		return m.at.column
	case seeDepth:
		return m.at.from + m.at.l
	case seeDifferent:
		return m.different()
	case seeAdds:
		return m.adds
	case seeIdle:
		return m.vectorAdds*m.lanes - m.adds
	case seeInstructions:
		return m.vectorAdds
	case seeMoves:
		return m.moves
	case seeMemory:
		return m.memory
	case seeCached:
		return m.cached
	case seeTime:
		return m.ticks * m.tickPS
	case seeEnergy:
		return sums + cache + memory
	case seeEnergySums:
		return sums
	case seeEnergyCache:
		return cache
	case seeEnergyMemory:
		return memory
	}
	return m.settingOf(see)
}

func (m *Machine) settingOf(see probe) int64 {
	switch see {
	case seeOverwrite:
		return truth(m.overwrite)
	case seeBlock:
		return m.block
	case seeArithmetic:
		return m.arithmetic
	}
	return m.tickPS
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// lamps shows what is lit of rows x columns.
func (m *Machine) lamps(r *sim.Reading, rows, columns int64, lit func(row, column int64) bool) {
	r.Clear()
	for i := range rows {
		for j := range columns {
			r.Ints = append(r.Ints, truth(lit(i, j)))
		}
	}
}

// worked reports whether the last tick changed or stored that register of sums.
func (m *Machine) worked(row, vector int64) bool {
	return m.did.phase >= phaseLoad && m.did.r == row && m.did.v == vector
}

func (m *Machine) inTile(row, column int64) bool {
	p := m.at
	return p.phase >= phaseLoad && p.phase <= phaseStore && row >= p.row && row < p.row+m.tall && column >= p.column && column < p.column+m.width()
}

// finished reports whether an element's sum is complete and stored.
func (m *Machine) finished(row, column int64) bool {
	p := m.at
	switch {
	case p.phase == phaseDone:
		return true
	case p.from+m.depth() < m.k || column >= p.column+m.width():
		return false
	case column < p.column || row < p.row:
		return true
	}
	stored := p.r*m.vectors + p.v
	return p.phase == phaseStore && row < p.row+m.tall && (row-p.row)*m.vectors+(column-p.column)/m.lanes < stored
}

func (m *Machine) different() (n int64) {
	for i, v := range m.c {
		if math.Float32bits(v) != math.Float32bits(m.reference[i]) && m.finished(int64(i)/m.n, int64(i)%m.n) {
			n++
		}
	}
	return n
}

// last appends what the last tick did.
func (m *Machine) last(t []byte) []byte {
	p := m.did
	sum := span{"sum", p.r, p.v * m.lanes, m.lanes}
	panel := span{"panel", p.l, p.v * m.lanes, m.lanes}
	column, columns := p.column+p.v*m.lanes, m.columns(p)
	c := span{"c", p.row + p.r, column, columns}
	switch p.phase {
	case phasePack:
		return span{"b", p.from + p.l, column, columns}.append(append(panel.append(t), " = "...))
	case phaseLoad:
		t = append(sum.append(t), " = "...)
		if p.from == 0 && m.overwrite {
			return append(t, '0')
		}
		return c.append(t)
	case phaseMultiply:
		if m.arithmetic == twoSums && (p.from+p.l)%2 == 1 {
			sum.name = "odd"
		}
		t = append(sum.append(t), " += "...)
		t = span{"a", p.row + p.r, p.from + p.l, 1}.append(t)
		return panel.append(append(t, " * "...))
	case phaseStore:
		t = sum.append(append(c.append(t), " = "...))
		if m.arithmetic == twoSums {
			sum.name = "odd"
			t = sum.append(append(t, " + "...))
		}
		return t
	}
	return t
}

// span is some elements of a row.
type span struct {
	name             string
	row, from, count int64
}

func (s span) append(t []byte) []byte {
	t = append(strconv.AppendInt(append(append(t, s.name...), '['), s.row, 10), "]["...)
	t = strconv.AppendInt(t, s.from, 10)
	if s.count > 1 {
		t = strconv.AppendInt(append(t, '-'), s.from+s.count-1, 10)
	}
	return append(t, ']')
}
