// Package analysis answers questions about plain data, mostly with gonum: which
// sets of points a plane separates, with a proof either way; the order of
// predicates; what windows see of a figure; means and their intervals. It knows
// no machine, and nothing it computes reaches the bits of a trace.
package analysis

import (
	"errors"
	"fmt"
	"math/big"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// Points is a finite set of points in two classes. A constant input is a column
// of its own: whoever wants a threshold puts a 1 into every point.
type Points struct {
	X [][]int64 // [n][d], row by row
	Y []int     // [n] +1 or -1
}

// Verdict is the proven answer to the question whether weights w with
// y w.x > 0 for every point exist. One of both is there, never both (Gordan
// 1873): the weights, or multipliers lambda that are none negative, not all
// zero, and make the sum of lambda*y*x zero.
type Verdict struct {
	Weights []*big.Int // [d]
	Lambda  []*big.Int // [n]; over their sum as common denominator they sum to 1
}

// Separable reports which of both it is.
func (v Verdict) Separable() bool { return v.Weights != nil }

// Separate decides whether the points are strictly linearly separable, and
// proves it. A float LP goes first: the points on which it puts weight often
// hold a certificate already. Whatever it says, exact rational arithmetic
// decides, and Check has passed on every verdict returned. It is meant for small
// sets: some hundred points in some dozen dimensions. The error is one of shape.
func Separate(p Points) (Verdict, error) {
	if err := p.check(); err != nil {
		return Verdict{}, err
	}
	if v, ok := filter(p); ok {
		return v, nil
	}
	v := exact(p)
	if err := v.Check(p); err != nil {
		panic("analysis: the simplex gave a wrong proof: " + err.Error())
	}
	return v, nil
}

func (p Points) check() error {
	if len(p.X) == 0 || len(p.X) != len(p.Y) {
		return fmt.Errorf("%d points with %d classes", len(p.X), len(p.Y))
	}
	for i, x := range p.X {
		if len(x) != len(p.X[0]) || len(x) == 0 {
			return fmt.Errorf("point %d has %d coordinates, point 0 has %d", i, len(x), len(p.X[0]))
		}
		if p.Y[i] != 1 && p.Y[i] != -1 {
			return fmt.Errorf("point %d is of class %d: want +1 or -1", i, p.Y[i])
		}
	}
	return nil
}

// signed is y*x of point i in coordinate k.
func (p Points) signed(i, k int) int64 { return int64(p.Y[i]) * p.X[i][k] }

// Check proves the verdict on p, in integers.
func (v Verdict) Check(p Points) error {
	if err := p.check(); err != nil {
		return err
	}
	switch {
	case v.Weights != nil && v.Lambda == nil && len(v.Weights) == len(p.X[0]):
		return v.checkWeights(p)
	case v.Lambda != nil && v.Weights == nil && len(v.Lambda) == len(p.X):
		return v.checkLambda(p)
	}
	return errors.New("want weights for every coordinate, or lambda for every point")
}

func (v Verdict) checkWeights(p Points) error {
	sum, term := new(big.Int), new(big.Int)
	for i := range p.X {
		sum.SetInt64(0)
		for k, w := range v.Weights {
			sum.Add(sum, term.Mul(w, term.SetInt64(p.signed(i, k))))
		}
		if sum.Sign() <= 0 {
			return fmt.Errorf("the weights leave point %d on the wrong side: y w.x = %v", i, sum)
		}
	}
	return nil
}

func (v Verdict) checkLambda(p Points) error {
	positive := false
	for i, l := range v.Lambda {
		if l.Sign() < 0 {
			return fmt.Errorf("lambda of point %d is negative", i)
		}
		positive = positive || l.Sign() > 0
	}
	if !positive {
		return errors.New("every lambda is zero")
	}
	sum, term := new(big.Int), new(big.Int)
	for k := range p.X[0] {
		sum.SetInt64(0)
		for i, l := range v.Lambda {
			sum.Add(sum, term.Mul(l, term.SetInt64(p.signed(i, k))))
		}
		if sum.Sign() != 0 {
			return fmt.Errorf("the sum of lambda*y*x is %v in coordinate %d, not 0", sum, k)
		}
	}
	return nil
}

// The float LP: below filterZero its optimum counts as 0, and so does a lambda.
const (
	filterZero   = 1e-9
	filterTol    = 1e-10   // with 0, gonum's simplex goes round for ever on one class of 4-input functions
	filterCells  = 1 << 17 // larger problems go to the exact simplex at once
	filterRounds = 100     // looks at the whole matrix before the filter gives up
)

// filter asks gonum for lambda >= 0, sum lambda = 1, that makes the sum of
// lambda*y*x smallest in the 1-norm. If the optimum looks like 0, the exact
// simplex tries the few points that carry it; only a proof counts.
func filter(p Points) (v Verdict, ok bool) {
	n, d := len(p.X), len(p.X[0])
	if (n+2*d)*(d+1) > filterCells {
		return Verdict{}, false
	}
	c, a, b, basis := program(p)
	x, ok := bounded(c, a, b, filterTol, basis)
	if !ok {
		return Verdict{}, false
	}
	return support(p, x[:n])
}

// program is min 1'(s+t) with sum lambda*y*x + s - t = 0 and sum lambda = 1; its
// variables are lambda, s and t. It has full rank, and a solution to start from:
// the first point alone, with s or t to make good for it.
func program(p Points) (c []float64, a *mat.Dense, b []float64, basis []int) {
	n, d := len(p.X), len(p.X[0])
	c, a, b = make([]float64, n+2*d), mat.NewDense(d+1, n+2*d, nil), make([]float64, d+1)
	basis = []int{0}
	for k := range d {
		for i := range n {
			a.Set(k, i, float64(p.signed(i, k)))
		}
		a.Set(k, n+k, 1)
		a.Set(k, n+d+k, -1)
		c[n+k], c[n+d+k] = 1, 1
		if p.signed(0, k) > 0 {
			basis = append(basis, n+d+k)
		} else {
			basis = append(basis, n+k)
		}
	}
	for i := range n {
		a.Set(d, i, 1)
	}
	b[d] = 1
	return c, a, b, basis
}

// bounded is lp.Simplex with an end: gonum's has none of its own. It returns the
// solution where the optimum is zero.
func bounded(c []float64, a *mat.Dense, b []float64, tol float64, basis []int) (x []float64, ok bool) {
	defer func() {
		if fault := recover(); fault != nil {
			x, ok = nil, false
		}
	}()
	rows, cols := a.Dims()
	optimum, x, err := lp.Simplex(c, &limited{a, filterRounds * rows * cols}, b, tol, basis)
	return x, err == nil && optimum <= filterZero
}

// limited is a matrix that can be looked at so many times. The simplex method
// looks at a column in every step. (The dense matrix is not embedded: gonum would
// then reach past At.)
type limited struct {
	dense *mat.Dense
	looks int
}

// Dims is the size of the matrix.
func (l *limited) Dims() (rows, cols int) { return l.dense.Dims() }

// T is the matrix transposed.
func (l *limited) T() mat.Matrix { return mat.Transpose{Matrix: l} }

// At is one look. It panics after the last.
func (l *limited) At(i, j int) float64 {
	if l.looks--; l.looks < 0 {
		panic("analysis: the filter found no end")
	}
	return l.dense.At(i, j)
}

// support looks for a certificate among the points with a lambda above zero.
func support(p Points, lambda []float64) (Verdict, bool) {
	var part Points
	var index []int
	for i, l := range lambda {
		if l > filterZero {
			part.X, part.Y = append(part.X, p.X[i]), append(part.Y, p.Y[i])
			index = append(index, i)
		}
	}
	if len(index) == 0 {
		return Verdict{}, false
	}
	small := exact(part)
	if small.Separable() {
		return Verdict{}, false
	}
	v := Verdict{Lambda: make([]*big.Int, len(p.X))}
	for i := range v.Lambda {
		v.Lambda[i] = new(big.Int)
	}
	for j, i := range index {
		v.Lambda[i] = small.Lambda[j]
	}
	return v, v.Check(p) == nil
}

// whole multiplies rationals by the smallest positive number that makes them
// whole without a common divisor.
func whole(v []*big.Rat) []*big.Int {
	scale, divisor, t := big.NewInt(1), new(big.Int), new(big.Int)
	for _, r := range v {
		t.GCD(nil, nil, scale, r.Denom())
		scale.Mul(scale, t.Div(r.Denom(), t))
	}
	list := make([]*big.Int, len(v))
	for i, r := range v {
		list[i] = new(big.Int).Mul(r.Num(), t.Div(scale, r.Denom()))
		divisor.GCD(nil, nil, divisor, t.Abs(list[i]))
	}
	if divisor.Sign() > 0 {
		for _, l := range list {
			l.Div(l, divisor)
		}
	}
	return list
}
