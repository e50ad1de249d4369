package neuron

import "perceptarium/sim"

var _ sim.Machine = (*Machine)(nil)

// Sheet implements sim.Machine.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Reset implements sim.Machine: inputs off, always-firing and started units
// firing. There is no chance in a net: the seed does not matter.
func (m *Machine) Reset(uint64) {
	m.wiring.rest(m.fired)
	clear(m.spikes)
}

// Apply implements sim.Machine: an input stays as it was set.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	first := int(in.Control)
	if first == m.wiring.inputs {
		first = max(in.Index, 0)
	}
	for i, v := range in.Ints {
		m.fired[first+i] = uint8(v)
	}
	return nil
}

// Step implements sim.Machine.
func (m *Machine) Step() { m.tick() }

// Read implements sim.Machine.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) {
	lamps := probeInput
	if m.wiring.inputs > 0 {
		lamps++
	}
	switch {
	case p >= lamps:
		r.SetInt(int64(m.fired[p-lamps]))
	case p == probeInput:
		setLamps(r, m.fired[:m.wiring.inputs])
	case p == probeFired:
		setLamps(r, m.fired)
	case p == probeOutput:
		r.Clear()
		for _, u := range m.wiring.outputs {
			r.Ints = append(r.Ints, int64(m.fired[u]))
		}
	case p == probeSpikes:
		r.SetInts(m.spikes)
	case p == probeFiring:
		r.SetInt(m.firing())
	case p == probeNumber:
		r.SetInt(m.number())
	case p == probeNet:
		r.Clear()
		r.Text = m.drawing.append(r.Text, m.fired)
	}
}

func setLamps(r *sim.Reading, lit []uint8) {
	r.Clear()
	for _, v := range lit {
		r.Ints = append(r.Ints, int64(v))
	}
}

// spikesMax bounds what a snapshot may say, far beyond any run.
const spikesMax = 1 << 62

// Save implements sim.Machine: who fires, one byte a unit, then the spikes.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(dst, m.sheet)
	for _, f := range m.fired {
		p.Bool(f == 1)
	}
	p.Ints(m.spikes)
	return p.Done()
}

// Load implements sim.Machine.
func (m *Machine) Load(src []byte) error {
	s := m.wiring.newState()
	u := sim.Unpack(src, m.sheet)
	for i := range s.fired {
		if u.Bool() {
			s.fired[i] = 1
		}
	}
	for i := m.wiring.inputs; i < m.wiring.first; i++ {
		u.Fail(s.fired[i] == 1, "an always-firing unit does not fire")
	}
	for i := range s.spikes {
		s.spikes[i] = u.Within(0, spikesMax, "a count of spikes")
	}
	if err := u.Done(); err != nil {
		return err
	}
	m.state = s
	return nil
}
