package tensor

import (
	"fmt"
	"strconv"
)

// RankMax is the most dimensions a tensor has: pictures take four.
const RankMax = 4

// Shape is the dimensions of a tensor, outermost first. Shapes are compared
// with ==; the zero value is that of a single number.
type Shape struct {
	rank int
	dim  [RankMax]int // beyond rank all are 0
}

// Of is the shape of those dimensions. It panics if there are more than
// RankMax, or if one is negative.
func Of(dims ...int) Shape {
	if len(dims) > RankMax {
		panic(fmt.Sprintf("tensor: %d dimensions, at most %d", len(dims), RankMax))
	}
	s := Shape{rank: len(dims)}
	copy(s.dim[:], dims)
	for _, d := range dims {
		if d < 0 {
			panic("tensor: negative dimension in " + s.String())
		}
	}
	return s
}

// Rank is the number of dimensions.
func (s Shape) Rank() int { return s.rank }

// Dim is dimension i; -1 is the last. It panics if there is none.
func (s Shape) Dim(i int) int { return s.dim[s.axis(i)] }

// axis returns i, counted from the end where it is negative.
func (s Shape) axis(i int) int {
	a := i
	if a < 0 {
		a += s.rank
	}
	if a < 0 || a >= s.rank {
		panic(fmt.Sprintf("tensor: no dimension %d in %v", i, s))
	}
	return a
}

// Size is the number of elements: 1 where there are no dimensions.
func (s Shape) Size() int {
	n := 1
	for _, d := range s.dim[:s.rank] {
		n *= d
	}
	return n
}

// Cols is the last dimension, or 1 where there is none.
func (s Shape) Cols() int {
	if s.rank == 0 {
		return 1
	}
	return s.dim[s.rank-1]
}

// Rows is the product of all dimensions but the last: a tensor of any rank,
// seen as a matrix, is Rows x Cols.
func (s Shape) Rows() int {
	n := 1
	for _, d := range s.dim[:max(s.rank-1, 0)] {
		n *= d
	}
	return n
}

// String is the dimensions as in "3 x 4"; "1" where there are none.
func (s Shape) String() string {
	if s.rank == 0 {
		return "1"
	}
	text := strconv.Itoa(s.dim[0])
	for _, d := range s.dim[1:s.rank] {
		text += " x " + strconv.Itoa(d)
	}
	return text
}

// clash panics with both shapes.
func clash(a, b Shape) { panic("tensor: " + a.String() + " against " + b.String()) }
