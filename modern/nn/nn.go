// Package nn builds nets out of tensor operations and runs them forwards and
// backwards, one operation at a time.
//
//	n := nn.New(batch)
//	x := n.Input("x", []int{2}, 1)
//	h := n.Dense("h", x, nn.Dense{Units: 2, Act: kernel.Logistic})
//	y := n.Dense("y", h, nn.Dense{Units: 1, Act: kernel.Logistic})
//	n.Squared(y, nn.Loss{})
//	n.Finish()
//
// A net is a list of operations (Op) over values and parameters, made once:
// Finish takes all memory, in one block that Save and Load can walk, and plans
// the backward pass. Program returns the operations of one training step in
// their order; each of them is one call of Run, and nothing in it allocates.
//
// A value holds Rows x Steps rows of Size numbers, row-major. The rows of a
// sequence lie step by step: all examples at step 0, then all at step 1. Weights
// lie [in][out], so that products run along the outputs.
//
// Every number obeys the arithmetic law (docs/arithmetic.md): the same bits for
// every processor and number of threads, and for every split of a program into
// calls.
package nn

import (
	"perceptarium/modern/kernel"
	"perceptarium/modern/tensor"
)

// Value is what flows between operations: the answers of a layer for a batch.
type Value struct {
	Name  string
	Shape []int     // of one row: [500], [12 8 8]
	Size  int       // their product
	Steps int       // rows of an example: 1, or the length of a sequence
	Units []string  // names of the numbers of a row; nil: they are counted
	Data  []float32 // [Rows*Steps][Size]
	Grad  []float32 // derivative of the loss, of the same size; nil where none is needed

	needs   bool // a gradient
	claimed bool // an operation of the backward pass writes the gradient
	before  int  // parameters of the net when it was made
}

// Param is numbers that are learned: the weights or biases of a layer.
type Param struct {
	Name   string
	Shape  []int
	FanIn  int
	FanOut int
	W, G   []float32 // value and derivative of the loss
	State  [3][]float32
	Mask   []float32 // 1 where a weight exists, 0 where it does not; nil: all exist
	Alive  []float32 // 0 where L1 has put a weight to rest for good; nil: no L1
	Fixed  bool      // not learned: fixed codes, running averages
	Bias   bool      // not subject to weight decay
	Init   Init

	claimed bool
}

// Free is the number of weights of p that can be learned.
func (p *Param) Free() int {
	if p.Fixed {
		return 0
	}
	if p.Mask == nil {
		return size(p.Shape)
	}
	free := 0
	for _, m := range p.Mask {
		free += int(m)
	}
	return free
}

// Count is the number of weights of p, those that do not exist or are not
// learned too.
func (p *Param) Count() int { return size(p.Shape) }

// Net is a list of operations over values and parameters.
type Net struct {
	Batch    int  // examples it has room for
	Rows     int  // examples in it now
	Training bool // dropout drops, batch norm looks at the batch
	Inward   bool // the backward pass goes on to the input; chosen before Input
	Values   []*Value
	Params   []*Param
	Wanted   *Value // what is wanted of the output, filled by the caller
	Class    []int32
	Output   *Value
	Result   Result

	ops     []Op
	wishes  []wish
	intWish []intWish
	shares  *Net
	opt     *Optimizer
	scratch []float32 // for sums that are added to others
	spare   int       // its size
}

// wish is memory that an operation asked for.
type wish struct {
	to   *[]float32
	size int
}

// intWish is memory for whole numbers within lo..hi.
type intWish struct {
	to     *[]int32
	size   int
	lo, hi int32
}

// New begins a net with room for that many examples at once.
func New(batch int) *Net {
	if batch < 1 {
		panic("nn: a batch holds at least one example")
	}
	return &Net{Batch: batch, Rows: batch, Training: true}
}

// Twin begins a net that shares the parameters of n: a net for testing, or for
// another size of batch. It must be built with the same names.
func (n *Net) Twin(batch int) *Net {
	twin := New(batch)
	twin.shares, twin.Training = n, false
	return twin
}

// Op is one operation of a net: forwards in one or several parts, backwards in
// others.
type Op interface {
	// Name is the name of the layer it belongs to.
	Name() string
	// Parts names the parts of a pass, in order.
	Parts(back bool) []Part
	// Run performs one part for the rows in the net.
	Run(back bool, part int)
	// plan claims gradients, from the last operation to the first.
	plan(n *Net)
}

// Part is one tensor operation: what it writes and by which rule.
type Part struct {
	Writes string // "h-w-grad"
	Rule   string // "dW = x' dz"
	Out    func() []float32
	Param  *Param // where the result is a derivative with respect to a parameter
	Work   int64  // multiply-adds for each example
	Once   int64  // multiply-adds besides, for each run
	Show   func(i int) string
}

// Instr is one tensor operation of a program.
type Instr struct {
	Op   Op
	Back bool
	At   int
	Part Part
}

// Run performs the operation.
func (in *Instr) Run() { in.Op.Run(in.Back, in.At) }

// Result is what the loss says of a batch.
type Result struct {
	Loss  float32 // summed over the examples
	Wrong int     // answers that are not what is wanted
}

func size(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// Value returns the value of that name, or nil.
func (n *Net) Value(name string) *Value {
	for _, v := range n.Values {
		if v.Name == name {
			return v
		}
	}
	return nil
}

// Param returns the parameter of that name, or nil.
func (n *Net) Param(name string) *Param {
	for _, p := range n.Params {
		if p.Name == name {
			return p
		}
	}
	return nil
}

func (n *Net) value(name string, shape []int, steps int, needs bool) *Value {
	v := &Value{Name: name, Shape: shape, Size: size(shape), Steps: steps, needs: needs, before: len(n.Params)}
	n.Values = append(n.Values, v)
	n.take(&v.Data, v.Size*steps*n.Batch)
	if needs {
		n.take(&v.Grad, v.Size*steps*n.Batch)
	}
	return v
}

func (n *Net) take(to *[]float32, size int) { n.wishes = append(n.wishes, wish{to, size}) }

// need makes the scratch at least that large.
func (n *Net) need(size int) { n.spare = max(n.spare, size) }

func (n *Net) takeInts(to *[]int32, size int, lo, hi int) {
	n.intWish = append(n.intWish, intWish{to, size, int32(lo), int32(hi)})
}

// param makes a parameter, or finds that of the net whose parameters are shared.
func (n *Net) param(p Param) *Param {
	if n.shares != nil {
		shared := n.shares.Param(p.Name)
		if shared == nil || size(shared.Shape) != size(p.Shape) {
			panic("nn: a twin with other parameters")
		}
		n.Params = append(n.Params, shared)
		return shared
	}
	made := &p
	n.Params = append(n.Params, made)
	n.take(&made.W, size(p.Shape))
	if !p.Fixed {
		n.take(&made.G, size(p.Shape))
	}
	return made
}

// Input makes the value that the caller fills: rows of that shape, for each step.
func (n *Net) Input(name string, shape []int, steps int) *Value {
	return n.value(name, shape, max(steps, 1), n.Inward)
}

func (n *Net) add(op Op) { n.ops = append(n.ops, op) }

// Finish takes the memory and plans the backward pass. Nothing can be added
// after it.
func (n *Net) Finish() {
	if n.opt != nil {
		n.opt.wish(n)
	}
	n.take(&n.scratch, n.spare)
	total := 0
	for _, w := range n.wishes {
		total += w.size + arenaGap
	}
	arena := tensor.MakeArena(total)
	for _, w := range n.wishes {
		*w.to = arena.Take(w.size).Data[:w.size:w.size]
	}
	for _, w := range n.intWish {
		*w.to = make([]int32, w.size)
	}
	if n.shares == nil || n.Inward {
		for i := len(n.ops) - 1; i >= 0; i-- {
			n.ops[i].plan(n)
		}
	}
}

// arenaGap is what an arena may leave free before a tensor.
const arenaGap = 16

// Memory visits all numbers that the net holds, and all whole numbers with
// their limits, in an order that depends on how it was built alone.
func (n *Net) Memory(reals func([]float32), wholes func(v []int32, lo, hi int32)) {
	for _, w := range n.wishes {
		reals(*w.to)
	}
	for _, w := range n.intWish {
		wholes(*w.to, w.lo, w.hi)
	}
}

// claim reports whether the caller is the first to write the gradient of v in
// the backward pass; the others add to it.
func (v *Value) claim() bool {
	first := !v.claimed
	v.claimed = true
	return first
}

func (p *Param) claim() bool {
	first := !p.claimed
	p.claimed = true
	return first
}

// Forward lists the operations from the inputs to the loss.
func (n *Net) Forward() []Instr {
	var list []Instr
	for _, op := range n.ops {
		list = appendParts(list, op, false)
	}
	return list
}

// Backward lists the operations from the loss to the inputs.
func (n *Net) Backward() []Instr {
	var list []Instr
	for i := len(n.ops) - 1; i >= 0; i-- {
		list = appendParts(list, n.ops[i], true)
	}
	return list
}

func appendParts(list []Instr, op Op, back bool) []Instr {
	for i, p := range op.Parts(back) {
		list = append(list, Instr{op, back, i, p})
	}
	return list
}

// Parameters is the number of weights and biases that can be learned.
func (n *Net) Parameters() int {
	free := 0
	for _, p := range n.Params {
		free += p.Free()
	}
	return free
}

// rows is how many rows of v are in use.
func (n *Net) rows(v *Value) int { return n.Rows * v.Steps }

func (n *Net) data(v *Value) []float32 { return v.Data[:n.rows(v)*v.Size] }

func (n *Net) grad(v *Value) []float32 { return v.Grad[:n.rows(v)*v.Size] }

// base is what every operation knows.
type base struct {
	name string
	n    *Net
}

func (b *base) Name() string { return b.name }

// addTo adds x to dst, or copies it there.
func addTo(dst, x []float32, first bool) {
	if first {
		copy(dst, x)
		return
	}
	kernel.Add(dst, dst, x)
}
