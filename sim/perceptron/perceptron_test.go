package perceptron

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"perceptarium/sim"
	"perceptarium/sim/simtest"
)

const orAnd = "unit threshold x1 x2\nor 1 1 1\nand 2 1 1\n"

// mustMake makes a machine from the text of a table and a layer; empty for
// neither.
func mustMake(t testing.TB, examples, layer string) *Machine {
	t.Helper()
	var env sim.Env
	if examples != "" {
		env.Options = append(env.Options, sim.Option{Key: "examples", Value: "examples.txt", Data: []byte(examples)})
	}
	if layer != "" {
		env.Options = append(env.Options, sim.Option{Key: "layer", Value: "layer.txt", Data: []byte(layer)})
	}
	m, err := Make(env)
	if err != nil {
		t.Fatal(err)
	}
	return m.(*Machine)
}

// set turns a control by its name; index is a cell, or sim.Whole.
func set(t testing.TB, m sim.Machine, name string, index int, v ...int64) {
	t.Helper()
	id, ok := m.Sheet().Control(name)
	if !ok {
		t.Fatalf("no control %q", name)
	}
	if err := m.Apply(sim.Input{Control: id, Index: index, Ints: v}); err != nil {
		t.Fatal(err)
	}
}

func look(t testing.TB, m sim.Machine, name string) []int64 {
	t.Helper()
	id, ok := m.Sheet().Probe(name)
	if !ok {
		t.Fatalf("no probe %q", name)
	}
	var r sim.Reading
	m.Read(id, &r)
	return r.Ints
}

func want(t testing.TB, m sim.Machine, name string, v ...int64) {
	t.Helper()
	if got := look(t, m, name); fmt.Sprint(got) != fmt.Sprint(v) {
		t.Errorf("%s = %d, want %d", name, got, v)
	}
}

// until steps until the table is separated, and fails after limit steps.
func until(t testing.TB, m *Machine, limit int) {
	t.Helper()
	for range limit {
		if m.wrong(m.weight) == 0 {
			return
		}
		m.Step()
	}
	t.Fatalf("not separated after %d presentations", limit)
}

const (
	andTable = "x1 x2 y\n0 0 0\n0 1 0\n1 0 0\n1 1 1\n"
	orTable  = "x1 x2 y\n0 0 0\n0 1 1\n1 0 1\n1 1 1\n"
)

func TestConform(t *testing.T) {
	for _, c := range []struct{ name, examples, layer string }{
		{"xor", "", ""},
		{"xor with a layer", "", orAnd},
		{"decimals", "a,b,c,y\n0.5,-1,2,1\n1.25,0,0,0\n-3,1,1,1\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mustMake(t, c.examples, c.layer)
			simtest.Conform(t, func() sim.Machine { return mustMake(t, c.examples, c.layer) },
				func(at sim.Tick) (sim.Input, bool) { return stimulus(m.sheet, at) })
		})
	}
}

// stimulus turns every control in turn, one every third tick.
func stimulus(s *sim.Sheet, at sim.Tick) (sim.Input, bool) {
	if at%3 != 0 {
		return sim.Input{}, false
	}
	id := int(at/3) % len(s.Controls)
	c := &s.Controls[id]
	in := sim.Input{Control: sim.ControlID(id)}
	if c.Kind == sim.Button {
		return in, true
	}
	_, hi := c.Limits()
	in.Ints = []int64{min(hi, 1+int64(at)%5)}
	if c.Kind == sim.Grid {
		in.Index = int(at) % c.Cells()
	}
	return in, true
}

func TestRule(t *testing.T) {
	m := mustMake(t, "", "")
	// Worked by hand: XOR in the order of the table, from zero, a sum of 0 fires.
	for i, w := range [][]int64{
		{-1, 0, 0}, {0, 0, 1}, {0, 0, 1}, {-1, -1, 0},
		{-1, -1, 0}, {0, -1, 1}, {1, 0, 1}, {0, -1, 0},
		{-1, -1, 0}, {0, -1, 1}, {1, 0, 1}, {0, -1, 0},
	} {
		m.Step()
		if fmt.Sprint(m.weight) != fmt.Sprint(w) {
			t.Fatalf("after presentation %d: weights %d, want %d", i+1, m.weight, w)
		}
	}
	want(t, m, "mistakes", 3+3+4)
	want(t, m, "pass", 3)
	want(t, m, "curve", 3, 3, 4)
	want(t, m, "cycle", 1)
	want(t, m, "wrong", 2)
}

func TestLearns(t *testing.T) {
	for _, c := range []struct{ name, examples, layer string }{
		{"and", andTable, ""}, {"or", orTable, ""}, {"xor behind or and and", "", orAnd},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mustMake(t, c.examples, c.layer)
			for _, start := range []int64{startZero, startRandom} {
				for _, order := range []int64{orderCyclic, orderRandom} {
					set(t, m, "order", 0, order)
					set(t, m, "start", 0, start)
					until(t, m, 4000)
					want(t, m, "separated", 1)
					want(t, m, "criterion", 0)
				}
			}
		})
	}
}

// TestSlideWithoutConstant shows what the printed rule lacks: through the
// origin AND has no solution, OR has one.
func TestSlideWithoutConstant(t *testing.T) {
	and, or := mustMake(t, andTable, ""), mustMake(t, orTable, "")
	set(t, and, "constant", 0, 0)
	set(t, or, "constant", 0, 0)
	set(t, or, "zero-fires", 0, 0)
	until(t, or, 100)
	for range 100 {
		and.Step()
		if and.wrong(and.weight) == 0 {
			t.Fatal("AND was separated without a constant input")
		}
	}
	if and.cycle == 0 {
		t.Error("AND without a constant input did not come back")
	}
}

// TestRateOnlyScales: from a start at zero the sequence of answers is the same
// for every rate, and the weights differ by the factor alone.
func TestRateOnlyScales(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table := randomTable(rt)
		a, b := build(table, Layer{}, ""), build(table, Layer{}, "")
		p, q := rapid.Int64Range(1, 20).Draw(rt, "p"), rapid.Int64Range(1, 20).Draw(rt, "q")
		set(t, b, "denominator", 0, q)
		set(t, b, "rate", 0, p)
		for i := range 300 {
			a.Step()
			b.Step()
			if a.hit != b.hit || a.output != b.output {
				rt.Fatalf("presentation %d: rate 1 answers %v, rate %d/%d %v", i, a.output, p, q, b.output)
			}
		}
		for k := range a.weight {
			if b.weight[k] != p*a.weight[k] {
				rt.Fatalf("weight %d: %d at rate 1, %d at rate %d/%d in grains of 1/%d", k, a.weight[k], b.weight[k], p, q, q)
			}
		}
	})
}

func randomTable(rt *rapid.T) Table {
	n, rows := rapid.IntRange(1, 4).Draw(rt, "inputs"), rapid.IntRange(1, 8).Draw(rt, "rows")
	t := Table{Target: "y", Scale: 1}
	for k := range n {
		t.Names = append(t.Names, fmt.Sprintf("x%d", k+1))
	}
	for range rows {
		for range n {
			t.Inputs = append(t.Inputs, rapid.Int64Range(-9, 9).Draw(rt, "x"))
		}
		t.Targets = append(t.Targets, rapid.Int64Range(0, 1).Draw(rt, "y"))
	}
	return t
}

// TestFractionsAreExact compares a run at rate p/q with one in which start and
// rate are multiplied by q: the rule in whole numbers.
func TestFractionsAreExact(t *testing.T) {
	const q, p = 7, 3
	a, b := mustMake(t, "", ""), mustMake(t, "", "")
	a.Reset(11)
	b.Reset(11)
	set(t, a, "denominator", 0, q)
	set(t, a, "rate", 0, p)
	set(t, a, "start", 0, startRandom)
	set(t, b, "start", 0, startRandom)
	set(t, b, "rate", 0, p)
	for k := range b.weight {
		set(t, b, "weight", k, b.weight[k]*q)
	}
	for i := range 500 {
		if a.hit != b.hit || fmt.Sprint(a.weight) != fmt.Sprint(b.weight) {
			t.Fatalf("presentation %d: %d and %d", i, a.weight, b.weight)
		}
		a.Step()
		b.Step()
	}
}

// TestXORForEver: the weights stay bounded over a million corrections each, and the
// table is never separated, in every order and from every start tried.
func TestXORForEver(t *testing.T) {
	for _, c := range []struct {
		name         string
		order, start int64
		norm2Max     int64
	}{
		{"cyclic from zero", orderCyclic, startZero, 3},
		{"cyclic from random", orderCyclic, startRandom, 3 * startMax * startMax},
		{"random from zero", orderRandom, startZero, 16},
		{"random from random", orderRandom, startRandom, 3 * startMax * startMax},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mustMake(t, "", "")
			m.Reset(1969)
			set(t, m, "order", 0, c.order)
			set(t, m, "start", 0, c.start)
			for m.mistakes < 1_000_000 {
				m.Step()
				if m.wrong(m.weight) == 0 {
					t.Fatalf("XOR separated by %d", m.weight)
				}
			}
			t.Logf("%s: norm2-max %d after %d corrections in %d presentations", c.name, m.norm2Up, m.mistakes, m.presentations)
			if m.norm2Up > c.norm2Max {
				t.Errorf("norm2-max %d, want at most %d", m.norm2Up, c.norm2Max)
			}
		})
	}
}

// TestMACs counts multiply-adds by hand.
func TestMACs(t *testing.T) {
	plain := mustMake(t, "", "")
	for range 6 {
		plain.Step()
	}
	want(t, plain, "mistakes", 4)
	want(t, plain, "macs", 6*3+4*3)
	set(t, plain, "rule", sim.Whole, ruleHold)
	plain.Step()
	want(t, plain, "macs", 7*3+4*3)
	layered := mustMake(t, "", orAnd)
	layered.Step()
	want(t, layered, "macs", 2*2+3+3*look(t, layered, "mistakes")[0])
}

func TestPocket(t *testing.T) {
	m := mustMake(t, "", "")
	want(t, m, "pocket-wrong", 2)
	set(t, m, "rule", 0, rulePocket)
	set(t, m, "order", 0, orderRandom)
	for range 100 {
		m.Step()
	}
	want(t, m, "pocket-wrong", 1)
	if n := m.wrong(m.pocket); n != 1 {
		t.Errorf("the weights in the pocket are wrong on %d", n)
	}
}

func TestHold(t *testing.T) {
	m := mustMake(t, "", "")
	set(t, m, "rule", 0, ruleHold)
	set(t, m, "weight", sim.Whole, -3, 2, 2)
	for range 20 {
		m.Step()
	}
	want(t, m, "weight", -3, 2, 2)
	want(t, m, "mistakes", 0)
	want(t, m, "presentations", 20)
	want(t, m, "answers", 0, 0, 0, 1)
}

// TestThresholdNet is the way out: the 2-2-1 net of threshold units with weights
// set by hand.
func TestThresholdNet(t *testing.T) {
	m := mustMake(t, "", orAnd)
	set(t, m, "rule", 0, ruleHold)
	set(t, m, "weight", sim.Whole, -1, 1, -2)
	want(t, m, "wrong", 0)
	want(t, m, "answers", 0, 1, 1, 0)
	set(t, m, "layer", 3, 1) // the and unit becomes another or
	want(t, m, "wrong", 2)
	set(t, m, "lambda", sim.Whole, 1, 1, 1, 1)
	want(t, m, "certified", 0)
}

func TestPlane(t *testing.T) {
	m := mustMake(t, "x1 x2 y\n0 0 0\n0 10 1\n20 0 1\n20 10 1\n", orAndAt(5))
	plane := look(t, m, "plane")
	if len(plane) != planeCols*planeRows {
		t.Fatalf("%d cells", len(plane))
	}
	set(t, m, "weight", sim.Whole, -1, 1, -2)
	raw := mustMake(t, "x1 x2 y\n0 0 0\n0 10 1\n20 0 1\n20 10 1\n", "")
	set(t, raw, "weight", sim.Whole, -15, 1, 1)
	for _, m := range []*Machine{m, raw} {
		plane, answers := look(t, m, "plane"), look(t, m, "answers")
		for i, at := range [][2]int{{4, 8}, {12, 8}, {4, 24}, {12, 24}} {
			// Rows run from the top: the first input to the right, the second upwards.
			y, x := at[0], at[1]
			cell := plane[(planeRows-1-y)*planeCols+x]
			row := []int{0, 1, 2, 3}[i]
			if cell != answers[row] {
				t.Errorf("the plane answers %d at row %d of the table, the unit %d", cell, row+1, answers[row])
			}
		}
	}
}

func orAndAt(threshold int) string {
	return fmt.Sprintf("unit threshold x1 x2\nor %d 1 1\nand %d 1 1\n", threshold, 5*threshold)
}

func TestFault(t *testing.T) {
	m := mustMake(t, "x y\n1000000 1\n", "")
	set(t, m, "rate", 0, RateMax)
	set(t, m, "zero-fires", 0, 0)
	before := m.Save(nil)
	m.Step()
	var r sim.Reading
	id, _ := m.sheet.Probe("fault")
	m.Read(id, &r)
	if got := string(r.Text); !strings.HasPrefix(got, "weight[x] would pass") {
		t.Fatalf("fault %q", got)
	}
	want(t, m, "weight", 0, 0)
	held := m.Save(nil)
	m.Step()
	if string(held) != string(m.Save(nil)) || string(held) == string(before) {
		t.Error("the machine does not hold")
	}
	set(t, m, "rate", 0, 1)
	press(t, m, "restart")
	until(t, m, 10)
}

func press(t testing.TB, m sim.Machine, name string) {
	t.Helper()
	id, _ := m.Sheet().Control(name)
	if err := m.Apply(sim.Input{Control: id}); err != nil {
		t.Fatal(err)
	}
}

// TestCycle: where the weights came back, another round gives them again.
func TestCycle(t *testing.T) {
	m := mustMake(t, "", "")
	for seed := range uint64(50) {
		m.Reset(seed)
		set(t, m, "start", 0, startRandom)
		for m.cycle == 0 && m.presentations < 100_000 {
			m.Step()
		}
		if m.cycle == 0 {
			t.Fatalf("seed %d: no cycle in %d presentations", seed, m.presentations)
		}
		before, rounds := append([]int64(nil), m.weight...), m.cycle
		for range 4 * rounds {
			m.Step()
		}
		if !equal(before, m.weight) {
			t.Errorf("seed %d: weights %d did not come back after %d passes: %d", seed, before, rounds, m.weight)
		}
	}
}

func BenchmarkStep(b *testing.B) {
	m := mustMake(b, "", "")
	b.ReportAllocs()
	for b.Loop() {
		m.Step()
	}
}

func BenchmarkStepWide(b *testing.B) {
	m := mustMake(b, unitVectors(60), "")
	b.ReportAllocs()
	for b.Loop() {
		m.Step()
	}
}
