package dataset

import (
	"fmt"
	"io/fs"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

// The sizes of the two sets that come as files; what is drawn in their place
// has them too.
const (
	zipTrain, zipTest     = 7291, 2007
	mnistTrain, mnistTest = 60_000, 10_000
	mnist10k              = 8_000 // of the 10,000, for training
)

func imageRecipes() []Recipe {
	size := func(standard string) Param {
		return countParam("size", standard, 8, 28, "pixels along each side, scaled from 28 by area")
	}
	pad := countParam("pad", "0", 0, 8, "pixels of bare ground added at each edge")
	low := Param{Name: "low", Kind: Decimal, Default: "-1", Min: -10, Max: 10, Doc: "the value of bare ground"}
	high := Param{Name: "high", Kind: Decimal, Default: "1", Min: -10, Max: 10, Doc: "the value of full ink"}
	some := func(name string) Param {
		return countParam(name, "0", 0, mnistTrain, "how many for "+name+"ing; 0: all that there are")
	}
	order := Param{Name: "seed", Kind: Number, Default: "0", Max: 1<<31 - 1, Doc: "0: in the order of the files; else shuffled, before any are left out"}
	pixels := Param{Name: "pixels", Kind: Number, Default: "0", Max: 1<<31 - 1, Doc: "0: where they belong; else all pictures have their pixels in one and the same other order, drawn with this seed"}
	labels := Param{Name: "labels", Kind: Number, Default: "0", Max: 1<<31 - 1, Doc: "0: the right ones; else those for training are dealt out anew, drawn with this seed"}
	drawn := []Param{size("16"), pad, pixels, labels,
		countParam("train", "1000", 1, mnistTrain, "how many for training"),
		countParam("test", "500", 0, mnistTrain, "how many for testing"), low, high, seedParam("of the drawing")}
	fromFiles := []Param{size("28"), pad, pixels, labels, some("train"), some("test"), low, high, order}
	from := Param{Name: "from", Kind: Word, Default: "train", Words: []string{"train", "test"},
		Doc: "where the training digits come from; test: both parts are cut from the 10,000 test digits, unless set otherwise 8,000 and 2,000 (MNIST-10k)"}
	drawing := countParam("drawn", "0", 0, mnistTrain, "without files: how many are drawn for training at most, and a quarter as many for testing; 0: as many as with files")
	zip := append(fromFiles[1:len(fromFiles):len(fromFiles)], drawing)
	return []Recipe{
		{"digits", "handwritten-like digits, drawn", drawn, (*settings).drawnDigits},
		{"mnist", "the MNIST digits, from files", append([]Param{from}, fromFiles...), (*settings).mnist},
		{"usps", "the zip-code digits of 16 x 16 pixels, from files", fromFiles[1:], (*settings).usps},
		{"handwriting", "mnist where the files are, else digits drawn with the same settings", append([]Param{from}, append(fromFiles[:len(fromFiles):len(fromFiles)], drawing)...), (*settings).handwriting},
		{"zip-codes", "usps where the files are, else digits of 16 x 16 drawn with the same settings", zip, (*settings).zipCodes},
		{"amounts", "strips with amounts of several digits, pasted with varying sizes, gaps and overlaps, of MNIST where the files are, else of drawn digits; wanted is of each digit which it is (-1: none), and its first column and the first after it", amountParams(), (*settings).amounts},
	}
}

func (s *settings) drawnDigits(fs.FS) (*examples.Set, error) {
	return s.draw(int(s.num("size")), int(s.num("train")), int(s.num("test")), s.seed)
}

func (s *settings) draw(side, train, test int, seed uint64) (*examples.Set, error) {
	a, err := DrawDigits(side, train, seed)
	if err != nil {
		return nil, err
	}
	b := &Images{Rows: side, Cols: side, Hi: LevelMax, Classes: 10}
	if test > 0 {
		if b, err = DrawDigits(side, test, testSeed(seed)); err != nil {
			return nil, err
		}
	}
	return s.imageSet("digits, drawn", a, b)
}

func (s *settings) mnist(files fs.FS) (*examples.Set, error) {
	if s.word("from") == "test" {
		return s.mnist10k(files)
	}
	return s.wholeMNIST(files)
}

func (s *settings) wholeMNIST(files fs.FS) (*examples.Set, error) {
	train, err := readMNIST(files, "train")
	if err != nil {
		return nil, err
	}
	test, err := readMNIST(files, "t10k")
	if err != nil {
		return nil, err
	}
	return s.cut("MNIST", train, test)
}

// cut takes from both sets as many as the settings say.
func (s *settings) cut(name string, train, test *Images) (*examples.Set, error) {
	train, err := s.some("train", train)
	if err != nil {
		return nil, err
	}
	if test, err = s.some("test", test); err != nil {
		return nil, err
	}
	return s.imageSet(name, train, test)
}

// some are the first of the images, as many as the setting of that name says,
// shuffled where there is a seed.
func (s *settings) some(name string, im *Images) (*Images, error) {
	n := int(s.num(name))
	if n == 0 {
		n = im.Len()
	}
	if n > im.Len() {
		return nil, s.fail(name, "there are %d", im.Len())
	}
	return im.pick(s.order(name, im.Len())[:n]), nil
}

func (s *settings) order(name string, n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	if s.seed != 0 {
		st := rng.New(s.seed).Stream("recipe.order." + name)
		st.Perm(list)
	}
	return list
}

// mnist10k cuts both parts from the 10,000 test digits.
func (s *settings) mnist10k(files fs.FS) (*examples.Set, error) {
	all, err := readMNIST(files, "t10k")
	if err != nil {
		return nil, err
	}
	train, test := int(s.num("train")), int(s.num("test"))
	if train == 0 {
		train = mnist10k
	}
	if test == 0 {
		test = max(all.Len()-train, 0)
	}
	if train+test > all.Len() {
		return nil, s.fail("train", "with %d for testing there are only %d", test, all.Len()-test)
	}
	order := s.order("both", all.Len())
	return s.imageSet("MNIST-10k", all.pick(order[:train]), all.pick(order[train:train+test]))
}

func (s *settings) usps(files fs.FS) (*examples.Set, error) {
	train, err := readUSPS(files, "zip.train")
	if err != nil {
		return nil, err
	}
	test, err := readUSPS(files, "zip.test")
	if err != nil {
		return nil, err
	}
	return s.cut("USPS zip codes", train, test)
}

func (s *settings) handwriting(files fs.FS) (*examples.Set, error) {
	if Present(files, "mnist") {
		return s.mnist(files)
	}
	return s.inPlaceOf(int(s.num("size")), mnistTrain, mnistTest)
}

func (s *settings) zipCodes(files fs.FS) (*examples.Set, error) {
	if Present(files, "usps") {
		return s.usps(files)
	}
	return s.inPlaceOf(uspsSide, zipTrain, zipTest)
}

// inPlaceOf draws digits where files are missing.
func (s *settings) inPlaceOf(side, train, test int) (*examples.Set, error) {
	if n := int(s.num("train")); n > 0 {
		train = n
	}
	if n := int(s.num("test")); n > 0 {
		test = n
	}
	if n := int(s.num("drawn")); n > 0 {
		train, test = min(train, n), min(test, (n+3)/4)
	}
	return s.draw(side, train, test, s.seed)
}

// FilesOf names the set of files that a recipe of that name takes its examples
// from, some only where the files are; it is empty for the others.
func FilesOf(recipe string) string {
	switch recipe {
	case "mnist", "handwriting", "amounts":
		return "mnist"
	case "usps", "zip-codes":
		return "usps"
	case "text":
		return "text"
	}
	return ""
}

// Present reports whether any file of a set is there. Where only some are, a
// recipe is not drawn instead: the missing ones are named.
func Present(files fs.FS, set string) bool {
	for _, f := range Files() {
		if f.Set != set || files == nil {
			continue
		}
		if _, ok := f.find(files); ok {
			return true
		}
	}
	return false
}

// read opens the known file of a name, decodes it, and holds its digest against
// the known one.
func read[T any](files fs.FS, name string, decode func(string, fs.File) (T, string, error)) (got T, err error) {
	f := known(name)
	path, r, err := f.open(files)
	if err != nil {
		return got, err
	}
	defer r.Close()
	got, digest, err := decode(path, r)
	if err != nil {
		return got, err
	}
	return got, f.Verify(path, digest)
}

// known is the file of that name in the table.
func known(name string) File {
	for _, f := range Files() {
		if f.Name == name {
			return f
		}
	}
	panic("dataset: a recipe asks for a file that is not in the table")
}

func decodeIDX(name string, r fs.File) (*IDX, string, error) {
	idx, err := ReadIDX(name, r)
	if err != nil {
		return nil, "", err
	}
	return idx, idx.SHA256, nil
}

// readMNIST reads one part: train or t10k.
func readMNIST(files fs.FS, part string) (*Images, error) {
	images, err := read(files, part+"-images-idx3-ubyte", decodeIDX)
	if err != nil {
		return nil, err
	}
	labels, err := read(files, part+"-labels-idx1-ubyte", decodeIDX)
	if err != nil {
		return nil, err
	}
	return Join(images, labels, 10)
}

func readUSPS(files fs.FS, name string) (*Images, error) {
	return read(files, name, func(name string, r fs.File) (*Images, string, error) {
		im, err := ReadUSPS(name, r)
		if err != nil {
			return nil, "", err
		}
		return im, im.SHA256[0], nil
	})
}

// imageSet makes a set of images: their classes are wanted, no numbers.
func (s *settings) imageSet(name string, train, test *Images) (*examples.Set, error) {
	side := train.Rows
	if s.has("size") {
		side = int(s.num("size"))
	}
	pad := int(s.num("pad"))
	set := &examples.Set{
		Name:  fmt.Sprintf("%s, %d x %d", name, side+2*pad, side+2*pad),
		Shape: []int{1, side + 2*pad, side + 2*pad}, Steps: 1, Classes: train.Classes,
	}
	for _, p := range []struct {
		to   *examples.Part
		from *Images
	}{{&set.Train, train}, {&set.Test, test}} {
		if p.from.Rows != side {
			p.from = p.from.Scaled(side, side)
		}
		*p.to = s.imagePart(p.from, pad)
		s.movePixels(p.to, set.Size())
	}
	s.dealLabels(set.Train.Class)
	return set, nil
}

// movePixels puts the pixels of all pictures into one other order.
func (s *settings) movePixels(p *examples.Part, size int) {
	if s.num("pixels") == 0 {
		return
	}
	order := make([]int32, size)
	st := rng.New(uint64(s.num("pixels"))).Stream("images.pixels")
	st.Perm(order)
	moved := make([]float32, size)
	for at := 0; at < len(p.X); at += size {
		for i, from := range order {
			moved[i] = p.X[at+int(from)]
		}
		copy(p.X[at:at+size], moved)
	}
}

// dealLabels gives every picture the label of another.
func (s *settings) dealLabels(labels []int32) {
	if s.num("labels") == 0 {
		return
	}
	order := make([]int32, len(labels))
	st := rng.New(uint64(s.num("labels"))).Stream("images.labels")
	st.Perm(order)
	for i, from := range order {
		order[i] = labels[from]
	}
	copy(labels, order)
}

// imagePart turns levels into values: bare ground is low, full ink high, and
// every value is rounded once.
func (s *settings) imagePart(im *Images, pad int) examples.Part {
	low, high := s.num("low"), s.num("high")
	lo, span := int64(im.Lo), int64(im.Hi)-int64(im.Lo)
	values := make([]float32, span+1)
	for v := range values {
		values[v] = quotient(low*span+(high-low)*int64(v), span*decimalUnit)
	}
	rows, cols := im.Rows+2*pad, im.Cols+2*pad
	p := examples.Part{N: im.Len(), X: make([]float32, im.Len()*rows*cols), Class: make([]int32, im.Len())}
	if pad > 0 {
		for i := range p.X {
			p.X[i] = values[0]
		}
	}
	for i, label := range im.Labels {
		p.Class[i] = int32(label)
		picture := im.At(i)
		for r := range im.Rows {
			row := p.X[(i*rows+r+pad)*cols+pad:]
			for c := range im.Cols {
				row[c] = values[int64(picture[r*im.Cols+c])-lo]
			}
		}
	}
	return p
}
