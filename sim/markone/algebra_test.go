package markone

import (
	"fmt"
	"slices"
	"testing"

	"perceptarium/sim/rng"
)

// deck draws cards, each with a wanted binary code of so many bits.
func deck(st *rng.Stream, n int, bits int) (cards [][]int64, want []uint64) {
	for i := range n {
		cards = append(cards, card(st, 200))
		want = append(want, uint64(i+1)&(1<<bits-1))
	}
	return cards, want
}

// TestLockstep trains the machine, tick by tick, and the formula on the same
// wiring with the same cards: they give the same answers and hold the same
// values after each presentation.
func TestLockstep(t *testing.T) {
	for _, c := range []struct {
		name   string
		words  []string
		turned []any // settings by name, and where they stand
	}{
		{"alphabet of the Mark I", nil, nil},
		{"5 x 102, x = y = 10, theta = 3", []string{"x", "10", "y", "10"}, []any{"assignment", 1, "theta", 3}},
		{"x = 16, y = 15, theta = 4", []string{"x", "16", "y", "15"}, []any{"theta", 4}},
		{"poisson", []string{"sampling", "poisson"}, nil},
		{"forced", nil, []any{"mode", modeForced}},
		{"spontaneous", nil, []any{"mode", modeSpontaneous, "decay", 5000}},
		{"large steps against the stops", nil, []any{"mode", modeForced, "pulse", 9000}},
		{"gamma", nil, []any{"system", systemGamma, "mode", modeForced}},
		{"gamma, more active than not", []string{"y", "0", "x", "10"}, []any{"system", systemGamma, "mode", modeForced, "pulse", 3000}},
		{"beta", nil, []any{"system", systemBeta, "valence", monovalent}},
		{"beta, large steps", nil, []any{"system", systemBeta, "pulse", 5000, "feed", 3, "mode", modeForced}},
		{"mean", nil, []any{"summing", meanNetwork}},
		{"lesion and faulty cords", nil, []any{"lesion", 100, "plugs-missing", 50, "plugs-swapped", 20, "plugs-shifted", 20}},
		{"theory, gamma", []string{"personality", "theory-1958"}, []any{"system", systemGamma}},
		{"theory, beta", []string{"personality", "theory-1958"}, []any{"system", systemBeta}},
		{"theory, mean, spontaneous", []string{"personality", "theory-1958"}, []any{"summing", meanNetwork, "mode", modeSpontaneous, "decay", 10000}},
		{"704", []string{"personality", "ibm-704", "responses", "3"}, []any{"mode", modeCorrective}},
	} {
		t.Run(c.name, func(t *testing.T) { lockstep(t, c.words, c.turned) })
	}
}

func lockstep(t *testing.T, words []string, turned []any) {
	m := machine(t, words...)
	for i := 0; i < len(turned); i += 2 {
		set(t, m, turned[i].(string), int64(turned[i+1].(int)))
	}
	g, err := m.Algebra()
	if err != nil {
		t.Fatal(err)
	}
	bits := min(m.build.responses, 5)
	st := rng.New(26).Stream("cards")
	cards, want := deck(&st, 26, bits)
	errorless, corrections := false, int64(0)
	for pass := 0; pass < passes && !errorless; pass++ {
		errorless = true
		for i := range cards {
			said := lockstepCard(t, m, g, cards[i], want[i], bits)
			errorless = errorless && (said^want[i])&(1<<bits-1) == 0
		}
		corrections = m.score.reinforcements
	}
	if corrections == 0 {
		t.Error("nothing was reinforced")
	}
}

func lockstepCard(t *testing.T, m *Machine, g *Algebra, levels []int64, want uint64, bits int) uint64 {
	t.Helper()
	for r := range bits {
		setCell(t, m, "wanted", r, int64(want>>r&1))
	}
	set(t, m, "retina", levels...)
	for m.Step(); m.Phase() != Clear; m.Step() {
		if m.Phase() == Judge && m.units.on != naive(m, levels) {
			t.Fatalf("presentation %d: the plain count of inputs finds other active units", m.score.presentations)
		}
	}
	c := CardOf(levels, m.set[setGrey])
	said := g.Learn(&c, want, 1<<bits-1)
	if said != m.Response() {
		t.Fatalf("presentation %d: the machine says %b, the formula %b", m.score.presentations, m.Response(), said)
	}
	if !slices.Equal(g.Values(), m.pots.shaft) {
		t.Fatalf("presentation %d: values differ", m.score.presentations)
	}
	return said
}

// naive counts each unit's inputs cord by cord.
func naive(m *Machine, levels []int64) (on unitSet) {
	count := make([]int64, m.build.units)
	for _, p := range m.units.effective().Plugs {
		if levels[p.S] > m.set[setGrey] {
			count[p.A] += int64(p.Sign)
		}
	}
	for a, n := range count {
		if n >= int64(m.units.need[a]) {
			on.add(int32(a))
		}
	}
	return on
}

// TestBatch answers cards in batches and one by one.
func TestBatch(t *testing.T) {
	st := rng.New(64).Stream("cards")
	for _, c := range []struct {
		name string
		w    Wiring
		c    Config
	}{
		{"Mark I", Wiring{Units: Units, X: 5, Y: 5}, IdealMarkOne()},
		{"many origins", Wiring{Units: Units, X: 30, Y: 34}, IdealMarkOne()},
		{"poisson, mean", Wiring{Units: 300, X: 6, Y: 4, Poisson: true}, Config{Responses: 3, Theta: 1, Mean: true, Step: 1, Ticks: 1, Lo: -1000, Hi: 1000}},
		{"exclusion", Wiring{Units: 1000, X: 3, Y: 0}, Config{Responses: 64, Theta: 2, Exclusion: true, Step: 1, Ticks: 1, Lo: -1000, Hi: 1000}},
		{"a threshold of 0", Wiring{Units: 65, X: 1, Y: 2}, Config{Responses: 1, Theta: 0, Step: 1, Ticks: 1, Lo: -1000, Hi: 1000}},
	} {
		for _, n := range []int{0, 1, 63, 64, 65, 200} {
			t.Run(fmt.Sprintf("%s/%d", c.name, n), func(t *testing.T) {
				b := c.w.Plug(&st)
				g, err := NewAlgebra(b, c.c)
				if err != nil {
					t.Fatal(err)
				}
				for a := range g.Units() {
					g.SetValue(a, st.Below(2001)-1000)
				}
				g.Kill(3)
				cards := make([]Card, n)
				for i := range cards {
					cards[i] = CardOf(card(&st, st.Below(1001)), 0)
				}
				state := g.State()
				got := make([]uint64, n)
				g.Batch(cards, got)
				g.SetState(state)
				for i := range cards {
					if want := g.Present(&cards[i]); got[i] != want {
						t.Fatalf("card %d: the batch says %b, one at a time %b", i, got[i], want)
					}
				}
			})
		}
	}
}

// TestAlgebraRefuses hands in what has no formula.
func TestAlgebraRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		index int
		v     int64
	}{
		{"backlash", 0, 5}, {"speed-spread", 0, 10}, {"offset-spread", 0, 1000}, {"r-fault", 2, 1}, {"a-fault", 2, unitDrifting},
		{"pot-fault", 7, potOpen}, {"pot-fault", 7, potJammed}, {"correction", 0, continuous}, {"feedback", 0, feedbackGate},
	} {
		m := machine(t)
		setCell(t, m, c.name, c.index, c.v)
		if _, err := m.Algebra(); err == nil {
			t.Errorf("%s = %d: there is a formula", c.name, c.v)
		}
	}
	b := &Plugboard{Units: 2, Plugs: []Plug{{0, 0, 1}}}
	for name, c := range map[string]Config{
		"no responses":   {Step: 1, Ticks: 1},
		"too few sets":   {Responses: 1, Of: []uint8{0}, Step: 1, Ticks: 1},
		"a set too high": {Responses: 1, Of: []uint8{0, 1}, Step: 1, Ticks: 1},
		"no step":        {Responses: 1, Ticks: 1},
	} {
		if _, err := NewAlgebra(b, c); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	b.Plugs[0].A = 2
	if _, err := NewAlgebra(b, Paper(1, 1, Forced)); err == nil {
		t.Error("a plug of an unknown unit: taken")
	}
}

func TestCard(t *testing.T) {
	levels := make([]int64, Points)
	levels[0], levels[63], levels[64], levels[399] = 255, 129, 128, 200
	c := CardOf(levels, 128)
	if c.Count() != 3 || !c.Lit(0) || !c.Lit(63) || c.Lit(64) || !c.Lit(399) {
		t.Errorf("packed wrong: %x", c)
	}
	c.Invert()
	if c.Count() != Points-3 || c.Lit(0) || !c.Lit(64) {
		t.Errorf("inverted wrong: %x", c)
	}
}
