package dataset

import (
	"fmt"
	"testing"
)

func TestImagesScaled(t *testing.T) {
	set := &Images{Rows: 2, Cols: 3, Lo: -10, Hi: 10, Classes: 2, Labels: []uint8{1, 0}, Pixels: []int16{-10, 10, 0, 10, -10, 1, 7, 7, 7, 7, 7, 7}}
	for _, r := range []struct {
		rows, cols int
		want       string
	}{
		{1, 1, "[0 7]"}, // the mean of the first, 1/6, rounds to 0
		{1, 3, "[0 0 1 7 7 7]"},
		{2, 2, "[-3 3 3 -3 7 7 7 7]"},
		{2, 3, fmt.Sprint(set.Pixels)},
		{4, 3, "[-10 10 0 -10 10 0 10 -10 1 10 -10 1 7 7 7 7 7 7 7 7 7 7 7 7]"},
	} {
		got := set.Scaled(r.rows, r.cols)
		if fmt.Sprint(got.Pixels) != r.want || got.Rows != r.rows || got.Cols != r.cols || got.Lo != -10 || got.Len() != 2 {
			t.Errorf("%d x %d: %v, want %s", r.rows, r.cols, got.Pixels, r.want)
		}
	}
}

func TestImagesSplit(t *testing.T) {
	set := digits(t, 8, 50, 1)
	a, b, err := set.Split(37, 9)
	if err != nil || a.Len() != 37 || b.Len() != 13 {
		t.Fatalf("%d and %d images, %v", a.Len(), b.Len(), err)
	}
	left := map[string]int{}
	for i := range set.Len() {
		left[fmt.Sprint(set.Labels[i], set.At(i))]++
	}
	for _, part := range []*Images{a, b} {
		for i := range part.Len() {
			left[fmt.Sprint(part.Labels[i], part.At(i))]--
		}
	}
	for image, n := range left {
		if n != 0 {
			t.Errorf("image %.20s...: %d", image, n)
		}
	}
	if _, _, err := set.Split(51, 1); err == nil || err.Error() != "51 of 50 images; want 0..50" {
		t.Errorf("got %v", err)
	}
}
