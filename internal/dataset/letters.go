package dataset

import (
	"strings"

	"perceptarium/sim/rng"
)

// A letter is drawn in a field of 14 x 18 cells.
const (
	letterRows = 18
	letterCols = 14
	alphabet   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// glyph is a letter's field: a row of bits for each row, bit 0 at the left.
type glyph [letterRows]uint16

// face cuts a sheet of letters, five abreast, into glyphs.
func face(sheet string) (list [26]glyph) {
	lines := strings.Split(strings.TrimPrefix(sheet, "\n"), "\n")
	for i := range list {
		for r := range letterRows {
			line := lines[i/5*(letterRows+1)+r]
			for c := range letterCols {
				if line[i%5*(letterCols+1)+c] == 'X' {
					list[i][r] |= 1 << c
				}
			}
		}
	}
	return list
}

// mask is the letter about the middle of its field.
func (g *glyph) mask(u, v int64) bool {
	r, c := (v+letterRows*one/2)>>16, (u+letterCols*one/2)>>16
	return r >= 0 && r < letterRows && c >= 0 && c < letterCols && g[r]>>c&1 == 1
}

// poseParams are the settings of how a letter lies.
func poseParams() []Param {
	return []Param{
		{Name: "face", Kind: Word, Default: "1", Words: []string{"1", "2", "both"}, Doc: "1: upright sans-serif; 2: bold and slanted with serifs"},
		{Name: "shift", Kind: Spread, Default: "0", Min: -64, Max: 64, Doc: "whole cells out of the middle, drawn for columns and for rows"},
		{Name: "rotate", Kind: Spread, Default: "0", Min: -360, Max: 360, Doc: "turn clockwise about the middle, in degrees; drawn in minutes of arc"},
		{Name: "scale", Kind: Range, Default: "100", Min: 10, Max: 400, Doc: "size in percent of 14 x 18 cells"},
		{Name: "torus", Kind: Word, Default: "no", Words: []string{"no", "yes"}, Doc: "yes: what leaves at one edge comes in at the opposite one"},
	}
}

func letterGenerator() Generator {
	params := append([]Param{
		{Name: "set", Kind: Letters, Default: alphabet, Doc: "which letters"},
		{Name: "rounds", Kind: Number, Default: "1", Min: 1, Max: 100_000, Doc: "how often each letter of each face comes"},
		{Name: "count", Kind: Number, Default: "0", Max: 1_000_000, Doc: "cards; 0: as many as the rounds need"},
		{Name: "order", Kind: Word, Default: "fixed", Words: []string{"fixed", "random"},
			Doc: "fixed: the set as it is written, face by face, round by round; random: each round shuffled, or letters drawn one by one where count is set"},
	}, append(poseParams(), retinaParams(letterRows)...)...)
	return newGenerator("letters", "capital letters in two faces of 14 x 18 cells; class 0 is A, class 25 is Z, whatever the set", params, (*settings).letters)
}

// sign is one letter of one face.
type sign struct {
	glyph *glyph
	class int
	label string
}

// signs lists the letters of a set, face by face; the class of a letter is its
// place in classes.
func (s *settings) signs(set, classes string) (list []sign) {
	for i, sheet := range []string{faceOne, faceTwo} {
		if want := s.word("face"); want != "both" && want != string(rune('1'+i)) {
			continue
		}
		glyphs := face(sheet)
		for _, c := range set {
			list = append(list, sign{&glyphs[c-'A'], strings.IndexRune(classes, c), string(c)})
		}
	}
	return list
}

func (s *settings) letters() ([]Card, error) {
	all := s.signs(s.word("set"), alphabet)
	n, count := int64(len(all)), s.num("count")
	total := count
	if count == 0 {
		total = n * s.num("rounds")
	}
	if err := s.room(total); err != nil {
		return nil, err
	}
	random := s.word("order") == "random"
	order := s.stream("order")
	return s.printCards(total, func(i int64) sign {
		if random && count > 0 {
			return all[order.Below(n)]
		}
		if random && i%n == 0 {
			shuffle(&order, all)
		}
		return all[i%n]
	}), nil
}

// letterPair deals two letters as classes 0 and 1; each card's face is drawn
// where both are asked for.
func (s *settings) letterPair(pair string) ([]Card, error) {
	if err := s.room(s.num("count")); err != nil {
		return nil, err
	}
	all := s.signs(pair, pair)
	faces := s.stream("face")
	classes := s.classes(2)
	return s.printCards(s.num("count"), func(i int64) sign {
		return all[2*faces.Below(int64(len(all)/2))+int64(classes[i])]
	}), nil
}

func pairLetterParams() []Param {
	return append([]Param{
		{Name: "count", Kind: Number, Default: "100", Min: 1, Max: 1_000_000, Doc: "cards"},
		orderParam("mixed"),
	}, append(poseParams(), retinaParams(letterRows)...)...)
}

// letterStreams are the streams that say how a letter lies.
type letterStreams struct{ shift, turn, size, noise rng.Stream }

// printCards prints one card for each sign that next returns.
func (s *settings) printCards(count int64, next func(int64) sign) []Card {
	st := letterStreams{s.stream("shift"), s.stream("turn"), s.stream("size"), s.stream("noise")}
	canvas := newCanvas(s, s.yes("torus"))
	cards := make([]Card, count)
	for i := range cards {
		sg := next(int64(i))
		canvas.clear()
		canvas.draw(s.letterPose(&st), sg.glyph.mask, everywhere)
		cards[i] = Card{canvas.picture(s, &st.noise), sg.class, sg.label}
	}
	return cards
}

func (s *settings) letterPose(st *letterStreams) pose {
	middle := s.num("retina") / 2 * one
	dx, dy := within(&st.shift, s.get("shift")), within(&st.shift, s.get("shift"))
	rotate := s.get("rotate")
	minutes := within(&st.turn, value{lo: rotate.lo * 60, hi: rotate.hi * 60})
	return turned(middle+dx*one, middle+dy*one, minutes, within(&st.size, s.get("scale")))
}
