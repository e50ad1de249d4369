package tui

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

func at(t *testing.T, a *app, act int, tick sim.Tick) {
	t.Helper()
	if got := a.stage.player.Act(); got != act || a.stage.now() != tick {
		t.Fatalf("act %d tick %d, want act %d tick %d\n%s", got, a.stage.now(), act, tick, frameOf(a))
	}
}

func TestMoving(t *testing.T) {
	steps := []struct {
		keys string
		act  int
		tick sim.Tick
	}{
		{"right", 1, 1}, {"l .", 1, 3}, {"left", 1, 2}, {"h ,", 1, 0}, {"left", 1, 0},
		{"1 2 right", 1, 12}, {"5 left", 1, 7}, {"0", 1, 0}, {"1 0 right", 1, 10}, {"home", 1, 0},
		{"pgdown", 1, 3}, {"]", 1, 23}, {"n", 1, 33}, {"pgup", 1, 23}, {"[", 1, 3}, {"p", 1, 0},
		{"G", 1, 33}, {"right", 1, 34}, {"r", 1, 0},
		{"space", 1, 3}, {"space", 1, 23}, {"space", 1, 33},
		{"N", 2, 0}, {"right", 2, 1}, {"N", 2, 1}, {"P", 1, 33}, {"}", 2, 1}, {"pgdown", 2, 5}, {"pgdown", 2, 5}, {"r p", 1, 33}, {"{", 1, 33},
	}
	a := toyApp(t, 80, 40, Options{}) // high enough that no text has to be paged
	a.stage.pace.speed = len(speeds) - 1
	for _, s := range steps {
		press(a, strings.Fields(s.keys)...)
		if got := a.stage.player.Act(); got != s.act || a.stage.now() != s.tick {
			t.Fatalf("after %q: act %d tick %d, want act %d tick %d", s.keys, got, a.stage.now(), s.act, s.tick)
		}
	}
}

func TestToChange(t *testing.T) {
	a := toyApp(t, 80, 24, Options{})
	press(a, "t")
	at(t, a, 1, 0) // the narration is no probe
	id, _ := a.stage.sheet.Probe("cells")
	a.stage.choose(a.stage.index(target{onProbe, id}))
	press(a, "2", "right", "t")
	at(t, a, 1, 3)
}

// TestPages opens a long text: the key for the next mark first shows its rest.
func TestPages(t *testing.T) {
	words := strings.Repeat("One word follows another. ", 60)
	sc := parse(t, "long", "+++\ntitle = \"Long\"\nyear = 1\n+++\nmachine toy\nsay \""+words+"\"\nrun 3\nmark m\n")
	a := openApp(t, Options{House: toyHouse{}, Scenario: sc}, 80, 24)
	if !strings.Contains(frameOf(a), "lines more") {
		t.Fatalf("nothing says that there is more:\n%s", frameOf(a))
	}
	for n := 0; a.stage.now() == 0; n++ {
		if n > 30 {
			t.Fatal("the text does not end")
		}
		press(a, "pgdown")
	}
	at(t, a, 1, 3)
}

// TestFarRewind goes far back with a clock that makes each slice short: it shows
// how far it is, and can be ended half-way.
func TestFarRewind(t *testing.T) {
	sc := parse(t, "far", "+++\ntitle = \"Far\"\nyear = 1\n+++\nmachine toy\nrun 5000000\n")
	a := openApp(t, Options{House: toyHouse{}, Scenario: sc}, 80, 24)
	s := a.stage
	press(a, "G")
	at(t, a, 1, 5_000_000)
	clock := time.Now()
	s.pace.now = func() time.Time {
		clock = clock.Add(2 * time.Millisecond)
		return clock
	}
	s.pace.tickNS = 1e6
	s.count = 40
	a.Update(keyOf("left"))
	if s.trip.kind != returning || !strings.Contains(frameOf(a), "going back") {
		t.Fatalf("a far journey shows nothing:\n%s", frameOf(a))
	}
	a.Update(frameMsg(s.trips - 1)) // late, of an earlier journey
	between := s.now()
	a.Update(keyOf("q"))
	if s.trip.kind != resting || a.stage == nil || s.now() != between {
		t.Fatal("q did not end the journey where it was")
	}
	press(a, "right")
	at(t, a, 1, between+1)
}

// TestCancelledRewind gives a rewind up half-way: what comes after happens
// again, once.
func TestCancelledRewind(t *testing.T) {
	a := toyApp(t, 80, 40, Options{})
	s := a.stage
	press(a, "G")
	if err := s.player.Recall(20); err != nil {
		t.Fatal(err)
	}
	s.trip = journey{kind: returning, goal: 20}
	s.player.Advance(5)
	press(a, "esc", "G")
	at(t, a, 1, 33)
	says := 0
	for _, e := range s.player.Journal() {
		if e.Kind == script.MarkEvent && e.Text == "fifty" {
			says++
		}
	}
	if says != 1 {
		t.Errorf("the mark stands %d times in the journal", says)
	}
}

func TestHand(t *testing.T) {
	a := toyApp(t, 120, 40, Options{})
	s := a.stage
	press(a, "pgdown", "c", "down") // the control step
	press(a, "right", "right", "enter")
	if got := s.valueOf(1).Int; got != 4 {
		t.Errorf("two to the right of 2 is %d", got)
	}
	press(a, "-", "7", "enter")
	if got := s.valueOf(1).Int; got != -7 {
		t.Errorf("typed -7, got %d", got)
	}
	press(a, "u")
	if got := s.valueOf(1).Int; got != 4 {
		t.Errorf("taken back, it is %d", got)
	}
	press(a, "9", "9", "enter")
	if s.notice.ink != inkBad || len(s.player.Bench().Logbook()) != 2 {
		t.Errorf("99 was not refused: %q", s.notice.text)
	}
	press(a, "esc", "down", "down", "left", "enter") // the gain
	if got := s.valueOf(3).Float; got >= 0.5 {
		t.Errorf("gain is %v", got)
	}
	press(a, "up", "up", "up", "enter") // the switch
	if got := s.valueOf(0).Int; got != 0 {
		t.Errorf("on is %d", got)
	}
	press(a, "down", "down", "down", "down", "down", "enter") // the button
	if id, _ := s.sheet.Probe("count"); s.readings[id].Ints[0] != 0 {
		t.Error("clear was not pressed")
	}
	if !strings.Contains(frameOf(a), "by hand") {
		t.Error("nothing says that a hand was here")
	}
	press(a, "u", "u", "u", "u", "u")
	if s.player.Taken() || s.notice.ink != inkBad {
		t.Errorf("all taken back, and one more: taken %v, %q", s.player.Taken(), s.notice.text)
	}
}

func TestTextControl(t *testing.T) {
	a := toyApp(t, 80, 24, Options{})
	s := a.stage
	note, _ := s.sheet.Probe("note")
	press(a, "c", "down", "down", "down", "down", "enter", "a", "b", "backspace", "q", "enter")
	if got := string(s.readings[note].Text); got != "aq" {
		t.Errorf("note is %q", got)
	}
	press(a, "enter", "x", "esc")
	if s.prompt != nil || len(s.player.Bench().Logbook()) != 1 {
		t.Error("esc did not end the question")
	}
	press(a, "enter")
	a.Update(tea.PasteMsg{Content: strings.Repeat("too long ", 20)})
	press(a, "enter")
	if s.notice.ink != inkBad {
		t.Errorf("a text that is too long: %q", s.notice.text)
	}
}

// TestTextFile hands a machine a file.
func TestTextFile(t *testing.T) {
	sc := parse(t, "board", "+++\ntitle = \"Board\"\nyear = 1960\n+++\nmachine markone\nrun 1\n")
	a := openApp(t, Options{Scenario: sc}, 80, 24)
	s := a.stage
	board, _ := s.sheet.Probe("plugboard")
	file := filepath.Join(t.TempDir(), "board.txt")
	if err := os.WriteFile(file, s.readings[board].Text, 0o600); err != nil {
		t.Fatal(err)
	}
	press(a, "c", "/", "p", "l", "u", "g", "esc", "enter")
	a.Update(tea.PasteMsg{Content: file})
	press(a, "enter")
	if !s.player.Taken() {
		t.Errorf("the file was not taken: %s", s.notice.text)
	}
	press(a, "enter", "n", "o", "enter")
	if s.notice.ink != inkBad {
		t.Errorf("a file that is not there: %q", s.notice.text)
	}
	press(a, "enter", "=", "b", "a", "d", "enter")
	if s.notice.ink != inkBad {
		t.Errorf("words that are no plugboard: %q", s.notice.text)
	}
}

func TestEditGrid(t *testing.T) {
	a := toyApp(t, 80, 24, Options{})
	s := a.stage
	cells, _ := s.sheet.Probe("cells")
	press(a, "c", "down", "down", "enter", "down", "4", "2", "enter", ">", ">", "<", "right", "-", "-", "x", "3", "up")
	if got := s.readings[cells].Ints; got[2] != 43 || got[3] != -3 {
		t.Errorf("cells are %v", got)
	}
	press(a, "p", "left", "p", "right")
	if got := s.readings[cells].Ints; got[0] != s.readings[cells].Ints[1] {
		t.Errorf("the pen drew %v", got)
	}
	press(a, ".", "esc")
	if s.edit != nil || s.now() != 1 {
		t.Errorf("editing %v at tick %d", s.edit != nil, s.now())
	}
}

// TestSave takes over, saves, and replays the file to the same state.
func TestSave(t *testing.T) {
	dir := t.TempDir()
	a := toyApp(t, 80, 24, Options{SaveDir: dir})
	s := a.stage
	press(a, "pgdown", "c", "down", "right", "enter", "tab", "right", "right", "S", "S")
	for _, name := range []string{"counter-taken", "counter-taken-2"} {
		data, err := os.ReadFile(filepath.Join(dir, name+script.Ending))
		if err != nil {
			t.Fatal(err)
		}
		p, err := script.Open(parse(t, name, string(data)), toyHouse{}, script.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Replay(0, script.Slices); err != nil {
			t.Fatal(err)
		}
		if p.Bench().Digest() != s.player.Bench().Digest() || p.Bench().Now() != s.now() {
			t.Errorf("%s replays to tick %d and another state than tick %d:\n%s", name, p.Bench().Now(), s.now(), data)
		}
	}
	if _, leave := s.key(keyOf("q")); !leave {
		t.Error("what is saved holds nobody back")
	}
}

// TestSaveNowhere shows the error where a file cannot be written.
func TestSaveNowhere(t *testing.T) {
	a := toyApp(t, 80, 24, Options{SaveDir: filepath.Join(t.TempDir(), "none")})
	press(a, "c", "enter", "S")
	if a.stage.notice.ink != inkBad {
		t.Errorf("saved nowhere: %q", a.stage.notice.text)
	}
	_, leave := a.stage.key(keyOf("q"))
	_, again := a.stage.key(keyOf("q"))
	if leave || !again {
		t.Errorf("leaving with something unsaved: %v, then %v", leave, again)
	}
	press(a, "R", "R")
	if a.stage.player.Taken() {
		t.Error("begun anew, and the hand is still in it")
	}
}

// TestEveryProbe finds every probe of every machine on some page, at several
// sizes, and no two panels on each other. Of scenarios with the same machines,
// the first is enough.
func TestEveryProbe(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range scenarios.Names() {
		sc := load(t, name)
		kinds := ""
		for _, act := range sc.Acts {
			kinds += " " + act.Machine + strconv.Itoa(len(act.Options))
		}
		if seen[kinds] {
			continue
		}
		seen[kinds] = true
		a := openApp(t, Options{Scenario: sc}, 80, 24)
		for {
			for _, s := range []size{{60, 16}, {80, 24}, {109, 30}, {120, 40}, {160, 48}, {250, 80}} {
				a.Update(tea.WindowSizeMsg{Width: s.w, Height: s.h})
				checkLayout(t, name, a.stage)
				checkFrame(t, a, s.w, s.h)
			}
			act := a.stage.player.Act()
			if press(a, "N"); a.stage.player.Act() == act {
				break
			}
		}
	}
}

func checkLayout(t *testing.T, name string, s *stage) {
	t.Helper()
	seen := map[sim.ProbeID]bool{}
	for _, page := range s.layout.pages {
		for i, p := range page {
			m := s.layout.machine
			if p.x < 0 || p.y < 0 || p.x+p.w > m.w || p.y+p.h > m.h || p.w < 1 || p.h < 1 {
				t.Errorf("%s: a panel of %d x %d at %d, %d in a room of %d x %d", name, p.w, p.h, p.x, p.y, m.w, m.h)
			}
			if meets(page[:i], p) {
				t.Errorf("%s: two panels meet at %d, %d", name, p.x, p.y)
			}
			if p.target.kind == onProbe {
				seen[p.target.probe] = true
			}
		}
	}
	for i := range s.sheet.Probes {
		if !isDial(&s.sheet.Probes[i]) && !seen[sim.ProbeID(i)] {
			t.Errorf("%s: no panel for %s at %d x %d", name, s.sheet.Probes[i].Name, s.size.w, s.size.h)
		}
	}
}

// TestAnySize draws at every size, and presses keys there.
func TestAnySize(t *testing.T) {
	a := toyApp(t, 80, 24, Options{})
	for h := 1; h < 50; h += 3 {
		for w := 1; w < 170; w += 7 {
			a.Update(tea.WindowSizeMsg{Width: w, Height: h})
			checkFrame(t, a, w, h)
			small := strings.Contains(frameOf(a), "Perceptarium needs")
			if (w < widthMin || h < heightMin) != small && w > 20 {
				t.Errorf("%d x %d: too small is %v", w, h, small)
			}
			press(a, "tab", "right")
		}
	}
}

func TestOpenErrors(t *testing.T) {
	sc := parse(t, "bad", "+++\ntitle = \"Bad\"\nyear = 1\n+++\nmachine toy\nset nothing 1\n")
	if _, err := newApp(Options{House: toyHouse{}, Scenario: sc, patience: time.Hour}); err == nil {
		t.Fatal("opened")
	} else if !strings.Contains(err.Error(), "bad.scenario:6:") {
		t.Errorf("%v has no place", err)
	}
}

// TestPlainInk holds that nothing is told by colour alone: the frame without
// colours has signs for lamps, verdicts and the focus.
func TestPlainInk(t *testing.T) {
	a := toyApp(t, 80, 24, Options{NoColor: true})
	press(a, "pgdown")
	content := a.View().Content
	if strings.Contains(content, "38;") {
		t.Error("there are colours")
	}
	for _, sign := range []string{"✓", "◆", "━", "█"} {
		if !strings.Contains(content, sign) {
			t.Errorf("no %s in\n%s", sign, frameOf(a))
		}
	}
}

// TestNext goes on in the scenario that the header names.
func TestNext(t *testing.T) {
	for _, tt := range []struct {
		next string
		ok   bool
	}{{"gates-1943", true}, {"nowhere", false}} {
		sc := parse(t, "first", "+++\ntitle = \"First\"\nyear = 1\nnext = \""+tt.next+"\"\n+++\nmachine neuron\nrun 2\n")
		a := openApp(t, Options{Scenario: sc}, 80, 24)
		press(a, "pgdown", "pgdown")
		if !strings.Contains(frameOf(a), tt.next) {
			t.Errorf("where it goes on is not said:\n%s", frameOf(a))
		}
		press(a, "pgdown")
		if got := a.stage.player.Scenario().Name == tt.next; got != tt.ok {
			t.Errorf("%s opened: %v", tt.next, got)
		}
		if !tt.ok && a.stage.notice.ink != inkBad {
			t.Errorf("why it cannot open is not said:\n%s", frameOf(a))
		}
	}
}

// TestDocKeys holds docs/screen.md against the table of keys.
func TestDocKeys(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "docs", "screen.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bindings {
		row := "| `" + strings.Join(strings.Fields(b.Help().Key), "` `") + "` | " + b.Help().Desc + " |"
		if !strings.Contains(string(data), row) {
			t.Errorf("docs/screen.md has no row %s", row)
		}
	}
}

// TestKeysApart holds that no key asks for two things.
func TestKeysApart(t *testing.T) {
	for _, table := range [][]binding{bindings, hallBindings} {
		seen := map[string]string{}
		for _, b := range table {
			for _, key := range b.Keys() {
				if seen[key] != "" {
					t.Errorf("%s: %s, and %s", key, seen[key], b.Help().Desc)
				}
				seen[key] = b.Help().Desc
			}
		}
	}
}
