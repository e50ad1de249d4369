// Package simtest holds what every machine must obey.
package simtest

import (
	"bytes"
	"testing"

	"perceptarium/sim"
)

// Ticks is how far Conform takes a machine.
const Ticks = 96

// Conform checks that the machines that make returns keep the agreement:
//
//   - the same seed and the same inputs give the same state and readings;
//   - reading moves nothing;
//   - saved and loaded at every tick, the copy goes on alike;
//   - a refused Input, and a refused snapshot, change nothing;
//   - Step does not allocate;
//   - Reset forgets everything.
//
// stimulate returns the Input for that tick; ok is false where there is none.
func Conform(t *testing.T, make func() sim.Machine, stimulate func(at sim.Tick) (in sim.Input, ok bool)) {
	t.Helper()
	c := conformance{make, stimulate}
	t.Run("same inputs same state", c.repeats)
	t.Run("reading moves nothing", c.readingMovesNothing)
	t.Run("readings fit the sheet", c.readingsFit)
	t.Run("save and load at every tick", c.copies)
	t.Run("refused input changes nothing", c.refusedInput)
	t.Run("refused snapshot changes nothing", c.refusedSnapshot)
	t.Run("step does not allocate", c.allocates)
	t.Run("reset forgets everything", c.forgets)
}

type conformance struct {
	make      func() sim.Machine
	stimulate func(at sim.Tick) (sim.Input, bool)
}

const seed = 1943

func (c conformance) fresh(t *testing.T) sim.Machine {
	t.Helper()
	m := c.make()
	m.Reset(seed)
	return m
}

func (c conformance) tick(t *testing.T, m sim.Machine, at sim.Tick) {
	t.Helper()
	if in, ok := c.stimulate(at); ok {
		if err := m.Apply(in); err != nil {
			t.Fatalf("tick %d: stimulus refused: %v", at, err)
		}
	}
	m.Step()
}

func same(t *testing.T, at sim.Tick, what string, a, b sim.Machine) {
	t.Helper()
	if !bytes.Equal(a.Save(nil), b.Save(nil)) {
		t.Fatalf("tick %d: %s: states differ", at, what)
	}
	var x, y sim.Reading
	for p := range a.Sheet().Probes {
		a.Read(sim.ProbeID(p), &x)
		b.Read(sim.ProbeID(p), &y)
		if !x.Equal(&y) {
			t.Fatalf("tick %d: %s: probe %s shows %s and %s", at, what, a.Sheet().Probes[p].Name, x.Append(nil), y.Append(nil))
		}
	}
}

func (c conformance) repeats(t *testing.T) {
	a, b := c.fresh(t), c.fresh(t)
	for at := sim.Tick(0); at < Ticks; at++ {
		same(t, at, "two runs", a, b)
		c.tick(t, a, at)
		c.tick(t, b, at)
	}
}

func (c conformance) readingMovesNothing(t *testing.T) {
	looked, left := c.fresh(t), c.fresh(t)
	var r sim.Reading
	for at := sim.Tick(0); at < Ticks; at++ {
		before := looked.Save(nil)
		for p := range looked.Sheet().Probes {
			looked.Read(sim.ProbeID(p), &r)
		}
		if !bytes.Equal(before, looked.Save(nil)) {
			t.Fatalf("tick %d: reading the probes changed the state", at)
		}
		c.tick(t, looked, at)
		c.tick(t, left, at)
	}
	same(t, Ticks, "one was looked at", looked, left)
}

func (c conformance) readingsFit(t *testing.T) {
	m := c.fresh(t)
	var r sim.Reading
	for at := sim.Tick(0); at < Ticks; at++ {
		for i := range m.Sheet().Probes {
			p := &m.Sheet().Probes[i]
			m.Read(sim.ProbeID(i), &r)
			fits(t, at, p, &r)
		}
		c.tick(t, m, at)
	}
}

func fits(t *testing.T, at sim.Tick, p *sim.Probe, r *sim.Reading) {
	t.Helper()
	if p.Kind == sim.Text || p.Kind == sim.Net || p.Kind == sim.Series {
		return
	}
	if r.Len() != p.Cells() {
		t.Fatalf("tick %d: probe %s shows %d values, its sheet says %d", at, p.Name, r.Len(), p.Cells())
	}
	lo, hi := p.Min, p.Max
	switch p.Kind {
	case sim.Lamp:
		lo, hi = 0, 1
	case sim.Choice:
		lo, hi = 0, int64(len(p.Names))-1
	}
	for i, v := range r.Ints {
		if lo < hi && (v < lo || v > hi) {
			t.Fatalf("tick %d: probe %s[%d] shows %d, its sheet says %d..%d", at, p.Name, i, v, lo, hi)
		}
	}
}

func (c conformance) copies(t *testing.T) {
	m, spare := c.fresh(t), c.make()
	for at := sim.Tick(0); at < Ticks; at++ {
		state := m.Save(nil)
		if err := spare.Load(state); err != nil {
			t.Fatalf("tick %d: its own snapshot is refused: %v", at, err)
		}
		same(t, at, "saved and loaded", m, spare)
		c.tick(t, m, at)
		c.tick(t, spare, at)
		same(t, at+1, "one went on as a copy", m, spare)
		m, spare = spare, m
	}
}

func (c conformance) refusedInput(t *testing.T) {
	m := c.fresh(t)
	for at := sim.Tick(0); at < Ticks/4; at++ {
		before := m.Save(nil)
		for _, in := range Nonsense(m.Sheet()) {
			if m.Apply(in) == nil {
				t.Fatalf("tick %d: took %+v", at, in)
			}
			if !bytes.Equal(before, m.Save(nil)) {
				t.Fatalf("tick %d: refused %+v, yet its state changed", at, in)
			}
		}
		c.tick(t, m, at)
	}
}

// Nonsense returns Inputs that no machine with this sheet may take.
func Nonsense(s *sim.Sheet) []sim.Input {
	list := []sim.Input{{Control: -1}, {Control: sim.ControlID(len(s.Controls)), Ints: []int64{0}}}
	for i := range s.Controls {
		c := &s.Controls[i]
		id := sim.ControlID(i)
		list = append(list,
			sim.Input{Control: id, Index: c.Cells(), Ints: []int64{c.Default}},
			sim.Input{Control: id, Index: -2, Ints: []int64{c.Default}},
			sim.Input{Control: id, Ints: make([]int64, c.Cells()+1)},
			sim.Input{Control: id, Ints: []int64{c.Default}, Floats: []float32{0}, Bytes: []byte("x")})
		if c.Kind != sim.Button && c.Kind != sim.Text && !c.Real {
			lo, hi := c.Limits()
			list = append(list, outside(id, lo, -1), outside(id, hi, +1))
		}
	}
	return list
}

// outside is an Input one beyond the edge, or beyond the control's end where
// the edge is the last integer there is.
func outside(id sim.ControlID, edge, by int64) sim.Input {
	if v := edge + by; (v < edge) == (by < 0) {
		return sim.Input{Control: id, Ints: []int64{v}}
	}
	return sim.Input{Control: -1}
}

func (c conformance) refusedSnapshot(t *testing.T) {
	m := c.fresh(t)
	for at := sim.Tick(0); at < Ticks/4; at++ {
		c.tick(t, m, at)
	}
	state := m.Save(nil)
	foreign := append([]byte(nil), state...)
	foreign[0] ^= 1
	for _, bad := range [][]byte{nil, state[:len(state)/2], state[:len(state)-1], append(append([]byte(nil), state...), 0), foreign} {
		if m.Load(bad) == nil {
			t.Fatalf("took a snapshot of %d bytes that is not its own (own: %d)", len(bad), len(state))
		}
		if !bytes.Equal(state, m.Save(nil)) {
			t.Fatal("refused a snapshot, yet its state changed")
		}
	}
}

func (c conformance) allocates(t *testing.T) {
	m := c.fresh(t)
	c.tick(t, m, 0)
	if n := testing.AllocsPerRun(Ticks, m.Step); n != 0 {
		t.Errorf("Step allocates %v times", n)
	}
}

func (c conformance) forgets(t *testing.T) {
	used := c.fresh(t)
	for at := sim.Tick(0); at < Ticks; at++ {
		c.tick(t, used, at)
	}
	used.Reset(seed + 1)
	used.Reset(seed)
	same(t, 0, "one was used before", used, c.fresh(t))
}
