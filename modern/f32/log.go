package f32

import "math"

// tail returns log(1+f) - f for 1+f in sqrt(1/2)..sqrt(2).
func tail(f float32) float32 {
	q := FMA(log8, f, log7)
	q = FMA(q, f, log6)
	q = FMA(q, f, log5)
	q = FMA(q, f, log4)
	q = FMA(q, f, log3)
	q = FMA(q, f, log2)
	q = FMA(q, f, log1)
	q = FMA(q, f, log0)
	q = FMA(q, f, -0.5)
	return float32(float32(f*f) * q)
}

// compose returns k ln(2) + log(1+f).
func compose(k, f float32) float32 {
	low := FMA(k, ln2Lo, tail(f))
	return FMA(k, ln2Hi, f+low)
}

// split returns k and m with x = 2^k m and m in sqrt(1/2)..sqrt(2); x must be
// positive and normal.
func split(x float32) (k int32, m float32) {
	u := math.Float32bits(x)
	k = int32(u-sqrtHalf) >> 23
	return k, math.Float32frombits(u - uint32(k)<<23)
}

// Log returns the natural logarithm of x: -Inf at 0, NaN below.
// Its maximum error is 0.929 ulp, over all 2^32 arguments.
func Log(x float32) float32 {
	if !(x > 0) || x > math.MaxFloat32 {
		return logEdge(x)
	}
	bias := int32(0)
	if x < 0x1p-126 {
		x, bias = float32(x*0x1p23), 23
	}
	k, m := split(x)
	return compose(float32(k-bias), m-1)
}

// logEdge is Log where x is not positive and finite.
func logEdge(x float32) float32 {
	switch {
	case x == 0:
		return float32(math.Inf(-1))
	case x < 0:
		return float32(math.NaN())
	}
	return x
}

// Log1p returns Log(1+x), exact to the last places near 0: -Inf at -1, NaN
// below. Its maximum error is 1.636 ulp, over all 2^32 arguments.
//
// With 1+x = 2^k (1+f) it takes f = 2^-k x + (2^-k - 1), rounded once; beyond
// 2^24 the 1 is lost, and f is the fraction of x.
func Log1p(x float32) float32 {
	if !(x > -1) || x > math.MaxFloat32 {
		return log1pEdge(x)
	}
	k, m := split(1 + x)
	switch {
	case k == 0:
		return x + tail(x)
	case k > 24:
		return compose(float32(k), m-1)
	}
	s := scale(-k)
	return compose(float32(k), FMA(x, s, s-1))
}

func log1pEdge(x float32) float32 {
	switch {
	case x == -1:
		return float32(math.Inf(-1))
	case x < -1:
		return float32(math.NaN())
	}
	return x
}
