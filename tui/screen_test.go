package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

// Tests hold the app itself, without a terminal: keys in, frames out.

func openApp(t testing.TB, o Options, w, h int) *app {
	t.Helper()
	if o.House == nil {
		o.House = scenarios.House{}
	}
	o.patience = time.Hour
	a, err := newApp(o)
	if err != nil {
		t.Fatal(err)
	}
	a.Update(tea.WindowSizeMsg{Width: w, Height: h})
	return a
}

func parse(t testing.TB, name, text string) *script.Scenario {
	t.Helper()
	sc, err := script.Parse(name+script.Ending, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

func load(t testing.TB, name string) *script.Scenario {
	t.Helper()
	sc, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

var keyCodes = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "left": tea.KeyLeft, "right": tea.KeyRight, "up": tea.KeyUp, "down": tea.KeyDown,
	"pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace, "space": tea.KeySpace,
}

func keyOf(name string) tea.KeyPressMsg {
	if code, ok := keyCodes[name]; ok {
		k := tea.KeyPressMsg{Code: code}
		if name == "space" {
			k.Text = " "
		}
		return k
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		return tea.KeyPressMsg{Code: keyCodes[rest], Mod: tea.ModShift}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// press presses keys, and lets each journey come to its end.
func press(a *app, keys ...string) {
	for _, k := range keys {
		a.Update(keyOf(k))
		settle(a)
	}
}

func settle(a *app) {
	for a.stage != nil && a.stage.trip.kind != resting {
		a.Update(frameMsg(a.stage.trips))
	}
}

// frameOf is the frame without its escape codes.
func frameOf(a *app) string { return plainText(a.View().Content) }

func plainText(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] == 0x1b {
			for i++; i < len(s) && s[i] != 'm'; i++ {
			}
			i++
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// checkFrame holds a frame against its terminal: no line too long, none too
// many.
func checkFrame(t testing.TB, a *app, w, h int) {
	t.Helper()
	lines := strings.Split(a.View().Content, "\n")
	if len(lines) > h {
		t.Errorf("%d lines on a terminal of %d", len(lines), h)
	}
	for i, line := range lines {
		if got := lipgloss.Width(line); got > w {
			t.Errorf("line %d is %d wide on a terminal of %d: %q", i, got, w, line)
		}
	}
}

func TestShort(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.5: "0.5", 63.6: "63.6", 950: "950", 1234: "1.2k", 35e6: "35M", 0.003: "0.003", 5.96e-8: "6e-08", -0.02: "-0.02", 2e20: "2e+20"} {
		if got := short(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}
