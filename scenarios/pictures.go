package scenarios

import (
	"bytes"

	"perceptarium/internal/dataset"
	"perceptarium/sim"
)

// retinaName is the control to which cards are shown.
const retinaName = "retina"

// Picture implements script.House: a PBM, PGM or PNG file scaled to a retina.
// White paper is light and black ink is dark, as before a lens.
func (House) Picture(c *sim.Control, name string, data []byte) (cells []int64, ok bool, err error) {
	if c.Name != retinaName {
		return nil, false, nil
	}
	p, err := dataset.ReadPicture(name, bytes.NewReader(data), c.Rows, c.Cols)
	if err != nil {
		return nil, true, err
	}
	return levels(p, c), true, nil
}

// levels takes a picture's cells over to the scale of a control.
func levels(p dataset.Picture, c *sim.Control) []int64 {
	if c.Max != dataset.LevelMax {
		for i, v := range p.Cells {
			p.Cells[i] = v * c.Max / dataset.LevelMax
		}
	}
	return p.Cells
}
