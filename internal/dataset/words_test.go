package dataset

import "testing"

// TestRareWordsFollowZipf: word r occurs about 1/r times as often as the first,
// and the class is that of the sum.
func TestRareWordsFollowZipf(t *testing.T) {
	w := newWords(20, 3)
	p := w.draw(40000, 1, 5)
	counts := make([]int, 20)
	for i := range p.N {
		for k, v := range p.X[i*20 : (i+1)*20] {
			if v == 0 {
				continue
			}
			counts[k]++
			if (w.good[k] > 0) != (p.Class[i] == 1) {
				t.Fatalf("text %d: word %d is worth %d, the class is %d", i, k, w.good[k], p.Class[i])
			}
		}
	}
	for k := 1; k < 10; k++ {
		if got := float64(counts[0]) / float64(counts[k]*(k+1)); got < 0.9 || got > 1.1 {
			t.Errorf("word %d: %d times, the first %d", k+1, counts[k], counts[0])
		}
	}
}
