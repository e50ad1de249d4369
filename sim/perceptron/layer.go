package perceptron

import (
	"bytes"

	"perceptarium/sim"
)

// Layer is a fixed first layer: units that fire when the weighted sum of the
// inputs reaches their threshold.
type Layer struct {
	Units  []string // their names
	Values []int64  // [units][1+inputs]: threshold, then weights
}

const layerHead = "unit threshold"

// ReadLayer reads the layer before a table: a line "unit threshold" followed by
// the names of the table's inputs, then for each unit its name, its threshold
// and its weights, whole numbers all. Columns are parted as in ReadTable.
// Errors begin with name and line.
func ReadLayer(name string, data []byte, table Table) (Layer, error) {
	r := reader{name: name, lines: bytes.Split(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\n"))}
	head := r.next()
	if err := r.layerHeader(head, table); err != nil {
		return Layer{}, err
	}
	var l Layer
	seen := map[string]bool{constantName: true}
	for f := r.next(); f != nil; f = r.next() {
		if len(f) != len(head) {
			return Layer{}, r.errorf("%d values; the first line names %d columns", len(f), len(head))
		}
		if !sim.IsName(f[0]) || seen[f[0]] {
			return Layer{}, r.errorf("%.40q cannot name a unit: want a letter, then letters, digits, - or _, and no name twice", f[0])
		}
		seen[f[0]] = true
		l.Units = append(l.Units, f[0])
		for i, s := range f[1:] {
			d, ok := parseDecimal(s)
			if !ok || d.places > 0 {
				return Layer{}, r.errorf("column %s: want a whole number in -%d..%d, not %.40q", head[1+i], InputMax, InputMax, s)
			}
			l.Values = append(l.Values, d.value)
		}
		if n := len(l.Units); n > UnitsMax || (1+n)*table.Rows() > CellsMax {
			return Layer{}, r.errorf("too many units: at most %d, and units times examples at most %d, fit", UnitsMax, CellsMax)
		}
	}
	if len(l.Units) == 0 {
		return Layer{}, r.errorf("no unit; below the first line a line for each is wanted: name, threshold, weights")
	}
	return l, nil
}

func (r *reader) layerHeader(head []string, table Table) error {
	want := append([]string{"unit", "threshold"}, table.Names...)
	ok := len(head) == len(want)
	for i := 0; ok && i < len(want); i++ {
		ok = head[i] == want[i]
	}
	if !ok {
		return r.errorf("the first line must be %q and the table's inputs in their order: %q", layerHead, want[2:])
	}
	return nil
}
