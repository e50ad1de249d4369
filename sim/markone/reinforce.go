package markone

import (
	"math/bits"

	"perceptarium/sim/rng"
)

// What the reinforcement does with a source-set.
const (
	driveNone = iota
	driveUp   // active units gain
	driveDown // active units lose
	driveFeed // beta: the whole set takes part in the constant feed
)

// reinforcer is the reinforcement control. At the start of a reinforcement it
// decides for each response what becomes of its source-set; then, tick by tick,
// it energises motors:
//
//	alpha  active units run in the set's direction
//	beta   a set takes in a constant feed, shared out among its active units, or
//	       among all its units where the response is off and monovalent
//	gamma  active units run in the set's direction, the inactive ones back with
//	       the duty N_ar/(N_Ar - N_ar) (default 15 of the dossier)
//
// Motors know one speed. What a set has taken in and not yet shared out, or
// gained and not yet taken back, is its balance; it is carried from tick to tick
// and from pulse to pulse, so that on the whole nothing is lost.
type reinforcer struct {
	on      bool
	drive   [ResponsesMax]uint8
	balance [ResponsesMax]Arc // on paper in Arcs; with motors in ticks of one motor
	signs   unitSet           // random-sign: units that go up
	chance  rng.Stream

	order    []int32 // units by source-set, in each the active ones first
	from, to [ResponsesMax]int32
	end      [ResponsesMax]int32
	stale    bool // order is not what the units are now
}

// choose decides what becomes of each source-set, for wanted and actual
// responses; wanted is -1 where nothing is.
func (f *reinforcer) choose(set *[settings]int64, r *responses, wanted *[ResponsesMax]int8) {
	for i := range r.units {
		f.drive[i] = driveNone
		on := r.state>>i&1 == 1
		aim := wanted[i] == 1
		switch {
		case r.used>>i&1 == 0:
			continue
		case set[setMode] == modeSpontaneous:
			aim = on
		case wanted[i] < 0, set[setMode] == modeCorrective && aim == on:
			continue
		}
		f.drive[i] = driveOf(aim, set)
	}
}

func driveOf(aim bool, set *[settings]int64) uint8 {
	switch {
	case aim:
		return driveUp
	case set[setValence] == bivalent:
		return driveDown
	case set[setSystem] == systemBeta:
		return driveFeed
	}
	return driveNone
}

// idle reports whether no set is to be reinforced.
func (f *reinforcer) idle() bool { return f.drive == [ResponsesMax]uint8{} }

// sets counts the source-sets that are reinforced.
func (f *reinforcer) sets() (n int64) {
	for _, d := range f.drive {
		if d != driveNone {
			n++
		}
	}
	return n
}

// begin starts a reinforcement.
func (f *reinforcer) begin(set *[settings]int64) {
	f.on, f.stale = true, true
	if set[setCorrection] == randomSign {
		for w := range f.signs {
			f.signs[w] = f.chance.Uint64()
		}
	}
}

// finish ends it.
func (f *reinforcer) finish() {
	f.on = false
	f.drive = [ResponsesMax]uint8{}
}

// gate is the set of units that the responses' gates let through.
func (f *reinforcer) gate(r *responses) (open unitSet) {
	for i := range r.units {
		if f.drive[i] == driveUp {
			for w := range open {
				open[w] |= r.sets[i][w]
			}
		}
	}
	return open
}

// arrange lists the units of each source-set, the active ones first.
func (f *reinforcer) arrange(r *responses, active *unitSet) {
	f.order, f.stale = f.order[:0], false
	for i := range r.units {
		f.from[i] = int32(len(f.order))
		for w := range active {
			f.list(w, r.sets[i][w]&active[w])
		}
		f.to[i] = int32(len(f.order))
		for w := range active {
			f.list(w, r.sets[i][w]&^active[w])
		}
		f.end[i] = int32(len(f.order))
	}
}

func (f *reinforcer) list(w int, set uint64) {
	for ; set != 0; set &= set - 1 {
		f.order = append(f.order, int32(w*64+bits.TrailingZeros64(set)))
	}
}

// run reinforces for one tick.
func (f *reinforcer) run(set *[settings]int64, p *pots, units int) {
	for i := range units {
		active, inactive := f.order[f.from[i]:f.to[i]], f.order[f.to[i]:f.end[i]]
		dir := int64(1)
		switch f.drive[i] {
		case driveNone:
			continue
		case driveDown:
			dir = -1
		case driveFeed:
			f.feed(p, i, set[setFeed], f.order[f.from[i]:f.end[i]])
			continue
		}
		switch {
		case set[setCorrection] == randomSign:
			f.scatter(p, active)
		case set[setSystem] == systemBeta:
			f.feed(p, i, dir*set[setFeed], active)
		case set[setSystem] == systemGamma:
			p.give(active, dir)
			f.share(p, i, -dir*int64(len(active)), inactive)
		default:
			p.give(active, dir)
		}
	}
}

func (f *reinforcer) scatter(p *pots, active []int32) {
	for i, a := range active {
		by := int64(-1)
		if f.signs.has(a) {
			by = 1
		}
		p.give(active[i:i+1], by)
	}
}

// feed shares out the constant feed of the beta system. What motors at their one
// speed cannot take in is lost.
func (f *reinforcer) feed(p *pots, i int, units int64, list []int32) {
	f.share(p, i, units, list)
	if n := int64(len(list)); p.analogue {
		f.balance[i] = min(max(f.balance[i], -n), n)
	}
}

// share adds to the balance of set i, and hands out to the units of list, each
// the same, what the balance allows: with motors a whole tick up or down, on
// paper the balance itself.
func (f *reinforcer) share(p *pots, i int, units int64, list []int32) {
	n := int64(len(list))
	if n == 0 {
		return
	}
	if p.analogue {
		f.balance[i] += units
		by := min(max(f.balance[i]/n, -1), 1)
		f.balance[i] -= by * n
		if by != 0 {
			p.give(list, by)
		}
		return
	}
	f.balance[i] += units * unitArcs
	by := f.balance[i] / n
	f.balance[i] -= by * n
	if by != 0 {
		p.add(list, by)
	}
}

// give lets the units of list gain or lose one tick of their motors; on paper,
// one unit of reinforcement.
func (p *pots) give(list []int32, dir int64) {
	if p.analogue {
		p.energise(list, int8(dir))
		return
	}
	p.add(list, dir*unitArcs)
}

// add changes values on paper.
func (p *pots) add(list []int32, by Arc) {
	dir := int8(1)
	if by < 0 {
		dir = -1
	}
	for _, a := range list {
		p.motor[a] = dir
		if !p.jam[a] {
			p.shaft[a] = min(max(p.shaft[a]+by, p.lo), p.hi)
		}
	}
}

func (f *reinforcer) reset(source rng.Source) {
	f.on, f.drive, f.balance, f.signs = false, [ResponsesMax]uint8{}, [ResponsesMax]Arc{}, unitSet{}
	f.chance = source.Stream("signs")
}
