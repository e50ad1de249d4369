package script_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/script"
	"perceptarium/sim/simtest"
	"perceptarium/sim/trace"
)

// everything uses every verb.
const everything = `machine toy size=large table=t.txt
seed 105
deck three from steps(count=xxx) seed 2
deck mine from mine.txt
watch count on-change
watch cells every 4
say "It begins." "Indeed."   # a comment
record start count
expect start = 5
set step 2
set cells 1 2 3 4
set cells[ne] -7
set gain 0.75
set note from t.txt
expect gain = 0.75
run 3
expect count = 11
repeat 2
  deal three
  repeat 2
    run 1
  end
  mark round
end
expect count in 20..22
expect count > start
press clear
run until phase = rest within 10
expect phase rest
expect count > 100 known "it was cleared"
deal mine
run 5
mark last
machine toy
run 2
expect count = 2
expect count < start
-- t.txt --
1 2 3
-- mine.txt --
# a deck of one's own
step on cells
4 on 0 0 0 0
-4 off 1 1 1 1
`

func TestPlayTellsWhatHappens(t *testing.T) {
	p := open(t, everything, script.Options{})
	replay(t, p)
	want := []string{
		"1/0 5:Toy counter",
		"1/0 11:It begins. Indeed.",
		"1/0 12:start 5",
		"1/0 13:start = 5 5 held",
		"1/0 19:gain = 0.75 0.75 held",
		"1/3 21:count = 11 11 held",
		"1/5 27:round digest",
		"1/7 27:round digest",
		"1/7 29:count in 20..22 21 held",
		"1/7 30:count > start 21 against 5 held",
		"1/9 33:phase = rest 0 held",
		"1/9 34:count > 100 6: it was cleared known difference",
		"1/14 37:last digest",
		"1/14 0: digest",
		"2/0 38:Toy counter",
		"2/2 40:count = 2 2 held",
		"2/2 41:count < start 2 against 5 held",
		"2/2 0: digest",
	}
	got := told(p)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestVerdicts(t *testing.T) {
	for _, row := range []struct {
		line string
		want script.Verdict
		bad  bool
	}{
		{`expect count = 5`, script.Held, false},
		{`expect count != 5`, script.Failed, true},
		{`expect count < 5 known "so it is"`, script.Known, false},
		{`expect count <= 5 known "so it was"`, script.Outdated, true},
		{`expect gain in 0.25..0.5`, script.Held, false},
		{`expect gain in 1..2`, script.Failed, true},
		{`expect cells[sw] 1`, script.Held, false},
	} {
		p := open(t, "machine toy\nrun 5\n"+row.line+"\n", script.Options{})
		replay(t, p)
		e := p.Journal()[len(p.Journal())-2]
		if e.Verdict != row.want || e.Bad() != row.bad {
			t.Errorf("%s: %v, bad %v (%s)", row.line, e.Verdict, e.Bad(), e.Detail)
		}
	}
}

func TestWaitThatRunsOutEndsTheAct(t *testing.T) {
	p := open(t, "machine toy\nrun until count = 99 within 20\nmark never\nmachine toy\nrun 1\n", script.Options{})
	replay(t, p)
	e := p.Journal()[1]
	if e.Kind != script.WaitEvent || e.Tick != 20 || !e.Bad() || p.Act() != 2 || !p.Over() {
		t.Errorf("told %q", told(p))
	}
}

func TestMachineThatHoldsEndsTheAct(t *testing.T) {
	p := open(t, "machine toy\npress edge\nrun 3\nmark never\n", script.Options{})
	replay(t, p)
	e := p.Journal()[1]
	if e.Kind != script.FaultEvent || !e.Bad() || !strings.Contains(e.Text, "is beyond") || !p.Over() {
		t.Fatalf("told %q", told(p))
	}
}

func TestRepeatWithoutRunIsFound(t *testing.T) {
	_, err := script.Open(parse(t, "machine toy\nrepeat 900000000\npress clear\nend\n"), toyHouse{}, script.Options{})
	var e *script.Error
	if !errors.As(err, &e) || !strings.Contains(e.Msg, "is a run missing") {
		t.Errorf("got %v", err)
	}
}

// TestRewindTakesTheScriptBack plays, rewinds and plays on at random, without a
// hand: journal, digests and trace marks end as in a straight run.
func TestRewindTakesTheScriptBack(t *testing.T) {
	straight := open(t, everything, script.Options{})
	replay(t, straight)
	rapid.Check(t, func(rt *rapid.T) {
		p := open(t, everything, script.Options{Ring: rapid.SampledFrom([]int{0, 400, 1 << 20}).Draw(rt, "ring")})
		for range rapid.IntRange(0, 30).Draw(rt, "moves") {
			wander(rt, p)
		}
		if err := p.Replay(0, script.Slices); err != nil {
			rt.Fatal(err)
		}
		if !slices.Equal(p.Journal(), straight.Journal()) {
			rt.Fatalf("got\n%s\nwant\n%s", strings.Join(told(p), "\n"), strings.Join(told(straight), "\n"))
		}
	})
}

func wander(rt *rapid.T, p *script.Player) {
	if rapid.Bool().Draw(rt, "back") {
		if err := p.Rewind(sim.Tick(rapid.Int64Range(0, int64(p.Bench().Now())).Draw(rt, "to"))); err != nil {
			rt.Fatal(err)
		}
		return
	}
	if p.ActOver() {
		return
	}
	if _, err := p.Advance(sim.Tick(rapid.IntRange(1, 4).Draw(rt, "ticks"))); err != nil {
		rt.Fatal(err)
	}
}

// TestTakenOverSavesAndReplays lets a hand interfere at random, saves, and
// replays what was saved: its last mark has the digest of the state at saving.
func TestTakenOverSavesAndReplays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := open(t, everything, script.Options{Ring: 1 << 20})
		chance := rng.New(rapid.Uint64().Draw(rt, "hand")).Stream("hand")
		for range rapid.IntRange(1, 20).Draw(rt, "moves") {
			wander(rt, p)
			in := simtest.ToyInput(&chance)
			if in.Control == simtest.ToyNote && rapid.Bool().Draw(rt, "line end") {
				in.Bytes = append(in.Bytes, '\n')
			}
			if err := p.Apply(in); err != nil {
				rt.Fatal(err)
			}
		}
		var saved bytes.Buffer
		if err := p.Save(&saved); err != nil {
			rt.Fatal(err)
		}
		sc, err := script.Parse("saved.scenario", saved.Bytes())
		if err != nil {
			rt.Fatalf("%v in\n%s", err, saved.Bytes())
		}
		again, err := script.Open(sc, toyHouse{}, script.Options{})
		if err != nil {
			rt.Fatalf("%v in\n%s", err, saved.Bytes())
		}
		if err := again.Replay(0, script.Slices); err != nil {
			rt.Fatal(err)
		}
		mark := again.Journal()[len(again.Journal())-2]
		if !p.Taken() || mark.Text != script.SavedMark || mark.Detail != trace.Digest(p.Bench().Digest()) {
			rt.Fatalf("replayed to another state:\n%s", saved.Bytes())
		}
	})
}

// TestSavedScenarioCarriesItsFiles opens what was saved where no file lies
// beside it.
func TestSavedScenarioCarriesItsFiles(t *testing.T) {
	for _, row := range []struct {
		name     string
		attached bool
	}{{"attached.txt", true}, {"beside.txt", true}, {"digits", false}} {
		var saved bytes.Buffer
		p := open(t, "machine toy table="+row.name+"\n-- attached.txt --\n1 2 3\n", script.Options{})
		if err := p.Save(&saved); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(saved.String(), "-- "+row.name+" --"); got != row.attached {
			t.Errorf("%s: attached %v in\n%s", row.name, got, saved.Bytes())
		}
		sc, err := script.Parse("saved.scenario", saved.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := script.Open(sc, toyHouse{}, script.Options{}); err != nil {
			t.Error(err)
		}
	}
}

func TestUndoGivesTheScriptBack(t *testing.T) {
	p := open(t, everything, script.Options{Ring: 1 << 20})
	if _, err := p.Advance(2); err != nil {
		t.Fatal(err)
	}
	if err := p.Apply(sim.Input{Control: simtest.ToyStep, Ints: []int64{9}}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Advance(1); err != nil {
		t.Fatal(err)
	}
	if err := p.Undo(); err != nil || p.Taken() || p.Bench().Now() != 2 {
		t.Fatalf("Undo: %v, taken %v, tick %d", err, p.Taken(), p.Bench().Now())
	}
	if err := p.Undo(); err == nil {
		t.Fatal("undid what was not there")
	}
	replay(t, p)
	if got := p.Journal()[5]; got.Verdict != script.Held {
		t.Errorf("after Undo the script expects in vain: %+v", got)
	}
}

func TestActsAreKept(t *testing.T) {
	p := open(t, everything, script.Options{})
	for !p.ActOver() {
		if _, err := p.Advance(100); err != nil {
			t.Fatal(err)
		}
	}
	left := p.Bench().Digest()
	if more, err := p.NextAct(); !more || err != nil || p.Act() != 2 {
		t.Fatalf("NextAct: %v %v, act %d", more, err, p.Act())
	}
	if !p.PreviousAct() || p.PreviousAct() || p.Bench().Digest() != left {
		t.Fatal("the first act is not as it was left")
	}
}

func TestPlanForetellsMarks(t *testing.T) {
	p := open(t, "machine toy\nrun 2\nrepeat 3\nrun 4\nmark a\nend\nmark b\nrun 1\n", script.Options{})
	marks, length, exact := p.Plan()
	want := []script.PlannedMark{{Name: "a", At: 6}, {Name: "a", At: 10}, {Name: "a", At: 14}, {Name: "b", At: 14}}
	if !slices.Equal(marks, want) || length != 15 || !exact {
		t.Errorf("plan %v, %d ticks, exact %v", marks, length, exact)
	}
	if _, _, exact := open(t, everything, script.Options{}).Plan(); exact {
		t.Error("a wait was foretold")
	}
}

func TestTraceIsTheSameHoweverItIsSliced(t *testing.T) {
	traces := map[string]bool{}
	for _, slice := range []sim.Tick{1, 3, 1 << 20} {
		var out bytes.Buffer
		p := open(t, everything, script.Options{Trace: &out})
		if err := p.Replay(0, func() (sim.Tick, error) { return slice, nil }); err != nil {
			t.Fatal(err)
		}
		traces[out.String()] = true
		if _, err := trace.Read("t", &out); err != nil {
			t.Fatal(err)
		}
	}
	if len(traces) != 1 {
		t.Errorf("%d different traces", len(traces))
	}
}

func TestReplayUntil(t *testing.T) {
	p := open(t, everything, script.Options{})
	if err := p.Replay(4, script.Slices); err != nil {
		t.Fatal(err)
	}
	if p.Act() != 2 || p.Bench().Now() != 2 {
		t.Errorf("ended in act %d at tick %d", p.Act(), p.Bench().Now())
	}
	stop := errors.New("stop")
	if err := open(t, everything, script.Options{}).Replay(0, func() (sim.Tick, error) { return 0, stop }); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
}

func TestSeedOverrules(t *testing.T) {
	seed := uint64(42)
	p := open(t, "machine toy\nseed 7\nexpect count = 42\n", script.Options{Seed: &seed})
	replay(t, p)
	if p.Journal()[1].Verdict != script.Held {
		t.Errorf("told %q", told(p))
	}
}
