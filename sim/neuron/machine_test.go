package neuron

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/simtest"
)

func machine(t testing.TB, net string) *Machine {
	t.Helper()
	n, err := Read("test.net", []byte(net))
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(n)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// everything has a unit of each sort, several synapses, relative inhibition
// and circles.
const everything = `title everything there is
law m(t) = m(t-1) v a(t-1), and so on
input a b
always one
unit m 1 a m ~b          # a latch
unit w 3 a*2 one*2 -b*2
unit ring0 1 ring2
unit ring1 1 ring0
unit ring2 1 ring1
unit n 1 one ~w
start ring0
output m w n
`

func TestConform(t *testing.T) {
	for _, name := range Circuits() {
		t.Run(name, func(t *testing.T) {
			conform(t, func() sim.Machine {
				m, err := Make(sim.Env{Options: []sim.Option{{Key: "circuit", Value: name}}})
				if err != nil {
					t.Fatal(err)
				}
				return m
			})
		})
	}
	t.Run("everything", func(t *testing.T) { conform(t, func() sim.Machine { return machine(t, everything) }) })
}

func conform(t *testing.T, make func() sim.Machine) {
	sheet := make().Sheet()
	simtest.Conform(t, make, func(at sim.Tick) (sim.Input, bool) {
		if len(sheet.Controls) == 0 {
			return sim.Input{}, false
		}
		chance := rng.New(uint64(at)).Stream("stimulus")
		c := sim.ControlID(chance.Below(int64(len(sheet.Controls))))
		in := sim.Input{Control: c, Index: sim.Whole}
		for range sheet.Controls[c].Cells() {
			in.Ints = append(in.Ints, chance.Below(2))
		}
		if sheet.Controls[c].Kind == sim.Grid && chance.Bool() {
			in.Index, in.Ints = len(in.Ints)-1, in.Ints[:1]
		}
		return in, true
	})
}

func read(t *testing.T, m sim.Machine, probe string) string {
	t.Helper()
	id, ok := m.Sheet().Probe(probe)
	if !ok {
		t.Fatalf("no probe %s", probe)
	}
	var r sim.Reading
	m.Read(id, &r)
	if r.Text != nil {
		return string(r.Text)
	}
	return string(r.Append(nil))
}

func set(t *testing.T, m sim.Machine, control string, values ...int64) {
	t.Helper()
	id, ok := m.Sheet().Control(control)
	if !ok {
		t.Fatalf("no control %s", control)
	}
	if err := m.Apply(sim.Input{Control: id, Index: sim.Whole, Ints: values}); err != nil {
		t.Fatal(err)
	}
}

func TestProbes(t *testing.T) {
	m := machine(t, everything)
	set(t, m, "input", 1, 0)
	rows := []struct{ probe, at0, at1 string }{
		{"fired", "1 0 1 0 0 1 0 0 0", "1 0 1 1 1 0 1 0 1"},
		{"output", "0 0 0", "1 1 1"},
		{"spikes", "0 0 0 0 0 0", "1 1 0 1 0 1"},
		{"firing", "3", "6"},
		{"input", "1 0", "1 0"},
		{"a", "1", "1"},
		{"b", "0", "0"},
		{"one", "1", "1"},
		{"ring1", "0", "1"},
	}
	for _, r := range rows {
		if got := read(t, m, r.probe); got != r.at0 {
			t.Errorf("tick 0: %s shows %s, want %s", r.probe, got, r.at0)
		}
	}
	m.Step()
	for _, r := range rows {
		if got := read(t, m, r.probe); got != r.at1 {
			t.Errorf("tick 1: %s shows %s, want %s", r.probe, got, r.at1)
		}
	}
	set(t, m, "b", 1)
	m.Step()
	if got := read(t, m, "output"); got != "0 0 0" {
		t.Errorf("inhibited, opposed and negated: outputs %s, want 0 0 0", got)
	}
}

func TestEveryControlHasItsProbe(t *testing.T) {
	s := machine(t, everything).Sheet()
	for _, name := range s.ControlNames() {
		if _, ok := s.Probe(name); !ok {
			t.Errorf("control %s has no probe", name)
		}
	}
}

func TestDrawing(t *testing.T) {
	m := machine(t, everything)
	m.Step()
	want := `net everything there is
law m(t) = m(t-1) v a(t-1), and so on
unit a input 0 0 0 0
unit b input 0 1 0 0
unit one always 0 2 0 1
unit m output 1 0 1 0
unit w output 1 1 3 0
unit ring0 unit 1 2 1 0
unit ring1 unit 2 0 1 1
unit ring2 unit 3 0 1 0
unit n output 2 1 1 1
axon a m excite 1
axon m m excite 1
axon b m inhibit 1
axon a w excite 2
axon one w excite 2
axon b w oppose 2
axon ring2 ring0 excite 1
axon ring0 ring1 excite 1
axon ring1 ring2 excite 1
axon one n excite 1
axon w n inhibit 1
`
	if got := read(t, m, "net"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestOutputsWithoutALine(t *testing.T) {
	rows := []struct{ name, net, want string }{
		{"unheard units", "input a\nunit x 1 a\nunit y 1 x\nunit z 1 x z\n", "y z"},
		{"a ring: all", "unit x 1 y\nunit y 1 x\nstart x\n", "x y"},
	}
	for _, r := range rows {
		s := machine(t, r.net).Sheet()
		if got := strings.Join(s.Probes[probeOutput].Names, " "); got != r.want {
			t.Errorf("%s: outputs %s, want %s", r.name, got, r.want)
		}
	}
}

func TestMake(t *testing.T) {
	own := sim.Option{Key: "net", Value: "own.net", Data: []byte("input a\nunit out 1 a\n")}
	built := sim.Option{Key: "circuit", Value: "and"}
	bad := sim.Option{Key: "net", Value: "own.net", Data: []byte("input alpha\nunit out 1 alhpa\n")}
	rows := []struct {
		name    string
		options []sim.Option
		probe   string // a probe that it must have
		err     string // or words of the error
	}{
		{"nothing", nil, "either", ""},
		{"own", []sim.Option{own}, "out", ""},
		{"built-in", []sim.Option{built}, "b", ""},
		{"both", []sim.Option{own, built}, "", "not both"},
		{"unknown", []sim.Option{{Key: "circuit", Value: "xro"}}, "", `did you mean "xor"`},
		{"wrong", []sim.Option{bad}, "", `own.net:2: out: no unit is called "alhpa"; did you mean "alpha"?`},
	}
	for _, r := range rows {
		m, err := Make(sim.Env{Options: r.options})
		switch {
		case r.err != "" && (err == nil || !strings.Contains(err.Error(), r.err)):
			t.Errorf("%s: error %v, want %q in it", r.name, err, r.err)
		case r.err == "" && err != nil:
			t.Errorf("%s: %v", r.name, err)
		case r.err == "" && !slices.Contains(m.Sheet().ProbeNames(), r.probe):
			t.Errorf("%s: no probe %s", r.name, r.probe)
		}
	}
}

func TestSnapshotOfAnotherNet(t *testing.T) {
	and, or := machine(t, "input a b\nunit out 2 a b\n"), machine(t, "input a b\nunit out 1 a b\n")
	if or.Load(and.Save(nil)) == nil {
		t.Error("an OR took the snapshot of an AND")
	}
}

func FuzzLoad(f *testing.F) {
	m := machine(f, everything)
	f.Add(m.Save(nil))
	m.Step()
	f.Add(m.Save(nil))
	f.Fuzz(func(t *testing.T, src []byte) {
		m := machine(t, everything)
		before := m.Save(nil)
		if len(src) > 8 { // the machine's own seal, so that what follows is read
			src = append(before[:8:8], src[8:]...)
		}
		if m.Load(src) != nil && !bytes.Equal(m.Save(nil), before) {
			t.Fatal("refused a snapshot, yet its state changed")
		}
		m.Step()
		read(t, m, "net")
	})
}

const largeInputs = 64

// large is a random net: each unit has 8 afferents, one of them inhibitory,
// and fires at tick 0.
func large(t testing.TB, units int) *Machine {
	t.Helper()
	chance := rng.New(1943).Stream("wiring")
	var n Net
	for i := range largeInputs {
		n.Inputs = append(n.Inputs, fmt.Sprintf("i%d", i))
	}
	for i := range units {
		n.Units = append(n.Units, Unit{Name: fmt.Sprintf("u%d", i), Threshold: 1 + i%2})
	}
	names := n.Names()
	n.Start = names[largeInputs:]
	span := int64(len(names)) / 8
	for i := range n.Units {
		for j := range int64(8) {
			a := Excite(names[j*span+chance.Below(span)])
			if j == 7 {
				a.Effect = Inhibits
			}
			n.Units[i].Afferents = append(n.Units[i].Afferents, a)
		}
	}
	m, err := New(&n)
	if err != nil {
		t.Fatal(err)
	}
	for i := range largeInputs {
		m.fired[i] = uint8(i & 1)
	}
	return m
}

// TestMemoryIsLinear weighs what nets of 16 times the size keep.
func TestMemoryIsLinear(t *testing.T) {
	small, sixteen := weight(t, 1024), weight(t, 16*1024)
	t.Logf("%d and %d bytes for each afferent", small/(8*1024), sixteen/(8*16*1024))
	if sixteen > 20*small { // slices grow by a quarter at a time
		t.Errorf("1,024 units keep %d bytes, 16 times as many %d", small, sixteen)
	}
}

// weight is the memory that a net keeps.
func weight(t *testing.T, units int) int64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	m := large(t, units)
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(m)
	return int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

// BenchmarkUnits counts unit updates in a net of 4096 units.
func BenchmarkUnits(b *testing.B) {
	const units = 4096
	m := large(b, units)
	b.ReportAllocs()
	for b.Loop() {
		m.Step()
	}
	b.ReportMetric(float64(b.N)*units/b.Elapsed().Seconds(), "units/s")
	b.ReportMetric(float64(m.firing()), "firing")
}
