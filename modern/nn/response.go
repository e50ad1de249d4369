package nn

import "perceptarium/modern/kernel"

// Response is how strongly the neighbours of a map quieten it.
type Response struct {
	Span  int     // maps that count, the map itself in the middle; odd
	K     float32 // what the sum begins with
	Alpha float32
	Beta  float32
}

// LocalResponse adds local response normalisation (Krizhevsky, Sutskever, Hinton
// 2012): place by place
//
//	y[c] = x[c] / s[c]^Beta, s[c] = K + Alpha * (sum of x[i]^2 over the Span maps around c)
//
// of x [maps][height][width]. The sum runs over the maps in order, those that do
// not exist left out; the power is exp(-Beta log s).
func (n *Net) LocalResponse(name string, x *Value, r Response) *Value {
	if len(x.Shape) != 3 || x.Steps != 1 || r.Span < 1 || r.Span%2 == 0 {
		panic("nn: local response normalisation is over an odd number of maps x height x width")
	}
	op := &response{base: base{name, n}, x: x, r: r}
	op.y = n.value(name, x.Shape, 1, x.needs)
	n.take(&op.s, x.Size*n.Batch)
	n.take(&op.quiet, x.Size*n.Batch)
	n.take(&op.square, x.Size)
	n.take(&op.around, x.Size)
	n.add(op)
	return op.y
}

type response struct {
	base
	x, y           *Value
	r              Response
	s, quiet       []float32 // s and s^-Beta of all examples
	square, around []float32 // of one example: what is summed over neighbours, and the sums
	firstX         bool
}

func (op *response) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *response) Parts(back bool) []Part {
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: "y = x / (k + alpha sum of x^2 over neighbours)^beta", Out: func() []float32 { return op.n.data(op.y) }}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = dy s^-beta - 2 alpha beta x sum of dy y / s over neighbours", Out: func() []float32 { return op.n.grad(op.x) }}}
	}
	return nil
}

func (op *response) Run(back bool, _ int) {
	for r := range op.n.Rows {
		at, end := r*op.x.Size, (r+1)*op.x.Size
		if back {
			op.backward(at, end)
		} else {
			op.forward(at, end)
		}
	}
}

func (op *response) forward(at, end int) {
	x, s, quiet := op.n.data(op.x)[at:end], op.s[at:end], op.quiet[at:end]
	kernel.Mul(op.square, x, x)
	op.overNeighbours()
	kernel.Scale(s, op.r.Alpha, op.around)
	kernel.Shift(s, op.r.K, s)
	kernel.Log(quiet, s)
	kernel.Scale(quiet, -op.r.Beta, quiet)
	kernel.Exp(quiet, quiet)
	kernel.Mul(op.n.data(op.y)[at:end], x, quiet)
}

func (op *response) backward(at, end int) {
	x, dy := op.n.data(op.x)[at:end], op.n.grad(op.y)[at:end]
	kernel.Mul(op.square, dy, op.n.data(op.y)[at:end])
	kernel.Div(op.square, op.square, op.s[at:end])
	op.overNeighbours()
	kernel.Mul(op.around, op.around, x)
	kernel.Mul(op.square, dy, op.quiet[at:end])
	kernel.Axpy(op.square, -float32(float32(2*op.r.Alpha)*op.r.Beta), op.around)
	addTo(op.n.grad(op.x)[at:end], op.square, op.firstX)
}

// overNeighbours sets around to the sums of square over the neighbours of each
// map.
func (op *response) overNeighbours() {
	maps, area := op.x.Shape[0], op.x.Shape[1]*op.x.Shape[2]
	for c := range maps {
		sum := op.around[c*area : (c+1)*area]
		from, to := max(0, c-op.r.Span/2), min(maps-1, c+op.r.Span/2)
		copy(sum, op.square[from*area:])
		for i := from + 1; i <= to; i++ {
			kernel.Add(sum, sum, op.square[i*area:(i+1)*area])
		}
	}
}
