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
// falls to the lower one. As g runs one way only while the light stays, the tick
// of the next crossing is worked out when the light changes, not looked for in
// every tick.
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
	settled [2][LevelMax + 1]int64  // ticks until nothing is left of the gap
	on, off Conductance
	flipAt  [Points]int64
	next    int64 // the earliest of flipAt
	memo    [crossings]crossing
	fader   fader
}

// crossing remembers how long a cell takes to a threshold: on a card of two
// levels, with cells alike, many do the same.
type crossing struct {
	from, target int32
	level        uint8
	lit, known   bool
	ticks        int64
}

const (
	crossings    = 1 << crossingBits
	crossingBits = 7
)

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
		for dir := range r.rate {
			r.settled[dir][level] = int64(settledAt/r.rate[dir][level]) + 1
		}
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
	if n >= r.settled[rising][level] {
		return target
	}
	left := gap * r.fader.share(uint64(n)*r.rate[rising][level]) >> 30
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
	r.next = never
	for i, old := range r.level {
		light := uint8(0)
		if r.shutter {
			light = r.card[i]
		}
		if light != old {
			r.relight(i, light, now)
		}
		r.next = min(r.next, r.flipAt[i])
	}
}

// relight changes the light on cell i.
func (r *retina) relight(i int, light uint8, now int64) {
	r.from[i] = int32(r.conductance(i, now-r.since[i]))
	r.since[i], r.level[i] = now, light
	r.flipAt[i] = r.flipOf(i, now)
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
// never: not where both ends of its way lie on the side on which it is.
func (r *retina) flipOf(i int, now int64) int64 {
	from, target := Conductance(r.from[i]), r.target(i)
	if r.lit[i] && from > r.off && target > r.off || !r.lit[i] && from <= r.on && target <= r.on {
		return never
	}
	ticks := int64(0)
	if now == r.since[i] {
		ticks = r.remembered(i, int32(target))
	} else {
		ticks = r.ticksTo(i, now-r.since[i]+1)
	}
	if ticks == never {
		return never
	}
	return r.since[i] + ticks
}

// remembered is ticksTo for a cell whose light has just changed.
func (r *retina) remembered(i int, target int32) int64 {
	key := uint32(r.from[i])*0x9e3779b1 ^ uint32(target)*0x85ebca6b ^ uint32(r.level[i])<<24
	m := &r.memo[key>>(32-crossingBits)]
	if !m.known || m.from != r.from[i] || m.target != target || m.level != r.level[i] || m.lit != r.lit[i] {
		*m = crossing{r.from[i], target, r.level[i], r.lit[i], true, r.ticksTo(i, 1)}
	}
	return m.ticks
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
	lo, hi := first, r.settled[truth(!r.lit[i])][r.level[i]]
	for hi-lo > 1 { // not at lo, yes at hi
		if mid := (lo + hi) / 2; r.switches(i, mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// flip switches the circuit of cell i at this tick. It stays as it is then where
// its target lies on the same side.
func (r *retina) flip(i int, now int64) {
	r.lit[i] = !r.lit[i]
	if target := r.target(i); r.lit[i] && target > r.off || !r.lit[i] && target <= r.on {
		r.flipAt[i] = never
	} else {
		r.flipAt[i] = r.flipOf(i, now)
	}
}

// heeded reports whether the circuit of cell i says what the cell sees.
func (r *retina) heeded(i int) bool { return r.stuck[i] == cellSound || r.stuck[i] == cellWeak }

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
	if !r.heeded(i) {
		lit = r.stuck[i] == cellLit
	}
	return lit == (polarity == lightActive)
}
