package nn

import (
	"perceptarium/modern/kernel"
	"perceptarium/sim/rng"
)

// Wander adds pictures that are moved while training: each by a number of cells
// drawn from -reach to reach, down and then to the right, the same for all its
// maps. What comes in at the border has that value. Testing moves nothing.
func (n *Net) Wander(name string, x *Value, reach int, value float32) *Value {
	if len(x.Shape) != 3 || x.Steps != 1 {
		panic("nn: what wanders is maps x height x width")
	}
	op := &wander{base: base{name, n}, x: x, reach: reach, value: value}
	op.y = n.value(name, x.Shape, 1, x.needs)
	n.takeInts(&op.moves, 2*n.Batch, -reach, reach)
	n.need(x.Size * n.Batch)
	n.add(op)
	return op.y
}

type wander struct {
	base
	x, y   *Value
	reach  int
	value  float32
	moves  []int32 // of each example: down, to the right
	stream rng.Stream
	firstX bool
}

func (op *wander) start(s rng.Source) { op.stream = s.Stream("nn." + op.name) }

func (op *wander) streams() []*rng.Stream { return []*rng.Stream{&op.stream} }

func (op *wander) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *wander) Parts(back bool) []Part {
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: "y = x moved by some cells", Out: func() []float32 { return op.n.data(op.y) }}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = dy moved back", Out: func() []float32 { return op.n.grad(op.x) }}}
	}
	return nil
}

func (op *wander) Run(back bool, _ int) {
	if !back {
		op.draw()
		for r := range op.n.Rows {
			down, right := int(op.moves[2*r]), int(op.moves[2*r+1])
			op.move(op.n.data(op.y)[r*op.y.Size:], op.n.data(op.x)[r*op.x.Size:], down, right, op.value)
		}
		return
	}
	dx := op.n.grad(op.x)
	to := dx
	if !op.firstX {
		to = op.n.scratch[:len(dx)]
	}
	for r := range op.n.Rows {
		down, right := int(op.moves[2*r]), int(op.moves[2*r+1])
		op.move(to[r*op.x.Size:], op.n.grad(op.y)[r*op.y.Size:], -down, -right, 0)
	}
	if !op.firstX {
		kernel.Add(dx, dx, to)
	}
}

// draw says where each example goes.
func (op *wander) draw() {
	for i := range 2 * op.n.Rows {
		op.moves[i] = 0
		if op.n.Training {
			op.moves[i] = int32(op.stream.Below(int64(2*op.reach+1))) - int32(op.reach)
		}
	}
}

// move copies the maps of one picture.
func (op *wander) move(dst, src []float32, down, right int, value float32) {
	h, w := op.x.Shape[1], op.x.Shape[2]
	from, to := max(0, right), min(w, w+right)
	for m := range op.x.Shape[0] {
		for r := range h {
			line := dst[(m*h+r)*w : (m*h+r)*w+w]
			s := r - down
			if s < 0 || s >= h || from >= to {
				fillWith(line, value)
				continue
			}
			fillWith(line[:from], value)
			copy(line[from:to], src[(m*h+s)*w+from-right:])
			fillWith(line[to:], value)
		}
	}
}

func fillWith(v []float32, value float32) {
	for i := range v {
		v[i] = value
	}
}
