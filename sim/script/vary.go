package script

import (
	"fmt"
	"slices"
	"strings"
)

// Varied returns the scenario with one assumption moved: the option of every
// machine line that has it, or the control, set before anything else in every
// act and wherever the script sets it outside repeats before its first run.
func (sc *Scenario) Varied(v Vary, to string) *Scenario {
	moved := *sc
	moved.other = nil
	moved.Acts = slices.Clone(sc.Acts)
	for i := range moved.Acts {
		switch act := &moved.Acts[i]; {
		case v.Key != "":
			act.Options = varyOption(act.Options, v.Key, to, act.Line)
		case v.Deck != "":
			act.Decks = varyDecks(act.Decks, strings.Fields(v.Deck), to)
		default:
			act.Body = varySet(act.Body, v.Set, to, act.Line)
		}
	}
	return &moved
}

func varyOption(options []Option, key, to string, line int) []Option {
	kept := slices.DeleteFunc(slices.Clone(options), func(o Option) bool { return o.Key == key })
	return append(kept, Option{line, key, to})
}

func varyDecks(decks []Deck, settings []string, to string) []Deck {
	moved := slices.Clone(decks)
	for i := range moved {
		d := &moved[i]
		for _, name := range settings {
			if d.File == "" {
				d.Args = varyOption(d.Args, name, to, d.Line)
			}
		}
	}
	return moved
}

func varySet(body []Command, control, to string, line int) []Command {
	moved := []Command{{Line: line, Verb: "set", Name: control, Values: []string{to}}}
	running := false
	for _, c := range body {
		running = running || c.Verb == "run" || c.Verb == "until" || c.Verb == "repeat"
		if running || c.Verb != "set" || c.Name != control || c.Index != "" {
			moved = append(moved, c)
		}
	}
	return moved
}

// checkHeader holds the header's claims against the records of the acts.
func (p *Player) checkHeader() error {
	var records []string
	for _, s := range p.acts {
		records = append(records, s.run.prog.records...)
	}
	for _, c := range p.sc.Header.Claims {
		if name, ok := recorded(records, c.Record, c.Minus); !ok {
			return p.headerError("claim: no record %q", name)
		}
		if c.Band[0] > c.Band[1] || c.Published == "" {
			return p.headerError("claim on %s: it needs what was published and a band [LO, HI]", c.Record)
		}
		if !oneOf(c.Data, []string{"", OnDrawn, OnFiles, OnBoth}) {
			return p.headerError("claim on %s: data is %s, %s or %s, not %q", c.Record, OnDrawn, OnFiles, OnBoth, c.Data)
		}
	}
	for _, s := range p.sc.Header.Spreads {
		if name, ok := recorded(records, s.Record, s.Failed); !ok {
			return p.headerError("distribution: no record %q", name)
		}
		if s.Title == "" || s.Published == "" && s.Figure != 0 {
			return p.headerError("distribution of %s: it needs a title, and beside a figure what was published", s.Record)
		}
	}
	for _, v := range p.sc.Header.Varies {
		if !v.moves() || len(v.To) == 0 {
			return p.headerError("vary %q: it needs one of set, key and deck, and to", v.Name)
		}
	}
	return nil
}

// recorded reports whether there is the record, and the other one where it is
// named at all; else the name of the one that is missing.
func recorded(records []string, name, other string) (missing string, ok bool) {
	switch {
	case !oneOf(name, records):
		return name, false
	case other != "" && !oneOf(other, records):
		return other, false
	}
	return "", true
}

func (p *Player) headerError(format string, args ...any) error {
	return &Error{p.sc.Name + Ending, 1, fmt.Sprintf(format, args...)}
}

// moves reports whether v moves one thing.
func (v Vary) moves() bool {
	n := 0
	for _, what := range []string{v.Set, v.Key, v.Deck} {
		if what != "" {
			n++
		}
	}
	return n == 1
}
