// Package core is the tensor core as a machine that one can watch: a small
// matrix product, the way modern/kernel computes it, one multiply-add at a time.
//
// One tick is one vector instruction of the micro-kernel. While it multiplies,
// that is one multiply-add on all lanes of a register; before that, one vector
// of b is packed into the panel, or one register of sums is loaded; after it,
// one register of sums is stored.
//
//	b [k][n] -> panel [k][tile columns] -> vector ----.
//	a [m][k] ----------------------------> broadcast -> sum [tile rows][tile columns] -> c [m][n]
//
// A tile of c stays in registers while k runs: for each k the vectors of one row
// of the panel are multiplied by one element of a, broadcast to all lanes, and
// added to one row of sums. The lanes run along columns of c, never along k, so
// that each element's sum is taken in order, whatever the number of lanes: the
// third sentence of the arithmetic law. The control arithmetic breaks that
// sentence in two usual ways, and the probe different counts what comes of it.
//
// Sources: docs/arithmetic.md and modern/kernel; M. Horowitz, Computing's energy
// problem, ISSCC 2014, for energies; our own measurement for the time.
// Omitted: the second level of blocks, masks of edge tiles as registers, latency
// and the overlap of instructions, caches as such.
package core

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/sim"
)

// SizeMax is the most rows, columns and k of a product that is watched.
const SizeMax = 64

// The phases of the work.
const (
	phaseReady    = iota // nothing was done yet
	phasePack            // a vector of b goes to the panel
	phaseLoad            // a register of sums is loaded from c, or cleared
	phaseMultiply        // a multiply-add
	phaseStore           // a register of sums goes to c
	phaseDone
	phases
)

var phaseNames = []string{"ready", "pack", "load", "multiply", "store", "done"}

// The positions of the control arithmetic.
const (
	byLaw    = iota // k in order, one rounding for each multiply-add
	twoRound        // the product is rounded before it is added
	twoSums         // even and odd k are summed apart and added at the end
	arithmetics
)

var arithmeticNames = []string{"law", "two-roundings", "two-sums"}

// shape is what a machine is made with.
type shape struct {
	m, n, k       int64
	lanes         int64 // floats in a register
	tall, vectors int64 // a tile is tall rows of so many registers
}

// width is the columns of a tile.
func (s *shape) width() int64 { return s.lanes * s.vectors }

// place is where the work stands.
type place struct {
	phase       int64
	from        int64 // first k of the block at hand
	row, column int64 // first of the tile
	l, r, v     int64 // within the block, the rows of the tile, the vectors of a row
}

// state is what a snapshot holds.
type state struct {
	// What the operator sets.
	a, b       []float32 // [m][k], [k][n]
	overwrite  bool
	block      int64 // k of one block; 0 is the whole
	arithmetic int64
	tickPS     int64 // picoseconds that a tick takes

	// The memory and the registers.
	c, origin []float32 // [m][n]: now, and when the product began
	panel     []float32 // [k][width]
	sum, odd  []float32 // [tall][width]; odd is used by two-sums only
	vector    []float32 // [width]: a row of the panel
	broadcast []float32 // [lanes]

	at, did place // the tick that comes, and the last one
	counters
}

// Machine is a product under way.
type Machine struct {
	sheet *sim.Sheet
	shape
	filled [3][]float32 // a, b and c as files say, or nil
	state

	reference []float32 // what kernel.Gemm makes of a, b and origin; never saved
}

// depth is the k of the block at hand.
func (m *Machine) depth() int64 {
	if m.block == 0 {
		return m.k
	}
	return min(m.block, m.k-m.at.from)
}

// tileRows and tileVectors are what of a tile lies within c.
func (m *Machine) tileRows(p place) int64 { return min(m.tall, m.m-p.row) }
func (m *Machine) tileVectors(p place) int64 {
	return min(m.vectors, (m.n-p.column+m.lanes-1)/m.lanes)
}

// columns is how many lanes of a vector at p have a column of c.
func (m *Machine) columns(p place) int64 { return min(m.lanes, m.n-p.column-p.v*m.lanes) }

// begin starts the product over, with c as it stands.
func (m *Machine) begin() {
	s := &m.state
	for _, list := range [][]float32{s.panel, s.sum, s.odd, s.vector, s.broadcast} {
		clear(list)
	}
	s.at, s.did = place{phase: phasePack}, place{}
	s.counters = counters{}
	copy(s.origin, s.c)
	m.refer()
}

// refer asks the kernel for the result.
func (m *Machine) refer() {
	copy(m.reference, m.origin)
	op := kernel.Op(0)
	if m.overwrite {
		op = kernel.Overwrite
	}
	rows, columns, k := int(m.m), int(m.n), int(m.k)
	kernel.Gemm(op, rows, columns, k, m.a, k, m.b, columns, m.reference, columns)
}

// tick is one vector instruction.
func (m *Machine) tick() {
	p := m.at
	switch p.phase {
	case phasePack:
		m.pack(p)
	case phaseLoad:
		m.load(p)
	case phaseMultiply:
		m.multiply(p)
	case phaseStore:
		m.store(p)
	default:
		return
	}
	m.did = p
	m.ticks++
	m.counters.bound()
	m.advance()
}

// pack copies one vector of b to the panel; lanes beyond its last column get 0.
func (m *Machine) pack(p place) {
	to := m.panel[p.l*m.width()+p.v*m.lanes:][:m.lanes]
	clear(to)
	from := (p.from+p.l)*m.n + p.column + p.v*m.lanes
	copy(to, m.b[from:from+m.columns(p)])
	m.moves++
	m.memory += m.columns(p) * floatBytes
	m.cached += m.lanes * floatBytes
}

// load fetches one register of sums, or clears it.
func (m *Machine) load(p place) {
	sum := m.register(m.sum, p)
	clear(sum)
	clear(m.register(m.odd, p))
	m.moves++
	if p.from == 0 && m.overwrite {
		return
	}
	copy(sum, m.row(m.c, p))
	m.touch(m.columns(p), p.from == 0)
}

// multiply is one multiply-add: a row of sums gains a vector of the panel times
// one element of a.
func (m *Machine) multiply(p place) {
	vector := m.vector[p.v*m.lanes:][:m.lanes]
	if p.r == 0 {
		copy(vector, m.panel[p.l*m.width()+p.v*m.lanes:])
		m.cached += m.lanes * floatBytes
	}
	if p.v == 0 {
		m.spread(m.a[(p.row+p.r)*m.k+p.from+p.l])
		m.touch(1, p.column == 0)
	}
	m.accumulate(p, m.register(m.sum, p), vector)
	m.vectorAdds++
	m.adds += m.columns(p)
}

// spread puts one element of a into every lane.
func (m *Machine) spread(v float32) {
	for i := range m.broadcast {
		m.broadcast[i] = v
	}
}

// accumulate is the arithmetic of one multiply-add.
func (m *Machine) accumulate(p place, sum, vector []float32) {
	if m.arithmetic == twoSums && (p.from+p.l)%2 == 1 {
		sum = m.register(m.odd, p)
	}
	for i, b := range vector {
		if m.arithmetic == twoRound {
			sum[i] += float32(m.broadcast[i] * b)
		} else {
			sum[i] = f32.FMA(m.broadcast[i], b, sum[i])
		}
	}
}

// store puts one register of sums into c; lanes beyond the last column stay
// behind.
func (m *Machine) store(p place) {
	sum := m.register(m.sum, p)
	if m.arithmetic == twoSums {
		for i, odd := range m.register(m.odd, p) {
			sum[i] += odd
		}
	}
	copy(m.row(m.c, p), sum)
	m.moves++
	m.touch(m.columns(p), p.from+m.depth() == m.k)
}

// register is the register of a tile at p.
func (m *Machine) register(list []float32, p place) []float32 {
	return list[p.r*m.width()+p.v*m.lanes:][:m.lanes]
}

// row is what of an m x n matrix belongs to the register at p.
func (m *Machine) row(list []float32, p place) []float32 {
	return list[(p.row+p.r)*m.n+p.column+p.v*m.lanes:][:m.columns(p)]
}

// advance goes to the next place.
func (m *Machine) advance() {
	p := &m.at
	if p.v++; p.v < m.tileVectors(*p) {
		return
	}
	p.v = 0
	if p.phase == phasePack {
		if p.l++; p.l == m.depth() {
			p.l, p.phase = 0, phaseLoad
		}
		return
	}
	if p.r++; p.r < m.tileRows(*p) {
		return
	}
	p.r = 0
	switch p.phase {
	case phaseLoad:
		p.phase = phaseMultiply
	case phaseMultiply:
		if p.l++; p.l == m.depth() {
			p.l, p.phase = 0, phaseStore
		}
	case phaseStore:
		m.nextTile(p)
	}
}

// nextTile goes down the rows, then to the next columns, then to the next block
// of k.
func (m *Machine) nextTile(p *place) {
	p.phase = phaseLoad
	if p.row += m.tall; p.row < m.m {
		return
	}
	p.row, p.phase = 0, phasePack
	if p.column += m.width(); p.column < m.n {
		return
	}
	p.column = 0
	if p.from += m.depth(); p.from == m.k {
		p.from, p.phase = 0, phaseDone
	}
}
