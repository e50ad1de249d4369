package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"perceptarium/golden"
	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
	"perceptarium/sim/trace"
)

type checkOptions struct {
	update, full, json bool
	golden             string
}

func (a *app) check() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [SCENARIO...]",
		Short: "Replay scenarios and hold them against history and against their golden traces",
		Long: "Replays scenarios, all of the house where none is named, and reports two things for each:\n" +
			"same as history (every expect holds), and same as yesterday (the trace is the golden one).\n" +
			"The golden trace of a file NAME.scenario is NAME.trace beside it.",
		Example:           "  perceptarium check\n  go run . check --update xor-failure-1969",
		ValidArgsFunction: completeScenarios,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.checkAll(cmd, args, &o) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.update, "update", false, "write the traces instead of comparing them")
	f.StringVar(&o.golden, "golden", "golden", "with --update: the folder DIR of golden traces in the working tree")
	f.BoolVar(&o.full, "full", false, "judge expectations to the end of the short form, beyond golden_until")
	f.BoolVar(&o.json, "json", false, "tell it as JSON Lines (docs/json.md)")
	return cmd
}

// checked is what a check found of one scenario.
type checked struct {
	*source
	tally tally
	diff  *trace.Diff // nil where the trace is the golden one
	lines int         // of the trace
	none  bool        // there is no golden trace
	until sim.Tick    // the check ended each act there; 0: at its end
}

func (c *checked) same() bool { return c.diff == nil && !c.none }

func (c *checked) ok() bool { return c.same() && c.tally.ok() }

func (a *app) checkAll(cmd *cobra.Command, args []string, o *checkOptions) error {
	if cmd.Flags().Changed("golden") && !o.update {
		return errors.New("--golden goes with --update: a check compares with the traces in the program")
	}
	list, err := sources(args)
	if err != nil {
		return err
	}
	if o.update {
		return a.updateAll(cmd.Context(), list, o)
	}
	var tell checkTeller = &checkWords{a.out}
	if o.json {
		tell = newReporter(a.out, true)
	}
	bad := 0
	for i, s := range list {
		c, err := a.checkOne(cmd.Context(), s, o.full, place(i, len(list)))
		if err != nil {
			return err
		}
		if !c.ok() {
			bad++
		}
		if err := tell.checked(c); err != nil {
			return err
		}
	}
	if bad > 0 {
		return notAsExpected(bad, len(list))
	}
	return nil
}

// place says how far a walk over several scenarios is, in a line of progress.
func place(i, n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf("%d of %d, ", i+1, n)
}

// sources finds the scenarios that words name; no words are all of the house.
func sources(args []string) ([]*source, error) {
	if len(args) == 0 {
		entries, err := scenarios.List()
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			args = append(args, e.Name)
		}
	}
	var list []*source
	for _, word := range args {
		s, err := scenario(word)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// checkOne replays a scenario against its golden trace. With full it then
// judges the expectations in a second replay, to the scenario's end.
func (a *app) checkOne(ctx context.Context, s *source, full bool, place string) (*checked, error) {
	c := &checked{source: s, until: sim.Tick(s.sc.Header.GoldenUntil)}
	if err := a.resolveFull(s); err != nil {
		return nil, err
	}
	name, want, err := s.trace()
	if errors.Is(err, fs.ErrNotExist) {
		return c, a.withoutTrace(ctx, c, name, place)
	}
	if err != nil {
		return nil, err
	}
	if err := isTraceOf(s, name, want); err != nil {
		return nil, err
	}
	if c.diff, c.lines, err = a.compare(ctx, c, name, want, place); err != nil {
		return nil, err
	}
	if full && c.until > 0 {
		c.tally, c.until = tally{}, 0
		err = a.judge(ctx, c, script.Options{}, place)
	}
	return c, err
}

// resolveFull finds the mistakes in the full form of a scenario, of which
// nothing is played.
func (a *app) resolveFull(s *source) error {
	if s.sc.Form == script.OneForm {
		return nil
	}
	_, err := (&source{s.sc.In(true), s.file}).open(a.house, script.Options{})
	return err
}

// withoutTrace judges a scenario that has no golden trace. Of a scenario file
// that is a mistake; of one of the house it is reported with the rest.
func (a *app) withoutTrace(ctx context.Context, c *checked, name, place string) error {
	if c.file == "" {
		c.none = true
		return a.judge(ctx, c, script.Options{}, place)
	}
	if _, err := c.open(a.house, script.Options{}); err != nil {
		return err
	}
	return fmt.Errorf("%s: no such trace; perceptarium check --update %s makes it", name, c.words())
}

// isTraceOf refuses a trace that is cut off or of another scenario.
func isTraceOf(s *source, name string, text []byte) error {
	t, err := trace.Read(name, bytes.NewReader(text))
	if err == nil && t.Scenario != s.sc.Name {
		err = fmt.Errorf("%s:2: a trace of the scenario %q, not of %q", name, t.Scenario, s.sc.Name)
	}
	return err
}

// compare replays with the golden trace beside it.
func (a *app) compare(ctx context.Context, c *checked, name string, want []byte, place string) (*trace.Diff, int, error) {
	out := &comparison{with: trace.NewComparer(name, bytes.NewReader(want))}
	if err := a.judge(ctx, c, script.Options{Trace: out}, place); err != nil {
		return nil, 0, err
	}
	err := out.with.Close()
	var d *trace.Diff
	if errors.As(err, &d) {
		err = nil
	}
	return d, out.lines, err
}

// comparison lets a replay go on after the first difference: history is judged
// apart from yesterday.
type comparison struct {
	with  *trace.Comparer
	lines int
}

func (c *comparison) Write(p []byte) (int, error) {
	c.lines += bytes.Count(p, []byte("\n"))
	_, err := c.with.Write(p)
	var d *trace.Diff
	if err != nil && !errors.As(err, &d) {
		return 0, err
	}
	return len(p), nil
}

// judge replays as far as the check goes and counts how the expectations went.
func (a *app) judge(ctx context.Context, c *checked, o script.Options, place string) error {
	o.Tell = func(e script.Event) { c.tally.count(&e) }
	player, err := c.open(a.house, o)
	if err != nil {
		return err
	}
	status := newStatusLine(a.err)
	defer status.clear()
	p := &pacer{ctx: ctx, player: player, name: place + c.words(), status: status}
	return player.Replay(c.until, p.next)
}

// leadsTo is the command that opens the screen where a trace first differs.
func leadsTo(s *source, d *trace.Diff) string {
	if d.Tick == "" {
		return "perceptarium play " + s.words()
	}
	return fmt.Sprintf("perceptarium play %s --act %d --at %s", s.words(), d.Act, d.Tick)
}

// goldenFile is where the trace of a scenario belongs in the working tree.
func goldenFile(s *source, dir string) string {
	if s.file != "" {
		return s.traceFile()
	}
	return dir + "/" + s.sc.Name + golden.Ending
}
