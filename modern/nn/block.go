package nn

import "slices"

// Block is a block of a net with a way around it, or without one.
type Block struct {
	Cut   *Param   // 0 whole, 1 cut: only the way around is left
	Inner []*Param // what is learned inside it, running averages too
	Plain bool     // there is no way around it, unless it is cut
	Input *Value
	way   []int32
}

// Blocks are the net's blocks, in order.
func (n *Net) Blocks() []Block {
	var list []Block
	for _, op := range n.ops {
		if m, ok := op.(*meet); ok {
			list = append(list, Block{m.cut, m.inner, m.plain, m.a, m.way})
		}
	}
	return list
}

// Way is where a derivative goes backwards at the end of a block.
type Way int32

// Both ways, as the chain rule says; or one of them.
const (
	BothWays Way = iota
	Through      // through the block alone
	Around       // around it alone
)

// Send says where derivatives go from now on.
func (b *Block) Send(w Way) { b.way[0] = int32(w) }

// Like reports whether what is learned in b would fit into c.
func (b *Block) Like(c *Block) bool {
	return slices.EqualFunc(b.Inner, c.Inner, func(p, q *Param) bool { return slices.Equal(p.Shape, q.Shape) })
}

// Exchange puts what was learned in b into c, and the reverse: the two blocks
// change places. What a method remembers of their weights goes along.
func (b *Block) Exchange(c *Block) {
	for i, p := range b.Inner {
		q := c.Inner[i]
		exchange(p.W, q.W)
		for k := range p.State {
			exchange(p.State[k], q.State[k])
		}
		exchange(p.Alive, q.Alive)
	}
}

func exchange(a, b []float32) {
	for i := range a {
		a[i], b[i] = b[i], a[i]
	}
}
