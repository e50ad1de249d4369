package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
	"perceptarium/sim/simtest"
)

// TestTour walks through the house with keys, in a terminal: from the hall to
// the failure on XOR, a step and back, a weight turned, the branch saved. The
// saved file replays to the same bits.
func TestTour(t *testing.T) {
	dir := t.TempDir()
	e := start(t, Options{SaveDir: dir}, 80, 24)
	e.until("Perceptarium", "gates-1943", "enter open")
	e.send("/xor-fail")
	e.until("search: xor-fail", "xor-failure-1969")
	e.send(keyEnter)
	e.until("tick 0", "narration", "controls", "1969")
	e.send(keyRight + keyRight + keyRight)
	e.until("tick 3")
	e.send(keyLeft)
	e.until("tick 2")
	e.send("c" + keyEnter)
	e.until("weight[", "arrows move")
	e.send(keyRight + "7" + keyEnter)
	e.until("] = 7 (u takes it back)", "by hand")
	e.send("\x1b")
	e.until("enter edit")
	e.send(".")
	e.until("tick 3")
	e.send("S")
	picture := e.until("saved: perceptarium replay")
	path := filepath.Join(dir, "xor-failure-1969-taken"+script.Ending)
	if !strings.Contains(picture, "-taken") && !strings.Contains(picture, "…") {
		t.Errorf("where it was saved is not said:\n%s", picture)
	}
	e.send("q")
	e.until("esc shows all", "xor-failure-1969")
	e.send("\x1b")
	e.until("gates-1943")
	e.send("q")
	if err := e.left(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), "set weight[1] 7") {
		t.Errorf("the hand is not in the saved scenario:\n%s", data)
	}
	sameBits(t, data)
}

// sameBits replays a saved scenario, and holds its end against the digest of a
// machine that goes the same way by hand.
func sameBits(t *testing.T, data []byte) {
	t.Helper()
	replayed, err := script.Open(parse(t, "xor-failure-1969-taken", string(data)), scenarios.House{}, script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := replayed.Replay(0, script.Slices); err != nil {
		t.Fatal(err)
	}
	a := openApp(t, Options{Scenario: load(t, "xor-failure-1969")}, 80, 24)
	press(a, "right", "right", "c", "enter", "right", "7", "enter", "esc", ".")
	if got, want := replayed.Bench().Digest(), a.stage.player.Bench().Digest(); got != want {
		t.Errorf("the saved file ends at tick %d in another state", replayed.Bench().Now())
	}
}

func TestResize(t *testing.T) {
	a := openApp(t, Options{Scenario: load(t, "gates-1943")}, 80, 24)
	for _, s := range []size{{120, 40}, {30, 8}, {60, 16}, {200, 60}, {80, 24}} {
		a.Update(tea.WindowSizeMsg{Width: s.w, Height: s.h})
		checkFrame(t, a, s.w, s.h)
	}
	if !strings.Contains(frameOf(a), "narration") {
		t.Errorf("it does not come back:\n%s", frameOf(a))
	}
}

func TestTinyTerminal(t *testing.T) {
	e := start(t, Options{}, 50, 10)
	e.until("at least 60 x 16", "50 x 10")
	e.send("q")
	if err := e.left(); err != nil {
		t.Fatal(err)
	}
}

// bomb is a machine whose third step panics.
type bomb struct {
	*simtest.Toy
	steps int
}

func (b *bomb) Step() {
	if b.steps++; b.steps == 3 {
		panic("the third step")
	}
	b.Toy.Step()
}

type bombHouse struct{ toyHouse }

func (bombHouse) Make(string, sim.Env) (sim.Machine, error) { return &bomb{Toy: simtest.NewToy()}, nil }

// TestPanic restores the terminal after a panic inside a machine.
func TestPanic(t *testing.T) {
	e := start(t, Options{House: bombHouse{}, Scenario: parse(t, "bomb", toyScenario)}, 80, 24)
	e.until("tick 0")
	if !e.altScreen() || !e.cursorHidden() {
		t.Error("the screen is not its own")
	}
	e.send(keyPgDown)
	if err := e.left(); !errors.Is(err, tea.ErrProgramPanic) {
		t.Errorf("left with %v", err)
	}
	if e.altScreen() || e.cursorHidden() {
		t.Error("the terminal was not restored")
	}
}

func TestContextEnds(t *testing.T) {
	e := start(t, Options{Scenario: load(t, "gates-1943")}, 80, 24)
	e.until("tick 0")
	e.stop()
	if err := e.left(); !errors.Is(err, context.Canceled) {
		t.Errorf("left with %v", err)
	}
	if e.altScreen() {
		t.Error("the terminal was not restored")
	}
}

func TestColours(t *testing.T) {
	tests := []struct {
		name    string
		o       Options
		colours bool
	}{
		{"as the terminal can", Options{}, true},
		{"NO_COLOR", Options{Environ: []string{"NO_COLOR=1"}}, false},
		{"told not to", Options{NoColor: true}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Scenario = load(t, "gates-1943")
			e := start(t, tt.o, 80, 24)
			e.until("tick 0", "? help")
			if got := strings.Contains(e.styled(), "38;2;"); got != tt.colours {
				t.Errorf("colours: %v, want %v", got, tt.colours)
			}
		})
	}
}

func TestASCII(t *testing.T) {
	e := start(t, Options{ASCII: true, Scenario: load(t, "gates-1943")}, 80, 24)
	picture := e.until("tick 0", "help")
	e.send(keyPgDown + keyPgDown + keyTab)
	picture += e.until("tick")
	for _, r := range picture {
		if r >= 0x7f {
			t.Fatalf("%q is no ASCII:\n%s", r, picture)
		}
	}
}

func TestAt(t *testing.T) {
	e := start(t, Options{Scenario: load(t, "gates-1943"), At: 4}, 80, 24)
	e.until("tick 4")
}

func TestHall(t *testing.T) {
	a := openApp(t, Options{}, 80, 24)
	a.hall.list = a.hall.list[:0:0]
	for _, name := range []string{"gates-1943", "nowhere"} {
		a.hall.list = append(a.hall.list, door{Entry: scenarios.Entry{Name: name, Year: 1943, Title: "A title", Machine: "A machine"}, lead: "1943"})
	}
	a.hall.filter()
	press(a, "down", "enter")
	if a.stage != nil || a.hall.notice.ink != inkBad {
		t.Errorf("opened what is not there: %q", a.hall.notice.text)
	}
	press(a, "/", "1", "9", "4", "3", " ", "g", "a", "t", "e", "q")
	if len(a.hall.shown) != 0 {
		t.Errorf("%d found", len(a.hall.shown))
	}
	press(a, "backspace")
	if len(a.hall.shown) != 1 {
		t.Errorf("%d found", len(a.hall.shown))
	}
	press(a, "enter")
	if a.stage == nil {
		t.Fatalf("not opened:\n%s", frameOf(a))
	}
	press(a, "q", "esc", "end", "home", "pgdown", "pgup", "?", "down", "pgdown", "x", "b")
	if got := strings.TrimSpace(frameOf(a)); got != "" {
		t.Errorf("blank shows %q", got)
	}
	press(a, "z")
	a.hall.about = about{of: a.hall.entry(), note: "2 acts, 3 sources", lines: []string{"What the narrator says first, before anything moves.", "A second paragraph."}}
	golden(t, "hall-80x24", frameOf(a))
	a.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	golden(t, "hall-120x40", frameOf(a))
}
