package dataset

import "perceptarium/sim/rng"

// figureParams are the settings of the figures; half is the default of halves.
func figureParams(half string) []Param {
	return append([]Param{
		{Name: "count", Kind: Number, Default: "100", Min: 1, Max: 1_000_000, Doc: "cards"},
		{Name: "side", Kind: Range, Default: "4", Min: 1, Max: 64, Doc: "side of the square that holds the figure, in cells"},
		{Name: "halves", Kind: Word, Default: half, Words: []string{"any", "left", "right", "both"}, Doc: "where the figure lies; with both, class 0 is left and class 1 is right"},
		{Name: "x", Kind: Range, Default: "fit", Min: -64, Max: 64, Words: []string{"fit"}, Doc: "column of the figure's left edge; fit: wherever the whole figure fits"},
		{Name: "y", Kind: Range, Default: "fit", Min: -64, Max: 64, Words: []string{"fit"}, Doc: "row of the figure's upper edge; fit: wherever the whole figure fits"},
		{Name: "style", Kind: Word, Default: "solid", Words: []string{"solid", "outline"}, Doc: "solid or outline"},
		{Name: "thick", Kind: Number, Default: "1", Min: 1, Max: 32, Doc: "thickness of an outline, in cells"},
		{Name: "rotate", Kind: Spread, Default: "0", Min: -360, Max: 360, Doc: "turn clockwise about the figure's middle, in degrees; drawn in minutes of arc"},
		{Name: "torus", Kind: Word, Default: "no", Words: []string{"no", "yes"}, Doc: "yes: what leaves at one edge comes in at the opposite one"},
		{Name: "company", Kind: Range, Default: "0", Max: 20, Doc: "specks of 2 x 2 cells anywhere beside the figure or upon it"},
		orderParam("random"),
	}, retinaParams(4)...)
}

func orderParam(first string) Param {
	return Param{Name: "order", Kind: Word, Default: first, Words: []string{"random", "mixed", "fixed"},
		Doc: "random: each card's class is drawn; mixed: equally many of each, shuffled; fixed: the classes in turn"}
}

func figureGenerators() []Generator {
	list := make([]Generator, shapes)
	for k := range shapes {
		half := "any"
		doc := "one " + k.String() + " on each card, at a place drawn at random"
		if k == square {
			half = "both"
			doc += "; as shown to the IBM 704 in 1958: left or right"
		}
		list[k] = newGenerator(k.String()+"s", doc, figureParams(half), func(s *settings) ([]Card, error) {
			return s.figures([]shape{k})
		})
	}
	return list
}

// figures deals cards with one figure each. With one shape the classes are the
// halves, with two they are the shapes.
func (s *settings) figures(kinds []shape) ([]Card, error) {
	d := figureDealer{settings: s, kinds: kinds}
	if err := d.check(); err != nil {
		return nil, err
	}
	d.canvas = newCanvas(s, s.yes("torus"))
	d.place, d.turn, d.size, d.specks, d.noise = s.stream("place"), s.stream("turn"), s.stream("size"), s.stream("company"), s.stream("noise")
	cards := make([]Card, 0, s.num("count"))
	for _, class := range s.classes(d.classes()) {
		cards = append(cards, d.card(class))
	}
	return cards, nil
}

// figureDealer draws one card after the other.
type figureDealer struct {
	*settings
	kinds             []shape
	canvas            *canvas
	place, turn, size rng.Stream
	specks, noise     rng.Stream
}

// check refuses what cannot be dealt, for the largest figure that may be drawn.
func (d *figureDealer) check() error {
	if err := d.room(d.num("count")); err != nil {
		return err
	}
	if side, retina := d.get("side").hi, d.num("retina"); side > retina {
		return d.fail("side", "the retina has %d cells along each side", retina)
	}
	for _, kind := range d.kinds {
		for _, axis := range []string{"x", "y"} {
			bounds := d.bounds(axis, kind, d.side(kind, d.get("side").hi), d.halves())
			if bounds.lo > bounds.hi {
				return d.fail("side", "such a %s does not fit; make it smaller, or set %s to a range of columns or rows", kind, axis)
			}
		}
	}
	return nil
}

// side is the side of the square that holds the figure, in 1/65536 of a cell.
func (d *figureDealer) side(kind shape, cells int64) int64 {
	if len(d.kinds) > 1 && d.word("equal") == "area" {
		return kind.ofArea(cells * one)
	}
	return cells * one
}

// bounds are the columns (rows) in which the figure's left (upper) edge may
// lie: the range that is set, or all at which the whole figure fits.
func (d *figureDealer) bounds(axis string, kind shape, side int64, half string) value {
	want, retina := d.get(axis), d.num("retina")
	if want.word == "" {
		return want
	}
	from, to := int64(0), retina*one
	switch {
	case axis == "x" && half == "right":
		from = to / 2
	case axis == "x" && half != "any":
		to /= 2
	case d.yes("torus"):
		return value{lo: 0, hi: retina - 1}
	}
	margin := int64(0)
	if r := d.get("rotate"); r.lo != 0 || r.hi != 0 {
		margin = kind.reach(side) - side/2
	}
	return value{lo: (from + margin + one - 1) >> 16, hi: (to - margin - side) >> 16}
}

func (d *figureDealer) classes() int64 {
	if len(d.kinds) > 1 || d.halves() == "both" {
		return 2
	}
	return 1
}

// halves is the setting of that name, which only a single shape has.
func (d *figureDealer) halves() string {
	if len(d.kinds) > 1 {
		return "any"
	}
	return d.word("halves")
}

func (d *figureDealer) card(class int) Card {
	kind, half, label := d.kinds[0], d.halves(), ""
	switch {
	case len(d.kinds) > 1:
		kind = d.kinds[class]
		label = kind.String()
	case half == "both":
		half = [...]string{"left", "right"}[class]
		label = half
	case half == "any":
		label = kind.String()
	default:
		label = half
	}
	side := d.side(kind, within(&d.size, d.get("side")))
	thick := int64(0)
	if d.word("style") == "outline" {
		thick = d.num("thick") * one
	}
	d.canvas.clear()
	d.canvas.draw(d.pose(kind, side, half), kind.mask(side, thick), kind.reach(side))
	d.company()
	return Card{d.canvas.picture(d.settings, &d.noise), class, label}
}

// company draws the specks.
func (d *figureDealer) company() {
	const side = 2
	last := d.num("retina") - side
	for range within(&d.specks, d.get("company")) {
		row, col := d.specks.Below(last+1), d.specks.Below(last+1)
		d.canvas.fill(row, col, side, side)
	}
}

func (d *figureDealer) pose(kind shape, side int64, half string) pose {
	rotate := d.get("rotate")
	minutes := within(&d.turn, value{lo: rotate.lo * 60, hi: rotate.hi * 60})
	x := within(&d.place, d.bounds("x", kind, side, half)) * one
	y := within(&d.place, d.bounds("y", kind, side, half)) * one
	return turned(x+side/2, y+side/2, minutes, 100)
}

// classes is the class of each of count cards, in the order that is set.
func (s *settings) classes(kinds int64) []int {
	list := make([]int, s.num("count"))
	st := s.stream("class")
	for i := range list {
		list[i] = i % int(kinds)
		if s.word("order") == "random" {
			list[i] = int(st.Below(kinds))
		}
	}
	if s.word("order") == "mixed" {
		shuffle(&st, list)
	}
	return list
}

// shuffle puts a list into a random order (Fisher and Yates).
func shuffle[T any](st *rng.Stream, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := st.Below(int64(i) + 1)
		list[i], list[j] = list[j], list[i]
	}
}
