package nn

import (
	"perceptarium/modern/f32"
)

// Powers adds, for each number of x, the number itself, its square and so on up
// to that power: y = x, x^2 ... x^top. A polynomial is a dense layer behind it.
func (n *Net) Powers(name string, x *Value, top int) *Value {
	op := &powers{base: base{name, n}, x: x, top: top}
	op.y = n.value(name, []int{x.Size * top}, x.Steps, x.needs)
	n.add(op)
	return op.y
}

type powers struct {
	base
	x, y   *Value
	top    int
	firstX bool
}

func (op *powers) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *powers) Parts(back bool) []Part {
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: "y = x, x^2 ...", Out: func() []float32 { return op.n.data(op.y) }, Show: op.show}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = sum of k x^(k-1) dy", Out: func() []float32 { return op.n.grad(op.x) }, Show: op.showBack}}
	}
	return nil
}

func (op *powers) Run(back bool, _ int) {
	for i, x := range op.n.data(op.x) {
		if !back {
			p := float32(1)
			for k := range op.top {
				p = float32(p * x)
				op.y.Data[i*op.top+k] = p
			}
			continue
		}
		sum := op.slope(i)
		if !op.firstX {
			sum += op.x.Grad[i]
		}
		op.x.Grad[i] = sum
	}
}

// slope sums k x^(k-1) dy over the powers of number i, from the first on.
func (op *powers) slope(i int) float32 {
	sum := op.y.Grad[i*op.top]
	for k := 1; k < op.top; k++ {
		sum = f32.FMA(float32(float32(k+1)*op.y.Data[i*op.top+k-1]), op.y.Grad[i*op.top+k], sum)
	}
	return sum
}
