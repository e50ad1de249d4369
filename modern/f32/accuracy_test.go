package f32

import (
	"math"
	"testing"
)

// reference is a function of this package beside a float64 function that is
// better by many places, and the bound its doc comment states.
type reference struct {
	name  string
	f     func(float32) float32
	exact func(float64) float64
	bound float64 // ulp
}

var references = []reference{
	{"Exp", Exp, math.Exp, 0.896},
	{"Expm1", Expm1, math.Expm1, 1.545},
	{"Log", Log, math.Log, 0.929},
	{"Log1p", Log1p, math.Log1p, 1.636},
	{"Tanh", Tanh, math.Tanh, 1.123},
	{"Logistic", Logistic, func(x float64) float64 {
		if x < 0 {
			e := math.Exp(x)
			return e / (1 + e)
		}
		return 1 / (1 + math.Exp(-x))
	}, 1.684},
	{"Sqrt", Sqrt, math.Sqrt, 0.5},
	{"Sin", Sin, math.Sin, 0.501},
	{"Cos", Cos, math.Cos, 0.501},
}

// ulps is the distance of got from want in units in the last place of want.
// It is infinite where one of them is NaN or beyond all numbers and the other
// is not.
func ulps(got float32, want float64) float64 {
	w := float32(want)
	switch {
	case math.IsNaN(want) || got != got:
		if math.IsNaN(want) && got != got {
			return 0
		}
		return math.Inf(1)
	case math.Float32bits(got) == math.Float32bits(w):
		if math.IsInf(want, 0) || want == 0 || math.IsInf(float64(w), 0) {
			return 0
		}
	case math.IsInf(float64(w), 0) && want > 0 && got == math.MaxFloat32:
		return (want - math.MaxFloat32) / 0x1p104
	case math.IsInf(float64(w), 0) || math.Signbit(float64(got)) != math.Signbit(want):
		return math.Inf(1)
	}
	_, e := math.Frexp(want)
	return math.Abs(float64(got)-want) / math.Ldexp(1, max(e-24, -149))
}

// sweep returns the largest error of r over the bit patterns first, first +
// step, ... below end, and where it is.
func sweep(r reference, first, end, step uint64) (worst float64, at float32) {
	for u := first; u < end; u += step {
		x := math.Float32frombits(uint32(u))
		if e := ulps(r.f(x), r.exact(float64(x))); e > worst {
			worst, at = e, x
		}
	}
	return worst, at
}

func TestErrorsAreWithinTheStatedBounds(t *testing.T) {
	for _, r := range references {
		worst, at := sweep(r, 0, 1<<32, 9973)
		if worst > r.bound {
			t.Errorf("%s(%v) is off by %.4f ulp, stated are %v", r.name, at, worst, r.bound)
		}
	}
}

func TestSpecialArguments(t *testing.T) {
	edges := append([]float32{
		88.72283, 88.72284, 89, 104, 128, -87.33655, -103.97207, -103.97208, -104, -127.5, 16.6355, -16.6355, 0.125, 9.0109, tanhSplit, -tanhSplit,
		0x1p23, 0x1.fffffep24, 0x1p25, 0x1p26, 0x1p100, 0x1.47d0fep34,
	}, special...)
	for _, r := range references {
		for _, x := range edges {
			if e := ulps(r.f(x), r.exact(float64(x))); e > r.bound {
				t.Errorf("%s(%v) = %v, want %v", r.name, x, r.f(x), r.exact(float64(x)))
			}
		}
	}
}

func TestMaxAndMinSelect(t *testing.T) {
	nan, negative := float32(math.NaN()), float32(math.Copysign(0, -1))
	for _, c := range []struct {
		name             string
		a, b             float32
		maximum, minimum float32
	}{
		{"order", 1, 2, 2, 1},
		{"zeros", 0, negative, negative, negative},
		{"zeros turned", negative, 0, 0, 0},
		{"NaN first", nan, 1, 1, 1},
		{"NaN second", 1, nan, nan, nan},
	} {
		if got := Max(c.a, c.b); math.Float32bits(got) != math.Float32bits(c.maximum) {
			t.Errorf("%s: Max is %v, want %v", c.name, got, c.maximum)
		}
		if got := Min(c.a, c.b); math.Float32bits(got) != math.Float32bits(c.minimum) {
			t.Errorf("%s: Min is %v, want %v", c.name, got, c.minimum)
		}
	}
}
