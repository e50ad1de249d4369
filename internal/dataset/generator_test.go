package dataset

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares text with a file below testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			t.Fatalf("%s:%d differs: got %q", file, i+1, a[i])
		}
	}
	t.Fatalf("%s has more lines than the result", file)
}

// show prints a picture: ten steps from dark to bright.
func show(p Picture) string {
	var b strings.Builder
	for i, v := range p.Cells {
		b.WriteByte(" .:-=+*%@#"[v*9/LevelMax])
		if (i+1)%p.Cols == 0 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func args(t testing.TB, text string) (list []Arg) {
	t.Helper()
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		key, value, ok := strings.Cut(field, "=")
		if !ok {
			t.Fatalf("bad argument %q", field)
		}
		list = append(list, Arg{key, value})
	}
	return list
}

// deal makes a deck from the words of a deck line: NAME KEY=VALUE ...
func deal(t testing.TB, line string, seed uint64) []Card {
	t.Helper()
	name, rest, _ := strings.Cut(line, " ")
	g, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	cards, err := g.Make(args(t, rest), seed)
	if err != nil {
		t.Fatal(err)
	}
	return cards
}

// digest names a deck: every cell, class and label counts.
func digest(cards []Card) string {
	h := sha256.New()
	word := func(v int64) {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], uint64(v))
		h.Write(b[:])
	}
	for _, c := range cards {
		word(int64(c.Picture.Rows))
		word(int64(c.Picture.Cols))
		for _, v := range c.Picture.Cells {
			word(v)
		}
		word(int64(c.Class))
		h.Write([]byte(c.Label + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// decks are the decks whose digests are pinned.
var decks = []string{
	"squares", "squares side=4 halves=both count=100", "squares halves=any side=3..7 style=outline rotate=45",
	"circles side=9 style=outline thick=2 count=20", "diamonds side=6..10 halves=left", "triangles side=10 rotate=180 edges=soft count=20",
	"squares x=-3..18 y=4 torus=yes count=20", "squares halves=right order=fixed retina=33",
	"bars", "bars order=random", "bars length=7 thickness=2 torus=no retina=9", "bars count=50 order=random noise=20",
	"letters", "letters face=2", "letters face=both order=random rounds=3", "letters set=EX count=40 order=random shift=2 rotate=30",
	"letters scale=60..120 edges=soft blur=1 rounds=2", "letters figure=200 ground=30 noise=20 torus=yes shift=5",
	"e-versus-x rotate=360 face=both", "e-versus-f shift=1 count=60", "square-circle rotate=180 style=outline thick=3", "square-diamond equal=area side=4..9",
	"patches", "patches base=none order=random side=3", "parity n=9 side=2", "connected", "connected order=random count=30 length=12 gap=4",
	"left-of", "left-of side=3 order=fixed", "random", "random lit=40 shared=10..20", "random shared=0 noise=100 classes=5", "random classes=7 uneven=80", "squares company=0..5", "digits", "digits count=5 retina=28",
}

func TestDecksArePinned(t *testing.T) {
	var b strings.Builder
	for _, line := range decks {
		cards := deal(t, line, 1958)
		fmt.Fprintf(&b, "%-70s %4d cards %s\n", line, len(cards), digest(cards))
	}
	golden(t, "decks", b.String())
}

func TestFiguresLookRight(t *testing.T) {
	var b strings.Builder
	for _, line := range []string{
		"squares count=2", "circles side=10 count=1", "circles side=9 style=outline count=1", "diamonds side=11 count=1", "diamonds side=12 style=outline count=1",
		"triangles side=12 count=1", "triangles side=13 style=outline count=1", "triangles side=12 edges=soft rotate=30..30 count=1",
		"squares halves=any side=8 rotate=20..20 style=outline thick=2 count=1", "bars count=1", "patches", "parity n=5 count=3 order=random", "connected", "left-of count=2", "random count=1 lit=40",
		"letters set=R rotate=20..20", "letters set=R rotate=20..20 edges=soft", "letters set=R scale=60 blur=2", "letters set=Q face=2 noise=30 figure=200 ground=40",
	} {
		for i, c := range deal(t, line, 7) {
			fmt.Fprintf(&b, "%s: card %d, class %d, %s\n%s\n", line, i+1, c.Class, c.Label, show(c.Picture))
		}
	}
	golden(t, "figures", b.String())
}

func TestSameSeedSameDeck(t *testing.T) {
	for _, g := range Generators() {
		a, err := g.Make(nil, 3)
		b, _ := g.Make(nil, 3)
		if err != nil || digest(a) != digest(b) {
			t.Errorf("%s: two decks of one seed differ (%v)", g.Name, err)
		}
		for i, c := range a {
			p := c.Picture
			if len(p.Cells) != p.Rows*p.Cols || c.Label == "" || c.Class < 0 {
				t.Fatalf("%s: card %d is malformed", g.Name, i)
			}
			for _, v := range p.Cells {
				if v < 0 || v > LevelMax {
					t.Fatalf("%s: card %d has level %d", g.Name, i, v)
				}
			}
		}
	}
}

func TestLongerDeckBeginsLikeShorter(t *testing.T) {
	for _, line := range []string{"squares", "circles rotate=90 noise=10 side=3..9", "e-versus-x order=random rotate=9", "left-of order=random", "random", "bars order=random", "letters order=random shift=2"} {
		short, long := deal(t, line+" count=12", 5), deal(t, line+" count=31", 5)
		if digest(short) != digest(long[:12]) {
			t.Errorf("%s: the count shifts the cards", line)
		}
	}
}

func TestTableOfGenerators(t *testing.T) {
	var names []string
	for _, g := range Generators() {
		names = append(names, g.Name)
		if g.Doc == "" || len(g.Params) == 0 {
			t.Errorf("%s lacks a Doc or Params", g.Name)
		}
		seen := map[string]bool{}
		for _, p := range g.Params {
			if p.Doc == "" || p.Default == "" || seen[p.Name] || p.Kind == Word && len(p.Words) < 2 {
				t.Errorf("%s: parameter %q is malformed", g.Name, p.Name)
			}
			seen[p.Name] = true
			if _, err := p.parse(p.Default); err != nil {
				t.Errorf("%s refuses its own default: %v", g.Name, err)
			}
		}
	}
	want := "squares circles diamonds triangles bars letters e-versus-x e-versus-f square-circle square-diamond patches parity connected left-of random digits"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("generators are %q, want %q", got, want)
	}
}

func TestWrongArguments(t *testing.T) {
	rows := []struct{ line, want string }{
		{"squares sid=4", `squares has no setting "sid"; did you mean "side"? (valid: count, side, halves, x, y, style, thick, rotate, torus, company, order, retina, figure, ground, edges, blur, noise)`},
		{"squares side=0", "squares: side=0; want a number or a range LO..HI within 1..64"},
		{"squares side=9..4", "squares: side=9..4; want a number or a range LO..HI within 1..64"},
		{"squares side=x", "squares: side=x; want a number or a range LO..HI within 1..64"},
		{"squares side=1..x", "squares: side=1..x; want a number or a range LO..HI within 1..64"},
		{"squares side=21", "squares: side=21: the retina has 20 cells along each side"},
		{"squares side=11", "squares: side=11: such a square does not fit; make it smaller, or set x to a range of columns or rows"},
		{"squares halves=any side=18 rotate=45", "squares: side=18: such a square does not fit; make it smaller, or set x to a range of columns or rows"},
		{"squares x=99", "squares: x=99; want a number or a range LO..HI within -64..64, or fit"},
		{"squares halves=lef", `squares: halves cannot be "lef"; did you mean "left"? (valid: any, left, right, both)`},
		{"squares count=4 count=5", "squares: count is given twice"},
		{"squares count=99999999999", "squares: count=99999999999; want a whole number in 1..1000000"},
		{"squares count=1000000", "squares: 1000000 cards; at most 41943 on a retina of 20 x 20"},
		{"letters set=AAB", "letters: set=AAB; want different letters of A..Z, as in ABC"},
		{"letters set=A1", "letters: set=A1; want different letters of A..Z, as in ABC"},
		{"letters set=", "letters: set is empty; want different letters of A..Z, as in ABC"},
		{"letters rotate=999", "letters: rotate=999; want a number or a range LO..HI within -360..360 (N stands for -N..N)"},
		{"letters retina=12", "letters: retina=12; want a whole number in 18..64"},
		{"letters rounds=100000", "letters: 2600000 cards; at most 41943 on a retina of 20 x 20"},
		{"e-versus-x count=50000", "e-versus-x: 50000 cards; at most 41943 on a retina of 20 x 20"},
		{"bars length=21", "bars: length=21: the retina has 20 cells along each side"},
		{"bars thickness=21", "bars: thickness=21: the retina has 20 cells along each side"},
		{"bars count=50000", "bars: 50000 cards; at most 41943 on a retina of 20 x 20"},
		{"patches side=11", "patches: side=11: two such patches do not fit a retina of 20 x 20"},
		{"patches count=50000", "patches: 50000 cards; at most 41943 on a retina of 20 x 20"},
		{"parity side=7", "parity: side=7: three such patches do not fit beside each other on a retina of 20 x 20"},
		{"connected length=21", "connected: length=21: the retina has 20 cells along each side"},
		{"connected gap=10", "connected: gap=10: three strands so far apart do not fit a retina of 20 x 20"},
		{"left-of side=11", "left-of: side=11: two such figures do not fit beside each other on a retina of 20 x 20"},
		{"left-of count=50000", "left-of: 50000 cards; at most 41943 on a retina of 20 x 20"},
		{"random lit=401", "random: lit=401: the retina has 400 cells"},
		{"random lit=300 shared=100", "random: shared=100: two pictures of 300 cells on 400 share 200..300"},
		{"random shared=81", "random: shared=81: two pictures of 80 cells on 400 share 0..80"},
		{"digits retina=7", "digits: retina=7; want a whole number in 8..28"},
		{"digits count=50000", "digits: 50000 cards; at most 41943 on a retina of 20 x 20"},
		{"random count=50000", "random: 50000 cards; at most 41943 on a retina of 20 x 20"},
	}
	for _, r := range rows {
		name, rest, _ := strings.Cut(r.line, " ")
		g, err := Find(name)
		if err != nil {
			t.Fatal(err)
		}
		cards, err := g.Make(args(t, rest), 1)
		if err == nil || err.Error() != r.want || cards != nil {
			t.Errorf("%s:\n got %v\nwant %s", r.line, err, r.want)
		}
	}
	if _, err := Find("sqares"); err == nil || !strings.Contains(err.Error(), `no generator "sqares"; did you mean "squares"?`) {
		t.Errorf("unknown generator: %v", err)
	}
}

// FuzzGenerator holds for any arguments: a deck within its bounds or an error.
func FuzzGenerator(f *testing.F) {
	for _, line := range decks {
		name, rest, _ := strings.Cut(line, " ")
		f.Add(name, rest, uint64(1))
	}
	f.Add("squares", "side=-1", uint64(9))
	f.Fuzz(func(t *testing.T, name, rest string, seed uint64) {
		g, err := Find(name)
		if err != nil {
			return
		}
		list := []Arg{{"count", "3"}}
		for _, field := range strings.Fields(rest) {
			key, value, _ := strings.Cut(field, "=")
			if key != "count" && key != "rounds" {
				list = append(list, Arg{key, value})
			}
		}
		cards, err := g.Make(list, seed)
		if err == nil && len(cards) != 3 {
			t.Fatalf("%d cards", len(cards))
		}
		for _, c := range cards {
			for _, v := range c.Picture.Cells {
				if v < 0 || v > LevelMax {
					t.Fatalf("level %d", v)
				}
			}
		}
	})
}

// TestAnySettingInRange draws settings within their stated ranges: what then
// is refused must be refused for their combination alone.
func TestAnySettingInRange(t *testing.T) {
	all := Generators()
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom(all).Draw(t, "generator")
		var list []Arg
		for _, p := range g.Params {
			switch {
			case p.Name == "count":
				list = append(list, Arg{p.Name, "3"})
			case p.Name == "rounds" || !rapid.Bool().Draw(t, p.Name+" given"):
			case p.Kind == Word:
				list = append(list, Arg{p.Name, rapid.SampledFrom(p.Words).Draw(t, p.Name)})
			case p.Kind == Letters:
				list = append(list, Arg{p.Name, "QZA"})
			default:
				v := rapid.Int64Range(max(p.Min, -p.Max), p.Max).Draw(t, p.Name)
				if p.Kind == Spread {
					v = max(v, -v)
				}
				list = append(list, Arg{p.Name, fmt.Sprint(v)})
			}
		}
		cards, err := g.Make(list, rapid.Uint64().Draw(t, "seed"))
		if err != nil && !strings.Contains(err.Error(), "fit") && !strings.Contains(err.Error(), "the retina has") && !strings.Contains(err.Error(), "share") {
			t.Fatalf("%v: %v", list, err)
		}
		if err == nil && len(cards) != 3 {
			t.Fatalf("%v: %d cards", list, len(cards))
		}
	})
}
