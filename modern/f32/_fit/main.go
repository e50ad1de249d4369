// Command fit computes the coefficients of the polynomials in package f32.
//
// It finds the minimax polynomial of each function over its interval (Remez
// exchange on a dense grid, in float64), then rounds the coefficients to
// float32 one by one, lowest first, and fits the others anew after each
// rounding. Run it with `go run ./modern/f32/_fit`; it prints Go constants.
package main

import (
	"fmt"
	"math"
	"strconv"
)

// target is a polynomial to be fitted: sum of c[j] x^j, with weight, near f.
type target struct {
	name   string
	lo, hi float64
	terms  int
	f      func(x float64) float64
	weight func(x float64) float64
}

func main() {
	halfLn2 := math.Ln2/2 + 1e-6
	for _, t := range []target{
		{"expm1", -halfLn2, halfLn2, 5, expTail, func(x float64) float64 { return x * x / math.Max(math.Abs(math.Expm1(x)), 1e-30) }},
		{"log", math.Sqrt2/2 - 1, math.Sqrt2 - 1, 9, logTail, func(x float64) float64 { return x * x * x / math.Max(math.Abs(math.Log1p(x)), 1e-30) }},
		{"tanh", 0, tanhSplit * tanhSplit, 8, tanhTail, func(u float64) float64 { return u }},
	} {
		fit(t)
	}
}

const tanhSplit = 1.125

// expTail is (exp(x) - 1 - x) / x^2.
func expTail(x float64) float64 {
	if math.Abs(x) < 1e-2 {
		return series(x, 2)
	}
	return (math.Expm1(x) - x) / (x * x)
}

// series is sum x^i / (i+from)!.
func series(x float64, from int) float64 {
	sum, term := 0.0, 1.0
	for i := 1; i <= from; i++ {
		term /= float64(i)
	}
	for i := 0; i < 12; i++ {
		sum += term
		term *= x / float64(from+i+1)
	}
	return sum
}

// logTail is (log(1+x) - x + x^2/2) / x^3.
func logTail(x float64) float64 {
	if math.Abs(x) < 3e-2 {
		sum, p := 0.0, 1.0
		for i := 3; i < 16; i++ {
			sum += p / float64(i)
			p *= -x
		}
		return sum
	}
	return (math.Log1p(x) - x + x*x/2) / (x * x * x)
}

// tanhTail is (tanh(x)/x - 1) / u where u = x^2.
func tanhTail(u float64) float64 {
	if u < 1e-2 {
		return -1.0/3 + u*(2.0/15+u*(-17.0/315+u*(62.0/2835-u*1382.0/155925)))
	}
	x := math.Sqrt(u)
	return (math.Tanh(x)/x - 1) / u
}

func fit(t target) {
	fixed := make([]float64, 0, t.terms)
	worst := 0.0
	for len(fixed) < t.terms {
		c, e := remez(t, fixed)
		worst = e
		fixed = append(fixed, float64(float32(c[0])))
	}
	fmt.Printf("// %s on [%.4g, %.4g]: largest weighted error %.3g = 2^%.1f\n", t.name, t.lo, t.hi, worst, math.Log2(worst))
	for j, c := range fixed {
		fmt.Printf("\t%s%d = %s // %.10g\n", t.name, j, strconv.FormatFloat(c, 'x', -1, 32), c)
	}
}

const gridPoints = 4000

// remez returns the free coefficients (those after the fixed ones) and the
// largest weighted error.
func remez(t target, fixed []float64) ([]float64, float64) {
	free := t.terms - len(fixed)
	xs := make([]float64, gridPoints)
	for i := range xs {
		xs[i] = (t.lo+t.hi)/2 - (t.hi-t.lo)/2*math.Cos(math.Pi*(float64(i)+0.5)/gridPoints)
	}
	rest := func(x float64) float64 {
		v, p := t.f(x), 1.0
		for _, c := range fixed {
			v -= c * p
			p *= x
		}
		return v
	}
	ref := make([]int, free+1)
	for i := range ref {
		ref[i] = int((float64(i) + 0.5) / float64(free+1) * gridPoints)
	}
	var c []float64
	worst := 0.0
	for round := 0; round < 60; round++ {
		c = solve(t, xs, ref, len(fixed), rest)
		errs := make([]float64, gridPoints)
		for i, x := range xs {
			v := 0.0
			for j := free - 1; j >= 0; j-- {
				v = v*x + c[j]
			}
			errs[i] = (rest(x) - v*math.Pow(x, float64(len(fixed)))) * t.weight(x)
		}
		next, w := extremes(errs, free+1)
		worst = w
		if next == nil || same(next, ref) {
			break
		}
		ref = next
	}
	return c[:free], worst
}

func same(a, b []int) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// solve finds coefficients and level e with error +e, -e ... at the reference
// points.
func solve(t target, xs []float64, ref []int, low int, rest func(float64) float64) []float64 {
	n := len(ref)
	m := make([][]float64, n)
	for i, at := range ref {
		x := xs[at]
		w := t.weight(x)
		if math.Abs(w) < 1e-12 {
			w = 1e-12
		}
		row := make([]float64, n+1)
		for j := 0; j < n-1; j++ {
			row[j] = math.Pow(x, float64(low+j))
		}
		row[n-1] = 1 / w
		if i%2 == 1 {
			row[n-1] = -1 / w
		}
		row[n] = rest(x)
		m[i] = row
	}
	for i := 0; i < n; i++ {
		p := i
		for r := i + 1; r < n; r++ {
			if math.Abs(m[r][i]) > math.Abs(m[p][i]) {
				p = r
			}
		}
		m[i], m[p] = m[p], m[i]
		for r := 0; r < n; r++ {
			if r == i {
				continue
			}
			q := m[r][i] / m[i][i]
			for j := i; j <= n; j++ {
				m[r][j] -= q * m[i][j]
			}
		}
	}
	c := make([]float64, n)
	for i := range c {
		c[i] = m[i][n] / m[i][i]
	}
	return c
}

// extremes picks n places of alternating sign with the largest errors.
func extremes(errs []float64, n int) ([]int, float64) {
	var at []int
	worst := 0.0
	for i, e := range errs {
		worst = math.Max(worst, math.Abs(e))
		if len(at) > 0 && (errs[at[len(at)-1]] > 0) == (e > 0) {
			if math.Abs(e) > math.Abs(errs[at[len(at)-1]]) {
				at[len(at)-1] = i
			}
			continue
		}
		at = append(at, i)
	}
	for len(at) > n {
		if math.Abs(errs[at[0]]) < math.Abs(errs[at[len(at)-1]]) {
			at = at[1:]
		} else {
			at = at[:len(at)-1]
		}
	}
	if len(at) < n {
		return nil, worst
	}
	return at, worst
}
