//go:build amd64 && !purego

package kernel

// packTurned packs b, which is stored [n][k], into panels.
func (g *product) packTurned(p *piece) {
	dst := p.panels
	for j := p.whole.j0; j < p.whole.j1; {
		w, columns := widthFor(usual.tall, p.whole.j1-j)
		for q := 0; q < columns; q += 8 {
			turn(dst[q:], w.columns, g.b[(j+q)*g.ldb+p.from:], g.ldb, min(8, columns-q), p.k)
		}
		dst = dst[p.k*w.columns:]
		j += columns
	}
}

// turn transposes up to 8 rows of k elements to dst, step elements between the
// columns.
func turn(dst []float32, step int, src []float32, ld, rows, k int) {
	done := 0
	if rows == 8 && k >= 8 {
		done = k &^ 7
		packTurnedAVX2(&dst[0], 4*step, &src[0], 4*ld, done)
	}
	for r := range rows {
		for l, v := range src[r*ld:][done:k] {
			dst[(done+l)*step+r] = v
		}
	}
}

// copyA copies the piece of a to s.a, row by row, a little apart.
func (g *product) copyA(p *piece, s *scratch) {
	ld, rows := (p.k+7)&^7+16, p.rows.rows()
	p.rowsA = room(&s.a, (rows+7)*ld)
	p.rs, p.cs = 4*ld, 4
	if g.op&TransA == 0 {
		for r := range rows {
			copy(p.rowsA[r*ld:][:p.k], g.a[(p.rows.i0+r)*g.lda+p.from:])
		}
		return
	}
	for l := 0; l < p.k; l += 8 {
		turn(p.rowsA[l:], ld, g.a[(p.from+l)*g.lda+p.rows.i0:], g.lda, min(8, p.k-l), rows)
	}
}

// packFours packs the panels of b that come in fours and returns the first
// column that is left.
func (g *product) packFours(p *piece) int {
	j := p.whole.j0
	for dst := p.panels; p.whole.j1-j >= 4*usual.columns; j += 4 * usual.columns {
		packFourAVX2(&dst[0], 4*usual.columns*p.k, &g.b[p.from*g.ldb+j], 4*g.ldb, p.k)
		dst = dst[4*usual.columns*p.k:]
	}
	return j
}
