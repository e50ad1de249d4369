package rival

import "perceptarium/sim"

// The plane of two inputs is looked at in planeCols x planeRows points. The
// examples lie in its middle three quarters.
const (
	planeCols, planeRows = 29, 11
	planeEdge            = 8 // one in so many columns and rows is beyond the examples, on each side
	planeMin, planeMax   = -2, 2
)

// readPlane answers at every point, the largest second input first.
func readPlane(m *Machine, r *sim.Reading) {
	x0, width := m.span(0)
	y0, height := m.span(1)
	var x [2]float32
	r.Clear()
	for j := planeRows - 1; j >= 0; j-- {
		x[1] = place(y0, height, j, planeRows)
		for i := range planeCols {
			x[0] = place(x0, width, i, planeCols)
			r.Ints = append(r.Ints, side(m.model.value(&m.task, x[:])))
		}
	}
	for i := range m.set.Train.N {
		p := m.set.Input(&m.set.Train, i)
		col, row := nearestPlace(x0, width, p[0], planeCols), nearestPlace(y0, height, p[1], planeRows)
		mark := int64(planeMin)
		if m.set.Train.Class[i] == 1 {
			mark = planeMax
		}
		r.Ints[(planeRows-1-row)*planeCols+col] = mark
	}
}

// side is what a value means on the plane.
func side(v float32) int64 {
	switch {
	case v >= 1:
		return 1
	case v <= -1:
		return -1
	}
	return 0
}

// span is the smallest value of input k of the examples, and how far it is to
// the largest; at least 1e-6.
func (m *Machine) span(k int) (lo, width float32) {
	lo = m.set.Train.X[k]
	hi := lo
	for i := range m.set.Train.N {
		v := m.set.Input(&m.set.Train, i)[k]
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, max(hi-lo, 1e-6)
}

// place is the coordinate of point i of n: the examples begin after an eighth
// of the points and end before the last eighth.
func place(lo, width float32, i, n int) float32 {
	inner := float32(float32(n-1) * 0.75)
	return lo + float32(width*((float32(i)-float32(n-1)/planeEdge)/inner))
}

// nearestPlace is the point next to a coordinate within the span.
func nearestPlace(lo, width, v float32, n int) int {
	inner := float32(float32(n-1) * 0.75)
	at := float32((v-lo)/width*inner) + float32(n-1)/planeEdge
	return int(min(max(at+0.5, 0), float32(n-1)))
}
