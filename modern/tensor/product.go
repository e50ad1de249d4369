package tensor

import "perceptarium/modern/kernel"

// Mul sets c to the product of a and b, as kernel.Gemm with Overwrite does.
// Operands of more than two dimensions are seen as Rows x Cols; transposed
// views are read as they lie. c must not be transposed, and must not overlap a
// or b. Mul panics if the shapes do not fit.
func Mul(c, a, b Tensor) { MulFused(c, a, b, kernel.Fused{}) }

// MulFused is Mul with a bias and an activation, as kernel.GemmFused does.
func MulFused(c, a, b Tensor, f kernel.Fused) {
	p := fit(c, a, b)
	kernel.GemmFused(p.op|kernel.Overwrite, p.m, p.n, p.k, a.Data, p.lda, b.Data, p.ldb, c.Data, p.ldc, f)
}

// MulAdd adds the product of a and b to c, under the conditions of Mul: each
// sum goes on from what c holds.
func MulAdd(c, a, b Tensor) {
	p := fit(c, a, b)
	kernel.Gemm(p.op, p.m, p.n, p.k, a.Data, p.lda, b.Data, p.ldb, c.Data, p.ldc)
}

// product is what a kernel wants to know of three matrices.
type product struct {
	op            kernel.Op
	m, n, k       int
	lda, ldb, ldc int
}

func fit(c, a, b Tensor) product {
	if a.Shape.Cols() != b.Shape.Rows() {
		clash(a.Shape, b.Shape)
	}
	if c.Shape.Rows() != a.Shape.Rows() || c.Shape.Cols() != b.Shape.Cols() {
		clash(c.Shape, Of(a.Shape.Rows(), b.Shape.Cols()))
	}
	p := product{m: a.Shape.Rows(), n: b.Shape.Cols(), k: a.Shape.Cols()}
	var turned bool
	if p.lda, turned = a.leading(); turned {
		p.op |= kernel.TransA
	}
	if p.ldb, turned = b.leading(); turned {
		p.op |= kernel.TransB
	}
	if p.ldc, turned = c.leading(); turned {
		panic("tensor: the result of a product is a transposed view, " + c.Shape.String())
	}
	return p
}

// leading is the distance between two rows of t seen as a matrix, or between
// two columns if it is turned: its columns follow each other, not its rows.
// It panics if neither do.
func (t Tensor) leading() (ld int, turned bool) {
	rows, cols := t.Shape.Rows(), t.Shape.Cols()
	if t.Whole() || t.Shape.rank < 2 && t.stride[0] == 1 {
		return cols, false
	}
	if t.Shape.rank == 2 {
		switch {
		case t.stride[1] == 1 || cols == 1:
			return t.stride[0], false
		case t.stride[0] == 1 || rows == 1:
			return t.stride[1], true
		}
	}
	panic("tensor: a view with gaps, " + t.Shape.String() + ", is no matrix: copy it")
}
