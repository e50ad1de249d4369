package rival

import (
	"perceptarium/modern/kernel"
	"perceptarium/sim"
)

// neighbours answers with the class that most of the k nearest examples have;
// of classes with as many, that of the nearest. The distance is Euclid's; of
// examples at the same distance the first is the nearer.
type neighbours struct{}

func (neighbours) blank() model                { return neighbours{} }
func (neighbours) begin(*task)                 {}
func (neighbours) learn(*task) bool            { return true }
func (neighbours) sound() bool                 { return true }
func (neighbours) pack(*sim.Packer)            {}
func (neighbours) unpack(*sim.Unpacker, *task) {}

// nearest is the k nearest examples, the nearest first.
type nearest struct {
	n        int
	example  [kMax]int
	distance [kMax]float32 // squared
}

func look(t *task, x []float32) (near nearest) {
	for i := range t.set.Train.N {
		if i == int(t.how.leaveOut)-1 {
			continue
		}
		near.insert(i, kernel.SquaredDistance(t.set.Input(&t.set.Train, i), x), int(t.how.k))
	}
	return near
}

func (near *nearest) insert(example int, distance float32, k int) {
	at := near.n
	for at > 0 && near.distance[at-1] > distance {
		at--
	}
	if at == k {
		return
	}
	near.n = min(near.n+1, k)
	copy(near.example[at+1:near.n], near.example[at:])
	copy(near.distance[at+1:near.n], near.distance[at:])
	near.example[at], near.distance[at] = example, distance
}

func (neighbours) answer(t *task, x []float32) int32 {
	near := look(t, x)
	var votes [classesMax]int
	most := 0
	for _, e := range near.example[:near.n] {
		class := t.set.Train.Class[e]
		votes[class]++
		most = max(most, votes[class])
	}
	for _, e := range near.example[:near.n] {
		if class := t.set.Train.Class[e]; votes[class] == most {
			return class
		}
	}
	return 0
}

func (n neighbours) value(t *task, x []float32) float32 { return outside(n.answer(t, x)) }

// outside is a value beyond the margin, for models that have none.
func outside(class int32) float32 {
	if class == 1 {
		return 1
	}
	return -1
}

func (neighbours) adopt(from model) model { return from }
