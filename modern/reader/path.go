package reader

// text is digits; two are equal where they spell the same.
type text struct {
	n      int8
	digits [textMax]int8
}

// textMax is how many pieces a way has at most: those of the widest strip, cut
// as closely as can be, do not fit, and a way that would be longer is none.
const textMax = 30

// way is a way from the first node to another: its penalty, what it spells, and
// where it comes from.
type way struct {
	open      bool // there is such a way
	penalty   float32
	text      text
	candidate int32 // the last piece
	second    bool  // it goes on from the second way to the piece's left end
}

// ways are the cheapest way to a node, and the cheapest that spells another text.
type ways [2]way

// begin opens the way at the first node, and no other.
func (g *graph) begin() {
	for i := range g.nodes {
		g.ways[i] = ways{}
	}
	if g.nodes > 0 {
		g.ways[0][0] = way{open: true, candidate: -1}
	}
}

// offer takes a way in where it is cheaper than those that there are; of equals
// the first stays.
func (w *ways) offer(n *way) {
	switch {
	case w[0].open && n.text == w[0].text:
		if n.penalty < w[0].penalty {
			w[0] = *n
		}
	case !w[0].open || n.penalty < w[0].penalty:
		w[1] = w[0]
		w[0] = *n
	case !w[1].open || n.penalty < w[1].penalty:
		w[1] = *n
	}
}

// relax finds the ways to a node through the candidates that end there. Of the
// two best texts at a node each goes through one of the two best at the node
// before, and through one of the two best digits of the piece between: all others
// have two cheaper ones beside them.
func (g *graph) relax(node int32) {
	for i := range g.list() {
		c := &g.room[i]
		if c.to != node {
			continue
		}
		first, next := c.best()
		for s := range g.ways[c.from] {
			w := g.ways[c.from][s]
			if !w.open || w.text.n == textMax {
				continue
			}
			for _, d := range [...]int{first, next} {
				n := way{open: true, penalty: w.penalty + c.penalty[d], text: w.text, candidate: int32(i), second: s == 1}
				n.text.digits[n.text.n] = int8(d)
				n.text.n++
				g.ways[node].offer(&n)
			}
		}
	}
}

// best are the two digits with the least penalties, the first of equals.
func (c *candidate) best() (first, next int) {
	first, next = 0, 1
	if c.penalty[1] < c.penalty[0] {
		first, next = 1, 0
	}
	for d := 2; d < classes; d++ {
		switch {
		case c.penalty[d] < c.penalty[first]:
			first, next = d, first
		case c.penalty[d] < c.penalty[next]:
			next = d
		}
	}
	return first, next
}

// reach goes on to the next node; with the last, the answer can be read off.
func (m *Machine) reach() {
	m.graph.relax(int32(m.at))
	if m.at++; m.at == int64(m.graph.nodes) {
		m.phase = phaseAnswer
	}
}

// end are the ways through the whole strip; there are none before they are found.
func (g *graph) end() ways {
	if g.nodes == 0 {
		return ways{}
	}
	return g.ways[g.nodes-1]
}

// number is how many ways there are from the first node to the last, whatever
// their digits, up to waysMax.
func (g *graph) number() int64 {
	if g.nodes == 0 {
		return 0
	}
	var to [colsMax]int64
	to[0] = 1
	for _, c := range g.list() { // by their right ends: what leads to the left one is counted
		to[c.to] = min(to[c.to]+to[c.from], waysMax)
	}
	return to[g.nodes-1]
}

const waysMax = 1 << 40

// margin is by how much the second text is dearer than the first; 0 where there
// is no way.
func (w *ways) margin() float32 {
	if !w[1].open {
		return 0
	}
	return w[1].penalty - w[0].penalty
}

// trace calls visit for the pieces of a way that ends at a node, from the last to
// the first.
func (g *graph) trace(node int32, second bool, visit func(c *candidate, digit int8)) {
	for range textMax {
		w := &g.ways[node][0]
		if second {
			w = &g.ways[node][1]
		}
		if !w.open || w.text.n == 0 {
			return
		}
		c := &g.room[w.candidate]
		visit(c, w.text.digits[w.text.n-1])
		node, second = c.from, w.second
	}
}

// greedy is what the best piece at each cut spells, one after the other, as one
// would who never looks back; ok is false where it ends before the strip does.
func (g *graph) greedy() (t text, ok bool) {
	at := int32(0)
	for at < g.nodes-1 && t.n < textMax {
		best, digit := int32(-1), 0
		for i, c := range g.list() {
			if c.from != at {
				continue
			}
			d, _ := c.best()
			if best < 0 || c.penalty[d] < g.room[best].penalty[digit] {
				best, digit = int32(i), d
			}
		}
		if best < 0 {
			return t, false
		}
		t.digits[t.n] = int8(digit)
		t.n++
		at = g.room[best].to
	}
	return t, g.nodes > 0 && at == g.nodes-1
}

// answer holds the text against what is written.
func (m *Machine) answer() {
	end := m.graph.end()
	want := m.wanted(int(m.strip))
	r := &m.results[m.strip]
	*r = result{verdict: wrong, margin: end.margin()}
	if end[0].open && end[0].text == want {
		r.verdict = right
	}
	t, ok := m.graph.greedy()
	r.local = ok && t == want
	m.next, m.phase = m.strip+1, phaseCut
	if m.next == int64(m.set.Test.N) {
		m.phase = phaseRest
	}
}

// wanted is what is written on a strip.
func (m *Machine) wanted(strip int) (t text) {
	for k := range m.digits(&m.set.Test, strip) {
		class, _, _, _ := m.digit(&m.set.Test, strip, k)
		t.digits[k] = int8(class)
		t.n++
	}
	return t
}
