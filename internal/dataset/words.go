package dataset

import (
	"io/fs"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

// rareWordsRecipe is sparse: most inputs are 0 in most examples, and the rarer a
// word is the less often its weight has anything to learn from.
func rareWordsRecipe(counts []Param) Recipe {
	return Recipe{"rare-words", "texts that are made up, as the words that occur in them, each as often as Zipf's law says; wanted is 1 where good words outweigh bad ones",
		append([]Param{
			countParam("words", "500", 2, 10_000, "inputs; word r is drawn 1/r times as often as the first"),
			countParam("length", "12", 1, 1000, "words drawn for a text")},
			counts...), (*settings).rareWords}
}

func (s *settings) rareWords(fs.FS) (*examples.Set, error) {
	words := int(s.num("words"))
	for _, name := range []string{"train", "test"} {
		if err := roomFor("rare-words", int(s.num(name)), words); err != nil {
			return nil, err
		}
	}
	w := newWords(words, s.seed)
	length := int(s.num("length"))
	return &examples.Set{Name: "rare words", Shape: []int{words}, Steps: 1, Outputs: 1, Classes: 2,
		Train: w.draw(int(s.num("train")), length, s.seed), Test: w.draw(int(s.num("test")), length, testSeed(s.seed))}, nil
}

// words holds how good each word is, and how often it is drawn: as a running sum.
type words struct {
	good []int64
	upTo []int64
}

// wordsUnit is how often the first word is drawn, in shares of the whole.
const wordsUnit = 1 << 32

func newWords(n int, seed uint64) words {
	st := rng.New(seed).Stream("words.good")
	w := words{}
	sum := int64(0)
	for r := range int64(n) {
		sum += wordsUnit / (r + 1)
		w.upTo = append(w.upTo, sum)
		w.good = append(w.good, 2*st.Below(2)-1)
	}
	return w
}

// draw makes count texts. Where good and bad words balance the first word drawn
// decides.
func (w words) draw(count, length int, seed uint64) examples.Part {
	st := rng.New(seed).Stream("words.texts")
	n := len(w.good)
	p := examples.Part{N: count, X: make([]float32, count*n)}
	for i := range count {
		text := p.X[i*n : (i+1)*n]
		sum, first := int64(0), int64(0)
		for range length {
			k := w.pick(&st)
			if text[k] == 0 {
				text[k] = 1
				sum += w.good[k]
			}
			if first == 0 {
				first = w.good[k]
			}
		}
		class := int32(0)
		if sum > 0 || sum == 0 && first > 0 {
			class = 1
		}
		p.Y, p.Class = append(p.Y, float32(class)), append(p.Class, class)
	}
	return p
}

func (w words) pick(st *rng.Stream) int {
	at, low := st.Below(w.upTo[len(w.upTo)-1]), 0
	for high := len(w.upTo) - 1; low < high; {
		if half := (low + high) / 2; at < w.upTo[half] {
			high = half
		} else {
			low = half + 1
		}
	}
	return low
}
