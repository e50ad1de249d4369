package belief

import "perceptarium/sim"

var (
	_ sim.Machine   = (*Machine)(nil)
	_ sim.Exhibitor = (*Machine)(nil)
)

// Sheet is the machine's data sheet.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Apply turns a control.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	if err := m.possible(in); err != nil {
		return err
	}
	m.turns[in.Control](m, in)
	return nil
}

// possible refuses a task that this machine cannot do.
func (m *Machine) possible(in sim.Input) error {
	if m.sheet.Controls[in.Control].Name != "task" {
		return nil
	}
	switch task := in.Ints[0]; {
	case task == taskTune && m.net == nil:
		return errNoNet
	case task == taskTest && m.set.Classes == 0:
		return errNoClasses
	}
	return nil
}

// Read looks at a probe.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) { m.reads[p](m, r) }

// Exhibit visits weights [below][above] and biases of each layer, then those of
// the tuned net.
func (m *Machine) Exhibit(visit func(name string, shape []int, data []float32)) {
	for i := range m.layers {
		l, name := &m.layers[i], "layer"+number(i+1)
		visit(name+"-w", []int{l.visible, l.hidden}, l.w)
		visit(name+"-b", []int{l.visible}, l.b)
		visit(name+"-c", []int{l.hidden}, l.c)
		if l.gen != nil && m.parted {
			visit(name+"-down", []int{l.visible, l.hidden}, l.gen)
		}
	}
	if m.net != nil {
		for _, p := range m.net.Params {
			visit("net-"+p.Name, p.Shape, p.W)
		}
	}
}
