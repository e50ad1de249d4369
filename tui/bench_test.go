package tui

import (
	"io"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// BenchmarkView draws the stage, from the model to the string for the terminal.
func BenchmarkView(b *testing.B) {
	for _, s := range []size{{80, 24}, {160, 48}} {
		b.Run(group0(s.w), func(b *testing.B) {
			b.ReportAllocs()
			a := openApp(b, Options{Scenario: load(b, "gates-1943")}, s.w, s.h)
			for b.Loop() {
				a.View()
			}
		})
	}
}

// BenchmarkKeyToFrame is from a key written to the terminal until its frame
// stands on it, the whole program and the emulator between.
func BenchmarkKeyToFrame(b *testing.B) {
	e := start(b, Options{Scenario: load(b, "gates-1943")}, 80, 24)
	e.until("tick 0", "? help")
	keys, ticks := [2]string{keyRight, keyLeft}, [2]string{"tick 1 ", "tick 0 "}
	i := 0
	for b.Loop() {
		e.send(keys[i])
		e.until(ticks[i])
		i = 1 - i
	}
}

// BenchmarkKeyWhileRunning is the same while the Mark I runs as fast as it can:
// one key opens the controls, the next goes on from them.
func BenchmarkKeyWhileRunning(b *testing.B) {
	sc := parse(b, "mark", "+++\ntitle = \"Mark I\"\nyear = 1960\n+++\nmachine markone\nrun 1000000000000\n")
	e := start(b, Options{Scenario: sc}, 80, 24)
	e.until("tick 0", "? help")
	e.send("G")
	e.until("full speed")
	i := 0
	for b.Loop() {
		e.send([]string{"c", keyTab}[i])
		e.until([]string{"controls ━", "controls ─"}[i])
		i = 1 - i
	}
}

// BenchmarkFirstFrame is from the call of Run until the hall stands on the
// terminal. Start-up of the process is not in it.
func BenchmarkFirstFrame(b *testing.B) {
	for b.Loop() {
		e := start(b, Options{}, 80, 24)
		e.until("enter open")
		e.send("q")
		if err := e.left(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRun is a tick of a run behind the screen, slices and frames included.
func BenchmarkRun(b *testing.B) {
	sc := parse(b, "long", "+++\ntitle = \"Long\"\nyear = 1\n+++\nmachine toy\nrun 1000000000000\n")
	a := openApp(b, Options{House: toyHouse{}, Scenario: sc}, 80, 24)
	a.Update(tea.KeyPressMsg{Code: 'G', Text: "G"})
	from := a.stage.now()
	for b.Loop() {
		a.Update(frameMsg(a.stage.trips))
		io.WriteString(io.Discard, a.View().Content)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(a.stage.now()-from), "ns/tick")
}

// BenchmarkArrange lays out the machine with the most probes.
func BenchmarkArrange(b *testing.B) {
	for _, s := range []size{{80, 24}, {160, 48}} {
		b.Run(group0(s.w), func(b *testing.B) {
			sc := parse(b, "mark", "+++\ntitle = \"Mark I\"\nyear = 1960\n+++\nmachine markone\nrun 1\n")
			a := openApp(b, Options{Scenario: sc}, s.w, s.h)
			for b.Loop() {
				a.stage.arrange()
			}
		})
	}
}
