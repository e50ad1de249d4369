package golden_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"perceptarium/golden"
	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/script"
)

// mover is a machine that moves into another one, through a snapshot: at every
// tick up to everyTick, later at gaps that grow with the ticks behind it.
type mover struct {
	sim.Machine
	spare sim.Machine
	ticks int
	next  int // tick of the next move
	bytes []byte
	fail  func(error)
}

const (
	everyTick = 128
	sparse    = 61
	grow      = 64 // gaps are sparse, and a share of 1/grow of the ticks behind
)

func (m *mover) Step() {
	if m.ticks == m.next {
		m.next++
		if m.ticks >= everyTick {
			m.next += sparse + m.ticks/grow
		}
		m.bytes = m.Save(m.bytes[:0])
		if err := m.spare.Load(m.bytes); err != nil {
			m.fail(fmt.Errorf("its own snapshot after %d steps: %w", m.ticks, err))
		}
		m.Machine, m.spare = m.spare, m.Machine
	}
	m.ticks++
	m.Machine.Step()
}

// movers is the house with every machine on the move.
type movers struct {
	scenarios.House
	t *testing.T
}

func (h movers) Make(name string, env sim.Env) (sim.Machine, error) {
	a, err := h.House.Make(name, env)
	if err != nil {
		return nil, err
	}
	b, err := h.House.Make(name, env)
	if err != nil {
		return nil, err
	}
	b.Reset(99)
	return &mover{Machine: a, spare: b, fail: func(err error) { h.t.Error(name, err) }}, nil
}

// onceIfShort leaves a scenario with reals out where tests are short, as on
// emulated processors: TestGolden replays it there, and once has to do.
func onceIfShort(t *testing.T, trace []byte) {
	t.Helper()
	if testing.Short() && bytes.Contains(trace, []byte("\nlaw ")) {
		t.Skip("replayed once with -short: it multiplies too much for an emulated processor")
	}
}

// TestSavedAndLoadedAtEveryTick gives the same trace although the machine is
// another one at every tick.
func TestSavedAndLoadedAtEveryTick(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc *script.Scenario) {
		t.Parallel()
		want, err := golden.Trace(sc.Name)
		if err != nil {
			t.Fatal(err)
		}
		onceIfShort(t, want)
		if err := compare(sc, movers{t: t}, want); err != nil {
			t.Fatal(err)
		}
	})
}

// TestRewound goes back from random ticks to random ticks and on again: the
// journal, with every mark's and act's digest, is that of a straight replay.
func TestRewound(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc *script.Scenario) {
		t.Parallel()
		want, err := golden.Trace(sc.Name)
		if err != nil {
			t.Fatal(err)
		}
		onceIfShort(t, want)
		straight := openPlayer(t, sc)
		until := sim.Tick(sc.Header.GoldenUntil)
		if err := straight.Replay(until, script.Slices); err != nil {
			t.Fatal(err)
		}
		p := openPlayer(t, sc)
		chance := rng.New(1943).Stream("rewind")
		rewinds := 0
		pace := func() (sim.Tick, error) {
			now := p.Bench().Now()
			if now == 0 || rewinds == rewindsMax {
				return script.Slices()
			}
			rewinds++
			if err := p.Rewind(sim.Tick(chance.Below(int64(now) + 1))); err != nil {
				return 0, err
			}
			return now/2 + sim.Tick(1+chance.Below(200)), nil
		}
		if err := p.Replay(until, pace); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(p.Journal(), straight.Journal()) {
			t.Errorf("after %d rewinds got\n%v\nwant\n%v", rewinds, p.Journal(), straight.Journal())
		}
		if p.Bench().Digest() != straight.Bench().Digest() {
			t.Errorf("after %d rewinds the last act ends in another state", rewinds)
		}
	})
}

// rewindsMax bounds the rewinds of one scenario.
const rewindsMax = 24

func openPlayer(t *testing.T, sc *script.Scenario) *script.Player {
	t.Helper()
	p, err := script.Open(sc, scenarios.House{}, script.Options{Ring: sim.RingBytes})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
