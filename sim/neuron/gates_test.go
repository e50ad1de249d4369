package neuron

import (
	"fmt"
	"testing"
)

// history is what the inputs were at each tick: bit i of its element t is
// input i at tick t. Before tick 0 nothing fired.
type history []uint

func (h history) at(t, input int) bool { return t >= 0 && h[t]>>input&1 == 1 }

// law says which outputs fire at tick t, bit i for output i.
type law func(h history, t int) uint

// everyHistory plays all histories of that length on the net and holds the
// outputs against the law at every tick. Histories share their beginnings.
func everyHistory(t *testing.T, n *Net, length int, want law) {
	t.Helper()
	w, err := wire(n)
	if err != nil {
		t.Fatal(err)
	}
	p := player{wiring: w, law: want, states: make([][]uint8, length+1), history: make(history, length+1)}
	for i := range p.states {
		p.states[i] = make([]uint8, len(w.names))
	}
	w.rest(p.states[0])
	if err := p.play(0); err != nil {
		t.Error(err)
	}
}

type player struct {
	*wiring
	law     law
	states  [][]uint8
	history history
}

func (p *player) play(t int) error {
	now := p.states[t]
	got := uint(0)
	for i, u := range p.outputs {
		got |= uint(now[u]) << i
	}
	if want := p.law(p.history[:t], t); got != want {
		return fmt.Errorf("inputs %b: outputs at tick %d are %b, the law says %b", p.history[:t], t, got, want)
	}
	if t == len(p.history)-1 {
		return nil
	}
	for pattern := range uint(1) << p.inputs {
		for i := range p.inputs {
			now[i] = uint8(pattern >> i & 1)
		}
		p.history[t] = pattern
		next := p.states[t+1]
		copy(next[p.inputs:p.first], now[p.inputs:p.first])
		p.tick(next, now)
		if err := p.play(t + 1); err != nil {
			return err
		}
	}
	return nil
}

func bit(b bool) uint {
	if b {
		return 1
	}
	return 0
}

func circuit(t *testing.T, name string) *Net {
	t.Helper()
	n, err := Circuit(name)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestGates(t *testing.T) {
	const a, b = 0, 1
	laws := []struct {
		net    string
		length int
		law    law
	}{
		{"and", 8, func(h history, t int) uint { return bit(h.at(t-1, a) && h.at(t-1, b)) }},
		{"or", 8, func(h history, t int) uint { return bit(h.at(t-1, a) || h.at(t-1, b)) }},
		{"not", 12, func(h history, t int) uint { return bit(t > 0 && !h.at(t-1, a)) }},
		{"xor", 8, func(h history, t int) uint { return bit(h.at(t-2, a) != h.at(t-2, b)) }},
		{"half-adder", 8, func(h history, t int) uint {
			return bit(h.at(t-2, a) && h.at(t-2, b)) | bit(h.at(t-2, a) != h.at(t-2, b))<<1
		}},
	}
	for _, l := range laws {
		t.Run(l.net, func(t *testing.T) { everyHistory(t, circuit(t, l.net), l.length, l.law) })
	}
}

// The harness itself must be able to fail: OR is not AND.
func TestEveryHistoryFindsAWrongLaw(t *testing.T) {
	w, err := wire(circuit(t, "or"))
	if err != nil {
		t.Fatal(err)
	}
	and := func(h history, t int) uint { return bit(h.at(t-1, 0) && h.at(t-1, 1)) }
	p := player{wiring: w, law: and, states: [][]uint8{make([]uint8, 3), make([]uint8, 3)}, history: make(history, 2)}
	if p.play(0) == nil {
		t.Error("took an OR for an AND")
	}
}
