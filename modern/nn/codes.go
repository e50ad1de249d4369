package nn

import (
	"perceptarium/modern/kernel"
	"perceptarium/sim/rng"
)

// Codes adds one output for each code, a list of as many numbers as x has
// (LeCun and others 1998, where a code is the picture of a sign):
//
//	y[i] = -(sum of (x - code[i])^2)
//
// so that the nearest code has the greatest output. Codes are not learned.
// Backwards, with W the codes as rows:
//
//	dx = 2 (dy W - (sum of dy) x)
func (n *Net) Codes(name string, x *Value, codes [][]float32) *Value {
	for _, c := range codes {
		if len(c) != x.Size {
			panic("nn: a code has as many numbers as the layer before it")
		}
	}
	op := &codebook{base: base{name, n}, x: x, codes: codes}
	op.w = n.param(Param{Name: name + "-w", Shape: []int{len(codes), x.Size}, FanIn: x.Size, FanOut: len(codes), Fixed: true})
	op.y = n.value(name, []int{len(codes)}, x.Steps, true)
	n.need(x.Size * x.Steps * n.Batch)
	n.add(op)
	return op.y
}

type codebook struct {
	base
	x, y   *Value
	w      *Param
	codes  [][]float32
	firstX bool
}

// start writes the codes.
func (op *codebook) start(rng.Source) {
	if op.n.shares != nil {
		return
	}
	for i, c := range op.codes {
		copy(op.w.W[i*op.x.Size:], c)
	}
}

func (op *codebook) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *codebook) Parts(back bool) []Part {
	work := int64(op.w.Count()) * int64(op.x.Steps)
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: "y = -|x - code|^2", Out: func() []float32 { return op.n.data(op.y) }, Work: work}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = 2 (dy W - (sum of dy) x)", Out: func() []float32 { return op.n.grad(op.x) }, Work: work}}
	}
	return nil
}

func (op *codebook) Run(back bool, _ int) {
	rows, in, out := op.n.rows(op.y), op.x.Size, op.y.Size
	x := op.n.data(op.x)
	if !back {
		y := op.n.data(op.y)
		for i := range y {
			at := i % out * in
			y[i] = -kernel.SquaredDistance(x[i/out*in:][:in], op.w.W[at:at+in])
		}
		return
	}
	dx, dy := op.n.grad(op.x), op.n.grad(op.y)
	to := dx
	if !op.firstX {
		to = op.n.scratch[:len(dx)]
	}
	kernel.Gemm(kernel.Overwrite, rows, in, out, dy, out, op.w.W, in, to, in)
	for r := range rows {
		kernel.Axpy(to[r*in:r*in+in], -kernel.Sum(dy[r*out:r*out+out]), x[r*in:r*in+in])
	}
	kernel.Scale(to, 2, to)
	if !op.firstX {
		kernel.Add(dx, dx, to)
	}
}

func (op *codebook) tally() (int, int64) { return op.y.Size, int64(op.w.Count()) }
