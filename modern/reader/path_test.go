package reader

import (
	"slices"
	"testing"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

// spelling is a text with the penalty of its cheapest way.
type spelling struct {
	text    string
	penalty float32
}

// bruteForce follows every way through a graph, with every digit of every piece.
func bruteForce(g *graph) []spelling {
	best := map[string]float32{}
	var follow func(node int32, text string, sum float32)
	follow = func(node int32, text string, sum float32) {
		if node == g.nodes-1 {
			if old, ok := best[text]; !ok || sum < old {
				best[text] = sum
			}
			return
		}
		for _, c := range g.list() {
			for d := range classes {
				if c.from == node {
					follow(c.to, text+string(rune('0'+d)), sum+c.penalty[d])
				}
			}
		}
	}
	follow(0, "", 0)
	var list []spelling
	for text, penalty := range best {
		list = append(list, spelling{text, penalty})
	}
	slices.SortFunc(list, func(a, b spelling) int {
		switch {
		case a.penalty < b.penalty:
			return -1
		case a.penalty > b.penalty:
			return 1
		}
		return 0
	})
	return list
}

// cutPaths counts the ways from a node to the last, one by one.
func cutPaths(g *graph, node int32) (n int64) {
	if node == g.nodes-1 {
		return 1
	}
	for _, c := range g.list() {
		if c.from == node {
			n += cutPaths(g, c.to)
		}
	}
	return n
}

// TestViterbi holds both ways, and the margin between them, against all ways
// through small graphs with random penalties.
func TestViterbi(t *testing.T) {
	st := rng.New(7).Stream("graphs")
	for round := range 300 {
		g := newGraph(24)
		for range 2 + st.Below(3) {
			g.cut(int32(3 * g.nodes))
		}
		g.span(1, 6+3*int32(st.Below(2)))
		for i := range g.list() {
			for d := range classes + 1 {
				// Few different penalties, so that texts are nearly equal; the place
				// behind them keeps them apart.
				g.room[i].penalty[d] = float32(st.Below(5)) + float32(st.Below(1<<10))/(1<<12)
			}
		}
		g.begin()
		for node := int32(1); node < g.nodes; node++ {
			g.relax(node)
		}
		end, want := g.end(), bruteForce(&g)
		if !end[0].open || !end[1].open {
			t.Fatalf("graph %d: no two ways of %d", round, len(want))
		}
		if end[0].penalty != want[0].penalty || end[1].penalty != want[1].penalty || want[0].penalty != want[1].penalty && spelled(&end[0]) != want[0].text {
			t.Errorf("graph %d: %s %v, then %s %v; of all ways %v", round, spelled(&end[0]), end[0].penalty, spelled(&end[1]), end[1].penalty, want[:2])
		}
		if got := end.margin(); got != want[1].penalty-want[0].penalty || spelled(&end[0]) == spelled(&end[1]) {
			t.Errorf("graph %d: margin %v between %s and %s; of all ways %v", round, got, spelled(&end[0]), spelled(&end[1]), want[:2])
		}
		if got, want := g.number(), cutPaths(&g, 0); got != want {
			t.Errorf("graph %d: %d ways; followed one by one, %d", round, got, want)
		}
		traced(t, &g, false)
		traced(t, &g, true)
	}
}

// traced follows a way back: its pieces join, spell its text, and cost what it
// costs.
func traced(t *testing.T, g *graph, second bool) {
	t.Helper()
	w := g.end()[0]
	if second {
		w = g.end()[1]
	}
	text, at, costs := "", g.nodes-1, []float32{}
	g.trace(g.nodes-1, second, func(c *candidate, digit int8) {
		if c.to != at {
			t.Fatalf("a piece ends at %d, the next begins at %d", c.to, at)
		}
		at, text = c.from, string(rune('0'+digit))+text
		costs = append(costs, c.penalty[digit])
	})
	sum := float32(0)
	for _, c := range slices.Backward(costs) {
		sum += c
	}
	if at != 0 || text != w.text.String() || sum != w.penalty {
		t.Errorf("traced %q for %v to cut %d; want %q for %v", text, sum, at, w.text.String(), w.penalty)
	}
}

// TestLocalAndPath: of three cuts, the first piece is cheapest where it ends in
// the middle, and only the whole strip is cheap to its end.
func TestLocalAndPath(t *testing.T) {
	g := newGraph(24)
	for at := range int32(3) {
		g.cut(6 * at)
	}
	g.span(1, 20)
	for i := range g.list() {
		for d := range classes + 1 {
			g.room[i].penalty[d] = 9
		}
	}
	price := func(from, to int32, digit int, penalty float32) {
		for i := range g.list() {
			if c := &g.room[i]; c.from == from && c.to == to {
				c.penalty[digit] = penalty
			}
		}
	}
	price(0, 1, 1, 0.5) // the left half looks like a 1
	price(1, 2, 7, 3)
	price(0, 2, 4, 1) // the whole is a 4
	g.begin()
	g.relax(1)
	g.relax(2)
	local, ok := g.greedy()
	if end := g.end(); !ok || local.String() != "17" || spelled(&end[0]) != "4" || end.margin() != 2.5 || spelled(&end[1]) != "17" {
		t.Errorf("local %s, path %s, then %s, margin %v", local.String(), spelled(&end[0]), spelled(&end[1]), end.margin())
	}
}

// TestCuts: cuts go to the right, are apart, begin and end with the ink, fall
// into bare runs; the same strip is cut alike after any other.
func TestCuts(t *testing.T) {
	m := machine(t, bars(40))
	p := &m.set.Train
	for i := range p.N {
		x := m.set.Input(p, i)
		m.segment(&m.graph, x)
		cuts := slices.Clone(m.graph.cuts[:m.graph.nodes])
		from, to := extent(m.inkOf(x))
		if cuts[0] != from || cuts[len(cuts)-1] != to {
			t.Errorf("strip %d: cuts %v, ink %d..%d", i, cuts, from, to)
		}
		for k := 1; k < len(cuts); k++ {
			if d := cuts[k] - cuts[k-1]; d < closeMin && len(cuts) > 2 || d > farMax+1 {
				t.Errorf("strip %d: cuts %v", i, cuts)
			}
		}
		for k := range m.digits(p, i) + 1 {
			if !slices.ContainsFunc(cuts, func(c int32) bool { return m.beside(p, i, k, c) <= slack }) {
				t.Errorf("strip %d: no cut where digit %d begins: %v, %v", i, k, cuts, m.set.Wanted(p, i))
			}
		}
		m.segment(&m.desk.graph, m.set.Input(p, (i+1)%p.N))
		if m.segment(&m.desk.graph, x); !slices.Equal(cuts, m.desk.graph.cuts[:m.desk.graph.nodes]) {
			t.Errorf("strip %d is cut otherwise a second time", i)
		}
	}
}

// TestHardStrips: no ink, ink in one column, ink everywhere: nothing panics, and
// what cannot be read is wrong.
func TestHardStrips(t *testing.T) {
	s := bars(4)
	for i := range s.Test.X {
		s.Test.X[i] = 0
	}
	for r := range 8 {
		s.Test.X[8*32+r*32+31] = 1 // strip 2: the last column
	}
	for i := 2 * 8 * 32; i < 3*8*32; i++ {
		s.Test.X[i] = 1 // strip 3: everywhere
	}
	for cutting := range int64(2) {
		m := machine(t, s)
		turn(t, m, "lessons", 0)
		turn(t, m, "cutting", cutting)
		until(t, m, phaseRest)
		if r := m.results[0]; r.verdict != wrong || r.margin != 0 {
			t.Errorf("an empty strip is read: %+v", r)
		}
		if m.sums().answered != 4 {
			t.Errorf("%d of 4 answered", m.sums().answered)
		}
	}
}

// TestShow: a piece fills the picture but for its border, keeps its shape, and
// lies in the middle.
func TestShow(t *testing.T) {
	m := machine(t, bars(4))
	x := make([]float32, 8*32)
	for r := 2; r < 6; r++ {
		x[r*32+10], x[r*32+11] = 1, 1
	}
	m.show(0, x, 8, 20)
	want := []float32{
		-1, -1, -1, -1, -1, -1,
		-1, -1, 1, 1, -1, -1,
		-1, -1, 1, 1, -1, -1,
		-1, -1, 1, 1, -1, -1,
		-1, -1, 1, 1, -1, -1,
		-1, -1, -1, -1, -1, -1,
	}
	if got := m.net.Values[0].Data[:36]; !slices.Equal(got, want) {
		t.Errorf("a bar of 4 x 2 is shown as %v", got)
	}
	m.show(0, x, 11, 12) // one column: the border stays
	if got := m.net.Values[0].Data[:36]; got[6+2] != 1 || got[6+1] != -1 || slices.Max(got) != 1 {
		t.Errorf("a bar of 4 x 1 is shown as %v", got)
	}
}

// TestRejection: the curve, the least rejection for one in a hundred, and the
// counts at a margin, on results that are written down.
func TestRejection(t *testing.T) {
	s := bars(100)
	m := machine(t, s)
	for i := range m.results {
		m.results[i] = result{verdict: right, margin: float32(i)}
	}
	for _, i := range []int{0, 3, 9, 40} {
		m.results[i].verdict = wrong
	}
	m.how.reject = 10
	got := m.sums()
	if got.wrong != 4 || got.rejected != 10 || got.misread != 1 {
		t.Errorf("counted %+v", got)
	}
	if r, read := m.rejectedForOne(); r != 10 || read != 89 {
		t.Errorf("for 1 %%: rejected %v, read %v; want 10 and 89", r, read)
	}
	if left := left(got); left != percent(100, 4*90) {
		t.Errorf("left of the errors: %v", left)
	}
	curve := m.curve(nil)
	for _, c := range []struct {
		at   int
		want float32
	}{{0, 4}, {1, percent(3, 99)}, {10, percent(1, 90)}, {41, 0}, {50, 0}} {
		if curve[c.at] != c.want {
			t.Errorf("curve at %d %%: %v, want %v", c.at, curve[c.at], c.want)
		}
	}
}

// TestKinds: pieces are digits where their cuts are, nearly so beside them, and
// rubbish elsewhere.
func TestKinds(t *testing.T) {
	s := &examples.Set{Name: "two", Shape: []int{1, 8, 32}, Steps: 1, Outputs: 2 * amountFields}
	s.Train = examples.Part{N: 1, X: make([]float32, 8*32), Y: []float32{3, 4, 10, 5, 14, 22}}
	s.Test = s.Train
	m := machine(t, s)
	for _, c := range []struct{ from, to, want int32 }{
		{4, 12, 0}, {0, 10, 0}, {12, 22, 1}, {12, 32, 1}, {14, 30, 1}, // up to the next digit all is free
		{5, 12, 0}, {6, 12, nearly}, {4, 17, nearly}, {4, 18, rubbish}, {4, 22, rubbish}, {7, 12, nearly}, {8, 12, rubbish}, {14, 18, rubbish},
	} {
		if got := m.kind(0, c.from, c.to); got != c.want {
			t.Errorf("columns %d..%d: kind %d, want %d", c.from, c.to, got, c.want)
		}
	}
}
