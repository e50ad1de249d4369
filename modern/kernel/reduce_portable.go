package kernel

import "math"

// reducePortable is the definition of every reduction: x[0] goes to lane 0.
func reducePortable(op redcode, r *reduction) {
	a := &r.lanes
	switch op {
	case redSum:
		for i, v := range r.x {
			a[i&7] += float64(v)
		}
	case redAbs:
		for i, v := range r.x {
			a[i&7] += math.Abs(float64(v))
		}
	case redDot:
		for i, v := range r.x {
			a[i&7] += float64(float64(v) * float64(r.y[i]))
		}
	case redDistance:
		for i, v := range r.x {
			d := float64(v) - float64(r.y[i])
			a[i&7] += float64(d * d)
		}
	case redDeviation:
		for i, v := range r.x {
			d := float64(v) - r.c
			a[i&7] += float64(d * d)
		}
	}
}

// maxAtPortable is the definition of Max.
func maxAtPortable(x []float32) int {
	best, at := float32(math.Inf(-1)), 0
	for i, v := range x {
		if v > best {
			best, at = v, i
		}
	}
	return at
}
