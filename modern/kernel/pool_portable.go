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

// avgPoolPortable is the definition of AvgPool for one plane.
func avgPoolPortable(c *conv, y, x []float32) {
	fill(y, 0)
	for oy := range c.outH {
		row := y[oy*c.outW:][:c.outW]
		for ky := range c.KH {
			iy := oy*c.StrideY + ky - c.PadY
			if iy < 0 || iy >= c.InH {
				continue
			}
			for kx := range c.KW {
				from, to := c.inside(kx)
				for ox := from; ox < to; ox++ {
					row[ox] += x[iy*c.InW+ox*c.StrideX+kx-c.PadX]
				}
			}
		}
		for ox := range row {
			row[ox] /= float32(c.KH * c.KW)
		}
	}
}

// avgPoolGradPortable is the definition of AvgPoolGrad for one plane.
func avgPoolGradPortable(c *conv, dx, dy []float32) {
	fill(dx, 0)
	for i, v := range dy {
		top, left := i/c.outW*c.StrideY-c.PadY, i%c.outW*c.StrideX-c.PadX
		v /= float32(c.KH * c.KW)
		for iy := max(top, 0); iy < min(top+c.KH, c.InH); iy++ {
			for ix := max(left, 0); ix < min(left+c.KW, c.InW); ix++ {
				dx[iy*c.InW+ix] += v
			}
		}
	}
}
