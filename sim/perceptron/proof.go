package perceptron

import "math/bits"

// derive recomputes what follows from the state alone.
func (m *Machine) derive() {
	for i := range m.targets {
		m.features(m.row(int64(i)), m.table.row(i))
	}
	m.pocketWrong = m.wrong(m.pocket)
	m.deriveCertificate()
	m.deriveBound()
}

// features fills x with the constant and the features of one row of inputs.
func (m *Machine) features(x, inputs []int64) {
	x[0] = 0
	if m.constant {
		x[0] = m.featureScale()
	}
	if len(m.fixed.Units) == 0 {
		copy(x[1:], inputs)
		return
	}
	for u := range m.fixed.Units {
		x[1+u] = 0
		if m.fires(u, inputs, m.table.Scale) {
			x[1+u] = 1
		}
	}
}

// fires tells whether unit u of the fixed layer fires on inputs, in which 1 is
// scale.
func (m *Machine) fires(u int, inputs []int64, scale int64) bool {
	w := 1 + len(m.table.Names)
	unit := m.layer[u*w : u*w+w]
	return dot(unit[1:], inputs) >= unit[0]*scale
}

// deriveCertificate sums lambda*y*phi, with y = +1 or -1. If w separated the
// table, w times that sum would be a sum of numbers that are none of them
// negative, and positive wherever lambda is and the answer may not lie on the
// threshold itself. So if the sum is zero in every cell and such a lambda is
// positive, there is no w: that is certified.
func (m *Machine) deriveCertificate() {
	clear(m.certificate)
	strict := false
	for i, l := range m.lambda {
		y := 2*m.targets[i] - 1
		strict = strict || l > 0 && (m.targets[i] == 1) != m.zero
		for k, v := range m.row(int64(i)) {
			m.certificate[k] += l * y * v
		}
	}
	m.certified = strict && norm2Zero(m.certificate)
}

func norm2Zero(v []int64) bool {
	for _, x := range v {
		if x != 0 {
			return false
		}
	}
	return true
}

// deriveBound computes floor(R^2 |u|^2 / min(y u.x)^2) for the witness u; 0
// where u does not separate the table strictly. Each factor is below 2^49.
func (m *Machine) deriveBound() {
	least, r2 := int64(1)<<62, int64(0)
	for i, t := range m.targets {
		x := m.row(int64(i))
		least = min(least, (2*t-1)*dot(m.witness, x))
		r2 = max(r2, norm2(x))
	}
	m.bound = 0
	if least > 0 {
		m.bound = ratio(uint64(r2), uint64(norm2(m.witness)), uint64(least))
	}
}

// ratio is floor(a b / c^2), which the caller knows to be at least 1 and below
// 2^63 or else gets the largest int64.
func ratio(a, b, c uint64) int64 {
	hi, lo := bits.Mul64(a, b)
	q := long(hi, lo, c)
	return int64(min(long(q.hi, q.lo, c).capped(), 1<<63-1))
}

type wide struct{ hi, lo uint64 }

func (w wide) capped() uint64 {
	if w.hi > 0 {
		return 1<<64 - 1
	}
	return w.lo
}

// long is floor((hi, lo) / c). Dividing by c twice is dividing by c^2: the floor
// of a floor's quotient is the floor of the quotient.
func long(hi, lo, c uint64) wide {
	q := wide{hi: hi / c}
	q.lo, _ = bits.Div64(hi%c, lo, c)
	return q
}
