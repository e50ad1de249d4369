package dataset

import "math/bits"

// Lengths are counted in 1/65536 of a cell or pixel.
const one = 1 << 16

// Sines and cosines are counted in 1/2^30; an angle in minutes of arc.
const (
	unitBits = 30
	turnMin  = 360 * 60 // minutes of arc in a full turn
)

// arctan[i] is atan(2^-i) in 1/2^32 of a full turn, rounded to nearest.
var arctan = [...]int64{
	536870912, 316933406, 167458907, 85004756, 42667331, 21354465, 10679838, 5340245,
	2670163, 1335087, 667544, 333772, 166886, 83443, 41722, 20861,
	10430, 5215, 2608, 1304, 652, 326, 163, 81,
	41, 20, 10, 5, 3, 1,
}

// cordicUnit is 2^40 divided by the gain of the rotations, which is the product
// of sqrt(1 + 4^-i) for i in 0..29, rounded to nearest.
const cordicUnit = 667681663043

// sinCos returns the sine and cosine of an angle in minutes of arc, in 1/2^30:
// 30 rotations of CORDIC in integers, with ten guard bits. The error is below
// 10/2^30; the sines of 0, 90, 180 and 270 degrees are exact.
func sinCos(minutes int64) (sin, cos int64) {
	minutes = ((minutes % turnMin) + turnMin) % turnMin
	quarter := minutes / (turnMin / 4)
	rest := minutes % (turnMin / 4)
	x, y := int64(1)<<40, int64(0)
	if rest != 0 {
		x, y = rotate((rest<<32 + turnMin/2) / turnMin)
	}
	const half = 1 << 9
	s, c := (y+half)>>10, (x+half)>>10
	switch quarter {
	case 1:
		return c, -s
	case 2:
		return -s, -c
	case 3:
		return -c, s
	}
	return s, c
}

// rotate turns the unit vector by an angle in 1/2^32 of a turn, below a quarter.
func rotate(angle int64) (x, y int64) {
	x = cordicUnit
	for i, a := range arctan {
		dx, dy := y>>i, x>>i
		if angle >= 0 {
			x, y, angle = x-dx, y+dy, angle-a
		} else {
			x, y, angle = x+dx, y-dy, angle+a
		}
	}
	return x, y
}

// root returns the whole part of the square root of v, which is not negative.
func root(v int64) int64 {
	if v < 2 {
		return v
	}
	r := int64(1) << ((bits.Len64(uint64(v)) + 1) / 2) // not below the root
	for {
		next := (r + v/r) / 2
		if next >= r {
			return r
		}
		r = next
	}
}

// times returns a*s, s in 1/2^30, rounded to nearest (halves up).
func times(a, s int64) int64 { return (a*s + 1<<(unitBits-1)) >> unitBits }
