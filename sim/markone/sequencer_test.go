package markone

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// run is a phase and how many ticks it was seen for.
type run struct {
	phase Phase
	ticks int
}

// phasesOf steps until the field is clear and lists what it saw.
func phasesOf(t *testing.T, m *Machine) (list []run) {
	t.Helper()
	for range 5000 {
		m.Step()
		if m.phase == Clear {
			return list
		}
		if n := len(list); n > 0 && list[n-1].phase == m.phase {
			list[n-1].ticks++
		} else {
			list = append(list, run{m.phase, 1})
		}
	}
	t.Fatalf("still in %s", m.phase)
	return nil
}

// TestCycle lists the phases of section 5.5 with the times of section 6.
func TestCycle(t *testing.T) {
	for _, c := range []struct {
		name string
		turn []any
		want []run
	}{
		{"scripted, wrong", nil, []run{{Present, 34}, {Respond, 10}, {Judge, 1}, {Reinforce, 30}}},
		{"manual, wrong", []any{"tempo", tempoManual}, []run{{Present, 534}, {Respond, 10}, {Judge, 200}, {Reinforce, 30}}},
		{"a test", []any{"training", 0}, []run{{Present, 34}, {Respond, 10}, {Test, 1}}},
		{"with decay, nothing to decay", []any{"decay", 5000}, []run{{Present, 34}, {Respond, 10}, {Judge, 1}, {Reinforce, 30}, {Remove, 1}}},
		{"a pause", []any{"removal", 250, "pulse", 95}, []run{{Present, 34}, {Respond, 10}, {Judge, 1}, {Reinforce, 10}, {Remove, 25}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := machine(t)
			for i := 0; i < len(c.turn); i += 2 {
				set(t, m, c.turn[i].(string), int64(c.turn[i+1].(int)))
			}
			wrong := int64(1 - m.Response()&1)
			set(t, m, "wanted", wrong, -1, -1, -1, -1, -1, -1, -1)
			st := rng.New(1).Stream("card")
			set(t, m, "retina", card(&st, 300)...)
			if got := phasesOf(t, m); !slices.Equal(got, c.want) {
				t.Errorf("phases %v, want %v", got, c.want)
			}
			if m.score.trials != 1 || m.score.correct != 0 {
				t.Errorf("the book: %+v", m.score)
			}
		})
	}
}

// TestRightAnswer is not reinforced in error correction, and is under the forced
// rule.
func TestRightAnswer(t *testing.T) {
	for _, c := range []struct {
		mode, trials, sets int64
	}{{modeCorrective, 1, 0}, {modeForced, 1, 1}, {modeSpontaneous, 1, 8}} {
		m := machine(t)
		set(t, m, "mode", c.mode)
		set(t, m, "wanted", int64(m.Response()&1), -1, -1, -1, -1, -1, -1, -1)
		st := rng.New(1).Stream("card")
		set(t, m, "retina", card(&st, 300)...)
		cycle(t, m)
		if m.score.correct != 1 || m.score.reinforcements != c.sets {
			t.Errorf("mode %d: %+v, want %d sets reinforced", c.mode, m.score, c.sets)
		}
	}
}

// TestByHand does every phase with its button.
func TestByHand(t *testing.T) {
	m := machine(t)
	set(t, m, "automatic", 0)
	wrong := int64(1 - m.Response()&1)
	set(t, m, "wanted", wrong, -1, -1, -1, -1, -1, -1, -1)
	st := rng.New(1).Stream("card")
	set(t, m, "retina", card(&st, 300)...)
	m.Step()
	if m.phase != Clear {
		t.Fatalf("a card begins a cycle of itself: %s", m.phase)
	}
	for _, c := range []struct {
		button string
		phase  Phase
		ticks  int
	}{{"present", Present, 34}, {"respond", Respond, 10}, {"judge", Judge, 1}, {"reinforce", Reinforce, 30}, {"respond", Respond, 10}} {
		press(t, m, c.button)
		for i := range c.ticks {
			m.Step()
			if m.phase != c.phase || m.rest {
				t.Fatalf("%s, tick %d: %s, waiting %v", c.button, i+1, m.phase, m.rest)
			}
		}
		m.Step()
		if m.phase != c.phase || !m.rest {
			t.Fatalf("%s: over, yet %s, waiting %v", c.button, m.phase, m.rest)
		}
	}
	if m.Response()&1 != uint64(wrong) {
		t.Error("corrected, yet the answer is the same")
	}
	press(t, m, "reinforce") // nothing is wrong any more
	m.Step()
	if m.phase != Respond || !m.rest {
		t.Errorf("nothing to reinforce, yet %s", m.phase)
	}
	press(t, m, "remove")
	cycle(t, m)
	if m.score.presentations != 1 || m.score.trials != 1 {
		t.Errorf("the book: %+v", m.score)
	}
}

// TestRefusedButtons presses what cannot be obeyed.
func TestRefusedButtons(t *testing.T) {
	m := machine(t)
	refuse := func(button, why string) {
		t.Helper()
		before := m.Save(nil)
		err := m.Apply(input(t, m, button, sim.Whole))
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s in %s: %v, want %q", button, m.phase, err, why)
		}
		if !bytes.Equal(before, m.Save(nil)) {
			t.Errorf("%s in %s: refused, yet the state changed", button, m.phase)
		}
	}
	for _, b := range []string{"respond", "judge", "reinforce", "remove"} {
		refuse(b, "the phase is clear: press present first")
	}
	press(t, m, "present")
	refuse("zero", "another button is pressed at the same moment")
	m.Step()
	for _, b := range []string{"present", "zero", "recall", "scatter"} {
		refuse(b, "the phase is present: wait until the phase is clear")
	}
	refuse("respond", "with automatic off")
	press(t, m, "stop")
	m.Step()
	if m.phase != Clear {
		t.Errorf("stopped, yet in %s", m.phase)
	}
}

// TestClock counts machine time, and the hours of 1960: an operator who places
// 1,040 cards in 5 s and judges each in 2 s takes about 2.2 hours.
func TestClock(t *testing.T) {
	m := machine(t)
	st := rng.New(1).Stream("card")
	set(t, m, "wanted", 1, 0, 1, 0, 1, 0, 1, 0)
	for range 10 {
		set(t, m, "retina", card(&st, 300)...)
		cycle(t, m)
	}
	ms := read(t, m, "clock")[0]
	if ms != m.now*10 {
		t.Errorf("%d ms after %d ticks", ms, m.now)
	}
	if got, want := read(t, m, "hours-1960")[0], (ms+10*7000)/1000; got != want {
		t.Errorf("%d s of 1960, want %d", got, want)
	}
}

// TestCurve draws the learning curve: blocks of trials.
func TestCurve(t *testing.T) {
	m := machine(t)
	set(t, m, "block", 4)
	set(t, m, "wanted", 1, 1, -1, -1, -1, -1, -1, -1)
	st := rng.New(1).Stream("card")
	c := card(&st, 300)
	for range 12 {
		set(t, m, "retina", c...)
		cycle(t, m)
	}
	if got := read(t, m, "curve"); len(got) != 3 || got[2] != 4 {
		t.Errorf("one card shown 12 times: the curve is %v", got)
	}
	press(t, m, "new-page")
	if m.score.trials != 0 || len(read(t, m, "curve")) != 0 {
		t.Errorf("a new page: %+v", m.score)
	}
}

// TestMidCycle draws on the retina with the cursor while the card is in view.
func TestMidCycle(t *testing.T) {
	m := machine(t)
	set(t, m, "automatic", 0)
	press(t, m, "present")
	for range 40 {
		m.Step()
	}
	setCell(t, m, "retina", 210, LevelMax)
	lit := 0
	for n := 1; n <= 40; n++ {
		m.Step()
		if m.retina.lit[210] && lit == 0 {
			lit = n
		}
	}
	// 60 ms to 1 - 1/e; half of full light, at gamma 0.85, switches at e^-t/tau = 0.443
	if lit < 4 || lit > 6 {
		t.Errorf("a cell is lit after %d ticks, want about 5", lit)
	}
	press(t, m, "remove")
	dark := 0
	for n := 1; n <= 60; n++ {
		m.Step()
		if !m.retina.lit[210] && dark == 0 {
			dark = n
		}
	}
	// in darkness 2 x 150 ms
	if dark < 15 || dark > 24 {
		t.Errorf("it is dark after %d ticks, want about 18", dark)
	}
}
