package reader

import "perceptarium/sim"

var (
	_ sim.Machine   = (*Machine)(nil)
	_ sim.Exhibitor = (*Machine)(nil)
)

// Sheet is the machine's data sheet.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Apply moves a control.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	m.turns[in.Control](m, in)
	return nil
}

// Read looks at a probe.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) { m.reads[p](m, r) }

// Exhibit visits the parameters of the net.
func (m *Machine) Exhibit(visit func(name string, shape []int, data []float32)) {
	for _, p := range m.net.Params {
		visit(p.Name, p.Shape, p.W)
	}
}

// reread begins to read anew, with another setting, what was read already; while
// the net learns there is nothing yet to read.
func (m *Machine) reread() {
	if m.phase != phaseLearn {
		m.open()
	}
}

// turnTo makes a strip the next that is read, from 0; those after it follow.
func (m *Machine) turnTo(strip int64) {
	m.strip, m.next, m.at, m.phase = -1, strip, 0, phaseCut
	m.graph.clear()
}
