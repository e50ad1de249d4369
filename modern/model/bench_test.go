package model

import (
	"fmt"
	"testing"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim/rng"
)

// trained are the nets whose training step is measured, with the batch.
var trained = []struct {
	name  string
	batch int
}{
	{"zip-codes-1989", 1}, {"mlp-2006", 128}, {"lenet-5-1998", 64}, {"characters", 32},
}

// step builds a named net with random examples in it, and returns one training
// step.
func step(t testing.TB, name string, batch int) (*nn.Net, []nn.Instr) {
	t.Helper()
	s, err := Read(name, Text(name))
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.Build(batch, nil)
	if err != nil {
		t.Fatal(err)
	}
	n.Start(1)
	fill(n)
	return n, append(append(n.Forward(), n.Backward()...), n.Optimizer().Update()...)
}

func fill(n *nn.Net) {
	st := rng.New(1).Stream("fill")
	letters := len(n.Values) > 1 && n.Values[1].Name == "letters"
	for i := range n.Values[0].Data {
		n.Values[0].Data[i], _ = f32.Normal(st.Uint64())
		if letters {
			n.Values[0].Data[i] = float32(st.Below(65))
		}
	}
	for i := range n.Class {
		n.Class[i] = int32(st.Below(int64(n.Output.Size)))
		n.Wanted.Data[i*n.Output.Size+int(n.Class[i])] = 1
	}
}

// BenchmarkTraining is one training step, through the operations of the net.
func BenchmarkTraining(b *testing.B) {
	for _, c := range trained {
		for workers := 1; workers <= 2; workers++ {
			if c.batch == 1 && workers > 1 {
				continue
			}
			b.Run(fmt.Sprintf("%s/%d", c.name, workers), func(b *testing.B) {
				kernel.SetWorkers(workers)
				defer kernel.SetWorkers(0)
				_, program := step(b, c.name, c.batch)
				for b.Loop() {
					for i := range program {
						program[i].Run()
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
			})
		}
	}
}

// BenchmarkOperation is each operation of a training step.
func BenchmarkOperation(b *testing.B) {
	kernel.SetWorkers(1)
	defer kernel.SetWorkers(0)
	for _, c := range trained {
		_, program := step(b, c.name, c.batch)
		for i := range program {
			program[i].Run()
		}
		for i := range program {
			in := &program[i]
			b.Run(fmt.Sprintf("%s/%d-%s", c.name, i, in.Part.Writes), func(b *testing.B) {
				for b.Loop() {
					in.Run()
				}
			})
		}
	}
}
