package trace_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/trace"
)

func ints(v ...int64) *sim.Reading { return &sim.Reading{Ints: v} }

// written is a small trace of everything that can stand in one.
func written(out interface{ Write([]byte) (int, error) }, nudge int64) error {
	w := trace.NewWriter(out, "example", 1)
	w.Act(1, "toy", 1958)
	w.Sample(0, "count", ints(0))
	w.Sample(1, "count", ints(0))
	w.Sample(2, "count", ints(5))
	w.Sample(2, "gain", &sim.Reading{Floats: []float32{0.1, float32(math.NaN()), float32(math.Inf(-1))}})
	w.Sample(3, "cells", ints(make([]int64, trace.ArrayMax+1)...))
	w.Sample(3, "note", &sim.Reading{Text: []byte("two words\n")})
	w.Mark(4, "half", [32]byte{1, 2, 3})
	w.Record(5, "right", "97")
	w.Sample(64, "count", ints(7+nudge))
	w.End(64, [32]byte{9})
	w.Act(2, "toy", 0)
	w.End(0, [32]byte{})
	return w.Err()
}

func text(t *testing.T, nudge int64) string {
	t.Helper()
	var b bytes.Buffer
	if err := written(&b, nudge); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriterWritesChangesOnly(t *testing.T) {
	want := strings.Join([]string{
		"trace 1", "law 1", "scenario example", "act 1 machine toy seed 1958",
		"0       count           0",
		"2       count           5",
		"2       gain            0.1 NaN -Inf",
		"3       cells           sha256:" + digest33,
		`3       note            "two words\n"`,
		"4       mark half       sha256:01020300000000000000000000000000",
		"5       record right    97",
		"64      count           7",
		"end 64 sha256:09000000000000000000000000000000",
		"act 2 machine toy seed 0",
		"end 0 sha256:00000000000000000000000000000000", "",
	}, "\n")
	if got := text(t, 0); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// digest33 is the digest of 33 zeros with spaces between them.
const digest33 = "5de66eaf34c5c27cc76084f3b6f0f1e0"

func TestReadTakesWhatTheWriterWrites(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		src := strings.ReplaceAll(text(t, 0), "\n", end)
		tr, err := trace.Read("example.trace", strings.NewReader(src))
		if err != nil {
			t.Fatal(err)
		}
		if tr.Law != 1 || tr.Scenario != "example" || len(tr.Acts) != 2 {
			t.Fatalf("read %+v", tr)
		}
		a := tr.Acts[0]
		if a.Machine != "toy" || a.Seed != 1958 || a.End != 64 || len(a.Lines) != 8 {
			t.Fatalf("read act %+v", a)
		}
		if got := a.Lines[6]; got != (trace.Line{At: 5, What: "record right", Value: "97"}) {
			t.Errorf("read line %+v", got)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	good := text(t, 0)
	for _, row := range []struct{ name, src, want string }{
		{"nothing", "", `t:1: not a trace of version 1`},
		{"another file", "\x7fELF", `t:1: not a trace`},
		{"another version", strings.Replace(good, "trace 1", "trace 2", 1), `t:1: not a trace of version 1`},
		{"no scenario", "trace 1\nact 1 machine a seed 0\n", `t:2: want "scenario NAME"`},
		{"a foreign law", strings.Replace(good, "law 1", "law x", 1), `t:2: "x" is not the number of a law`},
		{"head only", "trace 1\nscenario a\n", `t:2: truncated: a trace has at least one act`},
		{"cut off in an act", good[:len(good)/2], "truncated: act 1 has no end"},
		{"acts out of order", strings.Replace(good, "act 2", "act 3", 1), `want "act 2 machine NAME seed N"`},
		{"ticks out of order", strings.Replace(good, "64      count", "1       count", 1), "tick 1 comes after tick 5"},
		{"no value", strings.Replace(good, "count           5", "count", 1), `want "TICK PROBE VALUE"`},
		{"cut off in the last digest", good[:len(good)-9], `t:15: want "end TICK sha256:DIGEST" with 32 hexadecimal digits`},
		{"a bad end", strings.Replace(good, "end 64", "end x", 1), `"x" is not a tick`},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := trace.Read("t", strings.NewReader(row.src))
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %s", err, row.want)
			}
		})
	}
}

func TestComparerStopsAtTheFirstDifference(t *testing.T) {
	golden := text(t, 0)
	for _, row := range []struct {
		name, golden string
		nudge        int64
		want         trace.Diff
	}{
		{"a value", golden, 1, trace.Diff{Line: 12, Act: 1, Tick: "64", Probe: "count", Want: "7", Got: "8"}},
		{"a line missing", strings.Replace(golden, "2       count           5\n", "", 1), 0,
			trace.Diff{Line: 6, Act: 1, Tick: "2", Probe: "count", Want: "2 gain 0.1 NaN -Inf", Got: "2 count 5"}},
		{"a line too many", strings.Replace(golden, "2       count           5\n", "1       count           4\n2       count           5\n", 1), 0,
			trace.Diff{Line: 6, Act: 1, Tick: "1", Probe: "count", Want: "1 count 4", Got: "2 count 5"}},
		{"an act too many", golden + "act 3 machine toy seed 0\nend 0 sha256:00\n", 0,
			trace.Diff{Line: 16, Act: 2, Probe: "head", Want: "act 3 machine toy seed 0", Got: "nothing"}},
		{"cut off", golden[:strings.Index(golden, "end 64")], 0,
			trace.Diff{Line: 12, Act: 1, Tick: "64", Probe: "end", Want: "nothing", Got: "end 64 sha256:09000000000000000000000000000000"}},
		{"the head", strings.Replace(golden, "law 1\n", "", 1), 0,
			trace.Diff{Line: 2, Probe: "head", Want: "scenario example", Got: "law 1"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := trace.NewComparer("g", strings.NewReader(row.golden))
			err := errors.Join(written(c, row.nudge), c.Close())
			var d *trace.Diff
			if !errors.As(err, &d) {
				t.Fatalf("got %v, want a difference", err)
			}
			got := *d
			got.Golden, got.Before = "", nil
			row.want.Golden = ""
			if got.Error() != row.want.Error() || got.Act != row.want.Act {
				t.Errorf("got\n%+v\nwant\n%+v", got, row.want)
			}
			if len(d.Before) > 5 {
				t.Errorf("shows %d lines before", len(d.Before))
			}
		})
	}
	c := trace.NewComparer("g", strings.NewReader(strings.ReplaceAll(golden, "\n", "\r\n")))
	if err := errors.Join(written(c, 0), c.Close()); err != nil {
		t.Errorf("equal traces differ: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := written(&b, 0); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("trace 1\nscenario a\nact 1 machine b seed 0\n0 mark x\nend 0 sha256:00000000000000000000000000000000\n"))
	files, err := filepath.Glob("../../golden/*.trace")
	if err != nil || len(files) == 0 {
		f.Fatalf("%d traces, %v", len(files), err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		tr, err := trace.Read("fuzz", bytes.NewReader(src))
		if (tr == nil) == (err == nil) {
			t.Fatalf("Read returned %v, %v", tr, err)
		}
	})
}
