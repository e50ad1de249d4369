package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"perceptarium/tui"
)

type playOptions struct {
	at    tickFlag
	act   int
	seed  seedFlag
	full  bool
	ascii bool
}

func (a *app) playVerb() *cobra.Command {
	var o playOptions
	cmd := &cobra.Command{
		Use:               "play SCENARIO",
		Short:             "Open the screen on a scenario",
		Example:           "  perceptarium play xor-failure-1969\n  perceptarium play rosenblatt-rule --at 40",
		Args:              one(aScenario),
		ValidArgsFunction: completeScenarios,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.play(cmd, args[0], &o) },
	}
	f := cmd.Flags()
	f.Var(&o.at, "at", "go to TICK at once")
	f.IntVar(&o.act, "act", 1, "begin in act N")
	f.Var(&o.seed, "seed", "power every machine on with seed N, instead of the scenario's")
	fullFlag(cmd, &o.full)
	f.BoolVar(&o.ascii, "ascii", false, "draw with ASCII characters only")
	a.dataFlag(cmd)
	return cmd
}

func (a *app) play(cmd *cobra.Command, word string, o *playOptions) error {
	s, err := scenario(word)
	if err != nil {
		return err
	}
	s.sc = s.sc.In(o.full)
	if o.act < 1 || o.act > len(s.sc.Acts) {
		return fmt.Errorf("--act is in 1..%d for %s, not %d", len(s.sc.Acts), s.words(), o.act)
	}
	if !a.onScreen() {
		return fmt.Errorf("play needs a terminal; perceptarium replay %s plays it without one", s.words())
	}
	return s.placed(a.screen(cmd.Context(), tui.Options{Scenario: s.sc, Full: o.full, Act: o.act, At: o.at.at, Seed: o.seed.seed, ASCII: o.ascii}))
}

// onScreen reports whether there is a terminal to open the screen on.
func (a *app) onScreen() bool { return isTerminal(a.in) && isTerminal(a.out) }

// screen opens the screen until it is left.
func (a *app) screen(ctx context.Context, o tui.Options) error {
	if err := a.withData(); err != nil {
		return err
	}
	o.House = a.house
	store := theSnapshots()
	if store.dir != "" {
		go program() // so that the first key need not wait for it
	}
	o.Stored = tui.Snapshots{After: store.after, List: store.List, Leap: store.Leap, Keep: store.Keep}
	err := tui.Run(ctx, o)
	if errors.Is(err, context.Canceled) {
		return interrupted("at the screen")
	}
	return err
}
