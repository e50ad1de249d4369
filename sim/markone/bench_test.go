package markone

import (
	"testing"

	"perceptarium/sim/rng"
)

// rate reports how many things a second there were, n in each iteration.
func rate(b *testing.B, n int, what string) {
	b.Helper()
	b.ReportMetric(float64(b.N)*float64(n)/b.Elapsed().Seconds(), what+"/s")
}

// trained is an ideal Mark I formula that has learned 26 cards in 5 bits, and
// cards to show it.
func trained(b *testing.B) (*Algebra, []Card) {
	st := rng.New(1960).Stream("bench")
	g, err := NewAlgebra(Wiring{Units: Units, X: 5, Y: 5, Limits: Limits{Outlets, Outlets / 2}}.Plug(&st), IdealMarkOne())
	if err != nil {
		b.Fatal(err)
	}
	cards := make([]Card, 1024)
	for i := range cards {
		cards[i] = CardOf(card(&st, 200), 0)
	}
	for range 40 {
		for i := range 26 {
			g.Learn(&cards[i], uint64(i+1), 31)
		}
	}
	return g, cards
}

func BenchmarkPresent(b *testing.B) {
	g, cards := trained(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		g.Present(&cards[i&1023])
		i++
	}
	rate(b, 1, "stimuli")
}

// BenchmarkLearn corrects errors on random answers: about every second bit is
// wrong, so that it never has less to do.
func BenchmarkLearn(b *testing.B) {
	g, cards := trained(b)
	st := rng.New(1).Stream("answers")
	want := make([]uint64, len(cards))
	for i := range want {
		want[i] = st.Uint64()
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		g.Learn(&cards[i&1023], want[i&1023], 0xff)
		i++
	}
	rate(b, 1, "stimuli")
}

func BenchmarkBatch(b *testing.B) {
	g, cards := trained(b)
	out := make([]uint64, len(cards))
	b.ReportAllocs()
	for b.Loop() {
		g.Batch(cards, out)
	}
	rate(b, len(cards), "stimuli")
}

// BenchmarkIdle steps a machine with a card in view whose operator is away.
func BenchmarkIdle(b *testing.B) {
	m := machine(b)
	set(b, m, "automatic", 0)
	st := rng.New(2).Stream("card")
	set(b, m, "retina", card(&st, 200)...)
	press(b, m, "present")
	b.ReportAllocs()
	for b.Loop() {
		for range 1000 {
			m.Step()
		}
	}
	rate(b, 1000, "ticks")
}

// BenchmarkTest tests card after card, tick by tick: cells rise and fall,
// responses sum and hold, no motor turns.
func BenchmarkTest(b *testing.B) {
	m := machine(b)
	st := rng.New(2).Stream("card")
	set(b, m, "scatter-width", 500)
	press(b, m, "scatter")
	cycle(b, m)
	set(b, m, "training", 0)
	set(b, m, "wanted", 1, 0, 1, 0, 1, 0, 1, 0)
	cards := make([][]int64, 64)
	for i := range cards {
		cards[i] = card(&st, 200)
	}
	in := input(b, m, "retina", -1)
	b.ReportAllocs()
	i, ticks := 0, int64(0)
	for b.Loop() {
		in.Ints = cards[i&63]
		i++
		if err := m.Apply(in); err != nil {
			b.Fatal(err)
		}
		from := m.now
		for m.Step(); m.phase != Clear; m.Step() {
		}
		ticks += m.now - from
	}
	b.ReportMetric(float64(ticks)/b.Elapsed().Seconds(), "ticks/s")
}

// BenchmarkMotors turns all 512 motors: every association unit is stuck, and the
// operator holds the wanted responses, now all on, now all off.
func BenchmarkMotors(b *testing.B) {
	m := machine(b)
	set(b, m, "pulse", 60_000)
	set(b, m, "mode", modeForced)
	stuck := make([]int64, Units)
	for i := range stuck {
		stuck[i] = unitStuck
	}
	set(b, m, "a-fault", stuck...)
	b.ReportAllocs()
	for b.Loop() {
		for range 1000 {
			m.Step()
		}
		if m.phase == Clear {
			b.StopTimer()
			up := int64(1)
			if m.pots.shaft[0] > 0 {
				up = 0
			}
			set(b, m, "wanted", up, up, up, up, up, up, up, up)
			set(b, m, "retina", make([]int64, Points)...)
			for m.phase != Reinforce {
				m.Step()
			}
			b.StartTimer()
		}
	}
	rate(b, 1000, "ticks")
}

// BenchmarkZero runs all 512 motors to the centre, each stopping on its goal.
func BenchmarkZero(b *testing.B) {
	m := machine(b)
	far := make([]int64, Units)
	for a := range far {
		far[a] = 11_000_000 - int64(a)*10_000
	}
	b.ReportAllocs()
	ticks := int64(0)
	for b.Loop() {
		set(b, m, "weight", far...)
		press(b, m, "zero")
		from := m.now
		for m.Step(); m.phase != Clear; m.Step() {
		}
		ticks += m.now - from
	}
	b.ReportMetric(float64(ticks)/b.Elapsed().Seconds(), "ticks/s")
}

// BenchmarkAlphabet replays 40 exposures of 26 cards tick by tick.
func BenchmarkAlphabet(b *testing.B) {
	st := rng.New(26).Stream("cards")
	cards, want := deck(&st, 26, 5)
	b.ReportAllocs()
	for b.Loop() {
		m := machine(b)
		for range 40 {
			for i := range cards {
				for r := range int64(5) {
					setCell(b, m, "wanted", int(r), int64(want[i]>>r&1))
				}
				set(b, m, "retina", cards[i]...)
				for m.Step(); m.phase != Clear; m.Step() {
				}
			}
		}
		if m.score.streak < 26 {
			b.Fatal("not learned")
		}
	}
	rate(b, 1040, "presentations")
}

func BenchmarkReset(b *testing.B) {
	m := machine(b)
	b.ReportAllocs()
	for b.Loop() {
		m.Reset(7)
	}
}

func BenchmarkSaveLoad(b *testing.B) {
	m := machine(b)
	var state []byte
	b.ReportAllocs()
	for b.Loop() {
		state = m.Save(state[:0])
		if err := m.Load(state); err != nil {
			b.Fatal(err)
		}
	}
}
