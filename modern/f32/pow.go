package f32

import "math"

// Pow returns x to the power y, with the special cases of IEEE-754 (pow): 1
// for y = 0 or x = 1 whatever the other is; NaN for x < 0 and y not an
// integer. Its maximum error over 1e9 stratified pairs is 0.5054 ulp.
func Pow(x, y float32) float32 {
	if y == 0 || x == 1 {
		return 1
	}
	if x != x || y != y {
		return float32(math.NaN())
	}
	a := Abs(x)
	if x < 0 && a <= math.MaxFloat32 && !whole(y) {
		return float32(math.NaN())
	}
	r := powAbs(a, y)
	if math.Float32bits(x)>>31 == 1 && odd(y) {
		return -r
	}
	return r
}

// powAbs is Pow for a >= 0 and y not 0.
func powAbs(a, y float32) float32 {
	switch {
	case a == 1:
		return 1
	case a == 0 || a > math.MaxFloat32 || Abs(y) > math.MaxFloat32:
		if (a > 1) == (y > 0) {
			return float32(math.Inf(1))
		}
		return 0
	}
	t := float64(float64(y) * ln64(float64(a)))
	return float32(exp64(min(max(t, -120), 120)))
}

// whole reports whether y is an integer.
func whole(y float32) bool { return float32(math.Floor(float64(y))) == y }

// odd reports whether y is an odd integer.
func odd(y float32) bool {
	return Abs(y) < 0x1p24 && whole(y) && int64(y)&1 == 1
}

const (
	ln2Hi64    = 0x1.62e42feep-01      // ln 2, its leading 32 bits
	ln2Lo64    = 0x1.a39ef35793c76p-33 // ln 2 - ln2Hi64
	sqrtHalf64 = 0x3fe6a09e_00000000   // the bits of a float64 next to sqrt(1/2)
)

// ln64 returns the natural logarithm of x, positive and normal, to about
// 2^-44 of its value: log(m) = 2 atanh(s), s = (m-1)/(m+1).
func ln64(x float64) float64 {
	u := math.Float64bits(x)
	k := int64(u-sqrtHalf64) >> 52
	m := math.Float64frombits(u - uint64(k)<<52)
	s := (m - 1) / (m + 1)
	v := float64(s * s)
	p := 1.0/11 + float64(v*(1.0/13+float64(v*(1.0/15+float64(v*(1.0/17))))))
	p = 1.0/5 + float64(v*(1.0/7+float64(v*(1.0/9+float64(v*p)))))
	p = float64(v * (1.0/3 + float64(v*p)))
	low := float64(2*float64(s*p)) + float64(float64(k)*ln2Lo64)
	return float64(float64(k)*ln2Hi64) + (float64(2*s) + low)
}

// exp64 returns e to the power x, |x| <= 120, to about 2^-42 of its value.
func exp64(x float64) float64 {
	k := math.Floor(float64(x*math.Log2E) + 0.5)
	r := x - float64(k*ln2Hi64)
	r = r - float64(k*ln2Lo64)
	p := 1.0/40320 + float64(r*(1.0/362880+float64(r*(1.0/3628800+float64(r*(1.0/39916800))))))
	p = 1.0/120 + float64(r*(1.0/720+float64(r*(1.0/5040+float64(r*p)))))
	p = 1.0/2 + float64(r*(1.0/6+float64(r*(1.0/24+float64(r*p)))))
	p = 1 + (r + float64(float64(r*r)*p))
	return float64(p * math.Float64frombits(uint64(int64(k)+1023)<<52))
}
