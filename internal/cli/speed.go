package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"perceptarium/internal/speed"
	"perceptarium/modern/kernel"
	"perceptarium/sim"
)

type speedOptions struct {
	json, ascii bool
	threads     int
	only        string
}

func (a *app) speed() *cobra.Command {
	var o speedOptions
	cmd := &cobra.Command{
		Use:   "speed",
		Short: "Measure the tensor core's kernels against this processor's peak, and beside gonum",
		Long: "Measures the peak of this processor, by a loop of fused multiply-adds on registers alone, and then what each kernel\n" +
			"reaches of it, beside gonum's on the same shapes, and what a training step of four nets does. Takes a minute; keep the\n" +
			"machine quiet meanwhile.",
		Example: "  perceptarium speed\n  perceptarium speed --only gemm\n  perceptarium speed --threads 2 --json > speed.json",
		Args:    atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.measure(cmd.Context(), o) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.json, "json", false, "one object: {peak_gflops, rows} (docs/json.md)")
	f.BoolVar(&o.ascii, "ascii", false, "draw with ASCII characters only")
	f.StringVar(&o.only, "only", "", "measure one `KERNEL`, as in gemm")
	f.IntVar(&o.threads, "threads", 1, "measure on `N` threads")
	return cmd
}

func (a *app) measure(ctx context.Context, o speedOptions) error {
	if names := speed.Kernels(); o.only != "" && !slices.Contains(names, o.only) {
		return errors.New(sim.Unknown("no kernel", o.only, names))
	}
	m := measurement{app: a, picture: speedPicture{out: a.out, bar: "█"}, status: newStatusLine(a.err)}
	if o.ascii {
		m.picture.bar = "#"
	}
	report, err := m.run(ctx, o)
	switch {
	case errors.Is(err, context.Canceled):
		return interrupted("after %s", plural(m.rows, "kernel"))
	case err != nil:
		return fmt.Errorf("--threads: %w", err)
	case o.json:
		return writeJSON(a.out, report)
	}
	m.picture.end(report, o.threads)
	return m.picture.err
}

// measurement is one under way: a call of a kernel may take seconds, so it runs
// beside, and an interrupt does not wait for it. Once it is heard nothing is
// written any more.
type measurement struct {
	*app
	lock    sync.Mutex // over all below
	picture speedPicture
	status  *statusLine
	rows    int
}

func (m *measurement) run(ctx context.Context, o speedOptions) (*speed.Report, error) {
	began := time.Now()
	c := speed.Config{Threads: o.threads, Only: o.only, Seconds: func() float64 { return time.Since(began).Seconds() }}
	c.Next = func(done, all int, name string) {
		m.tell(ctx, func() {
			m.status.show(time.Now(), func() string { return fmt.Sprintf("%d of %d: %s", done+1, all, name) })
		})
	}
	c.Row = func(r *speed.Row) {
		m.tell(ctx, func() {
			m.rows++
			if !o.json {
				m.status.clear()
				m.picture.row(r)
			}
		})
	}
	type outcome struct {
		report *speed.Report
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		report, err := speed.Run(ctx, c)
		done <- outcome{report, err}
	}()
	var end outcome
	select {
	case end = <-done:
	case <-ctx.Done():
		end.err = ctx.Err()
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.status.clear()
	return end.report, end.err
}

// tell does what is told of a measurement that nobody has interrupted.
func (m *measurement) tell(ctx context.Context, what func()) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if ctx.Err() == nil {
		what()
	}
}

// speedPicture draws rows as they come.
type speedPicture struct {
	out   io.Writer
	bar   string
	begun bool
	err   error
}

// barWidth is how long a bar is at the peak.
const barWidth = 25

func (p *speedPicture) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format, args...)
	}
}

func (p *speedPicture) row(r *speed.Row) {
	if !p.begun {
		p.printf("%-12s %-18s %8s  %4s of peak %*s %8s\n", "kernel", "m x n x k", "GFLOP/s", "%", barWidth-4, "", "x gonum")
		p.begun = true
	}
	bar := strings.Repeat(p.bar, min(int(r.Share*barWidth+0.5), barWidth))
	ratio := ""
	if r.VsGonum != nil {
		ratio = fmt.Sprintf("%.1f", *r.VsGonum)
	}
	line := fmt.Sprintf("%-12s %-18s %8.1f  %4.0f  %-*s %10s", r.Name, speed.Shape(r.M, r.N, r.K), r.GFLOPS, 100*r.Share, barWidth, bar, ratio)
	p.printf("%s\n", strings.TrimRight(line, " "))
}

func (p *speedPicture) end(r *speed.Report, threads int) {
	p.printf("\npeak %.1f GFLOP/s on %s, kernels by %s; a function of one element counts one operation\n", r.Peak, plural(threads, "thread"), kernel.Active())
}
