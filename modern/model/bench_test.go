package model

import (
	"fmt"
	"testing"

	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
)

func exercise(t testing.TB, name string, batch int) []nn.Instr {
	t.Helper()
	s, err := Read(name, Text(name))
	if err != nil {
		t.Fatal(err)
	}
	step, err := s.Exercise(batch)
	if err != nil {
		t.Fatal(err)
	}
	return step
}

// BenchmarkTraining is one training step, through the operations of the net,
// with one thread and with two.
func BenchmarkTraining(b *testing.B) {
	for _, c := range Exercised {
		for workers := 1; workers <= min(2, c.Batch); workers++ {
			b.Run(fmt.Sprintf("%s/%d", c.Name, workers), func(b *testing.B) {
				kernel.SetWorkers(workers)
				defer kernel.SetWorkers(0)
				step := exercise(b, c.Name, c.Batch)
				for b.Loop() {
					for i := range step {
						step[i].Run()
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
	for _, c := range Exercised {
		step := exercise(b, c.Name, c.Batch)
		for i := range step {
			step[i].Run()
		}
		for i := range step {
			in := &step[i]
			b.Run(fmt.Sprintf("%s/%d-%s", c.Name, i, in.Part.Writes), func(b *testing.B) {
				for b.Loop() {
					in.Run()
				}
			})
		}
	}
}
