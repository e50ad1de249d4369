package dataset

import (
	"fmt"
	"math/bits"
	"strings"
	"testing"
)

func TestFacesAreWellFormed(t *testing.T) {
	for name, sheet := range map[string]string{"one": faceOne, "two": faceTwo} {
		lines := strings.Split(strings.Trim(sheet, "\n"), "\n")
		if len(lines) != 6*letterRows+5 {
			t.Fatalf("face %s has %d lines", name, len(lines))
		}
		for i, line := range lines {
			want := 5*letterCols + 4
			if i >= 5*(letterRows+1) {
				want = letterCols
			}
			if i%(letterRows+1) == letterRows {
				want = 0
			}
			if len(line) != want || strings.Trim(line, "X. ") != "" {
				t.Errorf("face %s, line %d is malformed", name, i+1)
			}
		}
	}
}

func cells(g glyph) (n int) {
	for _, row := range g {
		n += bits.OnesCount16(row)
	}
	return n
}

func unlike(a, b glyph) (n int) {
	for r := range a {
		n += bits.OnesCount16(a[r] ^ b[r])
	}
	return n
}

// TestLettersAreDistinct: two letters of a face, and the two faces of a letter,
// differ in many cells.
func TestLettersAreDistinct(t *testing.T) {
	one, two := face(faceOne), face(faceTwo)
	least := [3]int{999, 999, 999}
	where := [3]string{}
	note := func(k, n int, text string) {
		if n < least[k] {
			least[k], where[k] = n, text
		}
	}
	for i := range one {
		if n := cells(one[i]); n < 40 {
			t.Errorf("letter %c of face one has %d cells", alphabet[i], n)
		}
		note(2, unlike(one[i], two[i]), alphabet[i:i+1])
		for j := range i {
			pair := alphabet[j:j+1] + alphabet[i:i+1]
			note(0, unlike(one[i], one[j]), pair)
			note(1, unlike(two[i], two[j]), pair)
		}
	}
	t.Logf("closest: face one %d (%s), face two %d (%s), face against face %d (%s)", least[0], where[0], least[1], where[1], least[2], where[2])
	for k, floor := range []int{14, 14, 40} {
		if least[k] < floor {
			t.Errorf("only %d cells tell %s apart, want %d", least[k], where[k], floor)
		}
	}
	var weight [2]int
	for i := range one {
		weight[0] += cells(one[i])
		weight[1] += cells(two[i])
	}
	t.Logf("cells in all: face one %d, face two %d", weight[0], weight[1])
}

func TestLettersLookRight(t *testing.T) {
	var b strings.Builder
	for _, c := range deal(t, "letters face=both", 1) {
		fmt.Fprintf(&b, "%s, class %d\n%s\n", c.Label, c.Class, show(c.Picture))
	}
	golden(t, "letters", b.String())
}

func TestLettersInPlace(t *testing.T) {
	glyphs := face(faceOne)
	for i, c := range deal(t, "letters", 1) {
		if c.Class != i || c.Label != alphabet[i:i+1] {
			t.Fatalf("card %d: class %d, %q", i, c.Class, c.Label)
		}
		for k, v := range c.Picture.Cells {
			r, col := k/20-1, k%20-3
			want := int64(0)
			if r >= 0 && r < letterRows && col >= 0 && col < letterCols && glyphs[i][r]>>col&1 == 1 {
				want = LevelMax
			}
			if v != want {
				t.Fatalf("letter %s: cell %d is %d", c.Label, k, v)
			}
		}
	}
}

func TestRoundsAreWhole(t *testing.T) {
	cards := deal(t, "letters face=both order=random rounds=40", 1960)
	if len(cards) != 26*2*40 {
		t.Fatalf("%d cards", len(cards))
	}
	for round := range 40 {
		seen := map[string]bool{}
		for _, c := range cards[round*52 : (round+1)*52] {
			seen[show(c.Picture)] = true
		}
		if len(seen) != 52 {
			t.Errorf("round %d has %d different letters", round, len(seen))
		}
	}
}

func TestShiftAndQuarterTurn(t *testing.T) {
	plain := deal(t, "letters set=F", 1)[0].Picture
	for _, q := range []int{90, 180, 270} {
		turned := deal(t, fmt.Sprintf("letters set=F rotate=%d..%d", q, q), 1)[0].Picture
		for k, v := range plain.Cells {
			r, c := k/20, k%20
			for range q / 90 {
				r, c = c, 19-r
			}
			if turned.Cells[r*20+c] != v {
				t.Fatalf("turn by %d: cell %d", q, k)
			}
		}
	}
	moved := deal(t, "letters set=F shift=1..1", 1)[0].Picture
	for k, v := range plain.Cells {
		if v > 0 && moved.Cells[k+21] != v {
			t.Fatalf("shift: cell %d", k)
		}
	}
	double := deal(t, "letters set=F scale=200 retina=40", 1)[0].Picture
	big := deal(t, "letters set=F retina=20", 1)[0].Picture
	for k, v := range double.Cells {
		if big.Cells[k/40/2*20+k%40/2] != v {
			t.Fatalf("scale: cell %d", k)
		}
	}
}
