package model

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/nn"
	"perceptarium/sim/rng"
)

// Exercised are the named nets whose training step is measured, each with its
// batch.
var Exercised = []struct {
	Name  string
	Batch int
}{
	{"zip-codes-1989", 1}, {"mlp-2006", 128}, {"lenet-5-1998", 64}, {"characters", 32},
}

// Exercise builds the net with that many made-up examples in it, and returns
// the operations of a training step.
func (s *Spec) Exercise(batch int) ([]nn.Instr, error) {
	n, err := s.Build(batch, nil)
	if err != nil {
		return nil, err
	}
	n.Start(1)
	madeUp(n)
	return training(n), nil
}

// Work is the multiply-adds of a training step with so many examples.
func (s *Spec) Work(batch int) (int64, error) {
	n, err := s.Plan(batch, nil)
	if err != nil {
		return 0, err
	}
	sum := int64(0)
	for _, in := range training(n) {
		sum += in.Part.Work*int64(batch) + in.Part.Once
	}
	return sum, nil
}

func training(n *nn.Net) []nn.Instr {
	return append(append(n.Forward(), n.Backward()...), n.Optimizer().Update()...)
}

// madeUp fills a net with normal numbers, or, where it reads numbers of places,
// with those, and asks for some class of each.
func madeUp(n *nn.Net) {
	st := rng.New(1).Stream("model.exercise")
	in, places := n.Values[0], int64(0)
	if next := n.Values[1]; in.Size == 1 && next.Grad == nil {
		places = int64(next.Size)
	}
	for i := range in.Data {
		in.Data[i], _ = f32.Normal(st.Uint64())
		if places > 0 {
			in.Data[i] = float32(st.Below(places))
		}
	}
	for i := range n.Class {
		n.Class[i] = int32(st.Below(int64(n.Output.Size)))
		n.Wanted.Data[i*n.Output.Size+int(n.Class[i])] = 1
	}
}
