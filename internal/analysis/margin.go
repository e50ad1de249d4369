package analysis

import (
	"math/big"
)

// Margin is how far apart two classes are: the exact best.
type Margin struct {
	Gamma2  *big.Rat   // the square of max over |u| = 1 of min y u.x; 0 where nothing separates
	Weights []*big.Int // along the best u; all zero where nothing separates
	Lambda  []*big.Int // [n] the multipliers of the points that carry it; where nothing separates, a certificate
}

// MaxMargin computes the largest margin of the points, exactly: it is the
// distance of the origin from the convex hull of the points y*x, found by
// Wolfe's method (1976) in rationals. It is meant for small sets. The error is
// one of shape.
func MaxMargin(p Points) (Margin, error) {
	if err := p.check(); err != nil {
		return Margin{}, err
	}
	h := hull{p: p}
	h.begin()
	for h.major() {
		for h.minor() {
		}
	}
	lambda := zeros(len(p.X))
	for j, i := range h.index {
		lambda[i].Set(h.lambda[j])
	}
	return Margin{Gamma2: dotRat(h.x, h.x), Weights: whole(h.x), Lambda: whole(lambda)}, nil
}

// hull is the state of Wolfe's method: x is the sum of lambda over the corral,
// points that are affinely independent.
type hull struct {
	p      Points
	index  []int      // of the points in the corral
	lambda []*big.Rat // positive, sum 1
	x      []*big.Rat // [d]
}

func (h *hull) begin() {
	h.index, h.lambda = []int{0}, []*big.Rat{big.NewRat(1, 1)}
	h.place()
}

// place recomputes x.
func (h *hull) place() {
	h.x = zeros(len(h.p.X[0]))
	term := new(big.Rat)
	for j, i := range h.index {
		for k := range h.x {
			h.x[k].Add(h.x[k], term.Mul(h.lambda[j], term.SetInt64(h.p.signed(i, k))))
		}
	}
}

// major adds to the corral the point that lies farthest towards the origin, and
// reports false where none lies nearer than x.
func (h *hull) major() bool {
	best, least := -1, dotRat(h.x, h.x)
	for i := range h.p.X {
		v := h.along(i)
		if v.Cmp(least) < 0 {
			best, least = i, v
		}
	}
	if best >= 0 {
		h.index, h.lambda = append(h.index, best), append(h.lambda, new(big.Rat))
	}
	return best >= 0
}

func (h *hull) along(i int) *big.Rat {
	sum, term := new(big.Rat), new(big.Rat)
	for k := range h.x {
		sum.Add(sum, term.Mul(h.x[k], term.SetInt64(h.p.signed(i, k))))
	}
	return sum
}

// minor goes to the point nearest the origin in the affine hull of the corral;
// where that lies outside the convex hull, it stops at the border, drops what
// lies there, and reports that it must be called again.
func (h *hull) minor() bool {
	mu := h.affine()
	theta, outside := big.NewRat(1, 1), false
	for j := range mu {
		if mu[j].Sign() > 0 {
			continue
		}
		outside = true
		gap := new(big.Rat).Sub(h.lambda[j], mu[j])
		if gap.Sign() > 0 {
			if r := gap.Quo(h.lambda[j], gap); r.Cmp(theta) < 0 {
				theta = r
			}
		} else {
			theta = new(big.Rat)
		}
	}
	kept := 0
	for j := range mu {
		step := mu[j].Sub(mu[j], h.lambda[j])
		h.lambda[j].Add(h.lambda[j], step.Mul(step, theta))
		if h.lambda[j].Sign() > 0 {
			h.index[kept], h.lambda[kept] = h.index[j], h.lambda[j]
			kept++
		}
	}
	h.index, h.lambda = h.index[:kept], h.lambda[:kept]
	h.place()
	return outside
}

// affine solves for mu with sum mu = 1 that makes |sum mu*y*x| least over the
// corral: the products of x with all its points are then equal. It solves
// G mu = 1 bordered by the sum, with a last unknown for that product.
func (h *hull) affine() []*big.Rat {
	m := len(h.index)
	a := make([][]*big.Rat, m+1)
	for r := range a {
		a[r] = zeros(m + 2)
		for c := range m {
			if r < m {
				a[r][c].SetInt(h.product(h.index[r], h.index[c]))
			} else {
				a[r][c].SetInt64(1)
			}
		}
	}
	for r := range m {
		a[r][m].SetInt64(-1)
	}
	a[m][m+1].SetInt64(1)
	solve(a)
	mu := make([]*big.Rat, m)
	for r := range mu {
		mu[r] = a[r][m+1]
	}
	return mu
}

func (h *hull) product(i, j int) *big.Int {
	sum, t, u := new(big.Int), new(big.Int), new(big.Int)
	for k := range h.x {
		sum.Add(sum, t.Mul(t.SetInt64(h.p.signed(i, k)), u.SetInt64(h.p.signed(j, k))))
	}
	return sum
}

// solve brings the left square of a to the identity. It must be regular.
func solve(a [][]*big.Rat) {
	for c := range a {
		r := c
		for a[r][c].Sign() == 0 {
			r++
		}
		a[c], a[r] = a[r], a[c]
		inverse := new(big.Rat).Inv(a[c][c])
		for j := range a[c] {
			a[c][j].Mul(a[c][j], inverse)
		}
		for k := range a {
			if k != c {
				eliminate(a[k], a[c], c)
			}
		}
	}
}

func dotRat(a, b []*big.Rat) *big.Rat {
	sum, term := new(big.Rat), new(big.Rat)
	for k := range a {
		sum.Add(sum, term.Mul(a[k], b[k]))
	}
	return sum
}
