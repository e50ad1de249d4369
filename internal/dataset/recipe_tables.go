package dataset

import (
	"fmt"
	"io/fs"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

func patternRecipes() []Recipe {
	low := Param{Name: "low", Kind: Word, Default: "0", Words: []string{"0", "-1"}, Doc: "the input that stands for a 0"}
	inTurn := Param{Name: "in-turn", Kind: Word, Default: "no", Words: []string{"no", "yes"}, Doc: "yes: a sequence of one bit at a step, the answer wanted after the last"}
	bits := func(standard string) []Param {
		return []Param{countParam("bits", standard, 1, bitsMax, "inputs"), low}
	}
	seed := seedParam("which are held out, and in which order the others come")
	return []Recipe{
		{"parity", "all patterns of so many bits; wanted is 1 where an odd number of them is 1", append(bits("4"), inTurn), func(s *settings, _ fs.FS) (*examples.Set, error) {
			t, err := Parity(int(s.num("bits")))
			if err == nil && s.word("in-turn") == "yes" {
				t.Steps, t.In = t.In, 1
			}
			return s.patternSet(fmt.Sprintf("parity of %d", s.num("bits")), t, err)
		}},
		{"symmetry", "all patterns of so many bits; wanted is 1 where they read the same from both ends", bits("6"), func(s *settings, _ fs.FS) (*examples.Set, error) {
			t, err := Symmetry(int(s.num("bits")))
			return s.patternSet(fmt.Sprintf("symmetry of %d", s.num("bits")), t, err)
		}},
		{"xor", "the four cases of the exclusive or", []Param{low}, func(s *settings, _ fs.FS) (*examples.Set, error) {
			t, err := Parity(2)
			return s.patternSet("exclusive or", t, err)
		}},
		{"encoder", "the patterns with a single 1; wanted is the pattern itself", []Param{countParam("n", "8", 1, 1024, "inputs and outputs"), low}, (*settings).encoder},
		{"bars-and-stripes", "all pictures in which every row, or every column, is of one kind; wanted is the picture itself", []Param{countParam("side", "4", 1, 10, "pixels along each side"), low}, (*settings).barsAndStripes},
		{"family-trees", "who stands in which relation to whom in two families of twelve (Rumelhart, Hinton and Williams 1986)", []Param{countParam("held", "4", 0, 103, "of the 104 questions, for testing"), seed}, (*settings).familyTrees},
	}
}

// patternSet is a whole table of patterns with one wanted bit. None is left for
// testing.
func (s *settings) patternSet(name string, t *Table, err error) (*examples.Set, error) {
	if err != nil {
		return nil, err
	}
	set := &examples.Set{Name: name, Shape: []int{t.In}, Steps: t.Steps, Outputs: 1, Classes: 2, Train: s.tablePart(t)}
	for _, y := range t.Y {
		set.Train.Class = append(set.Train.Class, int32(y))
	}
	return set, nil
}

// tablePart turns whole numbers into floats. Where a row is a sequence with
// wanted outputs at its last step alone, 0 stands at the others.
func (s *settings) tablePart(t *Table) examples.Part {
	p := examples.Part{N: t.Rows(), X: make([]float32, len(t.X)), Y: make([]float32, t.Rows()*t.Steps*t.Out)}
	signed := s.has("low") && s.word("low") == "-1"
	for i, v := range t.X {
		if signed {
			v = 2*v - t.Unit
		}
		p.X[i] = quotient(v, t.Unit)
	}
	for i, v := range t.Y {
		row, at := i/(t.Ends*t.Out), i%(t.Ends*t.Out)
		p.Y[row*t.Steps*t.Out+(t.Steps-t.Ends)*t.Out+at] = quotient(v, t.Unit)
	}
	return p
}

func (s *settings) encoder(fs.FS) (*examples.Set, error) {
	t, err := Encoder(int(s.num("n")))
	if err != nil {
		return nil, err
	}
	set := &examples.Set{Name: fmt.Sprintf("encoder of %d", t.In), Shape: []int{t.In}, Steps: 1, Outputs: t.Out, Classes: t.Out, Train: s.tablePart(t)}
	for i := range t.Rows() {
		set.Train.Class = append(set.Train.Class, int32(i))
	}
	return set, nil
}

func (s *settings) barsAndStripes(fs.FS) (*examples.Set, error) {
	side := int(s.num("side"))
	t, err := BarsAndStripes(side)
	if err != nil {
		return nil, err
	}
	t.Out, t.Y = t.In, t.X
	return &examples.Set{Name: fmt.Sprintf("bars and stripes, %d x %d", side, side), Shape: []int{1, side, side}, Steps: 1, Outputs: t.Out, Train: s.tablePart(t)}, nil
}

func (s *settings) familyTrees(fs.FS) (*examples.Set, error) {
	t := FamilyTrees()
	order := make([]int32, t.Rows())
	st := rng.New(s.seed).Stream("family-trees.order")
	st.Perm(order)
	held := int(s.num("held"))
	set := &examples.Set{Name: "family trees", Shape: []int{t.In}, Steps: 1, Outputs: t.Out}
	set.Test, set.Train = s.tablePart(t.pick(order[:held])), s.tablePart(t.pick(order[held:]))
	return set, nil
}

func sequenceRecipes() []Recipe {
	counts := []Param{
		countParam("train", "1000", 1, 1_000_000, "examples for training"),
		countParam("test", "1000", 1, 1_000_000, "examples for testing"), seedParam("of the drawing")}
	steps := countParam("steps", "50", 2, 4096, "steps of a sequence")
	bits := []Param{
		countParam("bits", "8", 1, 64, "of each number; a sequence has one step more"),
		countParam("test-bits", "0", 0, 64, "of the numbers for testing; 0: as for training. The longer ones set the steps of all sequences")}
	some := func(name string) Param {
		return countParam(name, "0", 0, 1_000_000, "sequences for "+name+"ing; 0: all that there are")
	}
	length := countParam("length", "128", 16, 4096, "numbers of a noise")
	places := Param{Name: "places", Kind: Word, Default: "any", Words: []string{"any", "apart"}, Doc: "where the pattern lies; apart: in training in the first half, in testing in the second"}
	return append([]Recipe{
		{"motif", "noise; wanted is 1 where a pattern of nine numbers lies in it somewhere", append([]Param{length, places}, counts...), (*settings).motifSet},
		{"adding", "the adding problem: at each step a number and a mark; wanted at the last step is the sum of the two marked numbers", append([]Param{steps}, counts...), (*settings).adding},
		{"addition", "sums of two binary numbers from the lowest bit on: two bits in, a bit of the sum out at each step", append(bits, counts...), (*settings).addition},
		{"text", "tiny Shakespeare where the file is, else speeches that are made up: the number of a character in, that of the next one out",
			[]Param{countParam("steps", "64", 1, 4096, "characters of a sequence"), some("train"), some("test"), seedParam("of the made-up speeches")}, (*settings).text},
		ridgesRecipe(counts),
		rareWordsRecipe(counts),
	}, seriesRecipes(counts)...)
}

func (s *settings) adding(fs.FS) (*examples.Set, error) {
	steps := int(s.num("steps"))
	return s.sequences(fmt.Sprintf("adding over %d steps", steps), func(_ string, count int, seed uint64) (*Table, error) {
		return Adding(steps, count, seed)
	})
}

func (s *settings) addition(fs.FS) (*examples.Set, error) {
	short, long := int(s.num("bits")), int(s.num("test-bits"))
	name := fmt.Sprintf("addition of %d bits", short)
	if long == 0 {
		long = short
	} else {
		name += fmt.Sprintf(", tested on %d", long)
	}
	steps := max(short, long) + 1
	return s.sequences(name, func(part string, count int, seed uint64) (*Table, error) {
		if part == "test" {
			return Addition(long, steps, count, seed)
		}
		return Addition(short, steps, count, seed)
	})
}

// motifSet has each noise as a picture of one row.
func (s *settings) motifSet(fs.FS) (*examples.Set, error) {
	train, test, err := s.motif()
	if err != nil {
		return nil, err
	}
	set := &examples.Set{Name: fmt.Sprintf("motif in noise of %d", train.In), Shape: []int{1, 1, train.In}, Steps: 1, Outputs: 1, Classes: 2,
		Train: s.tablePart(train), Test: s.tablePart(test)}
	for _, p := range []*examples.Part{&set.Train, &set.Test} {
		for _, y := range p.Y {
			p.Class = append(p.Class, int32(y))
		}
	}
	return set, nil
}

// sequences draws both parts.
func (s *settings) sequences(name string, draw func(part string, count int, seed uint64) (*Table, error)) (*examples.Set, error) {
	train, err := draw("train", int(s.num("train")), s.seed)
	if err != nil {
		return nil, err
	}
	test, err := draw("test", int(s.num("test")), testSeed(s.seed))
	if err != nil {
		return nil, err
	}
	return &examples.Set{Name: name, Shape: []int{train.In}, Steps: train.Steps, Outputs: train.Out, Train: s.tablePart(train), Test: s.tablePart(test)}, nil
}
