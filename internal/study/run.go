package study

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// Outcome is what a study found.
type Outcome struct {
	Results []Result         // those of earlier runs too
	Failed  map[string]error // scenarios that could not be replayed, and why
}

// Run replays all that is not yet in study.jsonl. A scenario that cannot be
// replayed loses no other one. Where ctx ends, Run returns what is done and
// ctx's error.
func Run(ctx context.Context, c Config) (Outcome, error) {
	out := Outcome{Failed: map[string]error{}}
	jobs, err := plan(c)
	if err != nil {
		return out, err
	}
	log, done, err := openLog(c.Dir)
	if err != nil {
		return out, err
	}
	defer log.Close()
	s := studying{Config: c, log: log, queue: newQueue(), all: len(jobs), out: out}
	for _, r := range done {
		s.queue.learn(&r)
	}
	for _, j := range jobs {
		if r, ok := done[j.key()]; ok {
			s.out.Results = append(s.out.Results, r)
			s.skipped++
			continue
		}
		s.queue.add(j)
	}
	s.run(ctx)
	return s.out, errors.Join(s.err, ctx.Err())
}

// studying is a study under way.
type studying struct {
	Config
	log     *log
	mu      sync.Mutex // for all below
	queue   *queue
	out     Outcome
	skipped int
	all     int
	spent   float64
	err     error // the log cannot be written
}

func (s *studying) run(ctx context.Context) {
	var workers sync.WaitGroup
	for range max(s.Jobs, 1) {
		workers.Go(func() {
			runtime.LockOSThread() // so that Seconds counts this replay alone
			defer runtime.UnlockOSThread()
			for ctx.Err() == nil {
				j, ok := s.take()
				if !ok {
					return
				}
				s.finish(s.play(ctx, j))
			}
		})
	}
	workers.Wait()
}

func (s *studying) take() (job, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return job{}, false
	}
	return s.queue.take()
}

func (s *studying) finish(r Result, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.learn(&r)
	switch {
	case errors.Is(err, context.Canceled):
		return
	case err != nil:
		s.all -= s.queue.drop(r.Scenario) + 1
		if s.out.Failed[r.Scenario] == nil {
			s.out.Failed[r.Scenario] = fmt.Errorf("%s, seed %d: %w", r.Scenario, r.Seed, err)
		}
		return
	}
	if err := s.log.add(r); err != nil {
		s.err = err
		return
	}
	s.spent += r.Seconds
	s.out.Results = append(s.out.Results, r)
	if s.Progress != nil {
		s.Progress(Progress{len(s.out.Results), s.skipped, s.all, r.Scenario, s.spent, s.queue.left()})
	}
}

// play replays one scenario to its end, whatever golden_until says.
func (s *studying) play(ctx context.Context, j job) (Result, error) {
	r := j.Result
	r.Records = map[string]Number{}
	began := s.Seconds()
	p, err := script.Open(j.sc, j.house, script.Options{Seed: &r.Seed, Tell: r.note})
	if err != nil {
		return r, err
	}
	if err := p.Replay(0, pace(ctx)); err != nil {
		return r, err
	}
	r.Law = p.Law()
	r.Seconds = s.Seconds() - began
	return r, nil
}

// sliceMax is about how long a replay goes on before it looks whether it shall
// end.
const sliceMax = 100 * time.Millisecond

func pace(ctx context.Context) func() (sim.Tick, error) {
	ticks, began := sim.Tick(64), time.Now()
	return func() (sim.Tick, error) {
		now := time.Now()
		if now.Sub(began) < sliceMax/2 {
			ticks = min(2*ticks, script.TicksMax)
		} else if now.Sub(began) > sliceMax {
			ticks = max(ticks/2, 1)
		}
		began = now
		return ticks, ctx.Err()
	}
}
