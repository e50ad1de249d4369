package tape

import "perceptarium/sim"

var _ sim.Exhibitor = (*Machine)(nil)

// Exhibit visits the parameters of the net: weights [in][out], kernels
// [map][input map][row][column].
func (m *Machine) Exhibit(visit func(name string, shape []int, data []float32)) {
	for _, p := range m.net.Params {
		visit(p.Name, p.Shape, p.W)
	}
}
