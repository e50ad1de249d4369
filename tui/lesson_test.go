package tui

import (
	"strings"
	"testing"
)

// lectureAt opens the hall on the lecture, with a scene of a scenario chosen.
func lectureAt(t *testing.T, scenario string, act int) *app {
	t.Helper()
	a := openApp(t, Options{Lecture: true}, 80, 24)
	for i := range a.hall.list {
		if c := a.hall.list[i].scene; c != nil && c.Scenario == scenario && c.Act == act {
			a.hall.choose(i)
			return a
		}
	}
	t.Fatalf("no scene of act %d of %s", act, scenario)
	return nil
}

// TestLecture walks through the lecture with the keys of a presenter: to the
// end of a scene, on into the next, and back again.
func TestLecture(t *testing.T) {
	a := lectureAt(t, "backprop-by-hand", 2)
	press(a, "enter")
	if a.stage == nil {
		t.Fatalf("not opened:\n%s", frameOf(a))
	}
	at(t, a, 2, 5) // the mark of the scene
	for n := 0; a.stage.edge != onward; n++ {
		if n > 50 {
			t.Fatalf("the scene does not end:\n%s", frameOf(a))
		}
		press(a, "pgdown")
	}
	if got := a.stage.player.Act(); got != 2 {
		t.Errorf("the scene ends in act %d", got)
	}
	if !strings.Contains(a.stage.notice.text, "slide 13, activations") {
		t.Errorf("the end says %q", a.stage.notice.text)
	}
	press(a, "right", "pgdown") // another key between: it is said again
	if a.stage.player.Scenario().Name != "backprop-by-hand" {
		t.Fatal("it went on without having said so")
	}
	press(a, "pgdown")
	if got := a.stage.player.Scenario().Name; got != "activations" {
		t.Fatalf("it went on in %s", got)
	}
	at(t, a, 1, 0)
	press(a, "pgup")
	if !strings.Contains(a.stage.notice.text, "slide 12, backprop-by-hand, act 2") {
		t.Errorf("the beginning says %q", a.stage.notice.text)
	}
	press(a, "pgup")
	if got := a.stage.player.Scenario().Name; got != "backprop-by-hand" {
		t.Fatalf("it went back to %s", got)
	}
	press(a, "pgup", "pgup")
	at(t, a, 2, 0)
	press(a, "q")
	if e := a.hall.entry(); a.stage != nil || e.Name != "backprop-by-hand" || e.scene.Act != 2 {
		t.Errorf("the hall stands at %+v", e)
	}
}

// TestLectureEdges opens the first and the last scene, and what is not there.
func TestLectureEdges(t *testing.T) {
	a := openApp(t, Options{Lecture: true}, 80, 24)
	checkFrame(t, a, 80, 24)
	if !strings.Contains(frameOf(a), "38 slides") {
		t.Errorf("the lecture has 38 slides:\n%s", frameOf(a))
	}
	press(a, "enter")
	if a.stage != nil || !strings.Contains(a.hall.notice.text, "slide 1 has no scene") {
		t.Errorf("a title page opened: %q", a.hall.notice.text)
	}
	press(a, "down", "down", "down", "enter", "pgup", "pgup")
	if a.stage == nil || !strings.Contains(a.stage.notice.text, "the beginning of the lecture") {
		t.Fatalf("before the first scene:\n%s", frameOf(a))
	}
	press(a, "q", "/")
	press(a, strings.Split("residual", "")...)
	if e := a.hall.entry(); e == nil || !strings.Contains(e.slide.Title, "residual") || a.hall.count(a.hall.shown) != "2 slides" {
		t.Errorf("not found:\n%s", frameOf(a))
	}
	for i := range a.hall.list {
		if d := &a.hall.list[i]; d.scene != nil && d.scene.NotYet {
			press(a, "esc")
			a.hall.choose(i)
			press(a, "enter")
			if a.stage != nil || a.hall.notice.text != d.Name+": not yet" {
				t.Errorf("%s: %q", d.Name, a.hall.notice.text)
			}
			return
		}
	}
}
