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
		for _, name := range []string{c.Record, c.Minus} {
			if !oneOf(name, records) && (name != "" || name == c.Record) {
				return &Error{p.sc.Name + Ending, 1, fmt.Sprintf("claim: no record %q", name)}
			}
		}
		if c.Band[0] > c.Band[1] || c.Published == "" {
			return &Error{p.sc.Name + Ending, 1, fmt.Sprintf("claim on %s: it needs what was published and a band [LO, HI]", c.Record)}
		}
	}
	for _, v := range p.sc.Header.Varies {
		if !v.moves() || len(v.To) == 0 {
			return &Error{p.sc.Name + Ending, 1, fmt.Sprintf("vary %q: it needs one of set, key and deck, and to", v.Name)}
		}
	}
	return nil
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
