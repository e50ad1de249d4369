package nn

import (
	"strings"

	"perceptarium/modern/kernel"
)

// tallied is an operation that has units, and connections between them.
type tallied interface {
	tally() (units int, links int64)
}

func (d *dense) tally() (int, int64) {
	links := int64(d.w.Free())
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

// Link is what joins two values: the weights of a dense layer, or which number
// of one goes to which of the other.
type Link struct {
	From, To *Value
	W        *Param   // [from][to]; nil where there are pairs
	Pairs    [][2]int // number of From, number of To
	Act      kernel.Act
}

// linked is an operation that joins numbers of one row.
type linked interface{ links() []Link }

func (d *dense) links() []Link { return []Link{{From: d.x, To: d.y, W: d.w, Act: d.act}} }

func (op *activation) links() []Link {
	return []Link{{From: op.x, To: op.y, Pairs: each(op.x.Size, 1), Act: op.act}}
}

func (op *meet) links() []Link {
	pairs := each(op.y.Size, 1)
	return []Link{{From: op.a, To: op.y, Pairs: pairs, Act: op.act}, {From: op.b, To: op.y, Pairs: pairs, Act: op.act}}
}

func (op *powers) links() []Link {
	return []Link{{From: op.x, To: op.y, Pairs: each(op.y.Size, op.top)}}
}

func (op *features) links() []Link {
	l := Link{From: op.x, To: op.y}
	for k, f := range op.list {
		for _, from := range featureOf[f] {
			l.Pairs = append(l.Pairs, [2]int{from, k})
		}
	}
	return []Link{l}
}

// each joins number i/share with number i.
func each(n, share int) [][2]int {
	pairs := make([][2]int, n)
	for i := range pairs {
		pairs[i] = [2]int{i / share, i}
	}
	return pairs
}

// Links lists what joins the values of n, in order. It is false where an
// operation joins them in another way.
func (n *Net) Links() ([]Link, bool) {
	var list []Link
	for _, op := range n.ops {
		switch l := op.(type) {
		case linked:
			list = append(list, l.links()...)
		case *loss:
		default:
			return nil, false
		}
	}
	return list, true
}

// Layer is one operation of a net, as a plan shows it.
type Layer struct {
	Name  string
	Shape []int // of what it answers, for one example and step
	Free  int   // weights and biases that can be learned
	Links int64 // connections
	Units int
	Work  int64 // multiply-adds of a forward pass for one example
	Ways  int   // from the input of a block to its end: 2 where a residual block ends, else 1
}

// Layers lists the operations in order, the loss left out. It needs no memory:
// a net that was planned and never finished has layers too.
func (n *Net) Layers() []Layer {
	var list []Layer
	for _, op := range n.ops {
		if _, end := op.(*loss); end {
			continue
		}
		l := Layer{Name: op.Name(), Ways: 1}
		if m, ok := op.(*meet); ok && !m.plain {
			l.Ways = 2
		}
		if v := n.Value(op.Name()); v != nil {
			l.Shape = v.Shape
		}
		if t, ok := op.(tallied); ok {
			l.Units, l.Links = t.tally()
		}
		for _, p := range op.Parts(false) {
			l.Work += p.Work
		}
		for _, p := range n.Params {
			if strings.HasPrefix(p.Name, op.Name()+"-") && !strings.Contains(p.Name[len(op.Name())+1:], "-") {
				l.Free += p.Free()
			}
		}
		list = append(list, l)
	}
	return list
}
