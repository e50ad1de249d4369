package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"perceptarium/internal/era"
	"perceptarium/internal/study"
	"perceptarium/scenarios"
	"perceptarium/sim"
)

type studyOptions struct {
	seeds, moved, jobs int
	out, docs          string
	all                bool
}

func (a *app) study() *cobra.Command {
	var o studyOptions
	cmd := &cobra.Command{
		Use:   "study SCENARIO|MACHINE...|--all",
		Short: "Replay scenarios over many seeds and hold their claims against what was published",
		Long: "Replays scenarios over many seeds, to their ends, and judges their claims: the published value, ours with its\n" +
			"95 % interval, a verdict, and how far it moves with the assumptions. A machine's name means all its scenarios,\n" +
			"and writes docs/machines/NAME.md; scenarios write docs/replications.md. Each finished replay is a line of\n" +
			"study.jsonl: a study that is run again goes on where it was. --all means the Mark I, and every scenario of the\n" +
			"other machines that makes a claim.",
		Example: "  perceptarium study markone --seeds 20\n  perceptarium study left-right-1958 --seeds 100 --jobs 1",
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
	f.IntVar(&o.seeds, "seeds", 20, "replay each scenario with seeds 1 to N")
	f.IntVar(&o.moved, "moved", 5, "replay each moved assumption with seeds 1 to N; 0 leaves them out")
	f.IntVar(&o.jobs, "jobs", runtime.NumCPU(), "replay N at once")
	f.StringVar(&o.out, "out", "study", "keep study.jsonl in DIR")
	f.StringVar(&o.docs, "docs", "docs", "write the tables into pages of DIR; it must be there")
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
	if err := a.withData(); err != nil {
		return err
	}
	if o.all {
		if len(args) > 0 {
			return fmt.Errorf("--all means every study: %q is one of them", args[0])
		}
		var err error
		if args, err = claimants(); err != nil {
			return err
		}
	}
	for _, word := range args {
		if err := a.studyOne(ctx, word, o); err != nil {
			return err
		}
	}
	return nil
}

// pageOfItsOwn is the machine whose claims stand on its own page.
const pageOfItsOwn = "markone"

// claimants are the machine that has a page of its own, and the scenarios of
// others that make a claim.
func claimants() ([]string, error) {
	own, err := scenarios.Of(pageOfItsOwn)
	if err != nil {
		return nil, err
	}
	list := []string{pageOfItsOwn}
	for _, name := range scenarios.Names() {
		sc, err := scenarios.Load(name)
		if err != nil {
			return nil, err
		}
		if len(sc.Header.Claims) > 0 && !slices.Contains(own, name) {
			list = append(list, name)
		}
	}
	return list, nil
}

// studyOne studies a scenario, or all scenarios of a machine, and writes the page.
func (a *app) studyOne(ctx context.Context, word string, o studyOptions) error {
	names, page, title, err := a.subject(word)
	if err != nil {
		return err
	}
	results, err := a.runStudy(ctx, names, o)
	if err != nil {
		return err
	}
	rows, err := study.Rows(names, results)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("%s makes no claim to be judged over seeds", word)
	}
	subject, ran := "", "" // a machine's page is its own; its scenarios need no files
	if page == replicationsPage {
		subject, ran = word, study.Ran(results)
	}
	table := study.Table(rows, fmt.Sprintf("perceptarium study %s --seeds %d --moved %d", word, o.seeds, o.moved), ran)
	if err := study.WritePage(filepath.Join(o.docs, page), title, subject, table); err != nil {
		return err
	}
	_, err = fmt.Fprint(a.out, table)
	return err
}

// replicationsPage has a section for each scenario that was studied.
const replicationsPage = "replications.md"

// subject is what a word means: the scenarios, their page and its title.
func (a *app) subject(word string) (names []string, page, title string, err error) {
	for _, machine := range a.house.Machines() {
		if machine != word {
			continue
		}
		sheet, err := a.machine(word)
		if err != nil {
			return nil, "", "", err
		}
		names, err := scenarios.Of(word)
		return names, filepath.Join("machines", word+".md"), sheet.Title, err
	}
	if _, err := scenarios.Load(word); err == nil {
		return []string{word}, replicationsPage, "Replications", nil
	}
	valid := append(a.house.Machines(), scenarios.Names()...)
	return nil, "", "", errors.New(sim.Unknown("no scenario or machine", word, valid))
}

func (a *app) runStudy(ctx context.Context, names []string, o studyOptions) ([]study.Result, error) {
	status := newStatusLine(a.err)
	began := time.Now()
	results, err := study.Run(ctx, study.Config{
		House: a.house, Scenarios: names, Seeds: o.seeds, Moved: o.moved, Jobs: o.jobs, Dir: o.out,
		Seconds: func() float64 { return time.Since(began).Seconds() },
		Progress: func(p study.Progress) {
			status.show(time.Now(), func() string { return progress(p, time.Since(began)) })
		},
	})
	status.clear()
	if errors.Is(err, context.Canceled) {
		return nil, interrupted("after %d replays; they are kept in %s", len(results), filepath.Join(o.out, study.LogName))
	}
	return results, err
}

// progress says how far a study is and how long it will still take.
func progress(p study.Progress, took time.Duration) string {
	left := took.Seconds() / float64(max(p.Done-p.Skipped, 1)) * float64(p.All-p.Done)
	return fmt.Sprintf("%d of %d replays, about %s left; last: %s", p.Done, p.All, era.Duration(left), p.Last)
}
