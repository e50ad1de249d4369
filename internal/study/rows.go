package study

import (
	"fmt"
	"math"
	"sort"

	"perceptarium/internal/analysis"
	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

// Row is one claim held against the results.
type Row struct {
	Scenario string
	Title    string
	Claim    script.Claim
	Ours     analysis.Interval
	Verdict  string
	Moved    []Moved
}

// Moved is what became of a claim when an assumption moved.
type Moved struct {
	Vary, To string
	Ours     analysis.Interval
}

// The verdicts of a row.
const (
	Agrees  = "agrees"           // the mean lies in the band
	Touches = "within our error" // the mean does not, but its interval reaches the band
	Differs = "differs"          // the whole interval lies outside
	NotRun  = "not run"          // no result
)

func verdict(i analysis.Interval, band [2]float64) string {
	switch {
	case i.N == 0 || math.IsNaN(i.Mean):
		return NotRun
	case i.Within(band[0], band[1]):
		return Agrees
	case i.Reaches(band[0], band[1]):
		return Touches
	}
	return Differs
}

// Rows judges every claim of these scenarios by the results.
func Rows(names []string, results []Result) ([]Row, error) {
	var rows []Row
	for _, name := range names {
		sc, err := scenarios.Load(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, c := range sc.Header.Claims {
			rows = append(rows, row(sc, c, results))
		}
	}
	sort.SliceStable(rows, func(i, j int) bool { return before(rows[i].Claim.Row, rows[j].Claim.Row) })
	return rows, nil
}

// before orders rows by their number, those without one last.
func before(a, b string) bool {
	var x, y int
	if _, err := fmt.Sscanf(a, "%d", &x); err != nil {
		x = math.MaxInt
	}
	if _, err := fmt.Sscanf(b, "%d", &y); err != nil {
		y = math.MaxInt
	}
	return x < y
}

func row(sc *script.Scenario, c script.Claim, results []Result) Row {
	r := Row{Scenario: sc.Name, Title: sc.Header.Title, Claim: c, Ours: measured(sc.Name, c, results, "", "")}
	r.Verdict = verdict(r.Ours, c.Band)
	for _, v := range sc.Header.Varies {
		for _, to := range v.To {
			if ours := measured(sc.Name, c, results, v.Name, to); ours.N > 0 {
				r.Moved = append(r.Moved, Moved{v.Name, to, ours})
			}
		}
	}
	return r
}

// measured is the claim's figure over the seeds, in the order of the seeds.
func measured(name string, c script.Claim, results []Result, vary, to string) analysis.Interval {
	var list []Result
	for _, r := range results {
		if r.Scenario == name && r.Vary == vary && r.To == to {
			list = append(list, r)
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Seed < list[j].Seed })
	values := make([]float64, len(list))
	for i, r := range list {
		values[i] = r.Records[c.Record] - r.Records[c.Minus]
	}
	return analysis.Mean95(values)
}
