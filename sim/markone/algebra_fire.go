package markone

import "math/bits"

// wires are the cords laid out twice: by sensory unit, for one card at a time,
// and by association unit, for many.
//
// One at a time, each association unit has a counter of 16 bits, four to a word,
// that starts at 2^14 less what the unit needs; each lit sensory unit adds to or
// takes from the counters of its cords; then bit 14 says who is active.
type wires struct {
	cord     []uint16 // association unit, with inverted where it is inhibited
	cordFrom [Points + 1]int32
	start    [counterWords]uint64
	count    [counterWords]uint64
	used     int // words of counters in use

	origin     []uint16 // of each unit's cords: sensory unit, with inverted where it inhibits
	originFrom []int32
	inhibitory []int32 // how many of them
}

const (
	counterWords = words * 16
	counterBias  = 1 << 14
	cordsMax     = counterBias/4 - 1 // of one association unit
)

// lay lays the cords of a board whose units need so many inputs.
func (w *wires) lay(b *Plugboard, need []int32) {
	w.cord = make([]uint16, 0, len(b.Plugs))
	w.inhibitory = make([]int32, b.Units)
	w.used = (b.Units + 63) / 64 * 16
	perUnit := make([][]uint16, b.Units)
	at := 0
	for s := range Points {
		w.cordFrom[s] = int32(len(w.cord))
		for ; at < len(b.Plugs) && int(b.Plugs[at].S) == s; at++ {
			a, cord := b.Plugs[at].A, b.Plugs[at].cord()
			w.inhibitory[a] += int32(cord >> 15)
			w.cord = append(w.cord, cord)
			perUnit[a] = append(perUnit[a], uint16(s)|cord&inverted)
		}
	}
	w.cordFrom[Points] = int32(len(w.cord))
	w.origin, w.originFrom = w.origin[:0], w.originFrom[:0]
	for _, list := range perUnit {
		w.originFrom = append(w.originFrom, int32(len(w.origin)))
		w.origin = append(w.origin, list...)
	}
	w.originFrom = append(w.originFrom, int32(len(w.origin)))
	w.bias(need)
}

// bias sets where the counters start. A unit that needs more than it could ever
// have is kept well below.
func (w *wires) bias(need []int32) {
	w.start = [counterWords]uint64{}
	for a, n := range need {
		from := counterBias - int64(min(max(n, -counterBias/2), counterBias/2))
		w.start[a>>2] |= uint64(from) << (a & 3 * 16)
	}
}

// fire finds the active units for a card.
func (w *wires) fire(c *Card, on *unitSet) {
	copy(w.count[:w.used], w.start[:w.used])
	for i, lit := range c {
		for ; lit != 0; lit &= lit - 1 {
			s := i<<6 | bits.TrailingZeros64(lit)
			for _, cord := range w.cord[w.cordFrom[s]:w.cordFrom[s+1]] {
				minus := -uint64(cord >> 15)
				one := uint64(1) << (cord & 3 * 16)
				w.count[cord>>2&(counterWords-1)] += one ^ minus - minus
			}
		}
	}
	for i := range w.used / 16 {
		on[i] = w.gather(i)
	}
}

// gather packs bit 14 of 64 counters.
func (w *wires) gather(word int) (set uint64) {
	for k, four := range w.count[word*16 : word*16+16] {
		four = four >> 14 & 0x0001000100010001
		set |= (four | four>>15 | four>>30 | four>>45) & 15 << (4 * k)
	}
	return set
}
