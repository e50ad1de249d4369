package kernel

import "perceptarium/modern/f32"

// gemmPortable is the definition of Gemm and GemmFused.
func gemmPortable(g *product) {
	for i := range g.m {
		row := g.c[i*g.ldc:][:g.n]
		g.startRow(row, i)
		g.sumRow(row, i)
		activatePortable(g.fused.Act, row, row)
	}
}

// startRow gives row i of c the values that its sums start from.
func (g *product) startRow(row []float32, i int) {
	switch {
	case g.fused.RowBias != nil:
		fill(row, g.fused.RowBias[i])
	case g.fused.ColBias != nil:
		copy(row, g.fused.ColBias)
	case g.op&Overwrite != 0:
		fill(row, 0)
	}
}

func fill(x []float32, v float32) {
	for i := range x {
		x[i] = v
	}
}

func (g *product) sumRow(row []float32, i int) {
	for l := range g.k {
		a := g.at(i, l)
		if g.op&TransB == 0 {
			f32.FMARow(row, a, g.b[l*g.ldb:][:g.n])
			continue
		}
		for j := range row {
			row[j] = f32.FMA(a, g.b[j*g.ldb+l], row[j])
		}
	}
}

// at returns the element of a in row i and column l, as the product sees them.
func (g *product) at(i, l int) float32 {
	if g.op&TransA != 0 {
		return g.a[l*g.lda+i]
	}
	return g.a[i*g.lda+l]
}
