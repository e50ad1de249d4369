package f32

import (
	"math"
	"testing"
)

//go:noinline
func plain(a, x, y float32) float32 { return a*x + y }

//go:noinline
func converted(a, x, y float32) float32 { return float32(a*x) + y }

// TestCompilerFusesWithoutConversion shows the trap that the law is about: the
// same Go text gives other bits where the compiler fuses it, and a conversion
// stops it.
func TestCompilerFusesWithoutConversion(t *testing.T) {
	a := math.Float32frombits(0x3f800001) // 1 + 2^-23
	y := float32(-1)
	const twice, once = 0x1p-22, 0x1.000001p-22 // a*a - 1, rounded twice and once
	if got := converted(a, a, y); got != twice {
		t.Errorf("float32(a*a) + y = %v, want %v: the conversion did not stop the compiler", got, float32(twice))
	}
	if got := FMA(a, a, y); got != once {
		t.Errorf("FMA(a, a, y) = %v, want %v", got, float32(once))
	}
	want := float32(twice)
	if compilerFuses {
		want = once
	}
	if got := plain(a, a, y); got != want {
		t.Errorf("a*a + y = %v, want %v (this build fuses: %v)", got, want, compilerFuses)
	}
}
