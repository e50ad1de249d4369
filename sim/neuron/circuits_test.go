package neuron

import (
	"fmt"
	"testing"

	"perceptarium/sim/rng"
)

// runner runs a net tick by tick on numbers: its inputs and outputs, the first
// the highest digit.
type runner struct {
	*Machine
	t *testing.T
}

func run(t *testing.T, n *Net) runner {
	t.Helper()
	m, err := New(n)
	if err != nil {
		t.Fatal(err)
	}
	return runner{m, t}
}

func (r runner) tick(in uint64) {
	inputs := r.wiring.inputs
	for i := range inputs {
		r.fired[i] = uint8(in >> (inputs - 1 - i) & 1)
	}
	r.Step()
}

// TestRippleAdder gives the adder a new pair at each tick, all there are, and
// expects each sum bits+2 ticks later.
func TestRippleAdder(t *testing.T) {
	for _, bits := range []int{1, 2, 3, 4, 8} {
		a := run(t, adder(bits))
		pairs := uint64(1) << (2 * bits)
		latency := uint64(bits + 2)
		for tick := range pairs + latency {
			if tick >= latency {
				pair := tick - latency
				if got, want := uint64(a.number()), pair>>bits+pair&(1<<bits-1); got != want {
					t.Fatalf("%d bits: %d + %d gave %d", bits, pair>>bits, pair&(1<<bits-1), got)
				}
			}
			a.tick(tick % pairs)
		}
	}
}

func TestSmallAdders(t *testing.T) {
	everyHistory(t, circuit(t, "full-adder"), 6, func(h history, t int) uint {
		sum := bit(h.at(t-3, 0)) + bit(h.at(t-3, 1)) + bit(h.at(t-3, 2))
		return sum>>1 | sum&1<<1
	})
}

// TestSerialAdder adds random 64-bit pairs, digit after digit; digit i of the
// sum leaves at tick i+3.
func TestSerialAdder(t *testing.T) {
	chance := rng.New(1945).Stream("pairs")
	a := run(t, circuit(t, "serial-adder"))
	for range 1000 {
		x, y := chance.Uint64(), chance.Uint64()
		a.Reset(0)
		sum := uint64(0)
		for tick := range 64 + 3 {
			if tick >= 3 {
				sum |= uint64(a.number()) << (tick - 3)
			}
			if tick < 64 {
				a.tick(x>>tick&1<<1 | y>>tick&1)
			} else {
				a.tick(0)
			}
		}
		if sum != x+y {
			t.Fatalf("%d + %d gave %d", x, y, sum)
		}
	}
}

func TestCounter(t *testing.T) {
	for bits := 1; bits <= 4; bits++ {
		n := counter(bits)
		everyHistory(t, n, 16, func(h history, t int) uint {
			count := uint(0)
			for x := 0; x <= t-bits-1; x++ {
				count += bit(h.at(x, 0))
			}
			turned := uint(0)
			for i := range bits {
				turned |= count >> i & 1 << (bits - 1 - i)
			}
			return turned
		})
	}
	c := run(t, counter(4))
	for tick := range 100 {
		if got, want := c.number(), int64(max(tick-4, 0)%16); got != want {
			t.Fatalf("an impulse at every tick: %d at tick %d, want %d", got, tick, want)
		}
		c.tick(1)
	}
}

// TestMemory plays all histories on a memory of two words of one digit, and
// random ones on the memory of four words of four.
func TestMemory(t *testing.T) {
	everyHistory(t, memory(1, 1), 4, func(h history, t int) uint {
		const write, read, address, in = 0, 1, 2, 3
		if !h.at(t-3, read) {
			return 0
		}
		word := h.at(t-3, address)
		stored := false
		for x := 0; x <= t-4; x++ {
			if h.at(x, write) && h.at(x, address) == word {
				stored = h.at(x, in)
			}
		}
		return bit(stored)
	})
	chance := rng.New(1945).Stream("orders")
	m := run(t, circuit(t, "memory-4x4"))
	var words [4]int64
	var want [3]int64 // what is on its way to the outputs
	for tick := range 20_000 {
		if got := m.number(); got != want[0] {
			t.Fatalf("tick %d: %04b comes out, want %04b", tick, got, want[0])
		}
		order := chance.Below(1 << 8)
		write, read, word := order>>7&1, order>>6&1, order>>4&3
		want = [3]int64{want[1], want[2], words[word] * read}
		if write == 1 {
			words[word] = order & 15
		}
		m.tick(uint64(order))
	}
}

// TestMajority holds one unit against a count: all patterns up to 15
// afferents, random ones of 1,001.
func TestMajority(t *testing.T) {
	for n := 1; n <= 15; n++ {
		m := run(t, majority(n))
		for pattern := range uint64(1) << n {
			m.tick(pattern)
			count := 0
			for i := range n {
				count += int(pattern >> i & 1)
			}
			if got, want := m.number() == 1, 2*count > n; got != want {
				t.Fatalf("%d afferents, %b: fires: %v", n, pattern, got)
			}
		}
	}
	const many = 1001
	chance := rng.New(1).Stream("votes")
	m := run(t, majority(many))
	for range 200 {
		count := 0
		for i := range many {
			m.fired[i] = uint8(chance.Below(2))
			count += int(m.fired[i])
		}
		m.Step()
		if got, want := m.number() == 1, 2*count > many; got != want {
			t.Fatalf("%d of %d: fires: %v", count, many, got)
		}
	}
}

// majority is one unit.
func majority(n int) *Net {
	net := &Net{}
	u := Unit{Name: "out", Threshold: n/2 + 1}
	for i := range n {
		name := fmt.Sprint("a", i)
		net.Inputs = append(net.Inputs, name)
		u.Afferents = append(u.Afferents, Excite(name))
	}
	net.Units = []Unit{u}
	return net
}

// TestNoUnitIsXor tries units of up to four synapses of each sort from both
// inputs and an always-firing unit, with every threshold that they reach.
func TestNoUnitIsXor(t *testing.T) {
	tried := 0
	choices := []Afferent{{Synapses: 0}, {Effect: Inhibits, Synapses: 1}}
	for s := 1; s <= 4; s++ {
		choices = append(choices, Afferent{Synapses: s}, Afferent{Effect: Opposes, Synapses: s})
	}
	for _, a := range choices {
		for _, b := range choices {
			for _, one := range choices {
				u := unitOf(a, b, one)
				for u.Threshold = 1; ; u.Threshold++ {
					w, err := wire(&Net{Inputs: []string{"a", "b"}, Always: []string{"one"}, Units: []Unit{u}})
					if err != nil {
						break
					}
					tried++
					if truthTable(w) == 0b0110 {
						t.Fatalf("this unit is XOR: %+v", u)
					}
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d units tried", tried)
	}
}

func unitOf(a, b, one Afferent) Unit {
	a.From, b.From, one.From = "a", "b", "one"
	u := Unit{Name: "out"}
	for _, f := range []Afferent{a, b, one} {
		if f.Synapses > 0 {
			u.Afferents = append(u.Afferents, f)
		}
	}
	return u
}

func truthTable(w *wiring) (table int) {
	next := make([]uint8, 4)
	for row := range 4 {
		w.tick(next, []uint8{uint8(row & 1), uint8(row >> 1), 1, 0})
		table |= int(next[3]) << row
	}
	return table
}
