package markone

import "math/bits"

// Reinforce changes the values of the units that the last card made active, and
// under beta and gamma those of their source-sets, and returns how many
// source-sets were reinforced.
func (g *Algebra) Reinforce(want, care uint64) (sets int) {
	goal, todo := want, g.used&care
	switch g.config.Mode {
	case Spontaneous:
		goal, todo = g.state, g.used
	case Corrective:
		todo &= g.state ^ want
	}
	for ; todo != 0; todo &= todo - 1 {
		r := bits.TrailingZeros64(todo)
		dir := int64(-1)
		if goal>>r&1 == 1 {
			dir = 1
		} else if g.config.Monovalent {
			dir = 0
		}
		if dir != 0 || g.config.System == Beta {
			g.reinforce(r, dir)
			sets++
		}
	}
	return sets
}

// reinforce does one reinforcement of source-set r, in the direction dir; 0 is
// the off response of a monovalent machine, whose set the beta system feeds.
func (g *Algebra) reinforce(r int, dir int64) {
	all := &g.set[r]
	active, inactive := unitSet{}, unitSet{}
	size, count := int64(0), int64(0)
	for w := range all {
		active[w], inactive[w] = all[w]&g.on[w], all[w]&^g.on[w]
		size += int64(bits.OnesCount64(all[w]))
		count += int64(bits.OnesCount64(active[w]))
	}
	switch g.config.System {
	case Alpha:
		g.add(&active, dir*g.config.Ticks*g.config.Step)
	case Gamma:
		g.add(&active, dir*g.config.Ticks*g.config.Step)
		g.spread(r, &inactive, size-count, -dir*count)
	case Beta:
		if dir == 0 {
			g.spread(r, all, size, g.config.Feed)
		} else {
			g.spread(r, &active, count, dir*g.config.Feed)
		}
	}
}

// add changes the values of a set of units, within the stops.
func (g *Algebra) add(set *unitSet, by Arc) {
	for w, s := range set {
		for ; s != 0; s &= s - 1 {
			a := w<<6 | bits.TrailingZeros64(s)
			g.value[a] = min(max(g.value[a]+by, g.config.Lo), g.config.Hi)
		}
	}
}

// spread shares out what set r takes in, so many units of reinforcement in each
// tick, equally among n units. On paper each tick gives to each an n-th of what
// is there, in whole Arcs; with motors, which know one speed, all n run in a tick
// where there is enough for all. What is left stays for the next tick.
func (g *Algebra) spread(r int, set *unitSet, n, intake int64) {
	if n == 0 {
		return
	}
	unit, most := g.config.Step, int64(1<<62)
	if g.config.Motors {
		unit, most = 1, 1
	}
	left, by := g.balance[r], int64(0)
	for range g.config.Ticks {
		left += intake * unit
		each := min(max(left/n, -most), most)
		left -= each * n
		if g.config.Motors && g.config.System == Beta {
			left = min(max(left, -n), n)
		}
		if by != 0 && each != 0 && (by < 0) != (each < 0) {
			g.run(set, by)
			by = 0
		}
		by += each
	}
	g.balance[r] = left
	g.run(set, by)
}

// run adds what spread counted: ticks of a motor, or Arcs on paper.
func (g *Algebra) run(set *unitSet, by int64) {
	if g.config.Motors {
		by *= g.config.Step
	}
	g.add(set, by)
}

// Relax lets every value decay once.
func (g *Algebra) Relax() {
	if g.config.Decay == 0 {
		return
	}
	for a, v := range g.value {
		g.value[a] = v - divide(v*g.config.Decay, 1_000_000)
	}
}
