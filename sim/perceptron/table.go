package perceptron

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"perceptarium/sim"
)

// Table is a set of examples: rows of inputs, each with a target of 0 or 1. The
// inputs are whole numbers: what the file says, times Scale.
type Table struct {
	Names   []string // of the inputs
	Target  string   // name of the last column
	Scale   int64    // 1, or the power of ten that makes all inputs whole
	Inputs  []int64  // [rows][inputs], row by row
	Targets []int64  // [rows]
}

// Rows is the number of examples.
func (t Table) Rows() int { return len(t.Targets) }

func (t Table) row(i int) []int64 {
	n := len(t.Names)
	return t.Inputs[i*n : i*n+n]
}

// ReadTable reads a table: a line of column names, then a line for each
// example, of which the last column is the target. Columns are parted by
// commas, semicolons, tabs or spaces, as in the first line. Empty lines and
// lines that begin with # are passed over. Numbers are decimals of at most
// DigitsMax places. Errors begin with name and line.
func ReadTable(name string, data []byte) (Table, error) {
	r := reader{name: name, lines: bytes.Split(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\n"))}
	head := r.next()
	if err := r.header(head); err != nil {
		return Table{}, err
	}
	t := Table{Names: head[:len(head)-1], Target: head[len(head)-1], Scale: 1}
	places := 0
	var cells []decimal
	for f := r.next(); f != nil; f = r.next() {
		row, err := r.example(head, f)
		if err != nil {
			return Table{}, err
		}
		n := len(row) - 1
		for _, d := range row[:n] {
			places = max(places, d.places)
		}
		cells = append(cells, row[:n]...)
		t.Targets = append(t.Targets, row[n].value)
		if err := r.room(t.Rows(), len(head)); err != nil {
			return Table{}, err
		}
	}
	if t.Rows() == 0 {
		return Table{}, r.errorf("no example; below the column names a line for each is wanted, as in: 0 1 1")
	}
	return t, r.scale(&t, cells, places)
}

type reader struct {
	name  string
	lines [][]byte
	n     int    // lines read
	sep   string // "," ";" "\t", or "" for spaces; by the first line
}

func (r *reader) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.name, max(r.n, 1), fmt.Sprintf(format, args...))
}

// next returns the fields of the next line that has any; nil at the end.
func (r *reader) next() []string {
	for r.n < len(r.lines) {
		line := strings.TrimSpace(string(r.lines[r.n]))
		r.n++
		if line != "" && line[0] != '#' {
			return r.split(line)
		}
	}
	return nil
}

func (r *reader) split(line string) []string {
	if r.sep == "" {
		r.sep = " "
		for _, sep := range []string{",", ";", "\t"} {
			if strings.Contains(line, sep) {
				r.sep = sep
				break
			}
		}
	}
	if r.sep == " " {
		return strings.Fields(line)
	}
	fields := strings.Split(line, r.sep)
	for i, f := range fields {
		f = strings.TrimSpace(f)
		if len(f) > 1 && f[0] == '"' && f[len(f)-1] == '"' {
			f = f[1 : len(f)-1]
		}
		fields[i] = f
	}
	return fields
}

const constantName = "constant" // the input that every table has besides its own

func (r *reader) header(head []string) error {
	if len(head) < 2 {
		return r.errorf("want the names of at least one input and of the target, as in: x1 x2 y")
	}
	if n := len(head) - 1; n > ColumnsMax {
		return r.errorf("%d inputs; at most %d fit", n, ColumnsMax)
	}
	seen := map[string]bool{constantName: true}
	for _, s := range head {
		if !sim.IsName(s) {
			return r.errorf("the first line names the columns, as in: x1 x2 y; %q is not a name (a letter, then letters, digits, - or _)", s)
		}
		if seen[s] {
			return r.errorf("two columns are called %q; one is the constant input, or there twice: give it another name", s)
		}
		seen[s] = true
	}
	return nil
}

func (r *reader) room(rows, width int) error {
	if rows > RowsMax || rows*width > CellsMax {
		return r.errorf("too many examples: at most %d, and at most %d numbers, fit", RowsMax, CellsMax)
	}
	return nil
}

func (r *reader) example(head, fields []string) ([]decimal, error) {
	if len(fields) != len(head) {
		return nil, r.errorf("%d values; the first line names %d columns", len(fields), len(head))
	}
	row := make([]decimal, len(fields))
	for i, f := range fields {
		d, ok := parseDecimal(f)
		if !ok {
			return nil, r.errorf("column %s: %.40q is not a number of at most %d decimal places within -%d..%d, as in 1 or -0.25", head[i], f, DigitsMax, InputMax, InputMax)
		}
		row[i] = d
	}
	if d := row[len(row)-1]; d.places > 0 || d.value < 0 || d.value > 1 {
		return nil, r.errorf("column %s is the target: want 0 or 1, not %q", head[len(row)-1], fields[len(row)-1])
	}
	return row, nil
}

// scale makes the inputs whole.
func (r *reader) scale(t *Table, cells []decimal, places int) error {
	for range places {
		t.Scale *= 10
	}
	t.Inputs = make([]int64, len(cells))
	for i, d := range cells {
		v := d.value
		for range places - d.places {
			v *= 10
		}
		if v > InputMax || v < -InputMax {
			return fmt.Errorf("%s:1: column %s holds a number that is %d when the decimals of the table are made whole; at most %d fits: use fewer decimal places, or another unit", r.name, t.Names[i%len(t.Names)], v, InputMax)
		}
		t.Inputs[i] = v
	}
	return nil
}

// decimal is value / 10^places.
type decimal struct {
	value  int64
	places int
}

// parseDecimal reads a whole number or a decimal; zeros at the end of the
// decimals do not count.
func parseDecimal(s string) (decimal, bool) {
	whole, frac, _ := strings.Cut(s, ".")
	digits := strings.TrimLeft(whole, "+-")
	if len(whole)-len(digits) > 1 || digits+frac == "" || !allDigits(digits+frac) {
		return decimal{}, false
	}
	if frac = strings.TrimRight(frac, "0"); len(frac) > DigitsMax {
		return decimal{}, false
	}
	v, err := strconv.ParseInt("0"+digits+frac, 10, 64)
	if err != nil || v > InputMax {
		return decimal{}, false
	}
	if strings.HasPrefix(whole, "-") {
		v = -v
	}
	return decimal{v, len(frac)}, true
}

func allDigits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
