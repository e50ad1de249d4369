package cli

import (
	"bufio"
	"encoding/json"
	"io"
	"strconv"

	"perceptarium/sim"
	"perceptarium/sim/script"
	"perceptarium/sim/trace"
)

// lineJSON is one line of --json; docs/json.md is its schema.
type lineJSON struct {
	Kind     string    `json:"kind"`
	Scenario string    `json:"scenario"`
	Act      int       `json:"act,omitempty"`
	Tick     *sim.Tick `json:"tick,omitempty"`
	Line     int       `json:"line,omitempty"`
	Machine  string    `json:"machine,omitempty"`
	Seed     *uint64   `json:"seed,omitempty"`
	Name     string    `json:"name,omitempty"`
	Form     string    `json:"form,omitempty"`
	Text     *string   `json:"text,omitempty"`
	Is       string    `json:"is,omitempty"`
	Verdict  string    `json:"verdict,omitempty"`
	State    string    `json:"state,omitempty"`
	*diffJSON
	*workJSON
	*doneJSON
}

type diffJSON struct {
	Golden  string   `json:"golden"`
	Probe   string   `json:"probe"`
	Want    string   `json:"want"`
	Got     string   `json:"got"`
	Before  []string `json:"before"`
	Command string   `json:"command,omitempty"`
}

type doneJSON struct {
	OK       bool  `json:"ok"`
	Held     int   `json:"held"`
	Failed   int   `json:"failed"`
	Known    int   `json:"known"`
	Outdated int   `json:"outdated"`
	Broken   int   `json:"broken"`
	Same     *bool `json:"same,omitempty"` // check: the trace is the golden one
}

// reporter tells in JSON Lines.
type reporter struct {
	w     *bufio.Writer
	quiet bool // no narration
}

func newReporter(w io.Writer, quiet bool) *reporter {
	return &reporter{w: bufio.NewWriter(w), quiet: quiet}
}

func (r *reporter) put(v lineJSON) {
	e := json.NewEncoder(r.w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // a failing writer is reported by flush
}

var kindsJSON = map[script.EventKind]string{
	script.ActEvent:    "act",
	script.SayEvent:    "say",
	script.MarkEvent:   "mark",
	script.RecordEvent: "record",
	script.ExpectEvent: "expect",
	script.WaitEvent:   "wait",
	script.FaultEvent:  "fault",
	script.EndEvent:    "end",
}

var verdictsJSON = map[script.Verdict]string{
	script.Held:     "held",
	script.Failed:   "failed",
	script.Known:    "known",
	script.Outdated: "outdated",
}

func (r *reporter) event(s *source, p *script.Player, e *script.Event) {
	if r.quiet && !e.Bad() && e.Verdict != script.Known {
		return
	}
	v := lineJSON{Kind: kindsJSON[e.Kind], Scenario: s.sc.Name, Act: e.Act, Tick: &e.Tick, Line: e.Line}
	switch e.Kind {
	case script.ActEvent:
		seed := p.Bench().Seed()
		v.Form = string(s.sc.Form)
		v.Machine, v.Seed, v.Text = s.sc.Acts[e.Act-1].Machine, &seed, &e.Text
	case script.MarkEvent:
		v.Name, v.State = e.Text, e.Detail
	case script.RecordEvent:
		v.Name, v.Is = e.Text, e.Detail
	case script.EndEvent:
		v.State = e.Detail
	default:
		v.Text, v.Is, v.Verdict = &e.Text, e.Detail, verdictsJSON[e.Verdict]
	}
	r.put(v)
}

// checked implements checkTeller: what is not as expected, the first
// difference, and the tally.
func (r *reporter) checked(c *checked) error {
	for _, e := range append(c.tally.bad, c.tally.known...) {
		r.event(c.source, nil, &e)
	}
	if c.diff != nil {
		r.diff(c.source, c.diff)
	}
	same := c.same()
	done := doneOf(&c.tally)
	done.OK, done.Same = c.ok(), &same
	r.put(lineJSON{Kind: "done", Scenario: c.sc.Name, doneJSON: done})
	return r.flush()
}

func (r *reporter) diff(s *source, d *trace.Diff) {
	v := lineJSON{Kind: "diff", Scenario: s.sc.Name, Act: d.Act, Line: d.Line}
	if at, err := strconv.ParseInt(d.Tick, 10, 64); err == nil {
		v.Tick = new(sim.Tick)
		*v.Tick = sim.Tick(at)
	}
	v.diffJSON = &diffJSON{
		Golden: d.Golden, Probe: d.Probe, Want: d.Want, Got: d.Got,
		Before: append([]string{}, d.Before...), Command: leadsTo(s, d),
	}
	r.put(v)
}

func (r *reporter) work(s *source, w work) {
	if !r.quiet {
		r.put(lineJSON{Kind: "work", Scenario: s.sc.Name, workJSON: w.json()})
	}
}

func (r *reporter) done(s *source, t *tally) {
	r.put(lineJSON{Kind: "done", Scenario: s.sc.Name, doneJSON: doneOf(t)})
}

func doneOf(t *tally) *doneJSON {
	return &doneJSON{OK: t.ok(), Held: t.held, Failed: t.failed, Known: len(t.known), Outdated: t.outdated, Broken: t.broken}
}

func (r *reporter) flush() error { return r.w.Flush() }
