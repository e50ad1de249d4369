package reader

import (
	"perceptarium/modern/model"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Save appends a snapshot of the whole state. Of the graph it holds the
// penalties: the cuts follow from the strip, and the ways from the penalties.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(dst, m.sheet)
	m.how.pack(&p)
	p.Uint64(m.seed)
	p.Bool(m.fault)
	p.Ints([]int64{m.phase, m.lessons, m.window.wrong, m.window.count, m.past.wrong, m.past.count, m.strip, m.next, m.at})
	p.Floats([]float32{m.before})
	for i := range m.results {
		r := &m.results[i]
		p.Int(int64(r.verdict))
		p.Bool(r.local)
		p.Floats([]float32{r.margin})
	}
	for i := range m.scored() {
		p.Floats(m.graph.room[i].penalty[:])
	}
	model.PackStream(&p, &m.stream)
	p.Int(int64(m.net.Rows))
	p.Int(m.net.Optimizer().Steps())
	for _, s := range m.net.Streams() {
		model.PackStream(&p, s)
	}
	model.PackNet(&p, m.net)
	return p.Done()
}

// scored is how many candidates have their penalties.
func (m *Machine) scored() int64 {
	switch {
	case m.strip < 0:
		return 0
	case m.phase == phaseScore:
		return m.at
	}
	return int64(m.graph.count)
}

// reached is how many nodes have their ways, the first included.
func (m *Machine) reached() int64 {
	switch {
	case m.strip < 0:
		return 0
	case m.phase == phaseScore:
		return min(1, int64(m.graph.nodes))
	case m.phase == phasePath:
		return m.at
	}
	return int64(m.graph.nodes)
}

const most = 1 << 60 // the largest counter that a snapshot may hold

// loading is a snapshot that is being read.
type loading struct {
	state
	rows, steps int64
	streams     []rng.Stream
	net         model.NetCopy
}

// Load takes over a snapshot of a machine with the same net and data.
func (m *Machine) Load(src []byte) error {
	u := sim.Unpack(src, m.sheet)
	l := loading{state: state{graph: newGraph(m.cols), results: make([]result, len(m.results))}}
	l.how.unpack(u)
	l.seed = u.Uint64()
	l.fault = u.Bool()
	l.unpackCounts(u, int64(m.set.Test.N))
	var before [1]float32
	u.Floats(before[:])
	u.Fail(before[0] >= -1 && before[0] <= 100, "an error beyond 100 %")
	l.before = before[0]
	for i := range l.results {
		r := &l.results[i]
		r.verdict = int8(u.Within(int64(unread), int64(wrong), "verdict"))
		r.local = u.Bool()
		var f [1]float32
		u.Floats(f[:])
		r.margin = f[0]
	}
	m.unpackGraph(u, &l)
	model.UnpackStream(u, &l.stream)
	l.rows = u.Within(1, int64(m.net.Batch), "pieces in the net")
	l.steps = u.Within(0, most, "updates")
	l.streams = make([]rng.Stream, len(m.net.Streams()))
	for i := range l.streams {
		model.UnpackStream(u, &l.streams[i])
	}
	l.net.Read(u, m.net)
	if err := u.Done(); err != nil {
		return err
	}
	m.takeOver(&l)
	return nil
}

func (s *state) unpackCounts(u *sim.Unpacker, strips int64) {
	s.phase = u.Within(phaseLearn, phaseRest, "phase")
	s.lessons = u.Within(0, most, "lessons")
	for _, t := range []*tally{&s.window, &s.past} {
		t.wrong = u.Within(0, most, "wrong answers")
		t.count = u.Within(t.wrong, most, "answers")
	}
	s.strip = u.Within(-1, strips-1, "strip")
	s.next = u.Within(0, strips, "next strip")
	s.at = u.Within(0, most, "place")
	u.Fail(s.strip >= 0 || s.phase < phaseScore, "no strip is on the table")
	u.Fail(s.next < strips || s.phase == phaseRest || s.phase >= phaseScore && s.phase <= phaseAnswer, "a strip after the last")
}

// unpackGraph cuts the strip, reads the penalties of its pieces, and finds the
// ways again.
func (m *Machine) unpackGraph(u *sim.Unpacker, l *loading) {
	n := Machine{rows: m.rows, cols: m.cols, most: m.most, set: m.set, state: l.state}
	n.desk.ink = make([]float32, m.cols)
	g := &n.graph
	if n.strip >= 0 {
		n.cutUp(g)
	}
	u.Fail(n.phase != phaseScore || n.at < int64(g.count), "a piece after the last")
	u.Fail(n.phase != phasePath || n.at >= 1 && n.at < int64(g.nodes), "a cut after the last")
	u.Fail(n.phase != phaseScore && n.phase != phasePath || g.count > 0, "no pieces to read")
	for i := range min(n.scored(), int64(g.count)) {
		u.Floats(g.room[i].penalty[:])
	}
	for node := int32(1); int64(node) < min(n.reached(), int64(g.nodes)); node++ {
		g.relax(node)
	}
	l.state = n.state
}

func (m *Machine) takeOver(l *loading) {
	m.state = l.state
	m.net.Rows = int(l.rows)
	m.net.Optimizer().SetSteps(l.steps)
	for i, s := range m.net.Streams() {
		*s = l.streams[i]
	}
	l.net.Write(m.net)
}
