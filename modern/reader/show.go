package reader

import (
	"fmt"
	"slices"

	"perceptarium/modern/kernel"
	"perceptarium/sim"
)

// pieceLines are the lines of the drawing of a graph on which pieces stand.
const pieceLines = 2

// pictureLines are those of the strip: two rows of pixels share one.
func (m *Machine) pictureLines() int { return (m.rows + 1) / 2 }

// How dark a cut is on a strip, and one on the cheapest way.
const (
	cutShade = 0.25
	wayShade = 0.6
)

// ends are the ways through the whole strip, once they are found.
func (m *Machine) ends() *ways {
	if m.strip < 0 || m.graph.nodes == 0 {
		return &ways{}
	}
	return &m.graph.ways[m.graph.nodes-1]
}

// judged reports whether the strip on the table was answered.
func (m *Machine) judged() bool { return m.strip >= 0 && (m.phase == phaseCut || m.phase == phaseRest) }

func (t *text) String() string {
	b := make([]byte, t.n)
	for i := range b {
		b[i] = '0' + byte(t.digits[i])
	}
	return string(b)
}

func spelled(w *way) string {
	if !w.open {
		return ""
	}
	return w.text.String()
}

func (m *Machine) writtenText() string {
	if m.strip < 0 {
		return ""
	}
	t := m.wanted(int(m.strip))
	return t.String()
}

func (m *Machine) localText() string {
	if m.strip < 0 || m.scored() < int64(m.graph.count) {
		return ""
	}
	t, ok := m.graph.greedy()
	if !ok {
		return t.String() + "?"
	}
	return t.String()
}

func readStrip(m *Machine, r *sim.Reading) {
	r.Clear()
	if m.strip < 0 {
		for range m.rows * m.cols {
			r.Floats = append(r.Floats, 0)
		}
		return
	}
	r.Floats = append(r.Floats, m.set.Input(&m.set.Test, int(m.strip))...)
	for _, c := range m.graph.cuts[:m.graph.nodes] {
		m.shade(r.Floats, c, cutShade)
	}
	if w := m.ends(); w[0].open {
		m.graph.trace(m.graph.nodes-1, false, func(c *candidate, _ int8) {
			m.shade(r.Floats, m.graph.cuts[c.from], wayShade)
			m.shade(r.Floats, m.graph.cuts[c.to], wayShade)
		})
	}
}

// shade draws a cut where there is less ink.
func (m *Machine) shade(x []float32, col int32, tone float32) {
	c := min(int(col), m.cols-1)
	for i := c; i < len(x); i += m.cols {
		if x[i] < tone {
			x[i] = tone
		}
	}
}

func readGraph(m *Machine, r *sim.Reading) {
	r.Clear()
	for _, line := range m.desk.lines {
		for i := range line {
			line[i] = '.'
		}
	}
	m.drawStrip()
	g, way := &m.graph, m.desk.lines[m.pictureLines()]
	m.drawCuts(way, '^')
	if m.ends()[0].open {
		g.trace(g.nodes-1, false, func(c *candidate, digit int8) {
			m.draw(way, c, '0'+byte(digit))
		})
	}
	m.drawPieces()
	for i, line := range m.desk.lines {
		if i > 0 {
			r.Text = append(r.Text, '\n')
		}
		r.Text = append(r.Text, line...)
	}
}

// tones are the characters for ink, from none to full.
const tones = ".-+*#"

// drawStrip draws the strip with its cuts.
func (m *Machine) drawStrip() {
	picture := m.desk.lines[:m.pictureLines()]
	for _, line := range picture {
		m.drawCuts(line, ':')
	}
	if m.strip < 0 {
		return
	}
	x := m.set.Input(&m.set.Test, int(m.strip))
	for i, line := range picture {
		for c := range line {
			ink, below := x[2*i*m.cols+c], min(2*i+1, m.rows-1)
			ink = (ink + x[below*m.cols+c]) / 2
			if tone := int(float32(ink*float32(len(tones)-1)) + 0.5); tone > 0 {
				line[c] = tones[min(tone, len(tones)-1)]
			}
		}
	}
}

func (m *Machine) drawCuts(line []byte, mark byte) {
	for _, c := range m.graph.cuts[:m.graph.nodes] {
		line[min(int(c), m.cols-1)] = mark
	}
}

// draw draws a piece over its columns.
func (m *Machine) draw(line []byte, c *candidate, label byte) {
	from, to := int(m.graph.cuts[c.from]), int(m.graph.cuts[c.to])
	for i := from; i < to; i++ {
		line[i] = '-'
	}
	line[from], line[to-1] = '[', ']'
	line[from+(to-1-from)/2] = label
}

// ranked lists the pieces that are scored, the least penalty of a digit first.
func (m *Machine) ranked() []int32 {
	g, list := &m.graph, m.desk.sorted[:m.scored()]
	for i := range list {
		list[i] = int32(i)
	}
	slices.SortStableFunc(list, func(a, b int32) int {
		d, _ := g.room[a].best()
		e, _ := g.room[b].best()
		switch x, y := g.room[a].penalty[d], g.room[b].penalty[e]; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return list
}

// label is the best digit of a piece, or x where rubbish is better.
func (c *candidate) label() byte {
	d, _ := c.best()
	if c.penalty[classes] < c.penalty[d] {
		return 'x'
	}
	return '0' + byte(d)
}

// readScores lists the pieces with their columns, their best digits, and what
// those cost.
func readScores(m *Machine, r *sim.Reading) {
	r.Clear()
	for k, i := range m.ranked() {
		c := &m.graph.room[i]
		d, _ := c.best()
		if k > 0 {
			say(r, " ")
		}
		say(r, "%d-%d:%d=%.2f", m.graph.cuts[c.from], m.graph.cuts[c.to]-1, d, c.penalty[d])
	}
}

// drawPieces draws those that are scored, the least penalty first, each on the
// first line with room.
func (m *Machine) drawPieces() {
	for _, i := range m.ranked() {
		c := &m.graph.room[i]
		label := c.label()
		for _, line := range m.desk.lines[m.pictureLines()+1:] {
			if m.free(line, c) {
				m.draw(line, c, label)
				break
			}
		}
	}
}

func (m *Machine) free(line []byte, c *candidate) bool {
	for _, b := range line[m.graph.cuts[c.from]:m.graph.cuts[c.to]] {
		if b != '.' {
			return false
		}
	}
	return true
}

func readPenalty(m *Machine, r *sim.Reading) {
	r.Clear()
	if n := m.scored(); n > 0 {
		r.SetFloats(m.graph.room[n-1].penalty[:])
		return
	}
	for range classes + 1 {
		r.Floats = append(r.Floats, 0)
	}
}

func readSays(m *Machine, r *sim.Reading) {
	r.Clear()
	switch {
	case m.fault:
	case m.phase == phaseLearn && m.lessons > 0:
		m.sayLesson(r)
	case m.strip < 0:
	case m.phase == phaseScore && m.at == 0:
		say(r, "strip %d: %d cuts, %d pieces between them", m.strip+1, m.graph.nodes, m.graph.count)
	case m.phase == phaseScore || m.phase == phasePath && m.at == 1:
		m.sayPiece(r, &m.graph.room[m.scored()-1])
	case m.phase == phasePath || m.phase == phaseAnswer:
		m.sayNode(r, int32(m.reached())-1)
	default:
		m.sayAnswer(r)
	}
}

func say(r *sim.Reading, format string, args ...any) { r.Text = fmt.Appendf(r.Text, format, args...) }

func className(class int) string {
	if class == classes {
		return "rubbish"
	}
	return string(rune('0' + class))
}

func (m *Machine) sayLesson(r *sim.Reading) {
	_, at := kernel.Max(m.net.Output.Data[:classes+1])
	say(r, "piece %d is %s; the net says %s", m.lessons, className(int(m.net.Class[0])), className(at))
}

func (m *Machine) sayPiece(r *sim.Reading, c *candidate) {
	first, next := c.best()
	g := &m.graph
	say(r, "piece %d, columns %d to %d: a %d costs %.2f, a %d %.2f; rubbish %.2f", m.scored(), g.cuts[c.from], g.cuts[c.to]-1, first, c.penalty[first], next, c.penalty[next], c.penalty[classes])
}

func (m *Machine) sayNode(r *sim.Reading, node int32) {
	if node < 0 {
		say(r, "no ink on the strip")
		return
	}
	g := &m.graph
	w := &g.ways[node]
	say(r, "cut %d, column %d: ", node+1, g.cuts[node])
	if !w[0].open {
		say(r, "no way leads here")
		return
	}
	c := &g.room[w[0].candidate]
	say(r, "%s costs %.2f, its last digit from column %d", spelled(&w[0]), w[0].penalty, g.cuts[c.from])
	if w[1].open {
		say(r, "; then %s, %.2f", spelled(&w[1]), w[1].penalty)
	}
}

func (m *Machine) sayAnswer(r *sim.Reading) {
	w := m.ends()
	if !w[0].open {
		say(r, "no way leads to the end; written is %s", m.writtenText())
		return
	}
	say(r, "%s costs %.2f, %s %.2f: margin %.2f; written is %s", spelled(&w[0]), w[0].penalty, spelled(&w[1]), w[1].penalty, w.margin(), m.writtenText())
}
