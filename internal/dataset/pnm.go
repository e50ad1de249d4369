package dataset

import "io"

// pnm reads a portable bitmap (P1, P4) or greymap (P2, P5).
func (s *source) pnm() (*Image, error) {
	magic, err := s.take(2)
	if err != nil {
		return nil, err
	}
	kind := magic[1]
	cols, err := s.headerNumber("the width", imageSideMax)
	if err != nil {
		return nil, err
	}
	rows, err := s.headerNumber("the height", imageSideMax)
	if err != nil {
		return nil, err
	}
	if err := s.size(cols, rows); err != nil {
		return nil, err
	}
	im := &Image{Rows: rows, Cols: cols, Max: 1}
	if kind == '2' || kind == '5' {
		if im.Max, err = s.headerNumber("the largest level", 65535); err != nil {
			return nil, err
		}
		if im.Max == 0 {
			return nil, s.fail("the largest level is 0; want 1..65535")
		}
	}
	if kind >= '4' {
		err = s.packed(im, kind == '4')
	} else {
		err = s.written(im, kind == '1')
	}
	if err == nil {
		err = s.blankEnd()
	}
	if err != nil {
		return nil, err
	}
	return im, nil
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// next returns the next byte that is neither blank nor in a comment.
func (s *source) next() (byte, error) {
	for comment := false; ; {
		c, err := s.ReadByte()
		switch {
		case err != nil:
			return 0, s.at(err)
		case comment:
			comment = c != '\n' && c != '\r'
		case c == '#':
			comment = true
		case !isSpace(c):
			return c, nil
		}
	}
}

// headerNumber reads a whole number and the one blank behind it.
func (s *source) headerNumber(what string, limit int) (int, error) {
	v, err := s.number(what, limit)
	if err != nil {
		return 0, err
	}
	c, err := s.ReadByte()
	if err != nil {
		return 0, s.at(err)
	}
	if !isSpace(c) {
		return 0, s.fail("%q after %s; want a blank", c, what)
	}
	return v, nil
}

// number reads a whole number up to what is no digit.
func (s *source) number(what string, limit int) (int, error) {
	c, err := s.next()
	if err != nil {
		return 0, err
	}
	v := 0
	for digits := 0; ; digits++ {
		if c < '0' || c > '9' {
			if digits == 0 {
				return 0, s.fail("%q where %s should be; want a whole number", c, what)
			}
			return v, s.UnreadByte()
		}
		if v = 10*v + int(c-'0'); v > limit {
			return 0, s.fail("%s is more than %d; want at most that", what, limit)
		}
		if c, err = s.ReadByte(); err == io.EOF {
			return v, nil
		} else if err != nil {
			return 0, s.at(err)
		}
	}
}

// written reads levels in decimal, or single digits 0 and 1 with 1 for black.
func (s *source) written(im *Image, bits bool) error {
	for range im.Rows * im.Cols {
		if !bits {
			v, err := s.number("a level", im.Max)
			if err != nil {
				return err
			}
			im.Levels = append(im.Levels, uint16(v))
			continue
		}
		c, err := s.next()
		if err != nil {
			return err
		}
		if c != '0' && c != '1' {
			return s.fail("%q where a pixel should be; want 0 or 1", c)
		}
		im.Levels = append(im.Levels, uint16('1'-c))
	}
	return nil
}

// packed reads rows of bytes: eight pixels to a byte with 1 for black, or one
// level in one byte, or in two where Max needs them, high byte first.
func (s *source) packed(im *Image, bits bool) error {
	width := im.Cols
	switch {
	case bits:
		width = (im.Cols + 7) / 8
	case im.Max > 255:
		width *= 2
	}
	for range im.Rows {
		row, err := s.take(width)
		if err != nil {
			return err
		}
		for col := range im.Cols {
			var v int
			switch {
			case bits:
				v = int(^row[col/8] >> (7 - col%8) & 1)
			case im.Max > 255:
				v = int(row[2*col])<<8 | int(row[2*col+1])
			default:
				v = int(row[col])
			}
			if v > im.Max {
				return s.fail("a level of %d in the row before this; want at most %d", v, im.Max)
			}
			im.Levels = append(im.Levels, uint16(v))
		}
	}
	return nil
}

// blankEnd checks that nothing but blanks follows the picture.
func (s *source) blankEnd() error {
	for {
		c, err := s.ReadByte()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return s.at(err)
		case !isSpace(c):
			return s.fail("more data after the last row; want one picture in the file")
		}
	}
}
