package examples

import (
	"bytes"
	"reflect"
	"testing"
)

func small() *Set {
	return &Set{
		Name: "two", Shape: []int{1, 2}, Steps: 2, Outputs: 1, Classes: 3,
		Train: Part{N: 2, X: []float32{1, 2, 3, 4, 5, 6, 7, 8}, Y: []float32{0, 1, 1, 0}, Class: []int32{2, 0}},
		Test:  Part{N: 1, X: []float32{-1, 0, 0.5, 3}, Y: []float32{1, 1}, Class: []int32{1}},
	}
}

func TestEncodeDecode(t *testing.T) {
	data := Encode(small())
	got, err := Decode(data)
	if err != nil || !reflect.DeepEqual(got, small()) {
		t.Fatalf("got %+v, %v", got, err)
	}
	for n := range data {
		if _, err := Decode(data[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are taken for a set", n, len(data))
		}
	}
	if _, err := Decode(append(data, 0)); err == nil {
		t.Error("a byte too many is taken")
	}
}

func TestCheck(t *testing.T) {
	s := small()
	s.Test.Class[0] = 3
	if err := s.Check(); err == nil {
		t.Error("a class beyond the last is taken")
	}
	s = small()
	s.Train.X = s.Train.X[1:]
	if err := s.Check(); err == nil {
		t.Error("a missing value is taken")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(Encode(small()))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Decode(data)
		if err == nil && !bytes.Equal(Encode(s), data) {
			t.Fatal("decoded and encoded again it is something else")
		}
	})
}
