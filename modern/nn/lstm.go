package nn

import (
	"fmt"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/sim/rng"
)

// LSTM is a layer of cells with gates (Hochreiter and Schmidhuber 1997, with
// the forget gate of Gers, Schmidhuber and Cummins 2000).
type LSTM struct {
	Units            int
	Forget           float32 // what the bias of the forget gate starts at
	Init, Loop, Bias Init
}

// LSTM adds, with gates in the order input i, forget f, candidate g, output o:
//
//	i, f, o = logistic(x[t] Wx + b + h[t-1] Wh)    g = tanh(the same)
//	c[t] = f c[t-1] + i g                          h[t] = o tanh(c[t])
//
// c[-1] = h[-1] = 0; c[t] is FMA(f, c[t-1], i*g). Weights are [in][4 units].
func (n *Net) LSTM(name string, x *Value, l LSTM) *Value {
	op := &lstm{base: base{name, n}, x: x, forget: l.Forget}
	u := l.Units
	op.wx = n.param(Param{Name: name + "-w", Shape: []int{x.Size, 4 * u}, FanIn: x.Size, FanOut: u, Init: l.Init})
	op.wh = n.param(Param{Name: name + "-loop", Shape: []int{u, 4 * u}, FanIn: u, FanOut: u, Init: l.Loop})
	op.b = n.param(Param{Name: name + "-b", Shape: []int{4 * u}, FanIn: x.Size, FanOut: u, Bias: true, Init: l.Bias})
	op.h = n.value(name, []int{u}, x.Steps, true)
	op.c = n.value(name+"-cell", []int{u}, x.Steps, true)
	room := x.Steps * n.Batch * u
	n.take(&op.z, 4*room)
	n.take(&op.dz, 4*room)
	n.take(&op.tc, room)
	n.add(op)
	return op.h
}

type lstm struct {
	base
	x, h, c   *Value
	wx, wh, b *Param
	forget    float32
	z, dz     []float32 // [steps][rows][4 units]: gates after their activation; derivatives before it
	tc        []float32 // tanh(c)
	firstX    bool
}

// start gives the forget gates their bias.
func (op *lstm) start(rng.Source) {
	if op.n.shares != nil {
		return
	}
	u := op.h.Size
	for i := range u {
		op.b.W[u+i] = op.forget
	}
}

func (op *lstm) plan(*Net) {
	for _, p := range []*Param{op.wx, op.wh, op.b} {
		if !p.claim() {
			panic("nn: a recurrent layer does not share its weights")
		}
	}
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *lstm) Parts(back bool) []Part {
	steps := op.x.Steps
	in, loop := int64(op.x.Size*op.h.Size*4), int64(op.h.Size*op.h.Size*4)
	var parts []Part
	if !back {
		parts = append(parts, Part{Writes: op.name + "-z", Rule: "z = x Wx + b, all steps", Out: func() []float32 { return op.z[:op.n.rows(op.h)*4*op.h.Size] }, Work: in * int64(steps)})
	}
	for s := range steps {
		t, work := s, loop
		if back {
			t = steps - 1 - s
		}
		if t == 0 {
			work = 0
		}
		part := Part{Writes: fmt.Sprintf("%s[%d]", op.name, t), Rule: "c[t] = f c[t-1] + i g; h[t] = o tanh(c[t])", Out: func() []float32 { return op.at(op.h.Data, t, 1) }, Work: work}
		if back {
			part.Writes, part.Rule = fmt.Sprintf("%s-grad[%d]", op.name, t), "dh[t], dc[t] through the gates, to dh[t-1], dc[t-1]"
			part.Out = func() []float32 { return op.at(op.h.Grad, t, 1) }
		}
		parts = append(parts, part)
	}
	if !back {
		return parts
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

// at returns the rows of step t of v, whose rows are gates x units wide.
func (op *lstm) at(v []float32, t, gates int) []float32 {
	rows := op.n.Rows * op.h.Size * gates
	return v[t*rows : t*rows+rows]
}

func (op *lstm) Run(back bool, part int) {
	steps := op.x.Steps
	switch {
	case !back && part == 0:
		u := 4 * op.h.Size
		kernel.GemmFused(kernel.Overwrite, op.n.rows(op.x), u, op.x.Size, op.n.data(op.x), op.x.Size, op.wx.W, u, op.z[:op.n.rows(op.x)*u], u, kernel.Fused{ColBias: op.b.W})
	case !back:
		op.forward(part - 1)
	case part < steps:
		op.backStep(steps - 1 - part)
	default:
		op.backParams(part - steps)
	}
}

func (op *lstm) forward(t int) {
	u, rows := op.h.Size, op.n.Rows
	z := op.at(op.z, t, 4)
	if t > 0 {
		kernel.Gemm(0, rows, 4*u, u, op.at(op.h.Data, t-1, 1), u, op.wh.W, 4*u, z, 4*u)
	}
	c, h, tc := op.at(op.c.Data, t, 1), op.at(op.h.Data, t, 1), op.at(op.tc, t, 1)
	for r := range rows {
		gates := z[r*4*u : (r+1)*4*u]
		kernel.Activate(kernel.Logistic, gates[:2*u], gates[:2*u])
		kernel.Activate(kernel.Tanh, gates[2*u:3*u], gates[2*u:3*u])
		kernel.Activate(kernel.Logistic, gates[3*u:], gates[3*u:])
		cr := c[r*u : r*u+u]
		kernel.Mul(cr, gates[:u], gates[2*u:3*u])
		if t > 0 {
			kernel.MulAdd(cr, gates[u:2*u], op.at(op.c.Data, t-1, 1)[r*u:r*u+u])
		}
	}
	kernel.Activate(kernel.Tanh, tc, c)
	for r := range rows {
		kernel.Mul(h[r*u:r*u+u], z[(r*4+3)*u:(r*4+4)*u], tc[r*u:r*u+u])
	}
}

// backStep starts from dh[t], complete, and dc[t] from step t+1.
func (op *lstm) backStep(t int) {
	u, rows := op.h.Size, op.n.Rows
	if t == op.x.Steps-1 {
		clear(op.at(op.c.Grad, t, 1))
	}
	z, dz := op.at(op.z, t, 4), op.at(op.dz, t, 4)
	dh, dc, tc := op.at(op.h.Grad, t, 1), op.at(op.c.Grad, t, 1), op.at(op.tc, t, 1)
	for r := range rows {
		g, d := z[r*4*u:(r+1)*4*u], dz[r*4*u:(r+1)*4*u]
		for k := range u {
			at := r*u + k
			i, f, c, o := g[k], g[u+k], g[2*u+k], g[3*u+k]
			dc[at] = f32.FMA(float32(dh[at]*o), f32.FMA(-tc[at], tc[at], 1), dc[at])
			before := float32(0)
			if t > 0 {
				before = op.at(op.c.Data, t-1, 1)[at]
				op.at(op.c.Grad, t-1, 1)[at] = float32(dc[at] * f)
			}
			d[k] = float32(float32(dc[at]*c) * float32(i*(1-i)))
			d[u+k] = float32(float32(dc[at]*before) * float32(f*(1-f)))
			d[2*u+k] = float32(float32(dc[at]*i) * f32.FMA(-c, c, 1))
			d[3*u+k] = float32(float32(dh[at]*tc[at]) * float32(o*(1-o)))
		}
	}
	if t > 0 {
		kernel.Gemm(kernel.TransB, rows, u, 4*u, dz, 4*u, op.wh.W, 4*u, op.at(op.h.Grad, t-1, 1), u)
	}
}

func (op *lstm) backParams(part int) {
	u, in, rows := op.h.Size, op.x.Size, op.n.rows(op.h)
	dz := op.dz[:rows*4*u]
	switch part {
	case 0:
		kernel.Gemm(kernel.TransA|kernel.Overwrite, u, 4*u, rows-op.n.Rows, op.h.Data, u, dz[op.n.Rows*4*u:], 4*u, op.wh.G, 4*u)
	case 1:
		kernel.Gemm(kernel.TransA|kernel.Overwrite, in, 4*u, rows, op.n.data(op.x), in, dz, 4*u, op.wx.G, 4*u)
	case 2:
		kernel.ChannelSums(op.b.G, dz, rows, 4*u, 1)
	case 3:
		kernel.Gemm(kernel.TransB|overwrite(op.firstX), rows, in, 4*u, dz, 4*u, op.wx.W, 4*u, op.n.grad(op.x), in)
	}
}
