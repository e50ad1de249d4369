package nn

import (
	"math"
	"testing"
)

// judged is a net that is nothing but a loss on a batch of two rows of three.
func judged(l Loss, y, t []float32, class []int32) *Net {
	n := New(2)
	x := n.Input("x", []int{3}, 1)
	d := n.Dense("y", x, Dense{Units: 3, NoBias: true})
	n.Loss("loss", d, l)
	n.Optimize(SGD, Settings{})
	n.Finish()
	n.Start(1)
	w := n.Param("y-w").W
	clear(w)
	w[0], w[4], w[8] = 1, 1, 1
	copy(x.Data, y)
	copy(n.Wanted.Data, t)
	copy(n.Class, class)
	run(n.Forward())
	run(n.Backward())
	return n
}

var (
	answers = []float32{0.5, -1, 2, 0.25, 1.5, -0.75}
	wants   = []float32{1, 0, 0, 0, 1, 0}
)

// TestLosses holds every loss and its derivative against the formula.
func TestLosses(t *testing.T) {
	for _, c := range []struct {
		name  string
		l     Loss
		class []int32
		loss  func(y, t float64, row []float32) float64
		slope func(y, t float64, row []float32) float64
	}{
		{"half the square", Loss{Factor: 0.5}, []int32{-1, -1},
			func(y, t float64, _ []float32) float64 { return 0.5 * (y - t) * (y - t) }, func(y, t float64, _ []float32) float64 { return y - t }},
		{"square", Loss{}, []int32{-1, -1},
			func(y, t float64, _ []float32) float64 { return (y - t) * (y - t) }, func(y, t float64, _ []float32) float64 { return 2 * (y - t) }},
		{"the slide's sign", Loss{Factor: 0.5, Uphill: true}, []int32{-1, -1},
			func(y, t float64, _ []float32) float64 { return 0.5 * (y - t) * (y - t) }, func(y, t float64, _ []float32) float64 { return t - y }},
		{"logistic", Loss{Kind: Logistic}, []int32{-1, -1},
			func(y, t float64, _ []float32) float64 {
				return -t*math.Log(logistic(y)) - (1-t)*math.Log(1-logistic(y))
			},
			func(y, t float64, _ []float32) float64 { return logistic(y) - t }},
		{"softmax", Loss{Kind: Softmax}, []int32{0, 1},
			func(y, t float64, row []float32) float64 { return -t * math.Log(share(y, row)) },
			func(y, t float64, row []float32) float64 { return share(y, row) - t }},
		{"linear", Loss{Kind: Linear, Factor: 3}, []int32{-1, -1},
			func(y, t float64, _ []float32) float64 { return 3 * t * y }, func(_, t float64, _ []float32) float64 { return 3 * t }},
		{"margin", Loss{Margin: 0.8, Factor: 0.5}, []int32{-1, -1},
			func(y, t float64, _ []float32) float64 { return 0.5 * (y - t) * (y - t) },
			func(y, t float64, _ []float32) float64 {
				return math.Max(y-t-0.8, 0) + math.Min(y-t+0.8, 0)
			}},
	} {
		for _, sum := range []bool{false, true} {
			c.l.Sum = sum
			n := judged(c.l, answers, wants, c.class)
			whole, examples := 0.0, 2.0
			if sum {
				examples = 1
			}
			for i := range answers {
				y, want, row := float64(answers[i]), float64(wants[i]), answers[i/3*3:i/3*3+3]
				whole += c.loss(y, want, row)
				if got, s := float64(n.Output.Grad[i]), c.slope(y, want, row)/examples; math.Abs(got-s) > 4e-7 {
					t.Errorf("%s, sum=%v: derivative %d is %v, want %v", c.name, sum, i, got, s)
				}
			}
			if math.Abs(float64(n.Result.Loss)-whole) > 2e-6 {
				t.Errorf("%s: the loss is %v, want %v", c.name, n.Result.Loss, whole)
			}
		}
	}
}

func share(y float64, row []float32) float64 {
	sum := 0.0
	for _, v := range row {
		sum += math.Exp(float64(v))
	}
	return math.Exp(y) / sum
}

// TestWrongAnswers counts rows: by class, or by the distance of every output.
func TestWrongAnswers(t *testing.T) {
	for _, c := range []struct {
		name  string
		l     Loss
		class []int32
		want  int
	}{
		{"both classes right", Loss{Kind: Softmax}, []int32{2, 1}, 0},
		{"one class wrong", Loss{Kind: Softmax}, []int32{0, 1}, 1},
		{"classes under squares", Loss{}, []int32{2, 0}, 1},
		{"classes, but every output must be near", Loss{Tolerance: 0.8}, []int32{2, 1}, 1},
		{"every output near", Loss{Tolerance: 3}, []int32{-1, -1}, 0},
		{"one output far", Loss{Tolerance: 0.8}, []int32{-1, -1}, 1},
		{"nothing is wanted", Loss{Kind: Linear}, []int32{-1, -1}, 0},
	} {
		if got := judged(c.l, answers, wants, c.class).Result.Wrong; got != c.want {
			t.Errorf("%s: %d wrong, want %d", c.name, got, c.want)
		}
	}
}

// TestLogisticLossFarOut: where exp would overflow, the loss is the sum itself.
func TestLogisticLossFarOut(t *testing.T) {
	n := judged(Loss{Kind: Logistic}, []float32{200, -200, 0, 0, 0, 0}, []float32{0, 1, 0, 0, 0, 0}, []int32{-1, -1})
	if want := 400 + 4*math.Ln2; math.Abs(float64(n.Result.Loss)-want) > 1e-3 {
		t.Errorf("the loss is %v, want %v", n.Result.Loss, want)
	}
}
