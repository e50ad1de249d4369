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
	var g product
	g.op, g.m, g.n, g.k, g.lda, g.ldb, g.ldc = op, m, n, k, lda, ldb, ldc
	g.a, g.b, g.c = a, b, c
	g.check()
	if m > 0 && n > 0 {
		gemm(&g)
	}
}

// GemmFused is Gemm with a bias and an activation: with a bias, each sum
// starts from it, and what c held is overwritten; Act is applied to each
// finished sum as Activate does. It panics also if a bias is too short, or if
// both are given.
func GemmFused(op Op, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, f Fused) {
	var g product
	g.op, g.m, g.n, g.k, g.lda, g.ldb, g.ldc = op, m, n, k, lda, ldb, ldc
	g.a, g.b, g.c, g.fused = a, b, c, f
	g.check()
	g.checkFused()
	if m > 0 && n > 0 {
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

func (g *product) check() {
	if g.m < 0 || g.n < 0 || g.k < 0 {
		panic("kernel: negative m, n or k")
	}
	am, ak := g.m, g.k
	if g.op&TransA != 0 {
		am, ak = ak, am
	}
	bk, bn := g.k, g.n
	if g.op&TransB != 0 {
		bk, bn = bn, bk
	}
	if g.lda < ak || g.ldb < bn || g.ldc < g.n {
		panic("kernel: lda, ldb or ldc smaller than its row")
	}
	if short(g.a, am, ak, g.lda) {
		panic("kernel: a too short for m x k")
	}
	if short(g.b, bk, bn, g.ldb) {
		panic("kernel: b too short for k x n")
	}
	if short(g.c, g.m, g.n, g.ldc) {
		panic("kernel: c too short for m x n")
	}
	c := span(g.c, g.m, g.n, g.ldc)
	if overlap(c, span(g.a, am, ak, g.lda)) || overlap(c, span(g.b, bk, bn, g.ldb)) {
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

// short reports whether s cannot hold a matrix of that shape.
func short(s []float32, rows, cols, ld int) bool {
	return rows > 0 && cols > 0 && len(s) < (rows-1)*ld+cols
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
