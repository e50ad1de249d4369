package study

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// docs is where the pages lie that this house shows.
var docs = Docs{filepath.Join("..", "..", "docs")}

func text(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Error(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

// TestPagesAreWhatStudiesGive makes every page anew of scenario and kept study:
// each claim has a row, no row is of a claim that is none any more, and nothing
// is typed in. Where ours differs, the scenario says why.
func TestPagesAreWhatStudiesGive(t *testing.T) {
	names, err := Claimants()
	if err != nil {
		t.Fatal(err)
	}
	all, err := docs.Experiments(names)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		name := e.Scenario.Name
		if e.Study == nil {
			t.Errorf("%s makes claims, and was not studied as it stands: go run . study %s --seeds 3", name, name)
			continue
		}
		if text(t, docs.page(name)) != Page(e.Scenario, e.Study) {
			t.Errorf("%s is not what its study gives: go run . study %s --pages", docs.page(name), name)
		}
		for _, r := range Rows(e.Scenario, e.Study) {
			switch v := r.Verdict(); {
			case v == Differs && r.Claim.Why == "":
				t.Errorf("%s: %s differs from what was published, and its claim has no why", name, subject(r.Claim))
			case v == NotRun:
				t.Errorf("%s: %s was not run on the data it is about: go run . study %s --seeds 3, with PERCEPTARIUM_DATA", name, subject(r.Claim), name)
			}
		}
	}
	if text(t, docs.index()) != Index(all) {
		t.Errorf("%s is not what the studies give: go run . study --all --pages", docs.index())
	}
	for _, file := range strays(t, names) {
		t.Errorf("%s is of no scenario that makes a claim: remove it", file)
	}
}

// strays are pages and kept studies of scenarios that make no claim.
func strays(t *testing.T, names []string) (list []string) {
	t.Helper()
	for _, pattern := range []string{docs.page("*"), docs.kept("*")} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
			if !slices.Contains(names, name) {
				list = append(list, file)
			}
		}
	}
	return list
}

// TestMachinePages: what a study wrote into a machine's page is what the
// studies give.
func TestMachinePages(t *testing.T) {
	page := text(t, docs.machine("markone"))
	d := Docs{t.TempDir()}
	if err := replaceFile(d.machine("markone"), []byte(page)); err != nil {
		t.Fatal(err)
	}
	names, err := Claimants()
	if err != nil {
		t.Fatal(err)
	}
	all, err := docs.Experiments(names)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.machineSection("markone", all); err != nil {
		t.Fatal(err)
	}
	if text(t, d.machine("markone")) != page {
		t.Errorf("%s is not what the studies give: go run . study markone --pages", docs.machine("markone"))
	}
}
