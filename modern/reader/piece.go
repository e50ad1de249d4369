package reader

// inkMin is how much ink a pixel has that counts where a piece is cropped.
const inkMin = 0.2

// crop is the smallest rectangle that holds the ink of a strip between two
// columns; where there is none, all of it.
func (m *Machine) crop(x []float32, from, to int32) (top, left, rows, cols int) {
	top, bottom, left, right := m.rows, -1, m.cols, -1
	for r := range m.rows {
		for c := int(from); c < int(to); c++ {
			if x[r*m.cols+c] >= inkMin {
				top, bottom, left, right = min(top, r), r, min(left, c), max(right, c)
			}
		}
	}
	if bottom < 0 {
		return 0, int(from), m.rows, int(to - from)
	}
	return top, left, bottom - top + 1, right - left + 1
}

// show puts the piece of a strip between two columns before the net, as picture
// row: cropped, and scaled by area until it fills the picture, but for a border
// of a pixel, from top to bottom or from left to right. Bare ground is -1, full
// ink 1.
func (m *Machine) show(row int, x []float32, from, to int32) {
	top, left, rows, cols := m.crop(x, from, to)
	tall, wide := m.tall-2, m.wide-2
	if h := (2*rows*wide + cols) / (2 * cols); h <= tall {
		tall = max(h, 1)
	} else {
		wide = max((2*cols*tall+rows)/(2*rows), 1)
	}
	size := m.tall * m.wide
	y := m.net.Values[0].Data[row*size : (row+1)*size]
	for i := range y {
		y[i] = -1
	}
	y0, x0 := (m.tall-tall)/2, (m.wide-wide)/2
	for r := range tall {
		for c := range wide {
			mean := m.mean(x[top*m.cols+left:], area{r * rows, (r + 1) * rows, tall}, area{c * cols, (c + 1) * cols, wide})
			y[(y0+r)*m.wide+x0+c] = float32(2*mean) - 1
		}
	}
}

// area is a stretch from..to over pixels that are each unit long.
type area struct{ from, to, unit int }

// first and end are the pixels that it touches.
func (a area) first() int { return a.from / a.unit }
func (a area) end() int   { return (a.to + a.unit - 1) / a.unit }

// part is how much of pixel i lies in it.
func (a area) part(i int) int {
	return min((i+1)*a.unit, a.to) - max(i*a.unit, a.from)
}

// mean is the mean ink over a rectangle, row by row.
func (m *Machine) mean(x []float32, down, across area) float32 {
	sum := float32(0)
	for r := down.first(); r < down.end(); r++ {
		line := float32(0)
		for c := across.first(); c < across.end(); c++ {
			line += float32(float32(across.part(c)) * x[r*m.cols+c])
		}
		sum += float32(float32(down.part(r)) * line)
	}
	return sum / float32((down.to-down.from)*(across.to-across.from))
}
