package dataset

import (
	"fmt"
	"math/bits"
	"strings"
	"testing"
)

// lit lists the cells of a picture that are brighter than half.
func lit(p Picture) (cells []int) {
	for i, v := range p.Cells {
		if v > LevelMax/2 {
			cells = append(cells, i)
		}
	}
	return cells
}

func TestSquaresLieInTheirHalf(t *testing.T) {
	places := map[int]int{}
	classes := [2]int{}
	for i, c := range deal(t, "squares side=4 halves=both count=8000", 1958) {
		cells := lit(c.Picture)
		if len(cells) != 16 {
			t.Fatalf("card %d has %d lit cells", i, len(cells))
		}
		for _, k := range cells {
			if side := k % 20 / 10; side != c.Class {
				t.Fatalf("card %d of class %d has cell %d", i, c.Class, k)
			}
		}
		if want := [...]string{"left", "right"}[c.Class]; c.Label != want {
			t.Fatalf("card %d: %q", i, c.Label)
		}
		classes[c.Class]++
		places[cells[0]]++
	}
	if len(places) != 2*7*17 {
		t.Errorf("%d places were taken, want all 238", len(places))
	}
	if d := classes[0] - 4000; d < -190 || d > 190 { // 4.2 standard deviations
		t.Errorf("%d of 8000 are left", classes[0])
	}
}

func TestBarsAreEveryBarOnce(t *testing.T) {
	rows := []struct {
		line            string
		bars, lit, side int
	}{
		{"bars", 40, 80, 20},
		{"bars orient=vertical", 20, 80, 20},
		{"bars torus=no", 34, 80, 20},
		{"bars length=5 thickness=2", 800, 10, 20},
		{"bars length=5 thickness=2 torus=no orient=horizontal", 16 * 19, 10, 20},
		{"bars order=random length=9 thickness=9 retina=9", 2, 81, 9},
	}
	for _, r := range rows {
		cards := deal(t, r.line, 2)
		if len(cards) != r.bars {
			t.Errorf("%s: %d cards, want %d", r.line, len(cards), r.bars)
		}
		seen := map[string]bool{}
		for _, c := range cards {
			if n := len(lit(c.Picture)); n != r.lit || c.Picture.Rows != r.side {
				t.Fatalf("%s: %d lit cells, want %d", r.line, n, r.lit)
			}
			seen[c.Label+show(c.Picture)] = true
		}
		if len(seen) != r.bars {
			t.Errorf("%s: %d different cards", r.line, len(seen))
		}
	}
}

func TestFiguresStayWhole(t *testing.T) {
	area := map[string]int64{"squares": 8100, "circles": 6362, "diamonds": 4050, "triangles": 4050} // hundredths of a cell
	for name, want := range area {
		for i, c := range deal(t, name+" halves=any side=9 rotate=180 edges=soft count=300", 4) {
			sum := int64(0)
			for _, v := range c.Picture.Cells {
				sum += v
			}
			if got := sum * 100 / LevelMax; got < want-200 || got > want+200 {
				t.Errorf("%s: card %d covers %d hundredths of a cell, want about %d", name, i, got, want)
			}
		}
	}
}

func TestMixedDecksAreBalanced(t *testing.T) {
	for _, line := range []string{"e-versus-x count=60", "square-circle count=60", "square-diamond count=60 order=fixed", "left-of count=60", "squares order=mixed count=60"} {
		n := 0
		for _, c := range deal(t, line, 11) {
			n += c.Class
		}
		if n != 30 {
			t.Errorf("%s: %d of 60 are of class 1", line, n)
		}
	}
}

func TestEqualAreas(t *testing.T) {
	for _, pair := range []string{"square-circle", "square-diamond"} {
		sum := [2]int{}
		for _, c := range deal(t, pair+" equal=area side=10 count=60 order=fixed", 3) {
			sum[c.Class] += len(lit(c.Picture))
		}
		if d := sum[1] - sum[0]; d < -sum[0]/20 || d > sum[0]/20 {
			t.Errorf("%s: areas %d and %d differ by more than 5 %%", pair, sum[0], sum[1])
		}
	}
}

// pieces counts the connected pieces of a picture by flood fill.
func pieces(p Picture) (n int) {
	todo := map[int]bool{}
	for _, k := range lit(p) {
		todo[k] = true
	}
	var walk func(k int)
	walk = func(k int) {
		if !todo[k] {
			return
		}
		delete(todo, k)
		walk(k - p.Cols)
		walk(k + p.Cols)
		if k%p.Cols > 0 {
			walk(k - 1)
		}
		if (k+1)%p.Cols > 0 {
			walk(k + 1)
		}
	}
	for len(todo) > 0 {
		for k := range todo {
			walk(k)
			n++
			break
		}
	}
	return n
}

// TestRing holds the circle's mask against the depth that defines it, near both
// of its edges.
func TestRing(t *testing.T) {
	for _, h := range []int64{one / 2, 3 * one, 10*one + 1} {
		for _, thick := range []int64{1, one, 2 * h} {
			in := circle.mask(2*h, thick)
			for _, edge := range []int64{h, h - thick} {
				for by := int64(-3); by <= 3; by++ {
					for _, p := range [][2]int64{{edge + by, 0}, {0, -edge + by}, {edge * 3 / 5, edge*4/5 + by}, {by, by}} {
						d := circle.depth(p[0], p[1], h)
						if got, want := in(p[0], p[1]), d >= 0 && d < thick; got != want {
							t.Fatalf("h %d, thick %d, at %v: %v, depth %d", h, thick, p, got, d)
						}
					}
				}
			}
		}
	}
}

func TestConnectedMeansOnePiece(t *testing.T) {
	classes := [2]int{}
	for _, line := range []string{"connected", "connected order=random count=200", "connected length=3 gap=2 place=middle retina=8", "connected length=20 gap=9"} {
		for i, c := range deal(t, line, 6) {
			if got := pieces(c.Picture); got != 2-c.Class {
				t.Errorf("%s: card %d of class %d has %d pieces", line, i, c.Class, got)
			}
			classes[c.Class]++
		}
	}
	if classes[0] == 0 || classes[1] == 0 {
		t.Error("a class is missing")
	}
}

func TestPatchesAndParity(t *testing.T) {
	for n := 1; n <= 9; n++ {
		cards := deal(t, "parity side=2 n="+string(rune('0'+n)), 1)
		if len(cards) != 1<<n {
			t.Fatalf("parity of %d: %d cards", n, len(cards))
		}
		for i, c := range cards {
			ones := bits.OnesCount(uint(i))
			if len(lit(c.Picture)) != 4*ones || c.Class != ones&1 || strings.Count(c.Label, "1") != ones {
				t.Errorf("parity of %d, card %d: class %d, %q", n, i, c.Class, c.Label)
			}
		}
	}
	for i, c := range deal(t, "patches side=5", 1) {
		ones := bits.OnesCount(uint(i))
		if len(lit(c.Picture)) != 40+25*ones || c.Class != ones&1 {
			t.Errorf("patches, card %d: class %d, %d lit", i, c.Class, len(lit(c.Picture)))
		}
	}
}

func TestLeftOf(t *testing.T) {
	gaps := map[[2]int]int{}
	for i, c := range deal(t, "left-of side=5 count=8000 order=fixed", 8) {
		// A square of 5 has 25 cells, a diamond 13: the lighter half of the columns tells.
		columns := [20]int{}
		for _, k := range lit(c.Picture) {
			columns[k%20]++
		}
		var first, left int
		for columns[first] == 0 {
			first++
		}
		for _, n := range columns[first : first+5] {
			left += n
		}
		if want := [...]int{13, 25}[c.Class]; left != want {
			t.Fatalf("card %d of class %d: the left figure has %d cells", i, c.Class, left)
		}
		second := 19
		for columns[second] == 0 {
			second--
		}
		gaps[[2]int{first, second - 4}]++
	}
	if len(gaps) != 66 {
		t.Fatalf("%d pairs of columns, want 66", len(gaps))
	}
	for pair, n := range gaps {
		if n < 66 || n > 176 { // 121 +- 5 standard deviations
			t.Errorf("columns %v came %d times of 8000", pair, n)
		}
	}
}

func TestRandomPictures(t *testing.T) {
	cards := deal(t, "random lit=80 shared=20..30 count=400 classes=3", 5)
	for i, c := range cards {
		if len(lit(c.Picture)) != 80 || c.Class != i%3 {
			t.Fatalf("card %d: class %d, %d lit", i, c.Class, len(lit(c.Picture)))
		}
		if i%2 == 0 {
			continue
		}
		both := 0
		for k, v := range c.Picture.Cells {
			if v > 0 && cards[i-1].Picture.Cells[k] > 0 {
				both++
			}
		}
		if both < 20 || both > 30 {
			t.Errorf("cards %d and %d share %d cells", i-1, i, both)
		}
	}
}

func TestNoiseFlipsAsManyAsItSays(t *testing.T) {
	flipped := 0
	clean, noisy := deal(t, "letters rounds=40", 1), deal(t, "letters rounds=40 noise=20", 1)
	for i := range clean {
		for k, v := range clean[i].Picture.Cells {
			if noisy[i].Picture.Cells[k] != v {
				flipped++
			}
		}
	}
	cells := len(clean) * 400
	if want := cells / 50; flipped < want-400 || flipped > want+400 { // 4.4 standard deviations
		t.Errorf("%d of %d cells flipped, want about %d", flipped, cells, want)
	}
	for _, c := range deal(t, "letters noise=1000 figure=200 ground=10 set=A", 1) {
		for _, v := range c.Picture.Cells {
			if v != 200 && v != 10 {
				t.Fatalf("level %d", v)
			}
		}
	}
}

func TestBlurKeepsFlatPictures(t *testing.T) {
	for _, level := range []string{"0", "1", "128", "255"} {
		c := deal(t, "letters set=O blur=8 ground="+level+" figure="+level, 1)[0]
		for _, v := range c.Picture.Cells {
			if v != c.Picture.Cells[0] {
				t.Fatalf("level %s becomes %d", level, v)
			}
		}
	}
}

func BenchmarkDealSquares(b *testing.B) {
	g, _ := Find("squares")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := g.Make([]Arg{{"count", "100"}}, 1); err != nil {
			b.Fatal(err)
		}
	}
}

func TestUnevenClasses(t *testing.T) {
	count := map[int]int{}
	for _, c := range deal(t, "random count=100 classes=5 uneven=50", 5) {
		count[c.Class]++
	}
	if got := fmt.Sprint(count); got != "map[0:10 1:15 2:20 3:25 4:30]" {
		t.Errorf("cards of each class: %s", got)
	}
}

func TestFiguresInCompany(t *testing.T) {
	alone, company := deal(t, "squares side=6 halves=any count=200", 5), deal(t, "squares side=6 halves=any count=200 company=1..3", 5)
	more := 0
	for i := range alone {
		specks := 0
		for k, v := range alone[i].Picture.Cells {
			with := company[i].Picture.Cells[k]
			if with < v {
				t.Fatalf("card %d: company takes cell %d from the figure", i, k)
			}
			if with > v {
				specks++
			}
		}
		if specks > 3*4 {
			t.Errorf("card %d: company of %d cells", i, specks)
		}
		more += specks
	}
	if mean := more / len(alone); mean < 6 || mean > 8 { // 8 cells, less what falls on the figure or on each other
		t.Errorf("company of %d cells on average", mean)
	}
}
