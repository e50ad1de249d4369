//go:build amd64 && !purego

package kernel

// Products of few rows, and of one k: what training on one example at a time
// is made of. They are bound by the reading of b or c.

// turnedRowsMax is up to how many rows of a product with b stored [n][k] are
// computed without packing b.
const turnedRowsMax = 3

// turnedRows computes a product of few rows with b stored [n][k], 32 columns at
// a time, but for the last columns, and returns how many columns are done.
func (g *product) turnedRows() (done int) {
	across, along := g.lda, 1
	if g.op&TransA != 0 {
		across, along = 1, g.lda
	}
	var p panel
	for ; g.n-done >= 32; done += 32 {
		for i := range g.m {
			p.c, p.ldc = &g.c[i*g.ldc+done], 0
			g.start(&p, i, done)
			step := 32
			if p.broadcastBias != 0 {
				fill(g.c[i*g.ldc+done:][:32], g.fused.RowBias[i])
				p.s = p.c
			} else if g.fused.ColBias == nil && p.s == &zeros[0] {
				step = 0
			}
			turnedRowAVX2(p.c, p.s, step, &g.a[i*across], 4*along, &g.b[done*g.ldb], 4*g.ldb, g.k)
		}
	}
	if done > 0 && g.fused.Act != Identity {
		g.activate(region{0, g.m, 0, done})
	}
	return done
}

// rankOneFits reports whether the product is of one k, and long enough.
func (g *product) rankOneFits() bool {
	f := &g.fused
	return g.k == 1 && g.n >= 64 && g.op&(TransB|Overwrite) == 0 && f.RowBias == nil && f.ColBias == nil && f.Act == Identity
}

// rankOne adds the product of a column and a row, of some length.
func (g *product) rankOne() {
	across := g.lda
	if g.op&TransA != 0 {
		across = 1
	}
	s := stream{n: g.n}
	for i := range g.m {
		s.p[0], s.p[1], s.c[0] = &g.c[i*g.ldc], &g.b[0], g.a[i*across]
		axpyAVX2(&s)
	}
}
