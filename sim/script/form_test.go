package script_test

import (
	"bytes"
	"strings"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/script"
	"perceptarium/sim/trace"
)

const bothHead = "+++\ntitle = \"T\"\nyear  = 1958\nfull = \"ten times as long\"\n+++\n"

// bothForms has lines of every kind in one form alone.
const bothForms = `+++
title = "Two forms"
year  = 1958
full  = """
short words over
full two lines"""

[[claim]]
record = "after"
published = "ten"
band = [0, 10]
form = "short"

[[claim]]
record = "later"
published = "a hundred"
band = [0, 100]
form = "full"
+++

short machine toy size=small
full  machine toy size=large table=t.txt
short seed 1
full  seed 2
full watch count on-change
short repeat 2
full  repeat 20
run 5
end
short record after count
full record later count
full run 7
full machine toy
full run 3

-- short t.txt --
this is not read
-- full t.txt --
1 2 3
`

func forms(t *testing.T, text string) (short, full *script.Scenario) {
	t.Helper()
	short, err := script.Parse("t.scenario", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return short, short.In(true)
}

func TestForms(t *testing.T) {
	short, full := forms(t, bothForms)
	for _, row := range []struct {
		sc    *script.Scenario
		form  script.Form
		acts  int
		ticks sim.Tick // of the first act
		seed  uint64
		claim string
	}{
		{short, script.Short, 1, 10, 1, "after"},
		{full, script.Full, 2, 107, 2, "later"},
		{full.In(false), script.Short, 1, 10, 1, "after"},
		{short.In(false), script.Short, 1, 10, 1, "after"},
		{full.In(true), script.Full, 2, 107, 2, "later"},
	} {
		var text bytes.Buffer
		p, err := script.Open(row.sc, toyHouse{}, script.Options{Trace: &text})
		if err != nil {
			t.Fatal(err)
		}
		replay(t, p)
		tr, err := trace.Read("t", &text)
		if err != nil {
			t.Fatal(err)
		}
		if tr.Form == string(script.Full) != (row.form == script.Full) || len(tr.Acts) != row.acts || tr.Acts[0].Seed != row.seed {
			t.Errorf("%s: the trace is of the form %q, %d acts, seed %d", row.form, tr.Form, len(tr.Acts), tr.Acts[0].Seed)
		}
		if at := tr.Acts[0].End; row.sc.Form != row.form || at != row.ticks {
			t.Errorf("%s: form %q, %d ticks, want %d", row.form, row.sc.Form, at, row.ticks)
		}
		if c := row.sc.Header.Claims; len(c) != 1 || c[0].Record != row.claim {
			t.Errorf("%s: claims %v", row.form, c)
		}
	}
	if short.Digest == full.Digest {
		t.Error("both forms have one digest")
	}
}

// TestFormsAreTheirTexts: a form is the text that InForm makes of the scenario.
func TestFormsAreTheirTexts(t *testing.T) {
	for _, isFull := range []bool{false, true} {
		text := script.InForm([]byte(strings.ReplaceAll(bothForms, "\n", "\r\n")), isFull)
		_, acts, _ := strings.Cut(string(text), "form = \"full\"")
		if strings.Contains(acts, "short ") || strings.Contains(acts, "full ") {
			t.Errorf("left over in\n%s", text)
		}
		if want := strings.Count(bothForms[:strings.Index(bothForms, "-- ")], "\n"); strings.Count(string(text[:bytes.Index(text, []byte("-- "))]), "\n") != want {
			t.Error("lines have other numbers")
		}
	}
	const plain = "+++\ntitle = \"T\"\nyear = 1\n+++\nmachine toy\nsay \"full stop\"\n\n-- full.txt --\nfull of words\n"
	if got := string(script.InForm([]byte(plain), true)); got != plain {
		t.Errorf("a text of one form becomes\n%s", got)
	}
	one, same := forms(t, plain)
	if one != same || one.Form != script.OneForm {
		t.Errorf("a scenario of one form has the forms %q and %q", one.Form, same.Form)
	}
}

func TestCheckpointOfTheOtherForm(t *testing.T) {
	short, full := forms(t, bothForms)
	open := func(sc *script.Scenario) *script.Player {
		p, err := script.Open(sc, toyHouse{}, script.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := open(full)
	if _, err := p.Advance(3); err != nil {
		t.Fatal(err)
	}
	err := open(short).Resume(p.Checkpoint())
	if err == nil || err.Error() != "a checkpoint of the full form of t; this replay is of the short one" {
		t.Errorf("got %v", err)
	}
	if err := open(full).Resume(p.Checkpoint()); err != nil {
		t.Error(err)
	}
}
