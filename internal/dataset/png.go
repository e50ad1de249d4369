package dataset

import (
	"bytes"
	"errors"
	"image/png"
	"io"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// png reads a PNG; its measures are checked before it is decoded.
func (s *source) png() (*Image, error) {
	var head bytes.Buffer
	config, err := png.DecodeConfig(io.TeeReader(s, &head))
	if err != nil {
		return nil, s.damaged(err)
	}
	if err := s.size(config.Width, config.Height); err != nil {
		return nil, err
	}
	decoded, err := png.Decode(io.MultiReader(&head, s))
	if err != nil {
		return nil, s.damaged(err)
	}
	b := decoded.Bounds()
	im := &Image{Rows: b.Dy(), Cols: b.Dx(), Max: 65535, Levels: make([]uint16, 0, b.Dx()*b.Dy())}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			red, green, blue, alpha := decoded.At(x, y).RGBA()
			grey := (19595*red + 38470*green + 7471*blue + 1<<15) >> 16
			im.Levels = append(im.Levels, uint16(grey+65535-alpha))
		}
	}
	return im, nil
}

func (s *source) damaged(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, errTooLong) {
		return s.at(err)
	}
	return s.fail("the PNG cannot be read (%v); want an intact one", err)
}
