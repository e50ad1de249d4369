package perceptron

import (
	"fmt"
	"math/big"
	"testing"

	"perceptarium/internal/analysis"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// points is the table as the trained layer sees it.
func (m *Machine) points() analysis.Points {
	var p analysis.Points
	for i, y := range m.targets {
		p.X = append(p.X, append([]int64(nil), m.row(int64(i))...))
		p.Y = append(p.Y, int(2*y-1))
	}
	return p
}

// TestNovikoff: on 1,000 random separable tables the mistakes never pass
// (R/gamma)^2, with the largest margin gamma that exact arithmetic finds; and
// with its weights as witness the machine shows that bound.
func TestNovikoff(t *testing.T) {
	stream := rng.New(1962).Stream("tables")
	worst, shown := new(big.Rat), 0
	for n := range 1000 {
		m := build(separable(&stream), Layer{}, "")
		margin, err := analysis.MaxMargin(m.points())
		if err != nil || margin.Gamma2.Sign() == 0 {
			t.Fatalf("table %d: %v, %v", n, margin, err)
		}
		r2 := int64(0)
		for i := range m.targets {
			r2 = max(r2, norm2(m.row(int64(i))))
		}
		limit := new(big.Rat).Quo(big.NewRat(r2, 1), margin.Gamma2)
		m.Reset(uint64(n))
		set(t, m, "order", 0, int64(n)%2)
		until(t, m, 1_000_000)
		share := new(big.Rat).Quo(big.NewRat(m.mistakes, 1), limit)
		if share.Cmp(big.NewRat(1, 1)) > 0 {
			t.Fatalf("table %d: %d mistakes, more than (R/gamma)^2 = %v", n, m.mistakes, limit)
		}
		if share.Cmp(worst) > 0 {
			worst = share
		}
		shown += int(truth(m.showsBound(t, margin, limit)))
	}
	if shown < 900 {
		t.Errorf("only %d of the best witnesses fit the control", shown)
	}
	t.Logf("at most %s of the bound was used", worst.FloatString(3))
}

// showsBound takes the best weights as witness, and reports false where they do
// not fit the control.
func (m *Machine) showsBound(t *testing.T, margin analysis.Margin, limit *big.Rat) bool {
	var u []int64
	for _, w := range margin.Weights {
		if !w.IsInt64() || w.Int64() > InputMax || w.Int64() < -InputMax {
			return false
		}
		u = append(u, w.Int64())
	}
	set(t, m, "witness", sim.Whole, u...)
	if want := new(big.Int).Div(limit.Num(), limit.Denom()); want.Int64() != m.bound {
		t.Fatalf("bound %d, want floor(%v)", m.bound, limit)
	}
	return true
}

// separable draws a table and lets a random plane choose its targets.
func separable(s *rng.Stream) Table {
	n, rows := 1+s.Below(3), 2+s.Below(8)
	plane := make([]int64, n+1)
	for k := range plane {
		plane[k] = s.Below(41) - 20
	}
	t := Table{Target: "y", Scale: 1}
	for k := range n {
		t.Names = append(t.Names, fmt.Sprintf("x%d", k+1))
	}
	for range rows {
		x := []int64{1}
		for range n {
			x = append(x, s.Below(21)-10)
		}
		if sum := dot(plane, x); sum != 0 {
			t.Inputs = append(t.Inputs, x[1:]...)
			t.Targets = append(t.Targets, truth(sum > 0))
		}
	}
	if t.Rows() == 0 {
		return separable(s)
	}
	return t
}
