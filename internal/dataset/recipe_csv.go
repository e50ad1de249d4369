package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"perceptarium/modern/examples"
	"perceptarium/sim"
)

// OwnFolder is where tables of the user's own lie in the folder of data.
const OwnFolder = "own"

const csvEnding = ".csv"

func csvRecipe() Recipe {
	return Recipe{"csv", "a table of your own, from own/FILE.csv in the folder of data: the last columns are wanted, the others go in", []Param{
		{Name: "file", Kind: Name, Default: "table", Doc: "its name without .csv"},
		{Name: "wanted", Kind: Word, Default: "class", Words: []string{"class", "numbers"}, Doc: "class: the last column counts from 0"},
		countParam("columns", "1", 1, csvColsMax-1, "how many of the last columns are wanted, where they are numbers"),
		countParam("test", "0", 0, csvCellsMax, "how many of the last rows are for testing"),
		{Name: "scale", Kind: Word, Default: "no", Words: []string{"no", "yes"}, Doc: "yes: each input so that it runs from -1 to 1 in training"},
		{Name: "seed", Kind: Number, Default: "0", Max: 1<<31 - 1, Doc: "0: in the order of the file; else shuffled first"},
	}, (*settings).csv}
}

// csvPath is where the table of that name belongs.
func csvPath(name string) string { return path.Join(OwnFolder, name+csvEnding) }

// OwnTable reads a table of the user's own and says where it belongs in the
// folder of data; ok is false where its name does not end in .csv, with .gz or
// without.
func OwnTable(name string, data []byte) (file string, n *Numbers, ok bool, err error) {
	base := strings.TrimSuffix(baseOf(name), csvEnding)
	if base == baseOf(name) {
		return "", nil, false, nil
	}
	if !sim.IsName(base) {
		return "", nil, true, fmt.Errorf("%s: want a name of a letter, then letters, digits, - or _, and .csv", name)
	}
	n, err = ReadCSV(name, strings.NewReader(string(data)))
	return csvPath(base), n, true, err
}

func (s *settings) csv(files fs.FS) (*examples.Set, error) {
	n, err := s.table(files)
	if err != nil {
		return nil, err
	}
	outputs := 1
	if s.word("wanted") == "numbers" {
		outputs = int(s.num("columns"))
	}
	if n.Cols <= outputs {
		return nil, fmt.Errorf("csv: %s has %d columns; want %d that are wanted, and at least one more", s.word("file"), n.Cols, outputs)
	}
	tests := int(s.num("test"))
	if tests >= n.Rows() {
		return nil, s.fail("test", "there are %d rows, and some are for training", n.Rows())
	}
	set := &examples.Set{Name: s.word("file") + csvEnding, Shape: []int{n.Cols - outputs}, Steps: 1, Outputs: outputs}
	rows := s.order("csv", n.Rows())
	cut := len(rows) - tests
	set.Train, set.Test = csvPart(n, rows[:cut], outputs), csvPart(n, rows[cut:], outputs)
	if s.word("scale") == "yes" {
		scaleInputs(set)
	}
	if s.word("wanted") == "class" {
		err = s.classesOf(set)
	}
	return set, err
}

// table reads the file that the setting names.
func (s *settings) table(files fs.FS) (*Numbers, error) {
	if files == nil {
		return nil, errors.New("csv: no folder of data is given; want --data DIR or PERCEPTARIUM_DATA with " + csvPath(s.word("file")) + " in it")
	}
	file := csvPath(s.word("file"))
	for _, name := range []string{file, file + gzEnding} {
		n, err := ReadOwn(files, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return n, err
		}
	}
	return nil, fmt.Errorf("csv: the folder of data has no %s, with or without .gz; perceptarium data import puts one there", file)
}

// OwnPaths lists the tables of the user's own in the folder of data.
func OwnPaths(files fs.FS) (list []string) {
	if files == nil {
		return nil
	}
	for _, pattern := range []string{"*" + csvEnding, "*" + csvEnding + gzEnding} {
		found, _ := fs.Glob(files, path.Join(OwnFolder, pattern)) // the patterns are right
		list = append(list, found...)
	}
	slices.Sort(list)
	return list
}

// ReadOwn reads one of them.
func ReadOwn(files fs.FS, name string) (*Numbers, error) {
	r, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return ReadCSV(name, r)
}

func csvPart(n *Numbers, rows []int32, outputs int) (p examples.Part) {
	p.N = len(rows)
	for _, r := range rows {
		row := n.Values[int(r)*n.Cols : (int(r)+1)*n.Cols]
		p.X = append(p.X, row[:n.Cols-outputs]...)
		p.Y = append(p.Y, row[n.Cols-outputs:]...)
	}
	return p
}

// scaleInputs moves each input so that it runs from -1 to 1 in training; one
// that never changes there becomes 0. Differences and quotients are rounded
// once each, in float32.
func scaleInputs(set *examples.Set) {
	in := set.Size()
	for c := range in {
		var column []float32
		for i := c; i < len(set.Train.X); i += in {
			column = append(column, set.Train.X[i])
		}
		lo, hi := slices.Min(column), slices.Max(column)
		middle, half := lo/2+hi/2, hi/2-lo/2
		for _, x := range [][]float32{set.Train.X, set.Test.X} {
			for i := c; i < len(x); i += in {
				if half == 0 {
					x[i] = 0
					continue
				}
				x[i] = (x[i] - middle) / half
			}
		}
	}
}

// classesMax bounds the classes of a table.
const classesMax = 1 << 16

// classesOf turns the wanted column into classes, of which no numbers are wanted.
func (s *settings) classesOf(set *examples.Set) error {
	for _, p := range []*examples.Part{&set.Train, &set.Test} {
		for _, y := range p.Y {
			if y < 0 || y >= classesMax || y != float32(int32(y)) {
				return fmt.Errorf("csv: %s has the class %v; want whole numbers from 0 to %d in the last column, or wanted=numbers", s.word("file"), y, classesMax-1)
			}
			p.Class = append(p.Class, int32(y))
			set.Classes = max(set.Classes, int(y)+1, 2)
		}
		p.Y = nil
	}
	set.Outputs = 0
	return nil
}
