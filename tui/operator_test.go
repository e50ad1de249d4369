package tui

import (
	"strings"
	"testing"

	"perceptarium/sim"
)

// The operator of the Mark I does all his work with keys: through probes and
// controls only, for the screen knows no machine.

func markOne(t testing.TB, w, h int) *app {
	sc := parse(t, "mark-one", "+++\ntitle = \"The Mark I, by hand\"\nyear = 1960\n+++\nmachine markone\nseed 1960\nset automatic off\nrun 1000000\n")
	return openApp(t, Options{Scenario: sc}, w, h)
}

func (s *stage) ints(t testing.TB, probe string) []int64 {
	t.Helper()
	id, ok := s.sheet.Probe(probe)
	if !ok {
		t.Fatalf("no probe %s", probe)
	}
	return s.readings[id].Ints
}

// find chooses a control by its name.
func (a *app) find(name string) {
	if a.stage.target().kind != onDesk {
		press(a, "c")
	}
	press(a, append(append([]string{"/"}, strings.Split(name, "")...), "esc")...)
}

// TestOperator draws on the retina, sets the wanted responses, presents,
// reinforces, watches the motors turn, pulls a plug, and turns a potentiometer.
func TestOperator(t *testing.T) {
	a := markOne(t, 80, 24)
	s := a.stage
	a.find("retina")
	press(a, "enter")
	if !s.zoomed {
		t.Error("cells that are too small to be pointed at were not made large")
	}
	press(a, "down", "down", "right", "right", "space", "p")
	for range 9 {
		press(a, "right")
	}
	for range 9 {
		press(a, "down")
	}
	press(a, "p", "esc")
	if card := s.ints(t, "retina"); card[2*20+2] != 255 || card[2*20+11] != 255 || card[11*20+11] != 255 || card[3*20+3] != 0 {
		t.Errorf("drawn was %v", card)
	}
	a.find("wanted")
	press(a, "enter", "1", "enter", "right", "0", "enter", "esc")
	if got := s.ints(t, "wanted"); got[0] != 1 || got[1] != 0 || got[2] != -1 {
		t.Errorf("wanted are %v", got)
	}
	before := append([]int64(nil), s.ints(t, "weight")...)
	for _, button := range []string{"present", "respond", "judge", "reinforce"} {
		a.find(button)
		press(a, "enter", "tab", "4", "0", ".")
	}
	if lit := sum(s.ints(t, "s-unit")); lit == 0 {
		t.Error("no sensory unit saw the card")
	}
	if same(s.ints(t, "weight"), before) {
		t.Error("no wiper moved")
	}
	plugs := s.ints(t, "plugs")[0]
	a.find("cord")
	press(a, "enter")
	press(a, strings.Split(firstCord(t, s), "")...)
	press(a, "enter")
	if got := s.ints(t, "plugs")[0]; got != plugs-1 {
		t.Errorf("%d cords after one of %d was pulled: %s", got, plugs, s.notice.text)
	}
	a.find("weight")
	press(a, "enter", "right", "5", "0", "0", "0", "0", "0", "0", "enter", "esc")
	if got := s.ints(t, "weight")[1]; got < 4_000_000 || got > 6_000_000 {
		t.Errorf("the potentiometer stands at %d microvolts: %s", got, s.notice.text)
	}
}

// firstCord pulls the first cord of the plugboard.
func firstCord(t *testing.T, s *stage) string {
	t.Helper()
	id, _ := s.sheet.Probe("plugboard")
	for _, line := range strings.Split(string(s.readings[id].Text), "\n") {
		if words := strings.Fields(line); len(words) > 1 && strings.HasPrefix(words[0], "S") {
			return "pull " + words[0] + " " + words[1]
		}
	}
	t.Fatal("no cord in the plugboard")
	return ""
}

func same(a, b []int64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func sum(v []int64) (n int64) {
	for _, x := range v {
		n += x
	}
	return n
}

// TestMarkOneFits holds what docs/screen.md draws: at 80x24 the first page has
// the retina, 400 and 512 lamps and the responses, each lamp with a place of its
// own, and the second the wipers.
func TestMarkOneFits(t *testing.T) {
	a := markOne(t, 80, 24)
	s := a.stage
	for probe, page := range map[string]int{"retina": 0, "s-unit": 0, "a-unit": 0, "response": 0, "wanted": 0, "weight": 1} {
		id, _ := s.sheet.Probe(probe)
		target := target{onProbe, id}
		if got, ok := s.layout.pageOf(target); !ok || got != page {
			t.Errorf("%s is on page %d, not %d", probe, got+1, page+1)
		}
		room := s.roomOf(target)
		cells := s.sheet.Probes[id].Cells()
		if f := choose(forms(&s.sheet.Probes[id], &sim.Reading{}), room); f.w*f.h*8 < cells {
			t.Errorf("%s is drawn in %d x %d", probe, f.w, f.h)
		}
	}
}
