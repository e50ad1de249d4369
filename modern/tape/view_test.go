package tape

import (
	"math"
	"slices"
	"testing"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// TestRejection holds the threshold against trying every one.
func TestRejection(t *testing.T) {
	m := made(t, stripesNet, pictures())
	st := rng.New(1).Stream("margins")
	for range 200 {
		n := 1 + int(st.Below(7))
		m.margins = make([]float32, n)
		for i := range m.margins {
			m.margins[i] = float32(st.Below(4)) / 4
			if st.Below(3) == 0 {
				m.margins[i] = -m.margins[i]
			}
			if m.margins[i] == 0 && st.Bool() {
				m.margins[i] = float32(math.Copysign(0, -1))
			}
		}
		want, list := n, slices.Clone(m.margins)
		for _, threshold := range []float32{1, 0.75, 0.5, 0.25, 0} {
			rest, wrong := 0, 0
			for _, d := range list {
				if f32.Abs(d) >= threshold {
					rest++
					if math.Signbit(float64(d)) {
						wrong++
					}
				}
			}
			if 100*wrong <= rest {
				want = n - rest
			}
		}
		m.judgeRejection(n)
		if m.reject.count != int64(want) {
			t.Fatalf("margins %v: %d rejected, want %d", list, m.reject.count, want)
		}
	}
}

// TestRejectionAfterTest: the first point of the curve is the test's error.
func TestRejectionAfterTest(t *testing.T) {
	m := made(t, stripesNet, pictures())
	if got := value(t, m, "reject-for-one-percent").Floats[0]; got != 100 {
		t.Errorf("before a test %v %%", got)
	}
	turn(t, m, "test", sim.Input{})
	for m.examed == 0 {
		m.Step()
	}
	if got, want := value(t, m, "reject-curve").Floats[0], value(t, m, "test-error").Floats[0]; got != want {
		t.Errorf("with nothing rejected %v %% are wrong, the test says %v", got, want)
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		v    []float32
		want float32
	}{{[]float32{3}, 3}, {[]float32{4, 1}, 2.5}, {[]float32{9, 1, 2}, 2}, {[]float32{9, 1, 2, 4}, 3}} {
		if got := median(c.v); got != c.want {
			t.Errorf("median of %v is %v", c.v, got)
		}
	}
}

// TestTopAnswers holds the nine of each map against a search over all examples.
func TestTopAnswers(t *testing.T) {
	m := made(t, stripesNet, pictures())
	m.Reset(4)
	turn(t, m, "examine", sim.Input{Ints: []int64{1}})
	turn(t, m, "test", sim.Input{})
	for m.examed == 0 {
		m.Step()
	}
	v := m.view.layers[0]
	area := v.Size / v.Shape[0]
	for c := range v.Shape[0] {
		var all []float32
		for r := range m.set.Test.N {
			best, _ := kernel.Max(v.Data[r*v.Size+c*area : r*v.Size+(c+1)*area])
			all = append(all, best)
		}
		slices.Sort(all)
		slices.Reverse(all)
		turn(t, m, "unit", sim.Input{Ints: []int64{int64(c + 1)}})
		if got := value(t, m, "top-answers").Floats; !slices.Equal(got[:7], all) {
			t.Errorf("map %d: got %v, want %v", c+1, got, all)
		}
	}
}

// TestFieldByDerivative: what a unit's derivative for the input reaches is
// within its receptive field, and reaches its ends where no border is in it.
func TestFieldByDerivative(t *testing.T) {
	for _, net := range []string{
		"input 1x12x12\nconv a 1 3x3 stride=2 init=1\nconv b 1 3x3 dilate=2 pad=1 init=1\ndense y 2\nloss softmax",
		"input 1x12x12\npad p 2\nconv a 1 5x5 stride=2 init=1\npool b trained 2x2 act=tanh\nact c relu\ndense y 2\nloss softmax",
		"input 1x12x12\nconv a 1 3x3 pad=1 init=1\nconv d 1 3x3 pad=1 init=1\nadd b a\ndense y 2\nloss softmax",
	} {
		m := made(t, net, blanks(12))
		n := m.view.dream
		layer := n.Value("b")
		for at := range layer.Size {
			for _, v := range n.Values {
				clear(v.Grad)
			}
			layer.Grad[at] = 1
			below := false
			for _, in := range n.Backward() {
				below = below || in.Op.Name() == "b"
				if below && in.Part.Param == nil {
					in.Run()
				}
			}
			field := n.Field(layer, at/layer.Shape[2], at%layer.Shape[2])
			reached := nn.Rect{Top: 99, Left: 99, Bottom: -1, Right: -1}
			for i, d := range n.Values[0].Grad {
				if d != 0 {
					y, x := i/12, i%12
					reached = nn.Rect{Top: min(reached.Top, y), Left: min(reached.Left, x), Bottom: max(reached.Bottom, y), Right: max(reached.Right, x)}
				}
			}
			inside := field.Top >= 0 && field.Left >= 0 && field.Bottom < 12 && field.Right < 12
			within := reached.Top >= field.Top && reached.Left >= field.Left && reached.Bottom <= field.Bottom && reached.Right <= field.Right
			if !within || inside && reached != field {
				t.Fatalf("%q, cell %d: the derivative reaches %v, the field is %v", net, at, reached, field)
			}
		}
	}
}

// TestAscentFindsTheKernel: on pictures of one norm, what drives a unit of the
// first layer most is its kernel.
func TestAscentFindsTheKernel(t *testing.T) {
	m := made(t, "input 1x8x8\nconv a 3 3x3 act=tanh\ndense y 2\nloss softmax", blanks(8))
	m.Reset(7)
	turn(t, m, "unit", sim.Input{Ints: []int64{2}})
	turn(t, m, "ascend", sim.Input{})
	for m.ascents == 0 {
		m.Step()
	}
	x, w := m.view.dream.Values[0].Data, m.net.Param("a-w").W[9:18]
	patch, all := make([]float32, 0, 9), kernel.SumSquares(x)
	for i := range 9 {
		patch = append(patch, x[(3+i/3)*8+3+i%3])
	}
	cos := float64(kernel.Dot(patch, w)) / math.Sqrt(float64(all)*float64(kernel.SumSquares(w)))
	if cos < 0.9999 {
		t.Errorf("the picture's cosine with the kernel is %v", cos)
	}
}

// TestAscentClimbs: a unit of a later layer answers more to what an ascent ends
// with than to any example; batch normalisation uses its averages.
func TestAscentClimbs(t *testing.T) {
	m := made(t, "input 1x4x4\nconv a 3 3x3 pad=1\nnorm n batch act=tanh\ndense h 4 act=tanh\ndense y 2\nloss softmax\ntrain adam rate=0.01 batch=3", pictures())
	m.Reset(2)
	for m.pass < 10 {
		m.Step()
	}
	turn(t, m, "examine", sim.Input{Ints: []int64{1}})
	turn(t, m, "test-on", sim.Input{Ints: []int64{1}})
	turn(t, m, "unit-layer", sim.Input{Ints: []int64{1}})
	turn(t, m, "unit", sim.Input{Ints: []int64{3}})
	turn(t, m, "test", sim.Input{})
	turn(t, m, "ascend", sim.Input{})
	for m.ascents == 0 {
		m.Step()
	}
	if got, best := value(t, m, "activation").Floats[0], value(t, m, "top-answers").Floats[0]; got < best {
		t.Errorf("the unit answers %v, and %v to an example", got, best)
	}
}

// blanks are two pictures of that side, for nets that are not trained.
func blanks(side int) string {
	x := make([]float32, side*side)
	x[0] = 1
	return encoded(side, x)
}

// TestEdges: an edge is found where there is one, and the templates' rotations
// are complete.
func TestEdges(t *testing.T) {
	m := made(t, "input 1x8x8\nconv a 8 5x5\ndense y 2\nloss softmax", blanks(8))
	w := m.net.Param("a-w").W
	for i := range 8 {
		angle := float64(i) * math.Pi / 8
		for k := range 25 {
			d := float64(k%5-2)*math.Cos(angle) + float64(k/5-2)*math.Sin(angle)
			w[i*25+k] = float32(3 - 2*math.Tanh(2*d))
		}
	}
	if got := value(t, m, "edges").Ints[0]; got != 8 {
		t.Errorf("%d of 8 edges: %v", got, value(t, m, "edge-correlation").Floats)
	}
	for k := range 25 { // a checkerboard
		w[k] = float32(k % 2)
	}
	if got := value(t, m, "edge-correlation").Floats[0]; got > 0.2 {
		t.Errorf("a checkerboard correlates %v with an edge or a bar", got)
	}
}
