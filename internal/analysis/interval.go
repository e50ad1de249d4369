package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is a mean over N values with its 95 % interval.
type Interval struct {
	Mean, Lo, Hi float64
	N            int
}

// Mean95 is the mean of values with its 95 % interval after Student: the
// values are taken as drawn independently from a normal law. One value has an
// interval without ends; none has NaN.
func Mean95(values []float64) Interval {
	n := len(values)
	if n == 0 {
		return Interval{Mean: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
	}
	mean, sd := stat.MeanStdDev(values, nil)
	if n == 1 {
		return Interval{mean, math.Inf(-1), math.Inf(1), 1}
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(n - 1)}.Quantile(0.975)
	half := t * sd / math.Sqrt(float64(n))
	return Interval{mean, mean - half, mean + half, n}
}

// Within reports whether the mean lies in lo..hi.
func (i Interval) Within(lo, hi float64) bool { return i.Mean >= lo && i.Mean <= hi }

// Reaches reports whether the interval has a value in lo..hi; that of one value,
// which has no ends, always has.
func (i Interval) Reaches(lo, hi float64) bool { return i.N > 0 && i.Hi >= lo && i.Lo <= hi }

// String is the mean and its interval, to three digits.
func (i Interval) String() string {
	switch {
	case i.N == 0:
		return "not run"
	case i.N == 1:
		return Figure(i.Mean) + " (one seed)"
	case i.Lo == i.Hi:
		return fmt.Sprintf("%s (all %d seeds)", Figure(i.Mean), i.N)
	}
	return fmt.Sprintf("%s [%s, %s]", Figure(i.Mean), Figure(i.Lo), Figure(i.Hi))
}

// Figure writes a number as a table shows it: whole numbers whole, others to
// three digits, or to one place where they are large.
func Figure(v float64) string {
	switch {
	case v == math.Trunc(v) && math.Abs(v) < 1e9:
		return fmt.Sprintf("%.0f", v)
	case math.Abs(v) >= 100:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

// Share95 is the share of values that are not 0, with its 95 % interval after
// Wilson, which a share of nothing or of all has too.
func Share95(values []float64) Interval {
	n := len(values)
	if n == 0 {
		return Interval{Mean: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
	}
	hits := 0
	for _, v := range values {
		if v != 0 {
			hits++
		}
	}
	share, z := float64(hits)/float64(n), distuv.UnitNormal.Quantile(0.975)
	z2 := z * z / float64(n)
	middle := (share + z2/2) / (1 + z2)
	half := z / (1 + z2) * math.Sqrt(share*(1-share)/float64(n)+z2/4/float64(n))
	i := Interval{share, middle - half, middle + half, n}
	if hits == 0 {
		i.Lo = 0
	}
	if hits == n {
		i.Hi = 1
	}
	return i
}
