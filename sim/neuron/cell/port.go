package cell

import (
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Machine is the cell on the bench.
type Machine struct {
	sheet *sim.Sheet
	state
}

var _ sim.Machine = (*Machine)(nil)

// Slots lists what a machine line may carry: nothing, for all is a control.
func Slots() []sim.Slot { return nil }

// Make makes a cell.
func Make(sim.Env) (sim.Machine, error) {
	m := &Machine{sheet: sim.NewSheet(sheetOf())}
	m.Reset(0)
	return m, nil
}

// Sheet implements sim.Machine.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Reset implements sim.Machine: a cell at rest. The seed is that of the random
// pulses.
func (m *Machine) Reset(seed uint64) {
	m.state = state{chance: rng.New(seed).Stream("pulses")}
	for i := range m.sheet.Controls {
		for j := range m.values(i) {
			m.values(i)[j] = m.sheet.Controls[i].Default
		}
	}
	m.decay = decayOf(m.one[ctlTau])
}

// Apply implements sim.Machine.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	copy(m.values(int(in.Control))[max(in.Index, 0):], in.Ints)
	switch in.Control {
	case ctlTau:
		m.decay = decayOf(m.one[ctlTau])
	case ctlTrain:
		clear(m.wait[max(in.Index, 0):][:len(in.Ints)])
	}
	return nil
}

// Step implements sim.Machine.
func (m *Machine) Step() { m.tick() }

// Read implements sim.Machine.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) {
	switch p {
	case probePotential:
		r.SetInt(m.potential / microvolt)
	case probeSpike:
		r.SetInt(int64(m.axon & 1))
	case probeAxon:
		r.Clear()
		for i := range axonCells {
			r.Ints = append(r.Ints, int64(m.axon>>i&1))
		}
	case probeArrived:
		r.Clear()
		for _, a := range m.arrived {
			r.Ints = append(r.Ints, one(a))
		}
	case probeDeaf:
		r.SetInt(m.deaf)
	case probeSpikes:
		r.SetInt(m.spikes)
	case probeInterval:
		r.SetInt(m.interval)
	case probeHistory:
		r.SetInts(m.history[m.newest+1:])
		r.Ints = append(r.Ints, m.history[:m.newest+1]...)
	default:
		r.SetInts(m.values(int(p)))
	}
}

func one(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Save implements sim.Machine: the fields in their order, all settings first.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(dst, m.sheet)
	for c := range controls {
		p.Ints(m.values(c))
	}
	p.Int(m.age)
	p.Int(m.potential)
	p.Int(m.deaf)
	p.Ints(m.wait[:])
	p.Bools(m.arrived[:])
	p.Uint64(uint64(m.axon))
	p.Int(m.spikes)
	p.Int(m.last)
	p.Int(m.interval)
	p.Ints(m.history[:])
	p.Int(m.newest)
	for _, word := range m.chance.State() {
		p.Uint64(word)
	}
	return p.Done()
}

// ticksMax bounds what a snapshot may say of time, far beyond any run.
const ticksMax = 1 << 62

// Load implements sim.Machine.
func (m *Machine) Load(src []byte) error {
	var s state
	u := sim.Unpack(src, m.sheet)
	for c := range controls {
		lo, hi := m.sheet.Controls[c].Limits()
		within(u, s.values(c), lo, hi)
	}
	s.decay = decayOf(s.one[ctlTau])
	s.age = u.Within(0, ticksMax, "the age")
	s.potential = u.Within(floor*microvolt, thresholdMax*microvolt, "the potential")
	s.deaf = u.Within(0, m.sheet.Controls[ctlRefractory].Max, "the refractory time")
	within(u, s.wait[:], 0, m.sheet.Controls[ctlTrain].Max)
	u.Bools(s.arrived[:])
	s.axon = uint32(u.Within(0, 1<<axonCells-1, "the axon"))
	s.spikes = u.Within(0, ticksMax, "the number of spikes")
	s.last = u.Within(0, s.age, "the last spike")
	s.interval = u.Within(0, ticksMax, "the interval")
	within(u, s.history[:], floor, thresholdMax)
	s.newest = u.Within(0, samples-1, "the newest sample")
	u.Fail(s.chance.SetState([4]uint64{u.Uint64(), u.Uint64(), u.Uint64(), u.Uint64()}), "the state of chance is empty")
	if err := u.Done(); err != nil {
		return err
	}
	m.state = s
	return nil
}

func within(u *sim.Unpacker, dst []int64, lo, hi int64) {
	for i := range dst {
		dst[i] = u.Within(lo, hi, "a value")
	}
}
