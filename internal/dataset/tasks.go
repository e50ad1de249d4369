package dataset

import (
	"fmt"
	"strings"

	"perceptarium/sim/rng"
)

// taskGenerators are the tasks at the limit of what a perceptron can do.
func taskGenerators() []Generator {
	return []Generator{
		newGenerator("patches", "two square patches, each lit or not: class 1 where exactly one is lit (exclusive or)",
			append([]Param{
				{Name: "side", Kind: Number, Default: "6", Min: 1, Max: 32, Doc: "side of a patch, in cells"},
				{Name: "base", Kind: Word, Default: "bar", Words: []string{"bar", "none"}, Doc: "bar: the lowest two rows are always lit, so that no card is dark"},
			}, patternParams(8)...), (*settings).patches),
		newGenerator("parity", "a lattice of 3 x 3 patches, the first n of which are lit or not: class 1 where an odd number is lit",
			append([]Param{
				{Name: "n", Kind: Number, Default: "4", Min: 1, Max: 9, Doc: "patches that may be lit"},
				{Name: "side", Kind: Number, Default: "4", Min: 1, Max: 20, Doc: "side of a patch, in cells"},
			}, patternParams(8)...), (*settings).parity),
		newGenerator("connected", "three strands whose ends are joined, upper or lower pair: class 1 where the figure is one piece (Minsky and Papert 1969)",
			append([]Param{
				{Name: "length", Kind: Number, Default: "16", Min: 3, Max: 64, Doc: "length of the strands, in cells"},
				{Name: "gap", Kind: Number, Default: "3", Min: 2, Max: 20, Doc: "cells from one strand to the next"},
				{Name: "place", Kind: Word, Default: "random", Words: []string{"random", "middle"}, Doc: "where the figure lies"},
			}, patternParams(8)...), (*settings).connected),
		newGenerator("left-of", "a square and a diamond: class 1 where the square is to the left of the diamond",
			append([]Param{
				{Name: "count", Kind: Number, Default: "100", Min: 1, Max: 1_000_000, Doc: "cards"},
				{Name: "side", Kind: Number, Default: "6", Min: 2, Max: 32, Doc: "side of the squares that hold the figures, in cells"},
				orderParam("mixed"),
			}, retinaParams(8)...), (*settings).leftOf),
	}
}

// patternParams are the settings of decks that run through all patterns.
func patternParams(smallest int64) []Param {
	return append([]Param{
		{Name: "count", Kind: Number, Default: "0", Max: 1_000_000, Doc: "cards; 0: every pattern once"},
		{Name: "order", Kind: Word, Default: "fixed", Words: []string{"fixed", "random"}, Doc: "fixed: patterns in turn, counted in binary; random: all of them shuffled, or drawn one by one where count is set"},
	}, retinaParams(smallest)...)
}

// patterns deals cards for the patterns 0..n-1: draw puts one on the canvas and
// says its class and label.
func (s *settings) patterns(n int64, draw func(c *canvas, pattern int64) (int, string)) ([]Card, error) {
	count := s.num("count")
	order, noise := s.stream("order"), s.stream("noise")
	list := make([]int64, n)
	for i := range list {
		list[i] = int64(i)
	}
	random := s.word("order") == "random"
	if random && count == 0 {
		shuffle(&order, list)
	}
	if count == 0 {
		count = n
	} else if random {
		list = make([]int64, count)
		for i := range list {
			list[i] = order.Below(n)
		}
	}
	if err := s.room(count); err != nil {
		return nil, err
	}
	canvas := newCanvas(s, false)
	cards := make([]Card, count)
	for i := range cards {
		canvas.clear()
		class, label := draw(canvas, list[i%len(list)])
		cards[i] = Card{canvas.picture(s, &noise), class, label}
	}
	return cards, nil
}

// fill lights a rectangle of whole cells.
func (c *canvas) fill(row, col, rows, cols int64) {
	for r := row; r < row+rows; r++ {
		for k := col; k < col+cols; k++ {
			c.cover[r*c.side+k] = uint8(c.fine * c.fine)
		}
	}
}

// patches lie in the middle of the left and the right half, above the bar.
func (s *settings) patches() ([]Card, error) {
	n, side := s.num("retina"), s.num("side")
	bar := int64(0)
	if s.word("base") == "bar" {
		bar = 2
	}
	if 2*side > n || side+bar > n {
		return nil, s.fail("side", "two such patches do not fit a retina of %d x %d", n, n)
	}
	return s.patterns(4, func(c *canvas, pattern int64) (int, string) {
		top := (n - bar - side) / 2
		if pattern&1 != 0 {
			c.fill(top, (n/2-side)/2, side, side)
		}
		if pattern&2 != 0 {
			c.fill(top, n/2+(n/2-side)/2, side, side)
		}
		c.fill(n-bar, 0, bar, n)
		return int(pattern&1 ^ pattern>>1), [...]string{"neither", "left", "right", "both"}[pattern]
	})
}

func (s *settings) parity() ([]Card, error) {
	retina, side, n := s.num("retina"), s.num("side"), s.num("n")
	pitch := retina / 3
	if side > pitch {
		return nil, s.fail("side", "three such patches do not fit beside each other on a retina of %d x %d", retina, retina)
	}
	edge := (retina - 2*pitch - side) / 2
	return s.patterns(1<<n, func(c *canvas, pattern int64) (int, string) {
		var label strings.Builder
		odd := int64(0)
		for i := range n {
			bit := pattern >> i & 1
			odd ^= bit
			label.WriteByte('0' + byte(bit))
			if bit == 1 {
				c.fill(edge+i/3*pitch, edge+i%3*pitch, side, side)
			}
		}
		return int(odd), label.String()
	})
}

// connected draws three strands one cell thick. At each end a piece joins the
// upper two or the lower two; the figure is one piece where the ends differ.
func (s *settings) connected() ([]Card, error) {
	n, length, gap := s.num("retina"), s.num("length"), s.num("gap")
	if length > n {
		return nil, s.fail("length", "the retina has %d cells along each side", n)
	}
	if 2*gap+1 > n {
		return nil, s.fail("gap", "three strands so far apart do not fit a retina of %d x %d", n, n)
	}
	place := s.stream("place")
	return s.patterns(4, func(c *canvas, pattern int64) (int, string) {
		row, col := (n-2*gap-1)/2, (n-length)/2
		if s.word("place") == "random" {
			row, col = place.Below(n-2*gap), place.Below(n-length+1)
		}
		for i := range int64(3) {
			c.fill(row+i*gap, col, 1, length)
		}
		left, right := pattern&1, pattern>>1
		c.fill(row+left*gap, col, gap, 1)
		c.fill(row+right*gap, col+length-1, gap, 1)
		return int(left ^ right), [...]string{"apart", "connected"}[left^right]
	})
}

// leftOf places two figures so that no column holds both.
func (s *settings) leftOf() ([]Card, error) {
	n, side := s.num("retina"), s.num("side")
	if 2*side > n {
		return nil, s.fail("side", "two such figures do not fit beside each other on a retina of %d x %d", n, n)
	}
	if err := s.room(s.num("count")); err != nil {
		return nil, err
	}
	place, noise := s.stream("place"), s.stream("noise")
	canvas := newCanvas(s, false)
	cards := make([]Card, 0, s.num("count"))
	for _, class := range s.classes(2) {
		canvas.clear()
		left, right := twoPlaces(&place, n, side)
		shapes := [2]shape{diamond, square}
		if class == 1 {
			shapes = [2]shape{square, diamond}
		}
		canvas.draw(left, shapes[0].mask(side*one, 0), shapes[0].reach(side*one))
		canvas.draw(right, shapes[1].mask(side*one, 0), shapes[1].reach(side*one))
		label := fmt.Sprintf("%s left of %s", shapes[0], shapes[1])
		cards = append(cards, Card{canvas.picture(s, &noise), class, label})
	}
	return cards, nil
}

// twoPlaces draws two places side by side, each pair of columns as likely as
// the others.
func twoPlaces(st *rng.Stream, n, side int64) (left, right pose) {
	slack := n - 2*side
	p, q := st.Below(slack+1), st.Below(slack+2)
	if q > p { // so each pair p <= q comes about in two ways
		q--
	} else {
		p, q = q, p
	}
	half := side * one / 2
	left = upright(p*one+half, st.Below(n-side+1)*one+half)
	right = upright((q+side)*one+half, st.Below(n-side+1)*one+half)
	return left, right
}
