package kernel

import "math"

// maxPoolPortable is the definition of MaxPool for one plane.
func maxPoolPortable(c *conv, y []float32, at []int32, x []float32) {
	for oy := range c.outH {
		for ox := range c.outW {
			place := c.maxTap(x, oy, ox)
			y[oy*c.outW+ox], at[oy*c.outW+ox] = x[place], int32(place)
		}
	}
}

// maxTap returns the place of the greatest element of one window.
func (c *conv) maxTap(x []float32, oy, ox int) int {
	top, left := oy*c.StrideY-c.PadY, ox*c.StrideX-c.PadX
	best, place := float32(math.Inf(-1)), max(top, 0)*c.InW+max(left, 0)
	for iy := max(top, 0); iy < min(top+c.KH, c.InH); iy++ {
		for ix := max(left, 0); ix < min(left+c.KW, c.InW); ix++ {
			if v := x[iy*c.InW+ix]; v > best {
				best, place = v, iy*c.InW+ix
			}
		}
	}
	return place
}
