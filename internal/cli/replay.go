package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

type replayOptions struct {
	trace, vcd  string
	read        string
	until       tickFlag
	seed        seedFlag
	full        bool
	quiet, json bool
	checkpoint  string
	every       tickFlag
	resume      string
}

func (a *app) replay() *cobra.Command {
	o := replayOptions{until: tickFlag{least: 1}, every: tickFlag{least: 1}}
	cmd := &cobra.Command{
		Use:   "replay SCENARIO...",
		Short: "Replay scenarios without a screen",
		Long: "Replays scenarios of the house, or scenario files, without a screen: narration and verdicts go to stdout.\n" +
			"The exit status is 1 where an expectation fails.",
		Example:           "  perceptarium replay xor-failure-1969\n  perceptarium replay --until 64 --trace - rosenblatt-rule\n  perceptarium replay --json my.scenario",
		Args:              atLeast(1, aScenario),
		ValidArgsFunction: completeScenarios,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.replayAll(cmd, args, &o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.trace, "trace", "", "write the trace to FILE; - is stdout, in place of the narration")
	f.StringVar(&o.vcd, "vcd", "", "write every probe as a waveform to FILE, which GTKWave and Surfer open; - is stdout")
	f.StringVar(&o.read, "read", "", "write what PROBE shows at the end to stdout, in place of the narration")
	f.Var(&o.until, "until", "end each act at TICK")
	f.Var(&o.seed, "seed", "power every machine on with seed N, instead of the scenario's")
	fullFlag(cmd, &o.full)
	f.BoolVar(&o.quiet, "quiet", false, "tell only what is not as expected, and the tally")
	f.BoolVar(&o.json, "json", false, "tell it as JSON Lines (docs/json.md)")
	f.StringVar(&o.checkpoint, "checkpoint", "", "write where the replay stands to FILE (safetensors), from which --resume goes on; FILE.npz: the arrays alone")
	f.Var(&o.every, "every", "write it every N ticks of an act too, not only at the end or an interrupt")
	f.StringVar(&o.resume, "resume", "", "go on from the checkpoint in FILE")
	a.dataFlag(cmd)
	return cmd
}

// conflict refuses flags that do not go together.
func (o *replayOptions) conflict(scenarios int) error {
	switch {
	case o.trace != "" && scenarios > 1:
		return fmt.Errorf("--trace takes one scenario, not %d", scenarios)
	case o.vcd != "" && scenarios > 1:
		return fmt.Errorf("--vcd takes one scenario, not %d", scenarios)
	case o.trace == "-" && o.vcd == "-":
		return errors.New("--trace - and --vcd - cannot both go to stdout")
	case o.read != "" && scenarios > 1:
		return fmt.Errorf("--read takes one scenario, not %d", scenarios)
	case o.read != "" && (o.trace == "-" || o.vcd == "-"):
		return errors.New("--read and a trace or waveform cannot both go to stdout")
	case o.toStdout() && o.json:
		return errors.New("--json and a trace, a waveform or a reading cannot both go to stdout")
	}
	return o.conflictCheckpoint(scenarios)
}

// toStdout reports whether stdout is taken in place of the narration.
func (o *replayOptions) toStdout() bool { return o.trace == "-" || o.vcd == "-" || o.read != "" }

// opened is a scenario ready to be replayed.
type opened struct {
	*source
	player *script.Player
}

func (a *app) replayAll(cmd *cobra.Command, args []string, o *replayOptions) error {
	if err := o.conflict(len(args)); err != nil {
		return err
	}
	if err := a.withData(); err != nil {
		return err
	}
	out, err := newTraceOut(o.trace, a.out)
	if err != nil {
		return err
	}
	defer out.discard()
	wave, err := newTraceOut(o.vcd, a.out)
	if err != nil {
		return err
	}
	defer wave.discard()
	list, err := a.openAll(args, o.full, script.Options{Seed: o.seed.seed, Trace: out.writer(), Wave: wave.writer()})
	if err != nil {
		return err
	}
	if o.read != "" {
		benches := list[0].player.Benches()
		if _, err := probeOf(benches[len(benches)-1].Sheet(), o.read); err != nil {
			return err
		}
	}
	if o.resume != "" {
		if err := resume(list[0].player, o.resume); err != nil {
			return err
		}
	}
	say := a.teller(o)
	bad := 0
	for _, s := range list {
		t, err := a.replayOne(cmd.Context(), s, o.until.at, say, o.keeper())
		if err != nil {
			return err
		}
		if !t.ok() {
			bad++
		}
	}
	if err := errors.Join(out.keep(), wave.keep()); err != nil {
		return err
	}
	if o.read != "" {
		if err := a.readOut(list[0].player, o.read); err != nil {
			return err
		}
	}
	if bad > 0 {
		return notAsExpected(bad, len(list))
	}
	return nil
}

// openAll opens every scenario before any is played: a mistake in one of them
// shows before anything is written.
func (a *app) openAll(args []string, full bool, opt script.Options) ([]opened, error) {
	var list []opened
	for _, word := range args {
		s, err := scenario(word)
		if err != nil {
			return nil, err
		}
		s.sc = s.sc.In(full)
		p, err := s.open(a.house, opt)
		if err != nil {
			return nil, err
		}
		list = append(list, opened{s, p})
	}
	return list, nil
}

func (a *app) teller(o *replayOptions) teller {
	switch {
	case o.json:
		return newReporter(a.out, o.quiet)
	case o.toStdout():
		return newNarrator(a.err, true)
	}
	return newNarrator(a.out, o.quiet)
}

// replayOne replays a scenario and tells it as it goes.
func (a *app) replayOne(ctx context.Context, s opened, until sim.Tick, say teller, keep *keeper) (*tally, error) {
	status := newStatusLine(a.err)
	t := &tally{}
	told := 0
	tell := func() error {
		news := s.player.Journal()[told:]
		if len(news) > 0 {
			status.clear()
		}
		for i := range news {
			t.count(&news[i])
			say.event(s.source, s.player, &news[i])
		}
		told += len(news)
		return say.flush()
	}
	p := &pacer{ctx: ctx, player: s.player, name: s.words(), each: tell, status: status}
	err := s.player.Replay(until, func() (sim.Tick, error) {
		if err := keep.due(s.player); err != nil {
			return 0, err
		}
		n, err := p.next()
		return keep.limit(s.player, n), err
	})
	status.clear()
	if kept := keep.write(s.player); err == nil {
		err = kept
	}
	if err == nil {
		err = tell()
	}
	if err == nil {
		if w, any := workOf(s.source, s.player); any {
			say.work(s.source, w)
		}
		say.done(s.source, t)
		err = say.flush()
	}
	return t, err
}
