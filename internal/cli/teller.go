package cli

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"perceptarium/sim/script"
)

// teller says what happens in a replay: in words, or as JSON Lines.
type teller interface {
	event(s *source, p *script.Player, e *script.Event)
	work(s *source, w work)
	done(s *source, t *tally)
	flush() error
}

// tally counts how the expectations of a scenario went.
type tally struct {
	held, failed, outdated int
	broken                 int            // waits that ran out, faults
	known, bad             []script.Event // what to list
}

func (t *tally) count(e *script.Event) {
	if e.Bad() {
		t.bad = append(t.bad, *e)
	}
	switch {
	case e.Kind == script.WaitEvent || e.Kind == script.FaultEvent:
		t.broken++
	case e.Verdict == script.Held:
		t.held++
	case e.Verdict == script.Failed:
		t.failed++
	case e.Verdict == script.Outdated:
		t.outdated++
	case e.Verdict == script.Known:
		t.known = append(t.known, *e)
	}
}

func (t *tally) ok() bool { return t.failed+t.outdated+t.broken == 0 }

// String is the tally in one line.
func (t *tally) String() string {
	if t.ok() && t.held+len(t.known) == 0 {
		return "nothing is expected"
	}
	parts := []string{plural(t.held, "expectation") + " held"}
	add := func(n int, text string) {
		if n > 0 {
			parts = append(parts, text)
		}
	}
	add(len(t.known), plural(len(t.known), "known difference"))
	add(t.failed, fmt.Sprintf("%d FAILED", t.failed))
	add(t.outdated, fmt.Sprintf("%d no longer a difference", t.outdated))
	add(t.broken, fmt.Sprintf("%s ended early", plural(t.broken, "act")))
	return strings.Join(parts, ", ")
}

// narrator tells in words.
type narrator struct {
	w         *bufio.Writer
	quiet     bool // only what is bad
	paragraph []string
	at        int64
}

func newNarrator(w io.Writer, quiet bool) *narrator {
	return &narrator{w: bufio.NewWriter(w), quiet: quiet}
}

// textWidth is where narration wraps; its first columns are the tick.
const (
	textWidth   = 80
	tickColumns = 9
)

func (n *narrator) event(s *source, p *script.Player, e *script.Event) {
	if e.Kind != script.SayEvent || e.Text == "" || int64(e.Tick) != n.at {
		n.endParagraph()
	}
	if n.quiet && !e.Bad() {
		return
	}
	n.at = int64(e.Tick)
	switch e.Kind {
	case script.ActEvent:
		n.head(s, p, e)
	case script.SayEvent:
		if e.Text != "" {
			n.paragraph = append(n.paragraph, e.Text)
		}
	default:
		fmt.Fprintf(n.w, "%*d  %s\n", tickColumns, e.Tick, eventWords(e))
	}
}

func (n *narrator) head(s *source, p *script.Player, e *script.Event) {
	if e.Act == 1 {
		h := s.sc.Header
		fmt.Fprintf(n.w, "%s (%d)\n", h.Title, h.Year)
		if s.sc.Form == script.Full {
			fmt.Fprintf(n.w, "full form: %s\n", h.Full)
		}
	}
	if p.Acts() > 1 {
		fmt.Fprintf(n.w, "act %d of %d: ", e.Act, p.Acts())
	}
	fmt.Fprintf(n.w, "%s, seed %d\n", e.Text, p.Bench().Seed())
}

// eventWords says an event in a line.
func eventWords(e *script.Event) string {
	switch e.Kind {
	case script.MarkEvent:
		return fmt.Sprintf("mark %s, state %s", e.Text, e.Detail)
	case script.RecordEvent:
		return fmt.Sprintf("record %s = %s", e.Text, e.Detail)
	case script.ExpectEvent:
		return fmt.Sprintf("line %d expects %s: %v, it is %s", e.Line, e.Text, e.Verdict, e.Detail)
	case script.WaitEvent:
		return fmt.Sprintf("line %d waits for %s: FAILED, %s", e.Line, e.Text, e.Detail)
	case script.FaultEvent:
		return fmt.Sprintf("line %d: FAILED, the machine holds: %s", e.Line, e.Text)
	}
	return "end, state " + e.Detail
}

// endParagraph writes what was said since, beside its tick.
func (n *narrator) endParagraph() {
	if len(n.paragraph) == 0 {
		return
	}
	margin := fmt.Sprintf("%*d  ", tickColumns, n.at)
	for _, line := range wrap(strings.Join(n.paragraph, " "), textWidth-len(margin)) {
		fmt.Fprintf(n.w, "%s%s\n", margin, line)
		margin = strings.Repeat(" ", len(margin))
	}
	n.paragraph = nil
}

// work tells what was computed, and what it would have taken.
func (n *narrator) work(_ *source, w work) {
	n.endParagraph()
	if n.quiet {
		return
	}
	margin := fmt.Sprintf("%*s  ", tickColumns, "work")
	for i, line := range w.lines() {
		if i == 1 {
			margin = fmt.Sprintf("%*s  ", tickColumns, "on")
		}
		for _, part := range wrap(line, textWidth-len(margin)) {
			fmt.Fprintf(n.w, "%s%s\n", margin, part)
			margin = strings.Repeat(" ", len(margin))
		}
	}
}

func (n *narrator) done(s *source, t *tally) {
	n.endParagraph()
	fmt.Fprintf(n.w, "%s: %v\n", s.words(), t)
}

func (n *narrator) flush() error {
	n.endParagraph()
	return n.w.Flush()
}
