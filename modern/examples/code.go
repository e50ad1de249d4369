package examples

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
)

// magic begins an encoded set.
var magic = []byte("examples1\n")

// sizeMax bounds what one number of the header may say.
const sizeMax = 1 << 31

// Encoded reports whether data begin as an encoded set does.
func Encoded(data []byte) bool { return bytes.HasPrefix(data, magic) }

// Encode writes s, little-endian: the magic; the name; the number of
// dimensions and each; Steps, Outputs, Classes; then for both parts N, X, Y and
// the classes.
func Encode(s *Set) []byte {
	b := append([]byte(nil), magic...)
	b = number(b, len(s.Name))
	b = append(b, s.Name...)
	b = number(b, len(s.Shape))
	for _, d := range s.Shape {
		b = number(b, d)
	}
	b = number(number(number(b, s.Steps), s.Outputs), s.Classes)
	for _, p := range []*Part{&s.Train, &s.Test} {
		b = floats(floats(number(b, p.N), p.X), p.Y)
		for _, c := range p.Class {
			b = binary.LittleEndian.AppendUint32(b, uint32(c))
		}
	}
	return b
}

func number(b []byte, n int) []byte { return binary.LittleEndian.AppendUint32(b, uint32(n)) }

func floats(b []byte, v []float32) []byte {
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

// Decode reads what Encode wrote; what does not fit together is an error.
func Decode(data []byte) (*Set, error) {
	if !Encoded(data) {
		return nil, errors.New("not an encoded set of examples")
	}
	r := reader{b: data[len(magic):]}
	s := &Set{Name: string(r.take(r.number()))}
	for range min(r.number(), 8) {
		s.Shape = append(s.Shape, r.number())
	}
	s.Steps, s.Outputs, s.Classes = r.number(), r.number(), r.number()
	if r.bad || !bounded(append([]int{s.Steps, max(s.Outputs, 1)}, s.Shape...)) {
		return nil, errors.New("a set of examples with an impossible header")
	}
	for _, p := range []*Part{&s.Train, &s.Test} {
		r.part(s, p)
	}
	if r.bad || len(r.b) > 0 {
		return nil, errors.New("a set of examples that is too short or too long")
	}
	return s, s.Check()
}

// bounded reports whether no number is below 1 and their product is small
// enough to count with.
func bounded(sizes []int) bool {
	n := 1
	for _, d := range sizes {
		if d < 1 || n > sizeMax/d {
			return false
		}
		n *= d
	}
	return true
}

type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n < 0 || n > len(r.b) {
		r.bad = true
		return nil
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

func (r *reader) number() int {
	v := r.take(4)
	if v == nil || binary.LittleEndian.Uint32(v) >= sizeMax {
		r.bad = true
		return 0
	}
	return int(binary.LittleEndian.Uint32(v))
}

func (r *reader) floats(n int) []float32 {
	if r.bad || n < 0 || n > len(r.b)/4 {
		r.bad = true
		return nil
	}
	v := make([]float32, n)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(r.take(4)))
	}
	return v
}

func (r *reader) part(s *Set, p *Part) {
	p.N = r.number()
	p.X = r.floats(p.N * s.Size() * s.Steps)
	p.Y = r.floats(p.N * s.Outputs * s.Steps)
	if s.Classes == 0 || r.bad || p.N > len(r.b)/4 {
		r.bad = r.bad || s.Classes > 0
		return
	}
	p.Class = make([]int32, p.N)
	for i := range p.Class {
		p.Class[i] = int32(binary.LittleEndian.Uint32(r.take(4)))
	}
}
