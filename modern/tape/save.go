package tape

import (
	"math"

	"perceptarium/modern/nn"
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
	p.Int32s(m.order)
	p.Ints(m.confused)
	p.Ints(m.counting)
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
		packStream(&p, s)
	}
	packNet(&p, m.net)
	if m.twinCounts() {
		packNet(&p, m.twin)
	}
	return p.Done()
}

// twinCounts reports whether what the twin holds can be seen, or goes on.
func (s *state) twinCounts() bool { return s.tested || s.stage == stageTest }

func packStream(p *sim.Packer, s *rng.Stream) {
	for _, w := range s.State() {
		p.Uint64(w)
	}
}

func packNet(p *sim.Packer, n *nn.Net) {
	p.Floats([]float32{n.Result.Loss})
	n.Memory(func(v []float32) { p.Floats(v) }, func(v []int32, _, _ int32) { p.Int32s(v) })
}

// streams are the random streams: of the order, then those of the net.
func (m *Machine) streams() []*rng.Stream {
	return append([]*rng.Stream{&m.stream}, m.net.Streams()...)
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
	return []place{
		{&s.stage, stageTrain, stageTest, "stage"}, {&s.at, 0, program - 1, "next operation"}, {&s.done, -1, program - 1, "last operation"},
		{&s.place, 0, n - 1, "place in the order"}, {&s.rows, 0, int64(m.net.Batch), "examples in the batch"}, {&s.first, 0, n - 1, "first example"},
		{&s.pass, 0, countMax, "passes"}, {&s.batches, 0, countMax, "batches"}, {&s.seen, 0, countMax, "presentations"}, {&s.work, 0, countMax, "multiply-adds"},
		{&s.wrong, 0, countMax, "wrong answers"}, {&s.missed, 0, countMax, "wrong answers"}, {&s.last.wrong, 0, countMax, "wrong answers"},
		{&s.last.count, 0, countMax, "answers"}, {&s.test.wrong, 0, countMax, "wrong answers"}, {&s.test.count, 0, countMax, "answers"},
		{&s.solved, 0, countMax, "pass"}, {&s.testMiss, 0, countMax, "wrong answers"}, {&s.examed, 0, countMax, "tests"}, {&s.testAt, 0, int64(max(m.set.Train.N, m.set.Test.N)) - 1, "place in the test"},
		{&s.dial.batch, 1, int64(m.spec.Batch), "batch"}, {&s.dial.next, 0, n, "next"}, {&s.dial.testEvery, 0, 1 << 30, "test-every"},
		{&s.dial.order, orderConstant, orderDrawn, "order"}, {&s.dial.testOn, 0, 1, "test-on"}, {&s.dial.look, 0, 1 << 20, "look"},
		{&s.fault, 0, program, "fault"}, {&s.faultBy, 0, int64(len(m.net.Params)), "spoilt parameter"},
	}
}

func (s *state) marks() []*bool {
	return []*bool{&s.tested, &s.dial.learn, &s.dial.schedule, &s.dial.asked}
}

func (m *Machine) reals() []*float32 {
	s := &m.opt.Settings
	return []*float32{&m.loss, &m.last.loss, &m.test.loss, &s.Rate, &s.Mu, &s.Decay, &s.Clip}
}

func (c *curves) list() []*curve {
	return []*curve{&c.batch, &c.loss, &c.err, &c.testLoss, &c.testErr}
}
