package kernel

import (
	"fmt"
	"testing"
)

// gemmCase is one product; what is not its shape is drawn.
type gemmCase struct {
	op            Op
	m, n, k       int
	lda, ldb, ldc int
	bias          int // 0 none, 1 by rows, 2 by columns
	act           Act
	flavour       flavour
	workers       int
}

func (d *draw) gemm(m, n, k int) gemmCase {
	c := gemmCase{op: Op(d.below(8)), m: m, n: n, k: k, bias: d.below(3), flavour: flavour(d.below(int(flavours))), workers: pick(d, workerCounts...)}
	if d.below(4) == 0 {
		c.act = Act(d.below(int(acts)))
	}
	rowA, rowB := k, n
	if c.op&TransA != 0 {
		rowA = m
	}
	if c.op&TransB != 0 {
		rowB = k
	}
	c.lda, c.ldb, c.ldc = rowA+pick(d, 0, 1, 5), rowB+pick(d, 0, 1, 5), n+pick(d, 0, 3)
	return c
}

func (c gemmCase) String() string {
	return fmt.Sprintf("op %d, %d x %d x %d, ld %d %d %d, bias %d, %v, flavour %d", c.op, c.m, c.n, c.k, c.lda, c.ldb, c.ldc, c.bias, c.act, c.flavour)
}

// size is the elements of a matrix whose last row ends with its last column.
func size(rows, cols, ld int) int {
	if rows == 0 || cols == 0 {
		return 0
	}
	return (rows-1)*ld + cols
}

// lengths are the elements of c, a, b and a bias.
func (c gemmCase) lengths() []int {
	am, ak, bk, bn := c.m, c.k, c.k, c.n
	if c.op&TransA != 0 {
		am, ak = ak, am
	}
	if c.op&TransB != 0 {
		bk, bn = bn, bk
	}
	return []int{size(c.m, c.n, c.ldc), size(am, ak, c.lda), size(bk, bn, c.ldb), max(c.m, c.n)}
}

func (c gemmCase) run(v [][]float32) {
	f := Fused{Act: c.act}
	switch c.bias {
	case 1:
		f.RowBias = v[3]
	case 2:
		f.ColBias = v[3]
	}
	GemmFused(c.op, c.m, c.n, c.k, v[1], c.lda, v[2], c.ldb, v[0], c.ldc, f)
}

func (c gemmCase) try(t *testing.T, d *draw) {
	t.Helper()
	var buffers []buffer
	for _, n := range c.lengths() {
		buffers = append(buffers, d.slice(n, c.flavour))
	}
	defer func() {
		if t.Failed() {
			t.Log(c)
		}
	}()
	agree(t, c.workers, buffers, c.run)
}

func TestGemmOverAllSmallShapes(t *testing.T) {
	defer setGrain(2000)()
	d := &draw{5}
	others := []int{1, 7, 17, 33}
	for x := range 68 {
		for _, y := range others {
			for _, z := range others {
				d.gemm(x, y, z).try(t, d)
				d.gemm(y, x, z).try(t, d)
				d.gemm(y, z, x).try(t, d)
			}
		}
	}
}

func TestGemmAcrossItsBlocks(t *testing.T) {
	d := &draw{6}
	for _, s := range [][3]int{{150, 40, 300}, {13, 2100, 9}, {40, 70, 1030}, {290, 17, 40}, {1, 300, 600}, {2, 99, 513}, {3, 129, 257}, {300, 1, 300}, {97, 8, 258}} {
		for range 8 {
			d.gemm(s[0], s[1], s[2]).try(t, d)
		}
	}
}
