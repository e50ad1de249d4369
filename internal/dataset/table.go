package dataset

import (
	"errors"
	"fmt"
	"math/bits"

	"perceptarium/sim/rng"
)

// Table is a set of examples in whole numbers: what goes into a net and what is
// wanted of it. A row may be a sequence of steps.
type Table struct {
	Name  string
	Steps int     // steps of a row; 1 where it is no sequence
	In    int     // inputs of a step
	Ends  int     // steps that have a wanted output: all of them, or the last one alone
	Out   int     // outputs of such a step; 0 where nothing is wanted
	Unit  int64   // the number that stands for 1
	X     []int64 // [Rows][Steps][In]
	Y     []int64 // [Rows][Ends][Out]
}

// Rows is the number of examples.
func (t *Table) Rows() int { return len(t.X) / (t.Steps * t.In) }

// plainTable is a table without steps that counts in ones.
func plainTable(name string, in, out int) *Table {
	return &Table{Name: name, Steps: 1, In: in, Ends: 1, Out: out, Unit: 1}
}

// addBits adds the lowest n bits of v, bit 0 first.
func addBits(list []int64, v int64, n int) []int64 {
	for i := range n {
		list = append(list, v>>i&1)
	}
	return list
}

// bitsMax bounds the tables that hold every pattern of so many bits.
const bitsMax = 16

func sizeError(name string, n, lo, hi int) error {
	if n < lo || n > hi {
		return fmt.Errorf("%s of %d; want %d..%d", name, n, lo, hi)
	}
	return nil
}

// Parity is the table of all patterns of n bits, counted in binary with bit 0
// first, n in 1..16; wanted is 1 where an odd number of them is 1. Parity of 2
// is the exclusive or.
func Parity(n int) (*Table, error) {
	return allPatterns("parity", n, func(v int) int64 { return int64(bits.OnesCount(uint(v)) & 1) })
}

// Symmetry is the table of all patterns of n bits, n in 1..16; wanted is 1
// where they read the same from both ends.
func Symmetry(n int) (*Table, error) {
	return allPatterns("symmetry", n, func(v int) int64 {
		if bits.Reverse(uint(v))>>(bits.UintSize-n) == uint(v) {
			return 1
		}
		return 0
	})
}

func allPatterns(name string, n int, want func(v int) int64) (*Table, error) {
	if err := sizeError(name, n, 1, bitsMax); err != nil {
		return nil, err
	}
	t := plainTable(name, n, 1)
	for v := range 1 << n {
		t.X = addBits(t.X, int64(v), n)
		t.Y = append(t.Y, want(v))
	}
	return t, nil
}

// Encoder is the table of the n patterns with a single 1, n in 1..1024; wanted
// is the pattern itself.
func Encoder(n int) (*Table, error) {
	if err := sizeError("encoder", n, 1, 1024); err != nil {
		return nil, err
	}
	t := plainTable("encoder", n, n)
	t.X = make([]int64, n*n)
	for i := range n {
		t.X[i*n+i] = 1
	}
	t.Y = append(t.Y, t.X...)
	return t, nil
}

// BarsAndStripes is the table of all pictures of side x side cells, side in
// 1..10, in which every row is of one kind or every column is: first the
// pictures of rows, counted in binary, then those of columns that were not yet
// there. There are 2^(side+1)-2 for a side of at least 2. Nothing is wanted.
func BarsAndStripes(side int) (*Table, error) {
	if err := sizeError("bars and stripes", side, 1, 10); err != nil {
		return nil, err
	}
	t := plainTable("bars and stripes", side*side, 0)
	for v := range 1 << side {
		for r := range side {
			for range side {
				t.X = append(t.X, int64(v>>r&1))
			}
		}
	}
	for v := 1; v < 1<<side-1; v++ {
		for range side {
			t.X = addBits(t.X, int64(v), side)
		}
	}
	return t, nil
}

// Addition is the table of count sums of two numbers of n bits, n in 1..64,
// drawn at random: a sequence of so many steps, more than n, from the lowest bit
// on, each with a bit of either number (0 beyond the highest); wanted at each
// step is the bit of the sum.
func Addition(n, steps, count int, seed uint64) (*Table, error) {
	if err := sizeError("addition", n, 1, 64); err != nil {
		return nil, err
	}
	if steps <= n {
		return nil, fmt.Errorf("addition: %d steps; sums of %d bits take %d", steps, n, n+1)
	}
	if err := roomFor("addition", count, 3*steps); err != nil {
		return nil, err
	}
	st := rng.New(seed).Stream("addition.numbers")
	draw := func() uint64 { return st.Uint64() >> (64 - n) }
	if n < 63 {
		draw = func() uint64 { return uint64(st.Below(1 << n)) }
	}
	t := &Table{Name: "addition", Steps: steps, In: 2, Ends: steps, Out: 1, Unit: 1}
	for range count {
		a, b := draw(), draw()
		sum, carry := bits.Add64(a, b, 0)
		for k := range steps {
			t.X = append(t.X, bitOf(a, 0, k), bitOf(b, 0, k))
			t.Y = append(t.Y, bitOf(sum, carry, k))
		}
	}
	return t, nil
}

// bitOf is bit k of a number of 65 bits.
func bitOf(v, high uint64, k int) int64 {
	if k >= 64 {
		return int64(high >> (k - 64) & 1)
	}
	return int64(v >> k & 1)
}

// addingUnit is 1 in the adding problem: its numbers have 24 bits, so that a
// float32 holds each exactly.
const addingUnit = 1 << 24

// Adding is the table of the adding problem: count sequences of steps in
// 2..4096, each step with a number drawn from 0..1 (1 not included) and a mark,
// 0 or 1. Two steps are marked, one in the first half and one in the second;
// wanted after the last step is the sum of their numbers. (Hochreiter and
// Schmidhuber 1997 set the problem with numbers in -1..1; where the marks lie
// is Assumed.)
func Adding(steps, count int, seed uint64) (*Table, error) {
	if err := sizeError("adding", steps, 2, 4096); err != nil {
		return nil, err
	}
	if err := roomFor("adding", count, 2*steps); err != nil {
		return nil, err
	}
	source := rng.New(seed)
	numbers, marks := source.Stream("adding.numbers"), source.Stream("adding.marks")
	t := &Table{Name: "adding", Steps: steps, In: 2, Ends: 1, Out: 1, Unit: addingUnit}
	for range count {
		half := int64(steps / 2)
		first, second := marks.Below(half), half+marks.Below(int64(steps)-half)
		sum := int64(0)
		for k := range int64(steps) {
			v, mark := int64(numbers.Uint64()>>40), int64(0)
			if k == first || k == second {
				sum, mark = sum+v, addingUnit
			}
			t.X = append(t.X, v, mark)
		}
		t.Y = append(t.Y, sum)
	}
	return t, nil
}

// numbersMax bounds the numbers of a generated table: 128 MiB.
const numbersMax = 1 << 24

func roomFor(name string, count, each int) error {
	if count < 1 || count > numbersMax/each {
		return fmt.Errorf("%s: %d rows; want 1..%d", name, count, numbersMax/each)
	}
	return nil
}

// Split shuffles the rows and cuts them: the first table has part of them in a
// thousand, rounded down, the second the rest. Neither shares memory with t.
func (t *Table) Split(permille int, seed uint64) (first, second *Table, err error) {
	if permille < 0 || permille > 1000 {
		return nil, nil, errors.New("a table is split in 0..1000 of a thousand")
	}
	rows := t.Rows()
	order := make([]int32, rows)
	st := rng.New(seed).Stream("table.split")
	st.Perm(order)
	cut := int(int64(rows) * int64(permille) / 1000)
	return t.pick(order[:cut]), t.pick(order[cut:]), nil
}

// pick is the table of some rows, in that order.
func (t *Table) pick(rows []int32) *Table {
	p := *t
	p.X, p.Y = nil, nil
	in, out := t.Steps*t.In, t.Ends*t.Out
	for _, r := range rows {
		p.X = append(p.X, t.X[int(r)*in:(int(r)+1)*in]...)
		p.Y = append(p.Y, t.Y[int(r)*out:(int(r)+1)*out]...)
	}
	return &p
}
