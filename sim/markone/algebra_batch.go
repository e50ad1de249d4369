package markone

import "math/bits"

// lanes are the cards that are answered at once: one for each bit of a word.
const lanes = 64

// seenWords is room for a word for each sensory unit: a power of two, so that an
// index is kept within by a mask.
const seenWords = 512

// batch is the memory of Batch.
type batch struct {
	seen   [seenWords]uint64 // sensory units, a card in each bit
	total  [ResponsesMax][lanes]int64
	active [ResponsesMax][lanes]int64
}

// Batch shows the cards one after the other, with the values held, and fills out
// with the responses to each: the same as Present would say, 64 cards at a time.
// It forgets which units the last card made active. out must be as long as cards.
func (g *Algebra) Batch(cards []Card, out []uint64) {
	if len(out) != len(cards) {
		panic("markone: Batch needs room for as many responses as cards")
	}
	for len(cards) > 0 {
		n := min(len(cards), lanes)
		g.answer(cards[:n], out[:n])
		cards, out = cards[n:], out[n:]
	}
	g.on = unitSet{}
}

func (g *Algebra) answer(cards []Card, out []uint64) {
	b := &g.batch
	b.turn(cards)
	for used := g.used; used != 0; used &= used - 1 {
		r := bits.TrailingZeros64(used)
		b.total[r], b.active[r] = [lanes]int64{}, [lanes]int64{}
	}
	there := ^uint64(0) >> (lanes - len(cards))
	for a := range g.units {
		if !g.wired.has(int32(a)) {
			continue
		}
		on := g.wires.fires(a, g.need[a], &b.seen) & there
		r := g.config.Of[a] & (ResponsesMax - 1)
		if v := g.value[a]; v != 0 {
			total := &b.total[r]
			for set := on; set != 0; set &= set - 1 {
				total[bits.TrailingZeros64(set)] += v
			}
		}
		if g.config.Mean {
			for set := on; set != 0; set &= set - 1 {
				b.active[r][bits.TrailingZeros64(set)]++
			}
		}
	}
	for lane := range out {
		out[lane] = g.decideLane(lane)
	}
}

// decideLane is the state of the responses after one card of a batch.
func (g *Algebra) decideLane(lane int) uint64 {
	var total, active [ResponsesMax]int64
	for r := range g.config.Responses {
		total[r], active[r] = g.batch.total[r][lane], g.batch.active[r][lane]
	}
	g.state = g.decide(&total, &active)
	return g.state
}

// turn turns up to 64 cards about: a word for each sensory unit, a bit for each
// card. Cards that are missing are dark.
func (b *batch) turn(cards []Card) {
	for w := range cardWords {
		square := (*[64]uint64)(b.seen[w*64:])
		for i := range square {
			square[i] = 0
			if i < len(cards) {
				square[i] = cards[i][w]
			}
		}
		transpose(square)
	}
}

// transpose turns a square of 64 x 64 bits about its diagonal, by halves: the
// off-diagonal blocks of 32 x 32 change places, then of 16 x 16, and so on.
func transpose(m *[64]uint64) {
	mask := uint64(0x00000000ffffffff)
	for j := 32; j != 0; j, mask = j>>1, mask^mask<<(j>>1) {
		for k := 0; k < 64; k = (k + j + 1) &^ j {
			t := (m[k]>>j ^ m[k+j]) & mask
			m[k] ^= t << j
			m[k+j] ^= t
		}
	}
}

// fires finds for 64 cards at once whether a unit is active. Its excitatory
// origins count where they are lit, its inhibitory ones where they are dark; so
// the unit is active iff the count reaches what it needs and the number of its
// inhibitory origins. The count of each card stands upright in its lane: bit k
// in word k.
func (w *wires) fires(a int, need int32, seen *[seenWords]uint64) uint64 {
	origins := w.origin[w.originFrom[a]:w.originFrom[a+1]]
	goal := int64(need) + int64(w.inhibitory[a])
	switch {
	case goal <= 0:
		return ^uint64(0)
	case goal > int64(len(origins)):
		return 0
	case len(origins) < 16:
		return atLeast16(origins, uint64(goal), seen)
	}
	return atLeast(origins, uint64(goal), seen)
}

// atLeast16 finds the lanes in which at least goal of fewer than 16 origins
// count.
func atLeast16(origins []uint16, goal uint64, seen *[seenWords]uint64) uint64 {
	var p0, p1, p2, p3 uint64
	for len(origins) >= 2 {
		u, v := origin(origins[0], seen), origin(origins[1], seen)
		origins = origins[2:]
		x := u ^ v
		c := p0&x | u&v
		p0 ^= x
		c, p1 = p1&c, p1^c
		c, p2 = p2&c, p2^c
		p3 ^= c
	}
	if len(origins) == 1 {
		c := origin(origins[0], seen)
		c, p0 = p0&c, p0^c
		c, p1 = p1&c, p1^c
		c, p2 = p2&c, p2^c
		p3 ^= c
	}
	reached := ^uint64(0)
	for _, p := range [...]uint64{p0, p1, p2, p3} {
		reached = reach(p, reached, goal&1 == 1)
		goal >>= 1
	}
	return reached
}

// planesMax is enough to count cordsMax.
const planesMax = 13

// atLeast is atLeast16 for any number of origins up to cordsMax.
func atLeast(origins []uint16, goal uint64, seen *[seenWords]uint64) uint64 {
	var p [planesMax]uint64
	planes := bits.Len(uint(len(origins)))
	for _, o := range origins {
		c := origin(o, seen)
		for k := 0; k < planes && c != 0; k++ {
			c, p[k] = p[k]&c, p[k]^c
		}
	}
	reached := ^uint64(0)
	for k := range planes {
		reached = reach(p[k], reached, goal>>k&1 == 1)
	}
	return reached
}

// reach goes on from lower bits to the next one: lanes whose count is at least
// the goal, in the bits so far.
func reach(p, lower uint64, goalBit bool) uint64 {
	if goalBit {
		return p & lower
	}
	return p | lower
}

// origin is what counts of one origin.
func origin(o uint16, seen *[seenWords]uint64) uint64 {
	v := seen[o&(seenWords-1)]
	if o&inverted != 0 {
		return ^v
	}
	return v
}
