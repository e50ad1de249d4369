package analysis

import "math/big"

// tableau is a simplex tableau in exact rationals for
//
//	find lambda >= 0 with sum lambda*y*x = 0 (d rows) and sum lambda = 1 (one row),
//
// by adding an artificial variable to each row and minimising their sum. Columns
// are the n points, the d+1 artificial variables, and the right-hand side.
type tableau struct {
	n, d  int
	row   [][]*big.Rat // [d+1][n+d+2]
	cost  []*big.Rat   // [n+d+2] reduced costs; at its end minus the sum
	basis []int        // [d+1] the column that is basic in each row
}

// exact decides by the simplex method with Bland's rule (1977), which cannot
// cycle. At the end the sum of the artificial variables is zero, and the basis
// holds lambda; or it is not, and the dual values hold w.
func exact(p Points) Verdict {
	t := newTableau(p)
	for {
		enter := t.entering()
		if enter < 0 {
			break
		}
		t.pivot(t.leaving(enter), enter)
	}
	if t.cost[t.n+t.d+1].Sign() == 0 {
		return Verdict{Lambda: t.lambda()}
	}
	return Verdict{Weights: t.weights()}
}

func newTableau(p Points) *tableau {
	t := &tableau{n: len(p.X), d: len(p.X[0])}
	width := t.n + t.d + 2
	t.row = make([][]*big.Rat, t.d+1)
	t.cost = zeros(width)
	for k := range t.row {
		r := zeros(width)
		for i := range t.n {
			if k < t.d {
				r[i].SetInt64(p.signed(i, k))
			} else {
				r[i].SetInt64(1)
			}
			t.cost[i].Sub(t.cost[i], r[i])
		}
		r[t.n+k].SetInt64(1)
		t.row[k] = r
		t.basis = append(t.basis, t.n+k)
	}
	t.row[t.d][width-1].SetInt64(1)
	t.cost[width-1].SetInt64(-1)
	return t
}

func zeros(n int) []*big.Rat {
	v := make([]*big.Rat, n)
	for i := range v {
		v[i] = new(big.Rat)
	}
	return v
}

// entering is the first point that lowers the sum; -1 where none does. An
// artificial variable never comes back.
func (t *tableau) entering() int {
	for i := range t.n {
		if t.cost[i].Sign() < 0 {
			return i
		}
	}
	return -1
}

// leaving is the row that limits the entering column first; of several, the one
// whose basic column is first. There is one always: the sum of lambda is 1.
func (t *tableau) leaving(enter int) int {
	best, last := -1, len(t.cost)-1
	var least, ratio big.Rat
	for k, r := range t.row {
		if r[enter].Sign() <= 0 {
			continue
		}
		ratio.Quo(r[last], r[enter])
		order := -1
		if best >= 0 {
			order = ratio.Cmp(&least)
		}
		if order < 0 || order == 0 && t.basis[k] < t.basis[best] {
			best = k
			least.Set(&ratio)
		}
	}
	return best
}

func (t *tableau) pivot(leave, enter int) {
	r := t.row[leave]
	inverse := new(big.Rat).Inv(r[enter])
	for j := range r {
		if r[j].Sign() != 0 {
			r[j].Mul(r[j], inverse)
		}
	}
	for k := range t.row {
		if k != leave {
			eliminate(t.row[k], r, enter)
		}
	}
	eliminate(t.cost, r, enter)
	t.basis[leave] = enter
}

// eliminate makes v[enter] zero by subtracting a multiple of r, in which it is 1.
func eliminate(v, r []*big.Rat, enter int) {
	if v[enter].Sign() == 0 {
		return
	}
	factor, term := new(big.Rat).Set(v[enter]), new(big.Rat)
	for j := range v {
		if r[j].Sign() != 0 {
			v[j].Sub(v[j], term.Mul(factor, r[j]))
		}
	}
}

func (t *tableau) lambda() []*big.Int {
	v := zeros(t.n)
	for k, j := range t.basis {
		if j < t.n {
			v[j].Set(t.row[k][len(t.cost)-1])
		}
	}
	return whole(v)
}

// weights are minus the dual values of the first d rows. The dual value of row k
// is 1 minus the reduced cost of its artificial variable. No point lowers the
// sum, so dual.(y x) + dual[d] <= 0 for each, and dual[d] is the sum, above 0.
func (t *tableau) weights() []*big.Int {
	v, one := zeros(t.d), big.NewRat(1, 1)
	for k := range v {
		v[k].Sub(t.cost[t.n+k], one)
	}
	return whole(v)
}
