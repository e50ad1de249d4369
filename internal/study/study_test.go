package study

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perceptarium/sim/script"
)

func config(t *testing.T, dir string) Config {
	t.Helper()
	return Config{Scenarios: []string{"gates-1943"}, Seeds: 3, Jobs: 2, Dir: dir, Seconds: func() float64 { return 0 }}
}

func TestRunIsResumed(t *testing.T) {
	dir := t.TempDir()
	first, err := Run(context.Background(), config(t, dir))
	if err != nil || len(first) != 3 {
		t.Fatalf("%d results, %v", len(first), err)
	}
	for _, r := range first {
		if r.Failed != 0 || r.Scenario != "gates-1943" || r.Seed == 0 {
			t.Errorf("result %+v", r)
		}
	}
	log := filepath.Join(dir, LogName)
	whole, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(log, whole[:len(whole)-9], 0o644); err != nil {
		t.Fatal(err)
	}
	c := config(t, dir)
	var last Progress
	c.Progress = func(p Progress) { last = p }
	again, err := Run(context.Background(), c)
	if err != nil || len(again) != 3 || last != (Progress{3, 2, 3, "gates-1943"}) {
		t.Errorf("after a cut-off line: %d results, %v, progress %+v", len(again), err, last)
	}
}

func TestRunIsInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	results, err := Run(ctx, config(t, t.TempDir()))
	if !errors.Is(err, context.Canceled) || len(results) != 0 {
		t.Errorf("%d results, %v", len(results), err)
	}
}

func TestForeignLogIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, LogName), []byte("{}\nhello\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Run(context.Background(), config(t, dir))
	if err == nil || !strings.Contains(err.Error(), LogName+":2: not a result of a study") {
		t.Errorf("got %v", err)
	}
}

const claims = `+++
title = "T"
year = 1
[[claim]]
row = "2"
record = "right"
unit = "of 100"
published = "97"
band = [95, 99]
source = "a | b"
[[claim]]
row = "1"
record = "right"
minus = "wrong"
published = "more right than wrong"
band = [0, 100]
[[vary]]
name = "threshold"
set = "threshold"
to = ["1", "3"]
+++
machine neuron
`

func judged(t *testing.T, right ...float64) []Row {
	t.Helper()
	sc, err := script.Parse("t.scenario", []byte(claims))
	if err != nil {
		t.Fatal(err)
	}
	var results []Result
	for i, v := range right {
		records := map[string]float64{"right": v, "wrong": 100 - v}
		results = append(results, Result{Scenario: "t", Seed: uint64(i), Records: records})
		results = append(results, Result{Scenario: "t", Seed: uint64(i), Vary: "threshold", To: "3", Records: map[string]float64{"right": v - 20}})
	}
	return []Row{row(sc, sc.Header.Claims[0], results), row(sc, sc.Header.Claims[1], results)}
}

func TestVerdicts(t *testing.T) {
	for _, row := range []struct {
		right []float64
		want  string
	}{
		{[]float64{96, 97, 98}, Agrees},
		{[]float64{93, 94, 95}, Touches},
		{[]float64{80, 81, 82}, Differs},
		{[]float64{80}, Differs},
		{nil, NotRun},
	} {
		if got := judged(t, row.right...)[0].Verdict; got != row.want {
			t.Errorf("%v: %s, want %s", row.right, got, row.want)
		}
	}
}

func TestTableSaysAll(t *testing.T) {
	table := Table(judged(t, 96, 97, 98), "perceptarium study t", "")
	for _, want := range []string{
		"Written by `perceptarium study t`",
		"| 2 | `t`: right | 97 | 97 [94.5, 99.5] of 100 | 3 | agrees | a \\| b |",
		"| 1 | `t`: right less wrong | more right than wrong | 94 [89, 99] | 3 | agrees | - |",
		"| 2 | `t`: right | threshold = 3 | 77 [74.5, 79.5] | 3 | 97 [94.5, 99.5] |",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("no line %s in\n%s", want, table)
		}
	}
	if !before("2", "10") || before("", "3") {
		t.Error("rows are not in the order of their numbers")
	}
}

func TestWritePageKeepsWhatAPersonWrote(t *testing.T) {
	name := filepath.Join(t.TempDir(), "docs", "page.md")
	for _, table := range []string{"old", "new"} {
		if err := WritePage(name, "A page", "toy", table+"\n"); err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if table == "old" {
			page = append(page, "By hand.\n"...)
			if err := os.WriteFile(name, page, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	page, err := os.ReadFile(name)
	if text := string(page); err != nil || !strings.HasPrefix(text, "# A page\n") || strings.Contains(text, "old") ||
		!strings.Contains(text, "new") || !strings.HasSuffix(text, "By hand.\n") || strings.Count(text, marker("toy", "begin")) != 1 {
		t.Errorf("%v\n%s", err, page)
	}
	if err := WritePage(name, "A page", "other", "beside\n"); err != nil {
		t.Fatal(err)
	}
	if page, _ := os.ReadFile(name); !strings.Contains(string(page), "new") || !strings.Contains(string(page), "beside") {
		t.Errorf("one scenario's section put out another's:\n%s", page)
	}
	if err := os.WriteFile(name, []byte(marker("toy", "begin")), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := WritePage(name, "A page", "toy", "x"); err == nil {
		t.Error("took a page whose section has no end")
	}
}
