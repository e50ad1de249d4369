package perceptron

import "perceptarium/sim"

// The plane of two inputs is looked at in planeCols x planeRows points. Both are
// one more than a multiple of 4, so that the table's own range, the middle half,
// begins and ends on a point.
const (
	planeCols = 33
	planeRows = 17
)

// planeUnit is what 1 is in the coordinates of a point, so that they are whole.
const planeUnit = 2 * (planeCols - 1)

// readPlane answers at every point of the plane, the largest second input
// first. The plane begins half a range before the table's own and is two ranges
// wide: x = lo + width (4 i - (planeCols-1)) / planeUnit, and y alike.
func (m *Machine) readPlane(r *sim.Reading) {
	const tall = (planeCols - 1) / (planeRows - 1)
	x0, width := m.span(0)
	y0, height := m.span(1)
	point := make([]int64, 2)
	x := make([]int64, len(m.weight))
	r.Clear()
	for j := planeRows - 1; j >= 0; j-- {
		point[1] = y0*planeUnit + height*int64(4*j-(planeRows-1))*tall
		for i := range planeCols {
			point[0] = x0*planeUnit + width*int64(4*i-(planeCols-1))
			r.Ints = append(r.Ints, truth(m.answerAt(x, point)))
		}
	}
}

// span is the smallest value of input k, and how far it is to the largest; at
// least 1 apart.
func (m *Machine) span(k int) (lo, width int64) {
	lo, hi := m.table.Inputs[k], m.table.Inputs[k]
	for i := range m.targets {
		v := m.table.row(i)[k]
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, max(hi-lo, 1)
}

// answerAt is the answer at a point whose coordinates are inputs times planeUnit;
// x is scratch of the weights' length. A positive factor on all inputs changes
// no answer.
func (m *Machine) answerAt(x, point []int64) bool {
	x[0] = 0
	if len(m.fixed.Units) > 0 {
		if m.constant {
			x[0] = 1
		}
		for u := range m.fixed.Units {
			x[1+u] = truth(m.fires(u, point, m.table.Scale*planeUnit))
		}
		return m.step(dot(m.weight, x))
	}
	if m.constant {
		x[0] = m.table.Scale * planeUnit
	}
	copy(x[1:], point)
	return m.step(dot(m.weight, x))
}
