package examples

import (
	"fmt"
	"strconv"
	"strings"
)

// Read reads a set as Encode writes it, or else a table as ReadTable does.
func Read(name string, data []byte, steps, outputs int, classes bool) (*Set, error) {
	if Encoded(data) {
		return Decode(data)
	}
	return ReadTable(name, data, steps, outputs, classes)
}

// ReadTable reads examples that a person wrote: a line with a name for each
// column, then a line for each example. The last columns, so many as outputs
// says, are the numbers that are wanted; with classes, the last column is the
// class, counted from 0. Of sequences the columns are all numbers of the first
// step, then those of the next; what is wanted is wanted at the last step, and 0
// stands at those before. Columns are parted by commas, semicolons, tabs or
// blanks; empty lines and lines that begin with # are passed over. Examples
// below a line "test" are for testing. Errors begin with name and line.
func ReadTable(name string, data []byte, steps, outputs int, classes bool) (*Set, error) {
	r := tableReader{name: name, s: &Set{Name: name, Steps: steps, Outputs: outputs}}
	if classes {
		r.s.Outputs, outputs = 0, 1
	}
	r.part = &r.s.Train
	for _, line := range strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		r.line++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := r.read(fields(line), outputs, classes); err != nil {
			return nil, err
		}
	}
	if r.s.Train.N == 0 {
		return nil, r.errorf("no example; below the names of the columns a line for each is wanted, as in: 0 1 1")
	}
	for i := range r.s.Train.Class {
		r.s.Classes = max(r.s.Classes, int(r.s.Train.Class[i])+1, 2)
	}
	for i := range r.s.Test.Class {
		r.s.Classes = max(r.s.Classes, int(r.s.Test.Class[i])+1, 2)
	}
	return r.s, r.s.Check()
}

func fields(line string) []string {
	return strings.FieldsFunc(line, func(c rune) bool { return c == ',' || c == ';' || c == '\t' || c == ' ' })
}

type tableReader struct {
	name  string
	line  int
	s     *Set
	part  *Part
	names []string
}

func (r *tableReader) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.name, max(r.line, 1), fmt.Sprintf(format, args...))
}

// classesMax bounds the number of classes of a table.
const classesMax = 1 << 16

func (r *tableReader) read(f []string, outputs int, classes bool) error {
	switch {
	case r.names == nil:
		if len(f) <= outputs {
			return r.errorf("the first line names the columns: at least one input, then %d wanted", outputs)
		}
		if inputs := len(f) - outputs; inputs%r.s.Steps != 0 {
			return r.errorf("%d columns for inputs, which %d steps do not divide", inputs, r.s.Steps)
		}
		r.names = f
		r.s.Shape = []int{(len(f) - outputs) / r.s.Steps}
		return nil
	case len(f) == 1 && f[0] == "test":
		r.part = &r.s.Test
		return nil
	case len(f) != len(r.names):
		return r.errorf("%d numbers for the %d columns %s", len(f), len(r.names), strings.Join(r.names, " "))
	}
	for i, word := range f {
		v, err := strconv.ParseFloat(word, 32)
		if err != nil || v-v != 0 {
			return r.errorf("%s: %q is not a number", r.names[i], word)
		}
		switch {
		case i < len(f)-outputs:
			r.part.X = append(r.part.X, float32(v))
		case !classes:
			if i == len(f)-outputs {
				r.part.Y = append(r.part.Y, make([]float32, (r.s.Steps-1)*outputs)...)
			}
			r.part.Y = append(r.part.Y, float32(v))
		case v < 0 || v >= classesMax || v != float64(int32(v)):
			return r.errorf("%s: a class is a whole number from 0, not %q", r.names[i], word)
		default:
			r.part.Class = append(r.part.Class, int32(v))
		}
	}
	r.part.N++
	return nil
}
