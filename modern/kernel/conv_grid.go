//go:build amd64 && !purego

package kernel

import "sync"

// grid is a convolution together with the form in which its vector routines
// read a picture: padded, and taken apart by the strides into phases, so that
// neighbouring places see neighbouring elements through each tap. Phase (py,
// px) holds the rows py, py+StrideY ... of the padded picture, and of these the
// columns px, px+StrideX ...
//
//	channel [phasesY][phasesX][rows][cols], with slack behind each phase
//
// Places are numbered with the pitch of a phase: (oy, ox) is oy*cols+ox. The
// numbers between the rows are places too, but mean nothing. Seen from place p,
// tap t lies at p+offs[t], and in the picture, of one channel, at
// bases[p]+places[t].
type grid struct {
	conv
	phasesY, phasesX int
	rows, cols       int
	phase, channel   int // elements
	run              int // places, with those that mean nothing between them
	padded           int // run, up to whole vectors
	offs             []int
	steps            []int // from one tap to the next; offs and steps are bytes
	places, bases    []int32
	back             backward
}

// gridSlack is how many elements behind a phase vectors may reach, not counting
// its padding.
const gridSlack = 24

func newGrid(c *conv) *grid {
	g := &grid{conv: *c}
	reachY, reachX := (c.KH-1)*c.DilateY, (c.KW-1)*c.DilateX
	g.phasesY, g.phasesX = min(c.StrideY, reachY+1), min(c.StrideX, reachX+1)
	g.rows, g.cols = c.outH+reachY/c.StrideY, c.outW+reachX/c.StrideX
	g.phase = g.rows*g.cols + c.PadX + gridSlack
	g.channel = g.phasesY * g.phasesX * g.phase
	g.run = (c.outH-1)*g.cols + c.outW
	g.padded = (g.run + 7) &^ 7
	g.offs, g.steps = make([]int, c.taps), make([]int, c.taps)
	for t := range g.offs {
		i, ky, kx := t/(c.KH*c.KW), t/c.KW%c.KH*c.DilateY, t%c.KW*c.DilateX
		phase := ky%c.StrideY*g.phasesX + kx%c.StrideX
		g.offs[t] = 4 * (i*g.channel + phase*g.phase + ky/c.StrideY*g.cols + kx/c.StrideX)
		if t > 0 {
			g.steps[t-1] = g.offs[t] - g.offs[t-1]
		}
	}
	g.places, g.bases = make([]int32, c.KH*c.KW), make([]int32, g.padded)
	for t := range g.places {
		g.places[t] = int32(t/c.KW*c.DilateY*c.InW + t%c.KW*c.DilateX)
	}
	for p := range g.bases {
		g.bases[p] = int32((p/g.cols*c.StrideY-c.PadY)*c.InW + p%g.cols*c.StrideX - c.PadX)
	}
	g.back = newBackward(g)
	return g
}

// grids are those of the last shapes, since a net uses few again and again.
var grids struct {
	sync.Mutex
	list []*grid
	next int
}

const gridsMax = 32

func gridFor(c *conv) *grid {
	grids.Lock()
	defer grids.Unlock()
	for _, g := range grids.list {
		if g.Conv == c.Conv {
			return g
		}
	}
	g := newGrid(c)
	if len(grids.list) < gridsMax {
		grids.list = append(grids.list, g)
	} else {
		grids.list[grids.next] = g
		grids.next = (grids.next + 1) % gridsMax
	}
	return g
}

// fill writes one channel of a picture to dst.
func (g *grid) fill(dst, x []float32) { g.fillBorder(dst, x, 0) }

// fillBorder is fill with that value beyond the border.
func (g *grid) fillBorder(dst, x []float32, border float32) {
	for py := range g.phasesY {
		from, to := g.rowsInside(py)
		first := from*g.StrideY + py - g.PadY
		planes := dst[py*g.phasesX*g.phase:]
		if border == 0 && g.StrideX == 1 && to > from {
			g.fillRows(planes, x[first*g.InW:], from, to)
			continue
		}
		if border == 0 && g.StrideX == 2 && g.phasesX == 2 && to > from {
			g.fillSplit(planes, x[first*g.InW:], from, to)
			continue
		}
		fill(planes[:g.phasesX*g.phase], border)
		for r := from; r < to; r++ {
			g.fillRow(planes[r*g.cols:], x[(r*g.StrideY+py-g.PadY)*g.InW:][:g.InW])
		}
	}
}

// rowsInside returns the range of rows of the phases py that come from the
// picture.
func (g *grid) rowsInside(py int) (from, to int) {
	s := g.StrideY
	from = max(0, (g.PadY-py+s-1)/s)
	if n := g.InH + g.PadY - py; n > 0 && g.InW > 0 {
		to = min(g.rows, (n+s-1)/s)
	}
	return min(from, to), to
}

// fillRow takes one row of a picture apart.
func (g *grid) fillRow(dst, line []float32) {
	for px := range g.phasesX {
		q := max(0, (g.PadX-px+g.StrideX-1)/g.StrideX)
		for ix := q*g.StrideX + px - g.PadX; q < g.cols && ix < len(line); ix += g.StrideX {
			dst[px*g.phase+q] = line[ix]
			q++
		}
	}
}

// fillRows is fill for a stride of 1 along the rows.
func (g *grid) fillRows(dst, x []float32, from, to int) {
	pad := min(g.PadX, g.cols)
	n := min(g.InW, g.cols-pad)
	if n == 0 {
		clear(dst[:g.rows*g.cols])
		return
	}
	start := from*g.cols + pad
	clear(dst[:start])
	copyRowsAVX2(&rowCopy{
		dst: &dst[start], src: &x[0], dstPitch: 4 * g.cols, srcPitch: 4 * g.InW * g.StrideY,
		rows: to - from, vectors: (n + 7) / 8, mask: &masks[(n-1)&7+1], zeroAt: 4 * n, zeros: (g.cols - n + 7) / 8,
	})
	clear(dst[to*g.cols : g.rows*g.cols])
}

// fillSplit is fill for a stride of 2 along the rows.
func (g *grid) fillSplit(dst, x []float32, from, to int) {
	odd := g.PadX & 1 // the phase of the picture's first column
	at := [2]int{odd*g.phase + g.PadX/2, (1-odd)*g.phase + (g.PadX+1)/2}
	room := [2]int{g.cols - g.PadX/2, g.cols - (g.PadX+1)/2}
	n := [2]int{min((g.InW+1)/2, room[0]), min(g.InW/2, room[1])}
	if min(n[0], n[1]) < 0 {
		clear(dst[:2*g.phase])
		for r := from; r < to; r++ {
			g.fillRow(dst[r*g.cols:], x[(r-from)*g.StrideY*g.InW:][:g.InW])
		}
		return
	}
	for i := range at {
		at[i] += from * g.cols
	}
	clear(dst[:from*g.cols+(g.PadX+1)/2])
	clear(dst[g.phase:][:from*g.cols+(g.PadX+1)/2])
	rest := (g.InW-1)&15 + 1
	splitRowsAVX2(&rowSplit{
		dst: &dst[at[0]], odd: &dst[at[1]], src: &x[0], dstPitch: 4 * g.cols, srcPitch: 4 * g.InW * g.StrideY,
		rows: to - from, vectors: (g.InW + 15) / 16, mask: &masks[min(8, rest)], mask1: &masks[max(0, rest-8)],
		zeroAt: 4 * n[0], zeros: (g.cols - n[0] + 7) / 8, oddZeroAt: 4 * n[1], oddZeros: (g.cols - n[1] + 7) / 8,
	})
	clear(dst[to*g.cols : g.rows*g.cols])
	clear(dst[g.phase+to*g.cols:][:(g.rows-to)*g.cols])
}
