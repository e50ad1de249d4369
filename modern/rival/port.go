package rival

import "perceptarium/sim"

// Sheet is the machine's data sheet.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Apply moves a control. Every one but "other" begins the learning anew.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	turn := m.turns[in.Control]
	if turn == nil {
		copy(m.how.other[max(in.Index, 0):], in.Floats)
		return nil
	}
	turn(m, in)
	m.begin()
	return nil
}

// Read looks at a probe.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) { m.reads[p](m, r) }
