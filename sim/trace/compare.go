package trace

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// before is how many lines a Diff shows ahead of the difference.
const before = 5

// Comparer is a Writer's destination that compares instead of keeping: each
// line is held against the next one of a golden trace, and the first difference
// is returned as a *Diff from Write, or from Close.
type Comparer struct {
	name  string
	want  *bufio.Scanner
	n     int
	act   int
	past  []string
	found *Diff
}

// NewComparer compares with the golden trace that is read from want; name is
// what the difference calls it.
func NewComparer(name string, want io.Reader) *Comparer {
	c := &Comparer{name: name, want: bufio.NewScanner(want)}
	c.want.Buffer(nil, lineBytesMax)
	return c
}

// Write compares whole lines; a Writer writes nothing else.
func (c *Comparer) Write(p []byte) (int, error) {
	for _, got := range strings.Split(strings.TrimSuffix(string(p), "\n"), "\n") {
		if c.found == nil {
			c.line(got)
		}
	}
	if c.found != nil {
		return 0, c.found
	}
	return len(p), nil
}

func (c *Comparer) line(got string) {
	want, ok := c.next()
	if !ok {
		want = ""
	}
	if f := strings.Fields(got); len(f) > 1 && f[0] == "act" {
		c.act, _ = strconv.Atoi(f[1])
	}
	if want != got {
		c.found = c.diff(want, got)
	}
	c.past = append(c.past, got)
	if len(c.past) > before {
		c.past = c.past[1:]
	}
}

func (c *Comparer) next() (string, bool) {
	if !c.want.Scan() {
		return "", false
	}
	c.n++
	return strings.TrimSuffix(c.want.Text(), "\r"), true
}

// Close reports what the golden trace says beyond the end of what was written.
func (c *Comparer) Close() error {
	if c.found == nil {
		if want, ok := c.next(); ok {
			c.found = c.diff(want, "")
		}
	}
	if c.found == nil && c.want.Err() != nil {
		return fmt.Errorf("%s:%d: %w", c.name, c.n+1, c.want.Err())
	}
	if c.found == nil {
		return nil
	}
	return c.found
}

// Diff is the first difference between a trace and a golden one.
type Diff struct {
	Golden    string // the golden trace's name
	Line      int    // in the golden trace
	Act       int    // 0 in the head
	Tick      string
	Probe     string // or "mark NAME", "record NAME"
	Want, Got string // values; "nothing" where the other one says more
	Before    []string
}

func (c *Comparer) diff(want, got string) *Diff {
	d := &Diff{Golden: c.name, Line: max(c.n, 1), Act: c.act, Before: append([]string(nil), c.past...)}
	wantTick, wantWhat, wantValue := split(want)
	gotTick, gotWhat, gotValue := split(got)
	d.Tick, d.Probe, d.Want, d.Got = gotTick, gotWhat, wantValue, gotValue
	if wantTick == gotTick && wantWhat == gotWhat {
		return d
	}
	// One of the two says something that the other does not: the earlier line
	// is where they part.
	if gotTick == "" || less(wantTick, gotTick) {
		d.Tick, d.Probe = wantTick, wantWhat
	}
	d.Want, d.Got = orNothing(want), orNothing(got)
	return d
}

func less(a, b string) bool {
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	return errX == nil && errY == nil && x < y
}

func orNothing(line string) string {
	if line == "" {
		return "nothing"
	}
	return strings.Join(strings.Fields(line), " ")
}

// split takes a line apart: tick, what it is about, value.
func split(line string) (tick, what, value string) {
	f := strings.Fields(line)
	switch {
	case len(f) == 0:
		return "", "", "nothing"
	case f[0] == "end" && len(f) == 3:
		return f[1], "end", f[1] + " " + f[2]
	case len(f) > 3 && (f[1] == "mark" || f[1] == "record"):
		return f[0], f[1] + " " + f[2], strings.Join(f[3:], " ")
	case len(f) > 2 && f[0] != "act":
		return f[0], f[1], strings.Join(f[2:], " ")
	}
	return "", "head", line
}

// Error says where they part, and what stood before.
func (d *Diff) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d: first difference", d.Golden, d.Line)
	if d.Tick != "" {
		fmt.Fprintf(&b, " in act %d at tick %s, %s", d.Act, d.Tick, d.Probe)
	}
	fmt.Fprintf(&b, "\n  want  %s\n  got   %s\n", d.Want, d.Got)
	if len(d.Before) > 0 {
		b.WriteString("  before it:\n")
		for _, line := range d.Before {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
