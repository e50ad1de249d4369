package markone

import (
	"slices"

	"perceptarium/sim/rng"
)

// What can be wrong with an association unit.
const (
	unitSound    = iota
	unitDead     // never active
	unitStuck    // always active
	unitDrifting // its threshold wanders
	unitFaults
)

// driftTicks is how often a drifting threshold moves: each second at the clock
// of 10 ms (Assumed).
const driftTicks = 100

// words are the words of a set of association units.
const words = (UnitsMax + 63) / 64

// unitSet is a set of association units, 64 to a word.
type unitSet [words]uint64

func (s *unitSet) has(a int32) bool { return s[a>>6]>>(a&63)&1 == 1 }

func (s *unitSet) add(a int32) { s[a>>6] |= 1 << (a & 63) }

// association is the layer of association units: a is active iff its lit
// excitatory origins less its lit inhibitory ones reach its threshold (P: 1957,
// 1958). Half an input below theta stands the threshold itself, so that small
// errors of it change nothing (Assumed).
type association struct {
	board Plugboard // as plugged
	fault []uint8
	drift []int32 // wandering of each threshold, in thousandths of one input
	walk  rng.Stream

	error []int64 // of each threshold, in standard deviations, Q16 (from the seed)
	rank  []int32 // order in which units are lesioned (from the seed)
	need  []int32 // inputs that make the unit active
	count []int32 // inputs it has
	on    unitSet // active units

	cord                  []uint16 // unit at the end of each cord, with inverted where it inhibits
	cordFrom              [Points + 1]int32
	drifting              bool // some unit drifts
	seedOfCords           rng.Source
	missing, wrong, stray int64 // the settings of faulty cords
}

func (l *association) draw(source rng.Source) {
	spread, lesion := source.Stream("threshold-spread"), source.Stream("lesion")
	for i := range l.error {
		l.error[i] = normal(&spread)
	}
	lesion.Perm(l.rank)
	l.seedOfCords = source
}

// mend makes every unit sound.
func (l *association) mend() {
	clear(l.fault)
	clear(l.drift)
}

// trimUnits works out how many inputs each unit needs.
func (l *association) trimUnits(set *[settings]int64) {
	l.drifting = false
	for a := range l.need {
		l.trimUnit(a, set)
		l.drifting = l.drifting || l.fault[a] == unitDrifting
	}
	l.settle()
}

func (l *association) trimUnit(a int, set *[settings]int64) {
	threshold := set[setTheta]*1000 - 500 + l.error[a]*set[setThresholdSpread]>>16 + int64(l.drift[a])
	l.need[a] = int32(ceilDiv(threshold, 1000))
	switch {
	case l.fault[a] == unitDead, int64(l.rank[a]) < set[setLesion]*int64(len(l.need))/1000:
		l.need[a] = neverActive
	case l.fault[a] == unitStuck:
		l.need[a] = -neverActive
	}
}

const neverActive = 1 << 30

func ceilDiv(a, b int64) int64 {
	q := a / b
	if a%b > 0 {
		q++
	}
	return q
}

// wander moves the thresholds of the drifting units by one step up or down.
func (l *association) wander(set *[settings]int64) {
	for a := range l.fault {
		if l.fault[a] != unitDrifting {
			continue
		}
		step := int32(set[setDriftStep])
		if l.walk.Bool() {
			step = -step
		}
		l.drift[a] = min(max(l.drift[a]+step, -driftMax), driftMax)
		l.trimUnit(a, set)
	}
	l.settle()
}

const driftMax = 100_000 // Assumed: a hundred inputs

// settle finds the active units.
func (l *association) settle() {
	count := l.count[:len(l.need)]
	for w := range l.on {
		set := uint64(0)
		from := min(w*64, len(count))
		to := min(from+64, len(count))
		for i, need := range l.need[from:to] {
			set |= uint64(uint32(need-1-count[from+i])>>31) << i
		}
		l.on[w] = set
	}
}

// inverted marks a cord that inhibits.
const inverted = 1 << 15

// flip tells the units that a sensory unit has become active, or inactive.
func (l *association) flip(s int, active bool) {
	up := int32(-1)
	if active {
		up = 1
	}
	for _, cord := range l.cord[l.cordFrom[s]:l.cordFrom[s+1]] {
		minus := -int32(cord >> 15)
		l.count[cord&^inverted] += up ^ minus - minus
	}
}

// compile lays the cords out by sensory unit, with the faults of the cords.
func (l *association) compile(set *[settings]int64) {
	l.missing, l.wrong, l.stray = set[setPlugsMissing], set[setPlugsSwapped], set[setPlugsShifted]
	l.cord = l.cord[:0]
	at, twin := 0, 0
	for s := range Points {
		l.cordFrom[s] = int32(len(l.cord))
		for ; at < len(l.board.Plugs) && int(l.board.Plugs[at].S) == s; at++ {
			twin++
			if at == 0 || l.board.Plugs[at] != l.board.Plugs[at-1] {
				twin = 0
			}
			if p, ok := l.endOf(l.board.Plugs[at], twin); ok {
				l.cord = append(l.cord, p.cord())
			}
		}
	}
	l.cordFrom[Points] = int32(len(l.cord))
}

// cord packs the far end of a plug.
func (p Plug) cord() uint16 {
	if p.Sign < 0 {
		return uint16(p.A) | inverted
	}
	return uint16(p.A)
}

// endOf is a plug as its faults leave it. What may befall a cord hangs on the
// seed and on its two ends, so that pulling one cord does not move the faults of
// the others.
func (l *association) endOf(p Plug, twin int) (Plug, bool) {
	if l.missing+l.wrong+l.stray == 0 {
		return p, true
	}
	key := (int(p.S)*UnitsMax+int(p.A))*4 + int(p.Sign) + 1 + twin<<24
	chance := l.seedOfCords.Index("cords", key)
	missing, wrong, stray := chance.Below(1000), chance.Below(1000), chance.Below(1000)
	if missing < l.missing {
		return p, false
	}
	if wrong < l.wrong {
		p.Sign = -p.Sign
	}
	if stray < l.stray {
		p.A = int16((int(p.A) + 1) % l.board.Units)
	}
	return p, true
}

// recount counts the inputs of all units anew.
func (l *association) recount(active func(s int) bool) {
	clear(l.count)
	for s := range Points {
		if active(s) {
			l.flip(s, true)
		}
	}
	l.settle()
}

// pull takes a cord out of the board and reports whether it was there.
func (l *association) pull(p Plug) bool {
	i := slices.Index(l.board.Plugs, p)
	if i < 0 {
		return false
	}
	l.board.Plugs = slices.Delete(l.board.Plugs, i, i+1)
	return true
}

// effective is the board as its faulty cords leave it.
func (l *association) effective() *Plugboard {
	b := &Plugboard{Units: l.board.Units}
	for s := range Points {
		for _, cord := range l.cord[l.cordFrom[s]:l.cordFrom[s+1]] {
			b.Plugs = append(b.Plugs, Plug{int16(s), int16(cord &^ inverted), 1 - int8(cord>>15)*2})
		}
	}
	b.Sort()
	return b
}
