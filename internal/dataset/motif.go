package dataset

import (
	"fmt"

	"perceptarium/sim/rng"
)

// Motif is the table of count noises of the given length, 16..4096, in every
// second of which, in random order, nine numbers are raised and lowered by a
// fixed pattern; wanted is 1 where that is so. The noise is drawn evenly from
// -1..1 in steps of 1/256. The pattern's first place is drawn evenly from the
// first half of the places where it fits, from the second, or from all of them.
// (A task for convolution in one dimension; the pattern and its strength are
// Assumed: a filter that knows it finds it at 7.8 times the noise.)
func Motif(length, count int, half MotifHalf, seed uint64) (*Table, error) {
	if err := sizeError("motif in noise", length, 16, 4096); err != nil {
		return nil, err
	}
	if err := roomFor("motif", count, length); err != nil {
		return nil, err
	}
	source := rng.New(seed)
	noise, places, order := source.Stream("motif.noise"), source.Stream("motif.places"), source.Stream("motif.order")
	t := plainTable("motif", length, 1)
	t.Unit = motifUnit
	with := make([]uint8, count)
	for i := range with {
		with[i] = uint8(i % 2)
	}
	shuffle(&order, with)
	lo, n := half.places(int64(length - len(motif) + 1))
	for _, there := range with {
		at := lo + places.Below(n)
		for range length {
			t.X = append(t.X, noise.Below(2*motifUnit+1)-motifUnit)
		}
		if there == 1 {
			row := t.X[len(t.X)-length:]
			for k, v := range motif {
				row[int(at)+k] += v * motifStrength
			}
		}
		t.Y = append(t.Y, int64(there)*motifUnit)
	}
	return t, nil
}

const (
	motifUnit     = 256
	motifStrength = motifUnit * 3 / 2
)

var motif = [...]int64{1, 1, 1, -1, -1, 1, -1, 1, -1}

// MotifHalf says where the pattern may begin.
type MotifHalf uint8

// The halves of the places.
const (
	MotifAnywhere MotifHalf = iota
	MotifFirst
	MotifSecond
)

// places are the first of those that the half takes from all, and how many.
func (h MotifHalf) places(all int64) (lo, n int64) {
	switch h {
	case MotifFirst:
		return 0, all / 2
	case MotifSecond:
		return all / 2, all - all/2
	}
	return 0, all
}

// motif makes both parts; apart, the places for testing are not seen in
// training.
func (s *settings) motif() (train, test *Table, err error) {
	first, second := MotifAnywhere, MotifAnywhere
	if s.word("places") == "apart" {
		first, second = MotifFirst, MotifSecond
	}
	length := int(s.num("length"))
	if train, err = Motif(length, int(s.num("train")), first, s.seed); err != nil {
		return nil, nil, fmt.Errorf("for training: %w", err)
	}
	if test, err = Motif(length, int(s.num("test")), second, testSeed(s.seed)); err != nil {
		return nil, nil, fmt.Errorf("for testing: %w", err)
	}
	return train, test, nil
}
