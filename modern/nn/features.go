package nn

import "perceptarium/modern/f32"

// FeatureNames are the functions of a point (x1, x2) that the Playground feeds
// to a net.
var FeatureNames = []string{"x1", "x2", "x1^2", "x2^2", "x1x2", "sin-x1", "sin-x2"}

// featureOf are the inputs that each looks at.
var featureOf = [][]int{{0}, {1}, {0}, {1}, {0, 1}, {0}, {1}}

// Features adds the functions of the first two numbers of x that list names, by
// their places in FeatureNames.
func (n *Net) Features(name string, x *Value, list []int) *Value {
	if x.Size != 2 || x.needs {
		panic("nn: features are made of two inputs")
	}
	op := &features{base: base{name, n}, x: x, list: list}
	op.y = n.value(name, []int{len(list)}, x.Steps, false)
	for _, f := range list {
		op.y.Units = append(op.y.Units, FeatureNames[f])
	}
	n.add(op)
	return op.y
}

type features struct {
	base
	x, y *Value
	list []int
}

func (op *features) plan(*Net) {}

func (op *features) Parts(back bool) []Part {
	if back {
		return nil
	}
	return []Part{{Writes: op.y.Name, Rule: "y = functions of x1 and x2", Out: func() []float32 { return op.n.data(op.y) }}}
}

func (op *features) Run(bool, int) {
	y := op.n.data(op.y)
	for r := range op.n.rows(op.x) {
		a, b := op.x.Data[2*r], op.x.Data[2*r+1]
		for k, f := range op.list {
			y[r*len(op.list)+k] = feature(f, a, b)
		}
	}
}

func feature(f int, a, b float32) float32 {
	switch f {
	case 0:
		return a
	case 1:
		return b
	case 2:
		return float32(a * a)
	case 3:
		return float32(b * b)
	case 4:
		return float32(a * b)
	case 5:
		return f32.Sin(a)
	}
	return f32.Sin(b)
}
