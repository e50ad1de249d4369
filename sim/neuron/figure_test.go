package neuron

import (
	"fmt"
	"strings"
	"testing"

	"perceptarium/sim/rng"
)

// TestFigure1 holds the nets of Figure 1 against the laws that are printed
// beside them, on all input histories. Where the law is a sentence, it is the
// caption of the net itself that is checked.
func TestFigure1(t *testing.T) {
	rows := []struct {
		net    string
		length int
		law    string // as history has it; empty: by hand
	}{
		{"figure-1a", 12, "n2(t) = n1(t-1)"},
		{"figure-1b", 10, "n3(t) = n1(t-1) v n2(t-1)"},
		{"figure-1c", 10, "n3(t) = n1(t-1) . n2(t-1)"},
		{"figure-1d", 10, "n3(t) = n1(t-1) . ~n2(t-1)"},
		{"figure-1e", 10, "n3(t) = n1(t-1) v n2(t-3) . ~n2(t-2)\nn4(t) = n2(t-2) . n2(t-1)"},
		{"figure-1f", 6, "n4(t) = ~n1(t-2) . (n2(t-2) v n3(t-2)) v n1(t-2) . n2(t-2) . n3(t-2)"},
		{"figure-1f-relative", 6, "n4(t) = ~n1(t-1) . (n2(t-1) v n3(t-1)) v n1(t-1) . n2(t-1) . n3(t-1)"},
		{"figure-1g", 10, "n3(t) = n2(t-2) . ~n1(t-3)"},
		{"figure-1h", 12, "n2(t) = n1(t-1) . n1(t-2)"},
	}
	for _, r := range rows {
		t.Run(r.net, func(t *testing.T) {
			n := circuit(t, r.net)
			if got := strings.Join(n.Laws, "\n"); got != r.law {
				t.Errorf("its caption is %s, want %s", got, r.law)
			}
			everyHistory(t, n, r.length, lawOf(t, r.law, columns(n)))
		})
	}
	t.Run("figure-1i", func(t *testing.T) {
		everyHistory(t, circuit(t, "figure-1i"), 10, func(h history, t int) uint {
			learned := false
			for x := range max(t, 0) {
				learned = learned || h.at(x, 0) && h.at(x, 1)
			}
			return bit(h.at(t-1, 1) || h.at(t-1, 0) && learned)
		})
	})
}

// Circles: what part III of the paper adds.
func TestCircles(t *testing.T) {
	t.Run("latch", func(t *testing.T) {
		everyHistory(t, circuit(t, "latch"), 10, func(h history, t int) uint {
			q := false
			for x := range t {
				q = (q || h.at(x, 0)) && !h.at(x, 1)
			}
			return bit(q)
		})
	})
	t.Run("ever", func(t *testing.T) {
		everyHistory(t, circuit(t, "ever"), 14, func(h history, t int) uint {
			for x := range t {
				if h.at(x, 0) {
					return 1
				}
			}
			return 0
		})
	})
	t.Run("every", func(t *testing.T) {
		everyHistory(t, circuit(t, "every"), 14, func(h history, t int) uint {
			for x := range t {
				if !h.at(x, 0) {
					return 0
				}
			}
			return 1
		})
	})
	t.Run("ring", func(t *testing.T) {
		everyHistory(t, circuit(t, "ring"), 64, func(_ history, t int) uint { return 1 << (t % 5) })
	})
	for n := 1; n <= 64; n++ {
		everyHistory(t, ring(n), 3*n, func(_ history, t int) uint { return bit(t%n == 0) })
	}
}

// ring is a ring of n units, of which the first fires at tick 0 and is the
// output.
func ring(n int) *Net {
	net := &Net{Start: []string{"r0"}, Outputs: []string{"r0"}}
	for i := range n {
		net.Add(fmt.Sprint("r", i), 1, Excite(fmt.Sprint("r", (i+n-1)%n)))
	}
	return net
}

// TestColdObject is the illusion of heat and cold and its after-effect, for a
// cold object held for 1 to 40 ticks.
func TestColdObject(t *testing.T) {
	for held := 1; held <= 40; held++ {
		m, err := New(circuit(t, "figure-1e"))
		if err != nil {
			t.Fatal(err)
		}
		set(t, m, "n2", 1)
		var heat, cold []int
		for tick := range held + 10 {
			if read(t, m, "n3") == "1" {
				heat = append(heat, tick)
			}
			if read(t, m, "n4") == "1" {
				cold = append(cold, tick)
			}
			if tick == held {
				set(t, m, "n2", 0)
			}
			m.Step()
		}
		var wantCold []int
		for tick := 2; tick <= held; tick++ {
			wantCold = append(wantCold, tick)
		}
		if got, want := fmt.Sprint(heat, cold), fmt.Sprint([]int{held + 2}, wantCold); got != want {
			t.Errorf("held for %d ticks: heat and cold are felt at %s, want %s", held, got, want)
		}
	}
}

// TestTheorem4 turns relative inhibition into absolute: Figure 1 (f) as the
// paper draws it, then random nets with circles, started and always-firing
// units.
func TestTheorem4(t *testing.T) {
	n, err := circuit(t, "figure-1f-relative").Absolute()
	if err != nil {
		t.Fatal(err)
	}
	want := "input n1 n2 n3\nunit n4-0 1 n2 n3 ~n1\nunit n4-1 2 n2 n3\nunit n4 1 n4-0 n4-1\n"
	if _, got, _ := strings.Cut(n.String(), "\n"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	column := columns(n)
	everyHistory(t, n, 6, lawOf(t, strings.Join(circuit(t, "figure-1f").Laws, ""), column))
	chance := rng.New(4).Stream("relative")
	for range 300 {
		n := randomNet(&chance)
		a, err := n.Absolute()
		if err != nil {
			t.Fatalf("%v\n%s", err, n)
		}
		lockstep(t, &chance, n, a)
	}
}

func randomNet(chance *rng.Stream) *Net {
	n := &Net{Inputs: []string{"a", "b", "c"}, Always: []string{"one"}}
	units := 1 + chance.Below(6)
	for i := range units {
		n.Units = append(n.Units, Unit{Name: fmt.Sprint("u", i)})
		if chance.Below(4) == 0 {
			n.Start = append(n.Start, fmt.Sprint("u", i))
		}
	}
	names := n.Names()
	for i := range n.Units {
		u := &n.Units[i]
		reach := 0
		for _, from := range names {
			switch a := (Afferent{from, Effect(chance.Below(3)), 1 + int(chance.Below(3))}); {
			case chance.Bool():
			case a.Effect == Inhibits && chance.Bool():
				u.Afferents = append(u.Afferents, Inhibit(from))
			case a.Effect != Inhibits:
				u.Afferents = append(u.Afferents, a)
				if a.Effect == Excites {
					reach += a.Synapses
				}
			}
		}
		if reach == 0 {
			u.Afferents, reach = []Afferent{Excite(names[chance.Below(int64(len(names)))])}, 1
		}
		u.Threshold = 1 + int(chance.Below(int64(reach)))
	}
	return n
}

// lockstep runs both nets, the second at half the speed.
func lockstep(t *testing.T, chance *rng.Stream, n, a *Net) {
	t.Helper()
	for _, u := range a.Units {
		for _, f := range u.Afferents {
			if f.Effect == Opposes {
				t.Fatalf("%s still has relative inhibition", u.Name)
			}
		}
	}
	fast, err := New(n)
	if err != nil {
		t.Fatal(err)
	}
	slow, err := New(a)
	if err != nil {
		t.Fatal(err)
	}
	for tick := range 40 {
		for _, name := range n.Names() {
			if got, want := read(t, slow, name), read(t, fast, name); got != want {
				t.Fatalf("tick %d: %s is %s in the absolute net, %s in the relative one\n%s\n%s", tick, name, got, want, n, a)
			}
		}
		in := []int64{chance.Below(2), chance.Below(2), chance.Below(2)}
		set(t, fast, "input", in...)
		set(t, slow, "input", in...)
		fast.Step()
		slow.Step()
		set(t, slow, "input", 0, 0, 0)
		slow.Step()
		set(t, slow, "input", in...)
	}
}
