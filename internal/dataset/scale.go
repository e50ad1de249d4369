package dataset

// scaler scales pictures by area, in exact integers.
type scaler struct {
	cols         int // of the picture that is read
	down, across []share
	whole        int64 // weight of all that lies under one cell
	cells        []int64
	width        int // of the picture that is made
}

// newScaler scales pictures of fromRows x fromCols to rows x cols.
func newScaler(fromRows, fromCols, rows, cols int) *scaler {
	if rows < 1 || cols < 1 {
		panic("dataset: a retina needs cells")
	}
	return &scaler{
		cols: fromCols, down: shares(fromRows, rows), across: shares(fromCols, cols),
		whole: int64(fromRows) * int64(fromCols), cells: make([]int64, rows*cols), width: cols,
	}
}

// sums returns for each cell the sum of the levels under it, each times its
// weight. The slice holds until the next call.
func (s *scaler) sums(level func(pixel int) int64) []int64 {
	clear(s.cells)
	for _, d := range s.down {
		row := s.cells[d.cell*s.width:]
		for _, a := range s.across {
			row[a.cell] += level(d.pixel*s.cols+a.pixel) * d.part * a.part
		}
	}
	return s.cells
}

// mean rounds a sum of levels that are not negative to their mean, halves up.
func (s *scaler) mean(sum int64) int64 { return (2*sum + s.whole) / (2 * s.whole) }

// share says that a pixel gives part of its length to a cell.
type share struct {
	pixel, cell int
	part        int64
}

// shares lays n pixels along m cells. A pixel has m parts and a cell takes n,
// so that all parts are whole.
func shares(n, m int) []share {
	list := make([]share, 0, n+m)
	for pixel, cell := 0, 0; pixel < n && cell < m; {
		from := max(pixel*m, cell*n)
		to := min((pixel+1)*m, (cell+1)*n)
		list = append(list, share{pixel, cell, int64(to - from)})
		if (pixel+1)*m == to {
			pixel++
		}
		if (cell+1)*n == to {
			cell++
		}
	}
	return list
}
