// Package tui is the screen of Perceptarium: a hall of scenarios by year, and
// a stage on which one of them plays.
//
// The screen holds a script.Player and knows no machine. What it draws are the
// probes of a data sheet, each by its Kind; what a hand can turn are the
// controls of the sheet, and each turn is an Input in the logbook. docs/screen.md
// has drawings of the layout and all keys.
//
//	key -> Update -> Player -> Bench -> Readings -> View
package tui

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// Options say what the screen opens on, and how it draws. The zero value opens
// the hall of all scenarios on the process's own terminal.
type Options struct {
	Scenario *script.Scenario // opened at once; q then leaves the screen. nil: the hall
	Lecture  bool             // the hall shows the slides of the lecture in their order, and scenes follow each other
	Full     bool             // scenarios that are opened from it have their full form, where they have one
	Seed     *uint64          // instead of the seed of every act
	Act      int              // the opened scenario begins in this act, from 1, without those before it; 0 is the first
	At       sim.Tick         // the opened scenario plays to this tick of that act at once
	House    script.House     // nil: scenarios.House{}
	ASCII    bool             // nothing but ASCII characters
	NoColor  bool             // no colours, whatever the terminal can show; NO_COLOR does the same
	Stored   Snapshots        // marks that were computed before
	SaveDir  string           // where S saves scenarios; "": the working directory
	In       io.Reader        // nil: standard input
	Out      io.Writer        // nil: standard output
	Environ  []string         // nil: the environment of the process

	patience time.Duration // how long Run waits for a scenario before it shows a frame; 0: openingMax
}

// framesPerSecond is the most that Bubble Tea draws: its default of 60 alone
// takes 17 ms from a key to its frame.
const framesPerSecond = 120

// Run shows the screen until it is left, or ctx ends; the error is then that of
// ctx. A scenario that cannot be opened is an error; where that shows within
// openingMax, the terminal is not touched. It is restored in every case, a panic
// included.
func Run(ctx context.Context, o Options) error { return run(ctx, o, size{}) }

// run is Run on a terminal of that size, where it cannot be asked.
func run(ctx context.Context, o Options, s size) error {
	if o.House == nil {
		o.House = scenarios.House{}
	}
	m, err := newApp(o)
	if err != nil {
		return err
	}
	list := programOptions(ctx, o)
	if s.w > 0 {
		list = append(list, tea.WithWindowSize(s.w, s.h))
	}
	_, err = tea.NewProgram(m, list...).Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if m.failed != nil {
		return m.failed
	}
	if errors.Is(err, tea.ErrInterrupted) {
		return context.Canceled
	}
	return err
}

func programOptions(ctx context.Context, o Options) []tea.ProgramOption {
	list := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(framesPerSecond)}
	if o.In != nil {
		list = append(list, tea.WithInput(o.In))
	}
	if o.Out != nil {
		list = append(list, tea.WithOutput(o.Out))
	}
	env := o.Environ
	if env == nil {
		env = os.Environ()
	}
	if o.NoColor {
		env = append(env[:len(env):len(env)], "NO_COLOR=1")
	}
	return append(list, tea.WithEnvironment(env))
}
