package tape

import (
	"testing"

	"perceptarium/modern/examples"
	"perceptarium/modern/model"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// noise is examples of the shape that a net takes: places for one that reads
// characters, else numbers.
func noise(t testing.TB, name string, count int) []byte {
	t.Helper()
	spec, err := model.Read(name, model.Text(name))
	if err != nil {
		t.Fatal(err)
	}
	n, err := spec.Plan(1, nil)
	if err != nil {
		t.Fatal(err)
	}
	st := rng.New(2).Stream("noise")
	s := &examples.Set{Name: "noise", Shape: spec.Shape, Steps: spec.Steps, Classes: n.Output.Size}
	s.Train.N = count
	for range count * s.Size() * s.Steps {
		s.Train.X = append(s.Train.X, float32(st.Below(65)))
	}
	if n.Output.Steps > 1 {
		s.Outputs, s.Classes = 1, 0
		for range count * s.Steps {
			s.Train.Y = append(s.Train.Y, float32(st.Below(65)))
		}
		return examples.Encode(s)
	}
	for range count {
		s.Train.Class = append(s.Train.Class, int32(st.Below(10)))
	}
	return examples.Encode(s)
}

// BenchmarkTraining is one training step in ticks.
func BenchmarkTraining(b *testing.B) {
	for _, c := range model.Exercised {
		b.Run(c.Name, func(b *testing.B) {
			m, err := Make(sim.Env{Options: []sim.Option{{Key: "net", Value: c.Name}, {Key: "data", Value: "noise", Data: noise(b, c.Name, 2*c.Batch)}}})
			if err != nil {
				b.Fatal(err)
			}
			ticks := len(m.(*Machine).steps)
			for b.Loop() {
				for range ticks {
					m.Step()
				}
			}
		})
	}
}

// BenchmarkTickXOR is one tick of the smallest net.
func BenchmarkTickXOR(b *testing.B) {
	m := made(b, "", "")
	for b.Loop() {
		m.Step()
	}
}
