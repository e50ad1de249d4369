package scenarios

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"perceptarium/sim/script"
)

// numbersOf are the numbers that an act sets a control to.
func numbersOf(t *testing.T, act script.Act, name string) (list []float64) {
	t.Helper()
	for _, c := range act.Body {
		if c.Verb == "set" && c.Name == name {
			for _, text := range c.Values {
				v, err := strconv.ParseFloat(text, 64)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, v)
			}
		}
	}
	if list == nil {
		t.Fatalf("the act sets no %s", name)
	}
	return list
}

// oneHidden is an act's net of one hidden layer, whose units share their slope.
func oneHidden(t *testing.T, sc *script.Scenario, act script.Act, squash func(float64) float64) func(float64) float64 {
	t.Helper()
	_, rest, _ := strings.Cut(string(attached(t, sc, act.Options[0].Value)), " init=")
	slope, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		t.Fatal(err)
	}
	bias, weight := numbersOf(t, act, "h-b"), numbersOf(t, act, "y-w")
	return func(x float64) (y float64) {
		for k := range bias {
			y += weight[k] * squash(slope*x+bias[k])
		}
		return y
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
func bent(x float64) float64     { return max(x, 0) }

// TestApproximation: the weights of universal-approximation are as far from the
// wave as it says, over a fine grid: pi/n and 4.93/n^2.
func TestApproximation(t *testing.T) {
	sc, err := Load("universal-approximation")
	if err != nil {
		t.Fatal(err)
	}
	bends := math.Pow(2*math.Pi, 2) / 8
	for _, c := range []struct {
		act    int
		squash func(float64) float64
		figure float64
	}{
		{0, logistic, math.Pi / 10}, {1, logistic, math.Pi / 100}, {2, logistic, math.Pi / 100},
		{3, bent, bends / 100}, {4, bent, bends / 10000}, {5, bent, bends / 10000},
	} {
		net, far := oneHidden(t, sc, sc.Acts[c.act], c.squash), 0.0
		for i := range 20000 {
			x := float64(i) / 20000
			far = max(far, math.Abs(net(x)-math.Sin(2*math.Pi*x)))
		}
		if far < 0.95*c.figure || far > 1.05*c.figure {
			t.Errorf("act %d: %v off at most, want %v within 5 %%", c.act+1, far, c.figure)
		}
	}
}

// pieces counts the straight pieces of f over 0..1, whose bends lie at whole
// multiples of 1/2^k.
func pieces(f func(float64) float64, k int) int {
	count, step := 1, 1/float64(int(1)<<k)
	for i := 1; i < 1<<k; i++ {
		x := float64(i) * step
		if f(x+step)-f(x) != f(x)-f(x-step) {
			count++
		}
	}
	return count
}

// TestPieces: k of the tents of universal-approximation make 2^k pieces, and
// its flat net makes as many as its five.
func TestPieces(t *testing.T) {
	sc, err := Load("universal-approximation")
	if err != nil {
		t.Fatal(err)
	}
	deep := sc.Acts[12]
	bias, weight := numbersOf(t, deep, "h1-b"), numbersOf(t, deep, "y1-w")
	for k := 1; k <= 10; k++ {
		folded := func(x float64) float64 {
			for range k {
				x = weight[0]*bent(x+bias[0]) + weight[1]*bent(x+bias[1])
			}
			return x
		}
		if got := pieces(folded, k+1); got != 1<<k {
			t.Errorf("%d tents: %d pieces", k, got)
		}
	}
	if got := pieces(oneHidden(t, sc, sc.Acts[13], bent), 6); got != 32 {
		t.Errorf("the flat net: %d pieces", got)
	}
}
