package tape

import (
	"testing"

	"perceptarium/modern/examples"
	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/simtest"
)

// sums are additions of two bits at each step.
func sums(count, steps int) string {
	s := &examples.Set{Name: "sums", Shape: []int{2}, Steps: steps, Outputs: 1}
	st := rng.New(5).Stream("sums")
	for _, p := range []*examples.Part{&s.Train, &s.Test} {
		for range count {
			carry := int64(0)
			for range steps {
				a, b := st.Below(2), st.Below(2)
				p.X = append(p.X, float32(a), float32(b))
				p.Y = append(p.Y, float32((a+b+carry)&1))
				carry = (a + b + carry) >> 1
			}
			p.N++
		}
	}
	return string(examples.Encode(s))
}

const adder = "input 2 steps=9\nrecurrent h 3\ndense y 1\nloss logistic\ntrain adam rate=0.02 batch=10"

// TestSerialAdder puts by hand the weights of an adder into a net: a unit for
// each of the sums at least 1, 2, 3; the second is the carry.
func TestSerialAdder(t *testing.T) {
	m := made(t, adder, sums(20, 9))
	turn(t, m, "h-w", sim.Input{Index: sim.Whole, Floats: []float32{8, 8, 8, 8, 8, 8}})
	turn(t, m, "h-loop", sim.Input{Index: sim.Whole, Floats: []float32{0, 0, 0, 4, 4, 4, 0, 0, 0}})
	turn(t, m, "h-b", sim.Input{Index: sim.Whole, Floats: []float32{-2, -10, -18}})
	turn(t, m, "y-w", sim.Input{Index: sim.Whole, Floats: []float32{4, -4, 4}})
	turn(t, m, "y-b", sim.Input{Index: sim.Whole, Floats: []float32{-2}})
	turn(t, m, "learn", sim.Input{Index: sim.Whole, Ints: []int64{0}})
	turn(t, m, "test", sim.Input{})
	for range 200 {
		m.Step()
	}
	if r := value(t, m, "states"); r.Ints[0] != 2 {
		t.Fatalf("%d states", r.Ints[0])
	}
	next, answer := value(t, m, "next-state").Ints, value(t, m, "answer").Ints
	for i, want := range [][2]int64{{1, 0}, {1, 1}, {1, 1}, {2, 0}, {1, 1}, {2, 0}, {2, 0}, {2, 1}} {
		if next[i] != want[0] || answer[i] != want[1] {
			t.Errorf("state %d, input %d: to %d with %d, want %d with %d", i/4+1, i%4, next[i], answer[i], want[0], want[1])
		}
	}
}

func TestConformWithAutomaton(t *testing.T) {
	data := sums(7, 9)
	m := made(t, adder, data)
	simtest.Conform(t, func() sim.Machine { return made(t, adder, data) }, hand(m))
}

// TestNoAutomaton: a net that has learned nothing is none, or one of few states
// that does not add.
func TestNoAutomaton(t *testing.T) {
	m := made(t, adder, sums(20, 9))
	turn(t, m, "test", sim.Input{})
	for range 400 {
		m.Step()
	}
	next, answer := value(t, m, "next-state").Ints, value(t, m, "answer").Ints
	if value(t, m, "states").Ints[0] == 2 && next[3] == 2 && answer[1] == 1 && answer[7] == 1 {
		t.Error("an untrained net adds")
	}
}
