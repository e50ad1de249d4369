//go:build amd64 && !purego

package kernel

// Sizes of the pieces into which a product is cut. They decide speed, never
// bits: each element's sum runs over k in order, whatever the pieces.
const (
	kBlock   = 512  // k of one block: a panel of b, 16 wide, and some rows of a pass through the first cache
	rowBlock = 72   // rows of a that stay in the second cache while the panels pass
	stripMax = 256  // columns whose b is packed at once
	partMin  = 48   // columns of one part of a product that is shared out
	copyMin  = 128  // columns from which on copying a pays
	farMin   = 1024 // elements from row to row of b from which on its panels are packed in fours
)

func gemm(g *product) {
	switch active {
	case portable:
		gemmPortable(g)
	default:
		gemmTiled(g)
	}
}

// region is a part of the result: rows i0..i1, columns j0..j1.
type region struct{ i0, i1, j0, j1 int }

func (r region) rows() int    { return r.i1 - r.i0 }
func (r region) columns() int { return r.j1 - r.j0 }

func gemmTiled(g *product) {
	if g.m*g.n*g.k > aloneMax && Workers() > 1 {
		gemmShared(g)
		return
	}
	if g.rankOneFits() {
		g.rankOne()
		return
	}
	if g.direct() {
		if g.k > 0 && g.k <= kBlock && g.fused.Act == Identity {
			g.small()
		} else {
			g.sum(region{0, g.m, 0, g.n}, nil)
		}
		return
	}
	done := 0
	if g.op&TransB != 0 && g.m <= turnedRowsMax && g.k > 0 {
		done = g.turnedRows()
	}
	if done == g.n {
		return
	}
	s := scratches.get()
	for j := done; j < g.n; j += stripMax {
		g.sum(region{0, g.m, j, min(j+stripMax, g.n)}, s)
	}
	scratches.put(s)
}

// small computes a product of one block of k with b where it lies, with nothing
// to be done afterwards: what sum does, without ado.
func (g *product) small() {
	var p panel
	p.k, p.ldb, p.ldc, p.rs, p.cs = g.k, 4*g.ldb, 4*g.ldc, 4*g.lda, 4
	across := g.lda
	if g.op&TransA != 0 {
		p.rs, p.cs, across = 4, 4*g.lda, 1
	}
	for j := 0; j < g.n; {
		w, columns := widthFor(g.m, g.n-j)
		p.b = &g.b[j]
		for i := 0; i < g.m; {
			plan, taken := w.plan(g.m - i)
			p.plan, p.a, p.c = plan, &g.a[i*across], &g.c[i*g.ldc+j]
			g.start(&p, i, j)
			w.run(&p, columns)
			i += taken
		}
		j += columns
	}
}

// gemmTask is a product cut into regions, across by columns and down by rows.
type gemmTask struct {
	product
	across, down int
}

var gemmTasks = freeList[gemmTask]{fresh: func() *gemmTask { return new(gemmTask) }}

// gemmShared shares a product out by regions of about equal size, a few for
// each worker, so that one that is held up does not hold up the others.
func gemmShared(g *product) {
	t := gemmTasks.get()
	t.product = *g
	want := 3 * Workers()
	t.across = max((g.n+stripMax-1)/stripMax, min(want, g.n/partMin))
	t.down = max(1, min((want+t.across-1)/t.across, g.m/(4*usual.tall)))
	share(t.across*t.down, t)
	t.product = product{}
	gemmTasks.put(t)
}

func (t *gemmTask) part(i int, s *scratch) {
	var r region
	r.i0, r.i1 = cut(t.m, usual.tall, t.down, i/t.across)
	r.j0, r.j1 = cut(t.n, usual.columns, t.across, i%t.across)
	if t.direct() {
		s = nil
	}
	t.sum(r, s)
}

// cut returns part i of n cut into that many parts of whole units, the first of
// which may have a unit more than the others.
func cut(n, unit, parts, i int) (from, to int) {
	units := (n + unit - 1) / unit
	each, more := units/parts, units%parts
	from = (i*each + min(i, more)) * unit
	to = ((i+1)*each + min(i+1, more)) * unit
	return from, min(to, n)
}

// direct reports whether b is read where it lies, and not packed.
func (g *product) direct() bool {
	return g.op&TransB == 0 && (g.m <= 2*usual.tall || g.k*g.ldb <= 4096)
}

// piece is a block of k of some rows of a region.
type piece struct {
	panel
	whole  region    // what is being computed
	rows   region    // the rows of it at hand
	from   int       // the first k
	last   bool      // the block ends with the last k
	first  bool      // b is not packed yet
	ready  int       // but for the columns before this one
	rowsA  []float32 // these rows of a, where they are copied
	panels []float32 // the panels of b, where they are packed
	sums   []float32 // unfinished sums, where they are kept apart from c
}

// sum computes a region, with operands packed into s, or read where they lie
// if s is nil.
func (g *product) sum(r region, s *scratch) {
	step := g.k
	if blocks := (g.k + kBlock - 1) / kBlock; blocks > 1 {
		step = ((g.k+blocks-1)/blocks + 7) &^ 7
	}
	for from := 0; ; from += step {
		p := piece{panel: panel{k: min(step, g.k-from)}, whole: r, from: from, last: from+step >= g.k}
		g.block(&p, step, s)
		if p.last {
			break
		}
	}
	if g.fused.Act == Identity {
		return
	}
	g.activate(r)
}

// activate applies the activation to the finished sums of a region.
func (g *product) activate(r region) {
	for i := r.i0; i < r.i1; i++ {
		row := g.c[i*g.ldc:][r.j0:r.j1]
		elementwise(&stream{n: len(row), p: [6]*float32{ptr(row), ptr(row)}}, opAct+opcode(g.fused.Act))
	}
}

// block takes one block of k of a region.
func (g *product) block(p *piece, step int, s *scratch) {
	packing := s != nil && p.k > 0
	padded := (p.whole.columns() + 7) &^ 7
	if packing {
		p.panels = room(&s.b, padded*p.k)
		p.first = true
		if g.op&TransB != 0 {
			g.packTurned(p)
			p.first = false
		} else if aliased(g.ldb) || g.ldb >= farMin {
			p.ready = g.packFours(p)
		}
		if step < g.k && aliased(g.ldc) {
			p.sums = room(&s.c, padded*p.whole.rows())
		}
	}
	for i := p.whole.i0; i < p.whole.i1; i += rowBlock {
		p.rows = region{i, min(i+rowBlock, p.whole.i1), p.whole.j0, p.whole.j1}
		p.rs, p.cs, p.rowsA = 4*g.lda, 4, nil
		if g.op&TransA != 0 {
			p.rs, p.cs = 4, 4*g.lda
		}
		if packing && g.op&TransA != 0 && aliased(g.lda) && p.whole.columns() >= copyMin {
			g.copyA(p, s)
		}
		g.rowBlock(p)
		p.first = false
	}
}

// aliased reports whether rows that far apart get into each other's way: their
// places in memory are alike in the bits by which a processor finds them.
// Then unfinished sums are kept apart from c, and a and b are packed by
// themselves.
func aliased(ld int) bool { return ld%512 == 0 }

// rowBlock computes the rows of a piece, panel by panel. Where b is to be
// packed and is not yet, it is packed on the way.
func (g *product) rowBlock(p *piece) {
	done := 0
	for j := p.rows.j0; j < p.rows.j1; {
		w, columns := widthFor(p.rows.rows(), p.rows.j1-j)
		if p.panels != nil {
			w, columns = widthFor(usual.tall, p.rows.j1-j)
		}
		i := p.rows.i0
		switch {
		case p.k == 0:
		case p.panels == nil:
			p.b, p.ldb = &g.b[p.from*g.ldb+j], 4*g.ldb
		default:
			p.packed = &p.panels[done]
			if p.first && j >= p.ready {
				i = g.packPanel(p, w, j, columns)
			}
			p.b, p.ldb = p.packed, 4*w.columns
			done += p.k * w.columns
		}
		g.tiles(p, w, i, j, columns)
		j += columns
	}
}

// packPanel packs a panel of b; where it is of full width, it computes the
// first tile with it. It returns the first row that is left.
func (g *product) packPanel(p *piece, w width, j, columns int) int {
	p.b, p.ldb = &g.b[p.from*g.ldb+j], 4*g.ldb
	if columns == usual.columns && p.rows.rows() >= usual.tall {
		g.place(p, w, p.rows.i0, j)
		packingPanel16AVX2(&p.panel)
		return p.rows.i0 + usual.tall
	}
	mask := &masks[columns+8-w.columns]
	if w == usual {
		packRows16AVX2(p.packed, p.b, p.ldb, p.k, mask)
	} else {
		packRows8AVX2(p.packed, p.b, p.ldb, p.k, mask)
	}
	return p.rows.i0
}

// tiles computes the rows from i on of one panel of b.
func (g *product) tiles(p *piece, w width, i, j, columns int) {
	for i < p.rows.i1 {
		plan, taken := w.plan(p.rows.i1 - i)
		p.plan = plan
		g.place(p, w, i, j)
		w.run(&p.panel, columns)
		i += taken
	}
}

// place points a panel to row i, column j.
func (g *product) place(p *piece, w width, i, j int) {
	switch {
	case p.k == 0:
	case p.rowsA != nil:
		p.a = &p.rowsA[(i-p.rows.i0)*p.rs/4]
	case g.op&TransA != 0:
		p.a = &g.a[p.from*g.lda+i]
	default:
		p.a = &g.a[i*g.lda+p.from]
	}
	p.c, p.ldc = &g.c[i*g.ldc+j], 4*g.ldc
	if p.from == 0 {
		g.start(&p.panel, i, j)
	} else {
		p.s, p.lds, p.broadcastBias = p.c, p.ldc, 0
	}
	if p.sums == nil {
		return
	}
	kept := &p.sums[(j-p.whole.j0)*p.whole.rows()+(i-p.whole.i0)*w.columns]
	if p.from > 0 {
		p.s, p.lds = kept, 4*w.columns
	}
	if !p.last {
		p.c, p.ldc = kept, 4*w.columns
	}
}

// start sets what the sums of row i, column j start from; p.c is in place.
func (g *product) start(p *panel, i, j int) {
	p.broadcastBias = 0
	switch {
	case g.fused.RowBias != nil:
		p.s, p.lds, p.broadcastBias = &g.fused.RowBias[i], 4, 1
	case g.fused.ColBias != nil:
		p.s, p.lds = &g.fused.ColBias[j], 0
	case g.op&Overwrite != 0:
		p.s, p.lds = &zeros[0], 0
	default:
		p.s, p.lds = p.c, p.ldc
	}
}
