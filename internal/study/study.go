// Package study replays scenarios over many seeds, holds what they recorded
// against what was published, and writes the tables of docs.
//
//	jobs (scenario, seed, moved assumption) -> workers -> results.jsonl -> rows -> tables
//
// Each finished job is one line of JSON in study.jsonl; a study that is run
// again skips what is there. Each job is a whole replay, so that seeds are
// independent of each other and of the number of workers.
package study

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strconv"
	"sync"

	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// Config says what to study.
type Config struct {
	House     scenarios.House
	Scenarios []string // names of scenarios of the house
	Seeds     int      // of each scenario: 1..Seeds
	Moved     int      // seeds of each moved assumption; 0 for none
	Jobs      int      // workers
	Dir       string   // where study.jsonl is
	Seconds   func() float64
	Progress  func(Progress)
}

// Progress is told after each job.
type Progress struct {
	Done, Skipped, All int
	Last               string
}

// Result is what one replay recorded.
type Result struct {
	Scenario string             `json:"scenario"`
	Source   string             `json:"source"` // digest of the scenario's text
	Seed     uint64             `json:"seed"`
	Law      int                `json:"law"`
	Vary     string             `json:"vary,omitempty"` // the assumption that was moved
	To       string             `json:"to,omitempty"`
	Files    bool               `json:"files,omitempty"` // whether there was a folder of data files
	Records  map[string]float64 `json:"records"`
	Failed   int                `json:"failed"` // expectations that did not hold
	Seconds  float64            `json:"seconds"`
}

// key is what makes two results the same job.
func (r *Result) key() string {
	return fmt.Sprintf("%s %s %d %s=%s %t", r.Scenario, r.Source, r.Seed, r.Vary, r.To, r.Files)
}

// job is one replay to do.
type job struct {
	sc *script.Scenario
	Result
}

// Run replays all that is not yet in study.jsonl and returns all results, those
// of earlier runs too. Where ctx ends, it returns what is done and ctx's error.
func Run(ctx context.Context, c Config) ([]Result, error) {
	jobs, err := plan(c)
	if err != nil {
		return nil, err
	}
	log, done, err := openLog(c.Dir)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	s := studying{Config: c, log: log, all: len(jobs)}
	var todo []job
	for _, j := range jobs {
		if r, ok := done[j.key()]; ok {
			s.results = append(s.results, r)
			s.skipped++
			continue
		}
		todo = append(todo, j)
	}
	err = errors.Join(s.run(ctx, todo), ctx.Err())
	return s.results, err
}

func plan(c Config) (jobs []job, err error) {
	for _, name := range c.Scenarios {
		sc, err := scenarios.Load(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		sum := sha256.Sum256(scenarios.Source(name))
		base := Result{Scenario: name, Source: hex.EncodeToString(sum[:8]), Files: c.House.HasFiles()}
		jobs = append(jobs, seeds(sc, base, c.Seeds)...)
		for _, v := range sc.Header.Varies {
			for _, to := range v.To {
				base.Vary, base.To = v.Name, to
				jobs = append(jobs, seeds(sc.Varied(v, to), base, c.Moved)...)
			}
		}
	}
	return jobs, nil
}

func seeds(sc *script.Scenario, base Result, n int) (jobs []job) {
	for i := range n {
		base.Seed = uint64(i) + 1
		jobs = append(jobs, job{sc, base})
	}
	return jobs
}

// studying is a study under way.
type studying struct {
	Config
	log     *log
	mu      sync.Mutex
	results []Result
	skipped int
	all     int
	err     error
}

func (s *studying) run(ctx context.Context, todo []job) error {
	queue := make(chan job)
	var workers sync.WaitGroup
	for range max(s.Jobs, 1) {
		workers.Go(func() {
			for j := range queue {
				s.finish(s.play(ctx, j))
			}
		})
	}
	for _, j := range todo {
		if ctx.Err() != nil {
			break
		}
		queue <- j
	}
	close(queue)
	workers.Wait()
	return s.err
}

func (s *studying) finish(r Result, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		err = s.log.add(r)
	}
	if err != nil {
		if s.err == nil && !errors.Is(err, context.Canceled) {
			s.err = fmt.Errorf("%s, seed %d: %w", r.Scenario, r.Seed, err)
		}
		return
	}
	s.results = append(s.results, r)
	if s.Progress != nil {
		s.Progress(Progress{len(s.results), s.skipped, s.all, r.Scenario})
	}
}

// play replays one scenario to its end, whatever golden_until says.
func (s *studying) play(ctx context.Context, j job) (Result, error) {
	r := j.Result
	r.Records = map[string]float64{}
	began := s.Seconds()
	p, err := script.Open(j.sc, s.House, script.Options{Seed: &r.Seed, Tell: r.note})
	if err != nil {
		return r, err
	}
	pace := func() (sim.Tick, error) { return sliceTicks, ctx.Err() }
	if err := p.Replay(0, pace); err != nil {
		return r, err
	}
	r.Law = p.Law()
	r.Seconds = s.Seconds() - began
	return r, nil
}

// sliceTicks is how often a replay looks whether it shall end.
const sliceTicks = 1 << 14

// note keeps what the scenario recorded and how often it was wrong. Under other
// seeds and moved assumptions an expectation may fail: that is a finding.
func (r *Result) note(e script.Event) {
	switch {
	case e.Kind == script.RecordEvent:
		r.Records[e.Text] = number(e.Detail)
	case e.Bad():
		r.Failed++
	}
}

func number(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}
