package tui

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// cell is one character of the screen. Where a wide character stands, the cell
// to its right has the rune 0.
type cell struct {
	r   rune
	ink ink
}

// canvas is the whole picture, cell by cell: nothing drawn on it can push
// anything else aside.
type canvas struct {
	w, h  int
	cells []cell
}

func newCanvas(w, h int) *canvas {
	c := &canvas{w: w, h: h, cells: make([]cell, w*h)}
	for i := range c.cells {
		c.cells[i].r = ' '
	}
	return c
}

// area is a window of the canvas. What is drawn outside of it is not drawn.
type area struct {
	c          *canvas
	x, y, w, h int
}

func (c *canvas) area() area { return area{c, 0, 0, c.w, c.h} }

// sub is the window at x, y within a, cut to a's size.
func (a area) sub(x, y, w, h int) area {
	x, y = min(max(x, 0), a.w), min(max(y, 0), a.h)
	return area{a.c, a.x + x, a.y + y, max(min(w, a.w-x), 0), max(min(h, a.h-y), 0)}
}

// rows is the window of n rows from row y on.
func (a area) rows(y, n int) area { return a.sub(0, y, a.w, n) }

func (a area) put(x, y int, r rune, k ink) {
	if x >= 0 && x < a.w && y >= 0 && y < a.h {
		a.c.cells[(a.y+y)*a.c.w+a.x+x] = cell{r, k}
	}
}

// tint changes the ink of n cells and leaves their characters.
func (a area) tint(x, y, n int, k ink) {
	for i := max(x, 0); i < min(x+n, a.w) && y >= 0 && y < a.h; i++ {
		a.c.cells[(a.y+y)*a.c.w+a.x+i].ink = k
	}
}

// text draws s from x on and returns where it ends. What does not fit is cut,
// with an ellipsis as its last character.
func (a area) text(x, y int, s string, k ink) int {
	if textWidth(s) > a.w-x {
		s = cut(s, a.w-x)
	}
	for _, r := range s {
		n := runeWidth(r)
		if n == 0 {
			continue
		}
		if r == '\u00a0' {
			r = ' '
		}
		a.put(x, y, r, k)
		if n == 2 {
			a.put(x+1, y, 0, k)
		}
		x += n
	}
	return x
}

// right draws s so that it ends at column x, exclusive, and returns where it
// begins.
func (a area) right(x, y int, s string, k ink) int {
	at := max(x-textWidth(s), 0)
	a.sub(0, 0, x, a.h).text(at, y, s, k)
	return at
}

func (a area) fill(x, y, n int, r rune, k ink) {
	for i := range n {
		a.put(x+i, y, r, k)
	}
}

// render makes the picture a string for the terminal: lines without trailing
// blanks, each run of one ink between its escape codes.
func (c *canvas) render(t *theme) string {
	var b strings.Builder
	b.Grow(len(c.cells) * 2)
	for y := range c.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		row := c.cells[y*c.w : (y+1)*c.w]
		for len(row) > 0 && row[len(row)-1] == (cell{' ', inkText}) {
			row = row[:len(row)-1]
		}
		c.line(&b, row, t)
	}
	return b.String()
}

func (c *canvas) line(b *strings.Builder, row []cell, t *theme) {
	last := inkText
	for _, at := range row {
		if at.r == 0 {
			continue
		}
		if at.ink != last {
			b.WriteString(t.codes[last].off)
			b.WriteString(t.codes[at.ink].on)
			last = at.ink
		}
		if t.ascii && at.r >= 0x7f {
			at.r = plain(at.r)
		}
		b.WriteRune(at.r)
	}
	b.WriteString(t.codes[last].off)
}

// runeWidth is how many cells a character takes: 0 for those that sit on
// another or control the terminal.
func runeWidth(r rune) int {
	switch {
	case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x300 && r < 0x370:
		return 0
	case r < 0x1100 || r >= 0x2000 && r < 0x2e80:
		return 1
	}
	return lipgloss.Width(string(r))
}

func textWidth(s string) (n int) {
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}
