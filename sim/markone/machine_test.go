package markone

import (
	"bytes"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/simtest"
)

// make makes a machine from KEY, VALUE pairs.
func machine(t testing.TB, words ...string) *Machine {
	t.Helper()
	m, err := New(env(words...))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func env(words ...string) sim.Env {
	var e sim.Env
	for i := 0; i < len(words); i += 2 {
		e.Options = append(e.Options, sim.Option{Key: words[i], Value: words[i+1]})
	}
	return e
}

// input makes an Input for a control by its name.
func input(t testing.TB, m sim.Machine, name string, index int, v ...int64) sim.Input {
	t.Helper()
	id, ok := m.Sheet().Control(name)
	if !ok {
		t.Fatalf("no control %s", name)
	}
	return sim.Input{Control: id, Index: index, Ints: v}
}

func set(t testing.TB, m sim.Machine, name string, v ...int64) {
	t.Helper()
	if err := m.Apply(input(t, m, name, sim.Whole, v...)); err != nil {
		t.Fatal(err)
	}
}

func setCell(t testing.TB, m sim.Machine, name string, cell int, v int64) {
	t.Helper()
	if err := m.Apply(input(t, m, name, cell, v)); err != nil {
		t.Fatal(err)
	}
}

// cycle steps until the field is clear.
func cycle(t testing.TB, m *Machine) {
	t.Helper()
	for range 100_000 {
		m.Step()
		if m.Phase() == Clear {
			return
		}
	}
	t.Fatalf("phase is still %s", m.Phase())
}

// card draws a random card of two levels, a share of it in permille lit.
func card(st *rng.Stream, permille int64) []int64 {
	c := make([]int64, Points)
	for i := range c {
		if st.Below(1000) < permille {
			c[i] = LevelMax
		}
	}
	return c
}

var personalities = [][]string{
	{},
	{"personality", "photoperceptron-1957"},
	{"components", "period"},
	{"clock", "3", "x", "16", "y", "15"},
	{"personality", "theory-1958", "sampling", "poisson"},
	{"personality", "ibm-704", "wiring", "exponential"},
}

// hand stimulates a machine in every way: cards, switches, faults, buttons.
func hand(t *testing.T, m *Machine) func(at sim.Tick) (sim.Input, bool) {
	return func(at sim.Tick) (sim.Input, bool) {
		st := rng.New(uint64(at) * 77).Stream("hand")
		switch at {
		case 0:
			return input(t, m, "wanted", sim.Whole, append([]int64{1}, make([]int64, m.build.responses-1)...)...), true
		case 1, 50, 70:
			return input(t, m, "retina", sim.Whole, card(&st, 300)...), true
		case 4:
			return input(t, m, "mode", 0, modeForced), true
		case 6:
			return input(t, m, "a-fault", 7, unitDrifting), true
		case 11:
			return input(t, m, "cell-fault", 30, cellLit), true
		case 17:
			return input(t, m, "decay", 0, 5000), true
		case 31:
			return input(t, m, "cells-lost", 0, 20), true
		case 44, 46:
			return input(t, m, "system", 0, int64(at-43)/2+1), true
		case 48:
			return input(t, m, "stop", 0), true
		case 49:
			return input(t, m, "scatter", 0), true
		case 60:
			return input(t, m, "plugs-shifted", 0, 30), true
		case 90:
			return input(t, m, "weight", 5, 700_000), true
		}
		return sim.Input{}, false
	}
}

func TestConform(t *testing.T) {
	for _, words := range personalities[:conforming] {
		m := machine(t, words...)
		t.Run(m.Sheet().Title, func(t *testing.T) {
			simtest.Conform(t, func() sim.Machine { return machine(t, words...) }, hand(t, m))
		})
	}
}

// FuzzLoad hands in snapshots that were tampered with: they are refused, or the
// machine runs on.
func FuzzLoad(f *testing.F) {
	m := machine(f)
	f.Add(m.Save(nil), 0, byte(0))
	f.Fuzz(func(t *testing.T, snapshot []byte, at int, with byte) {
		m := machine(t)
		own := m.Save(nil)
		if len(snapshot) > 8 {
			copy(snapshot, own[:8])
		}
		if at >= 8 && at < len(own) {
			own[at] = with
			fuzzLoad(t, m, own)
		}
		fuzzLoad(t, m, snapshot)
	})
}

func fuzzLoad(t *testing.T, m *Machine, snapshot []byte) {
	if m.Load(snapshot) != nil {
		return
	}
	again := m.Save(nil)
	if err := m.Load(again); err != nil {
		t.Fatalf("took a snapshot and refuses its own: %v", err)
	}
	if !bytes.Equal(again, m.Save(nil)) {
		t.Fatal("a snapshot of a snapshot differs")
	}
	var r sim.Reading
	for range 40 {
		m.Step()
	}
	for p := range m.Sheet().Probes {
		m.Read(sim.ProbeID(p), &r)
	}
}

// TestLoadTampered tampers with each part of a snapshot in turn.
func TestLoadTampered(t *testing.T) {
	m := machine(t)
	st := rng.New(5).Stream("card")
	set(t, m, "wanted", 1, 0, 1, 0, 1, 0, 1, 0)
	set(t, m, "retina", card(&st, 300)...)
	for range 60 {
		m.Step()
	}
	own := m.Save(nil)
	spare := machine(t)
	for at := 8; at < len(own); at += tampering {
		bad := bytes.Clone(own)
		bad[at] ^= 0xff
		fuzzLoad(t, spare, bad)
	}
}

func press(t testing.TB, m sim.Machine, name string) {
	t.Helper()
	if err := m.Apply(input(t, m, name, sim.Whole)); err != nil {
		t.Fatal(err)
	}
}

func text(t testing.TB, m sim.Machine, name, v string) error {
	t.Helper()
	in := input(t, m, name, sim.Whole)
	in.Ints, in.Bytes = nil, []byte(v)
	return m.Apply(in)
}

func read(t testing.TB, m sim.Machine, name string) []int64 {
	t.Helper()
	id, ok := m.Sheet().Probe(name)
	if !ok {
		t.Fatalf("no probe %s", name)
	}
	var r sim.Reading
	m.Read(id, &r)
	return r.Ints
}
