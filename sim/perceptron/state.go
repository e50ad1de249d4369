package perceptron

import (
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Save appends a snapshot of the whole state.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(dst, m.sheet)
	s := &m.state
	p.Ints([]int64{s.rule, s.order, s.start, s.rate, s.denominator})
	p.Bool(s.constant)
	p.Bool(s.zero)
	for _, list := range s.lists() {
		p.Ints(list)
	}
	p.Ints([]int64{s.norm2Up, s.presentations, s.mistakes, s.passMistakes, s.streak, s.curveLen, s.next, s.fault})
	p.Ints([]int64{s.example, s.sum})
	p.Bool(s.output)
	p.Bool(s.hit)
	p.Bool(s.hare)
	p.Ints([]int64{s.lag, s.lagLimit, s.cycle})
	for _, r := range []*rng.Stream{&s.starts, &s.orders} {
		for _, w := range r.State() {
			p.Uint64(w)
		}
	}
	return p.Done()
}

// lists are the state's arrays in the order of a snapshot.
func (s *state) lists() [][]int64 {
	return [][]int64{s.targets, s.layer, s.witness, s.lambda, s.weight, s.origin, s.pocket, s.curve, s.past}
}

// Load takes over a snapshot of a machine with the same table and layer.
func (m *Machine) Load(src []byte) error {
	u := sim.Unpack(src, m.sheet)
	s := m.blank()
	s.unpack(u, int64(m.table.Rows()), int64(m.width()))
	if err := u.Done(); err != nil {
		return err
	}
	m.state = s
	m.derive()
	return nil
}

// most is the largest counter that a snapshot may hold: far beyond any run, and
// far below where counting on could overflow.
const most = 1 << 60

func (s *state) unpack(u *sim.Unpacker, rows, width int64) {
	s.rule = u.Within(0, int64(len(ruleNames))-1, "rule")
	s.order = u.Within(0, int64(len(orderNames))-1, "order")
	s.start = u.Within(0, int64(len(startNames))-1, "start")
	s.rate = u.Within(1, RateMax, "rate")
	s.denominator = u.Within(1, RateMax, "denominator")
	s.constant, s.zero = u.Bool(), u.Bool()
	s.unpackLists(u)
	s.norm2Up = u.Within(0, width*WeightMax*WeightMax, "norm2-max")
	s.presentations = u.Within(0, most, "presentations")
	s.mistakes = u.Within(0, most, "mistakes")
	s.passMistakes = u.Within(0, rows, "pass-mistakes")
	s.streak = u.Within(0, most, "streak")
	s.curveLen = u.Within(0, curvePasses, "length of the curve")
	s.next = u.Within(0, rows-1, "next")
	s.fault = u.Within(0, width, "fault")
	s.example = u.Within(0, rows, "example")
	s.sum = u.Int()
	s.output, s.hit, s.hare = u.Bool(), u.Bool(), u.Bool()
	s.lag = u.Within(0, most, "lag")
	s.lagLimit = u.Within(1, most, "lag limit")
	s.cycle = u.Within(0, most, "cycle")
	for _, r := range []*rng.Stream{&s.starts, &s.orders} {
		u.Fail(r.SetState([4]uint64{u.Uint64(), u.Uint64(), u.Uint64(), u.Uint64()}), "a random stream without state")
	}
}

func (s *state) unpackLists(u *sim.Unpacker) {
	within := func(list []int64, lo, hi int64, what string) {
		for i := range list {
			list[i] = u.Within(lo, hi, what)
		}
	}
	within(s.targets, 0, 1, "target")
	within(s.layer, -InputMax, InputMax, "layer")
	within(s.witness, -InputMax, InputMax, "witness")
	within(s.lambda, 0, LambdaMax, "lambda")
	within(s.weight, -WeightMax, WeightMax, "weight")
	within(s.origin, -startMax, startMax, "start weight")
	within(s.pocket, -WeightMax, WeightMax, "pocket weight")
	within(s.curve, 0, most, "curve")
	within(s.past, -WeightMax, WeightMax, "earlier weight")
}
