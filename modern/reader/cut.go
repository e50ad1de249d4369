package reader

import "perceptarium/modern/examples"

// graph is a strip cut up: nodes are cuts, from left to right, candidates the
// pieces between two of them, by their right end, then by their left one.
type graph struct {
	nodes int32
	cuts  []int32 // [nodes] each before the column of that number
	count int32
	room  []candidate // [count]
	ways  []ways      // [nodes]
}

// candidate is the piece between two nodes; penalty is of each digit, and of
// rubbish, once it is scored.
type candidate struct {
	from, to int32
	penalty  [classes + 1]float32
}

// Cutting, all Assumed but that cuts are at minima of ink (history: the check
// reader was over-segmented heuristically).
const (
	bare      = 0.15 // a column with less ink than this, of a full pixel, is bare ground
	closeMin  = 3    // columns between two cuts
	farMax    = 7    // columns between two cuts beyond which another is made
	widestMax = 40   // columns of a piece
)

func newGraph(cols int) graph {
	n := max(cols/closeMin+2, digitsMax+1)
	return graph{cuts: make([]int32, n), room: make([]candidate, n*(widestMax/closeMin+2)), ways: make([]ways, n)}
}

func (g *graph) clear() { g.nodes, g.count = 0, 0 }

// list are the candidates.
func (g *graph) list() []candidate { return g.room[:g.count] }

// inkOf adds up the ink of each column.
func (m *Machine) inkOf(x []float32) []float32 {
	ink := m.desk.ink
	clear(ink)
	for r := range m.rows {
		for c, v := range x[r*m.cols : (r+1)*m.cols] {
			ink[c] += v
		}
	}
	return ink
}

// extent is the first column with ink, and the first after the last; equal where
// there is none.
func extent(ink []float32) (from, to int32) {
	for c, v := range ink {
		if v < bare {
			continue
		}
		if to == 0 {
			from = int32(c)
		}
		to = int32(c) + 1
	}
	return from, to
}

// segment cuts a strip at its minima of ink.
func (m *Machine) segment(g *graph, x []float32) {
	g.clear()
	ink := m.inkOf(x)
	from, to := extent(ink)
	if from == to {
		return
	}
	g.cut(from)
	for c := from + 1; c < to; {
		at, after := minimum(ink, c)
		if c = after; at > 0 {
			g.cutNear(ink, at, to)
		}
	}
	g.cut(to)
	g.fill(ink)
}

// minimum looks at column c, from which the ink may fall or rise: at is the
// middle of a run of bare columns, or a column with less ink than the one before
// and no more than the one after; else 0. It goes on at the column after.
func minimum(ink []float32, c int32) (at, after int32) {
	if ink[c] < bare {
		end := c
		for ink[end] < bare { // ink follows: c is before the last column with ink
			end++
		}
		return (c + end) / 2, end + 1
	}
	if ink[c] < ink[c-1] && int(c)+1 < len(ink) && ink[c] <= ink[c+1] {
		return c, c + 1
	}
	return 0, c + 1
}

func (g *graph) cut(at int32) {
	g.cuts[g.nodes] = at
	g.nodes++
}

// cutNear makes a cut unless it is too near to an end; of two near ones that
// with less ink stays.
func (g *graph) cutNear(ink []float32, at, to int32) {
	last := g.cuts[g.nodes-1]
	switch {
	case to-at < closeMin || g.nodes == 1 && at-last < closeMin:
	case at-last >= closeMin:
		g.cut(at)
	case ink[at] < ink[last]:
		g.cuts[g.nodes-1] = at
	}
}

// fill makes another cut wherever two are far from each other, at the column
// with least ink between them.
func (g *graph) fill(ink []float32) {
	for i := int32(1); i < g.nodes; {
		lo, hi := g.cuts[i-1]+closeMin, g.cuts[i]-closeMin
		if g.cuts[i]-g.cuts[i-1] <= farMax || lo > hi {
			i++
			continue
		}
		at := lo
		for c := lo; c <= hi; c++ {
			if ink[c] < ink[at] {
				at = c
			}
		}
		copy(g.cuts[i+1:g.nodes+1], g.cuts[i:g.nodes])
		g.cuts[i] = at
		g.nodes++
	}
}

// span lists the candidates whose widths are in the range.
func (g *graph) span(narrowest, widest int32) {
	g.count = 0
	for to := range g.nodes {
		for from := range to {
			if w := g.cuts[to] - g.cuts[from]; w >= narrowest && w <= widest {
				g.room[g.count] = candidate{from: from, to: to}
				g.count++
			}
		}
	}
}

// divide cuts the ink of a strip into so many equal widths: a chain of pieces.
func (m *Machine) divide(g *graph, x []float32, digits int32) {
	g.clear()
	from, to := extent(m.inkOf(x))
	if from == to {
		return
	}
	digits = min(digits, to-from)
	for k := range digits + 1 {
		g.cut(from + (2*(to-from)*k+digits)/(2*digits))
	}
	for k := range digits {
		g.room[g.count] = candidate{from: k, to: k + 1}
		g.count++
	}
}

// digit is what is written at place k of a strip, with its columns; ok is false
// beyond the last.
func (m *Machine) digit(p *examples.Part, strip, k int) (class, from, to int32, ok bool) {
	if k < 0 || k >= m.most {
		return 0, 0, 0, false
	}
	y := m.set.Wanted(p, strip)[amountFields*k:]
	return int32(y[0]), int32(y[1]), int32(y[2]), y[0] >= 0
}

// digits is how many are written.
func (m *Machine) digits(p *examples.Part, strip int) int {
	n := 0
	for range m.most {
		if _, _, _, ok := m.digit(p, strip, n); !ok {
			break
		}
		n++
	}
	return n
}

// A piece is a digit where each of its cuts is at most slack columns beside the
// place where two digits meet; beyond slackMax it is rubbish.
const (
	slack    = 1
	slackMax = 3
)

// beside is how many columns a cut is beside the place where digit k of a strip
// begins, and the one before it ends: 0 between both, or where they overlap.
func (m *Machine) beside(p *examples.Part, strip, k int, cut int32) int32 {
	_, _, end, before := m.digit(p, strip, k-1)
	_, begin, _, after := m.digit(p, strip, k)
	if !before {
		end = 0
	}
	if !after {
		begin = int32(m.cols)
	}
	return max(min(begin, end)-cut, cut-max(begin, end), 0)
}
