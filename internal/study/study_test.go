package study

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perceptarium/sim/script"
)

func config(dir string) Config {
	return Config{Scenarios: []string{"gates-1943"}, Seeds: 3, Jobs: 2, Dir: dir, Seconds: func() float64 { return 0 }}
}

func TestRunIsResumed(t *testing.T) {
	dir := t.TempDir()
	first, err := Run(context.Background(), config(dir))
	if err != nil || len(first.Results) != 3 || len(first.Failed) != 0 {
		t.Fatalf("%+v, %v", first, err)
	}
	for _, r := range first.Results {
		if r.Cut != 0 || r.Scenario != "gates-1943" || r.Seed == 0 || r.Files {
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
	c := config(dir)
	var last Progress
	c.Progress = func(p Progress) { last = p }
	again, err := Run(context.Background(), c)
	if err != nil || len(again.Results) != 3 || last.Done != 3 || last.Skipped != 2 || last.All != 3 {
		t.Errorf("after a cut-off line: %+v, %v, progress %+v", again, err, last)
	}
}

// TestOtherActsAreNotResumed: what was logged of a scenario with other acts, or
// before results said which acts they are of, is left alone.
func TestOtherActsAreNotResumed(t *testing.T) {
	dir := t.TempDir()
	old := `{"scenario":"gates-1943","source":"0123","seed":1,"law":0,"records":{},"failed":0,"seconds":1}` + "\n" +
		`{"scenario":"gates-1943","acts":"0123","seed":2,"law":0,"records":{"x":null},"seconds":1}` + "\n"
	if err := os.WriteFile(filepath.Join(dir, LogName), []byte(old), 0o644); err != nil {
		t.Fatal(err)
	}
	c := config(dir)
	played := 0
	c.Progress = func(p Progress) { played = p.Done - p.Skipped }
	if out, err := Run(context.Background(), c); err != nil || len(out.Results) != 3 || played != 3 {
		t.Errorf("%d played, %+v, %v", played, out, err)
	}
}

func TestRunIsInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	out, err := Run(ctx, config(t.TempDir()))
	if !errors.Is(err, context.Canceled) || len(out.Results) != 0 {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestForeignLogIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, LogName), []byte("{}\nhello\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Run(context.Background(), config(dir))
	if err == nil || !strings.Contains(err.Error(), LogName+":2: not a result of a study") {
		t.Errorf("got %v", err)
	}
}

// TestOneFailureLosesNoOther: a scenario that cannot be opened drops out.
func TestOneFailureLosesNoOther(t *testing.T) {
	s := studying{queue: newQueue(), all: 4, out: Outcome{Failed: map[string]error{}}}
	for range 2 {
		s.queue.add(job{Result: Result{Scenario: "bad"}})
		s.queue.add(job{Result: Result{Scenario: "good"}})
	}
	j, _ := s.take()
	s.finish(j.Result, errors.New("no such machine"))
	if err := s.out.Failed["bad"]; err == nil || err.Error() != "bad, seed 0: no such machine" || s.all != 2 {
		t.Errorf("failed %v, %d replays left", err, s.all)
	}
	for range 2 {
		if j, ok := s.take(); !ok || j.Scenario != "good" {
			t.Errorf("then comes %+v", j)
		}
	}
}

// TestLongestFirst: kinds of which nothing is known are tried once, then the
// longest is done, so that the end has the short ones.
func TestLongestFirst(t *testing.T) {
	q := newQueue()
	took := map[string]float64{"short": 1, "long": 9, "middle": 3}
	for _, name := range []string{"short", "long", "middle"} {
		for range 2 {
			q.add(job{Result: Result{Scenario: name}})
		}
	}
	var order []string
	for {
		j, ok := q.take()
		if !ok {
			break
		}
		order = append(order, j.Scenario)
		if len(order) == 3 && q.left() != 0 {
			t.Errorf("nothing is known, and yet %g s are left", q.left())
		}
		if len(order) >= 3 {
			for _, name := range order[max(len(order)-3, 0):] {
				q.learn(&Result{Scenario: name, Seconds: took[name]})
			}
		}
	}
	if got := strings.Join(order, " "); got != "short long middle long middle short" {
		t.Errorf("order %s", got)
	}
}

func TestEssenceIsWhatDecides(t *testing.T) {
	const text = "+++\ntitle = \"T\"\n+++\n\nmachine neuron net=n\nseed 4\n# a remark\nset a on\nsay \"words\"\nwatch out on-change\nrun 5\nexpect out = 1\nmark m\nrecord x out\n\n-- n --\nsay what\n"
	const want = "machine neuron net=n\nset a on\nrun 5\nrecord x out\n\n-- n --\nsay what\n"
	if got := Essence([]byte(text), false); got != want {
		t.Errorf("got %q", got)
	}
	if Digest([]byte(text), false) != Digest([]byte(strings.ReplaceAll(text, "\n", "\r\n")), false) {
		t.Error("line ends make another scenario of it")
	}
	if Digest([]byte(text), false) == Digest([]byte(strings.Replace(text, "run 5", "run 6", 1)), false) {
		t.Error("another run is the same scenario")
	}
	both := strings.Replace(text, "run 5", "short run 5\nfull run 50", 1) + "-- full n --\nsay more\n"
	if got := Essence([]byte(both), false); got != want {
		t.Errorf("a full form beside it makes of the short one %q", got)
	}
	if got := Essence([]byte(both), true); !strings.Contains(got, "run 50\n") || !strings.Contains(got, "say more\n") {
		t.Errorf("the full form is %q", got)
	}
}

const claims = `+++
title = "T"
year = 1
open = ["what of it?"]
[[claim]]
row = "2"
record = "right"
unit = "of 100"
published = "97"
band = [95, 99]
source = "a | b"
why = "it is so"
[[claim]]
row = "who wins"
record = "right"
minus = "wrong"
published = "more right than wrong"
band = [0, 100]
[[claim]]
record = "lost"
unit = "share of runs"
published = "half"
band = [0.4, 0.6]
[[distribution]]
title = "how many are right"
record = "right"
failed = "lost"
published = "97 of 100"
figure = 97
[[vary]]
name = "threshold"
set = "threshold"
to = ["1", "3"]
+++
machine neuron
`

func toy(t *testing.T) *script.Scenario {
	t.Helper()
	sc, err := script.Parse("t.scenario", []byte(claims))
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

func studied(t *testing.T, right ...float64) Experiment {
	t.Helper()
	sc := toy(t)
	var results []Result
	for i, v := range right {
		records := map[string]Number{"right": Number(v), "wrong": Number(100 - v), "lost": Number(i % 2)}
		results = append(results, Result{Scenario: "t", Acts: "a", Seed: uint64(i), Records: records, Seconds: 1})
		results = append(results, Result{Scenario: "t", Acts: "a", Seed: uint64(i), Vary: "threshold", To: "3", Records: map[string]Number{"right": Number(v - 20), "else": 1}})
	}
	return Experiment{sc, Gather(sc, results)}
}

func TestVerdicts(t *testing.T) {
	for _, row := range []struct {
		right       []float64
		want, share string
	}{
		{[]float64{96, 97, 98}, Agrees, Touches}, // one of three is lost
		{[]float64{93, 94, 95}, Touches, Touches},
		{[]float64{80, 81, 82, 83}, Differs, Agrees},
		{[]float64{80}, Touches, Touches},
		{nil, NotRun, NotRun},
	} {
		e := studied(t, row.right...)
		rows := Rows(e.Scenario, e.Study)
		if got, share := rows[0].Verdict(), rows[2].Verdict(); got != row.want || share != row.share {
			t.Errorf("%v: %s and %s, want %s and %s", row.right, got, share, row.want, row.share)
		}
	}
}

// TestVerdictIsOfTheDataOfTheClaim: published on files, replayed both ways.
func TestVerdictIsOfTheDataOfTheClaim(t *testing.T) {
	sc := toy(t)
	sc.Acts[0].Options = []script.Option{{Key: "data", Value: "zip-codes(train=10)"}}
	var results []Result
	for i := range 3 {
		results = append(results, Result{Scenario: "t", Seed: uint64(i), Records: map[string]Number{"right": 97}})
		results = append(results, Result{Scenario: "t", Seed: uint64(i), Files: true, Records: map[string]Number{"right": 90}})
	}
	st := Gather(sc, results)
	for _, row := range []struct{ data, drawn, files, verdict string }{
		{"", "", Differs, Differs},
		{script.OnFiles, "", Differs, Differs},
		{script.OnDrawn, Agrees, "", Agrees},
		{script.OnBoth, Agrees, Differs, Differs},
	} {
		sc.Header.Claims[0].Data = row.data
		r := Rows(sc, st)[0]
		if r.Drawn.Verdict != row.drawn || r.Files.Verdict != row.files || r.Verdict() != row.verdict {
			t.Errorf("data %q: %+v", row.data, r)
		}
	}
}

// TestMissingRecords: a seed that did not come to a record has no number, and a
// kept study reads back as it was.
func TestMissingRecords(t *testing.T) {
	sc := toy(t)
	st := Gather(sc, []Result{
		{Scenario: "t", Seed: 3, Records: map[string]Number{"right": 3, "late": Number(math.Inf(1))}, Cut: 1},
		{Scenario: "t", Seed: 1, Records: map[string]Number{"right": 1}},
		{Scenario: "other", Seed: 2, Records: map[string]Number{"right": 2}},
		{Scenario: "t", Seed: 2, Records: map[string]Number{"wrong": 2}},
	})
	data, err := st.Encode()
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"scenario":"t","acts":"","law":0,"runs":[` + "\n" +
		`{"seeds":3,"cut":1,"seconds":0,"records":{"late":[null,null,null],"right":[1,null,3],"wrong":[null,2,null]}}` + "\n]}\n"
	if string(data) != want {
		t.Errorf("got  %s\nwant %s", data, want)
	}
	back, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := back.Encode(); string(again) != want {
		t.Errorf("read back: %s", again)
	}
	if i := Rows(sc, back)[0].Drawn.Ours; i.N != 2 || i.Mean != 2 {
		t.Errorf("mean %+v", i)
	}
}

// TestWhatCannotBeReplayedIsKept: files where there are none, full forms that are
// left out, as long as the acts are the same.
func TestWhatCannotBeReplayedIsKept(t *testing.T) {
	sc := toy(t)
	old := &Study{Acts: "a", FullActs: "f", Runs: []Series{{Seeds: 2}, {Files: true, Seeds: 2}, {Full: true, Seeds: 2}, {Vary: "threshold", To: "1"}}}
	st := &Study{Acts: "a", Runs: []Series{{Seeds: 3}, {Vary: "threshold", To: "3"}}}
	st.KeepOld(old, sc)
	if len(st.Runs) != 4 || st.Runs[0].Seeds != 3 || !st.Runs[1].Files || !st.Runs[2].Full || st.Runs[3].To != "3" || st.FullActs != "f" {
		t.Errorf("%+v", st)
	}
	st.only("a", "g")
	if len(st.Runs) != 3 || st.Runs[2].Full {
		t.Errorf("of another full form: %+v", st.Runs)
	}
	other := &Study{Acts: "b"}
	other.KeepOld(old, sc)
	if len(other.Runs) != 0 {
		t.Error("took over what other acts gave")
	}
}
