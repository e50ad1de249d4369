package sim

import (
	"math"
	"strconv"
)

// Reading is what a probe shows at one moment: integers, reals or text, one of
// them, by the probe's nature. The caller owns it and may use it again.
type Reading struct {
	Ints   []int64
	Floats []float32
	Text   []byte
}

// Clear empties the reading and keeps its memory.
func (r *Reading) Clear() {
	r.Ints, r.Floats, r.Text = r.Ints[:0], r.Floats[:0], r.Text[:0]
}

// SetInt makes the reading one integer.
func (r *Reading) SetInt(v int64) {
	r.Clear()
	r.Ints = append(r.Ints, v)
}

// SetBool makes the reading a lamp: 1 for lit, 0 for dark.
func (r *Reading) SetBool(lit bool) {
	r.SetInt(0)
	if lit {
		r.Ints[0] = 1
	}
}

// SetInts makes the reading a copy of v.
func (r *Reading) SetInts(v []int64) {
	r.Clear()
	r.Ints = append(r.Ints, v...)
}

// SetFloat makes the reading one real.
func (r *Reading) SetFloat(v float32) {
	r.Clear()
	r.Floats = append(r.Floats, v)
}

// SetFloats makes the reading a copy of v.
func (r *Reading) SetFloats(v []float32) {
	r.Clear()
	r.Floats = append(r.Floats, v...)
}

// SetText makes the reading a copy of s.
func (r *Reading) SetText(s string) {
	r.Clear()
	r.Text = append(r.Text, s...)
}

// Len is the number of values: the cells of a grid, 1 for a text.
func (r *Reading) Len() int {
	if len(r.Text) > 0 {
		return 1
	}
	return len(r.Ints) + len(r.Floats)
}

// Equal reports whether both readings print alike. All NaNs are equal: their
// bits differ between processors.
func (r *Reading) Equal(b *Reading) bool {
	return equalInts(r.Ints, b.Ints) && equalFloats(r.Floats, b.Floats) && string(r.Text) == string(b.Text)
}

// CopyFrom makes r a copy of b in memory of its own.
func (r *Reading) CopyFrom(b *Reading) {
	r.Ints = append(r.Ints[:0], b.Ints...)
	r.Floats = append(r.Floats[:0], b.Floats...)
	r.Text = append(r.Text[:0], b.Text...)
}

// At returns the value of cell i, and false where the reading has no such cell.
func (r *Reading) At(i int) (Value, bool) {
	switch {
	case i < 0:
		return Value{}, false
	case i < len(r.Ints):
		return Value{Int: r.Ints[i]}, true
	case i < len(r.Floats):
		return Value{Real: true, Float: r.Floats[i]}, true
	}
	return Value{}, false
}

// Append appends the reading in its canonical form: integers in decimal, reals
// as the shortest decimal that reads back, text quoted, separated by a space.
func (r *Reading) Append(dst []byte) []byte {
	for i, v := range r.Ints {
		dst = strconv.AppendInt(space(dst, i), v, 10)
	}
	for i, v := range r.Floats {
		dst = AppendFloat(space(dst, i), v)
	}
	if len(r.Ints)+len(r.Floats) == 0 {
		dst = strconv.AppendQuote(dst, string(r.Text))
	}
	return dst
}

func space(dst []byte, i int) []byte {
	if i > 0 {
		return append(dst, ' ')
	}
	return dst
}

// AppendFloat appends the shortest decimal that reads back as v; every NaN is
// "NaN".
func AppendFloat(dst []byte, v float32) []byte {
	return strconv.AppendFloat(dst, float64(v), 'g', -1, 32)
}

// Value is one number that a probe shows: an integer, or a real.
type Value struct {
	Int   int64
	Float float32
	Real  bool
}

// Compare orders a and b: -1, 0 or +1. Integers compare as integers, all else
// as reals; NaN is beside the order, and ok is false.
func (v Value) Compare(b Value) (order int, ok bool) {
	if !v.Real && !b.Real {
		return compare(v.Int, b.Int), true
	}
	x, y := v.asFloat(), b.asFloat()
	return compare(x, y), !math.IsNaN(x) && !math.IsNaN(y)
}

func compare[T int64 | float64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return +1
	}
	return 0
}

func (v Value) asFloat() float64 {
	if v.Real {
		return float64(v.Float)
	}
	return float64(v.Int)
}

// String is the canonical form of the value.
func (v Value) String() string {
	if v.Real {
		return string(AppendFloat(nil, v.Float))
	}
	return strconv.FormatInt(v.Int, 10)
}

func equalInts(a, b []int64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func equalFloats(a, b []float32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) && (a[i] == a[i] || b[i] == b[i]) {
			return false
		}
	}
	return true
}
