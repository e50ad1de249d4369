package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"perceptarium/sim"
)

// slowHouse makes its machine once it may.
type slowHouse struct {
	toyHouse
	may   chan bool
	fails string // Make panics with it
}

func (h slowHouse) Make(name string, env sim.Env) (sim.Machine, error) {
	<-h.may
	if h.fails != "" {
		panic(h.fails)
	}
	return h.toyHouse.Make(name, env)
}

// slowApp is called for a scenario that takes longer than patience.
func slowApp(t *testing.T, h slowHouse, text string) *app {
	t.Helper()
	a, err := newApp(Options{House: h, Scenario: parse(t, "slow", text), Act: 1, At: 2, patience: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if got := frameOf(a); !strings.Contains(got, "opening") || !strings.Contains(got, "q leave") {
		t.Fatalf("the first frame is\n%s", got)
	}
	return a
}

func TestSlowScenarioShowsThatItOpens(t *testing.T) {
	h := slowHouse{may: make(chan bool)}
	a := slowApp(t, h, toyScenario)
	press(a, "right", "?") // nothing to step yet
	press(a, "x")
	close(h.may)
	_, cmd := a.Update(a.first())
	if cmd != nil {
		cmd()
	}
	if a.stage == nil || a.stage.now() != 2 || a.stage.t != a.t {
		t.Fatalf("not opened at tick 2:\n%s", frameOf(a))
	}
	press(a, "right")
	if a.stage.now() != 3 {
		t.Errorf("at tick %d after a step", a.stage.now())
	}
}

func TestSlowScenarioIsGivenUp(t *testing.T) {
	h := slowHouse{may: make(chan bool)}
	a := slowApp(t, h, toyScenario)
	if _, cmd := a.Update(tea.KeyPressMsg{Code: 'q', Text: "q"}); cmd == nil {
		t.Error("q does not leave")
	}
	close(h.may)
	a.Update(a.first())
	if a.stage != nil {
		t.Error("opened after it was given up")
	}
}

func TestSlowScenarioWithAMistake(t *testing.T) {
	h := slowHouse{may: make(chan bool)}
	a := slowApp(t, h, "+++\ntitle = \"Bad\"\nyear = 1\n+++\nmachine toy\nset nothing 1\n")
	close(h.may)
	_, cmd := a.Update(a.first())
	if cmd == nil || a.failed == nil || !strings.Contains(a.failed.Error(), "slow.scenario:6:") {
		t.Errorf("leaves with %v", a.failed)
	}
}

// TestSlowScenarioPanics: what goes wrong while it opens goes wrong where the
// terminal is restored.
func TestSlowScenarioPanics(t *testing.T) {
	h := slowHouse{may: make(chan bool), fails: "no memory"}
	a := slowApp(t, h, toyScenario)
	close(h.may)
	defer func() {
		if v, ok := recover().(string); !ok || !strings.Contains(v, "no memory") {
			t.Errorf("recovered %v", v)
		}
	}()
	a.Update(a.first())
}
