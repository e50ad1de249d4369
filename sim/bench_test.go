package sim_test

import (
	"testing"

	"pgregory.net/rapid"

	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/simtest"
)

func startedBench(t testing.TB, ring int) *sim.Bench {
	t.Helper()
	b := sim.NewBench(simtest.NewToy(), 7, ring)
	if err := b.Start(); err != nil {
		t.Fatal(err)
	}
	return b
}

func advance(t testing.TB, b *sim.Bench, n sim.Tick) {
	t.Helper()
	if done, err := b.Advance(n); err != nil || done != n {
		t.Fatalf("Advance(%d) = %d, %v", n, done, err)
	}
}

func apply(t testing.TB, b *sim.Bench, in sim.Input) {
	t.Helper()
	if err := b.Apply(in); err != nil {
		t.Fatal(err)
	}
}

func step(v int64) sim.Input { return sim.Input{Control: simtest.ToyStep, Ints: []int64{v}} }

// TestRewindReachesEveryTick plays at random, notes the state at each tick as
// it is left, and goes back to all of them, with rings from none to plenty.
func TestRewindReachesEveryTick(t *testing.T) {
	for _, ring := range []int{0, 300, 2000, sim.RingBytes} {
		b := startedBench(t, ring)
		chance := rng.New(uint64(ring)).Stream("hand")
		const ticks = 700
		var left [ticks + 1][32]byte
		for at := sim.Tick(0); at < ticks; at++ {
			if chance.Below(5) == 0 {
				apply(t, b, simtest.ToyInput(&chance))
			}
			left[at] = b.Digest()
			advance(t, b, 1)
		}
		left[ticks] = b.Digest()
		for range 200 {
			to := sim.Tick(chance.Below(ticks + 1))
			if to <= b.Now() {
				if err := b.Rewind(to); err != nil {
					t.Fatal(err)
				}
			} else {
				advance(t, b, to-b.Now())
			}
			if b.Now() != to || b.Digest() != left[to] {
				t.Fatalf("ring %d: at tick %d the state is not as it was left", ring, to)
			}
		}
	}
}

// TestLogbookIsTheScenario replays the logbook of a random session, with
// rewinds and branches, on a fresh bench: it ends in the same state.
func TestLogbookIsTheScenario(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := startedBench(t, rapid.SampledFrom([]int{0, 500, sim.RingBytes}).Draw(rt, "ring"))
		for range rapid.IntRange(1, 40).Draw(rt, "moves") {
			session(rt, t, b)
		}
		copied := sim.NewBench(simtest.NewToy(), b.Seed(), 0)
		copied.Write(b.Logbook())
		if err := copied.Start(); err != nil {
			rt.Fatal(err)
		}
		if _, err := copied.Advance(b.Now()); err != nil {
			rt.Fatal(err)
		}
		if copied.Digest() != b.Digest() {
			rt.Fatalf("the logbook of %d entries replays to another state at tick %d", len(b.Logbook()), b.Now())
		}
	})
}

func session(rt *rapid.T, t *testing.T, b *sim.Bench) {
	switch rapid.IntRange(0, 3).Draw(rt, "move") {
	case 0:
		chance := rng.New(rapid.Uint64().Draw(rt, "input")).Stream("hand")
		apply(t, b, simtest.ToyInput(&chance))
	case 1:
		advance(t, b, sim.Tick(rapid.IntRange(0, 200).Draw(rt, "ticks")))
	case 2:
		if err := b.Rewind(sim.Tick(rapid.Int64Range(0, int64(b.Now())).Draw(rt, "to"))); err != nil {
			rt.Fatal(err)
		}
	case 3:
		if _, err := b.Undo(); err != nil {
			rt.Fatal(err)
		}
	}
}

func TestInputAfterRewindBeginsABranch(t *testing.T) {
	b := startedBench(t, sim.RingBytes)
	advance(t, b, 10)
	apply(t, b, step(5))
	advance(t, b, 10)
	old := b.Digest()

	if err := b.Rewind(3); err != nil {
		t.Fatal(err)
	}
	if b.Ahead() != 1 {
		t.Fatalf("after the Rewind %d entries lie ahead, want 1", b.Ahead())
	}
	advance(t, b, 17)
	if b.Digest() != old || b.Ahead() != 0 {
		t.Fatal("the kept future did not happen again")
	}

	if err := b.Rewind(3); err != nil {
		t.Fatal(err)
	}
	apply(t, b, step(2))
	if len(b.Logbook()) != 1 || b.Ahead() != 0 {
		t.Fatalf("the branch has %d entries and %d ahead, want 1 and 0", len(b.Logbook()), b.Ahead())
	}
	advance(t, b, 17)
	if b.Digest() == old {
		t.Fatal("the branch ended like the old line")
	}
}

func TestUndoTakesBackTheLastInput(t *testing.T) {
	b := startedBench(t, sim.RingBytes)
	advance(t, b, 4)
	before := b.Digest()
	apply(t, b, step(9))
	advance(t, b, 3)
	if done, err := b.Undo(); !done || err != nil {
		t.Fatalf("Undo() = %v, %v", done, err)
	}
	if b.Now() != 4 || b.Digest() != before || len(b.Logbook()) != 0 {
		t.Fatalf("after Undo: tick %d, %d entries", b.Now(), len(b.Logbook()))
	}
	if done, _ := b.Undo(); done {
		t.Fatal("Undo took back what was not there")
	}
}

func TestRefusedInputLeavesTheLogbookAlone(t *testing.T) {
	b := startedBench(t, sim.RingBytes)
	before := b.Digest()
	for _, in := range simtest.Nonsense(b.Sheet()) {
		if b.Apply(in) == nil {
			t.Errorf("took %+v", in)
		}
	}
	if len(b.Logbook()) != 0 || b.Digest() != before {
		t.Fatal("a refused Input left something behind")
	}
	if b.Rewind(1) == nil || b.Rewind(-1) == nil {
		t.Fatal("rewound to a tick that is not in the past")
	}
}

func TestWatchersSeeEachArrivalOnce(t *testing.T) {
	b := sim.NewBench(simtest.NewToy(), 0, sim.RingBytes)
	var every, third []sim.Tick
	b.Watch(0, 1, func(at sim.Tick, r *sim.Reading) {
		if r.Ints[0] != int64(at) {
			t.Errorf("at tick %d the count shows %d", at, r.Ints[0])
		}
		every = append(every, at)
	})
	b.Watch(0, 3, func(at sim.Tick, _ *sim.Reading) { third = append(third, at) })
	if err := b.Start(); err != nil {
		t.Fatal(err)
	}
	advance(t, b, 7)
	if len(every) != 8 || len(third) != 3 || third[2] != 6 {
		t.Fatalf("watchers were called at %v and %v", every, third)
	}
	if err := b.Rewind(2); err != nil {
		t.Fatal(err)
	}
	if len(every) != 8 {
		t.Fatalf("a Rewind called the watchers: %v", every[8:])
	}
	advance(t, b, 1)
	if len(every) != 9 || every[8] != 3 {
		t.Fatalf("after the Rewind the watcher was called at %v, want 3", every[8:])
	}
}

// BenchmarkBench is the cost of a tick besides Step: the toy stands still, so
// that its Step is a call and a test.
func BenchmarkBench(b *testing.B) {
	bench := sim.NewBench(simtest.NewToy(), 0, 0)
	if err := bench.Apply(sim.Input{Control: simtest.ToyOn, Ints: []int64{0}}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	if _, err := bench.Advance(sim.Tick(b.N)); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRewind goes back a thousand ticks.
func BenchmarkRewind(b *testing.B) {
	bench := startedBench(b, sim.RingBytes)
	advance(b, bench, 100_000)
	for b.Loop() {
		if err := bench.Rewind(99_000); err != nil {
			b.Fatal(err)
		}
		advance(b, bench, 1000)
	}
}
