package f32

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestUniform(t *testing.T) {
	for _, c := range []struct {
		u    uint64
		want float32
	}{{0, 0}, {1<<40 - 1, 0}, {1 << 40, 0x1p-24}, {1 << 63, 0.5}, {math.MaxUint64, 1 - 0x1p-24}} {
		if got := Uniform(c.u); got != c.want {
			t.Errorf("Uniform(%#x) = %v, want %v", c.u, got, c.want)
		}
	}
}

func TestNormalMatchesItsFormula(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 100_000 {
		u := r.Uint64()
		a, b := Normal(u)
		radius := math.Sqrt(-2 * math.Log((float64(u>>32)+0.5)*0x1p-32))
		sin, cos := math.Sincos(float64(uint32(u)) * (2 * math.Pi * 0x1p-32))
		if math.Abs(float64(a)-radius*cos) > 4e-7 || math.Abs(float64(b)-radius*sin) > 4e-7 {
			t.Fatalf("Normal(%#x) = %v, %v, want %v, %v", u, a, b, radius*cos, radius*sin)
		}
	}
}

func TestNormalIsNormal(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	const n = 200_000
	var sum, squares, fourth, cross float64
	for range n {
		a, b := Normal(r.Uint64())
		x, y := float64(a), float64(b)
		sum += x + y
		squares += x*x + y*y
		fourth += x*x*x*x + y*y*y*y
		cross += x * y
	}
	// Five standard deviations of each estimate.
	for _, c := range []struct {
		name            string
		got, want, band float64
	}{
		{"mean", sum / (2 * n), 0, 5 / math.Sqrt(2*n)},
		{"variance", squares / (2 * n), 1, 5 * math.Sqrt(2.0/(2*n))},
		{"fourth moment", fourth / (2 * n), 3, 5 * math.Sqrt(96.0/(2*n))},
		{"covariance", cross / n, 0, 5 / math.Sqrt(n)},
	} {
		if math.Abs(c.got-c.want) > c.band {
			t.Errorf("%s is %v, want %v within %v", c.name, c.got, c.want, c.band)
		}
	}
	if a, _ := Normal(0); a > 6.77 || a < 6.7 {
		t.Errorf("the farthest number is %v", a)
	}
}
