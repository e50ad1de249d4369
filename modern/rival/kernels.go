package rival

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
)

// similarity is the kernel K(x, y):
//
//	linear      x.y
//	polynomial  (gamma x.y + 1)^degree
//	rbf         exp(-gamma |x-y|^2)
func similarity(s *settings, x, y []float32) float32 {
	switch s.kernel {
	case polynomialKernel:
		base := f32.FMA(s.gamma, kernel.Dot(x, y), 1)
		power := base
		for range s.degree - 1 {
			power = float32(power * base)
		}
		return power
	case rbfKernel:
		return f32.Exp(-float32(s.gamma * kernel.SquaredDistance(x, y)))
	}
	return kernel.Dot(x, y)
}

// rows keeps rows of the matrix of all similarities: those that were asked for
// last. It is no part of the state: what is missing is computed anew.
type rows struct {
	n     int
	data  []float32 // [slots][n]
	slot  []int32   // of each row; -1 where it is not kept
	holds []int32   // the row in each slot; -1 for none
	next  int       // the slot that is given away next
	how   settings  // of the kernel
}

// rowsFloats bounds the numbers that are kept: 96 MiB.
const rowsFloats = 24 << 20

func newRows(n int) *rows {
	slots := min(n, max(2, rowsFloats/n))
	r := &rows{n: n, data: make([]float32, slots*n), slot: make([]int32, n), holds: make([]int32, slots)}
	r.forget()
	return r
}

func (r *rows) forget() {
	for i := range r.slot {
		r.slot[i] = -1
	}
	for i := range r.holds {
		r.holds[i] = -1
	}
	r.next = 0
}

// get returns row i; it holds until the next call, and row keep beyond it.
func (r *rows) get(t *task, i, keep int) []float32 {
	if r.how.kernel != t.how.kernel || r.how.gamma != t.how.gamma || r.how.degree != t.how.degree {
		r.forget()
		r.how = t.how
	}
	if s := r.slot[i]; s >= 0 {
		return r.data[int(s)*r.n:][:r.n]
	}
	if keep >= 0 && int(r.holds[r.next]) == keep {
		r.next = (r.next + 1) % len(r.holds)
	}
	s := r.next
	r.next = (r.next + 1) % len(r.holds)
	if old := r.holds[s]; old >= 0 {
		r.slot[old] = -1
	}
	r.holds[s], r.slot[i] = int32(i), int32(s)
	row := r.data[s*r.n:][:r.n]
	x := t.set.Input(&t.set.Train, i)
	for k := range row {
		row[k] = similarity(&t.how, t.set.Input(&t.set.Train, k), x)
	}
	return row
}
