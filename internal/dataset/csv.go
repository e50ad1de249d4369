package dataset

import (
	"bytes"
	"errors"
	"io"
	"strconv"
)

// Bounds of a CSV file.
const (
	csvColsMax  = 4096
	csvCellsMax = 1 << 24
)

// Numbers is a table of numbers as a CSV file holds it.
type Numbers struct {
	Names  []string // of the columns; empty where the file has no head line
	Cols   int
	Values []float32 // [Rows][Cols], row-major; each finite, rounded once to nearest even
	SHA256 string    // of the uncompressed file
}

// Rows is the number of rows.
func (n *Numbers) Rows() int { return len(n.Values) / n.Cols }

// ReadCSV reads a table of numbers with commas between, gzip or not, LF or
// CRLF; empty lines count for nothing. A first line without any number names
// the columns; a name may stand in double quotes. Every further field is a
// decimal number: NaN, infinities and what does not fit a float32 are refused.
// Errors say "NAME:LINE: what is wrong; what would be right".
func ReadCSV(name string, r io.Reader) (*Numbers, error) {
	s, err := open(name, r)
	if err != nil {
		return nil, err
	}
	n := &Numbers{}
	var buffer []byte
	for {
		line, err := s.nextLine(&buffer)
		if err == io.EOF {
			break
		}
		if err == nil && len(bytes.TrimSpace(line)) > 0 {
			err = s.csvLine(line, n)
		}
		if err != nil {
			return nil, err
		}
	}
	if len(n.Values) == 0 {
		return nil, s.failLine("no rows; want at least one line of numbers")
	}
	n.SHA256 = s.digest()
	return n, nil
}

// csvLine takes over one line: the names of the columns or a row.
func (s *source) csvLine(line []byte, n *Numbers) error {
	fields, err := s.csvFields(line)
	if err != nil {
		return err
	}
	if n.Cols == 0 {
		n.Cols = len(fields)
		if headLine(fields) {
			for _, f := range fields {
				n.Names = append(n.Names, string(f))
			}
			return nil
		}
	}
	if len(fields) != n.Cols {
		return s.failLine("%d columns; want %d as in the first line", len(fields), n.Cols)
	}
	if len(n.Values)+n.Cols > csvCellsMax {
		return s.failLine("more than %d numbers; want a smaller table", csvCellsMax)
	}
	for i, field := range fields {
		v, err := finite(field)
		if err != nil {
			return s.failLine("column %d: %s %v; want a decimal number", i+1, quote(field), err)
		}
		n.Values = append(n.Values, v)
	}
	return nil
}

// csvFields cuts a line at its commas and takes blanks and quotes off.
func (s *source) csvFields(line []byte) (fields [][]byte, err error) {
	for {
		if len(fields) == csvColsMax {
			return nil, s.failLine("more than %d columns; want fewer", csvColsMax)
		}
		var field []byte
		line = bytes.TrimLeft(line, " \t")
		if len(line) > 0 && line[0] == '"' {
			end := bytes.IndexByte(line[1:], '"')
			if end < 0 {
				return nil, s.failLine("a quote without its end; want both on one line")
			}
			field, line = line[1:1+end], bytes.TrimLeft(line[2+end:], " \t")
			if len(line) > 0 && line[0] != ',' {
				return nil, s.failLine("%s behind a quoted field; want a comma", quote(line))
			}
		} else if end := bytes.IndexByte(line, ','); end >= 0 {
			field, line = line[:end], line[end:]
		} else {
			field, line = line, nil
		}
		fields = append(fields, bytes.TrimSpace(field))
		if len(line) == 0 {
			return fields, nil
		}
		line = line[1:]
	}
}

// headLine says that no field is, or is meant as, a number.
func headLine(fields [][]byte) bool {
	for _, field := range fields {
		if _, err := strconv.ParseFloat(string(field), 32); err == nil || errors.Is(err, strconv.ErrRange) {
			return false
		}
	}
	return true
}

var (
	errNoNumber = errors.New("is not a number")
	errTooLarge = errors.New("is too large for a float32")
)

// finite reads a decimal number, rounded once.
func finite(field []byte) (float32, error) {
	if len(bytes.Trim(field, "0123456789.eE+-")) > 0 {
		return 0, errNoNumber
	}
	v, err := strconv.ParseFloat(string(field), 32)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return 0, errTooLarge
	case err != nil:
		return 0, errNoNumber
	}
	return float32(v), nil
}
