package kernel

import "perceptarium/modern/f32"

// sample writes to row what tap (ky, kx) sees of the plane x for output row oy:
// the input at each place, +0 beyond the border.
func (c *conv) sample(row, plane []float32, oy, ky, kx int) {
	iy := oy*c.StrideY + ky*c.DilateY - c.PadY
	if iy < 0 || iy >= c.InH {
		fill(row, 0)
		return
	}
	line := plane[iy*c.InW:][:c.InW]
	from, to := c.inside(kx)
	fill(row[:from], 0)
	fill(row[to:], 0)
	if from == to {
		return
	}
	ix := from*c.StrideX + kx*c.DilateX - c.PadX
	if c.StrideX == 1 {
		copy(row[from:to], line[ix:])
		return
	}
	for ox := from; ox < to; ox++ {
		row[ox] = line[ix]
		ix += c.StrideX
	}
}

// inside returns the range of output columns for which tap column kx lies
// inside the picture.
func (c *conv) inside(kx int) (from, to int) {
	offset := kx*c.DilateX - c.PadX // of the input column for output column 0
	if offset < 0 {
		from = min((-offset+c.StrideX-1)/c.StrideX, c.outW)
	}
	if room := c.InW - offset; room > 0 {
		to = min((room+c.StrideX-1)/c.StrideX, c.outW)
	}
	return from, max(from, to)
}

// plane returns picture b, channel i of v, whose pictures have that many
// channels and elements in a channel.
func plane(v []float32, channels, area, b, i int) []float32 {
	return v[(b*channels+i)*area:][:area]
}

// convForwardPortable is the definition of ConvForward, row by row.
func convForwardPortable(c *conv, y, x, w, bias []float32, act Act) {
	s := scratches.get()
	defer scratches.put(s)
	row := room(&s.a, c.outW)
	area := c.outH * c.outW
	for b := range c.Batch {
		for o := range c.OutC {
			v := float32(0)
			if bias != nil {
				v = bias[o]
			}
			fill(plane(y, c.OutC, area, b, o), v)
		}
		for g := range c.Groups {
			for oy := range c.outH {
				c.forwardRow(y, x, w, row, b, g, oy)
			}
		}
	}
	activatePortable(act, y, y)
}

func (c *conv) forwardRow(y, x, w, row []float32, b, g, oy int) {
	for i := range c.inG {
		in := plane(x, c.InC, c.InH*c.InW, b, g*c.inG+i)
		for ky := range c.KH {
			for kx := range c.KW {
				c.sample(row, in, oy, ky, kx)
				tap := (i*c.KH+ky)*c.KW + kx
				for o := g * c.outG; o < (g+1)*c.outG; o++ {
					out := plane(y, c.OutC, c.outH*c.outW, b, o)
					f32.FMARow(out[oy*c.outW:][:c.outW], w[o*c.taps+tap], row)
				}
			}
		}
	}
}

// convDataPortable is the definition of ConvData; dx is zero.
func convDataPortable(c *conv, dx, dy, w []float32) {
	s := scratches.get()
	defer scratches.put(s)
	row := room(&s.a, c.outW)
	for b := range c.Batch {
		for i := range c.InC {
			out := plane(dx, c.InC, c.InH*c.InW, b, i)
			for ky := range c.KH {
				for kx := range c.KW {
					for oy := range c.outH {
						c.dataRow(out, dy, w, row, b, i, ky, kx, oy)
					}
				}
			}
		}
	}
}

func (c *conv) dataRow(out, dy, w, row []float32, b, i, ky, kx, oy int) {
	iy := oy*c.StrideY + ky*c.DilateY - c.PadY
	if iy < 0 || iy >= c.InH {
		return
	}
	g := i / c.inG
	tap := (i%c.inG*c.KH+ky)*c.KW + kx
	fill(row, 0)
	for o := g * c.outG; o < (g+1)*c.outG; o++ {
		f32.FMARow(row, w[o*c.taps+tap], plane(dy, c.OutC, c.outH*c.outW, b, o)[oy*c.outW:][:c.outW])
	}
	c.spread(out[iy*c.InW:][:c.InW], row, kx)
}

// spread adds to line, a row of the input, the sums of row that tap column kx
// carries there.
func (c *conv) spread(line, row []float32, kx int) {
	from, to := c.inside(kx)
	if from == to {
		return
	}
	ix := from*c.StrideX + kx*c.DilateX - c.PadX
	if c.StrideX == 1 {
		line, row = line[ix:][:to-from], row[from:to]
		elementwise(&stream{n: len(line), p: [6]*float32{ptr(line), ptr(line), ptr(row)}}, opAdd)
		return
	}
	for ox := from; ox < to; ox++ {
		line[ix] += row[ox]
		ix += c.StrideX
	}
}

// convWeightsPortable is the definition of ConvWeights.
func convWeightsPortable(c *conv, dw, x, dy []float32) {
	s := scratches.get()
	defer scratches.put(s)
	row := room(&s.a, c.outW)
	for b := range c.Batch {
		for i := range c.InC {
			in := plane(x, c.InC, c.InH*c.InW, b, i)
			for ky := range c.KH {
				for kx := range c.KW {
					for oy := range c.outH {
						c.sample(row, in, oy, ky, kx)
						c.weightsRow(dw, dy, row, b, i, ky, kx, oy)
					}
				}
			}
		}
	}
}

func (c *conv) weightsRow(dw, dy, row []float32, b, i, ky, kx, oy int) {
	g := i / c.inG
	tap := (i%c.inG*c.KH+ky)*c.KW + kx
	for o := g * c.outG; o < (g+1)*c.outG; o++ {
		d := plane(dy, c.OutC, c.outH*c.outW, b, o)[oy*c.outW:][:c.outW]
		sum := dw[o*c.taps+tap]
		for ox, v := range row {
			sum = f32.FMA(d[ox], v, sum)
		}
		dw[o*c.taps+tap] = sum
	}
}
