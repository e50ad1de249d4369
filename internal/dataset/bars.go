package dataset

func barGenerator() Generator {
	params := append([]Param{
		{Name: "count", Kind: Number, Default: "0", Max: 1_000_000, Doc: "cards; 0: every bar once"},
		{Name: "length", Kind: Number, Default: "20", Min: 1, Max: 64, Doc: "length, in cells"},
		{Name: "thickness", Kind: Number, Default: "4", Min: 1, Max: 64, Doc: "thickness, in cells"},
		{Name: "orient", Kind: Word, Default: "both", Words: []string{"both", "horizontal", "vertical"}, Doc: "which bars; class 0 is horizontal, class 1 vertical"},
		{Name: "torus", Kind: Word, Default: "yes", Words: []string{"yes", "no"}, Doc: "yes: what leaves at one edge comes in at the opposite one"},
		{Name: "order", Kind: Word, Default: "fixed", Words: []string{"fixed", "random"},
			Doc: "fixed: the horizontal bars by row and column, then the vertical ones; random: all of them shuffled, or drawn one by one where count is set"},
	}, retinaParams(2)...)
	return newGenerator("bars", "horizontal and vertical bars: 4 x 20 on a toroidal 20 x 20 retina unless set otherwise", params, (*settings).bars)
}

// bar is one bar by its upper left cell.
type bar struct {
	class     int
	row, col  int64
	tall, len int64 // cells down and across
}

func (s *settings) bars() ([]Card, error) {
	all, err := s.allBars()
	if err != nil {
		return nil, err
	}
	order, noise := s.stream("order"), s.stream("noise")
	count := s.num("count")
	if count == 0 {
		count = int64(len(all))
	}
	if err := s.room(count); err != nil {
		return nil, err
	}
	random := s.word("order") == "random"
	if random && s.num("count") == 0 {
		shuffle(&order, all)
	}
	canvas := newCanvas(s, s.yes("torus"))
	cards := make([]Card, count)
	for i := range cards {
		b := all[i%len(all)]
		if random && s.num("count") > 0 {
			b = all[order.Below(int64(len(all)))]
		}
		canvas.clear()
		canvas.draw(upright(b.col*one+b.len*one/2, b.row*one+b.tall*one/2), box(b.len, b.tall), everywhere)
		cards[i] = Card{canvas.picture(s, &noise), b.class, [...]string{"horizontal", "vertical"}[b.class]}
	}
	return cards, nil
}

// box is a rectangle of whole cells about its middle.
func box(width, height int64) mask {
	w, h := width*one/2, height*one/2
	return func(u, v int64) bool { return u >= -w && u < w && v >= -h && v < h }
}

// allBars lists every bar that is asked for. A bar as long as a torus has no
// place along itself.
func (s *settings) allBars() ([]bar, error) {
	n, length, thick := s.num("retina"), s.num("length"), s.num("thickness")
	if length > n {
		return nil, s.fail("length", "the retina has %d cells along each side", n)
	}
	if thick > n {
		return nil, s.fail("thickness", "the retina has %d cells along each side", n)
	}
	along, across := n-length+1, n-thick+1
	if s.yes("torus") {
		across = places(n, thick)
		along = places(n, length)
	}
	var all []bar
	for class, orient := range []string{"horizontal", "vertical"} {
		if w := s.word("orient"); w != "both" && w != orient {
			continue
		}
		for i := range across {
			for j := range along {
				b := bar{class, i, j, thick, length}
				if class == 1 {
					b = bar{class, j, i, length, thick}
				}
				all = append(all, b)
			}
		}
	}
	return all, nil
}

// places counts the places of a length on a ring of n cells.
func places(n, length int64) int64 {
	if length == n {
		return 1
	}
	return n
}
