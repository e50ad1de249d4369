package tui

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// memory keeps snapshots of one act.
type memory struct {
	list  []script.Landmark
	kept  map[script.Landmark]*script.Checkpoint
	leaps int
}

func (m *memory) stored() Snapshots {
	return Snapshots{
		List: func(*script.Player) []script.Landmark { return m.list },
		Leap: func(p *script.Player, to script.Landmark) bool {
			m.leaps++
			return p.Leap(m.kept[to]) == nil
		},
		Keep: func(p *script.Player) func() {
			at, c := p.Landmark(), p.Checkpoint()
			return func() {
				if m.kept[at] == nil {
					m.list = append(m.list, at)
				}
				m.kept[at] = c
			}
		},
	}
}

// open opens the toy's scenario with these snapshots.
func (m *memory) open(t *testing.T) *app {
	t.Helper()
	return openApp(t, Options{House: toyHouse{}, Scenario: parse(t, "toy", toyScenario), Stored: m.stored()}, 80, 24)
}

// drive does what a key asks for, and what it leaves to be done beside.
func drive(a *app, key string) {
	_, cmd := a.Update(keyOf(key))
	work(cmd)
	for a.stage.trip.kind != resting {
		_, cmd := a.Update(frameMsg(a.stage.trips))
		work(cmd)
	}
}

func work(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if list, ok := cmd().(tea.BatchMsg); ok {
		for _, c := range list {
			work(c)
		}
	}
}

func TestMarksOpenFromSnapshots(t *testing.T) {
	m := &memory{kept: map[script.Landmark]*script.Checkpoint{}}
	first := m.open(t)
	drive(first, "pgdown")
	mark, digest, frame := first.stage.now(), first.stage.player.Bench().Digest(), frameOf(first)
	drive(first, "G")
	end := first.stage.player.Bench().Digest()
	if len(m.list) < 2 || m.list[0].At != mark || !m.list[len(m.list)-1].Over || m.leaps != 0 {
		t.Fatalf("kept %v, %d leaps", m.list, m.leaps)
	}

	a := m.open(t)
	drive(a, "pgdown")
	if m.leaps != 1 || a.stage.now() != mark || a.stage.player.Bench().Digest() != digest {
		t.Fatalf("%d leaps, at tick %d", m.leaps, a.stage.now())
	}
	if got := frameOf(a); got != frame {
		t.Errorf("the mark shows\n%s\nand reached on foot\n%s", got, frame)
	}
	drive(a, "pgup")
	if a.stage.now() != 0 {
		t.Errorf("back at tick %d", a.stage.now())
	}
	drive(a, "G")
	if a.stage.player.Bench().Digest() != end || m.leaps != 2 {
		t.Errorf("the end is another one; %d leaps", m.leaps)
	}
	drive(a, "left") // a step back from a snapshot
	if !slices.ContainsFunc(a.stage.player.Journal(), func(e script.Event) bool { return e.Kind == script.MarkEvent }) || a.stage.player.ActOver() {
		t.Errorf("a step back from the end stands at tick %d", a.stage.now())
	}

	b := m.open(t)
	step, _ := b.stage.sheet.Control("step")
	leaps := m.leaps
	if !b.stage.apply(sim.Input{Control: step, Ints: []int64{5}}) {
		t.Fatal("the control is not turned")
	}
	drive(b, "pgdown") // after a hand's change no snapshot fits
	if m.leaps != leaps || b.stage.now() != mark || b.stage.player.Bench().Digest() == digest {
		t.Errorf("%d leaps, at tick %d", m.leaps-leaps, b.stage.now())
	}
}
