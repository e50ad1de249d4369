// Package study replays scenarios over many seeds, holds what they recorded
// against what was published, and writes the pages of docs.
//
//	jobs (scenario, data, moved assumption, seed) -> workers -> study.jsonl
//	  -> a Study of each scenario (docs/replications/results) -> rows -> pages
//
// Each finished job is one line of JSON in study.jsonl; a study that is run
// again skips what is there. Each job is a whole replay on one thread, so that
// seeds are independent of each other and of the number of workers. Pages are
// made of studies and of the scenarios' headers alone: the same studies always
// give the same pages.
package study

import (
	"fmt"
	"math"
	"strconv"

	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

// Config says what to study.
type Config struct {
	House     scenarios.House // with files of data, or without
	Scenarios []string        // names of scenarios of the house
	Short     bool            // leave the full forms of scenarios out
	Seeds     int             // of each scenario at least: 1..Seeds
	Moved     int             // seeds of each moved assumption; 0 for none
	Jobs      int             // workers
	Dir       string          // where study.jsonl is
	Seconds   func() float64  // processor time of the calling thread
	Progress  func(Progress)
}

// Progress is told after each job.
type Progress struct {
	Done, Skipped, All int
	Last               string
	Spent, Left        float64 // seconds of processor time: in this run, and still to come as far as one knows
}

// Result is what one replay recorded.
type Result struct {
	Scenario string            `json:"scenario"`
	Acts     string            `json:"acts"`           // digest of what decides the result: see Essence
	Full     bool              `json:"full,omitempty"` // in the full form of a scenario that has two
	Seed     uint64            `json:"seed"`
	Law      int               `json:"law"`
	Vary     string            `json:"vary,omitempty"` // the assumption that was moved
	To       string            `json:"to,omitempty"`
	Files    bool              `json:"files,omitempty"` // whether its data came from files
	Records  map[string]Number `json:"records"`
	Cut      int               `json:"cut,omitempty"` // acts that ended early: a wait ran out, or the machine held
	Seconds  float64           `json:"seconds"`       // of processor time
}

// key is what makes two results the same job.
func (r *Result) key() string {
	return fmt.Sprintf("%s %s %d %s=%s %t %t", r.Scenario, r.Acts, r.Seed, r.Vary, r.To, r.Files, r.Full)
}

// Number is a float64 that JSON writes as null where it is no finite number.
type Number float64

// MarshalJSON implements json.Marshaler.
func (n Number) MarshalJSON() ([]byte, error) {
	if v := float64(n); math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, float64(n), 'g', -1, 64), nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *Number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = Number(math.NaN())
		return nil
	}
	v, err := strconv.ParseFloat(string(text), 64)
	*n = Number(v)
	return err
}

// job is one replay to do.
type job struct {
	sc    *script.Scenario
	house scenarios.House
	Result
}

// plan lists the replays of a study: each scenario in each of its forms with
// drawn data, and with files of data where it takes them and they are here.
// Assumptions are moved in the short form, with the files then, else with drawn
// data. How many seeds a scenario asks for is said of its short form.
func plan(c Config) (jobs []job, err error) {
	for _, name := range c.Scenarios {
		sc, err := scenarios.Load(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		last, list := c.both(sc, false, max(c.Seeds, sc.Header.Seeds))
		jobs = append(jobs, list...)
		if full := sc.In(true); full.Form == script.Full && !c.Short {
			_, list := c.both(full, true, c.Seeds)
			jobs = append(jobs, list...)
		}
		for _, v := range sc.Header.Varies {
			for _, to := range v.To {
				moved := last
				moved.sc, moved.Vary, moved.To = sc.Varied(v, to), v.Name, to
				jobs = append(jobs, moved.seeds(c.Moved)...)
			}
		}
	}
	return jobs, nil
}

// both lists the replays of one form, with drawn data and with files; last is
// the kind of those that come last.
func (c Config) both(sc *script.Scenario, full bool, n int) (last job, jobs []job) {
	last = job{sc: sc, Result: Result{Scenario: sc.Name, Full: full, Acts: Digest(scenarios.Source(sc.Name), full)}}
	jobs = last.seeds(n)
	if c.House.Takes(sc) {
		last.house, last.Files = c.House, true
		jobs = append(jobs, last.seeds(n)...)
	}
	return last, jobs
}

func (j job) seeds(n int) (jobs []job) {
	for i := range n {
		j.Seed = uint64(i) + 1
		jobs = append(jobs, j)
	}
	return jobs
}

// note keeps what the scenario recorded, and how often it ended early. Under
// other seeds and moved assumptions an expectation may fail; that is not kept:
// what a study judges are the claims.
func (r *Result) note(e script.Event) {
	switch e.Kind {
	case script.RecordEvent:
		r.Records[e.Text] = number(e.Detail)
	case script.WaitEvent, script.FaultEvent:
		r.Cut++
	}
}

func number(text string) Number {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return Number(math.NaN())
	}
	return Number(v)
}
