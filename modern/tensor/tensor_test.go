package tensor_test

import (
	"fmt"
	"slices"
	"testing"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/tensor"
)

// count fills a tensor with 0, 1, 2 ... in the order of its memory.
func count(dims ...int) tensor.Tensor {
	t := tensor.Make(dims...)
	for i := range t.Data {
		t.Data[i] = float32(i)
	}
	return t
}

// elements reads a tensor index by index.
func elements(t tensor.Tensor) []float32 {
	if t.Shape.Rank() == 0 {
		return []float32{t.At()}
	}
	var all []float32
	for i := range t.Shape.Dim(0) {
		all = append(all, elements(t.Row(i))...)
	}
	return all
}

func TestViews(t *testing.T) {
	x := count(2, 3, 4)
	for _, row := range []struct {
		name  string
		view  tensor.Tensor
		shape string
		want  []float32
		whole bool
	}{
		{"row", x.Row(1), "3 x 4", []float32{12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}, true},
		{"row of a row", x.Row(1).Row(2), "4", []float32{20, 21, 22, 23}, true},
		{"number", x.Row(1).Row(2).Row(3), "1", []float32{23}, true},
		{"first axis", x.Slice(0, 1, 2), "1 x 3 x 4", []float32{12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}, true},
		{"middle axis", x.Slice(1, 1, 2), "2 x 1 x 4", []float32{4, 5, 6, 7, 16, 17, 18, 19}, false},
		{"last axis", x.Slice(-1, 3, 4), "2 x 3 x 1", []float32{3, 7, 11, 15, 19, 23}, false},
		{"nothing", x.Slice(1, 3, 3), "2 x 0 x 4", nil, true},
		{"reshaped", x.Reshape(6, 4).Row(5), "4", []float32{20, 21, 22, 23}, true},
		{"turned", x.Row(0).Transpose(), "4 x 3", []float32{0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}, false},
		{"column", x.Row(0).Transpose().Row(2), "3", []float32{2, 6, 10}, false},
	} {
		if got := row.view.Shape.String(); got != row.shape {
			t.Errorf("%s: got shape %s, want %s", row.name, got, row.shape)
		}
		if got := elements(row.view); !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
		if got := row.view.Whole(); got != row.whole {
			t.Errorf("%s: whole is %v", row.name, got)
		}
		twin := tensor.Make(dims(row.view.Shape)...)
		twin.Copy(row.view)
		if got := twin.Flat(); !slices.Equal(got, row.want) {
			t.Errorf("%s: its copy is %v, want %v", row.name, got, row.want)
		}
	}
}

func dims(s tensor.Shape) (d []int) {
	for i := range s.Rank() {
		d = append(d, s.Dim(i))
	}
	return d
}

// TestViewsShare writes through views.
func TestViewsShare(t *testing.T) {
	x := tensor.Make(3, 3)
	x.Transpose().Row(1).Fill(5)
	x.Slice(1, 2, 3).Slice(0, 0, 2).Copy(tensor.From([]float32{7, 8}, 2, 1))
	x.Set(9, 2, 0)
	if got, want := x.Flat(), []float32{0, 5, 7, 0, 5, 8, 9, 5, 0}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	scalar := tensor.Make()
	scalar.Fill(4)
	if scalar.At() != 4 {
		t.Errorf("a number filled with 4 is %v", scalar.At())
	}
}

// TestPanics holds the words of each mistake.
func TestPanics(t *testing.T) {
	x := tensor.Make(3, 4)
	for _, row := range []struct {
		want string
		do   func()
	}{
		{"tensor: 3 x 4 against 4 x 3", func() { x.Copy(tensor.Make(4, 3)) }},
		{"tensor: 3 x 4 against 3 x 4", func() { tensor.Mul(tensor.Make(3, 4), x, x) }},
		{"tensor: 2 x 2 against 3 x 3", func() { tensor.Mul(tensor.Make(2, 2), x, x.Transpose()) }},
		{"tensor: 3 x 4 against 12", func() { x.Same(x, tensor.Make(12)) }},
		{"tensor: 3 x 4 against 5 x 5", func() { x.Reshape(5, 5) }},
		{"tensor: 5 against 2 x 2", func() { tensor.From(make([]float32, 5), 2, 2) }},
		{"tensor: no dimension 2 in 3 x 4", func() { x.Shape.Dim(2) }},
		{"tensor: no dimension -2 in 4", func() { x.Row(0).Transpose() }},
		{"tensor: no 3..4 in dimension 0 of 3 x 4", func() { x.Row(3) }},
		{"tensor: no 2..1 in dimension 1 of 3 x 4", func() { x.Slice(-1, 2, 1) }},
		{"tensor: no 4 in dimension 1 of 3 x 4", func() { x.At(0, 4) }},
		{"tensor: 1 indices into 3 x 4", func() { x.Set(1, 0) }},
		{"tensor: negative dimension in 2 x -1", func() { tensor.Make(2, -1) }},
		{"tensor: 5 dimensions, at most 4", func() { tensor.Of(1, 2, 3, 4, 5) }},
		{"tensor: a view with gaps, 4 x 3, is not flat: copy it", func() { x.Transpose().Flat() }},
		{"tensor: a view with gaps, 2 x 3 x 2, is no matrix: copy it", func() {
			tensor.Mul(tensor.Make(6, 1), tensor.Make(2, 3, 4).Slice(-1, 0, 2), tensor.Make(2, 1))
		}},
		{"tensor: the result of a product is a transposed view, 4 x 4", func() { tensor.Mul(tensor.Make(4, 4).Transpose(), x.Transpose(), x) }},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != row.want {
					t.Errorf("got %q, want %q", got, row.want)
				}
			}()
			row.do()
		}()
	}
}

// TestProducts holds products of views against the loop that defines them.
func TestProducts(t *testing.T) {
	views := []struct {
		name string
		of   func(rows, cols int) tensor.Tensor
	}{
		{"whole", func(r, c int) tensor.Tensor { return count(r, c) }},
		{"turned", func(r, c int) tensor.Tensor { return count(c, r).Transpose() }},
		{"part", func(r, c int) tensor.Tensor { return count(r+2, c+3).Slice(0, 1, r+1).Slice(1, 2, c+2) }},
		{"part, turned", func(r, c int) tensor.Tensor { return count(c+2, r+1).Slice(1, 1, r+1).Transpose().Slice(1, 0, c) }},
	}
	for _, size := range [][3]int{{3, 4, 5}, {1, 4, 5}, {3, 1, 5}, {3, 4, 1}, {1, 1, 1}, {7, 17, 9}} {
		for _, va := range views {
			for _, vb := range views {
				m, n, k := size[0], size[1], size[2]
				a, b := va.of(m, k), vb.of(k, n)
				c, sum := tensor.Make(m, n+2).Slice(1, 1, n+1), count(m, n)
				tensor.Mul(c, a, b)
				tensor.MulAdd(sum, a, b)
				for i := range m {
					for j := range n {
						want, more := float32(0), float32(i*n+j)
						for l := range k {
							want = f32.FMA(a.At(i, l), b.At(l, j), want)
							more = f32.FMA(a.At(i, l), b.At(l, j), more)
						}
						if c.At(i, j) != want || sum.At(i, j) != more {
							t.Fatalf("%v, %s by %s, at %d %d: got %v and %v, want %v and %v", size, va.name, vb.name, i, j, c.At(i, j), sum.At(i, j), want, more)
						}
					}
				}
			}
		}
	}
}

// TestPictures multiplies a tensor of pictures as a matrix, with a bias.
func TestPictures(t *testing.T) {
	x, w, y := count(2, 3, 4), tensor.From([]float32{1, -1, 1, -1}, 4, 1), tensor.Make(2, 3, 1)
	tensor.MulFused(y, x, w, kernel.Fused{ColBias: []float32{1}, Act: kernel.ReLU})
	if got, want := y.Flat(), []float32{0, 0, 0, 0, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	tensor.MulFused(y, x, w, kernel.Fused{ColBias: []float32{5}, Act: kernel.ReLU})
	if got, want := y.Flat(), []float32{3, 3, 3, 3, 3, 3}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestArena takes, outgrows the block, and then allocates no more.
func TestArena(t *testing.T) {
	a := tensor.MakeArena(32)
	round := func() {
		a.Reset()
		x, y := a.Take(3, 5), a.Take(2, 100)
		z := a.Take(4, 4)
		for _, v := range []tensor.Tensor{x, y, z} {
			for _, e := range v.Flat() {
				if e != 0 {
					t.Fatalf("%v begins with %v", v.Shape, e)
				}
			}
			v.Fill(1)
		}
		x.Fill(2)
		if y.At(0, 0) != 1 || z.At(0, 0) != 1 {
			t.Fatal("two tensors of an arena share an element")
		}
	}
	round()
	if got := a.Used(); got != 4*(16+208+16) {
		t.Errorf("%d bytes in use", got)
	}
	round()
	if got := testing.AllocsPerRun(10, round); got != 0 {
		t.Errorf("%v allocations in a round", got)
	}
	a.Reset()
	if a.Used() != 0 {
		t.Errorf("%d bytes in use after Reset", a.Used())
	}
}

// TestNoAllocations takes views and products as a training step does.
func TestNoAllocations(t *testing.T) {
	x, w, y := count(8, 3, 4), count(5, 12), tensor.Make(8, 5)
	twin := tensor.Make(12, 5)
	got := testing.AllocsPerRun(10, func() {
		flat := x.Reshape(8, 12)
		tensor.Mul(y, flat, w.Transpose())
		tensor.MulAdd(y.Slice(0, 2, 4), flat.Slice(0, 2, 4), w.Transpose())
		y.Row(3).Fill(float32(y.At(1, 2)))
		twin.Copy(w.Transpose())
		y.Same(y)
	})
	if got != 0 {
		t.Errorf("%v allocations", got)
	}
}
