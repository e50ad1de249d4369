package neuron

import "perceptarium/sim"

// Machine is a net of formal neurons on the bench.
type Machine struct {
	sheet   *sim.Sheet
	wiring  *wiring
	drawing drawing
	state
}

// state is what changes. Each slice has one element for each unit.
type state struct {
	fired  []uint8 // who fires at this tick, 0 or 1
	next   []uint8 // room for the next tick
	spikes []int64 // how often each unit with a threshold has fired
}

// New makes the machine of a net; the error says what is wrong with the net.
func New(n *Net) (*Machine, error) {
	w, err := wire(n)
	if err != nil {
		return nil, err
	}
	m := &Machine{sheet: sim.NewSheet(sheetOf(n, w)), wiring: w, drawing: draw(n, w), state: w.newState()}
	m.Reset(0)
	return m, nil
}

func (w *wiring) newState() state {
	units := len(w.names)
	return state{fired: make([]uint8, units), next: make([]uint8, units), spikes: make([]int64, len(w.threshold))}
}

// tick lets one synaptic delay pass: whoever heard enough at the last tick
// fires now. Inputs stay as they are.
func (m *Machine) tick() {
	first := m.wiring.first
	copy(m.next[:first], m.fired)
	m.wiring.tick(m.next, m.fired)
	m.fired, m.next = m.next, m.fired
	for u, f := range m.fired[first:] {
		m.spikes[u] += int64(f)
	}
}

// firing counts the units that fire at this tick.
func (m *Machine) firing() int64 {
	n := int64(0)
	for _, f := range m.fired {
		n += int64(f)
	}
	return n
}

// numberDigits is how many outputs are read as a number: as fit an int64.
const numberDigits = 62

// number reads the outputs as a binary number, the highest digit first.
func (m *Machine) number() int64 {
	n := int64(0)
	for _, u := range m.wiring.outputs[:min(len(m.wiring.outputs), numberDigits)] {
		n = n<<1 | int64(m.fired[u])
	}
	return n
}
