package nn

import (
	"math"
	"testing"
)

func makeResponse(r Response) (n *Net, x, h, y *Value) {
	n = New(testRows)
	x = n.Input("x", []int{1, 4, 4}, 1)
	h = n.Conv("h", x, Conv{Maps: 6, KH: 2, KW: 2, Init: smooth, Bias: smooth})
	y = n.LocalResponse("lrn", h, r)
	out := n.Dense("y", y, Dense{Units: 2, Init: smooth})
	n.Loss("loss", out, Loss{})
	n.Optimize(Momentum, Settings{Rate: 0.1, Mu: 0.9})
	n.Finish()
	n.Start(7)
	feedRandom(n, x)
	return n, x, h, y
}

// TestLocalResponse: values by the formula in float64, derivatives by
// differences.
func TestLocalResponse(t *testing.T) {
	r := Response{Span: 5, K: 2, Alpha: 0.3, Beta: 0.75}
	n, _, h, y := makeResponse(r)
	forward := n.Forward()
	run(forward)
	const maps, area = 6, 9
	for i, got := range n.data(y) {
		c, place := i/area%maps, i-i/area%maps*area
		s := float64(r.K)
		for k := max(0, c-2); k <= min(maps-1, c+2); k++ {
			v := float64(n.data(h)[place+k*area])
			s += float64(r.Alpha) * v * v
		}
		want := float64(n.data(h)[i]) * math.Pow(s, -float64(r.Beta))
		if math.Abs(float64(got)-want) > 1e-6 {
			t.Fatalf("element %d: %v, by the formula %v", i, got, want)
		}
	}
	run(n.Backward())
	for _, p := range n.Params {
		checkParam(t, n, p, forward, testRows, false)
	}
}
