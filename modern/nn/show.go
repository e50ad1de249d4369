package nn

import (
	"strconv"
	"strings"

	"perceptarium/modern/kernel"
)

// num prints a number as a person writes it: at most four significant digits.
func num(v float32) string { return strconv.FormatFloat(float64(v), 'g', 4, 32) }

// terms joins a*b + c*d ...; the sum of more than six is cut.
func terms(start string, n int, term func(k int) (a, b float32)) string {
	var b strings.Builder
	b.WriteString(start)
	for k := range n {
		if b.Len() > 0 {
			b.WriteString(" + ")
		}
		if k == 6 {
			b.WriteString("...")
			break
		}
		x, y := term(k)
		if b.Len() > 0 {
			b.WriteString(bracket(x))
		} else {
			b.WriteString(num(x))
		}
		b.WriteString("*" + bracket(y))
	}
	return b.String()
}

func bracket(v float32) string {
	if v < 0 {
		return "(" + num(v) + ")"
	}
	return num(v)
}

// show writes element i of y with its numbers.
func (d *dense) show(i int) string {
	r, j := i/d.y.Size, i%d.y.Size
	start := ""
	if d.b != nil {
		start = num(d.b.W[j])
	}
	sum := terms(start, d.x.Size, func(k int) (float32, float32) {
		return d.x.Data[r*d.x.Size+k], d.w.W[k*d.y.Size+j]
	})
	return actRule(d.act, sum) + " = " + num(d.y.Data[i])
}

func (d *dense) showW(i int) string {
	k, j := i/d.y.Size, i%d.y.Size
	sum := terms("", d.n.rows(d.y), func(r int) (float32, float32) {
		return d.x.Data[r*d.x.Size+k], d.y.Grad[r*d.y.Size+j]
	})
	return sum + " = " + num(d.w.G[i])
}

func (d *dense) showB(i int) string {
	sum := terms("", d.n.rows(d.y), func(r int) (float32, float32) { return 1, d.y.Grad[r*d.y.Size+i] })
	return sum + " = " + num(d.b.G[i])
}

func (d *dense) showX(i int) string {
	r, k := i/d.x.Size, i%d.x.Size
	sum := terms("", d.y.Size, func(j int) (float32, float32) {
		return d.y.Grad[r*d.y.Size+j], d.w.W[k*d.y.Size+j]
	})
	return sum + " = " + num(d.x.Grad[i])
}

// showDelta writes a derivative before the activation: what came from above has
// been multiplied by the slope.
func (d *dense) showDelta(i int) string {
	return "dy * " + slopeText(d.act, d.y.Data[i]) + " = " + num(d.y.Grad[i])
}

// slopeText is the derivative of an activation, by its answer y.
func slopeText(a kernel.Act, y float32) string {
	switch a {
	case kernel.Logistic:
		return num(y) + " (1 - " + num(y) + ")"
	case kernel.Tanh:
		return "(1 - " + bracket(y) + "^2)"
	case kernel.LeCunTanh:
		return "(1.144 - 0.3885 " + bracket(y) + "^2)"
	case kernel.Step:
		return "0"
	case kernel.ReLU:
		if y > 0 {
			return "1"
		}
		return "0"
	}
	return a.String() + "'"
}

// show writes example i's share, and the loss of the batch.
func (op *loss) show(i int) string {
	y, t, whole := op.y.Data[i], op.n.Wanted.Data[i], ""
	if op.n.rows(op.y)*op.y.Size > 1 {
		whole = " ..., over the batch"
	}
	whole += " = " + num(op.n.Result.Loss)
	switch op.l.Kind {
	case Squared:
		return num(op.l.Factor) + " (" + num(y) + " - " + bracket(t) + ")^2" + whole
	case Linear:
		return num(op.l.Factor) + " * " + bracket(t) + " * " + bracket(y) + whole
	case Softmax:
		return "output " + num(y) + ", class " + strconv.Itoa(int(op.n.Class[i/op.y.Size])) + whole
	}
	return "output " + num(y) + ", wanted " + num(t) + whole
}

func (op *loss) showBack(i int) string {
	y, t := op.y.Data[i], op.n.Wanted.Data[i]
	share := ""
	if !op.l.Sum && op.n.Rows > 1 {
		share = " / " + strconv.Itoa(op.n.Rows) + " examples"
	}
	is := share + " = " + num(op.y.Grad[i])
	if op.l.Uphill {
		is += ", by the sign of the slide"
	}
	a, b := "p", num(t)
	switch op.l.Kind {
	case Linear:
		return num(op.l.Factor) + " * " + bracket(t) + is
	case Softmax:
		b = "0"
		if int(op.n.Class[i/op.y.Size]) == i%op.y.Size {
			b = "1"
		}
	case Squared:
		a, b = num(y), bracket(t)
	}
	if op.l.Uphill {
		a, b = b, a
	}
	if op.l.Kind == Squared {
		return num(float32(2*op.l.Factor)) + " (" + a + " - " + b + ")" + is
	}
	return a + " - " + b + is
}

// show writes the update of weight i: where the method moves it by a number
// that is still known, with where it stood.
func (u *update) show(i int) string {
	w, g, s := u.p.W[i], u.p.G[i], &u.o.Settings
	plain := s.Shrink == 0 && (s.Decay == 0 || u.p.Bias) && u.p.Alive == nil
	switch {
	case plain && u.o.Method == SGD:
		return num(w+float32(s.Rate*g)) + " - " + num(s.Rate) + " * " + bracket(g) + " = " + num(w)
	case plain && u.o.Method == Momentum:
		v := u.p.State[0][i]
		return "v = " + num(v) + "; w = " + num(w-v) + " + " + bracket(v) + " = " + num(w)
	case plain && u.o.Method == SlideMomentum:
		d := u.p.State[0][i]
		return "d = " + num(d) + "; w = " + num(w+float32(s.Rate*d)) + " - " + num(s.Rate) + " * " + bracket(d) + " = " + num(w)
	}
	return "now " + num(w) + ", rate " + num(s.Rate) + ", g " + num(g)
}

// show writes power i of a number.
func (op *powers) show(i int) string {
	return bracket(op.x.Data[i/op.top]) + "^" + strconv.Itoa(i%op.top+1) + " = " + num(op.y.Data[i])
}

func (op *powers) showBack(i int) string {
	x := bracket(op.x.Data[i])
	return terms("", op.top, func(k int) (float32, float32) {
		factor := float32(k + 1)
		if k > 0 {
			factor = float32(factor * op.y.Data[i*op.top+k-1])
		}
		return factor, op.y.Grad[i*op.top+k]
	}) + " = " + num(op.x.Grad[i]) + " for x = " + x
}
