package f32

import (
	"math"
	"math/bits"
)

// Sin returns the sine of x radians; NaN for infinities.
// Its maximum error is 0.5001 ulp, over all 2^32 arguments.
func Sin(x float32) float32 {
	a := Abs(x)
	if !(a <= math.MaxFloat32) {
		return float32(math.NaN())
	}
	if a < 0x1p-12 {
		return signed(a-float32(float32(float32(a*a)*a)*(1.0/6)), x)
	}
	q, r := quadrant(a)
	s := quarter(q, r)
	if x < 0 {
		s = -s
	}
	return float32(s)
}

// Cos returns the cosine of x radians; NaN for infinities.
// Its maximum error is 0.5001 ulp, over all 2^32 arguments.
func Cos(x float32) float32 {
	a := Abs(x)
	if !(a <= math.MaxFloat32) {
		return float32(math.NaN())
	}
	q, r := quadrant(a)
	return float32(quarter(q+1, r))
}

// quarter returns sin(r + q pi/2) for |r| <= pi/4.
func quarter(q uint64, r float64) float64 {
	v := sin64(r)
	if q&1 == 1 {
		v = cos64(r)
	}
	if q&2 == 2 {
		v = -v
	}
	return v
}

// sin64 is the series of the sine, to x^13: better than 2^-40 for |x| <= pi/4.
func sin64(x float64) float64 {
	u := float64(x * x)
	p := 1.0/362880 + float64(u*(-1.0/39916800+float64(u*(1.0/6227020800))))
	p = -1.0/6 + float64(u*(1.0/120+float64(u*(-1.0/5040+float64(u*p)))))
	return x + float64(float64(x*u)*p)
}

// cos64 is the series of the cosine, to x^12.
func cos64(x float64) float64 {
	u := float64(x * x)
	p := 1.0/40320 + float64(u*(-1.0/3628800+float64(u*(1.0/479001600))))
	p = 1.0/24 + float64(u*(-1.0/720+float64(u*p)))
	return 1 - float64(u*0.5) + float64(float64(u*u)*p)
}

// Pi/2 in three parts. The first two have 28 bits, so that their products with
// an integer below 2^25 are exact.
const (
	halfPi0 = 0x1.921fb54000000p+0
	halfPi1 = 0x1.10b4610000000p-30
	halfPi2 = 0x1.a62633145c06ep-58
)

// quadrant splits a >= 0 into q pi/2 + r with |r| <= pi/4; of q, the two low
// bits are right.
func quadrant(a float32) (q uint64, r float64) {
	if a >= 0x1p25 {
		return payneHanek(a)
	}
	x := float64(a)
	n := math.Floor(float64(x*(2/math.Pi)) + 0.5)
	r = x - float64(n*halfPi0)
	r = r - float64(n*halfPi1)
	r = r - float64(n*halfPi2)
	return uint64(int64(n)), r
}

// twoOverPi holds the bits of 2/pi after the point.
var twoOverPi = [5]uint64{0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0}

// payneHanek is quadrant for a >= 2^25 (Payne and Hanek 1983): with a = m 2^e
// it multiplies m by those 128 bits of 2/pi that count after 2^e.
func payneHanek(a float32) (q uint64, r float64) {
	u := math.Float32bits(a)
	m := uint64(u&(1<<23-1) | 1<<23)
	skip := int(u>>23) - 152 // the bits of 2/pi before add whole turns only
	hi, lo := window(skip), window(skip+64)
	carry, low := bits.Mul64(m, lo)
	high := m*hi + carry // in quarter turns, modulo 4: its point is after two bits
	q = high >> 62
	fraction := int64(high<<2 | low>>62) // of a quarter turn, -1/2..1/2
	if fraction < 0 {
		q++
	}
	return q, float64(float64(fraction) * (0x1p-64 * math.Pi / 2))
}

// window returns 64 bits of 2/pi from that bit on.
func window(from int) uint64 {
	w, s := from/64, from%64
	return twoOverPi[w]<<s | twoOverPi[w+1]>>(64-s)
}
