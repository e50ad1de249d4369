package core

// floatBytes is the size of a float32.
const floatBytes = 4

// Energies in femtojoules: an operation of 32-bit reals, and a byte, of which
// eight are read at once (Horowitz 2014, 45 nm, 0.9 V, as the fact sheet has
// it: history, section 35).
const (
	addFJ        = 900
	multiplyFJ   = 3700
	cacheByteFJ  = 10_000 / 8    // 10 pJ for 64 bits from 8 KiB of cache
	memoryByteFJ = 1_300_000 / 8 // 1,300 to 2,600 pJ for 64 bits from DRAM: the lower end
)

// tickPS is what a tick takes unless it is set: at 115 GFLOP/s, the peak that
// was measured on one core of a Zen 4 at 3.55 GHz, the 16 operations of a
// multiply-add on eight lanes take 139 ps.
const tickPS = 139

// counters is what the product has cost so far.
type counters struct {
	ticks, moves     int64
	vectorAdds, adds int64 // multiply-adds: instructions, and lanes that have a column
	memory, cached   int64 // bytes moved
}

// bound keeps every count within what a snapshot may hold. No product comes near
// it; a snapshot that says so may.
func (c *counters) bound() {
	c.ticks, c.moves = min(c.ticks, countMost), min(c.moves, countMost)
	c.vectorAdds, c.adds = min(c.vectorAdds, countMost), min(c.adds, countMost)
	c.memory, c.cached = min(c.memory, countMost), min(c.cached, countMost)
}

// touch counts elements that move between a register and memory, the first or
// last time, or else the cache.
func (m *Machine) touch(elements int64, memory bool) {
	if memory {
		m.memory += elements * floatBytes
	} else {
		m.cached += elements * floatBytes
	}
}

// energies returns what was spent so far, in femtojoules: on multiply-adds, of
// which idle lanes cost as much as the others, on the cache and on memory.
func (m *Machine) energies() (sums, cache, memory int64) {
	return m.vectorAdds * m.lanes * (addFJ + multiplyFJ), m.cached * cacheByteFJ, m.memory * memoryByteFJ
}
