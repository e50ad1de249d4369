package study

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"perceptarium/sim/script"
)

// Study is what a scenario's replays recorded. It is kept beside its page.
type Study struct {
	Scenario string   `json:"scenario"`
	Acts     string   `json:"acts"`                // digest of the scenario's essence
	FullActs string   `json:"full_acts,omitempty"` // that of its full form
	Law      int      `json:"law"`
	Runs     []Series `json:"runs"`
}

// Series is a scenario replayed with seeds 1 to Seeds on the same data.
type Series struct {
	Full    bool                `json:"full,omitempty"`  // the full form
	Files   bool                `json:"files,omitempty"` // its data came from files
	Vary    string              `json:"vary,omitempty"`  // the assumption that was moved
	To      string              `json:"to,omitempty"`
	Seeds   int                 `json:"seeds"`
	Cut     int                 `json:"cut,omitempty"` // acts that ended early, over all seeds
	Seconds float64             `json:"seconds"`       // of processor time, all seeds together
	Records map[string][]Number `json:"records"`       // by seed; no number where a replay did not come so far
}

// Gather makes a study of a scenario's results. Where assumptions are moved it
// keeps what the claims speak of.
func Gather(sc *script.Scenario, results []Result) *Study {
	st := &Study{Scenario: sc.Name}
	var claimed []string
	for _, c := range sc.Header.Claims {
		claimed = append(claimed, c.Record, c.Minus)
	}
	results = sorted(slices.Clone(results))
	for _, r := range results {
		if r.Scenario != sc.Name {
			continue
		}
		if st.Law = r.Law; r.Full {
			st.FullActs = r.Acts
		} else {
			st.Acts = r.Acts
		}
		st.series(&r).take(&r, claimed)
	}
	for i := range st.Runs {
		st.Runs[i].Seconds = math.Round(st.Runs[i].Seconds*1e3) / 1e3
	}
	st.order(sc.Header.Varies)
	return st
}

// order sorts the series: short before full, drawn before files, then as the
// assumptions are moved.
func (st *Study) order(varies []script.Vary) {
	place := map[string]int{}
	for _, v := range varies {
		for _, to := range v.To {
			place[v.Name+"="+to] = 4 + len(place)
		}
	}
	at := func(run *Series) int {
		if run.moved() {
			return place[run.Vary+"="+run.To]
		}
		n := 0
		if run.Full {
			n = 2
		}
		if run.Files {
			n++
		}
		return n
	}
	slices.SortStableFunc(st.Runs, func(a, b Series) int { return at(&a) - at(&b) })
}

func (r *Series) moved() bool { return r.Vary != "" }

// series is the one that a result belongs to.
func (st *Study) series(r *Result) *Series {
	if found := st.find(r.Full, r.Files, r.Vary, r.To); found != nil {
		return found
	}
	st.Runs = append(st.Runs, Series{Full: r.Full, Files: r.Files, Vary: r.Vary, To: r.To, Records: map[string][]Number{}})
	return &st.Runs[len(st.Runs)-1]
}

func (st *Study) find(full, files bool, vary, to string) *Series {
	if st == nil {
		return nil
	}
	for i := range st.Runs {
		if run := &st.Runs[i]; run.Full == full && run.Files == files && run.Vary == vary && run.To == to {
			return run
		}
	}
	return nil
}

// take adds a seed. A record that the seed did not come to has no number.
func (run *Series) take(r *Result, claimed []string) {
	for name := range r.Records {
		if _, ok := run.Records[name]; !ok && (!run.moved() || slices.Contains(claimed, name)) {
			run.Records[name] = slices.Repeat([]Number{Number(math.NaN())}, run.Seeds)
		}
	}
	for name, list := range run.Records {
		v, ok := r.Records[name]
		if !ok {
			v = Number(math.NaN())
		}
		run.Records[name] = append(list, v)
	}
	run.Seeds++
	run.Cut += r.Cut
	run.Seconds += r.Seconds
}

// values are a record's over the seeds, less another's where that is named.
// Seeds without a number are left out, and so are those in which the record
// failed is not 0, where that is named.
func (run *Series) values(record, minus, failed string) (list []float64) {
	if run == nil {
		return nil
	}
	for i, n := range run.Records[record] {
		v := float64(n)
		if minus != "" {
			v -= run.at(minus, i)
		}
		if !math.IsNaN(v) && (failed == "" || run.at(failed, i) == 0) {
			list = append(list, v)
		}
	}
	return list
}

func (run *Series) at(record string, i int) float64 {
	if list := run.Records[record]; i < len(list) {
		return float64(list[i])
	}
	return math.NaN()
}

// KeepOld takes over from an older study of the same acts what this one was made
// without: files of data, or the full form.
func (st *Study) KeepOld(old *Study, sc *script.Scenario) {
	if old == nil {
		return
	}
	for _, run := range old.Runs {
		if run.moved() || st.find(run.Full, run.Files, "", "") != nil {
			continue
		}
		if run.Full && st.FullActs == "" {
			st.FullActs = old.FullActs
		}
		if st.Acts == old.Acts && (!run.Full || st.FullActs == old.FullActs) {
			st.Runs = append(st.Runs, run)
		}
	}
	st.order(sc.Header.Varies)
}

// only leaves out of a study what is not of these acts.
func (st *Study) only(acts, fullActs string) {
	st.Runs = slices.DeleteFunc(st.Runs, func(run Series) bool {
		return run.Full && st.FullActs != fullActs || !run.Full && st.Acts != acts
	})
}

// Encode writes a study, a line for each run.
func (st *Study) Encode() ([]byte, error) {
	head, err := json.Marshal(struct {
		*Study
		Runs *int `json:"runs,omitempty"`
	}{Study: st})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Write(bytes.TrimSuffix(head, []byte("}")))
	b.WriteString(",\"runs\":[")
	for i := range st.Runs {
		line, err := json.Marshal(&st.Runs[i])
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n")
		b.Write(line)
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}

// Decode reads what Encode wrote.
func Decode(data []byte) (*Study, error) {
	st := new(Study)
	if err := json.Unmarshal(data, st); err != nil {
		return nil, fmt.Errorf("not a study: %w", err)
	}
	return st, nil
}
