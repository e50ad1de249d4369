// Package examples holds what a net learns from: inputs with what is wanted of
// them, for training and for testing, and the form in which such a set travels
// to a machine.
//
// A set is read-only after it was made. Its digest (sim/script names it by the
// SHA-256 of its bytes) stands in the sheet of the machine that was made with
// it. Encode and Decode are each other's inverse, on every processor.
package examples

import (
	"errors"
	"fmt"
)

// Set is examples of one kind.
type Set struct {
	Name    string // what it is: "digits 16x16, drawn", "USPS zip codes"
	Shape   []int  // of one input, for each step: [2], [1 16 16]
	Steps   int    // of a sequence; 1 where there is none
	Outputs int    // wanted numbers for each step; 0 where there are classes only
	Classes int    // how many classes there are; 0 where there are none
	Train   Part
	Test    Part
}

// Part is the examples for training, or those for testing.
type Part struct {
	N     int
	X     []float32 // [N][Steps][Shape...]
	Y     []float32 // [N][Steps][Outputs]
	Class []int32   // [N], from 0; nil where there are no classes
}

// Size is the number of values of one step of an input.
func (s *Set) Size() int {
	n := 1
	for _, d := range s.Shape {
		n *= d
	}
	return n
}

// Input returns example i of p: all its steps.
func (s *Set) Input(p *Part, i int) []float32 {
	n := s.Size() * s.Steps
	return p.X[i*n : i*n+n]
}

// Wanted returns the numbers that are wanted of example i of p, step by step.
func (s *Set) Wanted(p *Part, i int) []float32 {
	n := s.Outputs * s.Steps
	return p.Y[i*n : i*n+n]
}

// Check reports the first thing that does not fit together in s.
func (s *Set) Check() error {
	switch {
	case len(s.Shape) == 0 || s.Size() <= 0 || s.Steps < 1:
		return errors.New("a set of examples needs the shape of an input")
	case s.Outputs < 0 || s.Classes < 0 || s.Outputs+s.Classes == 0:
		return errors.New("a set of examples needs numbers or classes that are wanted")
	case s.Train.N < 1:
		return errors.New("a set of examples needs at least one to learn from")
	}
	if err := s.checkPart("training", &s.Train); err != nil {
		return err
	}
	return s.checkPart("testing", &s.Test)
}

func (s *Set) checkPart(name string, p *Part) error {
	switch {
	case len(p.X) != p.N*s.Size()*s.Steps:
		return fmt.Errorf("%d examples for %s have %d input values, not %d", p.N, name, len(p.X), p.N*s.Size()*s.Steps)
	case len(p.Y) != p.N*s.Outputs*s.Steps:
		return fmt.Errorf("%d examples for %s have %d wanted values, not %d", p.N, name, len(p.Y), p.N*s.Outputs*s.Steps)
	case s.Classes > 0 && len(p.Class) != p.N:
		return fmt.Errorf("%d examples for %s have %d classes", p.N, name, len(p.Class))
	}
	for i, c := range p.Class {
		if c < 0 || int(c) >= s.Classes {
			return fmt.Errorf("example %d for %s is of class %d; there are %d, counted from 0", i+1, name, c, s.Classes)
		}
	}
	for i, v := range p.X {
		if v-v != 0 {
			return fmt.Errorf("example %d for %s holds %v", i/(s.Size()*s.Steps)+1, name, v)
		}
	}
	return nil
}
