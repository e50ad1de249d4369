package trace

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"perceptarium/sim"
)

// Trace is a trace that was read.
type Trace struct {
	Law      int
	Scenario string
	Form     string // "" where it is the short one, or there is one only
	Acts     []Act
}

// Act is one act of a trace.
type Act struct {
	Machine string
	Seed    uint64
	Lines   []Line
	End     sim.Tick
	Digest  string
}

// Line is one line of an act: What is a probe, "mark NAME" or "record NAME".
type Line struct {
	At          sim.Tick
	What, Value string
}

// lineBytesMax is the longest line that is read: 32 values and a quoted text
// stay far below it.
const lineBytesMax = 1 << 16

// Read reads a whole trace. name is what errors call it; they say NAME:LINE.
func Read(name string, src io.Reader) (*Trace, error) {
	r := reader{scan: bufio.NewScanner(src), t: &Trace{}}
	r.scan.Buffer(nil, lineBytesMax)
	err := r.head()
	for err == nil && r.next() {
		if form, ok := strings.CutPrefix(r.text, "form "); ok && len(r.t.Acts) == 0 && r.t.Form == "" && form != "" {
			r.t.Form = form
			continue
		}
		err = r.act()
	}
	if err == nil && len(r.t.Acts) == 0 {
		err = errors.New("truncated: a trace has at least one act")
	}
	if scanErr := r.scan.Err(); scanErr != nil {
		err = scanErr
	}
	if err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, max(r.n, 1), err)
	}
	return r.t, nil
}

type reader struct {
	scan *bufio.Scanner
	n    int
	text string
	t    *Trace
}

func (r *reader) next() bool {
	if !r.scan.Scan() {
		return false
	}
	r.n++
	r.text = strings.TrimSuffix(r.scan.Text(), "\r")
	return true
}

func (r *reader) head() error {
	if !r.next() || r.text != fmt.Sprintf("trace %d", Version) {
		return fmt.Errorf("not a trace of version %d: its first line must be \"trace %d\"", Version, Version)
	}
	more := r.next()
	if law, ok := strings.CutPrefix(r.text, "law "); more && ok {
		n, err := strconv.Atoi(law)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is not the number of a law", law)
		}
		r.t.Law = n
		more = r.next()
	}
	name, ok := strings.CutPrefix(r.text, "scenario ")
	if !more || !ok || name == "" {
		return errors.New("want \"scenario NAME\"")
	}
	r.t.Scenario = name
	return nil
}

func (r *reader) act() error {
	f := strings.Fields(r.text)
	if len(f) != 6 || f[0] != "act" || f[1] != strconv.Itoa(len(r.t.Acts)+1) || f[2] != "machine" || f[4] != "seed" {
		return fmt.Errorf("want \"act %d machine NAME seed N\", not %q", len(r.t.Acts)+1, r.text)
	}
	seed, err := strconv.ParseUint(f[5], 10, 64)
	if err != nil {
		return fmt.Errorf("%q is not a seed", f[5])
	}
	a := Act{Machine: f[3], Seed: seed}
	for r.next() {
		if strings.HasPrefix(r.text, "end ") {
			err = a.end(r.text)
			r.t.Acts = append(r.t.Acts, a)
			return err
		}
		if err = a.line(r.text); err != nil {
			return err
		}
	}
	return fmt.Errorf("truncated: act %d has no end", len(r.t.Acts)+1)
}

// digest is how a Writer writes one.
var digest = regexp.MustCompile(fmt.Sprintf(`^sha256:[0-9a-f]{%d}$`, 2*digestBytes))

func (a *Act) end(text string) error {
	f := strings.Fields(text)
	if len(f) != 3 || !digest.MatchString(f[2]) {
		return fmt.Errorf("want \"end TICK sha256:DIGEST\" with %d hexadecimal digits, not %q", 2*digestBytes, text)
	}
	var err error
	a.End, err = a.tick(f[1])
	a.Digest = f[2]
	return err
}

func (a *Act) line(text string) error {
	at, rest, _ := strings.Cut(text, " ")
	tick, err := a.tick(at)
	if err != nil {
		return err
	}
	what, value, ok := strings.Cut(strings.TrimLeft(rest, " "), " ")
	value = strings.TrimLeft(value, " ")
	if what == "mark" || what == "record" {
		var name string
		name, value, ok = strings.Cut(value, " ")
		what, value = what+" "+name, strings.TrimLeft(value, " ")
	}
	if !ok || value == "" {
		return fmt.Errorf("want \"TICK PROBE VALUE\", not %q", text)
	}
	a.Lines = append(a.Lines, Line{tick, what, value})
	return nil
}

func (a *Act) tick(text string) (sim.Tick, error) {
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil || v < 0 {
		return 0, fmt.Errorf("%q is not a tick", text)
	}
	if n := len(a.Lines); n > 0 && sim.Tick(v) < a.Lines[n-1].At {
		return 0, fmt.Errorf("tick %d comes after tick %d", v, a.Lines[n-1].At)
	}
	return sim.Tick(v), nil
}
