package reader

import "perceptarium/sim"

// settings is what the controls stand at.
type settings struct {
	cutting   int64
	narrowest int64 // columns of a piece
	widest    int64
	lessons   int64
	reject    float32
}

const (
	cutGraph int64 = iota
	cutEqual
)

var cuttingNames = []string{"graph", "equal"}

// Limits of the settings.
const (
	lessonsMax = 10_000_000
	rejectMax  = 1000
)

func (m *Machine) presets() settings {
	return settings{narrowest: 2, widest: min(int64(m.rows)+2, widestMax), lessons: 20_000}
}

// pack and unpack are each other's inverse; what is out of range is refused.
func (s *settings) pack(p *sim.Packer) {
	p.Ints([]int64{s.cutting, s.narrowest, s.widest, s.lessons})
	p.Floats([]float32{s.reject})
}

func (s *settings) unpack(u *sim.Unpacker) {
	s.cutting = u.Within(cutGraph, cutEqual, "cutting")
	s.narrowest = u.Within(1, widestMax, "narrowest")
	s.widest = u.Within(1, widestMax, "widest")
	s.lessons = u.Within(0, lessonsMax, "lessons")
	var f [1]float32
	u.Floats(f[:])
	u.Fail(f[0] >= 0 && f[0] <= rejectMax, "reject is out of range")
	s.reject = f[0]
}
