package tape

import (
	"math"

	"perceptarium/modern/model"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Save appends a snapshot: where the training stands, the settings, then all
// numbers of the net, and during a test those of its twin.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(dst, m.sheet)
	for _, f := range m.places() {
		p.Int(*f.v)
	}
	for _, v := range m.marks() {
		p.Bool(*v)
	}
	p.Bool(m.net.Setting().Uphill)
	p.Int(int64(m.net.Rows))
	p.Int(int64(m.twin.Rows))
	p.Int(m.opt.Steps())
	p.Uint64(m.seed)
	for _, v := range m.reals() {
		p.Floats([]float32{*v})
	}
	p.Uint64(math.Float64bits(m.sum))
	p.Uint64(math.Float64bits(m.testSum))
	m.packRooms(&p)
	if m.loop != nil {
		p.Int(m.auto.states)
		p.Ints(m.auto.next[:])
		p.Ints(m.auto.answer[:])
	}
	for _, c := range m.curves.list() {
		p.Int(c.n)
		p.Floats(c.v[:])
	}
	for _, s := range m.streams() {
		model.PackStream(&p, s)
	}
	model.PackNet(&p, m.net)
	if m.twinCounts() {
		model.PackNet(&p, m.twin)
	}
	if m.view != nil && m.dreamCounts() {
		model.PackNet(&p, m.view.dream)
	}
	return p.Done()
}

func (m *Machine) packRooms(p *sim.Packer) {
	p.Int32s(m.order)
	p.Ints(m.confused)
	p.Ints(m.counting)
	p.Floats(m.margins[:m.weighed(len(m.margins))])
	p.Int32s(m.topExample)
	p.Int32s(m.topPlace)
	p.Floats(m.topAnswer)
	p.Int32s(m.stands)
	for _, v := range m.pathSum {
		p.Uint64(math.Float64bits(v))
	}
	p.Ints(m.pathCount)
	m.packCarry(p)
	p.Int(m.reject.count)
	p.Int(m.reject.total)
	p.Floats([]float32{m.reject.threshold})
	p.Floats(m.reject.curve[:])
}

// weighed is how many margins of a test are known, of at most that many.
func (s *state) weighed(most int) int {
	if s.stage != stageTest {
		return 0
	}
	return min(int(s.testAt), most)
}

// twinCounts reports whether what the twin holds can be seen, or goes on.
func (s *state) twinCounts() bool { return s.tested || s.stage == stageTest }

// dreamCounts reports the same of the net that ascends.
func (s *state) dreamCounts() bool { return s.ascents > 0 || s.rising || s.stage == stageAscent }

// streams are the random streams: of the order, then those of the net.
func (m *Machine) streams() []*rng.Stream {
	return append([]*rng.Stream{&m.stream, &m.lesions, &m.noise}, m.net.Streams()...)
}

// place is a whole number of the state with its limits.
type place struct {
	v      *int64
	lo, hi int64
	what   string
}

const countMax = math.MaxInt64

func (m *Machine) places() []place { return m.state.places(m) }

func (s *state) places(m *Machine) []place {
	n, program := int64(m.set.Train.N), int64(max(len(m.steps), len(m.tests)))
	blocks, layers, units, stages := int64(len(m.blocks)), int64(1), int64(1), int64(stageTest)
	if m.view != nil {
		layers, units, stages = int64(len(m.view.layers)), int64(m.view.most), stageAscent
		for _, list := range m.view.ascent {
			program = max(program, int64(len(list)))
		}
	}
	return []place{
		{&s.stage, stageTrain, stages, "stage"}, {&s.at, 0, program - 1, "next operation"}, {&s.done, -1, program - 1, "last operation"},
		{&s.place, 0, n - 1, "place in the order"}, {&s.rows, 0, int64(m.net.Batch), "examples in the batch"}, {&s.first, 0, n - 1, "first example"},
		{&s.pass, 0, countMax, "passes"}, {&s.batches, 0, countMax, "batches"}, {&s.seen, 0, countMax, "presentations"}, {&s.work, 0, countMax, "multiply-adds"},
		{&s.wrong, 0, countMax, "wrong answers"}, {&s.missed, 0, countMax, "wrong answers"}, {&s.last.wrong, 0, countMax, "wrong answers"},
		{&s.last.count, 0, countMax, "answers"}, {&s.test.wrong, 0, countMax, "wrong answers"}, {&s.test.count, 0, countMax, "answers"},
		{&s.solved, 0, countMax, "pass"}, {&s.testMiss, 0, countMax, "wrong answers"}, {&s.examed, 0, countMax, "tests"}, {&s.testAt, 0, int64(max(m.set.Train.N, m.set.Test.N)) - 1, "place in the test"},
		{&s.dial.batch, 1, int64(m.spec.Batch), "batch"}, {&s.dial.next, 0, n, "next"}, {&s.dial.testEvery, 0, 1 << 30, "test-every"},
		{&s.dial.order, orderConstant, orderDrawn, "order"}, {&s.dial.testOn, 0, 1, "test-on"}, {&s.dial.look, 0, 1 << 20, "look"},
		{&s.notedOn, 0, 1, "examples of the greatest answers"}, {&s.risen, 0, ascentSteps, "steps of an ascent"}, {&s.ascents, 0, countMax, "ascents"},
		{&s.length, allWays, blocks, "length of the way"}, {&s.dial.over, 1, curveLength, "average-over"}, {&s.dial.layer, 0, layers - 1, "unit-layer"},
		{&s.dial.unit, 1, units, "unit"}, {&s.dial.cut, 0, blocks, "cut-at-random"}, {&s.dial.swap, 0, blocks / 2, "swap-at-random"},
		{&s.fault, 0, program, "fault"}, {&s.faultBy, 0, int64(len(m.net.Params)), "spoilt parameter"},
	}
}

func (s *state) marks() []*bool {
	return []*bool{&s.tested, &s.rising, &s.dial.learn, &s.dial.schedule, &s.dial.asked, &s.dial.examine, &s.dial.climb, &s.dial.paths}
}

func (m *Machine) reals() []*float32 {
	s := &m.opt.Settings
	return []*float32{&m.loss, &m.last.loss, &m.test.loss, &s.Rate, &s.Mu, &s.Decay, &s.Clip}
}

func (c *curves) list() []*curve {
	return []*curve{&c.batch, &c.loss, &c.err, &c.testLoss, &c.testErr}
}
