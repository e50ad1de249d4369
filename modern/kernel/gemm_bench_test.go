package kernel

import (
	"fmt"
	"testing"
)

var benchShapes = [][3]int{
	{8, 8, 8}, {16, 16, 16}, {32, 32, 32}, {64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024},
	{32, 500, 784}, {128, 500, 784}, {256, 500, 784}, {128, 500, 500}, {128, 2000, 500}, {128, 10, 500}, {1, 500, 784},
	{12, 64, 25}, {4, 16, 200}, {16, 100, 150}, {6, 784, 25}, {16, 1024, 144}, {32, 256, 288}, {64, 64, 576}, {784, 500, 100}, {288, 2048, 512}, {25, 12, 4096}, {500, 784, 128},
}

func BenchmarkGemm(b *testing.B) {
	for _, op := range []Op{0, TransA, TransB} {
		for _, s := range benchShapes {
			m, n, k := s[0], s[1], s[2]
			b.Run(fmt.Sprintf("op%d/%dx%dx%d", op, m, n, k), func(b *testing.B) {
				b.ReportAllocs()
				SetWorkers(1)
				defer SetWorkers(0)
				d := &draw{1}
				x, y, z := d.slice(m*k, plain).v, d.slice(k*n, plain).v, d.slice(m*n, plain).v
				lda, ldb := k, n
				if op&TransA != 0 {
					lda = m
				}
				if op&TransB != 0 {
					ldb = k
				}
				for b.Loop() {
					Gemm(op|Overwrite, m, n, k, x, lda, y, ldb, z, n)
				}
				b.ReportMetric(2*float64(m)*float64(n)*float64(k)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}
