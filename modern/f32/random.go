package f32

import "math"

// Uniform makes of 64 random bits a number in 0..1, 1 excluded: a multiple of
// 2^-24, each as likely as the others.
func Uniform(u uint64) float32 { return float32(float32(u>>40) * 0x1p-24) }

// Normal makes of 64 random bits two independent numbers of the standard
// normal distribution (Box and Muller 1958). The radius is of the upper 32
// bits, so that no number is beyond 6.77; the angle is of the lower 32.
func Normal(u uint64) (a, b float32) {
	radius := math.Sqrt(float64(-2 * ln64(float64((float64(u>>32)+0.5)*0x1p-32))))
	angle := uint32(u)
	octant := float64(int32(angle << 2)) // of a quarter turn, -1/2..1/2
	r := float64(octant * (0x1p-32 * math.Pi / 2))
	q := uint64(angle>>30) + uint64(angle>>29&1)
	return float32(float64(radius * quarter(q+1, r))), float32(float64(radius * quarter(q, r)))
}
