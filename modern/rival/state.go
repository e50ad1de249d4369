package rival

import "perceptarium/sim"

// Save appends a snapshot of the whole state.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(dst, m.sheet)
	m.how.pack(&p)
	p.Uint64(m.seed)
	p.Ints([]int64{m.phase, m.steps})
	p.Bool(m.fault)
	p.Ints(m.tested[:])
	p.Ints(m.errors[:])
	p.Int(int64(m.answered))
	p.Ints(m.confusion)
	m.model.pack(&p)
	return p.Done()
}

// most is the largest counter that a snapshot may hold.
const most = 1 << 60

// Load takes over a snapshot of a machine with the same model and data.
func (m *Machine) Load(src []byte) error {
	u := sim.Unpack(src, m.sheet)
	s := state{task: task{set: m.set}, confusion: make([]int64, len(m.confusion)), model: m.model.blank()}
	s.how.unpack(u, &s.task)
	s.seed = u.Uint64()
	s.phase = u.Within(phaseLearn, phaseRest, "phase")
	s.steps = u.Within(0, most, "steps")
	s.fault = u.Bool()
	s.unpackCounts(u)
	s.model.unpack(u, &s.task)
	if err := u.Done(); err != nil {
		return err
	}
	s.model = m.model.adopt(s.model)
	m.state = s
	return nil
}

func (s *state) unpackCounts(u *sim.Unpacker) {
	sizes := [2]int64{int64(s.set.Test.N), int64(s.set.Train.N)}
	for i, n := range sizes {
		s.tested[i] = u.Within(0, n, "examples answered")
	}
	for i := range sizes {
		s.errors[i] = u.Within(0, s.tested[i], "errors")
	}
	s.answered = int32(u.Within(0, int64(s.set.Classes)-1, "answer"))
	for i := range s.confusion {
		s.confusion[i] = u.Within(0, max(sizes[0], sizes[1]), "confusion")
	}
	for i, n := range sizes {
		open := s.phase < phaseTest+int64(i)
		u.Fail(!open || s.tested[i] == 0, "examples are answered before their phase")
		u.Fail(s.phase != phaseTest+int64(i) || s.tested[i] < n, "a phase has nothing left to answer")
	}
}
