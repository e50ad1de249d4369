package golden_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"perceptarium/golden"
	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
	"perceptarium/sim/trace"
)

var (
	update = flag.Bool("update", false, "write the traces anew instead of comparing them")
	newLaw = flag.Bool("newlaw", false, "with -update: the number of the arithmetic law may move")
)

// eachScenario runs a test for every scenario of the house.
func eachScenario(t *testing.T, test func(t *testing.T, sc *script.Scenario)) {
	t.Helper()
	names := scenarios.Names()
	if len(names) == 0 {
		t.Fatal("no scenarios")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			sc, err := scenarios.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			test(t, sc)
		})
	}
}

// play replays a scenario as far as its golden trace goes, and writes the trace.
func play(sc *script.Scenario, house script.House, w io.Writer) error {
	p, err := script.Open(sc, house, script.Options{Trace: w})
	if err != nil {
		return err
	}
	return p.Replay(sim.Tick(sc.Header.GoldenUntil), script.Slices)
}

// TestGolden stops at the first difference between what a scenario shows and
// its golden trace, and prints the command that leads there.
func TestGolden(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc *script.Scenario) {
		if *update {
			rewrite(t, sc)
			return
		}
		t.Parallel()
		want, err := golden.Trace(sc.Name)
		if err != nil {
			t.Fatalf("%v\nmake it with: go test ./golden -update", err)
		}
		if err := compare(sc, scenarios.House{}, want); err != nil {
			t.Fatalf("%v\n%s", err, leadsTo(sc.Name, err))
		}
	})
}

// compare replays beside a golden trace, up to the first difference.
func compare(sc *script.Scenario, house script.House, want []byte) error {
	c := trace.NewComparer(sc.Name+golden.Ending, bytes.NewReader(want))
	if err := play(sc, house, c); err != nil {
		return err
	}
	return c.Close()
}

func leadsTo(name string, err error) string {
	var d *trace.Diff
	if !errors.As(err, &d) || d.Tick == "" {
		return ""
	}
	return fmt.Sprintf("to see it: go run . play %s --act %d --at %s", name, d.Act, d.Tick)
}

// rewrite writes the trace of a scenario into this folder.
func rewrite(t *testing.T, sc *script.Scenario) {
	var now bytes.Buffer
	if err := play(sc, scenarios.House{}, &now); err != nil {
		t.Fatal(err)
	}
	replace(t, sc.Name, now.Bytes())
}

// replace writes a trace into this folder, if it may take the old one's place.
func replace(t *testing.T, name string, now []byte) {
	t.Helper()
	file := name + golden.Ending
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if err := golden.MayReplace(file, old, now, *newLaw); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(old, now) {
		return
	}
	if err := os.WriteFile(file, now, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("wrote golden/%s", file)
}

// TestTracesAreWhole reads every trace that is kept.
func TestTracesAreWhole(t *testing.T) {
	for _, name := range golden.Names() {
		text, err := golden.Trace(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := golden.MayReplace(name, nil, text, false); err != nil {
			t.Error(err)
		}
	}
}

// TestOneDigit changes each digit of a golden trace's values in turn: the
// comparison finds it, at its tick and probe.
func TestOneDigit(t *testing.T) {
	sc, err := scenarios.Load("gates-1943")
	if err != nil {
		t.Fatal(err)
	}
	text, err := golden.Trace(sc.Name)
	if err != nil {
		t.Fatal(err)
	}
	digits := 0
	for i, c := range text {
		if c < '0' || c > '9' {
			continue
		}
		digits++
		spoiled := bytes.Clone(text)
		spoiled[i] = '0' + (c-'0'+1)%10
		var d *trace.Diff
		if err := compare(sc, scenarios.House{}, spoiled); !errors.As(err, &d) {
			t.Fatalf("byte %d: %q for %q was not found: %v", i, spoiled[i], c, err)
		}
		if d.Line != 1+bytes.Count(text[:i], []byte("\n")) || d.Want == d.Got {
			t.Fatalf("byte %d: found at line %d, want %s, got %s", i, d.Line, d.Want, d.Got)
		}
	}
	if digits < 100 {
		t.Errorf("only %d digits were tried", digits)
	}
}

func TestMayReplace(t *testing.T) {
	whole := func(law, scenario string) string {
		return "trace 1\n" + law + "scenario " + scenario + "\nact 1 machine m seed 0\nend 1 sha256:" + strings.Repeat("0", 32) + "\n"
	}
	for _, row := range []struct {
		name, old, now string
		newLaw         bool
		want           string // in the error; "" for none
	}{
		{"the first", "", whole("", "a"), false, ""},
		{"a next one", whole("", "a"), whole("", "a"), false, ""},
		{"another law", whole("law 1\n", "a"), whole("law 2\n", "a"), false, "made under law 1, the new one under law 2"},
		{"a law where there was none", whole("", "a"), whole("law 1\n", "a"), false, "-newlaw says that this is meant"},
		{"another law, meant", whole("law 1\n", "a"), whole("law 2\n", "a"), true, ""},
		{"another scenario", whole("", "b"), whole("", "a"), false, "is of the scenario b"},
		{"cut off", "", "trace 1\nscenario a\nact 1 machine m seed 0\n", false, "truncated"},
		{"over a damaged one", "trace 1\n", whole("", "a"), false, "the old trace is damaged"},
		{"too long", "", whole("", "a") + strings.Repeat("x", trace.SizeMax), false, "at most 65536"},
	} {
		err := golden.MayReplace("a.trace", []byte(row.old), []byte(row.now), row.newLaw)
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", row.name, err, row.want)
		}
	}
}
