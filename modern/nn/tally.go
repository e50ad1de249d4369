package nn

import "perceptarium/modern/kernel"

// tallied is an operation that has units, and connections between them.
type tallied interface {
	tally() (units int, links int64)
}

func (d *dense) tally() (int, int64) {
	links := int64(d.x.Size) * int64(d.y.Size)
	if d.b != nil {
		links += int64(d.y.Size)
	}
	return d.y.Size, links
}

func (op *conv) tally() (int, int64) {
	links := op.links
	if op.b != nil {
		links += int64(op.y.Size)
	}
	return op.y.Size, links
}

// A mean connects each unit with its window, and gets units only with the
// numbers that follow it.
func (op *pool) tally() (int, int64) {
	if !op.average {
		return 0, 0
	}
	return 0, int64(op.y.Size) * int64(op.shape.KH) * int64(op.shape.KW)
}

func (op *scaled) tally() (int, int64) { return op.y.Size, int64(op.y.Size) }

func (op *recurrent) tally() (int, int64) {
	u := int64(op.h.Size)
	return op.h.Size, u * (int64(op.x.Size) + u + 1)
}

func (op *lstm) tally() (int, int64) {
	u := int64(op.h.Size)
	return op.h.Size, 4 * u * (int64(op.x.Size) + u + 1)
}

// Connections counts every use of a weight in one example (of a sequence, in
// one step), and each unit's bias as one: the count of LeCun and others 1989.
func (n *Net) Connections() int64 {
	sum := int64(0)
	for _, op := range n.ops {
		if t, ok := op.(tallied); ok {
			_, links := t.tally()
			sum += links
		}
	}
	return sum
}

// Units counts the units of layers with weights, the inputs not among them.
func (n *Net) Units() int {
	sum := 0
	for _, op := range n.ops {
		if t, ok := op.(tallied); ok {
			units, _ := t.tally()
			sum += units
		}
	}
	return sum
}

// Wire is a dense layer's weights with what they join.
type Wire struct {
	From, To *Value
	W        *Param
	Act      kernel.Act
}

// Wires lists the dense layers, in order.
func (n *Net) Wires() []Wire {
	var list []Wire
	for _, op := range n.ops {
		if d, ok := op.(*dense); ok {
			list = append(list, Wire{d.x, d.y, d.w, d.act})
		}
	}
	return list
}
