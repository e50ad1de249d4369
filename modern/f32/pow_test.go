package f32

import (
	"math"
	"math/rand/v2"
	"testing"
)

const powBound = 0.5054

// powPair draws a pair whose power is mostly a number.
func powPair(r *rand.Rand) (x, y float32) {
	x = math.Float32frombits(r.Uint32())
	switch r.IntN(4) {
	case 0:
		x = math.Float32frombits(one + uint32(r.IntN(1<<20)) - 1<<19) // near 1
		return x, float32(math.Ldexp(r.Float64()-0.5, r.IntN(30)))
	case 1:
		return x, float32(r.IntN(64) - 32)
	case 2:
		return Abs(x), float32(r.Float64()*8 - 4)
	}
	return x, math.Float32frombits(r.Uint32())
}

func testPow(t *testing.T, pairs int) {
	r := rand.New(rand.NewPCG(1958, 754))
	worst, atX, atY := 0.0, float32(0), float32(0)
	for range pairs {
		x, y := powPair(r)
		if e := ulps(Pow(x, y), math.Pow(float64(x), float64(y))); e > worst {
			worst, atX, atY = e, x, y
		}
	}
	t.Logf("%.6f ulp at %v, %v", worst, atX, atY)
	if worst > powBound {
		t.Errorf("Pow(%v, %v) = %v is off by %.4f ulp, stated are %v", atX, atY, Pow(atX, atY), worst, powBound)
	}
}

func TestPow(t *testing.T) { testPow(t, 400_000) }

func TestPowOnSpecialValues(t *testing.T) {
	for _, x := range special {
		for _, y := range special {
			if e := ulps(Pow(x, y), math.Pow(float64(x), float64(y))); e > powBound {
				t.Errorf("Pow(%v, %v) = %v, want %v", x, y, Pow(x, y), math.Pow(float64(x), float64(y)))
			}
		}
	}
}
