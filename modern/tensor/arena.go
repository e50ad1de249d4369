package tensor

// Arena is one block of memory from which tensors are taken in turn and given
// back all at once. Where a block does not suffice, a further one is taken;
// Reset puts one block of their whole size in their place. After the first
// round of the same Takes nothing is allocated any more.
type Arena struct {
	block []float32
	used  int // of the block
	spent int // of the blocks that are full
	grown int // the size of those
}

// line is the number of elements of a line of a processor's cache: each tensor
// begins on one of its own.
const line = 16

// MakeArena takes a block of that many elements.
func MakeArena(elements int) *Arena { return &Arena{block: make([]float32, elements)} }

// Take gives a tensor of those dimensions; its elements are 0. It is valid up
// to the next Reset.
func (a *Arena) Take(dims ...int) Tensor {
	s := Of(dims...)
	n := (s.Size() + line - 1) / line * line
	if a.used+n > len(a.block) {
		a.spent, a.grown = a.spent+a.used, a.grown+len(a.block)
		a.block, a.used = make([]float32, max(n, 2*len(a.block))), 0
	}
	data := a.block[a.used:][:s.Size():s.Size()]
	a.used += n
	clear(data)
	return whole(data, s)
}

// Reset takes all tensors back.
func (a *Arena) Reset() {
	if a.grown > 0 {
		a.block = make([]float32, a.grown+len(a.block))
	}
	a.used, a.spent, a.grown = 0, 0, 0
}

// Used is the number of bytes that are taken.
func (a *Arena) Used() int { return 4 * (a.spent + a.used) }
