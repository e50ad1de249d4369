package dataset

import "testing"

// TestAmounts: digits stand from left to right where they say, at least one on
// every strip and none after the last; all ink is in their columns, and gaps and
// overlaps both occur.
func TestAmounts(t *testing.T) {
	s := cook(t, nil, "amounts", "train=300 test=20 drawn=100 digits=2..4 gap=-3..2")
	gaps, counts := map[int]int{}, map[int]int{}
	for i := range s.Train.N {
		y, x := s.Wanted(&s.Train, i), s.Input(&s.Train, i)
		covered, n := make([]bool, 64), 0
		for k := 0; k < s.Outputs && y[k] >= 0; k += amountFields {
			for c := int(y[k+1]); c < int(y[k+2]); c++ {
				covered[c] = true
			}
			if n++; k > 0 {
				gaps[int(y[k+1]-y[k-1])]++
			}
		}
		counts[n]++
		for k, v := range x {
			if v > 0 && !covered[k%64] {
				t.Fatalf("strip %d has ink in column %d, beside its digits %v", i, k%64, y)
			}
		}
	}
	for gap := -3; gap <= 2; gap++ {
		if gaps[gap] == 0 {
			t.Errorf("no gap of %d: %v", gap, gaps)
		}
	}
	if counts[2] == 0 || counts[4] == 0 || counts[2]+counts[3]+counts[4] != 300 {
		t.Errorf("strips by digits: %v", counts)
	}
}

// TestAmountsRefuse: what cannot be pasted is told.
func TestAmountsRefuse(t *testing.T) {
	r, err := FindRecipe("amounts")
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{"height=13..21", "rows=40 cols=256 train=20000", "gap=-9..4", "digits=0..3"} {
		if _, err := r.Make(recipeArgs(args), nil); err == nil {
			t.Errorf("%s is taken", args)
		}
	}
}
