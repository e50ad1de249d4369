package reader

import "perceptarium/modern/kernel"

// passPieces is how many pieces count as a pass in the schedule of rates: pieces are
// drawn anew each time, so that there is no pass over them all.
const passPieces = 10_000

// learn presents the next pieces, as many as the net's batch has, most often
// one. When enough are learned, reading begins.
func (m *Machine) learn() {
	n := m.net
	n.Training, n.Rows = true, n.Batch
	for row := range n.Rows {
		m.drawPiece(row)
	}
	m.net.Optimizer().Settings.Rate = m.spec.RateAt(int(m.lessons / passPieces))
	for i := range m.lesson {
		m.lesson[i].Run()
	}
	if n.Result.Loss-n.Result.Loss != 0 {
		m.fault = true
		return
	}
	m.lessons += int64(n.Rows)
	m.window.wrong += int64(n.Result.Wrong)
	if m.window.count += int64(n.Rows); m.window.count >= windowSize {
		m.past, m.window = m.window, tally{}
	}
	if m.lessons >= m.how.lessons {
		m.open()
	}
}

// open begins to read from the first strip.
func (m *Machine) open() {
	m.clearTable()
	m.phase = phaseCut
}

// drawPiece puts a piece of a strip for training, drawn at random, before the
// net: a digit or rubbish, each as often as the other.
func (m *Machine) drawPiece(row int) {
	p, g := &m.set.Train, &m.desk.graph
	strip := int(m.stream.Below(int64(p.N)))
	x := m.set.Input(p, strip)
	m.segment(g, x)
	g.span(int32(m.how.narrowest), int32(m.how.widest))
	if n := m.sort(g, strip); m.stream.Bool() && n > 0 {
		c := m.pick(g, rubbish, n)
		m.show(row, x, g.cuts[c.from], g.cuts[c.to])
		m.net.Class[row] = classes
		return
	}
	k := int32(m.stream.Below(int64(m.digits(p, strip))))
	class, from, to, _ := m.digit(p, strip, int(k))
	if n := m.pieces(g, k); n > 0 {
		c := m.pick(g, k, n)
		from, to = g.cuts[c.from], g.cuts[c.to]
	}
	m.show(row, x, from, to)
	m.net.Class[row] = class
}

// What a candidate is where it is no digit: rubbish; or nearly a digit, which is
// not learned from.
const (
	rubbish int32 = -1
	nearly  int32 = -2
)

// sort says of each candidate which digit of the strip it is, or what else, and
// counts the rubbish.
func (m *Machine) sort(g *graph, strip int) (n int64) {
	for i, c := range g.list() {
		m.desk.kinds[i] = m.kind(strip, g.cuts[c.from], g.cuts[c.to])
		if m.desk.kinds[i] == rubbish {
			n++
		}
	}
	return n
}

func (m *Machine) kind(strip int, from, to int32) int32 {
	p, kind := &m.set.Train, rubbish
	for k := range m.digits(p, strip) {
		off := max(m.beside(p, strip, k, from), m.beside(p, strip, k+1, to))
		switch {
		case off <= slack:
			return int32(k)
		case off <= slackMax:
			kind = nearly
		}
	}
	return kind
}

// pieces counts the candidates that are digit k.
func (m *Machine) pieces(g *graph, k int32) (n int64) {
	for i := range g.list() {
		if m.desk.kinds[i] == k {
			n++
		}
	}
	return n
}

// pick draws one of the n candidates of a kind.
func (m *Machine) pick(g *graph, kind int32, n int64) *candidate {
	left := m.stream.Below(n)
	for i := range g.list() {
		if m.desk.kinds[i] != kind {
			continue
		}
		if left == 0 {
			return &g.room[i]
		}
		left--
	}
	panic("reader: fewer pieces of that kind than were counted")
}

// lay puts the next strip on the table and cuts it.
func (m *Machine) lay() {
	m.strip = m.next
	m.cutUp(&m.graph)
	m.at, m.phase = 0, phaseScore
	if m.graph.count == 0 {
		m.phase = phaseAnswer
	}
}

// cutUp cuts the strip on the table.
func (m *Machine) cutUp(g *graph) {
	p := &m.set.Test
	x := m.set.Input(p, int(m.strip))
	if m.how.cutting == cutEqual {
		m.divide(g, x, int32(m.digits(p, int(m.strip))))
	} else {
		m.segment(g, x)
		g.span(int32(m.how.narrowest), int32(m.how.widest))
	}
	g.begin()
}

// score judges one candidate: its penalties are -log of the softmax of the
// net's outputs.
func (m *Machine) score() {
	n, g := m.net, &m.graph
	n.Training, n.Rows = false, 1
	c := &g.room[m.at]
	m.show(0, m.set.Input(&m.set.Test, int(m.strip)), g.cuts[c.from], g.cuts[c.to])
	for i := range m.judge {
		m.judge[i].Run()
	}
	var sum [1]float32
	out := n.Output.Data[:classes+1]
	kernel.LogSumExp(sum[:], out, 1, classes+1)
	for d, o := range out {
		c.penalty[d] = sum[0] - o
	}
	if m.at++; m.at == int64(g.count) {
		m.at, m.phase = 1, phasePath
	}
}
