package speed

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
)

// clock is a host's clock that goes on by as much at each look.
func clock(step float64) func() float64 {
	now := 0.0
	return func() float64 { now += step; return now }
}

// TestRun measures one kernel on two sizes by a clock of its own: what took equally
// long gives rates that are in the ratio of the operations.
func TestRun(t *testing.T) {
	var told []string
	r, err := Run(context.Background(), Config{
		Threads: 1, Seconds: clock(1), Next: func(_, _ int, kernel string) { told = append(told, kernel) },
		Only: "dot",
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"dot 4096", "dot 1000000"}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	for i, flops := range []float64{2 * short, 2 * long} {
		row := r.Rows[i]
		if !near(row.GFLOPS, flops/1e9) || row.VsGonum == nil || !near(*row.VsGonum, 1) {
			t.Errorf("%s %v: %v GFLOP/s, want %v", row.Name, Shape(row.M, row.N, row.K), row.GFLOPS, flops/1e9)
		}
		if !near(row.Share, row.GFLOPS/r.Peak) {
			t.Errorf("%s: share %v of %v, want %v", row.Name, row.Share, r.Peak, row.GFLOPS/r.Peak)
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(b) }

// TestJobs calls every kernel once, and its peer: whatever panics is a mistake
// in a shape.
func TestJobs(t *testing.T) {
	seen := map[string]bool{}
	for _, j := range jobs() {
		if seen[j.title()] {
			t.Errorf("%s comes twice", j.title())
		}
		seen[j.title()] = true
		if j.flops > 1e8 {
			continue
		}
		run, other := j.make()
		run()
		if other != nil {
			other()
		}
	}
}

// TestBatchesGrow wants a batch to last as long as it must.
func TestBatchesGrow(t *testing.T) {
	now, calls := 0.0, 0
	m := meter{Config: Config{Seconds: func() float64 { return now }}}
	c := contender{run: func() { calls++; now += 1e-3 }, flops: 1e9, seconds: 8e-3}
	m.time(&c)
	if c.n != 8 || calls != 1+2+4+8 || !near(c.rate, 1000) {
		t.Errorf("%d calls in a batch, %d in all, %v GFLOP/s", c.n, calls, c.rate)
	}
	m.time(&c)
	if c.n != 8 || calls != 15+8 {
		t.Errorf("then %d calls in a batch, %d in all", c.n, calls)
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	done := 0
	r, err := Run(ctx, Config{Threads: 1, Seconds: clock(1), Row: func(*Row) {
		if done++; done == 2 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || len(r.Rows) != 2 {
		t.Errorf("error %v after %d rows", err, len(r.Rows))
	}
	if _, err := Run(context.Background(), Config{Threads: 1 << 20}); err == nil {
		t.Error("a million threads are not refused")
	}
}
