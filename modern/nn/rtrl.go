package nn

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
)

// RealTime adds the layer that Recurrent adds, and learns it forward in time
// (Williams and Zipser 1989): beside each unit's answer h[t] it carries the
// derivative S[t] of that answer with respect to every weight of the layer,
//
//	S[t] = act'(z[t]) (the weight's own input at t + S[t-1] Wh)
//	dW   = sum over t, examples and units of dh[t] S[t]
//
// where dh[t] is what reaches h[t] from the layers above alone. The result is
// that of back-propagation through time but for rounding, at a cost of units^2
// times the weights for each step. Nothing goes on to x, which must be an input.
func (n *Net) RealTime(name string, x *Value, r Recurrent) *Value {
	if x.needs {
		panic("nn: a layer that learns in real time is the first of its net")
	}
	h := n.Recurrent(name, x, r)
	op := &realTime{recurrent: n.ops[len(n.ops)-1].(*recurrent)}
	n.ops[len(n.ops)-1] = op
	op.weights = r.Units * (x.Size + r.Units + 1)
	n.take(&op.s, r.Units*op.weights)
	n.take(&op.before, r.Units*op.weights)
	n.take(&op.slope, r.Units)
	n.take(&op.one, r.Units)
	return h
}

// realTime is a recurrent layer with its sensitivities: s[i][w] is the
// derivative of unit i with respect to weight w, at the step and for the example
// that is looked at. Weights are numbered as they lie: of x, of h, biases.
type realTime struct {
	*recurrent
	weights    int
	s, before  []float32
	slope, one []float32
}

func (op *realTime) Parts(back bool) []Part {
	if !back {
		return op.recurrent.Parts(false)
	}
	steps, units := int64(op.x.Steps), int64(op.h.Size)
	return []Part{{Writes: op.name + "-grad", Rule: "S[t] = act'(z) (input + S[t-1] Wh); dW = sum of dh S",
		Out: func() []float32 { return op.wh.G }, Param: op.wh, Work: steps * units * (units + 1) * int64(op.weights)}}
}

func (op *realTime) Run(back bool, part int) {
	if !back {
		op.recurrent.Run(false, part)
		return
	}
	clear(op.wx.G)
	clear(op.wh.G)
	clear(op.b.G)
	for r := range op.n.Rows {
		clear(op.s)
		for t := range op.x.Steps {
			op.carry(r, t)
			op.collect(r, t)
		}
	}
}

// row is the answer of example r at step t of v, width numbers wide.
func (op *realTime) row(v []float32, r, t, width int) []float32 {
	at := (t*op.n.Rows + r) * width
	return v[at : at+width]
}

// carry takes the sensitivities from step t-1 to step t.
func (op *realTime) carry(r, t int) {
	u, in := op.h.Size, op.x.Size
	op.s, op.before = op.before, op.s
	for i := range op.one {
		op.one[i] = 1
	}
	kernel.ActivateGrad(op.act, op.slope, op.one, op.row(op.z, r, t, u), op.row(op.h.Data, r, t, u))
	// s[i][w] = sum over j of Wh[j][i] before[j][w]
	kernel.Gemm(kernel.TransA|kernel.Overwrite, u, op.weights, u, op.wh.W, u, op.before, op.weights, op.s, op.weights)
	x := op.row(op.x.Data, r, t, in)
	for i := range u {
		s := op.s[i*op.weights : (i+1)*op.weights]
		for k, v := range x {
			s[k*u+i] += v
		}
		if t > 0 {
			for k, v := range op.row(op.h.Data, r, t-1, u) {
				s[(in+k)*u+i] += v
			}
		}
		s[(in+u)*u+i]++
		kernel.Scale(s, op.slope[i], s)
	}
}

// collect adds what step t says to the derivatives of the weights.
func (op *realTime) collect(r, t int) {
	u, in := op.h.Size, op.x.Size
	for i, d := range op.row(op.h.Grad, r, t, u) {
		s := op.s[i*op.weights:]
		for w := range op.wx.G {
			op.wx.G[w] = f32.FMA(d, s[w], op.wx.G[w])
		}
		for w := range op.wh.G {
			op.wh.G[w] = f32.FMA(d, s[in*u+w], op.wh.G[w])
		}
		for w := range op.b.G {
			op.b.G[w] = f32.FMA(d, s[(in+u)*u+w], op.b.G[w])
		}
	}
}
