package nn

import "perceptarium/modern/kernel"

// Pool is a layer that makes one number of each window of a map.
type Pool struct {
	KH, KW, StrideY, StrideX int // strides of 0: as the window
	PadY, PadX               int
	Average                  bool // the mean, else the greatest
}

// Pool adds pooling of x [maps][height][width]. The greatest number carries the
// gradient; of equals the first.
func (n *Net) Pool(name string, x *Value, p Pool) *Value {
	if len(x.Shape) != 3 || x.Steps != 1 {
		panic("nn: pooling sees maps x height x width")
	}
	if p.StrideY == 0 {
		p.StrideY, p.StrideX = p.KH, p.KW
	}
	op := &pool{base: base{name, n}, x: x, average: p.Average, shape: kernel.Pool{
		InH: x.Shape[1], InW: x.Shape[2],
		KH: p.KH, KW: p.KW, StrideY: p.StrideY, StrideX: p.StrideX, PadY: p.PadY, PadX: p.PadX}}
	h, w := op.shape.OutH(), op.shape.OutW()
	if h < 1 || w < 1 {
		panic("nn: a window larger than its picture")
	}
	op.y = n.value(name, []int{x.Shape[0], h, w}, 1, true)
	if !p.Average {
		n.takeInts(&op.at, op.y.Size*n.Batch, 0, x.Shape[1]*x.Shape[2]-1)
	}
	n.need(x.Size * n.Batch)
	n.add(op)
	return op.y
}

type pool struct {
	base
	shape   kernel.Pool
	x, y    *Value
	average bool
	at      []int32 // where the greatest stood
	firstX  bool
}

func (op *pool) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *pool) Parts(back bool) []Part {
	rule := "y = greatest of a window of x"
	if op.average {
		rule = "y = mean of a window of x"
	}
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: rule, Out: op.out}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = dy where it came from", Out: op.xGrad}}
	}
	return nil
}

func (op *pool) out() []float32   { return op.n.data(op.y) }
func (op *pool) xGrad() []float32 { return op.n.grad(op.x) }

func (op *pool) Run(back bool, _ int) {
	op.shape.Planes = op.n.Rows * op.x.Shape[0]
	if back {
		op.backward()
		return
	}
	if op.average {
		kernel.AvgPool(op.shape, op.out(), op.n.data(op.x))
		return
	}
	kernel.MaxPool(op.shape, op.out(), op.at[:len(op.out())], op.n.data(op.x))
}

func (op *pool) backward() {
	dx := op.xGrad()
	to := dx
	if !op.firstX {
		to = op.n.scratch[:len(dx)]
	}
	if op.average {
		kernel.AvgPoolGrad(op.shape, to, op.n.grad(op.y))
	} else {
		kernel.MaxPoolGrad(op.shape, to, op.n.grad(op.y), op.at[:len(op.n.grad(op.y))])
	}
	if !op.firstX {
		kernel.Add(dx, dx, to)
	}
}

// Scale adds y = act(a x + b) with one learned a and b for each map: after an
// average it is the trainable pooling of 1989 and 1998.
func (n *Net) Scale(name string, x *Value, act kernel.Act, a, b Init) *Value {
	op := &scaled{base: base{name, n}, x: x, act: act, maps: x.Shape[0]}
	op.area = x.Size / op.maps
	op.a = n.param(Param{Name: name + "-a", Shape: []int{op.maps}, FanIn: 1, FanOut: 1, Init: a})
	op.b = n.param(Param{Name: name + "-b", Shape: []int{op.maps}, FanIn: 1, FanOut: 1, Init: b, Bias: true})
	op.y = n.value(name, x.Shape, x.Steps, true)
	n.take(&op.z, op.y.Size*x.Steps*n.Batch)
	n.take(&op.zero, op.maps)
	n.take(&op.one, op.maps)
	n.need(max(op.y.Size*x.Steps*n.Batch, op.maps))
	n.add(op)
	return op.y
}

type scaled struct {
	base
	x, y       *Value
	a, b       *Param
	act        kernel.Act
	maps, area int
	z          []float32
	zero, one  []float32
	firstX     bool
}

func (op *scaled) plan(*Net) {
	op.a.claim()
	op.b.claim()
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *scaled) Parts(back bool) []Part {
	if !back {
		return []Part{{Writes: op.y.Name, Rule: "y = " + actRule(op.act, "a x + b"), Out: op.out}}
	}
	parts := []Part{
		{Writes: op.y.Name + "-grad", Rule: "dz = dy " + op.act.String() + "'(z)", Out: op.delta},
		{Writes: op.a.Name + "-grad", Rule: "da = sum of dz x", Out: func() []float32 { return op.a.G }, Param: op.a},
		{Writes: op.b.Name + "-grad", Rule: "db = sum of dz", Out: func() []float32 { return op.b.G }, Param: op.b},
	}
	if op.x.needs {
		parts = append(parts, Part{Writes: op.x.Name + "-grad", Rule: "dx = a dz", Out: func() []float32 { return op.n.grad(op.x) }})
	}
	return parts
}

func (op *scaled) out() []float32   { return op.n.data(op.y) }
func (op *scaled) delta() []float32 { return op.n.grad(op.y) }

func (op *scaled) Run(back bool, part int) {
	rows := op.n.rows(op.x)
	switch {
	case !back:
		z := op.z[:len(op.out())]
		op.scale(z, op.n.data(op.x), op.b.W)
		kernel.Activate(op.act, op.out(), z)
	case part == 0:
		kernel.ActivateGrad(op.act, op.delta(), op.delta(), op.z[:len(op.out())], op.out())
	case part == 1:
		kernel.ChannelDots(op.a.G, op.delta(), op.n.data(op.x), rows, op.maps, op.area)
	case part == 2:
		kernel.ChannelSums(op.b.G, op.delta(), rows, op.maps, op.area)
	case op.firstX:
		op.scale(op.n.grad(op.x), op.delta(), op.zero)
	default:
		s := op.n.scratch[:len(op.delta())]
		op.scale(s, op.delta(), op.zero)
		kernel.Add(op.n.grad(op.x), op.n.grad(op.x), s)
	}
}

// scale sets dst = a x + offset, one rounding each.
func (op *scaled) scale(dst, x, offset []float32) {
	for i := range op.one {
		op.one[i] = 1
	}
	kernel.NormalizeChannels(dst, x, op.zero, op.one, op.a.W, offset, op.n.rows(op.x), op.maps, op.area)
}
