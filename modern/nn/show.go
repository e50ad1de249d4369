package nn

import (
	"strconv"
	"strings"
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
		b.WriteString(num(x) + "*" + bracket(y))
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

func (op *loss) show(i int) string {
	y, t := op.y.Data[i], op.n.Wanted.Data[i]
	if op.l.Kind != Squared {
		return "output " + num(y) + ", wanted " + num(t) + ", L = " + num(op.n.Result.Loss)
	}
	return num(op.l.Factor) + " (" + num(y) + " - " + bracket(t) + ")^2 ..., L = " + num(op.n.Result.Loss)
}

func (op *loss) showBack(i int) string {
	y, t := op.y.Data[i], op.n.Wanted.Data[i]
	if op.l.Kind != Squared {
		return "p - " + num(t) + " = " + num(op.y.Grad[i])
	}
	a, b := y, t
	if op.l.Uphill {
		a, b = t, y
	}
	return num(float32(2*op.l.Factor)) + " (" + num(a) + " - " + bracket(b) + ") = " + num(op.y.Grad[i])
}

func (u *update) show(i int) string {
	return "now " + num(u.p.W[i]) + ", rate " + num(u.o.Settings.Rate) + ", g " + num(u.p.G[i])
}
