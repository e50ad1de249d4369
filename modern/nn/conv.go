package nn

import "perceptarium/modern/kernel"

// Biases says what is added to a convolution before its activation.
type Biases uint8

// One bias for each map, for each unit (as in the net of 1989), or none.
const (
	PerMap Biases = iota
	PerUnit
	NoBias
)

// Conv is a layer of maps that share their kernels over the plane.
type Conv struct {
	Maps, KH, KW     int
	StrideY, StrideX int
	PadY, PadX       int // with zeros; another border is a Pad before it
	DilateY, DilateX int
	Groups           int
	Table            [][]int // for each map, the input maps that it sees; nil: all
	Biases           Biases
	Act              kernel.Act
	Init, Bias       Init
}

// Conv adds a convolution of x [maps][height][width] (a cross-correlation, as
// kernel.ConvForward). Where a Table leaves connections out, their weights are
// held at zero and take part in the sums as such. With a bias per unit it is
// added to the finished sum.
func (n *Net) Conv(name string, x *Value, c Conv) *Value {
	if len(x.Shape) != 3 || x.Steps != 1 {
		panic("nn: a convolution sees maps x height x width")
	}
	op := &conv{base: base{name, n}, x: x, act: c.Act, biases: c.Biases, shape: kernel.Conv{
		InC: x.Shape[0], InH: x.Shape[1], InW: x.Shape[2], OutC: c.Maps, KH: c.KH, KW: c.KW,
		StrideY: c.StrideY, StrideX: c.StrideX, PadY: c.PadY, PadX: c.PadX,
		DilateY: c.DilateY, DilateX: c.DilateX, Groups: max(c.Groups, 1)}}
	h, w := op.shape.OutH(), op.shape.OutW()
	if h < 1 || w < 1 {
		panic("nn: a convolution larger than its picture")
	}
	op.makeParams(name, c, h*w)
	op.y = n.value(name, []int{c.Maps, h, w}, 1, true)
	if c.Act == kernel.Swish {
		n.take(&op.z, op.y.Size*n.Batch)
	}
	n.add(op)
	return op.y
}

func (op *conv) makeParams(name string, c Conv, area int) {
	s := &op.shape
	in := s.InC / s.Groups
	seen := in
	var mask []float32
	if c.Table != nil {
		mask, seen = tableMask(c, s)
	}
	fanIn := seen * c.KH * c.KW
	op.w = op.n.param(Param{Name: name + "-w", Shape: []int{c.Maps, in, c.KH, c.KW},
		FanIn: fanIn, FanOut: c.Maps * c.KH * c.KW / s.Groups, Init: c.Init, Mask: mask})
	biases := map[Biases]int{PerMap: c.Maps, PerUnit: c.Maps * area}[c.Biases]
	if biases > 0 {
		op.b = op.n.param(Param{Name: name + "-b", Shape: []int{biases}, FanIn: fanIn, FanOut: c.Maps, Bias: true, Init: c.Bias})
	}
	op.links = op.links0(area)
	op.n.need(max(size(op.w.Shape), biases, op.x.Size*op.n.Batch))
}

// tableMask marks the kernels that exist. The fan-in is that of the map that
// sees most.
func tableMask(c Conv, s *kernel.Conv) (mask []float32, seen int) {
	mask = make([]float32, c.Maps*s.InC*c.KH*c.KW)
	for o, list := range c.Table {
		seen = max(seen, len(list))
		for _, i := range list {
			at := (o*s.InC + i) * c.KH * c.KW
			for k := range c.KH * c.KW {
				mask[at+k] = 1
			}
		}
	}
	return mask, seen
}

type conv struct {
	base
	shape  kernel.Conv
	x, y   *Value
	w, b   *Param
	act    kernel.Act
	biases Biases
	z      []float32
	links  int64
	first  struct{ x, w, b bool }
}

// links0 is the number of multiply-adds for one picture, those with weights
// that do not exist left out.
func (op *conv) links0(area int) int64 { return int64(op.w.Free()) * int64(area) }

func (op *conv) plan(*Net) {
	op.first.w = op.w.claim()
	if op.b != nil {
		op.first.b = op.b.claim()
	}
	if op.x.needs {
		op.first.x = op.x.claim()
	}
}

func (op *conv) Parts(back bool) []Part {
	if !back {
		return []Part{{Writes: op.y.Name, Rule: "y = " + actRule(op.act, "x * K + b"), Out: op.out, Work: op.links}}
	}
	parts := make([]Part, 0, 4)
	if op.act != kernel.Identity {
		parts = append(parts, Part{Writes: op.y.Name + "-grad", Rule: "dz = dy " + op.act.String() + "'(z)", Out: op.delta})
	}
	parts = append(parts, Part{Writes: op.w.Name + "-grad", Rule: "dK = sum over places of dz x", Out: op.wGrad, Param: op.w, Work: op.links})
	if op.b != nil {
		parts = append(parts, Part{Writes: op.b.Name + "-grad", Rule: "db = sum of dz", Out: op.bGrad, Param: op.b})
	}
	if op.x.needs {
		parts = append(parts, Part{Writes: op.x.Name + "-grad", Rule: "dx = dz * K turned", Out: op.xGrad, Work: op.links})
	}
	return parts
}

func (op *conv) out() []float32   { return op.n.data(op.y) }
func (op *conv) delta() []float32 { return op.n.grad(op.y) }
func (op *conv) wGrad() []float32 { return op.w.G }
func (op *conv) bGrad() []float32 { return op.b.G }
func (op *conv) xGrad() []float32 { return op.n.grad(op.x) }

func (op *conv) Run(back bool, part int) {
	op.shape.Batch = op.n.Rows
	if !back {
		op.forward()
		return
	}
	if op.act == kernel.Identity {
		part++
	}
	if op.b == nil && part >= 2 {
		part++
	}
	switch part {
	case 0:
		kernel.ActivateGrad(op.act, op.delta(), op.delta(), op.sums(), op.out())
	case 1:
		op.backWeights()
	case 2:
		op.backBias()
	case 3:
		op.backInput()
	}
}

func (op *conv) sums() []float32 {
	if op.z == nil {
		return nil
	}
	return op.z[:len(op.out())]
}

func (op *conv) forward() {
	y, act := op.out(), op.act
	var bias []float32
	if op.biases == PerMap {
		bias = op.b.W
	}
	if op.z != nil {
		y = op.sums()
	}
	if op.z != nil || op.biases == PerUnit {
		act = kernel.Identity
	}
	kernel.ConvForward(op.shape, y, op.n.data(op.x), op.w.W, bias, act)
	if op.biases == PerUnit {
		for at := 0; at < len(y); at += op.y.Size {
			kernel.Add(y[at:at+op.y.Size], y[at:at+op.y.Size], op.b.W)
		}
	}
	if act != op.act {
		kernel.Activate(op.act, op.out(), y)
	}
}

func (op *conv) backWeights() {
	if op.first.w {
		clear(op.w.G)
	}
	kernel.ConvWeights(op.shape, op.w.G, op.n.data(op.x), op.delta())
	if op.w.Mask != nil {
		kernel.Mul(op.w.G, op.w.G, op.w.Mask)
	}
}

func (op *conv) backBias() {
	if op.biases == PerUnit {
		biasGrad(op.b.G, op.delta(), op.n.Rows, op.first.b, op.n)
		return
	}
	area := op.y.Shape[1] * op.y.Shape[2]
	if op.first.b {
		kernel.ChannelSums(op.b.G, op.delta(), op.n.Rows, len(op.b.G), area)
		return
	}
	s := op.n.scratch[:len(op.b.G)]
	kernel.ChannelSums(s, op.delta(), op.n.Rows, len(s), area)
	kernel.Add(op.b.G, op.b.G, s)
}

func (op *conv) backInput() {
	dx := op.xGrad()
	if op.first.x {
		kernel.ConvData(op.shape, dx, op.delta(), op.w.W)
		return
	}
	s := op.n.scratch[:len(dx)]
	kernel.ConvData(op.shape, s, op.delta(), op.w.W)
	kernel.Add(dx, dx, s)
}
