package dataset

import (
	"math"
	"testing"
)

// TestWaves: the samples are those of the three functions.
func TestWaves(t *testing.T) {
	w := Waves()
	for k := range waveSamples {
		x := float64(k) / waveSamples
		square := 1.0
		if x >= 0.5 {
			square = -1
		}
		for wave, want := range []float64{math.Sin(2 * math.Pi * x), square, 2*x - 1 + 1.0/waveSamples} {
			if got := float64(w.Y[wave*waveSamples+k]) / float64(w.Unit); math.Abs(got-want) > 1e-8 {
				t.Errorf("wave %d, sample %d: %v, want %v", wave, k, got, want)
			}
		}
	}
}

// TestReversal: what is wanted is what was heard, from its end.
func TestReversal(t *testing.T) {
	const n = 6
	s, err := Reversal(n, 20, 3)
	if err != nil {
		t.Fatal(err)
	}
	for row := range s.Rows() {
		x := s.X[row*4*n:]
		for k := range n {
			if at := n - 1 - k; s.Y[row*n+k] != x[2*at+1] || x[2*at]+x[2*at+1] != 1 || x[2*(n+k)]+x[2*(n+k)+1] != 0 {
				t.Fatalf("row %d: %v wants %v", row, x[:4*n], s.Y[row*n:row*n+n])
			}
		}
	}
}
