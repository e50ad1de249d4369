package nn

// Rect is a part of a plane: rows Top..Bottom, columns Left..Right, both ends
// included. It may reach beyond the plane, into a border.
type Rect struct{ Top, Left, Bottom, Right int }

// High is its number of rows.
func (r Rect) High() int { return r.Bottom - r.Top + 1 }

// Wide is its number of columns.
func (r Rect) Wide() int { return r.Right - r.Left + 1 }

func (r Rect) with(s Rect) Rect {
	return Rect{min(r.Top, s.Top), min(r.Left, s.Left), max(r.Bottom, s.Bottom), max(r.Right, s.Right)}
}

// spotted is an operation that knows which part of its inputs it needs for a
// part of its answer.
type spotted interface {
	// spot is asked for its answers in r, and visits its inputs.
	spot(r Rect, visit func(x *Value, r Rect))
}

func (op *conv) spot(r Rect, visit func(*Value, Rect)) {
	s := &op.shape
	visit(op.x, Rect{
		r.Top*s.StrideY - s.PadY, r.Left*s.StrideX - s.PadX,
		r.Bottom*s.StrideY - s.PadY + (s.KH-1)*max(s.DilateY, 1), r.Right*s.StrideX - s.PadX + (s.KW-1)*max(s.DilateX, 1),
	})
}

func (op *pool) spot(r Rect, visit func(*Value, Rect)) {
	s := &op.shape
	visit(op.x, Rect{r.Top*s.StrideY - s.PadY, r.Left*s.StrideX - s.PadX, r.Bottom*s.StrideY - s.PadY + s.KH - 1, r.Right*s.StrideX - s.PadX + s.KW - 1})
}

func (op *pad) spot(r Rect, visit func(*Value, Rect)) {
	visit(op.x, Rect{r.Top - op.border, r.Left - op.border, r.Bottom - op.border, r.Right - op.border})
}

func (op *shortcut) spot(r Rect, visit func(*Value, Rect)) {
	visit(op.x, Rect{r.Top * op.stride, r.Left * op.stride, r.Bottom * op.stride, r.Right * op.stride})
}

func (op *meet) spot(r Rect, visit func(*Value, Rect)) {
	visit(op.a, r)
	visit(op.b, r)
}

func (op *scaled) spot(r Rect, visit func(*Value, Rect))     { visit(op.x, r) }
func (op *activation) spot(r Rect, visit func(*Value, Rect)) { visit(op.x, r) }
func (op *batchNorm) spot(r Rect, visit func(*Value, Rect))  { visit(op.x, r) }
func (op *dropout) spot(r Rect, visit func(*Value, Rect))    { visit(op.x, r) }
func (op *wander) spot(r Rect, visit func(*Value, Rect))     { visit(op.x, r) }

// Field is the receptive field of the unit of v at row y and column x of its
// maps: the part of the input, a picture, that its answer depends on. A unit
// without a place, as in a dense layer, and all that comes after one, sees the
// whole picture.
func (n *Net) Field(v *Value, y, x int) Rect {
	in := n.Values[0]
	whole := Rect{0, 0, in.Shape[1] - 1, in.Shape[2] - 1}
	parts := map[*Value]Rect{v: {y, x, y, x}}
	for i := len(n.ops) - 1; i >= 0; i-- {
		answer := n.Value(n.ops[i].Name())
		r, asked := parts[answer]
		if answer == nil || !asked {
			continue
		}
		op, knows := n.ops[i].(spotted)
		if !knows || len(answer.Shape) != 3 {
			return whole
		}
		op.spot(r, func(x *Value, r Rect) {
			if was, twice := parts[x]; twice {
				r = r.with(was)
			}
			parts[x] = r
		})
	}
	if r, ok := parts[in]; ok {
		return r
	}
	return whole
}
