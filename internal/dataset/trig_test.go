package dataset

import (
	"math"
	"testing"
)

func TestArctanTable(t *testing.T) {
	for i, got := range arctan {
		want := int64(math.Round(math.Atan(math.Ldexp(1, -i)) / (2 * math.Pi) * (1 << 32)))
		if got != want {
			t.Errorf("arctan[%d] = %d, want %d", i, got, want)
		}
	}
}

func TestSinCosEverywhere(t *testing.T) {
	worst := 0.0
	for m := int64(-turnMin); m <= 2*turnMin; m++ {
		sin, cos := sinCos(m)
		angle := float64(m) * 2 * math.Pi / turnMin
		worst = max(worst, math.Abs(float64(sin)-math.Sin(angle)*(1<<unitBits)))
		worst = max(worst, math.Abs(float64(cos)-math.Cos(angle)*(1<<unitBits)))
	}
	t.Logf("largest error %.2f / 2^30", worst)
	if worst >= 10 {
		t.Errorf("largest error %.2f / 2^30, want below 10", worst)
	}
	for quarter, want := range [][2]int64{{0, 1}, {1, 0}, {0, -1}, {-1, 0}} {
		sin, cos := sinCos(int64(quarter) * turnMin / 4)
		if sin != want[0]<<unitBits || cos != want[1]<<unitBits {
			t.Errorf("quarter %d: %d, %d", quarter, sin, cos)
		}
	}
}

func TestRoot(t *testing.T) {
	check := func(v int64) {
		r := root(v)
		if r*r > v || (r+1) <= math.MaxInt64/(r+1) && (r+1)*(r+1) <= v {
			t.Errorf("root(%d) = %d", v, r)
		}
	}
	for v := range int64(100_000) {
		check(v)
	}
	for shift := range 62 {
		for d := int64(-1); d <= 1; d++ {
			check(int64(1)<<(shift+1) + d)
		}
	}
}

func TestFigureConstants(t *testing.T) {
	rows := []struct {
		name string
		got  int64
		want float64
	}{
		{"sqrt(2)/2", halfRoot2, math.Sqrt2 / 2},
		{"2/sqrt(5)", twoByRoot5, 2 / math.Sqrt(5)},
		{"sqrt(2)", diamond.ofArea(1 << unitBits), math.Sqrt2},
		{"sqrt(4/pi)", circle.ofArea(1 << unitBits), math.Sqrt(4 / math.Pi)},
	}
	for _, r := range rows {
		if want := int64(math.Round(r.want * (1 << unitBits))); r.got != want {
			t.Errorf("%s: %d, want %d", r.name, r.got, want)
		}
	}
}
