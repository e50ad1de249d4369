package tape

import (
	"math"

	"perceptarium/modern/model"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Load takes over a snapshot. It is read into copies first: a refused one
// changes nothing.
func (m *Machine) Load(src []byte) error {
	u := sim.Unpack(src, m.sheet)
	l := loading{state: m.state, streams: make([]rng.Stream, len(m.streams()))}
	m.unpackNumbers(u, &l)
	l.rooms = m.rooms.like()
	m.unpackRooms(u, &l)
	if m.loop != nil {
		l.auto.states = u.Within(0, statesMax, "states")
		u.Ints(l.auto.next[:])
		u.Ints(l.auto.answer[:])
		for i := range l.auto.answer {
			u.Fail(l.auto.next[i] >= 0 && l.auto.next[i] <= l.auto.states && l.auto.answer[i]>>1 == 0, "an automaton that is none")
		}
	}
	for _, c := range l.curves.list() {
		c.n = u.Within(0, curveLength, "length of a curve")
		u.Floats(c.v[:])
	}
	for i := range l.streams {
		model.UnpackStream(u, &l.streams[i])
	}
	l.net.Read(u, m.net)
	if l.twinCounts() {
		l.twin.Read(u, m.twin)
	}
	if l.dreamCounts() {
		u.Fail(m.view != nil, "an ascent of a net that has none")
	}
	if m.view != nil && l.dreamCounts() {
		l.dream.Read(u, m.view.dream)
	}
	m.checkLoaded(u, &l)
	if err := u.Done(); err != nil {
		return err
	}
	m.takeOver(&l)
	return nil
}

// loading is a snapshot that is being read.
type loading struct {
	state
	uphill         bool
	netRows, rows2 int64
	updates        int64
	settings       []float32
	streams        []rng.Stream
	net, twin      model.NetCopy
	dream          model.NetCopy
}

func (m *Machine) unpackNumbers(u *sim.Unpacker, l *loading) {
	for _, f := range l.state.places(m) {
		*f.v = u.Within(f.lo, f.hi, f.what)
	}
	for _, v := range l.state.marks() {
		*v = u.Bool()
	}
	l.uphill = u.Bool()
	l.netRows = u.Within(1, int64(m.net.Batch), "examples in the net")
	l.rows2 = u.Within(1, int64(m.twin.Batch), "examples in the test")
	l.updates = u.Within(0, countMax, "updates")
	l.seed = u.Uint64()
	l.settings = make([]float32, len(m.reals()))
	u.Floats(l.settings)
	l.sum = math.Float64frombits(u.Uint64())
	l.testSum = math.Float64frombits(u.Uint64())
}

func (m *Machine) unpackRooms(u *sim.Unpacker, l *loading) {
	u.Int32s(l.order)
	u.Ints(l.confused)
	u.Ints(l.counting)
	u.Floats(l.margins[:l.weighed(len(l.margins))])
	u.Int32s(l.topExample)
	u.Int32s(l.topPlace)
	u.Floats(l.topAnswer)
	u.Int32s(l.stands)
	for i := range l.pathSum {
		l.pathSum[i] = math.Float64frombits(u.Uint64())
	}
	u.Ints(l.pathCount)
	m.unpackCarry(u, l)
	l.reject.count, l.reject.total = u.Within(0, countMax, "answers rejected"), u.Within(0, countMax, "answers")
	var threshold [1]float32
	u.Floats(threshold[:])
	l.reject.threshold = threshold[0]
	u.Floats(l.reject.curve[:])
	m.checkRooms(u, l)
}

// checkRooms refuses examples, places and blocks that are not there.
func (m *Machine) checkRooms(u *sim.Unpacker, l *loading) {
	noted := int32(m.set.Train.N)
	if l.notedOn == 0 && m.set.Test.N > 0 {
		noted = int32(m.set.Test.N)
	}
	for _, e := range l.topExample {
		u.Fail(e >= 0 && e <= noted, "an example beyond the last one")
	}
	for i := range l.topPlace {
		u.Fail(l.topPlace[i] >= 0 && int(l.topPlace[i]) < m.view.area(i/topMost), "a place beyond its map")
	}
	there := make([]bool, len(l.stands))
	for _, b := range l.stands {
		known := b >= 0 && int(b) < len(there) && !there[b]
		u.Fail(known, "a block that stands nowhere, or twice")
		if known {
			there[b] = true
		}
	}
}

// checkLoaded refuses what fits field by field, and not together.
func (m *Machine) checkLoaded(u *sim.Unpacker, l *loading) {
	n, program, done := int64(m.set.Train.N), int64(len(m.steps)), int64(len(m.steps))
	if l.stage == stageTest {
		program = int64(len(m.tests))
	}
	if m.view != nil && l.stage == stageAscent {
		program = int64(len(m.view.ascent[l.dial.layer]))
	}
	switch {
	case l.tested:
		u.Fail(!l.rising, "an operation of a test and of an ascent")
		done = int64(len(m.tests))
	case m.view != nil && l.rising:
		done = int64(len(m.view.ascent[l.dial.layer]))
	}
	u.Fail(m.view != nil || !l.dial.climb && !l.dial.examine, "units that are looked at in a net where none can be")
	u.Fail(l.length == allWays && !l.dial.paths || m.residual(), "a single way in a net that has none")
	u.Fail(l.at < program && l.done < done && l.fault <= done, "an operation that the program does not have")
	u.Fail(l.place+l.rows-l.carrying.joined <= n || l.stage != stageTrain || l.at == 0, "a batch beyond the last example")
	u.Fail(l.at == 0 || l.stage != stageTrain || l.rows == l.netRows, "a batch of another size than the net's")
	tested := int64(m.set.Test.N)
	if l.dial.testOn == 1 || tested == 0 {
		tested = n
	}
	u.Fail(l.stage != stageTest || l.testAt < tested && (l.at == 0 || l.testAt+l.rows2 <= tested), "a test beyond the last example")
	for _, i := range l.order {
		if i < 0 || int64(i) >= n {
			u.Fail(false, "an example beyond the last one")
			return
		}
	}
}

func (m *Machine) takeOver(l *loading) {
	rooms := m.rooms
	rooms.take(&l.rooms)
	m.state = l.state
	m.rooms = rooms
	for i, v := range m.reals() {
		*v = l.settings[i]
	}
	for i, s := range m.streams() {
		*s = l.streams[i]
	}
	m.net.Setting().Uphill = l.uphill
	m.net.Rows, m.twin.Rows = int(l.netRows), int(l.rows2)
	m.opt.SetSteps(l.updates)
	l.net.Write(m.net)
	if l.twinCounts() {
		l.twin.Write(m.twin)
	}
	if l.dreamCounts() {
		l.dream.Write(m.view.dream)
	}
}
