package tape

import "slices"

// rooms are the parts of the state whose sizes the examples and the net decide.
// Their memory is taken once.
type rooms struct {
	order      []int32   // of the examples
	confused   []int64   // [classes][classes]: wanted, answered
	counting   []int64   // of the test that is running
	margins    []float32 // of the test that is running; negative where the answer is wrong
	topExample []int32   // [units][9] the examples that drive a unit most, from 1; 0: none
	topPlace   []int32   // where in its map it answered
	topAnswer  []float32
	stands     []int32 // which block stands at each place, from 0
	pathSum    []float64
	pathCount  []int64 // derivatives sent ways of each length
	kept       []int32 // examples that go on in the next pass
}

func (m *Machine) makeRooms() {
	m.order = make([]int32, m.set.Train.N)
	if c := m.classes(); c > 0 {
		m.confused, m.counting = make([]int64, c*c), make([]int64, c*c)
	}
	if m.rejects() {
		m.margins = make([]float32, max(m.set.Train.N, m.set.Test.N))
	}
	if m.view != nil {
		n := m.view.units * topMost
		m.topExample, m.topPlace, m.topAnswer = make([]int32, n), make([]int32, n), make([]float32, n)
	}
	if m.spec.Carry {
		m.kept = make([]int32, m.spec.Batch)
	}
	if m.movable() {
		m.stands = make([]int32, len(m.blocks))
	}
	if m.residual() {
		m.pathSum, m.pathCount = make([]float64, len(m.blocks)+1), make([]int64, len(m.blocks)+1)
	}
}

// empty makes the rooms as they are at power on.
func (r *rooms) empty() {
	clear(r.order)
	clear(r.confused)
	clear(r.counting)
	clear(r.margins)
	clear(r.topExample)
	clear(r.topPlace)
	clear(r.topAnswer)
	clear(r.pathSum)
	clear(r.pathCount)
	clear(r.kept)
	for i := range r.stands {
		r.stands[i] = int32(i)
	}
}

// like makes other rooms of equal sizes.
func (r *rooms) like() rooms {
	return rooms{
		slices.Clone(r.order), slices.Clone(r.confused), slices.Clone(r.counting), slices.Clone(r.margins),
		slices.Clone(r.topExample), slices.Clone(r.topPlace), slices.Clone(r.topAnswer),
		slices.Clone(r.stands), slices.Clone(r.pathSum), slices.Clone(r.pathCount), slices.Clone(r.kept),
	}
}

// take copies what other rooms of equal sizes hold.
func (r *rooms) take(s *rooms) {
	copy(r.order, s.order)
	copy(r.confused, s.confused)
	copy(r.counting, s.counting)
	copy(r.margins, s.margins)
	copy(r.topExample, s.topExample)
	copy(r.topPlace, s.topPlace)
	copy(r.topAnswer, s.topAnswer)
	copy(r.stands, s.stands)
	copy(r.pathSum, s.pathSum)
	copy(r.pathCount, s.pathCount)
	copy(r.kept, s.kept)
}
