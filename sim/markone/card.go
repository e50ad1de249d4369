package markone

import "math/bits"

// cardWords are the words of a Card.
const cardWords = (Points + 63) / 64

// Card is what the sensory units see of a picture, a bit for each: unit s is bit
// s%64 of word s/64; the bits beyond the last unit are 0.
type Card [cardWords]uint64

// CardOf packs a picture of Rows x Cols levels of light, row by row: units above
// grey are active, as settled, ideal photocells see it.
func CardOf(levels []int64, grey int64) (c Card) {
	for s, level := range levels[:Points] {
		if level > grey {
			c.Light(s)
		}
	}
	return c
}

// Light makes sensory unit s active.
func (c *Card) Light(s int) { c[s>>6] |= 1 << (s & 63) }

// Lit reports whether sensory unit s is active.
func (c *Card) Lit(s int) bool { return c[s>>6]>>(s&63)&1 == 1 }

// Count counts the active units.
func (c *Card) Count() (n int) {
	for _, w := range c {
		n += bits.OnesCount64(w)
	}
	return n
}

// Invert makes active units inactive and the others active.
func (c *Card) Invert() {
	for i := range c {
		c[i] = ^c[i]
	}
	c[cardWords-1] &= 1<<(Points%64) - 1
}
