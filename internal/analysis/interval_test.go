package analysis

import (
	"math"
	"testing"
)

// TestMean95 holds the interval against the textbook's t of 2.776 for five
// values: mean 3, standard deviation 1.5811.
func TestMean95(t *testing.T) {
	i := Mean95([]float64{1, 2, 3, 4, 5})
	if half := 2.7764 * 1.5811 / math.Sqrt(5); i.Mean != 3 || math.Abs(i.Hi-i.Mean-half) > 1e-3 || i.N != 5 {
		t.Errorf("got %+v", i)
	}
	for _, row := range []struct {
		values []float64
		want   string
	}{
		{nil, "not run"},
		{[]float64{2.5}, "2.5 (one seed)"},
		{[]float64{7, 7, 7}, "7 (all 3 seeds)"},
		{[]float64{1, 2, 3, 4, 5}, "3 [1.04, 4.96]"},
		{[]float64{123.45, 123.55}, "123.5 [122.9, 124.1]"},
	} {
		if got := Mean95(row.values).String(); got != row.want {
			t.Errorf("%v: got %q, want %q", row.values, got, row.want)
		}
	}
	if !i.Within(3, 4) || i.Within(3.1, 4) || !i.Reaches(4.9, 9) || i.Reaches(5, 9) {
		t.Error("Within or Reaches is wrong")
	}
}

// TestShare95 holds the interval against published ones: of Wilson's for 81 of
// 263 (Newcombe 1998), and of the closed form for none of n, z2/(n+z2).
func TestShare95(t *testing.T) {
	for _, row := range []struct {
		hits, n int
		want    string
	}{
		{81, 263, "0.308 [0.255, 0.366]"},
		{0, 20, "0 [0, 0.161]"},
		{29, 29, "1 [0.883, 1]"},
		{1, 1, "1 (one seed)"},
		{0, 0, "not run"},
	} {
		values := make([]float64, row.n)
		for i := range row.hits {
			values[i] = 1
		}
		if got := Share95(values).String(); got != row.want {
			t.Errorf("%d of %d: got %s, want %s", row.hits, row.n, got, row.want)
		}
	}
}
