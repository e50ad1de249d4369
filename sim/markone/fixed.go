package markone

import (
	"math/bits"

	"perceptarium/sim/rng"
)

// Fixed-point arithmetic. Q16, Q30 and Q32 are integers that count 2^-16, 2^-30
// and 2^-32.

const (
	one16 = 1 << 16
	one30 = 1 << 30
	one32 = 1 << 32

	log2e32 = 6196328019 // log2(e) in Q32, rounded to nearest
)

// roots32 holds 2^(-1/2), 2^(-1/4), 2^(-1/8) ... in Q32, rounded to nearest.
var roots32 = [...]uint64{
	3037000500, 3611622603, 3938502376, 4112874773, 4202935003, 4248701965, 4271771996, 4283353945,
	4289156690, 4292061010, 4293513907, 4294240540, 4294603903, 4294785595, 4294876445, 4294921870,
	4294944583, 4294955939, 4294961618, 4294964457, 4294965876, 4294966586, 4294966941, 4294967119,
}

// exp2neg returns 2^-x in Q30 for x in Q32: the product of the roots that the
// fraction of x asks for, each product cut to Q32, then shifted by its whole
// part. The last byte of the fraction is left out, which makes the result too
// large by at most 2^-24 of itself.
func exp2neg(x uint64) int64 {
	whole := x >> 32
	if whole > 30 {
		return 0
	}
	v := uint64(one32)
	for i, frac := 0, uint32(x); i < len(roots32); i, frac = i+1, frac<<1 {
		if frac>>31 == 1 {
			v = mul32(v, roots32[i])
		}
	}
	return int64(v >> (2 + whole))
}

// fader is exp2neg by tables, for where speed counts: the first three bytes of the
// fraction each look up a factor in Q32.
type fader [3][256]uint64

func newFader() (f fader) {
	for k := range f {
		for i := range f[k] {
			f[k][i] = one32
			for bit := range 8 {
				if i>>(7-bit)&1 == 1 {
					f[k][i] = mul32(f[k][i], roots32[8*k+bit])
				}
			}
		}
	}
	return f
}

// share returns 2^-x in Q30 for x in Q32.
func (f *fader) share(x uint64) int64 {
	if x >= 31<<32 {
		return 0
	}
	v := mul32(mul32(f[0][x>>24&255], f[1][x>>16&255]), f[2][x>>8&255])
	return int64(v >> (2 + x>>32))
}

// mul32 is a product of two Q32 of at most 1, cut.
func mul32(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi<<32 | lo>>32
}

// log2of returns log2(v) in Q32 for v >= 1, cut, by repeated squaring.
func log2of(v uint64) int64 {
	whole := bits.Len64(v) - 1
	m := v << (63 - whole) // 1..2 in Q63
	r := int64(whole)
	for range 32 {
		r <<= 1
		m, _ = bits.Mul64(m, m) // 1..4 in Q62
		if m>>63 == 1 {
			r |= 1
		} else {
			m <<= 1
		}
	}
	return r
}

// isqrt returns the whole part of the square root of v.
func isqrt(v uint64) uint64 {
	if v == 0 {
		return 0
	}
	r := uint64(1) << ((bits.Len64(v) + 1) / 2)
	for {
		next := (r + v/r) / 2
		if next >= r {
			return r
		}
		r = next
	}
}

// normal draws a deviate of mean 0 and standard deviation 1 in Q16: the sum of
// twelve uniform ones (Irwin-Hall), so that none is beyond 6.
func normal(st *rng.Stream) int64 {
	sum := int64(0)
	for range 3 {
		v := st.Uint64()
		sum += int64(v&0xffff + v>>16&0xffff + v>>32&0xffff + v>>48)
	}
	return sum - 6*0xffff
}

// expMinusOne is e^-1 as a share of 2^64.
const expMinusOne = 6786177901268885275

// poisson draws a Poisson deviate of whole mean: the sum of as many of mean 1,
// each found along its cumulative distribution in integers.
func poisson(st *rng.Stream, mean int) int {
	n := 0
	for range mean {
		u, p := st.Uint64(), uint64(expMinusOne)
		for k := uint64(1); u >= p && p > 0; k++ {
			u -= p
			p /= k
			n++
		}
	}
	return n
}

// divide is a / b rounded to nearest, halves away from zero; b is positive.
func divide(a, b int64) int64 {
	if a < 0 {
		return -((-a + b/2) / b)
	}
	return (a + b/2) / b
}
