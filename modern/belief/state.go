package belief

import (
	"math"
	"slices"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// places lists the whole numbers of a state.
func (s *state) places(m *Machine) []place {
	layers, n := int64(len(m.layers)), int64(max(m.set.Train.N, m.set.Test.N, rowsMax))
	list := []place{
		{&s.task, taskRest, taskTune, "task"}, {&s.stage, 0, stages - 1, "stage"}, {&s.level, 0, layers, "level"}, {&s.turn, 0, turnsMax, "turn"},
		{&s.layer, 1, layers, "layer"}, {&s.learned, 0, layers, "learned"}, {&s.pass, 0, countMax, "pass"}, {&s.place, 0, n, "place in the order"},
		{&s.rows, 0, rowsMax, "rows"}, {&s.batches, 0, countMax, "batches"}, {&s.work, 0, math.MaxInt64, "multiply-adds"},
		{&s.errorCount, 0, math.MaxInt64, "units"}, {&s.wrong, 0, countMax, "wrong answers"}, {&s.count, 0, countMax, "answers"},
		{&s.tests, 0, countMax, "tests"}, {&s.at, 0, int64(len(m.forward) + len(m.back) + len(m.updates)), "operation"},
		{&s.judged, 0, countMax, "pictures"}, {&s.agreed, 0, countMax, "pictures"},
	}
	for i := range s.last {
		list = append(list, place{&s.last[i].wrong, 0, countMax, "wrong answers"}, place{&s.last[i].count, 0, countMax, "answers"})
	}
	return append(list, s.dial.places(m)...)
}

func (s *state) marks() []*bool {
	return []*bool{&s.parted, &s.dreamt, &s.fault, &s.dial.anneal, &s.dial.drawVisible, &s.dial.drawData}
}

// numbers lists all reals of layers, levels and net. Of the levels only the rows
// in use count; every batch fills its rows anew.
func (m *Machine) numbers(rows int64) [][]float32 {
	list := m.levels(int(max(rows, 1)))
	for i := range m.layers {
		list = append(list, m.layers[i].numbers()...)
	}
	list = append(list, m.energies, m.sums)
	if m.net != nil {
		m.net.Memory(func(v []float32) { list = append(list, v) }, func([]int32, int32, int32) {})
	}
	return list
}

// Save appends a snapshot of the whole state.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(dst, m.sheet)
	for _, f := range m.state.places(m) {
		p.Int(*f.v)
	}
	for _, v := range m.marks() {
		p.Bool(*v)
	}
	p.Uint64(m.seed)
	for _, v := range m.dial.reals() {
		p.Floats([]float32{*v})
	}
	p.Floats([]float32{m.errorLast})
	p.Uint64(math.Float64bits(m.errorSum))
	for _, s := range []*rng.Stream{&m.orders, &m.chance} {
		for _, w := range s.State() {
			p.Uint64(w)
		}
	}
	p.Int32s(m.order)
	p.Ints(m.confused)
	p.Ints(m.counting)
	p.Ints(m.histogram)
	for _, v := range m.numbers(m.rows) {
		p.Floats(v)
	}
	if m.net != nil {
		p.Int(int64(m.net.Rows))
		p.Int(int64(m.net.Result.Wrong))
		p.Floats([]float32{m.net.Result.Loss})
		m.net.Memory(func([]float32) {}, func(v []int32, _, _ int32) { p.Int32s(v) })
	}
	return p.Done()
}

// loading is a snapshot that is being read.
type loading struct {
	state
	numbers           [][]float32
	netRows, netWrong int64
	netLoss           [1]float32
	wholes            [][]int32
}

// Load takes over a snapshot. It is read into copies first: a refused one
// changes nothing.
func (m *Machine) Load(src []byte) error {
	u := sim.Unpack(src, m.sheet)
	l := loading{state: m.state}
	for _, f := range l.places(m) {
		*f.v = u.Within(f.lo, f.hi, f.what)
	}
	for _, v := range l.marks() {
		*v = u.Bool()
	}
	l.seed = u.Uint64()
	for i, v := range l.dial.reals() {
		var f [1]float32
		u.Floats(f[:])
		*v = f[0]
		most := []float32{rateMax, 1, 1, 1, rateMax}[i]
		u.Fail(f[0] >= 0 && f[0] <= most, "a setting is out of range")
	}
	var f [1]float32
	u.Floats(f[:])
	l.errorLast = f[0]
	l.errorSum = math.Float64frombits(u.Uint64())
	for _, s := range []*rng.Stream{&l.orders, &l.chance} {
		var words [4]uint64
		for i := range words {
			words[i] = u.Uint64()
		}
		u.Fail(s.SetState(words), "a random stream that never starts")
	}
	m.unpackLists(u, &l)
	m.check(u, &l.state)
	u.Fail(l.stage != stageNet || l.task == taskRest || l.rows == l.netRows, "a batch of another size than the net's")
	if err := u.Done(); err != nil {
		return err
	}
	m.adopt(&l)
	return nil
}

func (m *Machine) unpackLists(u *sim.Unpacker, l *loading) {
	l.order = slices.Clone(m.order)
	u.Int32s(l.order)
	l.confused, l.counting, l.histogram = slices.Clone(m.confused), slices.Clone(m.counting), slices.Clone(m.histogram)
	u.Ints(l.confused)
	u.Ints(l.counting)
	u.Ints(l.histogram)
	for _, v := range m.numbers(l.rows) {
		w := make([]float32, len(v))
		u.Floats(w)
		l.numbers = append(l.numbers, w)
	}
	if m.net == nil {
		return
	}
	l.netRows = u.Within(1, int64(m.net.Batch), "rows of the net")
	l.netWrong = u.Within(0, rowsMax, "wrong answers")
	u.Floats(l.netLoss[:])
	m.net.Memory(func([]float32) {}, func(v []int32, lo, hi int32) {
		w := make([]int32, len(v))
		u.Int32s(w)
		for _, x := range w {
			u.Fail(x >= lo && x <= hi, "a class that is none")
		}
		l.wholes = append(l.wholes, w)
	})
}

// usual are the stages that each task passes through.
var usual = [...][]int64{
	taskRest:   nil,
	taskLearn:  {stageFeed, stageUp, stageWake, stageDown, stageSleep, stageLearn},
	taskUpDown: {stageFeed, stageUp, stageWake, stageDown, stageSleep, stageFall, stageBoth, stageLearn},
	taskTest:   {stageFeed, stageUp, stageJudge, stageNet},
	taskDream:  {stageFeed, stageSleep, stageDown, stageFall, stageJudge},
	taskTune:   {stageFeed, stageNet},
}

// check refuses what fits number by number, and not together.
func (m *Machine) check(u *sim.Unpacker, s *state) {
	for _, i := range s.order {
		u.Fail(i >= 0 && int(i) < len(s.order), "an example beyond the last one")
	}
	if s.task == taskRest {
		return
	}
	u.Fail(slices.Contains(usual[s.task], s.stage), "a stage that the task does not have")
	u.Fail(s.task != taskTune || m.net != nil, "a net that is not there is tuned")
	u.Fail(s.task != taskTest || m.set.Classes > 0, "a test without classes")
	fed := s.stage != stageFeed
	of := int64(m.set.Train.N)
	switch s.task {
	case taskTest:
		of = int64(m.tested().N)
		u.Fail((s.stage == stageNet) == (fed && m.labels() == 0), "a test of what is not there")
	case taskDream:
		of = s.rows
		u.Fail(s.stage != stageJudge || m.labels() > 0, "pictures without labels are judged")
		u.Fail(s.stage == stageJudge || s.place == 0 || !fed, "pictures are judged before they are there")
	}
	if s.task != taskDream || s.stage == stageJudge {
		u.Fail(s.place < of && (!fed || s.rows > 0 && s.place+s.rows <= of || s.task == taskDream), "a batch beyond the last example")
	}
	m.checkLevel(u, s)
}

// checkLevel refuses a level where the stage has none, and an operation that the
// net does not have.
func (m *Machine) checkLevel(u *sim.Unpacker, s *state) {
	top := int64(len(m.layers))
	lo, hi := int64(0), top
	switch {
	case s.stage == stageUp && s.task == taskLearn:
		lo, hi = 1, s.layer-1
	case s.stage == stageUp || s.stage == stageFall || s.stage == stageBoth:
		lo, hi = 1, top-1
	}
	u.Fail(s.level >= lo && s.level <= hi, "a level that the stage does not have")
	last := int64(0)
	if s.stage == stageNet {
		last = int64(len(m.forward)) - 1
		if s.task == taskTune {
			last += int64(len(m.back) + len(m.updates))
		}
	}
	u.Fail(s.at <= last, "an operation that the net does not have")
}

func (m *Machine) adopt(l *loading) {
	for i, v := range m.numbers(l.rows) {
		copy(v, l.numbers[i])
	}
	copy(m.order, l.order)
	copy(m.confused, l.confused)
	copy(m.counting, l.counting)
	copy(m.histogram, l.histogram)
	order, confused, counting, histogram := m.order, m.confused, m.counting, m.histogram
	m.state = l.state
	m.order, m.confused, m.counting, m.histogram = order, confused, counting, histogram
	if m.net == nil {
		return
	}
	m.net.Rows, m.net.Result.Wrong, m.net.Result.Loss = int(l.netRows), int(l.netWrong), l.netLoss[0]
	i := 0
	m.net.Memory(func([]float32) {}, func(v []int32, _, _ int32) { copy(v, l.wholes[i]); i++ })
}
