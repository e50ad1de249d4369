package kernel

// Pool is the shape of a pooling: Planes pictures of InH x InW, each of which
// gives one of OutH x OutW. Strides of 0 mean 1.
type Pool struct {
	Planes           int
	InH, InW         int
	KH, KW           int
	StrideY, StrideX int
	PadY, PadX       int
}

// OutH is the height of the result.
func (p Pool) OutH() int { return extent(p.InH, p.KH, p.StrideY, p.PadY, 1) }

// OutW is the width of the result.
func (p Pool) OutW() int { return extent(p.InW, p.KW, p.StrideX, p.PadX, 1) }

// resolve describes the pooling as a convolution of one channel.
func (p Pool) resolve() conv {
	if 2*p.PadY > p.KH || 2*p.PadX > p.KW {
		panic("kernel: padding of a pooling beyond half its kernel")
	}
	if min(p.InH, p.InW) == 0 && min(p.OutH(), p.OutW()) > 0 {
		panic("kernel: pooling of nothing but padding")
	}
	return Conv{
		Batch: p.Planes, InC: 1, InH: p.InH, InW: p.InW, OutC: 1, KH: p.KH, KW: p.KW,
		StrideY: p.StrideY, StrideX: p.StrideX, PadY: p.PadY, PadX: p.PadX,
	}.resolve()
}

func (c *conv) checkPool(x, y *[]float32) {
	*x = checkRows(*x, c.Batch, c.InH*c.InW)
	*y = checkRows(*y, c.Batch, c.outH*c.outW)
	if overlap(*x, *y) {
		panic("kernel: input and output of a pooling overlap")
	}
}

// MaxPool sets y to the greatest element of each window of x, and at to its
// place in its plane.
//
//	best, place := -Inf, the first place of the window inside the picture
//	for ky := range KH { for kx := range KW {
//		v := x[oy*StrideY+ky-PadY][ox*StrideX+kx-PadX], where that is inside
//		if v > best { best, place = v, its row*InW + its column }
//	}}
//	y, at = x[place], place
//
// It panics if the shape is impossible, a slice is too short, or y overlaps x.
func MaxPool(shape Pool, y []float32, at []int32, x []float32) {
	c := shape.resolve()
	c.checkPool(&x, &y)
	if len(at) < len(y) {
		panic("kernel: at too short for the result of a pooling")
	}
	for p := range c.Batch {
		area := c.outH * c.outW
		maxPool(&c, y[p*area:][:area], at[p*area:][:area], plane(x, 1, c.InH*c.InW, p, 0))
	}
}

// MaxPoolGrad carries dy back through MaxPool: each element is added to dx,
// which starts from +0, at the place that MaxPool found, in order.
func MaxPoolGrad(shape Pool, dx, dy []float32, at []int32) {
	c := shape.resolve()
	c.checkPool(&dx, &dy)
	if len(at) < len(dy) {
		panic("kernel: at too short for the result of a pooling")
	}
	fill(dx, 0)
	for p := range c.Batch {
		area := c.outH * c.outW
		out, place := plane(dx, 1, c.InH*c.InW, p, 0), at[p*area:][:area]
		for i, v := range dy[p*area:][:area] {
			out[place[i]] += v
		}
	}
}

// AvgPool sets y to the mean of each window of x.
//
//	sum := +0
//	for ky := range KH { for kx := range KW { sum += x[oy*StrideY+ky-PadY][ox*StrideX+kx-PadX], where that is inside }}
//	y = sum / (KH*KW)
//
// It panics as MaxPool.
func AvgPool(shape Pool, y, x []float32) {
	c := shape.resolve()
	c.checkPool(&x, &y)
	fill(y, 0)
	for p := range c.Batch {
		out := plane(y, 1, c.outH*c.outW, p, 0)
		in := plane(x, 1, c.InH*c.InW, p, 0)
		for oy := range c.outH {
			c.addTaps(out[oy*c.outW:][:c.outW], in, oy)
		}
	}
	element(&stream{n: len(y), p: [6]*float32{ptr(y), ptr(y)}, c: [8]float32{float32(c.KH * c.KW)}}, opQuotient)
}

// addTaps adds to row, output row oy, what each tap sees.
func (c *conv) addTaps(row, in []float32, oy int) {
	for ky := range c.KH {
		iy := oy*c.StrideY + ky - c.PadY
		if iy < 0 || iy >= c.InH {
			continue
		}
		for kx := range c.KW {
			if from, to := c.inside(kx); from < to {
				gather(row[from:to], in[iy*c.InW:][:c.InW][from*c.StrideX+kx-c.PadX:], c.StrideX)
			}
		}
	}
}

// AvgPoolGrad carries dy back through AvgPool.
//
//	dx[...] = +0
//	for each place (oy, ox) { for ky := range KH { for kx := range KW {
//		dx[oy*StrideY+ky-PadY][ox*StrideX+kx-PadX] += dy[oy][ox] / (KH*KW), where that is inside
//	}}}
//
// It panics as MaxPool.
func AvgPoolGrad(shape Pool, dx, dy []float32) {
	c := shape.resolve()
	c.checkPool(&dx, &dy)
	fill(dx, 0)
	s := scratches.get()
	row := room(&s.a, c.outW)
	for p := range c.Batch {
		out := plane(dx, 1, c.InH*c.InW, p, 0)
		for oy := range c.outH {
			d := plane(dy, 1, c.outH*c.outW, p, 0)[oy*c.outW:][:c.outW]
			elementwise(&stream{n: len(row), p: [6]*float32{ptr(row), ptr(d)}, c: [8]float32{float32(c.KH * c.KW)}}, opQuotient)
			c.spreadTaps(out, row, oy)
		}
	}
	scratches.put(s)
}

// spreadTaps adds row, of output row oy, to what each tap saw. An input element
// gets what different output columns give it in their order, which is that of
// the tap columns turned round.
func (c *conv) spreadTaps(out, row []float32, oy int) {
	for ky := range c.KH {
		iy := oy*c.StrideY + ky - c.PadY
		if iy < 0 || iy >= c.InH {
			continue
		}
		for kx := c.KW - 1; kx >= 0; kx-- {
			c.spread(out[iy*c.InW:][:c.InW], row, kx)
		}
	}
}

// gather adds src[j*stride] to each dst[j].
func gather(dst, src []float32, stride int) {
	if stride == 1 {
		src = src[:len(dst)]
		elementwise(&stream{n: len(dst), p: [6]*float32{ptr(dst), ptr(dst), ptr(src)}}, opAdd)
		return
	}
	for j := range dst {
		dst[j] += src[j*stride]
	}
}
