//go:build amd64 && !purego

package kernel

import "slices"

// backward is how the elements of a phase are added up from what each tap
// gives to the places: seen from element e, what tap t gave it belongs to place
// e-offs[t]. What a tap gives is laid out by places, with room before and
// behind; inside is ones for the places that mean something, so that the others
// count as +0, which changes no sum that began with +0.
type backward struct {
	margin int // elements before the first place
	pitch  int // elements from one tap to the next
	cells  int // elements of a phase, up to pairs of vectors
	inside []int32
	phases []phaseTaps
}

// phaseTaps is the taps that see a phase, in their order: bytes from the first
// element to what the tap gave, and to the place in inside; and the latter in
// the reverse order.
type phaseTaps struct{ srcs, insides, reversed []int }

func newBackward(g *grid) backward {
	b := backward{cells: (g.rows*g.cols + 15) &^ 15, phases: make([]phaseTaps, g.phasesY*g.phasesX)}
	b.margin = (g.rows-g.outH)*g.cols + g.cols - g.outW
	b.pitch = b.margin + max(b.cells, g.padded) + 8
	b.inside = make([]int32, b.pitch)
	for p := range g.run {
		if p%g.cols < g.outW {
			b.inside[b.margin+p] = -1
		}
	}
	for t := range g.KH * g.KW {
		at := g.offs[t] / 4
		p := &b.phases[at/g.phase]
		p.insides = append(p.insides, 4*(b.margin-at%g.phase))
		p.srcs = append(p.srcs, 4*(t*b.pitch+b.margin-at%g.phase))
	}
	for i := range b.phases {
		p := &b.phases[i]
		p.reversed = append(p.reversed, p.insides...)
		slices.Reverse(p.reversed)
	}
	return b
}

// addUp sets the phases of a channel to what the taps gave, src.
func (g *grid) addUp(dst, src []float32) {
	for i := range g.back.phases {
		g.addPhase(dst[i*g.phase:], src, g.back.phases[i].srcs, g.back.phases[i].insides)
	}
}

func (g *grid) addPhase(dst, src []float32, srcs, insides []int) {
	if len(srcs) == 0 {
		clear(dst[:g.rows*g.cols])
		return
	}
	gatherTapsAVX2(&tapGather{
		dst: &dst[0], src: &src[0], srcs: &srcs[0], inside: &g.back.inside[0], insides: &insides[0], taps: len(srcs), vectors: g.back.cells / 8,
	})
}

// lay writes a plane of places to dst, which has the pitch of a phase.
func (g *grid) lay(dst, plane []float32) {
	copyRowsAVX2(&rowCopy{
		dst: &dst[0], src: &plane[0], dstPitch: 4 * g.cols, srcPitch: 4 * g.outW, rows: g.outH, vectors: (g.outW + 7) / 8,
		mask: &masks[(g.outW-1)&7+1], zeroAt: 4 * g.outW, zeros: (g.cols - g.outW + 7) / 8,
	})
}

// givenMax is how many elements of what taps give are kept at once, so that
// they stay in the first cache.
const givenMax = 8192

// data computes the gradient with respect to one picture, for some input
// channels of one group, a few at a time: what each tap gives, as a product,
// then the additions.
func (t *convTask) data(b, group, from, to int, s *scratch) {
	area, taps, pitch := t.outH*t.outW, t.KH*t.KW, t.outH*t.cols+16
	dy := t.picture(t.y, t.outG, area, b, group)
	in := t.InH * t.InW
	dx := t.picture(t.x, t.inG, in, b, group)[from*in : to*in]
	laid := room(&s.b, t.outG*pitch)
	for o := range t.outG {
		t.lay(laid[o*pitch:], dy[o*area:][:area])
	}
	few := max(1, min(to-from, givenMax/(taps*t.back.pitch)))
	x, given := room(&s.a, t.channel), room(&s.d, few*taps*t.back.pitch+16)
	for i := 0; i < to-from; i += few {
		n := min(few, to-from-i)
		t.give(given, t.w[group*t.outG*t.taps+(from+i)*taps:], laid, n*taps, pitch)
		for j := range n {
			t.addUp(x, given[j*taps*t.back.pitch:])
			t.gather(dx[(i+j)*in:], x)
		}
	}
}

// give sets given to the products of some taps' weights and the gradients of
// the result, laid out with that pitch.
func (t *convTask) give(given, w, laid []float32, taps, pitch int) {
	p := panel{rs: 4, cs: 4 * t.taps, ldb: 4 * pitch, ldc: 4 * t.back.pitch, s: &zeros[0], k: t.outG}
	for j := 0; j < t.padded; {
		tiles := usual
		if t.padded-j == narrow.columns {
			tiles = narrow
		}
		p.b = &laid[j]
		for tap := 0; tap < taps; {
			plan, taken := tiles.plan(taps - tap)
			p.plan, p.a, p.c = plan, &w[tap], &given[tap*t.back.pitch+t.back.margin+j]
			tiles.run(&p, tiles.columns)
			tap += taken
		}
		j += tiles.columns
	}
}

// gather copies a channel of a picture back, the reverse of fill. What no tap
// sees stays as it is.
func (g *grid) gather(dst, src []float32) {
	n := min(g.InW, g.cols*g.StrideX-g.PadX)
	for py := range g.phasesY {
		from, to := g.rowsInside(py)
		if from >= to || n <= 0 {
			continue
		}
		first := from*g.StrideY + py - g.PadY
		planes := src[py*g.phasesX*g.phase+from*g.cols:]
		switch {
		case g.StrideX == 1 && g.StrideY == 1:
			copyLines(dst[first*g.InW:], g.InW, planes[g.PadX:], g.cols, to-from)
		case g.StrideX == 2 && g.phasesX == 2:
			odd := g.PadX & 1
			mergeRowsAVX2(&rowMerge{
				dst: &dst[first*g.InW], src: &planes[odd*g.phase+g.PadX/2], odd: &planes[(1-odd)*g.phase+(g.PadX+1)/2],
				dstPitch: 4 * g.InW * g.StrideY, srcPitch: 4 * g.cols, rows: to - from, vectors: n / 8, mask: restMask(n),
			})
		default:
			for r := range to - from {
				g.gatherRow(dst[(first+r*g.StrideY)*g.InW:][:n], planes[r*g.cols:])
			}
		}
	}
}

// gatherRow puts one row of a picture together.
func (g *grid) gatherRow(line, src []float32) {
	for px := range g.phasesX {
		q := max(0, (g.PadX-px+g.StrideX-1)/g.StrideX)
		for ix := q*g.StrideX + px - g.PadX; ix < len(line); ix += g.StrideX {
			line[ix] = src[px*g.phase+q]
			q++
		}
	}
}

// restMask selects what is left of n elements after whole vectors; nil, if
// nothing is.
func restMask(n int) *[8]int32 {
	if n&7 == 0 {
		return nil
	}
	return &masks[n&7]
}
