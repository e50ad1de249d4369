package belief

import "perceptarium/modern/kernel"

// room is memory that holds nothing between two ticks.
type room struct {
	random      []uint64
	g, gb, gc   []float32    // a derivative
	a, b        []float32    // [rowsMax][width]
	few         []float32    // [rowsMax]
	line, line2 []float32    // [width]
	energyRoom  []float32    // [rowsMax][labels]
	every       [][]float32  // [L][2^visible][visible]: all states of a layer that is small enough; nil of the others
	x, p, lone  []float32    // [states][hidden], [states], [states]
	picture     [2][]float32 // [width]
}

// exactBits bounds the visible units of a layer over whose states is summed;
// exactCells the states times hidden units.
const (
	exactBits  = 12
	exactCells = 1 << 18
)

// exact reports whether sums over all states of what layer i sees are done.
func (m *Machine) exact(i int) bool {
	l := &m.layers[i]
	return l.labels == 0 && l.visible <= exactBits && l.hidden<<l.visible <= exactCells
}

func (m *Machine) makeRoom() {
	widest, weights, cells, states := 0, 0, 0, 0
	for i := range m.layers {
		l := &m.layers[i]
		widest, weights = max(widest, l.visible, l.hidden), max(weights, len(l.w))
		var all []float32
		if m.exact(i) {
			all = allStates(l.visible)
			cells, states = max(cells, l.hidden<<l.visible), max(states, 1<<l.visible)
		}
		m.every = append(m.every, all)
	}
	m.random = make([]uint64, rowsMax*widest)
	m.g, m.gb, m.gc = make([]float32, weights), make([]float32, widest), make([]float32, widest)
	m.a, m.b = make([]float32, rowsMax*widest), make([]float32, rowsMax*widest)
	m.few, m.line, m.line2 = make([]float32, rowsMax), make([]float32, widest), make([]float32, widest)
	m.energyRoom = make([]float32, rowsMax*max(m.labels(), 1))
	m.x, m.p, m.lone = make([]float32, cells), make([]float32, states), make([]float32, states)
	m.picture = [2][]float32{make([]float32, widest), make([]float32, widest)}
}

// allStates lists the states of so many units, one row for each.
func allStates(units int) []float32 {
	list := make([]float32, 0, units<<units)
	for s := range 1 << units {
		for i := range units {
			list = append(list, float32(s>>i&1))
		}
	}
	return list
}

// logZ is the logarithm of the sum over all states of layer i; it leaves minus
// the free energy of each in m.p.
func (m *Machine) logZ(i int) float32 {
	l := &m.layers[i]
	n := 1 << l.visible
	l.freeEnergies(m.p[:n], m.every[i], n, m.x, m.line)
	kernel.Scale(m.p[:n], -1, m.p[:n])
	kernel.LogSumExp(m.few[:1], m.p[:n], 1, n)
	return m.few[0]
}

// likelihood is the mean logarithm of the probability that the lowest layer
// gives an example for training.
func (m *Machine) likelihood() float32 {
	l, n := &m.layers[0], m.set.Train.N
	sum := float64(0)
	for from := 0; from < n; from += rowsMax {
		rows := min(rowsMax, n-from)
		l.freeEnergies(m.few[:rows], m.set.Train.X[from*l.visible:], rows, m.a, m.line)
		sum -= float64(kernel.Sum(m.few[:rows]))
	}
	return float32(sum/float64(n)) - m.logZ(0)
}
