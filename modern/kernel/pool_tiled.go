//go:build amd64 && !purego

package kernel

import (
	"math"
	"unsafe"
)

func maxPool(c *conv, y []float32, at []int32, x []float32, s *scratch) {
	if active == portable {
		maxPoolPortable(c, y, at, x)
		return
	}
	g := gridFor(c)
	in, best := room(&s.a, g.channel), room(&s.d, g.padded+8)
	if c.PadY == 0 && c.PadX == 0 {
		g.fill(in, x)
		g.clearSlack(in)
	} else {
		g.fillBorder(in, x, float32(math.NaN())) // which is never greater
	}
	found := room(&s.at, g.padded+8)
	t := tapPool{dst: &best[0], at: &found[0], x: &in[0], offs: &g.offs[0], places: &g.places[0], bases: &g.bases[0], taps: g.taps, vectors: g.padded / 8}
	if maxTapsAVX2(&t); t.none != 0 {
		maxPoolPortable(c, y, at, x)
		return
	}
	copyLines(y, c.outW, best, g.cols, c.outH)
	copyLines(asReals(at), c.outW, asReals(found), g.cols, c.outH)
}

// asReals is the same memory, to be copied.
func asReals(at []int32) []float32 { return elements((*float32)(unsafe.Pointer(&at[0])), len(at)) }

// clearSlack makes what lies behind the phases numbers.
func (g *grid) clearSlack(dst []float32) {
	for p := range g.phasesY * g.phasesX {
		clear(dst[p*g.phase+g.rows*g.cols : (p+1)*g.phase])
	}
}

func avgPool(c *conv, y, x []float32, s *scratch) {
	if active == portable {
		avgPoolPortable(c, y, x)
		return
	}
	g := gridFor(c)
	in, sum := room(&s.a, g.channel), room(&s.d, g.padded+8)
	g.fill(in, x)
	sumTapsAVX2(&tapPool{dst: &sum[0], x: &in[0], offs: &g.offs[0], taps: g.taps, vectors: g.padded / 8})
	copyLines(y, c.outW, sum, g.cols, c.outH)
	quotientAVX2(&stream{n: len(y), p: [6]*float32{ptr(y), ptr(y)}, c: [8]float32{float32(c.KH * c.KW)}})
}

// avgPoolGrad adds the last tap first: so each element gets what the places
// give in their order.
func avgPoolGrad(c *conv, dx, dy []float32, s *scratch) {
	if active == portable {
		avgPoolGradPortable(c, dx, dy)
		return
	}
	g := gridFor(c)
	out, share, given := room(&s.a, g.channel), room(&s.b, len(dy)), room(&s.d, g.back.pitch+16)
	quotientAVX2(&stream{n: len(dy), p: [6]*float32{ptr(share), ptr(dy)}, c: [8]float32{float32(c.KH * c.KW)}})
	g.lay(given[g.back.margin:], share)
	for i := range g.back.phases {
		same := g.back.phases[i].reversed
		g.addPhase(out[i*g.phase:], given, same, same)
	}
	clear(dx)
	g.gather(dx, out)
}
