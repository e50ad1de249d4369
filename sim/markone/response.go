package markone

import (
	"math/bits"

	"perceptarium/sim/rng"
)

// What can be wrong with a response unit.
const (
	responseSound = iota
	responseStuckOff
	responseStuckOn
	responseFaults
)

// none is the source-set of an association unit that feeds no response.
const none = 0xff

// responses are the response units: each sums the wipers of the active units of
// its source-set, and takes a state at the end of the integration:
//
//	signal >  dead zone: 1
//	signal < -dead zone: 0
//	else the state it had
//
// (default 8 of the dossier). A response without a source-set is 0.
type responses struct {
	units   int
	of      []uint8 // source-set that each association unit belongs to
	fault   [ResponsesMax]uint8
	state   uint64 // bit r: response r is 1
	total   [ResponsesMax]int64
	samples int64

	offset  [ResponsesMax]int64 // spread of the units' own signal, Q16 (from the seed)
	bias    [ResponsesMax]Arc
	sets    [ResponsesMax]unitSet
	size    [ResponsesMax]int64
	used    uint64 // responses that have a source-set
	forced0 uint64 // stuck
	forced1 uint64
}

func (r *responses) draw(source rng.Source) {
	st := source.Stream("response-offset")
	for i := range r.offset {
		r.offset[i] = normal(&st)
	}
}

// guess draws the states at power on: with exclusion one response is 1.
func (r *responses) guess(source rng.Source, exclusion bool) {
	st := source.Stream("responses")
	if exclusion {
		r.state = 1 << st.Below(int64(r.units))
	} else {
		r.state = st.Uint64()
	}
}

// trim sorts the association units into source-sets.
func (r *responses) trim(set *[settings]int64) {
	r.sets, r.size = [ResponsesMax]unitSet{}, [ResponsesMax]int64{}
	r.used, r.forced0, r.forced1 = 0, 0, 0
	for a, of := range r.of {
		if of == none {
			continue
		}
		r.sets[of].add(int32(a))
		r.size[of]++
		r.used |= 1 << of
	}
	for i := range r.units {
		r.bias[i] = arcsOf(set[setOffsetSpread]) * r.offset[i] >> 16
		switch r.fault[i] {
		case responseStuckOff:
			r.forced0 |= 1 << i
		case responseStuckOn:
			r.forced1 |= 1 << i
		}
	}
	r.state = r.settled(r.state)
}

// settled is what the lamps show of a state: faults, and responses without a
// source-set.
func (r *responses) settled(state uint64) uint64 {
	return (state&r.used&^r.forced0 | r.forced1) & (1<<r.units - 1)
}

// assign divides the association units into as many source-sets, one after the
// other; units left over feed none.
func assign(of []uint8, sets int) {
	size := len(of) / sets
	for a := range of {
		of[a] = none
		if a < size*sets {
			of[a] = uint8(a / size)
		}
	}
}

// judgement is what the decision of a response hangs on.
type judgement struct {
	mean      bool
	exclusion bool
	zone      Arc // half the dead zone
}

// decide returns the state that follows from signals that were summed over so
// many samples, with so many active units in each source-set.
func (r *responses) decide(j judgement, total *[ResponsesMax]int64, samples int64, active *[ResponsesMax]int64) uint64 {
	if j.exclusion {
		return r.settled(r.largest(j, total, samples, active))
	}
	state := r.state
	for i := range r.units {
		zone := j.zone * samples * divisor(j.mean, active[i])
		switch {
		case total[i] > zone:
			state |= 1 << i
		case total[i] < -zone:
			state &^= 1 << i
		}
	}
	return r.settled(state)
}

// divisor is what a mean network divides by.
func divisor(mean bool, active int64) int64 {
	if mean {
		return max(active, 1)
	}
	return 1
}

// largest gives the state in which only the response with the largest signal is
// 1: it must pass the dead zone and be alone at the top; else all hold.
func (r *responses) largest(j judgement, total *[ResponsesMax]int64, samples int64, active *[ResponsesMax]int64) uint64 {
	best, alone := -1, false
	for used := r.used; used != 0; used &= used - 1 {
		i := bits.TrailingZeros64(used)
		if best < 0 {
			best, alone = i, true
			continue
		}
		mine, top := total[i]*divisor(j.mean, active[best]), total[best]*divisor(j.mean, active[i])
		if mine > top {
			best = i
		}
		alone = mine > top || alone && mine < top
	}
	if best < 0 || !alone || total[best] <= j.zone*samples*divisor(j.mean, active[best]) {
		return r.state
	}
	return 1 << best
}
