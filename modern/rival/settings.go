package rival

import "perceptarium/sim"

// settings is what the controls stand at.
type settings struct {
	kernel, degree                int64
	c, gamma, tolerance           float32
	k, features, passes, leaveOut int64
	rate                          float32
	other                         [otherMax + 1]float32 // the constant, then the weights
}

// otherMax is how many inputs a line to compare with may have.
const otherMax = 8

const (
	linearKernel int64 = iota
	polynomialKernel
	rbfKernel
)

var kernelNames = []string{"linear", "polynomial", "rbf"}

// Limits of the settings.
const (
	degreeMax    = 16
	kMax         = 64
	passesMax    = 10_000
	cMax         = 1e9
	gammaMax     = 1e6
	toleranceMin = 1e-9
	rateMax      = 100
)

// presets is what the controls stand at at power on.
func (m *Machine) presets() settings {
	s := settings{
		kernel: linearKernel, degree: 4, c: 10, gamma: 2 / float32(m.set.Size()), tolerance: 1e-3,
		k: 1, passes: 20, rate: 1 / float32(2*m.set.Size()),
	}
	s.rate = min(s.rate, 0.25)
	return s
}

// pack and unpack are each other's inverse; what is out of range is refused.
func (s *settings) pack(p *sim.Packer) {
	p.Ints([]int64{s.kernel, s.degree, s.k, s.features, s.passes, s.leaveOut})
	p.Floats([]float32{s.c, s.gamma, s.tolerance, s.rate})
	p.Floats(s.other[:])
}

func (s *settings) unpack(u *sim.Unpacker, t *task) {
	s.kernel = u.Within(0, int64(len(kernelNames))-1, "kernel")
	s.degree = u.Within(1, degreeMax, "degree")
	s.k = u.Within(1, kMax, "k")
	s.features = u.Within(0, int64(t.set.Size()), "features")
	s.passes = u.Within(1, passesMax, "passes")
	s.leaveOut = u.Within(0, int64(t.set.Train.N), "leave-out")
	var f [4]float32
	u.Floats(f[:])
	s.c, s.gamma, s.tolerance, s.rate = f[0], f[1], f[2], f[3]
	u.Fail(s.c > 0 && s.c <= cMax && s.gamma > 0 && s.gamma <= gammaMax && s.tolerance >= toleranceMin && s.tolerance <= 1 && s.rate > 0 && s.rate <= rateMax, "a setting is out of range")
	u.Floats(s.other[:])
	for _, v := range s.other {
		u.Fail(v >= -cMax && v <= cMax, "a weight of the other line is out of range")
	}
}
