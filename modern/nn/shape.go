package nn

import (
	"perceptarium/modern/kernel"
	"perceptarium/sim/rng"
)

// Pad adds a border of that many cells, all of one value, around each map of x
// [maps][height][width].
func (n *Net) Pad(name string, x *Value, border int, value float32) *Value {
	if len(x.Shape) != 3 || x.Steps != 1 {
		panic("nn: a border goes round maps x height x width")
	}
	op := &pad{base: base{name, n}, x: x, border: border, value: value}
	op.y = n.value(name, []int{x.Shape[0], x.Shape[1] + 2*border, x.Shape[2] + 2*border}, 1, x.needs)
	n.need(x.Size * n.Batch)
	n.add(op)
	return op.y
}

type pad struct {
	base
	x, y   *Value
	border int
	value  float32
	firstX bool
}

func (op *pad) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *pad) Parts(back bool) []Part {
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: "y = x within a border", Out: func() []float32 { return op.n.data(op.y) }}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = dy inside", Out: func() []float32 { return op.n.grad(op.x) }}}
	}
	return nil
}

// start lays the border, which no operation writes to after that.
func (op *pad) start(rng.Source) {
	fillWith(op.y.Data, op.value)
}

func (op *pad) Run(back bool, _ int) {
	switch {
	case !back:
		op.each(op.n.data(op.y), op.n.data(op.x), false)
	case op.firstX:
		op.each(op.n.grad(op.y), op.n.grad(op.x), true)
	default:
		s := op.n.scratch[:len(op.n.grad(op.x))]
		op.each(op.n.grad(op.y), s, true)
		kernel.Add(op.n.grad(op.x), op.n.grad(op.x), s)
	}
}

// each copies each row of the inside of y from x, or back to x.
func (op *pad) each(y, x []float32, back bool) {
	h, w := op.x.Shape[1], op.x.Shape[2]
	wide := w + 2*op.border
	at := op.border*wide + op.border
	for range op.n.Rows * op.x.Shape[0] {
		for range h {
			if back {
				copy(x[:w], y[at:at+w])
			} else {
				copy(y[at:at+w], x[:w])
			}
			x, at = x[w:], at+wide
		}
		at += 2 * op.border * wide
	}
}

// Add adds y = act(a + b): two ways through the net meet, a around a block and b
// through it. Where the block is cut (Net.Blocks), y = act(a).
func (n *Net) Add(name string, a, b *Value, act kernel.Act) *Value {
	return n.meet(name, a, b, act, false)
}

// Plain adds y = act(b), the block without the way around it; where it is cut,
// y = act(a).
func (n *Net) Plain(name string, a, b *Value, act kernel.Act) *Value {
	return n.meet(name, a, b, act, true)
}

func (n *Net) meet(name string, a, b *Value, act kernel.Act, plain bool) *Value {
	if a.Size != b.Size || a.Steps != b.Steps {
		panic("nn: two ways that meet have equal sizes")
	}
	op := &meet{base: base{name, n}, a: a, b: b, act: act, plain: plain, inner: n.Params[a.before:]}
	op.cut = n.param(Param{Name: name + "-cut", Shape: []int{1}, Fixed: true, Bias: true})
	op.y = n.value(name, a.Shape, a.Steps, true)
	n.take(&op.z, op.y.Size*op.y.Steps*n.Batch)
	n.takeInts(&op.way, 1, int(BothWays), int(Around))
	n.add(op)
	return op.y
}

type meet struct {
	base
	a, b, y        *Value
	act            kernel.Act
	plain          bool
	inner          []*Param // of the block
	cut            *Param   // one number
	way            []int32  // one number: where the derivative goes
	z              []float32
	firstA, firstB bool
}

func (op *meet) plan(*Net) {
	if op.a.needs {
		op.firstA = op.a.claim()
	}
	if op.b.needs {
		op.firstB = op.b.claim()
	}
}

func (op *meet) Parts(back bool) []Part {
	inner, both := "a + b", "da = db = "
	if op.plain {
		inner, both = "b", "db = "
	}
	if !back {
		return []Part{{Writes: op.y.Name, Rule: "y = " + actRule(op.act, inner), Out: func() []float32 { return op.n.data(op.y) }}}
	}
	return []Part{{Writes: op.a.Name + "-grad", Rule: both + "dy " + op.act.String() + "'(z)", Out: func() []float32 { return op.n.grad(op.y) }}}
}

// ways reports which of a and b take part.
func (op *meet) ways() (a, b bool) {
	cut := op.cut.W[0] != 0
	return cut || !op.plain, !cut
}

// waysBack is ways for the derivative: where there are both, it may be sent one
// of them.
func (op *meet) waysBack() (a, b bool) {
	a, b = op.ways()
	if way := Way(op.way[0]); a && b && way != BothWays {
		return way == Around, way == Through
	}
	return a, b
}

func (op *meet) Run(back bool, _ int) {
	y := op.n.data(op.y)
	z := op.z[:len(y)]
	a, b := op.ways()
	switch {
	case back:
		a, b = op.waysBack()
		dy := op.n.grad(op.y)
		kernel.ActivateGrad(op.act, dy, dy, z, y)
		op.backTo(op.a, dy, op.firstA, a)
		op.backTo(op.b, dy, op.firstB, b)
		return
	case a && b:
		kernel.Add(z, op.n.data(op.a), op.n.data(op.b))
	case a:
		copy(z, op.n.data(op.a))
	default:
		copy(z, op.n.data(op.b))
	}
	kernel.Activate(op.act, y, z)
}

// backTo carries dy to v where it takes part, else nothing.
func (op *meet) backTo(v *Value, dy []float32, first, takesPart bool) {
	switch {
	case !v.needs:
	case takesPart:
		addTo(op.n.grad(v), dy, first)
	case first:
		clear(op.n.grad(v))
	}
}

// Shortcut adds the way around a block that halves the plane and has more maps
// (option A of He and others 2015): every stride-th cell, and zeros for the new
// maps.
func (n *Net) Shortcut(name string, x *Value, maps, stride int) *Value {
	if len(x.Shape) != 3 || x.Steps != 1 || maps < x.Shape[0] {
		panic("nn: a shortcut goes from maps x height x width to as many maps or more")
	}
	op := &shortcut{base: base{name, n}, x: x, stride: stride}
	op.y = n.value(name, []int{maps, (x.Shape[1] + stride - 1) / stride, (x.Shape[2] + stride - 1) / stride}, 1, x.needs)
	n.add(op)
	return op.y
}

type shortcut struct {
	base
	x, y   *Value
	stride int
	firstX bool
}

func (op *shortcut) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *shortcut) Parts(back bool) []Part {
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: "y = every cell in so many of x", Out: func() []float32 { return op.n.data(op.y) }}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = dy where it came from", Out: func() []float32 { return op.n.grad(op.x) }}}
	}
	return nil
}

func (op *shortcut) Run(back bool, _ int) {
	if !back {
		clear(op.n.data(op.y))
		op.cells(func(in, out int) { op.y.Data[out] = op.x.Data[in] })
		return
	}
	if op.firstX {
		clear(op.n.grad(op.x))
	}
	op.cells(func(in, out int) { op.x.Grad[in] += op.y.Grad[out] })
}

func (op *shortcut) cells(visit func(in, out int)) {
	h, w := op.x.Shape[1], op.x.Shape[2]
	oh, ow := op.y.Shape[1], op.y.Shape[2]
	for b := range op.n.Rows {
		for c := range op.x.Shape[0] {
			for i := range oh * ow {
				in := b*op.x.Size + (c*h+i/ow*op.stride)*w + i%ow*op.stride
				visit(in, b*op.y.Size+c*oh*ow+i)
			}
		}
	}
}
