// Package speed measures how fast the kernels of the tensor core are on this
// processor: as a share of its peak, and beside gonum's on the same shapes. The
// peak is that of a loop of multiply-adds on registers alone, under the fastest
// implementation.
//
// Kernel, gonum and peak are timed in turn, so that whatever else the processor
// does meets all three; shares and ratios are medians over the rounds.
package speed

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"perceptarium/modern/kernel"
)

// Row is what was measured of one kernel on one shape.
type Row struct {
	Name    string   `json:"name"`
	M       int      `json:"m"`
	N       int      `json:"n"`
	K       int      `json:"k"`
	Impl    string   `json:"impl"`
	Threads int      `json:"threads"`
	GFLOPS  float64  `json:"gflops"`        // 1e9 operations a second; of a function of one element, an operation each
	Share   float64  `json:"share_of_peak"` // of the peak on as many threads
	VsGonum *float64 `json:"vs_gonum"`      // the rate over gonum's; nil where gonum has no such kernel
}

// Report is a whole measurement.
type Report struct {
	Peak float64 `json:"peak_gflops"` // on Threads threads
	Rows []Row   `json:"rows"`
}

// Config says how to measure, and whom to tell.
type Config struct {
	Threads int
	Only    string                             // the name of a kernel; "" is all
	Seconds func() float64                     // the host's clock
	Next    func(done, all int, kernel string) // before each kernel
	Row     func(r *Row)                       // after each kernel
}

// A batch lasts batchSeconds at least, one of the peak peakShare of it: short
// enough that most are not held up by other work of the processor. A round is a
// batch of each; where a single call takes seconds, there are fewer. The loop of
// multiply-adds goes round peakTurns times in a call.
const (
	batchSeconds   = 2e-3
	peakShare      = 0.5
	longSeconds    = 20e-3
	longestSeconds = 1.0
	rounds         = 15
	roundsLong     = 5
	peakTurns      = 2_000
)

// Run measures every kernel in turn, on threads of the processor's own: it sets
// GOMAXPROCS meanwhile. Where ctx ends it stops after the batch under way, and
// returns what it has and the reason.
func Run(ctx context.Context, c Config) (*Report, error) {
	if c.Threads < 1 || c.Threads > runtime.NumCPU() {
		return nil, fmt.Errorf("%d threads; this processor has 1 to %d", c.Threads, runtime.NumCPU())
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(c.Threads))
	m := meter{Config: c, ctx: ctx}
	var list []job
	for _, j := range jobs() {
		if c.Only == "" || c.Only == j.name {
			list = append(list, j)
		}
	}
	report := &Report{Rows: []Row{}}
	for i, j := range list {
		if c.Next != nil {
			c.Next(i, len(list), j.title())
		}
		row, err := m.measure(j)
		if err != nil {
			return report, err
		}
		report.Rows = append(report.Rows, row)
		report.Peak = median(m.peaks)
		if c.Row != nil {
			c.Row(&row)
		}
	}
	return report, nil
}

// meter times batches.
type meter struct {
	Config
	ctx   context.Context
	peaks []float64 // GFLOP/s
}

// contender is what is timed: calls of run, n in a batch.
type contender struct {
	run     func()
	flops   float64 // of a call
	seconds float64 // that a batch lasts at least
	n       int
	rate    float64 // of the last batch, in GFLOP/s
	call    float64 // seconds that a call took on average
}

// measure times a kernel, its peer and the peak in turn. A first round finds the
// lengths of batches and counts for nothing.
func (m *meter) measure(j job) (Row, error) {
	run, peer := j.make()
	own := contender{run: run, flops: j.flops, seconds: batchSeconds}
	other := contender{run: peer, flops: j.flops, seconds: batchSeconds}
	top := contender{run: m.peak, flops: m.peakFlops(), seconds: batchSeconds * peakShare}
	var rates, shares, ratios []float64
	for i, most := -1, rounds; i < most; i++ {
		for _, c := range []*contender{&own, &other, &top} {
			if m.ctx.Err() != nil {
				return Row{}, m.ctx.Err()
			}
			m.time(c)
		}
		if i < 0 {
			continue
		}
		most = roundsFor(max(own.call, other.call))
		rates, shares, ratios = append(rates, own.rate), append(shares, own.rate/top.rate), append(ratios, own.rate/other.rate)
		m.peaks = append(m.peaks, top.rate)
	}
	row := Row{Name: j.name, M: j.m, N: j.n, K: j.k, Impl: kernel.Active(), Threads: m.Threads, GFLOPS: median(rates), Share: median(shares)}
	if peer != nil {
		r := median(ratios)
		row.VsGonum = &r
	}
	return row, nil
}

// roundsFor is how many rounds there are where a single call takes so long.
func roundsFor(seconds float64) int {
	switch {
	case seconds > longestSeconds:
		return 1
	case seconds > longSeconds:
		return roundsLong
	}
	return rounds
}

// time calls a contender a batch long, the first time with more and more calls
// until that is long enough.
func (m *meter) time(c *contender) {
	grow := c.n == 0
	for c.n = max(c.n, 1); c.run != nil; c.n *= 2 {
		from := m.Seconds()
		for range c.n {
			c.run()
		}
		took := max(m.Seconds()-from, 1e-9)
		c.rate = c.flops * float64(c.n) / took / 1e9
		c.call = took / float64(c.n)
		if !grow || took >= c.seconds {
			return
		}
	}
}

// peak runs the loop of multiply-adds on all threads at once.
func (m *meter) peak() {
	defer fastest()()
	var all sync.WaitGroup
	for range m.Threads - 1 {
		all.Go(func() { kernel.PeakLoop(peakTurns) })
	}
	kernel.PeakLoop(peakTurns)
	all.Wait()
}

func (m *meter) peakFlops() float64 {
	defer fastest()()
	return float64(m.Threads) * float64(kernel.PeakLoop(peakTurns))
}

// fastest chooses the fastest implementation, whose peak is the processor's,
// and returns what goes back to the one in use.
func fastest() (back func()) {
	used := kernel.Active()
	choose := func(name string) {
		if err := kernel.Force(name); err != nil {
			panic(err) // it was in use
		}
	}
	choose("")
	return func() { choose(used) }
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	if len(sorted) == 0 {
		return 0
	}
	return sorted[len(sorted)/2]
}
