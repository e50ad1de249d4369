package dataset

import (
	"fmt"

	"perceptarium/sim/rng"
)

// The digits are drawn on a sheet of 28 x 28 pixels; smaller pictures are
// scaled from it by area.
const sheetSide = 28

// Ranges of the jitter, all Assumed: hands differ by so much and stay legible.
// Angles in minutes of arc, the blur in 1/256, all else in thousandths.
var (
	turnRange   = value{lo: -15 * 60, hi: 15 * 60}
	shearRange  = value{lo: -200, hi: 200}
	scaleRange  = value{lo: 800, hi: 1100}
	shiftRange  = value{lo: -2000, hi: 2000}
	strokeRange = value{lo: 1200, hi: 2500} // width of the pen, in pixels
	wobbleRange = value{lo: -600, hi: 600}  // of each corner of the skeleton, in pixels
	blurRange   = value{lo: 0, hi: 64}      // outer weights of the smoothing
)

// point is a place on the sheet, in 1/65536 of a pixel.
type point struct{ x, y int64 }

// digitsMax bounds the pixels of a drawn set: 128 MiB, 85,598 digits of 28 x 28.
const digitsMax = 1 << 26

// DrawDigits makes count handwritten-like digits of side x side pixels, side in
// 8..28: for each a poly-line skeleton whose corners wobble, then an affine
// jitter about its middle (turn by at most 15 degrees, shear by 0.2, size 0.8
// to 1.1 across and down each, shift by 2 pixels of 28), a pen of 1.2 to 2.5
// pixels of 28, and a blur. The classes come in random order, as equal in
// number as can be. Levels run from 0, bare ground, to 255, full ink.
//
// A side of 14 or 16 shows the very digits of the same seed at 28, scaled by
// exact area.
func DrawDigits(side, count int, seed uint64) (*Images, error) {
	if err := sizeError("digits on a side", side, 8, sheetSide); err != nil {
		return nil, err
	}
	if limit := digitsMax / (side * side); count < 1 || count > limit {
		return nil, fmt.Errorf("digits: %d pictures; want 1..%d", count, limit)
	}
	set := &Images{Rows: side, Cols: side, Hi: LevelMax, Classes: 10, Labels: make([]uint8, count)}
	scale := newScaler(sheetSide, sheetSide, side, side)
	source := rng.New(seed)
	order, jitter := source.Stream("digits.order"), source.Stream("digits.jitter")
	for i := range set.Labels {
		set.Labels[i] = uint8(i % 10)
	}
	shuffle(&order, set.Labels)
	set.Pixels = make([]int16, 0, count*side*side)
	strokes := skeletons()
	sheet := newSheet()
	for _, label := range set.Labels {
		sheet.write(strokes[label], &jitter)
		for _, sum := range scale.sums(func(i int) int64 { return sheet.page.Cells[i] }) {
			set.Pixels = append(set.Pixels, int16(scale.mean(sum)))
		}
	}
	return set, nil
}

// sheet is the paper on which one digit is written.
type sheet struct {
	near []int64 // [28][28] squared distance from a pixel's middle to the nearest stroke, in 1/2^32 pixel
	page Picture
	line []point
}

func newSheet() *sheet {
	const n = sheetSide * sheetSide
	return &sheet{near: make([]int64, n), page: Picture{sheetSide, sheetSide, make([]int64, n)}}
}

// write draws a digit with a new jitter.
func (s *sheet) write(strokes [][]point, jitter *rng.Stream) {
	hand := newHand(jitter)
	for i := range s.near {
		s.near[i] = 1 << 62
	}
	for _, stroke := range strokes {
		s.line = s.line[:0]
		for _, p := range stroke {
			p.x += within(jitter, wobbleRange) * one / 1000
			p.y += within(jitter, wobbleRange) * one / 1000
			s.line = append(s.line, hand.move(p))
		}
		for i := range s.line[1:] {
			s.segment(s.line[i], s.line[i+1], hand.pen/2+one)
		}
	}
	s.ink(hand.pen / 2)
	s.page.blur(hand.blur)
}

// hand is one jitter.
type hand struct {
	a, b, c, d int64 // the matrix, in 1/65536
	shift      point
	pen, blur  int64
}

// newHand draws a jitter: size, then shear, then turn.
func newHand(st *rng.Stream) hand {
	sin, cos := sinCos(within(st, turnRange))
	shear := within(st, shearRange) * one / 1000
	width := within(st, scaleRange) * one / 1000
	height := within(st, scaleRange) * one / 1000
	h := hand{
		shift: point{within(st, shiftRange) * one / 1000, within(st, shiftRange) * one / 1000},
		pen:   within(st, strokeRange) * one / 1000,
		blur:  within(st, blurRange),
	}
	lean := -shear * height >> 16 // what is higher goes to the right where shear is positive
	h.a, h.b = times(width, cos), times(lean, cos)-times(height, sin)
	h.c, h.d = times(width, sin), times(lean, sin)+times(height, cos)
	return h
}

// move applies the jitter to a point about the middle of the sheet.
func (h *hand) move(p point) point {
	const middle = sheetSide * one / 2
	x, y := p.x-middle, p.y-middle
	return point{(h.a*x+h.b*y)>>16 + middle + h.shift.x, (h.c*x+h.d*y)>>16 + middle + h.shift.y}
}

// segment notes the distance to a straight piece of the pen's way for all
// pixels within reach of it.
func (s *sheet) segment(from, to point, reach int64) {
	left, right := pixels(min(from.x, to.x)-reach, max(from.x, to.x)+reach)
	top, bottom := pixels(min(from.y, to.y)-reach, max(from.y, to.y)+reach)
	dx, dy := to.x-from.x, to.y-from.y
	length := dx*dx + dy*dy
	unit := max(length>>16, 1)
	for row := top; row < bottom; row++ {
		for col := left; col < right; col++ {
			x, y := col*one+one/2-from.x, row*one+one/2-from.y
			if along := x*dx + y*dy; along >= length {
				x, y = x-dx, y-dy
			} else if along > 0 {
				part := along / unit // in 1/65536
				x, y = x-dx*part>>16, y-dy*part>>16
			}
			near := &s.near[row*sheetSide+col]
			*near = min(*near, x*x+y*y)
		}
	}
}

// pixels are the pixels whose middles may lie between two places.
func pixels(from, to int64) (first, end int64) {
	return max(from>>16, 0), min(to>>16+1, sheetSide)
}

// ink sets the levels: full within half the pen's width less half a pixel,
// none from half a pixel beyond it, falling evenly between.
func (s *sheet) ink(half int64) {
	inner, outer := max(half-one/2, 0), half+one/2
	for i, near := range s.near {
		switch {
		case near >= outer*outer:
			s.page.Cells[i] = 0
		case near <= inner*inner:
			s.page.Cells[i] = LevelMax
		default:
			s.page.Cells[i] = ((outer-root(near))*LevelMax + one/2) >> 16
		}
	}
}

// digitGenerator deals handwritten-like digits to a retina.
func digitGenerator() Generator {
	params := []Param{
		{Name: "count", Kind: Number, Default: "100", Min: 1, Max: 1_000_000, Doc: "cards"},
		{Name: "retina", Kind: Number, Default: "20", Min: 8, Max: sheetSide, Doc: "cells along each side of the retina"},
	}
	return newGenerator("digits", "handwritten-like digits, as equal in number as can be, in random order; class 0 is the digit 0", params, (*settings).digits)
}

func (s *settings) digits() ([]Card, error) {
	if err := s.room(s.num("count")); err != nil {
		return nil, err
	}
	set, err := DrawDigits(int(s.num("retina")), int(s.num("count")), s.seed)
	if err != nil {
		return nil, err
	}
	cards := make([]Card, set.Len())
	for i := range cards {
		p := Picture{set.Rows, set.Cols, make([]int64, set.Rows*set.Cols)}
		for k, v := range set.At(i) {
			p.Cells[k] = int64(v)
		}
		cards[i] = Card{p, int(set.Labels[i]), string(rune('0' + set.Labels[i]))}
	}
	return cards, nil
}
