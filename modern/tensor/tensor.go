// Package tensor is shapes and storage for nets: float32, row-major, views
// without copies, and arenas, so that a training step allocates nothing.
//
// A Tensor is a value: it points to its elements and knows their shape and how
// far apart they lie. Views share their elements with what they were made of.
// A mistake of the programmer panics with the shapes that do not fit:
// "tensor: 3 x 4 against 4 x 3".
package tensor

import "fmt"

// Tensor is an array of float32 with up to RankMax dimensions. Element
// (i, j, ...) lies at Data[i*stride 0 + j*stride 1 + ...]. The zero value has
// no elements in its Data and must not be read.
type Tensor struct {
	Data   []float32 // from the first element on, to the last at least
	Shape  Shape
	stride [RankMax]int
}

// Make takes memory for a tensor of those dimensions; its elements are 0.
func Make(dims ...int) Tensor {
	s := Of(dims...)
	return whole(make([]float32, s.Size()), s)
}

// From is a tensor whose elements are data, row by row. It panics if their
// number is not that of the shape.
func From(data []float32, dims ...int) Tensor {
	s := Of(dims...)
	if len(data) != s.Size() {
		clash(Of(len(data)), s)
	}
	return whole(data, s)
}

// whole is a tensor whose elements follow each other.
func whole(data []float32, s Shape) Tensor {
	t := Tensor{Data: data, Shape: s}
	step := 1
	for i := s.rank - 1; i >= 0; i-- {
		t.stride[i] = step
		step *= s.dim[i]
	}
	return t
}

// Stride is how far apart the elements are along a dimension; -1 is the last.
func (t Tensor) Stride(i int) int { return t.stride[t.Shape.axis(i)] }

// Whole reports whether the elements follow each other without gaps, row by
// row.
func (t Tensor) Whole() bool {
	step := 1
	for i := t.Shape.rank - 1; i >= 0; i-- {
		if d := t.Shape.dim[i]; d != 1 && t.stride[i] != step && t.Shape.Size() > 0 {
			return false
		}
		step *= t.Shape.dim[i]
	}
	return true
}

// Flat is the elements row by row, in the tensor's own memory: what the
// element-wise kernels take. It panics if they do not follow each other.
func (t Tensor) Flat() []float32 {
	if !t.Whole() {
		panic("tensor: a view with gaps, " + t.Shape.String() + ", is not flat: copy it")
	}
	return t.Data[:t.Shape.Size()]
}

// at is the place of an element in Data.
func (t Tensor) at(index []int) int {
	if len(index) != t.Shape.rank {
		panic(fmt.Sprintf("tensor: %d indices into %v", len(index), t.Shape))
	}
	place := 0
	for i, v := range index {
		if v < 0 || v >= t.Shape.dim[i] {
			panic(fmt.Sprintf("tensor: no %d in dimension %d of %v", v, i, t.Shape))
		}
		place += v * t.stride[i]
	}
	return place
}

// At is one element.
func (t Tensor) At(index ...int) float32 { return t.Data[t.at(index)] }

// Set stores one element.
func (t Tensor) Set(v float32, index ...int) { t.Data[t.at(index)] = v }

// Row is a view of the i-th part along the first dimension, which it loses.
func (t Tensor) Row(i int) Tensor {
	v := t.Slice(0, i, i+1)
	copy(v.Shape.dim[:], v.Shape.dim[1:])
	copy(v.stride[:], v.stride[1:])
	v.Shape.rank--
	v.Shape.dim[v.Shape.rank] = 0
	return v
}

// Slice is a view of the indices from..to, to excluded, of one dimension; -1
// is the last.
func (t Tensor) Slice(axis, from, to int) Tensor {
	a := t.Shape.axis(axis)
	if from < 0 || to < from || to > t.Shape.dim[a] {
		panic(fmt.Sprintf("tensor: no %d..%d in dimension %d of %v", from, to, a, t.Shape))
	}
	t.Shape.dim[a] = to - from
	if t.Shape.Size() == 0 {
		t.Data = nil
		return t
	}
	last := 0
	for i := range t.Shape.rank {
		last += (t.Shape.dim[i] - 1) * t.stride[i]
	}
	t.Data = t.Data[from*t.stride[a]:][:last+1]
	return t
}

// Reshape is a view of the same elements in other dimensions. It panics if
// their number differs, or if the elements do not follow each other.
func (t Tensor) Reshape(dims ...int) Tensor {
	s := Of(dims...)
	if s.Size() != t.Shape.Size() {
		clash(t.Shape, s)
	}
	return whole(t.Flat(), s)
}

// Transpose is a view with the last two dimensions exchanged.
func (t Tensor) Transpose() Tensor {
	a, b := t.Shape.axis(-2), t.Shape.axis(-1)
	t.Shape.dim[a], t.Shape.dim[b] = t.Shape.dim[b], t.Shape.dim[a]
	t.stride[a], t.stride[b] = t.stride[b], t.stride[a]
	return t
}

// Fill sets every element.
func (t Tensor) Fill(v float32) {
	t.eachRow(func(row []float32, step int) {
		for i := 0; i < len(row); i += step {
			row[i] = v
		}
	})
}

// Copy sets the elements of t to those of src. It panics if the shapes differ;
// where both share memory in part, the result is undefined.
func (t Tensor) Copy(src Tensor) {
	if t.Shape != src.Shape {
		clash(t.Shape, src.Shape)
	}
	if t.Whole() && src.Whole() {
		copy(t.Flat(), src.Flat())
		return
	}
	if t.Shape.rank == 1 {
		for i := range t.Shape.dim[0] {
			t.Data[i*t.stride[0]] = src.Data[i*src.stride[0]]
		}
		return
	}
	for i := range t.Shape.dim[0] {
		t.Row(i).Copy(src.Row(i))
	}
}

// eachRow calls do with the elements of each last dimension, and how far apart
// they are.
func (t Tensor) eachRow(do func(row []float32, step int)) {
	if t.Shape.Size() == 0 {
		return
	}
	if t.Shape.rank <= 1 {
		do(t.Data[:(t.Shape.Cols()-1)*max(t.stride[0], 1)+1], max(t.stride[0], 1))
		return
	}
	for i := range t.Shape.dim[0] {
		t.Row(i).eachRow(do)
	}
}

// Same panics unless all have the shape of t.
func (t Tensor) Same(others ...Tensor) {
	for _, o := range others {
		if o.Shape != t.Shape {
			clash(t.Shape, o.Shape)
		}
	}
}
