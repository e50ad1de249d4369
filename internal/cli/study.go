package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"perceptarium/internal/era"
	"perceptarium/internal/study"
	"perceptarium/modern/kernel"
	"perceptarium/scenarios"
	"perceptarium/sim"
)

type studyOptions struct {
	seeds, moved, jobs int
	out, docs          string
	all, pages, short  bool
}

func (a *app) study() *cobra.Command {
	var o studyOptions
	cmd := &cobra.Command{
		Use:   "study SCENARIO|MACHINE...|--all",
		Short: "Replay scenarios over many seeds and hold their claims against what was published",
		Long: "Replays scenarios over many seeds, to their ends, and judges their claims: the published value, ours with its\n" +
			"95 % interval, a verdict, how it is distributed, and how far it moves with the assumptions. A scenario whose data\n" +
			"come from files, where they are, is replayed on drawn data too; one that has two forms, in both. A machine's name means all its scenarios that\n" +
			"make a claim, --all those of all machines.\n\n" +
			"Writes docs/replications/NAME.md and rows of docs/replications.md, and the machine's page where that has a place\n" +
			"for it; the figures are kept in docs/replications/results. Each finished replay is a line of study.jsonl: a study\n" +
			"that is run again goes on where it was. Longest replays come first, so that both cores are busy to the end.",
		Example:           "  perceptarium study markone --seeds 20\n  perceptarium study left-right-1958 --seeds 100 --jobs 1\n  perceptarium study --all --seeds 3\n  perceptarium study --all --pages",
		ValidArgsFunction: completeStudies,
		Args: func(cmd *cobra.Command, args []string) error {
			if o.all && len(args) == 0 {
				return nil
			}
			return atLeast(1, "a SCENARIO or a MACHINE, or --all; perceptarium list and perceptarium sheet show them all")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.studyAll(cmd.Context(), args, o) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.all, "all", false, "study everything that makes a claim")
	f.BoolVar(&o.pages, "pages", false, "replay nothing: write the pages anew from the figures that are kept")
	f.IntVar(&o.seeds, "seeds", 20, "replay each scenario with seeds 1 to N, or more where it asks for more")
	f.IntVar(&o.moved, "moved", 5, "replay each moved assumption with seeds 1 to N; 0 leaves them out")
	f.IntVar(&o.jobs, "jobs", runtime.NumCPU(), "replay N at once, each on one thread")
	f.StringVar(&o.out, "out", "study", "keep study.jsonl in DIR")
	f.StringVar(&o.docs, "docs", "docs", "write the pages into DIR; it must be there")
	f.BoolVar(&o.short, "short", false, "leave out the full forms of scenarios that have one")
	a.dataFlag(cmd)
	return cmd
}

func (a *app) studyAll(ctx context.Context, args []string, o studyOptions) error {
	if o.seeds < 1 || o.moved < 0 || o.jobs < 1 {
		return errors.New("--seeds and --jobs are at least 1, --moved at least 0")
	}
	if info, err := os.Stat(o.docs); err != nil || !info.IsDir() {
		return fmt.Errorf("--docs %s: no such folder; run it where the pages are, or say where", o.docs)
	}
	names, err := a.subjects(args, o.all)
	if err != nil {
		return err
	}
	docs := study.Docs{Dir: o.docs}
	if o.pages {
		return docs.Pages(names)
	}
	if err := a.withData(); err != nil {
		return err
	}
	outcome, err := a.runStudy(ctx, names, o)
	if err != nil {
		return err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return outcome.Failed[name] != nil })
	if err := a.keep(docs, names, outcome.Results); err != nil {
		return err
	}
	return notReplayed(outcome.Failed)
}

// keep writes what was found, then the pages, and tells it.
func (a *app) keep(docs study.Docs, names []string, results []study.Result) error {
	for _, name := range names {
		e, err := docs.Experiment(name)
		if err != nil {
			return err
		}
		st := study.Gather(e.Scenario, results)
		st.KeepOld(e.Study, e.Scenario)
		e.Study = st
		if err := docs.Keep(e); err != nil {
			return err
		}
		fmt.Fprint(a.out, study.Summary(e))
	}
	return docs.Pages(names)
}

// notReplayed says which scenarios were lost, and why.
func notReplayed(failed map[string]error) error {
	var lines []string
	for _, err := range failed {
		lines = append(lines, err.Error())
	}
	if len(lines) == 0 {
		return nil
	}
	slices.Sort(lines)
	return fmt.Errorf("not replayed, and the pages of all others are written: %s", strings.Join(lines, "; "))
}

// subjects are the scenarios that the words mean: those of them that make a
// claim.
func (a *app) subjects(words []string, all bool) ([]string, error) {
	claimants, err := study.Claimants()
	if err != nil || all && len(words) == 0 {
		return claimants, err
	}
	if all {
		return nil, fmt.Errorf("--all means every study: %q is one of them", words[0])
	}
	var names []string
	for _, word := range words {
		meant, err := a.meant(word)
		if err != nil {
			return nil, err
		}
		meant = slices.DeleteFunc(meant, func(name string) bool { return !slices.Contains(claimants, name) })
		if len(meant) == 0 {
			return nil, fmt.Errorf("%s makes no claim to be judged over seeds", word)
		}
		names = append(names, meant...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// meant are the scenarios of a machine, or one by its name.
func (a *app) meant(word string) ([]string, error) {
	if slices.Contains(a.house.Machines(), word) {
		return scenarios.Of(word)
	}
	if scenarios.Source(word) != nil {
		return []string{word}, nil
	}
	return nil, errors.New(sim.Unknown("no scenario or machine", word, append(a.house.Machines(), scenarios.Names()...)))
}

func (a *app) runStudy(ctx context.Context, names []string, o studyOptions) (study.Outcome, error) {
	kernel.SetWorkers(1)
	defer kernel.SetWorkers(0)
	status := newStatusLine(a.err)
	began := time.Now()
	outcome, err := study.Run(ctx, study.Config{
		House: a.house, Scenarios: names, Short: o.short, Seeds: o.seeds, Moved: o.moved, Jobs: o.jobs, Dir: o.out, Seconds: threadSeconds,
		Progress: func(p study.Progress) {
			status.show(time.Now(), func() string { return progress(p, time.Since(began)) })
		},
	})
	status.clear()
	if errors.Is(err, context.Canceled) {
		return outcome, interrupted("after %d replays; they are kept in %s", len(outcome.Results), filepath.Join(o.out, study.LogName))
	}
	return outcome, err
}

// progress says how far a study is and how long it will still take: as long as
// the processor time that is left, at the speed of that which is spent.
func progress(p study.Progress, took time.Duration) string {
	left := ""
	if p.Spent > 0 {
		left = fmt.Sprintf("about %s left; ", era.Duration(took.Seconds()*p.Left/p.Spent))
	}
	return fmt.Sprintf("%d of %d replays, %slast: %s", p.Done, p.All, left, p.Last)
}
