package cli

import (
	"fmt"
	"io"
	"strings"
)

// checkTeller says what a check found.
type checkTeller interface{ checked(c *checked) error }

// checkWords says it in words.
type checkWords struct{ w io.Writer }

func (t *checkWords) checked(c *checked) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", c.words())
	fmt.Fprintf(&b, "  same as history     %s: %v%s\n", yes(c.tally.ok()), &c.tally, c.asFar())
	fmt.Fprintf(&b, "  same as yesterday   %s: %s\n", yes(c.same()), c.yesterday())
	for _, e := range c.tally.bad {
		fmt.Fprintf(&b, "    act %d, tick %d: %s\n", e.Act, e.Tick, eventWords(&e))
	}
	for _, e := range c.tally.known {
		fmt.Fprintf(&b, "    act %d, tick %d: %s\n", e.Act, e.Tick, eventWords(&e))
	}
	if c.diff != nil {
		fmt.Fprintf(&b, "    %s\n", strings.ReplaceAll(c.diff.Error(), "\n", "\n    "))
		fmt.Fprintf(&b, "    to see it: %s\n", leadsTo(c.source, c.diff))
	}
	_, err := io.WriteString(t.w, b.String())
	return err
}

func yes(v bool) string {
	if v {
		return "yes"
	}
	return "NO"
}

func (c *checked) yesterday() string {
	if c.none {
		return "it has no golden trace; go run . check --update " + c.sc.Name + " makes it"
	}
	if c.diff == nil {
		return plural(c.lines, "line") + " of trace"
	}
	return "the trace differs from " + c.diff.Golden
}

// asFar says where a check ended before the scenario did.
func (c *checked) asFar() string {
	if c.until == 0 {
		return ""
	}
	return fmt.Sprintf(" (each act as far as tick %d; --full goes on)", c.until)
}
