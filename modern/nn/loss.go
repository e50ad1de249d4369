package nn

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
)

// LossKind is what is made small.
type LossKind uint8

// The losses, for outputs o and wanted t, summed over the outputs of an example.
const (
	Squared  LossKind = iota // Factor * (o - t)^2
	Logistic                 // -t log p - (1-t) log(1-p), p = logistic(o)
	Softmax                  // -log p of the class, p = softmax(o), or exp(o)/(sum of exp(o) + exp(-Rubbish))
	Linear                   // Factor * t o: t says how much an output counts, and no answer is wrong
	losses
)

// LossNames are the losses as scenarios write them.
var LossNames = [losses]string{"squared", "logistic", "softmax", "linear"}

// Loss is a loss with its settings.
type Loss struct {
	Kind      LossKind
	Factor    float32 // of Squared: 1/2 in 1986; 1/outputs makes a mean; of Linear; 0 is 1
	Low, High float32 // what is wanted of the outputs of other classes, and of the class; both 0: 0 and 1
	Margin    float32 // an output this near to what is wanted counts as reached: derivatives begin there
	Tolerance float32 // an answer is right where every output is this near; 0: by its class, or within 1/2 where there are no classes
	Rubbish   float32 // of Softmax: a class of its own for what is none of the others, with the output -Rubbish (LeCun and others 1998: j); 0: there is none
	Sum       bool    // gradients are summed over the examples of a batch, not averaged
	Uphill    bool    // the sign of the slide: the derivative is taken as y - h
}

// Loss ends the net: it compares y with what is wanted (Net.Wanted, or for
// Softmax Net.Class) and begins the backward pass with the derivative of the
// loss, divided by the number of examples unless Sum is set.
func (n *Net) Loss(name string, y *Value, l Loss) {
	if l.Factor == 0 {
		l.Factor = 1
	}
	if l.Low == 0 && l.High == 0 {
		l.High = 1
	}
	op := &loss{base: base{name, n}, y: y, l: l, byClass: l.Tolerance == 0}
	if op.byClass {
		op.l.Tolerance = 0.5
	}
	n.Output = y
	n.Wanted = n.value("wanted", []int{y.Size}, y.Steps, false)
	lowest := -1 // where there is no class
	if l.Kind == Softmax {
		lowest = 0
	}
	n.takeInts(&n.Class, n.Batch*y.Steps, lowest, y.Size-1)
	n.take(&op.sums, y.Steps*n.Batch)
	n.take(&op.p, y.Size*y.Steps*n.Batch)
	n.add(op)
}

// Setting is the loss of n.
func (n *Net) Setting() *Loss {
	for _, op := range n.ops {
		if l, ok := op.(*loss); ok {
			return &l.l
		}
	}
	return nil
}

type loss struct {
	base
	y       *Value
	l       Loss
	byClass bool      // an answer is judged by its class, where it has one
	sums    []float32 // of Softmax: the logarithm of each row's sum
	p       []float32 // probabilities
}

func (op *loss) plan(*Net) { op.y.claim() }

func (op *loss) Parts(back bool) []Part {
	if !back {
		rule := [losses]string{"L = sum of f (y - t)^2", "L = sum of -t log p - (1-t) log(1-p)", "L = -log p of the class", "L = sum of f t y"}[op.l.Kind]
		return []Part{{Writes: "loss", Rule: rule, Out: op.result, Show: op.show}}
	}
	rule := [losses]string{"dy = 2 f (y - t)", "dy = p - t", "dy = p - t", "dy = f t"}[op.l.Kind]
	return []Part{{Writes: op.y.Name + "-grad", Rule: rule, Out: func() []float32 { return op.n.grad(op.y) }, Show: op.showBack}}
}

func (op *loss) result() []float32 { return op.n.data(op.y) }

func (op *loss) Run(back bool, _ int) {
	if back {
		op.backward()
		return
	}
	n := op.n
	y, t := n.data(op.y), n.data(n.Wanted)
	switch op.l.Kind {
	case Squared:
		n.Result.Loss = float32(op.l.Factor * kernel.SquaredDistance(y, t))
	case Logistic:
		n.Result.Loss = op.crossEntropy(y, t)
	case Softmax:
		n.Result.Loss = op.logLoss(y)
	case Linear:
		n.Result.Loss = float32(op.l.Factor * kernel.Dot(y, t))
	}
	n.Result.Wrong = op.wrong(y, t)
}

// crossEntropy is log(1 + exp(o)) - t o, in the form that does not overflow.
func (op *loss) crossEntropy(y, t []float32) float32 {
	p := op.p[:len(y)]
	for i, o := range y {
		p[i] = f32.Max(o, 0) - float32(t[i]*o) + f32.Log1p(f32.Exp(-f32.Abs(o)))
	}
	return kernel.Sum(p)
}

// withRubbish is the logarithm of exp(s) + exp(-Rubbish).
func (op *loss) withRubbish(s float32) float32 {
	d := s + op.l.Rubbish
	return f32.Max(s, -op.l.Rubbish) + f32.Log1p(f32.Exp(-f32.Abs(d)))
}

// logLoss keeps the probabilities for the way back; the class of rubbish takes
// its share of them.
func (op *loss) logLoss(y []float32) float32 {
	rows, w := op.n.rows(op.y), op.y.Size
	s := op.sums[:rows]
	kernel.SoftmaxLog(op.p, s, y, rows, w)
	for r := range s {
		if op.l.Rubbish > 0 {
			row := op.p[r*w : r*w+w]
			kernel.Scale(row, f32.Logistic(s[r]+op.l.Rubbish), row)
			s[r] = op.withRubbish(s[r])
		}
		s[r] -= y[r*w+int(op.n.Class[r])]
	}
	return kernel.Sum(s)
}

// wrong counts the rows whose answer is not what is wanted: another class, or
// an output too far away.
func (op *loss) wrong(y, t []float32) int {
	wrong, w := 0, op.y.Size
	if op.l.Kind == Linear {
		return 0
	}
	for r := range op.n.rows(op.y) {
		row := y[r*w : r*w+w]
		if w > 1 && op.n.Class[r] >= 0 && (op.byClass || op.l.Kind == Softmax) {
			if _, at := kernel.Max(row); at != int(op.n.Class[r]) {
				wrong++
			}
		} else if !op.near(row, t[r*w:r*w+w]) {
			wrong++
		}
	}
	return wrong
}

func (op *loss) near(y, t []float32) bool {
	for i := range y {
		o := y[i]
		if op.l.Kind == Logistic {
			o = f32.Logistic(o)
		}
		if !(f32.Abs(o-t[i]) < op.l.Tolerance) {
			return false
		}
	}
	return true
}

func (op *loss) backward() {
	n := op.n
	y, t, dy := n.data(op.y), n.data(n.Wanted), n.grad(op.y)
	scale := float32(1)
	if !op.l.Sum {
		scale = 1 / float32(n.Rows)
	}
	switch op.l.Kind {
	case Squared:
		scale = float32(float32(2*op.l.Factor) * scale)
		kernel.Sub(dy, y, t)
	case Logistic:
		kernel.Activate(kernel.Logistic, dy, y)
		kernel.Sub(dy, dy, t)
	case Softmax:
		copy(dy, op.p)
		for r := range n.rows(op.y) {
			dy[r*op.y.Size+int(n.Class[r])] -= 1
		}
	case Linear:
		scale = float32(op.l.Factor * scale)
		copy(dy, t)
	}
	if op.l.Margin > 0 {
		reached(dy, op.l.Margin)
	}
	if op.l.Uphill {
		scale = -scale
	}
	if scale != 1 {
		kernel.Scale(dy, scale, dy)
	}
}

func reached(d []float32, margin float32) {
	for i, v := range d {
		switch {
		case v > margin:
			d[i] = v - margin
		case v < -margin:
			d[i] = v + margin
		default:
			d[i] = 0
		}
	}
}
