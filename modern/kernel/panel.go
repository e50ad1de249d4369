//go:build amd64 && !purego

package kernel

// panel is what a panel routine computes: tiles of one width, one below the
// other, each c = start + a*b with k = 0, 1, 2 ... The assembly knows the
// offsets of the fields.
type panel struct {
	a, b, c, s    *float32
	rs, cs        int // bytes between rows of a, and between its columns
	ldb           int // bytes between rows of b
	ldc, lds      int // bytes between rows of c and of s, the start
	k             int
	plan          uint64    // heights of the tiles, a nibble each, lowest first; 0 ends
	mask          *[8]int32 // columns of the last 8 that are there
	broadcastBias int       // s holds one start for each row, not for each element
	packed        *float32  // where a packing routine keeps b
	steps         *int      // bytes from one row of b to the next, in place of ldb
}

// masks[n] selects the first n of 8 columns.
var masks = [9][8]int32{
	{}, {-1}, {-1, -1}, {-1, -1, -1}, {-1, -1, -1, -1}, {-1, -1, -1, -1, -1}, {-1, -1, -1, -1, -1, -1},
	{-1, -1, -1, -1, -1, -1, -1}, {-1, -1, -1, -1, -1, -1, -1, -1},
}

// zeros is what sums start from that start from +0.
var zeros [64]float32

// width is a width of tiles: so many columns, up to tall rows. Twice the
// vectors of a tile must exceed a fused multiply-add's latency.
type width struct{ columns, tall int }

var (
	narrow = width{8, 12}
	usual  = width{16, 6}
	wide   = width{32, 3}
	widest = width{64, 1}
)

// run computes the tiles of p, columns of which the last n%8 only are there.
func (w width) run(p *panel, n int) {
	if n == w.columns {
		switch w {
		case narrow:
			panel8AVX2(p)
		case usual:
			panel16AVX2(p)
		case wide:
			panel32AVX2(p)
		default:
			panel64AVX2(p)
		}
		return
	}
	p.mask = &masks[n+8-w.columns]
	if w == narrow {
		panel8MaskAVX2(p)
		return
	}
	panel16MaskAVX2(p)
}

// widthFor chooses how many of n columns to take at once, in tiles of rows.
func widthFor(rows, n int) (w width, columns int) {
	switch {
	case rows == 1 && n >= widest.columns:
		w = widest
	case rows <= wide.tall && n >= wide.columns:
		w = wide
	case n > narrow.columns:
		w = usual
	default:
		w = narrow
	}
	return w, min(n, w.columns)
}

// tilesMax is how many tiles one call of a panel routine computes at most.
const tilesMax = 15

// plan cuts the first of that many rows into tiles and returns how many rows
// these take. No tile is so low that it waits for its own sums, where there are
// rows enough.
func (w width) plan(rows int) (plan uint64, taken int) {
	const each = 0x0111_1111_1111_1111
	tall := uint64(w.tall)
	if rows > tilesMax*w.tall {
		return each >> 4 * tall, (tilesMax - 1) * w.tall
	}
	full, last := rows/w.tall, rows%w.tall
	before := 0
	if full > 0 && last > 0 && 3*last < 2*w.tall {
		full--
		before = (w.tall + last + 1) / 2
		last = w.tall + last - before
	}
	plan = each & (1<<(4*full) - 1) * tall
	if before > 0 {
		plan |= uint64(before) << (4 * full)
		full++
	}
	return plan | uint64(last)<<(4*full), rows
}
