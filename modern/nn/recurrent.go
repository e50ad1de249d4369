package nn

import (
	"fmt"

	"perceptarium/modern/kernel"
)

// Recurrent is a layer whose units see their own answers of a step before.
type Recurrent struct {
	Units            int
	Act              kernel.Act
	Init, Loop, Bias Init // of the weights from the input, from the layer itself, of the biases
}

// Recurrent adds h[t] = act(x[t] Wx + b + h[t-1] Wh), h[-1] = 0. The sums start
// from the bias, run over the inputs, then over the units. Backwards it goes
// through time: each step's dz from the last to the first, then
//
//	dWh = sum over t of h[t-1]' dz[t]    dWx = sum over t of x[t]' dz[t]
//	db = sum of dz                       dx[t] = dz[t] Wx'
//
// the sums over time and examples in the order in which the rows lie.
func (n *Net) Recurrent(name string, x *Value, r Recurrent) *Value {
	op := &recurrent{base: base{name, n}, x: x, act: r.Act}
	op.wx = n.param(Param{Name: name + "-w", Shape: []int{x.Size, r.Units}, FanIn: x.Size, FanOut: r.Units, Init: r.Init})
	op.wh = n.param(Param{Name: name + "-loop", Shape: []int{r.Units, r.Units}, FanIn: r.Units, FanOut: r.Units, Init: r.Loop})
	op.b = n.param(Param{Name: name + "-b", Shape: []int{r.Units}, FanIn: x.Size, FanOut: r.Units, Bias: true, Init: r.Bias})
	op.h = n.value(name, []int{r.Units}, x.Steps, true)
	n.take(&op.z, r.Units*x.Steps*n.Batch)
	n.need(max(r.Units*x.Steps*n.Batch, x.Size*x.Steps*n.Batch))
	n.add(op)
	return op.h
}

// Loops lists the answers of the recurrent layers.
func (n *Net) Loops() []*Value {
	var list []*Value
	for _, op := range n.ops {
		if r, ok := op.(*recurrent); ok {
			list = append(list, r.h)
		}
	}
	return list
}

type recurrent struct {
	base
	x, h      *Value
	wx, wh, b *Param
	act       kernel.Act
	z         []float32
	firstX    bool
}

func (op *recurrent) plan(*Net) {
	for _, p := range []*Param{op.wx, op.wh, op.b} {
		if !p.claim() {
			panic("nn: a recurrent layer does not share its weights")
		}
	}
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *recurrent) Parts(back bool) []Part {
	steps := op.x.Steps
	in, loop := int64(op.x.Size*op.h.Size), int64(op.h.Size*op.h.Size)
	if !back {
		parts := []Part{{Writes: op.name + "-z", Rule: "z = x Wx + b, all steps", Out: op.sums, Work: in * int64(steps)}}
		for t := range steps {
			work := loop
			if t == 0 {
				work = 0
			}
			parts = append(parts, Part{Writes: fmt.Sprintf("%s[%d]", op.h.Name, t), Rule: "h[t] = " + actRule(op.act, "z[t] + h[t-1] Wh"), Out: op.stepOut(t), Work: work})
		}
		return parts
	}
	parts := make([]Part, 0, steps+4)
	for t := steps - 1; t >= 0; t-- {
		work := loop
		if t == 0 {
			work = 0
		}
		parts = append(parts, Part{Writes: fmt.Sprintf("%s-grad[%d]", op.h.Name, t), Rule: "dz[t] = dh[t] act'(z[t]); dh[t-1] += dz[t] Wh'", Out: op.stepGrad(t), Work: work})
	}
	parts = append(parts,
		Part{Writes: op.wh.Name + "-grad", Rule: "dWh = sum of h[t-1]' dz[t]", Out: func() []float32 { return op.wh.G }, Param: op.wh, Work: loop * int64(steps-1)},
		Part{Writes: op.wx.Name + "-grad", Rule: "dWx = sum of x[t]' dz[t]", Out: func() []float32 { return op.wx.G }, Param: op.wx, Work: in * int64(steps)},
		Part{Writes: op.b.Name + "-grad", Rule: "db = sum of dz", Out: func() []float32 { return op.b.G }, Param: op.b})
	if op.x.needs {
		parts = append(parts, Part{Writes: op.x.Name + "-grad", Rule: "dx = dz Wx'", Out: func() []float32 { return op.n.grad(op.x) }, Work: in * int64(steps)})
	}
	return parts
}

func (op *recurrent) sums() []float32 { return op.z[:op.n.rows(op.h)*op.h.Size] }

// step returns the rows of step t of v.
func (op *recurrent) step(v []float32, t, width int) []float32 {
	rows := op.n.Rows * width
	return v[t*rows : t*rows+rows]
}

func (op *recurrent) stepOut(t int) func() []float32 {
	return func() []float32 { return op.step(op.h.Data, t, op.h.Size) }
}

func (op *recurrent) stepGrad(t int) func() []float32 {
	return func() []float32 { return op.step(op.h.Grad, t, op.h.Size) }
}

func (op *recurrent) Run(back bool, part int) {
	steps := op.x.Steps
	switch {
	case !back && part == 0:
		u := op.h.Size
		kernel.GemmFused(kernel.Overwrite, op.n.rows(op.x), u, op.x.Size, op.n.data(op.x), op.x.Size, op.wx.W, u, op.sums(), u, kernel.Fused{ColBias: op.b.W})
	case !back:
		op.forward(part - 1)
	case part < steps:
		op.backStep(steps - 1 - part)
	default:
		op.backParams(part - steps)
	}
}

func (op *recurrent) forward(t int) {
	u, rows := op.h.Size, op.n.Rows
	z := op.step(op.z, t, u)
	if t > 0 {
		kernel.Gemm(0, rows, u, u, op.step(op.h.Data, t-1, u), u, op.wh.W, u, z, u)
	}
	kernel.Activate(op.act, op.step(op.h.Data, t, u), z)
}

func (op *recurrent) backStep(t int) {
	u, rows := op.h.Size, op.n.Rows
	dz := op.step(op.h.Grad, t, u)
	kernel.ActivateGrad(op.act, dz, dz, op.step(op.z, t, u), op.step(op.h.Data, t, u))
	if t > 0 {
		kernel.Gemm(kernel.TransB, rows, u, u, dz, u, op.wh.W, u, op.step(op.h.Grad, t-1, u), u)
	}
}

func (op *recurrent) backParams(part int) {
	u, in, rows := op.h.Size, op.x.Size, op.n.rows(op.h)
	dz := op.n.grad(op.h)
	switch part {
	case 0:
		kernel.Gemm(kernel.TransA|kernel.Overwrite, u, u, rows-op.n.Rows, op.h.Data, u, dz[op.n.Rows*u:], u, op.wh.G, u)
	case 1:
		kernel.Gemm(kernel.TransA|kernel.Overwrite, in, u, rows, op.n.data(op.x), in, dz, u, op.wx.G, u)
	case 2:
		kernel.ChannelSums(op.b.G, dz, rows, u, 1)
	case 3:
		kernel.Gemm(kernel.TransB|overwrite(op.firstX), rows, in, u, dz, u, op.wx.W, u, op.n.grad(op.x), in)
	}
}
