package tui

import "testing"

func TestTourDev(t *testing.T) {
	e := start(t, Options{Scenario: load(t, "gates-1943")}, 80, 24)
	e.until("tick 0", "narration")
	e.send(keyRight)
	e.until("tick 1")
	e.send(keyLeft)
	e.until("tick 0")
	e.send("q")
	if err := e.left(); err != nil {
		t.Fatal(err)
	}
	t.Log(e.altScreen(), e.cursorHidden(), e.String())
}
