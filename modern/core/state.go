package core

import "perceptarium/sim"

// Save appends a snapshot of the whole state.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(dst, m.sheet)
	s := &m.state
	for _, list := range s.lists() {
		p.Floats(list)
	}
	p.Bool(s.overwrite)
	p.Ints([]int64{s.block, s.arithmetic, s.tickPS})
	for _, at := range []place{s.at, s.did} {
		p.Ints([]int64{at.phase, at.from, at.row, at.column, at.l, at.r, at.v})
	}
	p.Ints([]int64{s.ticks, s.moves, s.vectorAdds, s.adds, s.memory, s.cached})
	return p.Done()
}

// lists are the state's arrays in the order of a snapshot.
func (s *state) lists() [][]float32 {
	return [][]float32{s.a, s.b, s.c, s.origin, s.panel, s.sum, s.odd, s.vector, s.broadcast}
}

// Load takes over a snapshot of a machine of the same shape.
func (m *Machine) Load(src []byte) error {
	u := sim.Unpack(src, m.sheet)
	s := m.blank()
	for _, list := range s.lists() {
		u.Floats(list)
		for _, v := range list {
			u.Fail(v >= -valueMost && v <= valueMost, "a number that no product of its operands reaches")
		}
	}
	for _, list := range [][]float32{s.a, s.b} {
		for _, v := range list {
			u.Fail(v >= -ValueMax && v <= ValueMax, "an operand out of range")
		}
	}
	s.overwrite = u.Bool()
	s.block = u.Within(0, m.k, "block")
	s.arithmetic = u.Within(0, arithmetics-1, "arithmetic")
	s.tickPS = u.Within(1, TickMax, "tick")
	s.at, s.did = m.unpackPlace(u), m.unpackPlace(u)
	for _, to := range []*int64{&s.ticks, &s.moves, &s.vectorAdds, &s.adds, &s.memory, &s.cached} {
		*to = u.Within(0, countMost, "count")
	}
	m.judge(u, &s)
	if err := u.Done(); err != nil {
		return err
	}
	m.state = s
	m.refer()
	return nil
}

const (
	// valueMost is beyond every sum that products of one after the other can
	// reach in a lifetime, and far below where an infinity begins.
	valueMost = 1e30
	// countMost is far beyond every count of a product of SizeMax.
	countMost = 1 << 24
)

func (m *Machine) unpackPlace(u *sim.Unpacker) place {
	return place{
		phase: u.Within(phaseReady, phases-1, "phase"),
		from:  u.Within(0, m.k-1, "first k"), row: u.Within(0, m.m-1, "row"), column: u.Within(0, m.n-1, "column"),
		l: u.Within(0, m.k-1, "k"), r: u.Within(0, m.tall-1, "row of the tile"), v: u.Within(0, m.vectors-1, "register"),
	}
}

// judge refuses places that no work reaches.
func (m *Machine) judge(u *sim.Unpacker, s *state) {
	u.Fail(s.at.phase != phaseReady && s.did.phase != phaseDone, "a product that has not begun, or an instruction after its end")
	u.Fail(s.at.phase != phaseDone || s.at == place{phase: phaseDone}, "a place after the end")
	u.Fail(s.did.phase != phaseReady || s.did == place{}, "a place before the beginning")
	for _, p := range []place{s.at, s.did} {
		twin := Machine{shape: m.shape, state: state{block: s.block, at: p}}
		whole := p.row%m.tall == 0 && p.column%m.width() == 0 && (p.from == 0 || s.block > 0 && p.from%s.block == 0)
		u.Fail(whole, "a place between tiles")
		u.Fail(p.l < twin.depth() && p.r < twin.tileRows(p) && p.v < twin.tileVectors(p), "a place beyond its tile")
		u.Fail(p.phase == phasePack || p.phase == phaseMultiply || p.l == 0, "a k where none is counted")
		u.Fail(p.phase != phasePack || p.r == 0 && p.row == 0, "a row where none is counted")
	}
}
