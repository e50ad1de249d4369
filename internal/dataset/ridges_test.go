package dataset

import (
	"math"
	"testing"

	"perceptarium/sim/rng"
)

// TestRidgesAreWaves: what is wanted is the mean of cosines, to the grain of the
// angles.
func TestRidgesAreWaves(t *testing.T) {
	r := drawRidges(4, 5, 64*turnMin/100, 1)
	st := rng.New(2).Stream("places")
	x := make([]int64, 5)
	for range 1000 {
		for i := range x {
			x[i] = st.Below(2*ridgeUnit+1) - ridgeUnit
		}
		want := 0.0
		for k, w := range r.direction {
			a := float64(r.phase[k])
			for i := range w {
				a += float64(w[i]) * float64(x[i]) / ridgeUnit
			}
			want += math.Cos(2 * math.Pi * a / turnMin)
		}
		if got := float64(r.at(x)) / (1 << unitBits); math.Abs(got-want) > 4*2*math.Pi/turnMin {
			t.Fatalf("at %v: %v, want %v", x, got, want)
		}
	}
}

// TestLegendreIsOrthonormal: the mean product of two polynomials over a fine
// grid is 1 or 0.
func TestLegendreIsOrthonormal(t *testing.T) {
	const n = 20000
	for j := range legendreNorm {
		for k := range legendreNorm {
			sum := 0.0
			for i := range n {
				x := (2*float64(i)+1)/n - 1
				sum += legendre(j, x) * legendre(k, x)
			}
			want := 0.0
			if j == k {
				want = 1
			}
			if math.Abs(sum/n-want) > 1e-6 {
				t.Errorf("degrees %d and %d: %v, want %v", j, k, sum/n, want)
			}
		}
	}
}

// TestMultiIndices: with the constant there are (inputs+degree over degree).
func TestMultiIndices(t *testing.T) {
	for degree, want := range []int{0, 5, 20, 55, 125} {
		if got := len(multiIndices(5, degree)); got != want {
			t.Errorf("degree %d of 5: %d, want %d", degree, got, want)
		}
	}
}
