package core

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"perceptarium/modern/kernel"
	"perceptarium/sim"
	"perceptarium/sim/simtest"
)

func mustMake(t testing.TB, options ...sim.Option) *Machine {
	t.Helper()
	m, err := Make(sim.Env{Options: options})
	if err != nil {
		t.Fatal(err)
	}
	return m.(*Machine)
}

func word(key, value string) sim.Option { return sim.Option{Key: key, Value: value} }

func file(key, text string) sim.Option {
	return sim.Option{Key: key, Value: key + ".txt", Data: []byte(text)}
}

func TestConform(t *testing.T) {
	for _, c := range []struct {
		name    string
		options []sim.Option
	}{
		{"usual", nil},
		{"one lane", []sim.Option{word("shape", "3x2x4"), word("lanes", "1"), word("tile", "2x1")}},
		{"files", []sim.Option{file("a", "1 2\n3 4\n"), file("b", "1e3 -5 0.25\n7 8 9\n"), file("c", "1 1 1\n2 2 2\n")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mustMake(t, c.options...)
			simtest.Conform(t, func() sim.Machine { return mustMake(t, c.options...) },
				func(at sim.Tick) (sim.Input, bool) { return stimulus(m.sheet, at) })
		})
	}
}

// stimulus turns every control in turn, one every seventh tick.
func stimulus(s *sim.Sheet, at sim.Tick) (sim.Input, bool) {
	if at%7 != 6 {
		return sim.Input{}, false
	}
	id := int(at/7) % len(s.Controls)
	c := &s.Controls[id]
	in := sim.Input{Control: sim.ControlID(id)}
	lo, hi := c.Limits()
	switch {
	case c.Real:
		in.Index, in.Floats = int(at)%c.Cells(), []float32{float32(at) / 3}
	case c.Kind != sim.Button:
		in.Ints = []int64{min(hi, lo+int64(at)%3)}
	}
	return in, true
}

// finish turns the crank to the end.
func (m *Machine) finish(t testing.TB) {
	t.Helper()
	for i := 0; m.at.phase != phaseDone; i++ {
		if i > 1<<20 {
			t.Fatal("the product does not end")
		}
		m.Step()
	}
}

func (m *Machine) set(t testing.TB, name string, v int64) {
	t.Helper()
	id, ok := m.sheet.Control(name)
	if err := m.Apply(sim.Input{Control: id, Ints: []int64{v}}); !ok || err != nil {
		t.Fatal(name, err)
	}
}

// TestBits holds the product against kernel.Gemm, bit for bit, over shapes,
// lanes, tiles, blocks of k, overwriting and not.
func TestBits(t *testing.T) {
	for _, lanes := range laneWords {
		for _, tile := range []string{"1x1", "4x2", "6x2", "3x4", "8x3"} {
			for _, shape := range []string{"1x1x1", "5x20x6", "6x16x9", "3x33x4", "13x7x17", "1x64x2", "9x1x5"} {
				m := mustMake(t, word("lanes", lanes), word("tile", tile), word("shape", shape))
				for _, block := range []int64{0, 1, 3} {
					for _, overwrite := range []int64{1, 0} {
						m.Reset(uint64(block))
						m.set(t, "block", min(block, m.k))
						m.set(t, "overwrite", overwrite)
						copy(m.c, m.a) // something to add to
						m.begin()
						want := gemm(m)
						m.finish(t)
						name := fmt.Sprintf("lanes %s, tile %s, shape %s, block %d, overwrite %d", lanes, tile, shape, block, overwrite)
						same(t, name, m.c, want)
						if m.number(seeDifferent) != 0 || m.adds != m.m*m.n*m.k {
							t.Errorf("%s: %d elements differ after %d multiply-adds", name, m.number(seeDifferent), m.adds)
						}
					}
				}
			}
		}
	}
}

func gemm(m *Machine) []float32 {
	op := kernel.Overwrite
	if !m.overwrite {
		op = 0
	}
	c := slices.Clone(m.c)
	kernel.Gemm(op, int(m.m), int(m.n), int(m.k), m.a, int(m.k), m.b, int(m.n), c, int(m.n))
	return c
}

func same(t *testing.T, name string, got, want []float32) {
	t.Helper()
	for i, v := range want {
		if math.Float32bits(got[i]) != math.Float32bits(v) {
			t.Fatalf("%s: element %d is %v (%#x), want %v (%#x)", name, i, got[i], math.Float32bits(got[i]), v, math.Float32bits(v))
		}
	}
}

// TestOtherArithmetic moves bits by both ways that the law bars; the sums stay
// near.
func TestOtherArithmetic(t *testing.T) {
	for _, how := range []int64{twoRound, twoSums} {
		m := mustMake(t, word("shape", "8x8x32"))
		m.set(t, "arithmetic", how)
		m.finish(t)
		if n := m.number(seeDifferent); n < 8 {
			t.Errorf("%s: only %d of 64 elements differ", arithmeticNames[how], n)
		}
		for i, v := range m.c {
			if d := v - m.reference[i]; d > 1e-5 || d < -1e-5 {
				t.Errorf("%s: element %d is off by %v", arithmeticNames[how], i, d)
			}
		}
	}
}

// TestCosts counts by hand a product of 5 x 20 x 6 in tiles of 4 x 16.
func TestCosts(t *testing.T) {
	m := mustMake(t)
	m.finish(t)
	// Columns 0-15 take 2 registers, columns 16-19 one.
	const packs, sums, multiplies = (2 + 1) * 6, (2 + 1) * 5, (2 + 1) * 5 * 6
	// b once, a once, c stored once.
	const memory = 4 * (6*20 + 5*6 + 5*20)
	// The panel is written once and read for each of two tiles down; a comes
	// again for the second columns.
	const cached = 4 * (packs*8 + 2*packs*8 + 5*6)
	for _, row := range []struct {
		see  probe
		want int64
	}{
		{seeInstructions, multiplies}, {seeMoves, packs + 2*sums}, {seeAdds, 600}, {seeIdle, multiplies*8 - 600},
		{seeMemory, memory}, {seeCached, cached}, {seeTime, 139 * (packs + 2*sums + multiplies)},
		{seeEnergySums, multiplies * 8 * 4600}, {seeEnergyCache, cached * 1250}, {seeEnergyMemory, memory * 162500},
		{seeEnergy, multiplies*8*4600 + cached*1250 + memory*162500},
	} {
		if got := m.number(row.see); got != row.want {
			t.Errorf("%s is %d, want %d", m.sheet.Probes[row.see].Name, got, row.want)
		}
	}
}

// TestLast holds the words for each kind of tick.
func TestLast(t *testing.T) {
	m := mustMake(t, word("shape", "5x20x6"))
	m.set(t, "arithmetic", twoSums)
	m.set(t, "block", 4)
	seen := map[string]bool{}
	for m.at.phase != phaseDone {
		m.Step()
		seen[string(m.last(nil))] = true
	}
	m = mustMake(t, word("shape", "64x64x64"), word("lanes", "16"), word("tile", "8x4"))
	m.set(t, "arithmetic", twoSums)
	for m.at.phase != phaseDone {
		m.Step()
		if text := string(m.last(nil)); len(text) > lastWidth {
			t.Fatalf("%q is longer than %d", text, lastWidth)
		}
	}
	for _, want := range []string{
		"panel[3][8-15] = b[3][8-15]", "panel[1][0-7] = b[5][16-19]", "sum[3][8-15] = 0", "sum[0][0-7] = c[4][16-19]",
		"sum[3][8-15] += a[3][2] * panel[2][8-15]", "odd[0][0-7] += a[4][5] * panel[1][0-7]", "c[4][16-19] = sum[0][0-7] + odd[0][0-7]",
	} {
		if !seen[want] {
			t.Errorf("never seen: %q", want)
		}
	}
}

// TestProgress holds tile and finished against what is stored.
func TestProgress(t *testing.T) {
	m := mustMake(t, file("c", strings.Repeat("1 2 3 4 5\n", 3)), word("lanes", "4"), word("tile", "2x1"))
	m.set(t, "block", 2)
	for range 10000 {
		var r sim.Reading
		m.Read(sim.ProbeID(seeDone), &r)
		for i, done := range r.Ints {
			right := math.Float32bits(m.c[i]) == math.Float32bits(m.reference[i])
			if done == 1 && !right || done == 0 && right {
				t.Fatalf("%+v: element %d: finished is %d, c %v, reference %v", m.at, i, done, m.c[i], m.reference[i])
			}
		}
		if m.at.phase == phaseDone {
			return
		}
		m.Step()
	}
}

// TestRefusals holds the words with which machine lines are refused.
func TestRefusals(t *testing.T) {
	for _, row := range []struct {
		want    string
		options []sim.Option
	}{
		{"lanes=3: want one of 1, 4, 8, 16", []sim.Option{word("lanes", "3")}},
		{"tile=9x1: want 2 whole numbers from 1, at most 8x4, as in 4x2", []sim.Option{word("tile", "9x1")}},
		{"shape=5x20: want 3 whole numbers from 1, at most 64x64x64, as in 5x20x6", []sim.Option{word("shape", "5x20")}},
		{"shape=5x0x1: want 3", []sim.Option{word("shape", "5x0x1")}},
		{"a.txt:2: 1 numbers; the first row has 2", []sim.Option{file("a", "1 2\n3\n")}},
		{"a.txt:1: \"x\" is not a number within -1e9..1e9", []sim.Option{file("a", "x\n")}},
		{"a.txt:1: \"NaN\" is not a number", []sim.Option{file("a", "NaN\n")}},
		{"a.txt:3: \"2e9\" is not a number", []sim.Option{file("a", "# rows\n\n2e9\n")}},
		{"a.txt: no row; want a line of numbers for each", []sim.Option{file("a", "\n")}},
		{"a.txt:1: more than 64 x 64 numbers: too large to be watched", []sim.Option{file("a", strings.Repeat("1 ", 65))}},
		{"b.txt: a 3 x 1 matrix; as b it has to have 2 rows and any number of columns", []sim.Option{file("a", "1 2\n"), file("b", "1\n2\n3\n")}},
		{"c.txt: a 2 x 2 matrix; as c it has to have 1 rows and 3 columns", []sim.Option{file("a", "1\n"), file("b", "1 2 3\n"), file("c", "1 2\n3 4\n")}},
		{"a.txt: a 1 x 2 matrix; as a it has to have 2 rows and 2 columns", []sim.Option{word("shape", "2x2x2"), file("a", "1 2\n")}},
	} {
		if _, err := Make(sim.Env{Options: row.options}); err == nil || !strings.HasPrefix(err.Error(), row.want) {
			t.Errorf("got %v, want %s", err, row.want)
		}
	}
}

// FuzzLoad takes any bytes for a snapshot: what is taken over goes on to an
// end, and saves and loads alike.
func FuzzLoad(f *testing.F) {
	options := []sim.Option{word("shape", "3x5x4"), word("lanes", "4"), word("tile", "2x1")}
	m := mustMake(f, options...)
	for range 60 {
		f.Add(m.Save(nil))
		m.Step()
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		m := mustMake(t, options...)
		before := m.Save(nil)
		if err := m.Load(src); err != nil {
			if !slices.Equal(m.Save(nil), before) {
				t.Fatal("a refused snapshot changed the machine")
			}
			return
		}
		if !slices.Equal(m.Save(nil), src) {
			t.Fatal("a snapshot saved anew differs")
		}
		m.finish(t)
		for p := range m.sheet.Probes {
			var r sim.Reading
			m.Read(sim.ProbeID(p), &r)
		}
		if err := m.Load(m.Save(nil)); err != nil {
			t.Fatalf("its own snapshot: %v", err)
		}
	})
}

func BenchmarkStep(b *testing.B) {
	m := mustMake(b, word("shape", "64x64x64"))
	for b.Loop() {
		if m.Step(); m.at.phase == phaseDone {
			m.begin()
		}
	}
}
