package f32

import "math"

// reduce splits x, which must be within -104..104, into n ln(2) + r with
// |r| <= ln(2)/2 and returns n and expm1(r). The small part of n ln(2) joins
// the small terms, so that r is rounded but for its use in them.
func reduce(x float32) (n int32, p float32) {
	t := FMA(x, log2e, magic)
	n = int32(math.Float32bits(t) - magicBits)
	k := t - magic
	high := FMA(k, -ln2Hi, x) // exact
	low := float32(k * -ln2Lo)
	r := high + low
	q := FMA(exp4, r, exp3)
	q = FMA(q, r, exp2)
	q = FMA(q, r, exp1)
	q = FMA(q, r, exp0)
	return n, high + FMA(float32(r*r), q, low)
}

// signed returns y with the sign of x, where y is not negative or has it.
func signed(y, x float32) float32 {
	return math.Float32frombits(math.Float32bits(y) | math.Float32bits(x)&(1<<31))
}

// clamp returns x held within lo..hi; NaN stays.
func clamp(x, lo, hi float32) float32 {
	if x > hi {
		x = hi
	}
	if x < lo {
		x = lo
	}
	return x
}

// Exp returns e to the power x: +Inf from 88.72284 on, 0 below -103.97208.
// Its maximum error is 0.895 ulp, over all 2^32 arguments.
func Exp(x float32) float32 {
	n, p := reduce(clamp(x, -104, 89))
	half := n >> 1
	y := float32((1 + p) * scale(half))
	return float32(y * scale(n-half))
}

// Expm1 returns Exp(x) - 1, exact to the last places near 0.
// Its maximum error is 1.545 ulp, over all 2^32 arguments.
func Expm1(x float32) float32 {
	n, p := reduce(clamp(x, -40, 89))
	if n != 0 {
		s := scale(n - 1)
		p = float32(2 * FMA(p, s, s-0.5))
	}
	return signed(p, x)
}

// Logistic returns 1 / (1 + Exp(-x)).
// Its maximum error is 1.684 ulp, over all 2^32 arguments.
//
// With exp(-x) = 2^n (1+p) it is 2^-n / (2^-n + 1 + p); the order of the sum
// is chosen so that it is rounded once or loses nothing that counts.
func Logistic(x float32) float32 {
	n, p := reduce(clamp(-x, -64, 104))
	below := max(n-126, 0) // what scale cannot give at once: 2^-n may be subnormal
	s := float32(scale(below-n) * scale(-below))
	if n < 24 {
		return s / ((s + 1) + p)
	}
	return s / ((s + p) + 1)
}

// Tanh returns the hyperbolic tangent of x.
// Its maximum error is 1.123 ulp, over all 2^32 arguments.
func Tanh(x float32) float32 {
	a := Abs(x)
	if a >= tanhSplit {
		n, p := reduce(clamp(a+a, 0, 20))
		s := scale(n)
		return signed(1-2/FMA(p, s, s+1), x)
	}
	u := float32(x * x)
	q := FMA(tanh7, u, tanh6)
	q = FMA(q, u, tanh5)
	q = FMA(q, u, tanh4)
	q = FMA(q, u, tanh3)
	q = FMA(q, u, tanh2)
	q = FMA(q, u, tanh1)
	q = FMA(q, u, tanh0)
	return signed(FMA(float32(x*u), q, x), x)
}
