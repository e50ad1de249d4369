package script_test

import (
	"fmt"
	"strings"
	"testing"

	"perceptarium/sim/script"
)

const claimed = `+++
title = "T"
year = 1
[[claim]]
record = "after"
published = "10"
band = [9, 11]
data = "both"
[[distribution]]
title = "counts"
record = "after"
failed = "after"
published = "10"
figure = 10
[[vary]]
name = "the step"
set = "step"
to = ["3"]
+++
machine toy size=small
set step 2
run 5
record after count
`

func after(t *testing.T, sc *script.Scenario) string {
	t.Helper()
	p, err := script.Open(sc, toyHouse{}, script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	replay(t, p)
	return p.Journal()[1].Detail
}

func TestVariedMovesOneAssumption(t *testing.T) {
	sc, err := script.Parse("t.scenario", []byte(claimed))
	if err != nil {
		t.Fatal(err)
	}
	moved := sc.Varied(sc.Header.Varies[0], "3")
	if got := after(t, moved); got != "15" {
		t.Errorf("with step 3 the count is %s, want 15", got)
	}
	if got := after(t, sc); got != "10" {
		t.Errorf("the scenario itself was changed: the count is %s, want 10", got)
	}
	large := sc.Varied(script.Vary{Key: "size"}, "large")
	if o := large.Acts[0].Options; len(o) != 1 || o[0].Value != "large" {
		t.Errorf("options %v", o)
	}
}

func TestVariedMovesTheSettingsOfDecks(t *testing.T) {
	sc := &script.Scenario{Acts: []script.Act{{Decks: []script.Deck{
		{Generator: "steps", Args: []script.Option{{Key: "x", Value: "1"}, {Key: "n", Value: "2"}}},
		{File: "cards.txt"},
	}}}}
	moved := sc.Varied(script.Vary{Deck: "x y"}, "5..7").Acts[0].Decks
	if got := fmt.Sprint(moved[0].Args, moved[1].Args); got != "[{0 n 2} {0 x 5..7} {0 y 5..7}] []" {
		t.Errorf("moved to %s", got)
	}
	if got := fmt.Sprint(sc.Acts[0].Decks[0].Args); got != "[{0 x 1} {0 n 2}]" {
		t.Errorf("the scenario itself was changed: %s", got)
	}
}

func TestHeaderIsHeldAgainstTheActs(t *testing.T) {
	for _, row := range []struct{ old, new, want string }{
		{`record = "after"`, `record = "aftre"`, `claim: no record "aftre"`},
		{`published = "10"`, ``, `it needs what was published`},
		{`data = "both"`, `data = "film"`, `data is drawn, files or both, not "film"`},
		{`failed = "after"`, `failed = "aftre"`, `distribution: no record "aftre"`},
		{`title = "counts"`, ``, `distribution of after: it needs a title`},
		{"year = 1", "year = 1\nseeds = 20000", `t.scenario:4: seeds is a number from 0 to 10000`},
		{`band = [9, 11]`, `band = [11, 9]`, `a band [LO, HI]`},
		{`to = ["3"]`, ``, `vary "the step": it needs one of set, key and deck, and to`},
	} {
		err := mistake(strings.Replace(claimed, row.old, row.new, 1))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %s", row.new, err, row.want)
		}
	}
}
