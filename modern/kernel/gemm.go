package kernel

// Op says how Gemm takes its operands. Ops are added: TransA|Overwrite.
type Op uint8

const (
	TransA    Op = 1 << iota // a is stored [k][m]
	TransB                   // b is stored [n][k]
	Overwrite                // c starts from +0, not from what is stored
)

// Fused is what Gemm does besides: from where the sums start, and what is done
// with them when they are complete. Its zero value adds nothing.
type Fused struct {
	RowBias []float32 // [m]: c[i][j] starts from RowBias[i]
	ColBias []float32 // [n]: c[i][j] starts from ColBias[j]
	Act     Act       // applied to the finished sums
}

// Gemm adds the product of a and b to c.
//
//	for i := range m { for j := range n { for l := range k {
//		c[i*ldc+j] = f32.FMA(a[i*lda+l], b[l*ldb+j], c[i*ldc+j])
//	}}}
//
// a [m][k], b [k][n], c [m][n], row-major. With TransA a is [k][m], and
// a[l*lda+i] takes part; with TransB b is [n][k], and b[j*ldb+l] does. With
// Overwrite each sum starts from +0. Gemm panics if a slice is too short, if a
// leading dimension is smaller than its row, or if the stretch of memory from
// the first to the last element of c overlaps that of a or b.
func Gemm(op Op, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	checkShape(op, m, n, k, lda, ldb, ldc)
	checkOperands(op, m, n, k, len(a), lda, len(b), ldb)
	if m > 0 && n > 0 {
		g := product{op: op, m: m, n: n, k: k, lda: lda, ldb: ldb, ldc: ldc, a: a, b: b, c: c}
		g.checkResult()
		gemm(&g)
	}
}

// GemmFused is Gemm with a bias and an activation: with a bias, each sum
// starts from it, and what c held is overwritten; Act is applied to each
// finished sum as Activate does. It panics also if a bias is too short, or if
// both are given.
func GemmFused(op Op, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, f Fused) {
	checkShape(op, m, n, k, lda, ldb, ldc)
	checkOperands(op, m, n, k, len(a), lda, len(b), ldb)
	g := product{op: op, m: m, n: n, k: k, lda: lda, ldb: ldb, ldc: ldc, a: a, b: b, c: c, fused: f}
	g.checkFused()
	if m > 0 && n > 0 {
		g.checkResult()
		gemm(&g)
	}
}

// product is the arguments of a Gemm.
type product struct {
	op            Op
	m, n, k       int
	lda, ldb, ldc int
	a, b, c       []float32
	fused         Fused
}

// checkShape panics where sizes are negative or rows do not fit.
func checkShape(op Op, m, n, k, lda, ldb, ldc int) {
	if m|n|k < 0 {
		panic("kernel: negative m, n or k")
	}
	rowA, rowB := k, n
	if op&TransA != 0 {
		rowA = m
	}
	if op&TransB != 0 {
		rowB = k
	}
	if lda < rowA || ldb < rowB || ldc < n {
		panic("kernel: lda, ldb or ldc smaller than its row")
	}
}

// checkOperands panics where a or b, of that many elements, is too short.
func checkOperands(op Op, m, n, k, a, lda, b, ldb int) {
	if k == 0 {
		return
	}
	am, ak := m, k
	if op&TransA != 0 {
		am, ak = k, m
	}
	bk, bn := k, n
	if op&TransB != 0 {
		bk, bn = n, k
	}
	if m > 0 && a < (am-1)*lda+ak {
		panic("kernel: a too short for m x k")
	}
	if n > 0 && b < (bk-1)*ldb+bn {
		panic("kernel: b too short for k x n")
	}
}

// checkResult panics where c is too short or overlaps an operand. There is a
// result.
func (g *product) checkResult() {
	last := (g.m-1)*g.ldc + g.n
	if len(g.c) < last {
		panic("kernel: c too short for m x n")
	}
	if g.k == 0 {
		return
	}
	lastA, lastB := (g.m-1)*g.lda+g.k, (g.k-1)*g.ldb+g.n
	if g.op&TransA != 0 {
		lastA = (g.k-1)*g.lda + g.m
	}
	if g.op&TransB != 0 {
		lastB = (g.n-1)*g.ldb + g.k
	}
	c := g.c[:last]
	if overlap(c, g.a[:lastA]) || overlap(c, g.b[:lastB]) {
		panic("kernel: c overlaps a or b")
	}
}

// span returns s from the first to the last element of a matrix of that shape.
func span(s []float32, rows, cols, ld int) []float32 {
	if rows == 0 || cols == 0 {
		return nil
	}
	return s[:(rows-1)*ld+cols]
}

func (g *product) checkFused() {
	f := &g.fused
	if f.RowBias != nil && f.ColBias != nil {
		panic("kernel: RowBias and ColBias both given")
	}
	if f.RowBias != nil && len(f.RowBias) < g.m {
		panic("kernel: RowBias too short for m")
	}
	if f.ColBias != nil && len(f.ColBias) < g.n {
		panic("kernel: ColBias too short for n")
	}
	c := span(g.c, g.m, g.n, g.ldc)
	if overlap(c, f.RowBias) || overlap(c, f.ColBias) {
		panic("kernel: c overlaps its bias")
	}
	if f.Act >= acts {
		panic("kernel: unknown activation")
	}
}
