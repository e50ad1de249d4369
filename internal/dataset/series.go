package dataset

import (
	"io/fs"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

// seriesRecipes are small tasks for the shapes of recurrent nets.
func seriesRecipes(counts []Param) []Recipe {
	return []Recipe{
		{"waves", "three waves of 16 samples, sine, square and saw: a single 1 at the first step names the wave, wanted is a sample at each step", nil, func(s *settings, _ fs.FS) (*examples.Set, error) {
			t := Waves()
			return &examples.Set{Name: t.Name, Shape: []int{t.In}, Steps: t.Steps, Outputs: t.Out, Train: s.tablePart(t)}, nil
		}},
		{"reversal", "strings of two symbols, then as many steps of silence in which the string is wanted again, from its end; wanted before is 0",
			append([]Param{countParam("length", "6", 1, 64, "symbols of a string; a sequence has twice as many steps")}, counts...), (*settings).reversal},
	}
}

// waveSamples are the steps of a wave.
const waveSamples = 16

// Waves is the table of a period of a sine, a square wave and a saw tooth, 16
// samples each. The first step of a row has a 1 at the place of its wave.
func Waves() *Table {
	t := &Table{Name: "waves", Steps: waveSamples, In: 3, Ends: waveSamples, Out: 1, Unit: 1 << unitBits}
	t.X = make([]int64, 3*3*waveSamples)
	for wave := range 3 {
		t.X[wave*3*waveSamples+wave] = 1 << unitBits
		for k := range int64(waveSamples) {
			sin, _ := sinCos(k * turnMin / waveSamples)
			square := int64(1 << unitBits)
			if k >= waveSamples/2 {
				square = -1 << unitBits
			}
			saw := (2*k - waveSamples + 1) << unitBits / waveSamples
			t.Y = append(t.Y, [3]int64{sin, square, saw}[wave])
		}
	}
	return t
}

func (s *settings) reversal(fs.FS) (*examples.Set, error) {
	n := int(s.num("length"))
	return s.sequences("reversal", func(_ string, count int, seed uint64) (*Table, error) {
		return Reversal(n, count, seed)
	})
}

// Reversal is the table of count strings of n symbols, n in 1..64, drawn at
// random: sequences of 2n steps. Each of the first n has a 1 at the place of its
// symbol, the first or the second; the others have none, and there the string is
// wanted from its end, 0 for the first symbol and 1 for the second.
func Reversal(n, count int, seed uint64) (*Table, error) {
	if err := sizeError("reversal", n, 1, 64); err != nil {
		return nil, err
	}
	if err := roomFor("reversal", count, 6*n); err != nil {
		return nil, err
	}
	st := rng.New(seed).Stream("reversal.symbols")
	t := &Table{Name: "reversal", Steps: 2 * n, In: 2, Ends: n, Out: 1, Unit: 1}
	for range count {
		v := st.Uint64()
		for k := range n {
			second := bitOf(v, 0, k)
			t.X = append(t.X, 1-second, second)
			t.Y = append(t.Y, bitOf(v, 0, n-1-k))
		}
		t.X = append(t.X, make([]int64, 2*n)...)
	}
	return t, nil
}
