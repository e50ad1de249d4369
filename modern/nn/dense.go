package nn

import "perceptarium/modern/kernel"

// Dense is a layer in which every unit sees every input, or those that the
// table lists for it.
type Dense struct {
	Units  int
	Table  [][]int // inputs of each unit, from 0; nil: all
	Act    kernel.Act
	NoBias bool
	Init   Init // of the weights
	Bias   Init // of the biases
}

// Dense adds y = act(x W + b): x [rows][in], W [in][units], b [units]. Each sum
// starts from its bias and runs over the inputs in order. Backwards, with dz =
// dy act'(y):
//
//	dW = x' dz, over the rows in order    db = sum of the rows of dz
//	dx = dz W', over the units in order
func (n *Net) Dense(name string, x *Value, d Dense) *Value {
	op := &dense{base: base{name, n}, x: x, act: d.Act}
	mask, fanIn := d.mask(x.Size)
	op.w = n.param(Param{Name: name + "-w", Shape: []int{x.Size, d.Units}, FanIn: fanIn, FanOut: d.Units, Init: d.Init, Mask: mask})
	if !d.NoBias {
		op.b = n.param(Param{Name: name + "-b", Shape: []int{d.Units}, FanIn: fanIn, FanOut: d.Units, Bias: true, Init: d.Bias})
	}
	op.y = n.value(name, []int{d.Units}, x.Steps, true)
	if d.Act == kernel.Swish {
		n.take(&op.z, d.Units*x.Steps*n.Batch)
	}
	n.add(op)
	return op.y
}

// mask marks the weights that exist. The fan-in is that of the unit that sees
// most.
func (d *Dense) mask(inputs int) (mask []float32, fanIn int) {
	if d.Table == nil {
		return nil, inputs
	}
	mask = make([]float32, inputs*d.Units)
	for j, list := range d.Table {
		fanIn = max(fanIn, len(list))
		for _, i := range list {
			mask[i*d.Units+j] = 1
		}
	}
	return mask, fanIn
}

type dense struct {
	base
	x, y  *Value
	w, b  *Param
	act   kernel.Act
	z     []float32 // sums before the activation, where the derivative needs them
	first struct{ x, w, b bool }
}

func (d *dense) plan(*Net) {
	d.first.w = d.w.claim()
	if d.b != nil {
		d.first.b = d.b.claim()
	}
	if d.x.needs {
		d.first.x = d.x.claim()
	}
}

func (d *dense) Parts(back bool) []Part {
	work := int64(d.x.Size) * int64(d.y.Size) * int64(d.x.Steps)
	if !back {
		return []Part{{Writes: d.y.Name, Rule: "y = " + actRule(d.act, "x W + b"), Out: d.out, Work: work, Show: d.show}}
	}
	parts := make([]Part, 0, 4)
	if d.act != kernel.Identity {
		parts = append(parts, Part{Writes: d.y.Name + "-grad", Rule: "dz = dy " + d.act.String() + "'(z)", Out: d.delta, Show: d.showDelta})
	}
	parts = append(parts, Part{Writes: d.w.Name + "-grad", Rule: "dW = x' dz", Out: d.wGrad, Param: d.w, Work: work, Show: d.showW})
	if d.b != nil {
		parts = append(parts, Part{Writes: d.b.Name + "-grad", Rule: "db = sum of dz", Out: d.bGrad, Param: d.b, Show: d.showB})
	}
	if d.x.needs {
		parts = append(parts, Part{Writes: d.x.Name + "-grad", Rule: "dx = dz W'", Out: d.xGrad, Work: work, Show: d.showX})
	}
	return parts
}

func (d *dense) out() []float32   { return d.n.data(d.y) }
func (d *dense) delta() []float32 { return d.n.grad(d.y) }
func (d *dense) wGrad() []float32 { return d.w.G }
func (d *dense) bGrad() []float32 { return d.b.G }
func (d *dense) xGrad() []float32 { return d.n.grad(d.x) }

func (d *dense) Run(back bool, part int) {
	if !back {
		d.forward()
		return
	}
	if d.act == kernel.Identity {
		part++
	}
	if d.b == nil && part >= 2 {
		part++
	}
	switch part {
	case 0:
		kernel.ActivateGrad(d.act, d.delta(), d.delta(), d.sums(), d.out())
	case 1:
		d.backWeights()
	case 2:
		biasGrad(d.b.G, d.delta(), d.n.rows(d.y), d.first.b, d.n)
	case 3:
		d.backInput()
	}
}

func (d *dense) sums() []float32 {
	if d.z == nil {
		return nil
	}
	return d.z[:len(d.out())]
}

func (d *dense) forward() {
	m, out, in := d.n.rows(d.y), d.y.Size, d.x.Size
	f := kernel.Fused{Act: d.act}
	if d.b != nil {
		f.ColBias = d.b.W
	}
	if d.z == nil {
		kernel.GemmFused(kernel.Overwrite, m, out, in, d.n.data(d.x), in, d.w.W, out, d.out(), out, f)
		return
	}
	f.Act = kernel.Identity
	kernel.GemmFused(kernel.Overwrite, m, out, in, d.n.data(d.x), in, d.w.W, out, d.sums(), out, f)
	kernel.Activate(d.act, d.out(), d.sums())
}

func (d *dense) backWeights() {
	kernel.Gemm(kernel.TransA|overwrite(d.first.w), d.x.Size, d.y.Size, d.n.rows(d.y), d.n.data(d.x), d.x.Size, d.delta(), d.y.Size, d.w.G, d.y.Size)
	if d.w.Mask != nil {
		kernel.Mul(d.w.G, d.w.G, d.w.Mask)
	}
}

func (d *dense) backInput() {
	kernel.Gemm(kernel.TransB|overwrite(d.first.x), d.n.rows(d.y), d.x.Size, d.y.Size, d.delta(), d.y.Size, d.w.W, d.y.Size, d.xGrad(), d.x.Size)
}

func overwrite(first bool) kernel.Op {
	if first {
		return kernel.Overwrite
	}
	return 0
}

// biasGrad sums the rows of dz into g: eight lanes by row, as kernel.Sum.
func biasGrad(g, dz []float32, rows int, first bool, n *Net) {
	to := g
	if !first {
		to = n.scratch[:len(g)]
	}
	if rows == 1 {
		kernel.Shift(to, 0, dz) // a sum of one begins with +0 too
	} else {
		kernel.ChannelSums(to, dz, rows, len(g), 1)
	}
	if !first {
		kernel.Add(g, g, to)
	}
}

func actRule(a kernel.Act, inner string) string {
	if a == kernel.Identity {
		return inner
	}
	return a.String() + "(" + inner + ")"
}
