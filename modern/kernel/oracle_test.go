package kernel

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// unit is the unit roundoff of float32: half the distance from 1 to the next.
const unit = 0x1p-24

// gamma bounds the relative error of n roundings in a row (Higham 2002, lemma
// 3.1).
func gamma(n int) float64 { return float64(float64(n)*unit) / (1 - float64(float64(n)*unit)) }

func doubles(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

func magnitudes(x []float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = math.Abs(v)
	}
	return y
}

// dgemm adds a product by gonum, in float64, of whole matrices.
func dgemm(op Op, m, n, k int, a, b, c []float64) {
	ta, tb, lda, ldb := blas.NoTrans, blas.NoTrans, k, n
	if op&TransA != 0 {
		ta, lda = blas.Trans, m
	}
	if op&TransB != 0 {
		tb, ldb = blas.Trans, k
	}
	gonum.Implementation{}.Dgemm(ta, tb, m, n, k, 1, a, lda, b, ldb, 1, c, n)
}

// TestGemmAgainstGonum: each element has k roundings, so its error is at most
// gamma(k) times the sum of the magnitudes of its terms.
func TestGemmAgainstGonum(t *testing.T) {
	d := &draw{31}
	for range 60 {
		op, m, n, k := Op(d.below(4)), 1+d.below(70), 1+d.below(70), 1+d.below(300)
		a, b, c := d.slice(m*k, plain).v, d.slice(k*n, plain).v, d.slice(m*n, plain).v
		want, scale := doubles(c), magnitudes(doubles(c))
		dgemm(op, m, n, k, doubles(a), doubles(b), want)
		dgemm(op, m, n, k, magnitudes(doubles(a)), magnitudes(doubles(b)), scale)
		lda, ldb := k, n
		if op&TransA != 0 {
			lda = m
		}
		if op&TransB != 0 {
			ldb = k
		}
		Gemm(op, m, n, k, a, lda, b, ldb, c, n)
		within(t, "Gemm", c, want, scale, gamma(k))
	}
}

// within holds got against want: off by at most bound times scale, element by
// element.
func within(t *testing.T, what string, got []float32, want, scale []float64, bound float64) {
	t.Helper()
	for i := range got {
		if e := math.Abs(float64(got[i]) - want[i]); !(e <= float64(bound*scale[i])) {
			t.Fatalf("%s: element %d is %v, gonum has %v: off by %g of %g", what, i, got[i], want[i], e, float64(bound*scale[i]))
		}
	}
}

// TestReductionsAgainstGonum: they are sums in float64, rounded once.
func TestReductionsAgainstGonum(t *testing.T) {
	d := &draw{32}
	for range 40 {
		n := 2 + d.below(3000)
		x, y := d.slice(n, plain).v, d.slice(n, plain).v
		fx, fy := doubles(x), doubles(y)
		mean, variance := Moments(x)
		wantMean, wantVariance := stat.PopMeanVariance(fx, nil)
		distance := floats.Distance(fx, fy, 2)
		got := []float32{Sum(x), SumAbs(x), SumSquares(x), Dot(x, y), SquaredDistance(x, y), mean, variance}
		want := []float64{floats.Sum(fx), floats.Norm(fx, 1), floats.Dot(fx, fx), floats.Dot(fx, fy), float64(distance * distance), wantMean, wantVariance}
		scale := []float64{want[1], want[1], want[2], math.Max(want[2], floats.Dot(fy, fy)), want[4], 1, 1}
		within(t, "reductions", got, want, scale, 1.01*unit)
		if best, at := Max(x); float64(best) != floats.Max(fx) || at != floats.MaxIdx(fx) {
			t.Errorf("Max = %v at %d, gonum has %v at %d", best, at, floats.Max(fx), floats.MaxIdx(fx))
		}
	}
}

// TestSoftmaxAgainstGonum: an exponential within 0.9 ulp of an argument that
// is off by half an ulp of at most 4, and a division.
func TestSoftmaxAgainstGonum(t *testing.T) {
	d := &draw{33}
	for n := 1; n < 200; n += 7 {
		x, y, l := d.slice(n, plain).v, make([]float32, n), make([]float32, 1)
		Softmax(y, x, 1, n)
		LogSumExp(l, x, 1, n)
		total := floats.LogSumExp(doubles(x))
		want := make([]float64, n)
		for i, v := range x {
			want[i] = math.Exp(float64(v) - total)
		}
		within(t, "Softmax", y, want, want, 12*unit)
		both, log := make([]float32, n), make([]float32, 1)
		SoftmaxLog(both, log, x, 1, n)
		if !slices.Equal(both, y) || log[0] != l[0] {
			t.Fatalf("%d elements: SoftmaxLog is not Softmax and LogSumExp", n)
		}
		within(t, "LogSumExp", l, []float64{total}, []float64{math.Abs(total) + 4}, 4*unit)
	}
}

// TestConvolutionAgainstGonum unrolls the picture into columns, in float64, for
// gonum to multiply; the gradients are the transposed products.
func TestConvolutionAgainstGonum(t *testing.T) {
	d := &draw{34}
	for range 40 {
		s := d.conv(20_000)
		s.Batch, s.Groups = 1, 1
		n, taps := s.OutH()*s.OutW(), s.InC*s.KH*s.KW
		if n == 0 {
			continue
		}
		var v [4][]float32
		for i, length := range convLengths(s) {
			v[i] = d.slice(length, plain).v
		}
		columns := unroll(s, doubles(v[0]))
		want, scale := make([]float64, s.OutC*n), make([]float64, s.OutC*n)
		for i := range want {
			want[i] = float64(v[3][i/n])
			scale[i] = math.Abs(want[i])
		}
		dgemm(0, s.OutC, n, taps, doubles(v[2]), columns, want)
		dgemm(0, s.OutC, n, taps, magnitudes(doubles(v[2])), magnitudes(columns), scale)
		ConvForward(s, v[1], v[0], v[2], v[3], Identity)
		within(t, "ConvForward", v[1], want, scale, gamma(taps))

		want, scale = doubles(v[2]), magnitudes(doubles(v[2]))
		dgemm(TransB, s.OutC, taps, n, doubles(v[1]), columns, want)
		dgemm(TransB, s.OutC, taps, n, magnitudes(doubles(v[1])), magnitudes(columns), scale)
		w := append([]float32(nil), v[2]...)
		ConvWeights(s, v[2], v[0], v[1])
		within(t, "ConvWeights", v[2], want, scale, gamma(n))

		given, sizes := make([]float64, taps*n), make([]float64, taps*n)
		dgemm(TransA, taps, n, s.OutC, doubles(w), doubles(v[1]), given)
		dgemm(TransA, taps, n, s.OutC, magnitudes(doubles(w)), magnitudes(doubles(v[1])), sizes)
		ConvData(s, v[0], v[1], w)
		within(t, "ConvData", v[0], rollUp(s, given), rollUp(s, sizes), gamma(s.OutC+s.KH*s.KW))
	}
}

// eachTap calls f with each element of the unrolled picture and the place in
// the picture that it comes from.
func eachTap(s Conv, f func(column, place int)) {
	c := s.resolve()
	n := c.outH * c.outW
	for tap := range c.taps {
		for p := range n {
			y := p/c.outW*c.StrideY + tap/c.KW%c.KH*c.DilateY - c.PadY
			x := p%c.outW*c.StrideX + tap%c.KW*c.DilateX - c.PadX
			if y >= 0 && y < c.InH && x >= 0 && x < c.InW {
				f(tap*n+p, (tap/(c.KH*c.KW)*c.InH+y)*c.InW+x)
			}
		}
	}
}

func unroll(s Conv, x []float64) []float64 {
	columns := make([]float64, s.InC*s.KH*s.KW*s.OutH()*s.OutW())
	eachTap(s, func(column, place int) { columns[column] = x[place] })
	return columns
}

func rollUp(s Conv, columns []float64) []float64 {
	x := make([]float64, s.InC*s.InH*s.InW)
	eachTap(s, func(column, place int) { x[place] += columns[column] })
	return x
}
