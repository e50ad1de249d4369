package dataset

import (
	"fmt"
	"io"
)

// Bounds of a picture file.
const (
	imageSideMax  = 4096
	imageCellsMax = 1 << 22
)

// Image is a picture as a file holds it, in shades of grey.
type Image struct {
	Rows, Cols int
	Max        int      // the brightest level that the file may hold
	Levels     []uint16 // [Rows][Cols], row-major; 0 is black, Max is white
}

// ReadPicture reads a PBM, PGM (P1, P2, P4, P5) or PNG file and scales it to a
// retina of rows x cols. name is what errors call the file; they say
// "NAME: byte N: what is wrong; what would be right". Black ink gives level 0
// and white paper LevelMax: Picture.Invert makes the ink bright.
func ReadPicture(name string, r io.Reader, rows, cols int) (Picture, error) {
	im, err := ReadImage(name, r)
	if err != nil {
		return Picture{}, err
	}
	return im.Scale(rows, cols), nil
}

// ReadImage reads a PBM, PGM or PNG file of at most 4096 pixels on a side and
// 4,194,304 in all. A PNG's colours become grey by the weights 0.299, 0.587 and
// 0.114 in 16 bits, its transparent parts white.
func ReadImage(name string, r io.Reader) (*Image, error) {
	s, err := open(name, r)
	if err != nil {
		return nil, err
	}
	head, err := s.Peek(8)
	if err != nil && err != io.EOF {
		return nil, s.at(err)
	}
	text := string(head)
	switch {
	case text == pngMagic:
		return s.png()
	case len(text) >= 2 && text[0] == 'P' && (text[1] == '1' || text[1] == '2' || text[1] == '4' || text[1] == '5'):
		return s.pnm()
	}
	return nil, s.fail("%s; want PBM or PGM (P1, P2, P4, P5) or PNG", foreign(text))
}

// foreign names a file by its first bytes.
func foreign(head string) string {
	for _, known := range []struct{ magic, name string }{
		{"P3", "a colour picture (PPM)"}, {"P6", "a colour picture (PPM)"}, {"P7", "a PAM picture"},
		{"\xff\xd8", "a JPEG picture"}, {"GIF8", "a GIF picture"}, {"BM", "a BMP picture"}, {"RIFF", "a WebP picture"},
		{"II*\x00", "a TIFF picture"}, {"MM\x00*", "a TIFF picture"}, {"%PDF", "a PDF document"}, {"<", "a text in angle brackets (SVG?)"},
	} {
		if len(head) >= len(known.magic) && head[:len(known.magic)] == known.magic {
			return "this is " + known.name
		}
	}
	if head == "" {
		return "the file is empty"
	}
	return fmt.Sprintf("this begins with %q, not as a picture does", head[:min(len(head), 4)])
}

// size checks a picture's measures before memory is taken for it.
func (s *source) size(cols, rows int) error {
	if cols < 1 || rows < 1 || cols > imageSideMax || rows > imageSideMax || cols*rows > imageCellsMax {
		return s.fail("%d x %d pixels; want 1..%d on a side and at most %d in all", cols, rows, imageSideMax, imageCellsMax)
	}
	return nil
}

// Scale makes a picture of rows x cols by area: each cell takes the mean of
// what lies under it, pixels that it shares counting by their share, in exact
// integers and rounded once, halves up. The picture fills the retina, whatever
// its own shape. Scale panics if rows or cols is not positive.
func (im *Image) Scale(rows, cols int) Picture {
	s := newScaler(im.Rows, im.Cols, rows, cols)
	p := Picture{rows, cols, make([]int64, rows*cols)}
	whole := s.whole * int64(im.Max)
	for i, sum := range s.sums(func(i int) int64 { return int64(im.Levels[i]) }) {
		p.Cells[i] = (2*sum*LevelMax + whole) / (2 * whole)
	}
	return p
}
