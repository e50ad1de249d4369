package canary

import "perceptarium/modern/kernel"

// sizes of products: about the tiles of each implementation, with a k that is
// cut into blocks, with columns that are cut into strips, with no k at all.
var sizes = [...]struct{ m, n, k int }{
	{1, 1, 1}, {1, 70, 33}, {2, 9, 64}, {3, 40, 17}, {6, 16, 6}, {13, 23, 5}, {17, 67, 31}, {7, 5, 0}, {20, 24, 800}, {5, 600, 20},
}

// shared is a product that several workers share.
var shared = struct{ m, n, k int }{130, 97, 101}

const ops = kernel.TransA | kernel.TransB | kernel.Overwrite

func products() []entry {
	return []entry{{"kernel.Gemm", runGemm}, {"kernel.GemmFused", runGemmFused}}
}

// stored is the shape and the leading dimension of an operand of a product; pad
// is how much longer than their elements its rows are.
func stored(rows, cols int, turned bool, pad int) (size, ld int) {
	if turned {
		rows, cols = cols, rows
	}
	return rows * (cols + pad), cols + pad
}

func runGemm(t *recorder) {
	t.eachFlavour(func(draw func(int) []float32) {
		for _, s := range sizes {
			for op := kernel.Op(0); op <= ops; op++ {
				gemm(t, draw, op, s.m, s.n, s.k)
			}
		}
		gemm(t, draw, kernel.Overwrite, shared.m, shared.n, shared.k)
		gemm(t, draw, kernel.TransA|kernel.TransB, shared.m, shared.n, shared.k)
	})
}

func gemm(t *recorder, draw func(int) []float32, op kernel.Op, m, n, k int) {
	sizeA, lda := stored(m, k, op&kernel.TransA != 0, 1)
	sizeB, ldb := stored(k, n, op&kernel.TransB != 0, 2)
	sizeC, ldc := stored(m, n, false, 3)
	a, b, c := draw(sizeA), draw(sizeB), draw(sizeC)
	kernel.Gemm(op, m, n, k, a, lda, b, ldb, c, ldc)
	t.give(c)
}

func runGemmFused(t *recorder) {
	const m, n, k = 7, 21, 9
	t.eachFlavour(func(draw func(int) []float32) {
		for act := kernel.Identity; act <= kernel.Swish; act++ {
			for _, f := range []kernel.Fused{{Act: act}, {Act: act, RowBias: draw(m)}, {Act: act, ColBias: draw(n)}} {
				c := draw(m * n)
				kernel.GemmFused(kernel.Overwrite, m, n, k, draw(m*k), k, draw(k*n), n, c, n, f)
				t.give(c)
			}
		}
	})
}
