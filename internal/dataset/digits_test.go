package dataset

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

func digits(t testing.TB, side, count int, seed uint64) *Images {
	t.Helper()
	set, err := DrawDigits(side, count, seed)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// page is one image of a set, as a picture.
func page(set *Images, i int) Picture {
	p := Picture{Rows: set.Rows, Cols: set.Cols}
	for _, v := range set.At(i) {
		p.Cells = append(p.Cells, int64(v))
	}
	return p
}

func TestDigitsArePinned(t *testing.T) {
	var b strings.Builder
	for _, side := range []int{28, 16, 14} {
		set := digits(t, side, 40, 1989)
		h := sha256.New()
		h.Write(set.Labels)
		for _, v := range set.Pixels {
			h.Write(binary.LittleEndian.AppendUint16(nil, uint16(v)))
		}
		fmt.Fprintf(&b, "%d digits of %d x %d: %x\n\n", set.Len(), side, side, h.Sum(nil)[:8])
		for i := range 12 {
			fmt.Fprintf(&b, "%d\n%s\n", set.Labels[i], show(page(set, i)))
		}
	}
	golden(t, "digits", b.String())
}

func TestDigitsAreWellFormed(t *testing.T) {
	set := digits(t, 28, 3005, 7)
	for class, n := range strings.Fields(strings.Trim(counts(set), "[]")) {
		if n != "300" && n != "301" {
			t.Errorf("class %d has %s digits", class, n)
		}
	}
	cut := 0
	for i := range set.Len() {
		p := page(set, i)
		ink, edge, darkest := int64(0), int64(0), int64(0)
		for k, v := range p.Cells {
			if v < 0 || v > LevelMax {
				t.Fatalf("digit %d: level %d", i, v)
			}
			ink, darkest = ink+v, max(darkest, v)
			if r, c := k/28, k%28; r == 0 || c == 0 || r == 27 || c == 27 {
				edge += v
			}
		}
		if mean := ink / 784; mean < 5 || mean > 90 || darkest < 128 {
			t.Errorf("digit %d (%d): mean level %d, darkest %d", i, set.Labels[i], mean, darkest)
		}
		if edge > 0 {
			cut++
		}
	}
	if cut > 450 {
		t.Errorf("%d of 3005 digits touch the edge, want at most 15 %%", cut)
	}
}

func TestSmallDigitsAreTheLargeOnes(t *testing.T) {
	large, small := digits(t, 28, 50, 3), digits(t, 14, 50, 3)
	for i := range large.Len() {
		if large.Labels[i] != small.Labels[i] {
			t.Fatalf("digit %d: %d and %d", i, large.Labels[i], small.Labels[i])
		}
		a, b := large.At(i), small.At(i)
		for k, v := range b {
			at := k/14*56 + k%14*2
			if want := (a[at] + a[at+1] + a[at+28] + a[at+29] + 2) / 4; v != want {
				t.Fatalf("digit %d, pixel %d: %d, want %d", i, k, v, want)
			}
		}
	}
}

// TestDigitsAreLearnable: the nearest of 1,000 examples names most of 200 new
// digits.
func TestDigitsAreLearnable(t *testing.T) {
	const known = 1000
	set := digits(t, 14, known+200, 12)
	wrong := 0
	for i := known; i < set.Len(); i++ {
		best, class := int64(1<<62), uint8(0)
		for k := range known {
			d, a := int64(0), set.At(k)
			for j, v := range set.At(i) {
				diff := int64(v - a[j])
				d += diff * diff
			}
			if d < best {
				best, class = d, set.Labels[k]
			}
		}
		if class != set.Labels[i] {
			wrong++
		}
	}
	t.Logf("%d of 200 wrong", wrong)
	if wrong > 20 {
		t.Errorf("%d of 200 wrong, want at most 20", wrong)
	}
}

func TestDigitsRefuse(t *testing.T) {
	for _, r := range []struct {
		side, count int
		want        string
	}{
		{7, 1, "digits on a side of 7; want 8..28"},
		{29, 1, "digits on a side of 29; want 8..28"},
		{28, 0, "digits: 0 pictures; want 1..85598"},
		{14, 1 << 30, "digits: 1073741824 pictures; want 1..342392"},
	} {
		if set, err := DrawDigits(r.side, r.count, 1); err == nil || err.Error() != r.want || set != nil {
			t.Errorf("got %v, want %s", err, r.want)
		}
	}
}

func TestDigitCards(t *testing.T) {
	cards, set := deal(t, "digits count=30 retina=16", 9), digits(t, 16, 30, 9)
	for i, c := range cards {
		if c.Class != int(set.Labels[i]) || c.Label != fmt.Sprint(set.Labels[i]) || show(c.Picture) != show(page(set, i)) {
			t.Fatalf("card %d is not digit %d", i, i)
		}
	}
}

// TestSegmentsOfAnyLength: a piece of the pen's way may be a point.
func TestSegmentsOfAnyLength(t *testing.T) {
	s := newSheet()
	for _, to := range []point{{10 * one, 10 * one}, {10*one + 1, 10 * one}, {10*one + 100, 10*one + 100}, {-50 * one, 90 * one}} {
		for i := range s.near {
			s.near[i] = 1 << 62
		}
		s.segment(point{10 * one, 10 * one}, to, 2*one)
		if near := s.near[10*sheetSide+10]; near > one*one/2 {
			t.Errorf("to %v: the pixel at the start is %d away", to, root(near))
		}
	}
}

func BenchmarkDrawDigits(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DrawDigits(28, 100, 1); err != nil {
			b.Fatal(err)
		}
	}
}
