package dataset

import (
	"bytes"
	"fmt"
	"io"
)

// The zip-code digits are 16 x 16 pixels.
const uspsSide = 16

// decimalUnit is 1 where a number with up to four decimals is read.
const decimalUnit = 10_000

// uspsUnit is 1 in the levels of the zip-code digits: their files write levels
// with up to four decimals.
const uspsUnit = decimalUnit

// ReadUSPS reads zip-code digits as text, gzip or not: on each line the digit
// and 256 grey values in -1..1, row by row, with blanks between. Levels become
// integers in 1/10000. Errors say "NAME:LINE: what is wrong; what would be
// right".
func ReadUSPS(name string, r io.Reader) (*Images, error) {
	s, err := open(name, r)
	if err != nil {
		return nil, err
	}
	set := &Images{Rows: uspsSide, Cols: uspsSide, Lo: -uspsUnit, Hi: uspsUnit, Classes: 10}
	var buffer []byte
	for {
		line, err := s.nextLine(&buffer)
		if err == io.EOF {
			break
		}
		if err == nil && len(bytes.TrimSpace(line)) > 0 {
			err = s.uspsLine(line, set)
		}
		if err != nil {
			return nil, err
		}
	}
	if set.Len() == 0 {
		return nil, s.failLine("no digits; want lines of a digit and 256 grey values")
	}
	set.SHA256 = []string{s.digest()}
	return set, nil
}

// uspsLine adds the digit of one line to the set.
func (s *source) uspsLine(line []byte, set *Images) error {
	const values = uspsSide * uspsSide
	before := len(set.Pixels)
	for field := 0; ; field++ {
		line = bytes.TrimLeft(line, " \t")
		if len(line) == 0 {
			if field != values+1 {
				return s.failLine("%d values; want the digit and %d grey values", field, values)
			}
			return nil
		}
		end := bytes.IndexAny(line, " \t")
		if end < 0 {
			end = len(line)
		}
		v, ok := decimal(line[:end])
		switch {
		case field == 0 && (!ok || v < 0 || v > 9*uspsUnit || v%uspsUnit != 0):
			return s.failLine("%s where the digit should be; want 0..9", quote(line[:end]))
		case field == 0:
			set.Labels = append(set.Labels, uint8(v/uspsUnit))
		case !ok || v < -uspsUnit || v > uspsUnit:
			return s.failLine("%s as grey value %d; want a number in -1..1 with at most four decimals", quote(line[:end]), field)
		case len(set.Pixels)-before < values:
			set.Pixels = append(set.Pixels, int16(v))
		}
		line = line[end:]
	}
}

// decimal reads a number like -0.6310 in 1/10000, of a size that such a file
// may hold.
func decimal(text []byte) (v int64, ok bool) {
	negative := false
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		negative = text[0] == '-'
		text = text[1:]
	}
	digits, decimals := 0, -1
	for _, c := range text {
		switch {
		case c == '.' && decimals < 0:
			decimals = 0
			continue
		case c < '0' || c > '9' || v > 1<<32 || decimals >= 4 && c != '0':
			return 0, false
		case decimals < 4:
			v = 10*v + int64(c-'0')
			if decimals >= 0 {
				decimals++
			}
		}
		digits++
	}
	for range 4 - max(decimals, 0) {
		v *= 10
	}
	if negative {
		v = -v
	}
	return v, digits > 0
}

// quote shows a field of a file, cut where it is long.
func quote(field []byte) string {
	const shown = 24
	if len(field) > shown {
		return fmt.Sprintf("%q...", field[:shown])
	}
	return fmt.Sprintf("%q", field)
}
