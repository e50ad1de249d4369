package study

import (
	"math"
	"slices"

	"perceptarium/internal/analysis"
	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

// Row is one claim held against a study.
type Row struct {
	Scenario     string
	Form         script.Form // that it is about, of a scenario that has two
	Claim        script.Claim
	Drawn, Files Cell
	Moved        []Moved
}

// Cell is what became of a claim on drawn data, or on data from files.
type Cell struct {
	Ours    analysis.Interval
	Seeds   int    // that were played; Ours is of those that came to a number
	Asked   bool   // the scenario has data of this kind
	Verdict string // empty where the published value is not about these data
}

// Moved is what became of a claim when an assumption moved.
type Moved struct {
	Vary, To string
	Ours     analysis.Interval
}

// The verdicts, from the best to the worst.
const (
	Agrees  = "agrees"           // the mean lies in the band
	Touches = "within our error" // the mean does not, but its interval reaches the band
	Differs = "differs"          // the whole interval lies outside
	NotRun  = "not run"          // no result
)

var verdicts = []string{Agrees, Touches, Differs, NotRun}

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

// Verdict is that of the data that the published value is about; of both, the
// worse one.
func (r *Row) Verdict() string {
	return verdicts[max(slices.Index(verdicts, r.Drawn.Verdict), slices.Index(verdicts, r.Files.Verdict))]
}

// judged is the cell that the verdict is about.
func (r *Row) judged() Cell {
	if r.Files.Verdict != "" {
		return r.Files
	}
	return r.Drawn
}

// Rows judges every claim of a scenario, in each of its forms, by its study; nil
// is one that was not made.
func Rows(sc *script.Scenario, st *Study) []Row {
	rows := rowsOf(sc, st)
	if full := sc.In(true); full.Form == script.Full {
		rows = append(rows, rowsOf(full, st)...)
	}
	return rows
}

func rowsOf(sc *script.Scenario, st *Study) (rows []Row) {
	full, takes := sc.Form == script.Full, scenarios.TakesFiles(sc)
	for _, c := range sc.Header.Claims {
		about := c.Data
		if about == "" {
			about = map[bool]string{true: script.OnFiles, false: script.OnDrawn}[takes]
		}
		r := Row{Scenario: sc.Name, Form: sc.Form, Claim: c}
		r.Drawn = cell(c, st.find(full, false, "", ""), about != script.OnFiles)
		if takes {
			r.Files = cell(c, st.find(full, true, "", ""), about != script.OnDrawn)
		}
		for _, run := range st.moves() {
			if ours := interval(c, &run); ours.N > 0 && !full {
				r.Moved = append(r.Moved, Moved{run.Vary, run.To, ours})
			}
		}
		rows = append(rows, r)
	}
	return rows
}

func (st *Study) moves() []Series {
	if st == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(st.Runs), func(run Series) bool { return !run.moved() })
}

func cell(c script.Claim, run *Series, judged bool) Cell {
	k := Cell{Ours: interval(c, run), Asked: true}
	if run != nil {
		k.Seeds = run.Seeds
	}
	if judged {
		k.Verdict = verdict(k.Ours, c.Band)
	}
	return k
}

// interval is the claim's figure over the seeds of a run. A share of runs has
// the interval of a share, any other figure that of a mean.
func interval(c script.Claim, run *Series) analysis.Interval {
	values := run.values(c.Record, c.Minus, "")
	if c.Unit == script.ShareOfRuns && c.Minus == "" {
		return analysis.Share95(values)
	}
	return analysis.Mean95(values)
}
