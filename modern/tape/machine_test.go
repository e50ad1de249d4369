package tape

import (
	"slices"
	"strings"
	"testing"

	"perceptarium/modern/examples"
	"perceptarium/modern/nn"
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

// encoded is a set of one picture in each of two classes, its second all 0.
func encoded(side int, x []float32) string {
	s := &examples.Set{Name: "a picture", Shape: []int{1, side, side}, Steps: 1, Classes: 2}
	s.Train = examples.Part{N: 2, X: append(x, make([]float32, side*side)...), Class: []int32{0, 1}}
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
	blocksNet  = "input 1x4x4\ndense a 5\nrepeat 3\ndense b 5 init=he act=relu\ndense c 5\nadd s before act=relu\nend\ndense y 2\nloss softmax\ntrain sgd rate=0.1 batch=2"
	stripesNet = "input 1x4x4\nconv a 3 3x3 pad=1 act=tanh\npool m max 2x2\nnorm n batch act=relu\ndropout d 0.25\ndense y 2\nloss softmax\ntrain adam rate=0.01 batch=3 order=shuffled clip=1"
	deepNet    = "input 1x4x4\nconv a 3 3x3 act=tanh\ndense y 2\nloss softmax\ntrain sgd batch=7"
	carryNet   = "input 1x4x4\ndense h 3 act=tanh\ndense y 2\nloss softmax\ntrain sgd batch=3 carry=yes order=shuffled"
	timeNet    = "input 1 steps=4\nlstm h 3\nrecurrent g 3\ndense y 1 act=logistic\nloss squared\ntrain nesterov rate=0.1 batch=2 l1=0.001"
)

var kinds = []struct{ name, net, data string }{
	{"xor", "", ""},
	{"pictures", stripesNet, pictures()},
	{"sequences", timeNet, sequences()},
	{"blocks", blocksNet, pictures()},
	{"deep", deepNet, pictures()},
	{"carried", carryNet, pictures()},
}

// hand turns something now and then.
func hand(m *Machine) func(sim.Tick) (sim.Input, bool) {
	at := map[sim.Tick]string{2: "examine", 3: "test", 16: "single-path", 20: "rate", 25: "swap-at-random", 27: "unit-layer", 29: "ascend", 31: "slide", 35: "unit", 37: "cut-at-random",
		40: "learn", 50: "learn", 53: "block-order", 55: "next", 58: "cut", 60: "order", 65: "ascend", 70: "restart", 75: "test-every", 80: "look", 85: "average-over"}
	values := map[string]int64{"examine": 1, "single-path": 1, "unit-layer": 1, "unit": 2, "swap-at-random": 1, "cut-at-random": 2, "block-order": 3}
	return func(tick sim.Tick) (sim.Input, bool) {
		name := at[tick]
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
			in.Ints = []int64{max(c.Min, int64(tick/50))}
			if v, ok := values[name]; ok {
				in.Ints[0] = v
			}
			if c.Kind == sim.Grid {
				in.Index = 1
			}
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

// TestNumbers reads the lecture's example of back-propagation, operation by
// operation, as far as the first update.
func TestNumbers(t *testing.T) {
	m := made(t, "input 1\ndense z 1\ndense h 1\nloss squared factor=0.5\ntrain sgd rate=0.1", "x y\n1 1\n")
	turn(t, m, "z-w", sim.Input{Floats: []float32{0.5}})
	turn(t, m, "h-w", sim.Input{Floats: []float32{0.5}})
	for _, want := range []string{
		"input:  x = the next examples, t = what is wanted",
		"z:  y = x W + b\n0 + 1*0.5 = 0.5",
		"h:  y = x W + b\n0 + 0.5*0.5 = 0.25",
		"loss:  L = sum of f (y - t)^2\n0.5 (0.25 - 1)^2 = 0.2812",
		"h-grad:  dy = 2 f (y - t)\n1 (0.25 - 1) = -0.75",
		"h-w-grad:  dW = x' dz\n0.5*(-0.75) = -0.375",
		"h-b-grad:  db = sum of dz\n1*(-0.75) = -0.75",
		"z-grad:  dx = dz W'\n-0.75*0.5 = -0.375",
		"z-w-grad:  dW = x' dz\n1*(-0.375) = -0.375",
		"z-b-grad:  db = sum of dz\n1*(-0.375) = -0.375",
		"norm:  g over all weights is scaled down to clip, where that is set",
		"z-w:  w -= rate g\n0.5 - 0.1 * (-0.375) = 0.5375",
	} {
		m.Step()
		if got := string(value(t, m, "numbers").Text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestScoresBeginAtTheWorst: a wait for a good score does not end before there
// is one, and what is shown of the first pass without a mistake stays.
func TestScoresBeginAtTheWorst(t *testing.T) {
	m := made(t, "", "")
	if got := value(t, m, "train-wrong").Ints[0]; got != 4 {
		t.Errorf("%d answers are wrong before the first pass, want 4", got)
	}
	if got := value(t, m, "test-loss").Floats[0]; got < 1e38 {
		t.Errorf("the loss before the first test is %v", got)
	}
	m.Reset(1)
	for m.last.wrong > 0 && m.pass < 3000 {
		m.Step()
	}
	at := value(t, m, "solved").Ints[0]
	if at != m.pass || value(t, m, "unsolved").Ints[0] != 0 {
		t.Errorf("solved in pass %d, shown as %d", m.pass, at)
	}
	turn(t, m, "restart", sim.Input{})
	if value(t, m, "solved").Ints[0] != 0 || value(t, m, "unsolved").Ints[0] != 1 {
		t.Error("a restart keeps the old score")
	}
}

// TestRestartKeepsTheSchedule: the rate of a schedule begins anew, one set by
// hand stays.
func TestRestartKeepsTheSchedule(t *testing.T) {
	m := made(t, "input 2\ndense y 1\nloss squared\ntrain sgd rate=0.1,0.01@1", "a b y\n0 1 1\n")
	for m.pass < 2 {
		m.Step()
	}
	if got := value(t, m, "rate").Floats[0]; got != 0.01 {
		t.Fatalf("the rate is %v, want 0.01", got)
	}
	turn(t, m, "restart", sim.Input{})
	if got := value(t, m, "rate").Floats[0]; got != 0.1 {
		t.Errorf("after a restart the rate is %v, want 0.1", got)
	}
	turn(t, m, "rate", sim.Input{Floats: []float32{0.5}})
	turn(t, m, "restart", sim.Input{})
	if got := value(t, m, "rate").Floats[0]; got != 0.5 {
		t.Errorf("after a restart the rate set by hand is %v, want 0.5", got)
	}
}

// TestWeightsSetByHandStay: no method brings back where a weight stood before a
// hand set it.
func TestWeightsSetByHandStay(t *testing.T) {
	for _, method := range nn.MethodNames {
		m := made(t, "input 1\ndense y 1 bias=no\nloss squared\ntrain "+method+" rate=0.001", "x y\n1 1\n")
		for m.batches < 5 {
			m.Step()
		}
		turn(t, m, "y-w", sim.Input{Floats: []float32{100}})
		for m.batches < 6 {
			m.Step()
		}
		if w := value(t, m, "y-w").Floats[0]; w < 99 || w > 101 {
			t.Errorf("%s: set to 100, after an update the weight is %v", method, w)
		}
	}
}

// TestDrawing reads the source of the picture of a net with a way round.
func TestDrawing(t *testing.T) {
	m := made(t, "input 2\ndense h 1 init=0.5\ndense via 1 init=-2 bias=no\ndense round 1 from=input init=1 bias=no\nadd out via act=logistic\nloss squared", "a b y\n0 1 1\n1 0 0\n")
	got := string(value(t, m, "net").Text)
	for _, want := range []string{"unit x1 input 0 0 0 ", "unit out output 3 0 0 ", "axon x2 h excite 1 0.5\n", "axon h via oppose 1 -2\n", "axon via out excite 1\n", "axon round out excite 1\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
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

// TestCarry: of 7 examples in batches of 3 one is left over at the end of each
// pass, and joins the next; a pass counts those that it judged.
func TestCarry(t *testing.T) {
	m := made(t, carryNet, pictures())
	var rows, counts []int64
	for range 6 {
		for before := m.batches; m.batches == before; {
			m.Step()
		}
		rows, counts = append(rows, m.rows), append(counts, m.last.count)
	}
	if want := []int64{3, 3, 4, 3, 4, 3}; !slices.Equal(rows, want) {
		t.Errorf("batches of %v, want %v", rows, want)
	}
	if want := []int64{7, 6, 6, 7, 7, 7}; !slices.Equal(counts, want) {
		t.Errorf("passes of %v, want %v", counts, want)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct{ net, data, want string }{
		{"input 3\ndense y 1\nloss squared", "x1 x2 y\n0 0 0\n", "a.txt: an example has 1 steps of [2] numbers; a.net takes 1 of [3]"},
		{"input 2\ndense y 2\nloss softmax", "x1 x2 y\n0 0 2\n", "a.txt: 3 classes; a.net has 2 outputs"},
		{"input 2\ndense y 1\nloss softmax", "x1 x2 y\n0 0 1\n", "a.txt: 2 classes; a.net has 1 outputs"},
		{"input 2\ndense y 1\nloss squared", "x1 x2 y\n0 0\n", "a.txt:2: 2 numbers for the 3 columns"},
		{"input 2\ndense y 1\nloss squared", "x1 x2 y\n0 0 NaN\n", "a.txt:2: y: \"NaN\" is not a number"},
		{"input 2\ndense y 1\nloss squared\ntrain sgd batch=3 carry=yes", "x1 x2 y\n0 0 0\n0 1 0\n", "a.txt: 2 examples never fill a batch of 3, which a.net carries over"},
		{"input 2\ndense y 1\nloss squared\ntrain sgd batch=3 carry=maybe", "x1 x2 y\n0 0 0\n", "a.net:4: carry is yes or no, not"},
	} {
		_, err := Make(sim.Env{Options: []sim.Option{{Key: "net", Value: "a.net", Data: []byte(c.net)}, {Key: "data", Value: "a.txt", Data: []byte(c.data)}}})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	m := made(f, stripesNet, pictures())
	press := func(name string, v ...int64) {
		id, _ := m.Sheet().Control(name)
		if err := m.Apply(sim.Input{Control: id, Ints: v}); err != nil {
			f.Fatal(err)
		}
	}
	press("examine", 1)
	press("test")
	press("ascend")
	for i := range 3 {
		for range 40 * i {
			m.Step()
		}
		f.Add(m.Save(nil))
	}
	f.Fuzz(func(t *testing.T, snapshot []byte) { simtest.TryLoad(t, m, snapshot, 100) })
}

// TestNamesClash: a layer that is called as a probe or a control of the machine
// is refused with its name.
func TestNamesClash(t *testing.T) {
	for _, name := range []string{"loss", "rate", "pass", "wanted", "h-w", "test-every", "restart"} {
		net := "input 2\ndense h 2\ndense " + name + " 1\nloss squared"
		_, err := Make(sim.Env{Options: []sim.Option{{Key: "net", Value: "a.net", Data: []byte(net)}}})
		if err == nil || !strings.Contains(err.Error(), "a.net: two things are called "+name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
