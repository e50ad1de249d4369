package tape

import (
	"strings"
	"testing"

	"perceptarium/modern/examples"
	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/simtest"
)

func made(t testing.TB, net, data string) *Machine {
	t.Helper()
	var env sim.Env
	if net != "" {
		env.Options = append(env.Options, sim.Option{Key: "net", Value: "a.net", Data: []byte(net)})
	}
	if data != "" {
		env.Options = append(env.Options, sim.Option{Key: "data", Value: "a.txt", Data: []byte(data)})
	}
	m, err := Make(env)
	if err != nil {
		t.Fatal(err)
	}
	return m.(*Machine)
}

// pictures are small pictures of two classes, with some for tests.
func pictures() string {
	s := &examples.Set{Name: "stripes", Shape: []int{1, 4, 4}, Steps: 1, Classes: 2}
	st := rng.New(5).Stream("stripes")
	for _, p := range []*examples.Part{&s.Train, &s.Test} {
		for range 7 {
			class := int32(st.Below(2))
			at := int(st.Below(4))
			x := make([]float32, 16)
			for k := range 4 {
				x[[2]int{4*at + k, 4*k + at}[class]] = 1
			}
			p.X, p.Class = append(p.X, x...), append(p.Class, class)
			p.N++
		}
	}
	return string(examples.Encode(s))
}

// sequences are sums of bits.
func sequences() string {
	s := &examples.Set{Name: "parity in time", Shape: []int{1}, Steps: 4, Outputs: 1}
	for i := range 8 {
		sum := 0
		for k := range 4 {
			sum ^= i >> k & 1
			s.Train.X = append(s.Train.X, float32(i>>k&1))
			s.Train.Y = append(s.Train.Y, float32(sum))
		}
		s.Train.N++
	}
	return string(examples.Encode(s))
}

const (
	stripesNet = "input 1x4x4\nconv a 3 3x3 pad=1 act=tanh\npool m max 2x2\nnorm n batch act=relu\ndropout d 0.25\ndense y 2\nloss softmax\ntrain adam rate=0.01 batch=3 order=shuffled clip=1"
	timeNet    = "input 1 steps=4\nlstm h 3\nrecurrent g 3\ndense y 1 act=logistic\nloss squared\ntrain nesterov rate=0.1 batch=2 l1=0.001"
)

var kinds = []struct{ name, net, data string }{
	{"xor", "", ""},
	{"pictures", stripesNet, pictures()},
	{"sequences", timeNet, sequences()},
}

// hand turns something now and then.
func hand(m *Machine) func(sim.Tick) (sim.Input, bool) {
	return func(at sim.Tick) (sim.Input, bool) {
		name := map[sim.Tick]string{3: "test", 20: "rate", 31: "slide", 40: "learn", 50: "learn", 55: "next", 60: "order", 70: "restart", 75: "test-every", 80: "look"}[at]
		id, ok := m.Sheet().Control(name)
		if !ok {
			return sim.Input{}, false
		}
		in := sim.Input{Control: id}
		c := m.Sheet().Controls[id]
		switch {
		case c.Real:
			in.Floats = []float32{0.25}
		case c.Kind != sim.Button:
			in.Ints = []int64{int64(at / 50)}
		}
		return in, true
	}
}

func TestConform(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			m := made(t, k.net, k.data)
			simtest.Conform(t, func() sim.Machine { return made(t, k.net, k.data) }, hand(m))
		})
	}
}

func value(t testing.TB, m *Machine, name string) sim.Reading {
	t.Helper()
	id, ok := m.Sheet().Probe(name)
	if !ok {
		t.Fatalf("no probe %s", name)
	}
	var r sim.Reading
	m.Read(id, &r)
	return r
}

func turn(t testing.TB, m *Machine, name string, in sim.Input) {
	t.Helper()
	id, ok := m.Sheet().Control(name)
	if !ok {
		t.Fatalf("no control %s", name)
	}
	in.Control = id
	if err := m.Apply(in); err != nil {
		t.Fatal(err)
	}
}

func TestXorIsLearned(t *testing.T) {
	m := made(t, "", "")
	solved := 0
	for seed := range uint64(10) {
		m.Reset(seed)
		for range 200_000 {
			m.Step()
			if m.pass > 0 && m.last.wrong == 0 {
				solved++
				break
			}
		}
	}
	if solved < 8 {
		t.Errorf("%d of 10 trainings learn exclusive or", solved)
	}
}

func TestDivergenceFaults(t *testing.T) {
	m := made(t, "input 1\ndense y 1\nloss squared\ntrain sgd rate=1000 batch=1", "x y\n1 2\n2 4\n")
	for range 2000 {
		m.Step()
	}
	fault := value(t, m, "fault")
	if !strings.Contains(string(fault.Text), "y") || !strings.Contains(string(fault.Text), "smaller rate") {
		t.Errorf("fault is %q", fault.Text)
	}
	before := m.Save(nil)
	m.Step()
	if string(m.Save(nil)) != string(before) {
		t.Error("a machine with a fault moves")
	}
	turn(t, m, "restart", sim.Input{})
	if fault = value(t, m, "fault"); len(fault.Text) > 0 {
		t.Errorf("after restart the fault is %q", fault.Text)
	}
}

func TestTestCountsConfusion(t *testing.T) {
	m := made(t, stripesNet, pictures())
	turn(t, m, "test", sim.Input{})
	for range 60 {
		m.Step()
	}
	sum := int64(0)
	for _, v := range value(t, m, "confusion").Ints {
		sum += v
	}
	if sum != 7 {
		t.Errorf("the confusion counts %d of 7", sum)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct{ net, data, want string }{
		{"input 3\ndense y 1\nloss squared", "x1 x2 y\n0 0 0\n", "a.txt: an example has 1 steps of [2] numbers; a.net takes 1 of [3]"},
		{"input 2\ndense y 2\nloss softmax", "x1 x2 y\n0 0 2\n", "a.txt: 3 classes; a.net has 2 outputs"},
		{"input 2\ndense y 1\nloss squared", "x1 x2 y\n0 0\n", "a.txt:2: 2 numbers for the 3 columns"},
		{"input 2\ndense y 1\nloss squared", "x1 x2 y\n0 0 NaN\n", "a.txt:2: y: \"NaN\" is not a number"},
	} {
		_, err := Make(sim.Env{Options: []sim.Option{{Key: "net", Value: "a.net", Data: []byte(c.net)}, {Key: "data", Value: "a.txt", Data: []byte(c.data)}}})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	m := made(f, stripesNet, pictures())
	for i := range 3 {
		for range 40 * i {
			m.Step()
		}
		f.Add(m.Save(nil))
	}
	f.Fuzz(func(t *testing.T, snapshot []byte) {
		if err := m.Load(snapshot); err != nil {
			return
		}
		if string(m.Save(nil)) != string(snapshot) {
			t.Fatal("loaded and saved it is something else")
		}
		var r sim.Reading
		for range 100 {
			m.Step()
			for p := range m.Sheet().Probes {
				m.Read(sim.ProbeID(p), &r)
			}
		}
	})
}

func BenchmarkTickXOR(b *testing.B) {
	m := made(b, "", "")
	for b.Loop() {
		m.Step()
	}
}
