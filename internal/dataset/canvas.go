package dataset

import "perceptarium/sim/rng"

// A mask says whether a point lies in a figure. The point is given from the
// figure's centre, u to the right and v down, in 1/65536 of a cell.
type mask func(u, v int64) bool

// pose is where a figure lies on the retina.
type pose struct {
	x, y     int64 // its centre from the retina's upper left corner, 1/65536 cell
	sin, cos int64 // of the turn clockwise, 1/2^30
	percent  int64 // its size
}

// upright is a figure of natural size that is not turned.
func upright(x, y int64) pose { return pose{x, y, 0, 1 << unitBits, 100} }

// turned is a figure turned clockwise by minutes of arc.
func turned(x, y, minutes, percent int64) pose {
	sin, cos := sinCos(minutes)
	return pose{x, y, sin, cos, percent}
}

// finest is how many points are looked at along each side of a cell with soft
// edges.
const finest = 4

// canvas is a square retina on which figures are drawn.
type canvas struct {
	side  int64
	torus bool    // what leaves at one edge comes in at the opposite one
	fine  int64   // points looked at along each side of a cell: 1 or finest
	cover []uint8 // [side][side]: points of the cell that a figure covers
}

func newCanvas(s *settings, torus bool) *canvas {
	side := s.num("retina")
	c := &canvas{side: side, torus: torus, fine: 1, cover: make([]uint8, side*side)}
	if s.word("edges") == "soft" {
		c.fine = finest
	}
	return c
}

// clear wipes the canvas for the next card.
func (c *canvas) clear() { clear(c.cover) }

// everywhere is a reach that leaves no cell out.
const everywhere = 1 << 40

// draw adds a figure that goes no farther than reach from its centre; where
// figures overlap, the larger cover counts.
func (c *canvas) draw(at pose, in mask, reach int64) {
	for row := range c.side {
		if c.beyond(row, at.y, reach) {
			continue
		}
		for col := range c.side {
			if c.beyond(col, at.x, reach) {
				continue
			}
			n := c.points(row, col, at, in)
			cell := &c.cover[row*c.side+col]
			*cell = max(*cell, n)
		}
	}
}

// beyond reports whether a whole row or column of cells lies out of reach.
func (c *canvas) beyond(line, centre, reach int64) bool {
	d := c.offset(line*one + one/2 - centre)
	return max(d, -d) > reach+one
}

// points counts the points of a cell that lie in the figure: its middle alone,
// or a lattice of 4 x 4.
func (c *canvas) points(row, col int64, at pose, in mask) (n uint8) {
	step := one / c.fine
	for i := range c.fine {
		v := c.offset(row*one + i*step + step/2 - at.y)
		for j := range c.fine {
			u := c.offset(col*one + j*step + step/2 - at.x)
			if at.hit(u, v, in) {
				n++
			}
		}
	}
	return n
}

// offset takes a distance round the torus by the shorter way.
func (c *canvas) offset(d int64) int64 {
	if !c.torus {
		return d
	}
	whole := c.side * one
	return ((d+whole/2)%whole+whole)%whole - whole/2
}

// hit turns a point back into the figure's own frame and asks its mask.
func (p pose) hit(u, v int64, in mask) bool {
	if p.sin != 0 || p.cos != 1<<unitBits {
		u, v = times(u, p.cos)+times(v, p.sin), times(v, p.cos)-times(u, p.sin)
	}
	if p.percent != 100 {
		u, v = u*100/p.percent, v*100/p.percent
	}
	return in(u, v)
}

// picture gives each cell its level: ground + (figure-ground) * cover, rounded
// to nearest, then blur, then the noise, which turns a cell into figure +
// ground less its level.
func (c *canvas) picture(s *settings, noise *rng.Stream) Picture {
	figure, ground := s.num("figure"), s.num("ground")
	full := c.fine * c.fine
	var levels [finest*finest + 1]int64 // by cover
	for k := range full + 1 {
		levels[k] = (figure*k + ground*(full-k) + full/2) / full
	}
	p := Picture{int(c.side), int(c.side), make([]int64, c.side*c.side)}
	for i, n := range c.cover {
		p.Cells[i] = levels[n]
	}
	for range s.num("blur") {
		p.blur(64)
	}
	if permille := s.num("noise"); permille > 0 {
		for i, v := range p.Cells {
			if noise.Below(1000) < permille {
				p.Cells[i] = figure + ground - v
			}
		}
	}
	return p
}

// blur smooths along the rows, then along the columns, with the weights
// a, 256-2a, a in 1/256, rounded to nearest each time; beyond the edge the
// edge's own level goes on.
func (p Picture) blur(a int64) {
	for r := range p.Rows {
		smooth(p.Cells[r*p.Cols:], p.Cols, 1, a)
	}
	for c := range p.Cols {
		smooth(p.Cells[c:], p.Rows, p.Cols, a)
	}
}

// smooth smooths n cells that lie step apart.
func smooth(cells []int64, n, step int, a int64) {
	before := cells[0]
	for i := range n {
		here, after := cells[i*step], cells[min(i+1, n-1)*step]
		cells[i*step] = (a*before + (256-2*a)*here + a*after + 128) >> 8
		before = here
	}
}

// retinaParams are the settings that all drawn cards share.
func retinaParams(smallest int64) []Param {
	return []Param{
		{Name: "retina", Kind: Number, Default: "20", Min: smallest, Max: 64, Doc: "cells along each side of the retina"},
		{Name: "figure", Kind: Number, Default: "255", Max: LevelMax, Doc: "illumination of the figure"},
		{Name: "ground", Kind: Number, Default: "0", Max: LevelMax, Doc: "illumination of the ground"},
		{Name: "edges", Kind: Word, Default: "hard", Words: []string{"hard", "soft"}, Doc: "hard: a cell is lit where its middle is covered; soft: as far as it is covered, in sixteenths"},
		{Name: "blur", Kind: Number, Default: "0", Max: 8, Doc: "how often the picture is smoothed with the weights 1 2 1 both ways"},
		{Name: "noise", Kind: Number, Default: "0", Max: 1000, Doc: "chance in a thousand of each cell to be turned from figure to ground or back"},
	}
}
