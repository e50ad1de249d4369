package nn

import (
	"math"
	"slices"
	"testing"

	"perceptarium/modern/kernel"
)

// seen is a net that is nothing but layers on pictures, for its answers.
func seen(shape []int, rows int, build func(n *Net, x *Value) *Value) (*Net, *Value) {
	n := New(rows)
	x := n.Input("x", shape, 1)
	n.Loss("loss", build(n, x), Loss{})
	n.Optimize(SGD, Settings{})
	n.Finish()
	n.Start(9)
	feedRandom(n, x)
	return n, x
}

// shifted is a picture of one map, so many cells further down and to the right,
// zeros behind it.
func shifted(x []float32, side, by int) []float32 {
	y := make([]float32, len(x))
	for r := by; r < side; r++ {
		for c := by; c < side; c++ {
			y[r*side+c] = x[(r-by)*side+c-by]
		}
	}
	return y
}

// TestShiftedIsShifted: first shifted and then convolved is first convolved and
// then shifted, to the bit, away from the border; with a stride of s that holds
// for shifts by s, which move the answers by one.
func TestShiftedIsShifted(t *testing.T) {
	const side = 14
	for stride := 1; stride <= 3; stride++ {
		n, x := seen([]int{1, side, side}, 1, func(n *Net, x *Value) *Value {
			return n.Conv("c", x, Conv{Maps: 2, KH: 3, KW: 3, StrideY: stride, StrideX: stride, Act: kernel.Tanh, Init: smooth, Bias: smooth})
		})
		picture := slices.Clone(x.Data)
		run(n.Forward())
		here := slices.Clone(n.Output.Data)
		copy(x.Data, shifted(picture, side, stride))
		run(n.Forward())
		wide := n.Output.Shape[2]
		for m := range 2 {
			for r := 1; r < wide; r++ {
				for c := 1; c < wide; c++ {
					if got, want := n.Output.Data[(m*wide+r)*wide+c], here[(m*wide+r-1)*wide+c-1]; got != want {
						t.Fatalf("stride %d, map %d, (%d,%d): %v, want %v", stride, m, r, c, got, want)
					}
				}
			}
		}
	}
}

// TestPoolingForgivesWithinACell: greatest numbers that move inside their cells
// change nothing; one that leaves its cell does. Of equals the first carries the
// derivative.
func TestPoolingForgivesWithinACell(t *testing.T) {
	n, x := seen([]int{1, 4, 4}, 1, func(n *Net, x *Value) *Value { return n.Pool("p", x, Pool{KH: 2, KW: 2}) })
	look := func(places ...int) []float32 {
		clear(x.Data)
		for _, p := range places {
			x.Data[p] = 1
		}
		run(n.Forward())
		return slices.Clone(n.Output.Data)
	}
	here := look(0, 10)
	if got := look(5, 15); !slices.Equal(got, here) {
		t.Errorf("moved inside their cells: %v, want %v", got, here)
	}
	if got := look(6, 15); slices.Equal(got, here) {
		t.Errorf("moved into another cell: %v as before", got)
	}

	a, in := seen([]int{1, 4, 4}, 1, func(n *Net, x *Value) *Value {
		return n.Pool("p", n.Scale("s", x, kernel.Identity, Init{Constant, 1}, Init{}), Pool{KH: 2, KW: 2})
	})
	fillWith(in.Data, 1)
	run(a.Forward())
	run(a.Backward())
	for i, g := range a.Value("s").Grad {
		if first := i/4%2 == 0 && i%2 == 0; (g != 0) != first {
			t.Errorf("of equals, cell %d has the derivative %v", i, g)
		}
	}
}

// TestGroupsAreZeroCrossBlocks: a convolution in groups is the full one whose
// kernels between groups are zero, in answers and derivatives.
func TestGroupsAreZeroCrossBlocks(t *testing.T) {
	layer := func(groups int) (*Net, *Value) {
		return seen([]int{4, 6, 6}, 2, func(n *Net, x *Value) *Value {
			return n.Conv("c", x, Conv{Maps: 6, KH: 3, KW: 3, Groups: groups, Act: kernel.Tanh, Init: smooth, Bias: smooth})
		})
	}
	grouped, _ := layer(2)
	full, _ := layer(1)
	w, g := full.Param("c-w"), grouped.Param("c-w")
	clear(w.W)
	const taps = 9
	at := func(o, i int) (whole, part int) { return (o*4 + o/3*2 + i) * taps, (o*2 + i) * taps }
	for o := range 6 {
		for i := range 2 {
			whole, part := at(o, i)
			copy(w.W[whole:whole+taps], g.W[part:part+taps])
		}
	}
	copy(full.Param("c-b").W, grouped.Param("c-b").W)
	for _, n := range []*Net{grouped, full} {
		run(n.Forward())
		run(n.Backward())
	}
	for i, want := range grouped.Output.Data {
		if got := full.Output.Data[i]; math.Abs(float64(got-want)) > 1e-6 {
			t.Fatalf("answer %d is %v in groups, %v in full", i, want, got)
		}
	}
	for o := range 6 {
		for i := range 2 {
			whole, part := at(o, i)
			for k := range taps {
				if a, b := w.G[whole+k], g.G[part+k]; math.Abs(float64(a-b)) > 1e-5 {
					t.Fatalf("map %d of %d: derivative %v in groups, %v in full", i, o, b, a)
				}
			}
		}
	}
}

// TestSizesAndFields: floor((n + 2 pad - k)/s) + 1 answers, as many parameters
// whatever the picture, and 1 + the sum of (k-1) d times the strides before it
// cells that an answer of a stack depends on.
func TestSizesAndFields(t *testing.T) {
	for _, c := range []struct{ n, k, s, pad, want int }{{16, 5, 2, 2, 8}, {28, 5, 1, 0, 24}, {227, 11, 4, 0, 55}, {7, 3, 3, 1, 3}} {
		layer, _ := seen([]int{1, c.n, c.n}, 1, func(n *Net, x *Value) *Value {
			return n.Conv("c", x, Conv{Maps: 2, KH: c.k, KW: c.k, StrideY: c.s, StrideX: c.s, PadY: c.pad, PadX: c.pad})
		})
		if got := layer.Output.Shape[1]; got != c.want || layer.Parameters() != 2*c.k*c.k+2 {
			t.Errorf("%+v: %d answers, %d parameters", c, got, layer.Parameters())
		}
	}
	type level struct{ k, d, s int }
	for _, stack := range [][]level{{{3, 1, 1}}, {{3, 1, 1}, {3, 2, 1}, {3, 4, 1}}, {{5, 1, 2}, {3, 1, 1}, {3, 2, 1}}} {
		want, stride := 1, 1
		for _, l := range stack {
			want, stride = want+(l.k-1)*l.d*stride, stride*l.s
		}
		n, _ := seen([]int{1, 1, 64}, 1, func(n *Net, x *Value) *Value {
			x = n.Scale("s", x, kernel.Identity, Init{Constant, 1}, Init{})
			for i, l := range stack {
				x = n.Conv(string(rune('a'+i)), x, Conv{Maps: 1, KH: 1, KW: l.k, StrideY: 1, StrideX: l.s, DilateY: 1, DilateX: l.d, Init: Init{Constant, 1}})
			}
			return x
		})
		run(n.Forward())
		run(n.Backward())
		if got := touched(n); got != want {
			t.Errorf("%v: an answer depends on %d cells, want %d", stack, got, want)
		}
	}
}

// touched sends back a 1 from one answer, and says how wide the cells are that
// it reaches.
func touched(n *Net) int {
	clear(n.Output.Grad)
	n.Output.Grad[n.Output.Size/2] = 1
	back := n.Backward()
	run(back[1:]) // all but the loss
	first, last := -1, -1
	for i, g := range n.Value("s").Grad {
		if g != 0 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return last - first + 1
}

// TestTrainedPoolingIsTheMean: with a factor of 1 and an offset of 0 the pooling
// of 1989 and 1998 is the mean.
func TestTrainedPoolingIsTheMean(t *testing.T) {
	mean := func(trained bool) []float32 {
		n, _ := seen([]int{2, 6, 6}, 3, func(n *Net, x *Value) *Value {
			y := n.Pool("p", x, Pool{KH: 2, KW: 2, Average: true})
			if trained {
				y = n.Scale("s", y, kernel.Identity, Init{Constant, 1}, Init{Constant, 0})
			}
			return y
		})
		run(n.Forward())
		return n.Output.Data
	}
	if !slices.Equal(mean(true), mean(false)) {
		t.Error("it is another number")
	}
}
