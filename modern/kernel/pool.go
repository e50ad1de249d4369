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
	runPool(poolTask{conv: c, op: poolMax, x: x, y: y, at: at})
}

// MaxPoolGrad carries dy back through MaxPool: each element is added to dx,
// which starts from +0, at the place that MaxPool found, in order.
func MaxPoolGrad(shape Pool, dx, dy []float32, at []int32) {
	c := shape.resolve()
	c.checkPool(&dx, &dy)
	if len(at) < len(dy) {
		panic("kernel: at too short for the result of a pooling")
	}
	runPool(poolTask{conv: c, op: poolMaxGrad, x: dx, y: dy, at: at})
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
	runPool(poolTask{conv: c, op: poolAvg, x: x, y: y})
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
	runPool(poolTask{conv: c, op: poolAvgGrad, x: dx, y: dy})
}

// poolTask is a pooling or a gradient of one, shared out by planes.
type poolTask struct {
	conv
	op    poolcode
	x, y  []float32
	at    []int32
	group int // planes of one part
}

type poolcode uint8

const (
	poolMax poolcode = iota
	poolMaxGrad
	poolAvg
	poolAvgGrad
)

var poolTasks = freeList[poolTask]{fresh: func() *poolTask { return new(poolTask) }}

func runPool(with poolTask) {
	if len(with.y) == 0 {
		if with.op == poolMaxGrad || with.op == poolAvgGrad {
			clear(with.x)
		}
		return
	}
	t := poolTasks.get()
	*t = with
	t.group = t.Batch
	if len(t.x) >= 2*elementsPart {
		t.group = max(1, elementsPart/(t.InH*t.InW))
	}
	share((t.Batch+t.group-1)/t.group, t)
	*t = poolTask{}
	poolTasks.put(t)
}

func (t *poolTask) part(i int, s *scratch) {
	in, out := t.InH*t.InW, t.outH*t.outW
	for p := i * t.group; p < min((i+1)*t.group, t.Batch); p++ {
		x, y := t.x[p*in:][:in], t.y[p*out:][:out]
		switch t.op {
		case poolMax:
			maxPool(&t.conv, y, t.at[p*out:][:out], x, s)
		case poolMaxGrad:
			maxPoolGrad(x, y, t.at[p*out:][:out])
		case poolAvg:
			avgPool(&t.conv, y, x, s)
		case poolAvgGrad:
			avgPoolGrad(&t.conv, x, y, s)
		}
	}
}

func maxPoolGrad(dx, dy []float32, at []int32) {
	clear(dx)
	for i, v := range dy {
		dx[at[i]] += v
	}
}
