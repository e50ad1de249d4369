package markone

import (
	"math"

	"perceptarium/sim/rng"
)

// LevelMax is full illumination; 0 is darkness.
const LevelMax = 255

// Conductance of a photocell, in millionths of what a cell of mean sensitivity
// has under full light.
type Conductance = int64

const conductanceMax Conductance = 1_000_000

// What can be wrong with a photocell.
const (
	cellSound = iota
	cellDark  // its circuit says dark, whatever falls on it
	cellLit   // its circuit says lit
	cellWeak  // half its sensitivity
	cellFaults
)

const never = math.MaxInt64

// slowestLevel is the light below which a cell becomes no slower: twice its time
// constant under full light (Assumed).
const slowestLevel = 64

// retina is the field of photocells and their circuits. The conductance g of a
// cell runs toward a target that its light sets:
//
//	target = dark + (full - dark) * (level/255)^gamma * sensitivity
//	g(n)   = target + (from - target) * e^(-n/tau)        n ticks after the light changed
//	tau    = (rise or fall) * sqrt(256/(level+1)), at most twice as long
//
// Its circuit switches on where g rises above the upper threshold, off where it
// falls to the lower one. As g runs one way only while the light stays, there is
// at most one crossing; it is worked out when the light changes.
type retina struct {
	card    [Points]uint8 // what is on the card
	fault   [Points]uint8
	shutter bool          // the card is in view
	level   [Points]uint8 // light on each cell
	from    [Points]int32 // conductance when the light changed
	since   [Points]int64 // tick at which it changed
	lit     [Points]bool  // circuit's state

	deviate [Points]int64           // spread of sensitivity, Q16 (from the seed)
	rank    [Points]int32           // order in which cells are lost (from the seed)
	stuck   [Points]uint8           // fault, lost cells included
	sense   [Points]int64           // sensitivity, Q16
	base    Conductance             // in the dark
	rel     [LevelMax + 1]int64     // above it, of a mean cell
	rate    [2][LevelMax + 1]uint64 // decay of each tick to base 2, Q32: falling, rising
	on, off Conductance
	flipAt  [Points]int64
	next    int64 // the earliest of flipAt
	memo    [crossings]crossing
}

// crossing remembers how long a cell takes to a threshold: on a card of two
// levels most cells do the same.
type crossing struct {
	from   int32
	target int32
	level  uint8
	lit    bool
	known  bool
	ticks  int64
}

const crossings = 64

func (r *retina) drawCells(source rng.Source) {
	spread, lost := source.Stream("cell-spread"), source.Stream("cells-lost")
	for i := range r.deviate {
		r.deviate[i] = normal(&spread)
	}
	lost.Perm(r.rank[:])
}

// darken makes every cell sound and settled in darkness.
func (r *retina) darken(set *[settings]int64) {
	r.card, r.fault, r.shutter = [Points]uint8{}, [Points]uint8{}, false
	r.level, r.since, r.lit = [Points]uint8{}, [Points]int64{}, [Points]bool{}
	for i := range r.from {
		r.from[i] = int32(set[setDark])
	}
}

// trim works out what the settings make of the cells.
func (r *retina) trim(set *[settings]int64, clock, now int64) {
	r.base, r.rel[0] = set[setDark], 0
	for level := 1; level <= LevelMax; level++ {
		below := uint64(log2of(LevelMax) - log2of(uint64(level)))
		share := exp2neg(below * uint64(set[setGamma]) / 100)
		r.rel[level] = share * (conductanceMax - r.base) >> 30
	}
	for level := range r.rate[0] {
		speed16 := int64(isqrt(uint64(max(level, slowestLevel-1)+1) << 24))
		r.rate[0][level] = uint64(clock * (log2e32 * speed16 >> 16) / set[setFall])
		r.rate[1][level] = uint64(clock * (log2e32 * speed16 >> 16) / set[setRise])
	}
	grey := r.base + r.rel[set[setGrey]]
	r.on = grey + grey*set[setHysteresis]/2000
	r.off = grey - grey*set[setHysteresis]/2000
	for i := range r.sense {
		r.sense[i] = r.sensitivity(i, set)
		r.stuck[i] = r.fault[i]
		if int64(r.rank[i]) < set[setCellsLost]*Points/1000 {
			r.stuck[i] = cellDark
		}
	}
	r.memo = [crossings]crossing{}
	r.schedule(now)
}

// sensitivity is log-normal about 1, less toward the corners, half where the
// cell is weak.
func (r *retina) sensitivity(i int, set *[settings]int64) int64 {
	exponent := r.deviate[i] * set[setCellSpread] / 1000 * log2e32 >> 16 // Q32
	sense := int64(0)
	if exponent > 0 {
		sense = one16 * one30 / max(exp2neg(uint64(exponent)), 1)
	} else {
		sense = exp2neg(uint64(-exponent)) >> 14
	}
	row, col := int64(2*(i/Cols)-Rows+1), int64(2*(i%Cols)-Cols+1)
	corner := int64((Rows-1)*(Rows-1) + (Cols-1)*(Cols-1))
	sense -= sense * set[setVignette] * (row*row + col*col) / (1000 * corner)
	if r.fault[i] == cellWeak {
		sense /= 2
	}
	return min(sense, 64*one16)
}

func (r *retina) target(i int) Conductance {
	return r.base + (r.rel[r.level[i]]*r.sense[i])>>16
}

// conductance of cell i, n ticks after its light changed.
func (r *retina) conductance(i int, n int64) Conductance {
	return r.path(int64(r.from[i]), r.target(i), r.level[i], n)
}

// path is where a conductance stands n ticks after it left from.
func (r *retina) path(from, target Conductance, level uint8, n int64) Conductance {
	gap, rising := from-target, 0
	if gap < 0 {
		gap, rising = -gap, 1
	}
	x := r.rate[rising][level]
	if n > int64(settledAt/x) {
		return target
	}
	left := gap * exp2neg(uint64(n)*x) >> 30
	if rising == 1 {
		return target - left
	}
	return target + left
}

// settledAt is the exponent from which on exp2neg is 0, in Q32.
const settledAt = 31 << 32

// illuminate lets the card, or darkness, fall on the cells from this tick on. A
// cell whose light stays as it was runs on undisturbed.
func (r *retina) illuminate(now int64) {
	for i := range r.level {
		light := uint8(0)
		if r.shutter {
			light = r.card[i]
		}
		if light != r.level[i] {
			r.from[i] = int32(r.conductance(i, now-r.since[i]))
			r.since[i], r.level[i] = now, light
			r.flipAt[i] = r.flipOf(i, now)
		}
	}
	r.findNext()
}

// rebase notes where every cell stands, before a setting moves.
func (r *retina) rebase(now int64) {
	for i := range r.from {
		r.from[i] = int32(r.conductance(i, now-r.since[i]))
		r.since[i] = now
	}
}

// schedule works out when each cell's circuit will switch, as it stands now.
func (r *retina) schedule(now int64) {
	for i := range r.flipAt {
		r.flipAt[i] = r.flipOf(i, now)
	}
	r.findNext()
}

func (r *retina) findNext() {
	r.next = never
	for _, at := range r.flipAt {
		r.next = min(r.next, at)
	}
}

// flipOf is the tick after now at which the circuit of cell i will switch, or
// never.
func (r *retina) flipOf(i int, now int64) int64 {
	from, target := r.from[i], int32(r.target(i))
	if now != r.since[i] {
		return later(r.since[i], r.ticksTo(i, now-r.since[i]+1))
	}
	m := &r.memo[(uint32(from)*0x9e3779b1^uint32(target)*0x85ebca6b^uint32(r.level[i]))>>(32-6)]
	if !m.known || m.from != from || m.target != target || m.level != r.level[i] || m.lit != r.lit[i] {
		*m = crossing{from, target, r.level[i], r.lit[i], true, r.ticksTo(i, 1)}
	}
	return later(now, m.ticks)
}

func later(at, ticks int64) int64 {
	if ticks == never {
		return never
	}
	return at + ticks
}

// ticksTo counts the ticks from the change of light until the circuit of cell i
// switches, at least first. Only a cell that moves toward its threshold needs a
// search.
func (r *retina) ticksTo(i int, first int64) int64 {
	target := r.target(i)
	switch {
	case r.switches(i, first):
		return first
	case r.lit[i] && target > r.off, !r.lit[i] && target <= r.on:
		return never
	}
	rising := 1
	if r.lit[i] {
		rising = 0
	}
	lo, hi := first, int64(settledAt/r.rate[rising][r.level[i]])+1
	for hi-lo > 1 { // not at lo, yes at hi
		if mid := (lo + hi) / 2; r.switches(i, mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// switches reports whether the circuit of cell i would switch n ticks after its
// light changed.
func (r *retina) switches(i int, n int64) bool {
	g := r.conductance(i, n)
	if r.lit[i] {
		return g <= r.off
	}
	return g > r.on
}

// active reports whether sensory unit i is active: lit, or dark where the board
// is plugged for dark.
func (r *retina) active(i int, polarity int64) bool {
	lit := r.lit[i]
	switch r.stuck[i] {
	case cellDark:
		lit = false
	case cellLit:
		lit = true
	}
	return lit == (polarity == lightActive)
}
