package tape

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/nn"
)

// What is read out of a recurrent net that answers bits with bits.
const (
	clustersMax = 32 // kinds of answers of the recurrent layer that are told apart
	lettersMax  = 4  // inputs of a step: two bits
	statesMax   = 8
	loopMax     = 32  // units of the layer
	nearness    = 0.5 // no unit of two answers of one kind is farther apart (Assumed)
)

// automaton is what a recurrent net does, in states: what it answers in each of
// them to each input, and where it goes then. No states: the answers of the
// layer do not form an automaton, or no test has ended.
type automaton struct {
	states int64
	next   [statesMax * lettersMax]int64 // counted from 1; 0 where there is no such state
	answer [statesMax * lettersMax]int64
}

// machinery is an automaton of clusters, on the way to one of states.
type machinery struct {
	letters, units int
	clusters       int
	centre         [clustersMax][loopMax]float32
	next           [clustersMax][lettersMax]int8 // -1: not seen
	answer         [clustersMax][lettersMax]int8
	class          [clustersMax]int8 // -1: left by no input that was seen
}

// loopOf returns the recurrent layer of a net that can be read as an automaton:
// the only one, few units, one or two bits in at each step, one bit out.
func (m *Machine) loopOf(n *nn.Net) *nn.Value {
	loops := n.Loops()
	if len(loops) != 1 || loops[0].Size > loopMax || m.set.Size() > 2 || m.set.Steps < 2 || m.set.Classes > 0 ||
		n.Output.Size != 1 || n.Output.Steps != m.set.Steps {
		return nil
	}
	for _, v := range m.set.Train.X {
		if v != 0 && v != 1 {
			return nil
		}
	}
	return loops[0]
}

// readOut finds the automaton in the batch that the twin has answered: answers
// of the layer that are near each other are one cluster, the first is that of
// the start; then clusters that answer alike for ever are one state.
func (m *Machine) readOut() {
	if m.loop == nil {
		return
	}
	k := &m.machinery
	*k = machinery{letters: 1 << m.set.Size(), units: m.loop.Size, clusters: 1}
	for s := range k.next {
		for l := range lettersMax {
			k.next[s][l] = -1
		}
	}
	m.auto = automaton{}
	for r := range m.twin.Rows {
		if !m.follow(k, r) {
			return
		}
	}
	k.minimise()
	m.auto = k.result()
}

// follow goes through one sequence; false where it contradicts what was seen.
func (m *Machine) follow(k *machinery, r int) bool {
	n := m.twin
	middle := (n.Setting().Low + n.Setting().High) / 2
	if n.Setting().Kind == nn.Logistic {
		middle = 0
	}
	at := 0
	for t := range m.set.Steps {
		row := t*n.Rows + r
		letter := 0
		for _, x := range n.Values[0].Data[row*m.set.Size():][:m.set.Size()] {
			letter = 2*letter + int(x)
		}
		answer := int8(0)
		if n.Output.Data[row] > middle {
			answer = 1
		}
		to := k.cluster(m.loop.Data[row*k.units:][:k.units])
		if to < 0 || k.next[at][letter] >= 0 && k.answer[at][letter] != answer {
			return false
		}
		if k.next[at][letter] < 0 {
			k.next[at][letter], k.answer[at][letter] = int8(to), answer
		}
		at = to
	}
	return true
}

// cluster is the first cluster that h is near to, or a new one; -1 where there
// are too many.
func (k *machinery) cluster(h []float32) int {
	for c := range k.clusters {
		if near(k.centre[c][:k.units], h) {
			return c
		}
	}
	if k.clusters == clustersMax {
		return -1
	}
	copy(k.centre[k.clusters][:], h)
	k.clusters++
	return k.clusters - 1
}

func near(a, b []float32) bool {
	for i := range a {
		if f32.Abs(a[i]-b[i]) > nearness {
			return false
		}
	}
	return true
}

// minimise divides the clusters into classes until those of one class answer
// alike and go on to the same classes. Each round finds at least one more.
func (k *machinery) minimise() {
	for c := range k.clusters {
		for l := range k.letters {
			if k.next[c][l] < 0 {
				k.class[c] = -1
			}
		}
	}
	for count := 1; ; {
		found := k.divide()
		if found == count {
			return
		}
		count = found
	}
}

// divide gives clusters that differ other classes, and counts them.
func (k *machinery) divide() int {
	was := k.class
	found := 0
	for c := range k.clusters {
		if was[c] < 0 {
			continue
		}
		k.class[c] = int8(found)
		for b := range c {
			if was[b] == was[c] && k.alike(b, c, &was) {
				k.class[c] = k.class[b]
				break
			}
		}
		if int(k.class[c]) == found {
			found++
		}
	}
	return found
}

func (k *machinery) alike(a, b int, class *[clustersMax]int8) bool {
	for l := range k.letters {
		to, other := class[k.next[a][l]], class[k.next[b][l]]
		if k.answer[a][l] != k.answer[b][l] || to >= 0 && other >= 0 && to != other {
			return false
		}
	}
	return true
}

// result writes the classes as states.
func (k *machinery) result() (a automaton) {
	for c := range k.clusters {
		s := int(k.class[c])
		if s >= statesMax {
			return automaton{}
		}
		if s < 0 || int64(s) < a.states {
			continue
		}
		a.states = int64(s) + 1
		for l := range k.letters {
			a.next[s*lettersMax+l] = int64(k.class[k.next[c][l]]) + 1
			a.answer[s*lettersMax+l] = int64(k.answer[c][l])
		}
	}
	return a
}
