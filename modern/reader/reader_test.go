package reader

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"perceptarium/modern/examples"
	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/simtest"
)

// smallNet judges pieces of 6 x 6 pixels.
const smallNet = `input 1x6x6
dense hidden 8 act=tanh
dense out 11
loss softmax
train momentum rate=0.01 batch=1
`

// shapes are a bar and a ring.
var shapes = [2][]string{
	{".##.", ".##.", "####", "####", ".##.", ".##."},
	{"..###..", ".#...#.", "##...##", "##...##", ".#...#.", "..###.."},
}

// bars are strips on which every digit is a bar, for 0, or a ring, for 1, with
// no gap between them or up to two columns.
func bars(strips int) *examples.Set {
	s := &examples.Set{Name: "bars", Shape: []int{1, 8, 32}, Steps: 1, Outputs: 3 * amountFields}
	st := rng.New(1).Stream("bars")
	for _, p := range []*examples.Part{&s.Train, &s.Test} {
		for range strips {
			x, at := make([]float32, 8*32), 1
			for k := range 3 {
				if k == 2 && st.Bool() {
					p.Y = append(p.Y, -1, 0, 0)
					continue
				}
				class := int(st.Below(2))
				shape := shapes[class]
				width := len(shape[0])
				for r, line := range shape {
					for c := range width {
						if line[c] == '#' {
							x[(r+1)*32+at+c] = 1
						}
					}
				}
				p.Y = append(p.Y, float32(class), float32(at), float32(at+width))
				at += width + int(st.Below(3))
			}
			p.X = append(p.X, x...)
			p.N++
		}
	}
	return s
}

func machine(t testing.TB, set *examples.Set) *Machine {
	t.Helper()
	m, err := Make(sim.Env{Options: []sim.Option{
		{Key: "net", Value: "small.net", Data: []byte(smallNet)}, {Key: "data", Value: "bars", Data: examples.Encode(set)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	m.Reset(1)
	return m.(*Machine)
}

func turn(t testing.TB, m *Machine, name string, values ...int64) {
	t.Helper()
	id, ok := m.Sheet().Control(name)
	if !ok {
		t.Fatalf("no control %s", name)
	}
	if err := m.Apply(sim.Input{Control: id, Ints: values}); err != nil {
		t.Fatal(err)
	}
}

func see(t testing.TB, m *Machine, name string) string {
	t.Helper()
	id, ok := m.Sheet().Probe(name)
	if !ok {
		t.Fatalf("no probe %s", name)
	}
	var r sim.Reading
	m.Read(id, &r)
	return string(r.Append(nil))
}

func (m *Machine) read(t testing.TB, name string) float32 {
	v, err := strconv.ParseFloat(see(t, m, name), 32)
	if err != nil {
		t.Fatal(err)
	}
	return float32(v)
}

// until steps until a phase is reached.
func until(t testing.TB, m *Machine, phase int64) {
	t.Helper()
	for range 1_000_000 {
		if m.phase == phase {
			return
		}
		m.Step()
	}
	t.Fatalf("no end of phase %s", phaseNames[m.phase])
}

// TestConform learns for a while, reads, learns again, cuts otherwise.
func TestConform(t *testing.T) {
	for _, c := range []struct {
		name    string
		control string
		values  []int64
	}{
		{"learning", "lessons", []int64{40}}, {"reading", "start", nil}, {"equal widths", "cutting", []int64{cutEqual}},
		{"another strip", "turn-to", []int64{3}}, {"nothing learned", "lessons", []int64{0}}, {"anew", "restart", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			id, _ := machine(t, bars(4)).Sheet().Control(c.control)
			start, _ := machine(t, bars(4)).Sheet().Control("start")
			simtest.Conform(t, func() sim.Machine { return machine(t, bars(4)) }, func(at sim.Tick) (sim.Input, bool) {
				if at == 20 {
					return sim.Input{Control: start}, true
				}
				return sim.Input{Control: id, Ints: c.values}, at == 10 || at == 50
			})
		})
	}
}

func TestConformAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("3e8 multiply-adds")
	}
	simtest.Conform(t, func() sim.Machine {
		m, err := Make(sim.Env{})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}, func(at sim.Tick) (sim.Input, bool) { return sim.Input{Control: 1}, at == 30 }) // start
}

func FuzzLoad(f *testing.F) {
	m := machine(f, bars(4))
	f.Add(m.Save(nil))
	turn(f, m, "start")
	for range 300 {
		if m.Step(); m.at == 2 {
			f.Add(m.Save(nil))
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) { simtest.TryLoad(t, machine(t, bars(4)), src, 30) })
}

// TestMakeRefuses: what does not fit is told with what would.
func TestMakeRefuses(t *testing.T) {
	good := bars(2)
	spoil := func(change func(s *examples.Set)) []byte {
		s := *good
		s.Test.Y = slices.Clone(s.Test.Y)
		change(&s)
		return examples.Encode(&s)
	}
	for _, c := range []struct {
		name, net string
		data      []byte
		want      string
	}{
		{"ten outputs", strings.Replace(smallNet, "out 11", "out 10", 1), examples.Encode(good), "the reader wants 11"},
		{"another loss", strings.Replace(smallNet, "loss softmax", "loss squared", 1), examples.Encode(good), "loss softmax"},
		{"no picture", strings.Replace(smallNet, "1x6x6", "36", 1), examples.Encode(good), "1x16x16"},
		{"a table", smallNet, []byte("a b\n1 2\n"), "data=amounts"},
		{"half a digit", smallNet, spoil(func(s *examples.Set) { s.Test.Y[0] = 0.5 }), "strip 1 of 2"},
		{"no digit", smallNet, spoil(func(s *examples.Set) { s.Test.Y[0] = -1 }), "strip 1 of 2"},
		{"columns beyond", smallNet, spoil(func(s *examples.Set) { s.Test.Y[2] = 33 }), "0..32"},
		{"nothing to read", smallNet, spoil(func(s *examples.Set) { s.Test = examples.Part{} }), "some of both"},
	} {
		_, err := Make(sim.Env{Options: []sim.Option{{Key: "net", Value: "a.net", Data: []byte(c.net)}, {Key: "data", Value: "strips", Data: c.data}}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q in it", c.name, err, c.want)
		}
	}
}

// TestReads: after some lessons the graph reads bars and rings, all but two of
// forty strips at most; equal widths cut through them.
func TestReads(t *testing.T) {
	m := machine(t, bars(40))
	turn(t, m, "lessons", 4000)
	until(t, m, phaseRest)
	if got := m.sums(); got.wrong > 2 || got.answered != 40 || got.touching == 0 || got.touching == 40 {
		t.Errorf("counted %+v", got)
	}
	graph := m.sums()
	turn(t, m, "cutting", cutEqual)
	until(t, m, phaseRest)
	s := m.sums()
	if s.answered != 40 || s.wrong < 10 {
		t.Errorf("equal widths: %d of %d wrong", s.wrong, s.answered)
	}
	if change := m.read(t, "change"); change != percent(s.wrong, 40)-percent(graph.wrong, 40) {
		t.Errorf("the error changed by %v points; %d of 40 were wrong, then %d", change, graph.wrong, s.wrong)
	}
}

// TestAgain: a strip is read once more to the same result, and counts once.
func TestAgain(t *testing.T) {
	m := machine(t, bars(4))
	turn(t, m, "start")
	until(t, m, phaseAnswer)
	m.Step()
	text := see(t, m, "says")
	turn(t, m, "again")
	until(t, m, phaseAnswer)
	m.Step()
	if got := see(t, m, "says"); got != text || m.sums().answered != 1 || m.next != 1 {
		t.Errorf("says %s, then %s; %d answered, next %d", text, got, m.sums().answered, m.next)
	}
}
