package nn

import "perceptarium/modern/kernel"

// Activate adds y = act(x), as a layer of its own.
func (n *Net) Activate(name string, x *Value, act kernel.Act) *Value {
	op := &activation{base: base{name, n}, x: x, act: act}
	op.y = n.value(name, x.Shape, x.Steps, x.needs)
	n.need(x.Size * x.Steps * n.Batch)
	n.add(op)
	return op.y
}

type activation struct {
	base
	x, y   *Value
	act    kernel.Act
	firstX bool
}

func (op *activation) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *activation) Parts(back bool) []Part {
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: "y = " + actRule(op.act, "x"), Out: func() []float32 { return op.n.data(op.y) }}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = dy " + op.act.String() + "'(x)", Out: func() []float32 { return op.n.grad(op.x) }}}
	}
	return nil
}

func (op *activation) Run(back bool, _ int) {
	x, y := op.n.data(op.x), op.n.data(op.y)
	if !back {
		kernel.Activate(op.act, y, x)
		return
	}
	dx, dy := op.n.grad(op.x), op.n.grad(op.y)
	if op.firstX {
		kernel.ActivateGrad(op.act, dx, dy, x, y)
		return
	}
	s := op.n.scratch[:len(dx)]
	kernel.ActivateGrad(op.act, s, dy, x, y)
	kernel.Add(dx, dx, s)
}

// Last adds the last step of a sequence.
func (n *Net) Last(name string, x *Value) *Value {
	op := &last{base: base{name, n}, x: x}
	op.y = n.value(name, x.Shape, 1, x.needs)
	n.add(op)
	return op.y
}

type last struct {
	base
	x, y   *Value
	firstX bool
}

func (op *last) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *last) Parts(back bool) []Part {
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: "y = x at the last step", Out: func() []float32 { return op.n.data(op.y) }}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = dy at the last step, else 0", Out: func() []float32 { return op.n.grad(op.x) }}}
	}
	return nil
}

func (op *last) Run(back bool, _ int) {
	at := op.n.Rows * (op.x.Steps - 1) * op.x.Size
	if !back {
		copy(op.n.data(op.y), op.n.data(op.x)[at:])
		return
	}
	dx := op.n.grad(op.x)
	if op.firstX {
		clear(dx[:at])
	}
	addTo(dx[at:], op.n.grad(op.y), op.firstX)
}

// OneHot adds rows that are 1 at the place that x, one number a row, names, and
// 0 elsewhere. A number that names no place gives a row of zeros.
func (n *Net) OneHot(name string, x *Value, places int) *Value {
	if x.Size != 1 || x.needs {
		panic("nn: one number of the input names a place")
	}
	op := &oneHot{base: base{name, n}, x: x}
	op.y = n.value(name, []int{places}, x.Steps, false)
	n.add(op)
	return op.y
}

type oneHot struct {
	base
	x, y *Value
}

func (op *oneHot) plan(*Net) {}

func (op *oneHot) Parts(back bool) []Part {
	if back {
		return nil
	}
	return []Part{{Writes: op.y.Name, Rule: "y = 1 at place x, else 0", Out: func() []float32 { return op.n.data(op.y) }}}
}

func (op *oneHot) Run(bool, int) {
	y := op.n.data(op.y)
	clear(y)
	for r, v := range op.n.data(op.x) {
		if v >= 0 && v < float32(op.y.Size) {
			y[r*op.y.Size+int(v)] = 1
		}
	}
}
