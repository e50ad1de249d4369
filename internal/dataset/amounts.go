package dataset

import (
	"fmt"
	"io/fs"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

// amountFields are the numbers that tell of one digit of an amount: which it is
// (-1 where there is none), the first column of its ink, and the first after it.
const amountFields = 3

// firstColumns are those in which an amount may begin.
const firstColumns = 5

// amountParams are the settings of amounts of digits. How the digits stand is
// Assumed: no figures of real checks are known to us.
func amountParams() []Param {
	return []Param{
		countParam("rows", "20", 12, 40, "pixels of a strip from top to bottom"),
		countParam("cols", "64", 24, 256, "pixels of a strip from left to right; an amount that would not fit has fewer digits"),
		{Name: "digits", Kind: Range, Default: "2..5", Min: 1, Max: 12, Doc: "digits of an amount"},
		{Name: "height", Kind: Range, Default: "13..18", Min: 6, Max: 40, Doc: "pixels of a digit from top to bottom"},
		{Name: "gap", Kind: Range, Default: "-3..4", Min: -8, Max: 20, Doc: "columns between one digit and the next; below 0 they overlap"},
		countParam("train", "1000", 1, 20_000, "strips for training"),
		countParam("test", "300", 1, 20_000, "strips for testing"),
		countParam("drawn", "2000", 10, mnistTrain, "without files: how many digits are drawn to paste those for training, and a quarter as many for testing"),
		seedParam("of the pasting, and of the drawing"),
	}
}

// amounts pastes digits into strips: those of MNIST where the files are, else
// drawn ones. Strips for testing are of other digits than those for training;
// with files, of other writers.
func (s *settings) amounts(files fs.FS) (*examples.Set, error) {
	if lo, rows := s.get("height"), s.num("rows"); lo.hi > rows {
		return nil, s.fail("height", "a strip has %d rows", rows)
	}
	for _, part := range []string{"train", "test"} {
		if err := roomFor("amounts for "+part+"ing", int(s.num(part)), int(s.num("rows")*s.num("cols"))); err != nil {
			return nil, err
		}
	}
	name, train, test, err := s.amountDigits(files)
	if err != nil {
		return nil, err
	}
	rows, cols, most := int(s.num("rows")), int(s.num("cols")), int(s.get("digits").hi)
	return &examples.Set{
		Name: fmt.Sprintf("amounts of %s, %d x %d", name, rows, cols), Shape: []int{1, rows, cols}, Steps: 1, Outputs: amountFields * most,
		Train: s.strips(train, int(s.num("train")), s.seed), Test: s.strips(test, int(s.num("test")), testSeed(s.seed)),
	}, nil
}

func (s *settings) amountDigits(files fs.FS) (name string, train, test *Images, err error) {
	if Present(files, "mnist") {
		if train, err = readMNIST(files, "train"); err == nil {
			test, err = readMNIST(files, "t10k")
		}
		return "MNIST digits", train, test, err
	}
	n := int(s.num("drawn"))
	if train, err = DrawDigits(sheetSide, n, s.seed); err == nil {
		test, err = DrawDigits(sheetSide, (n+3)/4, testSeed(s.seed))
	}
	return "drawn digits", train, test, err
}

func (s *settings) strips(from *Images, count int, seed uint64) examples.Part {
	st := rng.New(seed).Stream("amounts.paste")
	p := paster{s: s, from: from, st: &st, levels: make([]int16, s.num("rows")*s.num("cols"))}
	var part examples.Part
	for range count {
		p.amount(&part)
	}
	return part
}

// paster pastes digits into a strip.
type paster struct {
	s      *settings
	from   *Images
	st     *rng.Stream
	levels []int16 // [rows][cols], 0..LevelMax
}

// amount adds one strip with its digits to a part.
func (p *paster) amount(part *examples.Part) {
	clear(p.levels)
	rows, cols, most := p.s.num("rows"), p.s.num("cols"), p.s.get("digits").hi
	count := within(p.st, p.s.get("digits"))
	at, end := p.st.Below(firstColumns), int64(0)
	for k := range most {
		from, to, class := int64(0), int64(0), int64(-1)
		if k < count {
			from, to, class = p.digit(at, rows, cols)
		}
		if class < 0 {
			count, from, to = k, 0, 0
		} else {
			end = max(end, to)
			at = max(end+within(p.st, p.s.get("gap")), from+(2*(to-from)+2)/3) // two thirds of a digit stay free
		}
		part.Y = append(part.Y, float32(class), float32(from), float32(to))
	}
	for _, v := range p.levels {
		part.X = append(part.X, quotient(int64(v), LevelMax))
	}
	part.N++
}

// digit pastes a digit with its first column at a place: scaled by area to a
// height of its own, somewhere between top and bottom. Where ink is already, the
// darker stays. class is -1 where it does not fit in.
func (p *paster) digit(at, rows, cols int64) (from, to, class int64) {
	i := int(p.st.Below(int64(p.from.Len())))
	box := inkBox(p.from, i)
	height := within(p.st, p.s.get("height"))
	width := min(max((int64(box.cols)*height+int64(box.rows)/2)/int64(box.rows), 1), rows, cols-firstColumns)
	top := p.st.Below(rows - height + 1)
	if at+width > cols {
		return 0, 0, -1
	}
	picture, lo := p.from.At(i), int64(p.from.Lo)
	span := int64(p.from.Hi) - lo
	scale := newScaler(box.rows, box.cols, int(height), int(width))
	sums := scale.sums(func(k int) int64 {
		return (int64(picture[(box.row+k/box.cols)*p.from.Cols+box.col+k%box.cols]) - lo) * LevelMax / span
	})
	for k, sum := range sums {
		cell := &p.levels[(top+int64(k)/width)*cols+at+int64(k)%width]
		*cell = max(*cell, int16(scale.mean(sum)))
	}
	return at, at + width, int64(p.from.Labels[i])
}

// inkFrom is the level, in percent of full ink, that counts as ink where the
// edges of a digit are looked for.
const inkFrom = 20

// rectangle is a part of a picture.
type rectangle struct{ row, col, rows, cols int }

// inkBox is the smallest rectangle that holds all ink of an image, or the whole
// where there is none.
func inkBox(im *Images, i int) rectangle {
	top, bottom, left, right := im.Rows, -1, im.Cols, -1
	least := int64(im.Lo) + (int64(im.Hi)-int64(im.Lo))*inkFrom/100
	for k, v := range im.At(i) {
		if int64(v) >= least {
			top, bottom = min(top, k/im.Cols), max(bottom, k/im.Cols)
			left, right = min(left, k%im.Cols), max(right, k%im.Cols)
		}
	}
	if bottom < 0 {
		return rectangle{0, 0, im.Rows, im.Cols}
	}
	return rectangle{top, left, bottom - top + 1, right - left + 1}
}
