package golden_test

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// waveReader reads a value change dump of IEEE 1364, strictly: what it does
// not know is an error.
type waveReader struct {
	unit   int64 // nanoseconds
	acts   []*waveAct
	scopes []string
	byID   map[string]*waveProbe
	values map[string]string // by identifier
	shown  map[*waveProbe]string
	moved  []*waveProbe
	now    int64
}

type waveAct struct{ probes []*waveProbe }

// waveProbe is a probe in a waveform: its variables, and the times at which
// they moved with what all of them were then.
type waveProbe struct {
	name  string
	ids   []string
	lines []waveLine
}

type waveLine struct {
	at     int64
	values []string
}

func (w *waveReader) read(src io.Reader) error {
	text, err := io.ReadAll(src)
	if err != nil {
		return err
	}
	w.byID = map[string]*waveProbe{}
	var section []string // a section may go over several lines
	for n, line := range strings.Split(string(text), "\n") {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if len(section) > 0 || f[0][0] == '$' && f[0] != "$dumpvars" && f[0] != "$end" {
			section = append(section, f...)
			if f[len(f)-1] != "$end" {
				continue
			}
			f, section = section, nil
		}
		if err := w.line(f); err != nil {
			return fmt.Errorf("line %d, %q: %w", n+1, line, err)
		}
	}
	w.show()
	return nil
}

func (w *waveReader) line(f []string) error {
	switch f[0] {
	case "$timescale":
		return w.timescale(f)
	case "$scope":
		return w.scope(f[2])
	case "$upscope":
		w.scopes = w.scopes[:len(w.scopes)-1]
		return nil
	case "$var":
		return w.variable(f)
	case "$enddefinitions", "$version", "$date", "$comment", "$dumpvars", "$end", "$attrbegin", "$attrend":
		return nil
	}
	return w.change(f)
}

func (w *waveReader) timescale(f []string) error {
	number := strings.TrimRight(strings.Join(f[1:len(f)-1], ""), "nums")
	unit := strings.TrimPrefix(strings.Join(f[1:len(f)-1], ""), number)
	n, err := strconv.ParseInt(number, 10, 64)
	w.unit = n * map[string]int64{"ns": 1, "us": 1000, "ms": 1_000_000, "s": 1_000_000_000}[unit]
	if w.unit == 0 {
		return errors.New("not a time scale")
	}
	return err
}

func (w *waveReader) scope(name string) error {
	w.scopes = append(w.scopes, name)
	switch len(w.scopes) {
	case 1:
		w.acts = append(w.acts, &waveAct{})
	case 2:
		w.probe(name)
	default:
		return errors.New("a scope in a scope of an act")
	}
	return nil
}

func (w *waveReader) probe(name string) *waveProbe {
	act := w.acts[len(w.acts)-1]
	p := &waveProbe{name: name}
	act.probes = append(act.probes, p)
	return p
}

func (w *waveReader) variable(f []string) error {
	if len(f) < 6 || len(w.scopes) == 0 {
		return errors.New("not a declaration in an act")
	}
	id, name := f[3], f[4]
	if w.byID[id] != nil {
		return errors.New("declared twice")
	}
	probes := w.acts[len(w.acts)-1].probes
	if len(w.scopes) == 1 {
		w.probe(name)
		probes = w.acts[len(w.acts)-1].probes
	}
	p := probes[len(probes)-1]
	p.ids = append(p.ids, id)
	w.byID[id] = p
	return nil
}

// change takes #TIME, 1ID, bBITS ID, rREAL ID and sTEXT ID.
func (w *waveReader) change(f []string) error {
	if f[0][0] == '#' {
		at, err := strconv.ParseInt(f[0][1:], 10, 64)
		if err != nil || at < w.now {
			return errors.New("not a time, or one that went by")
		}
		w.show()
		w.now = at
		return nil
	}
	value, id := "b"+f[0][:1], f[0][1:]
	if strings.IndexByte("brs", f[0][0]) >= 0 {
		if len(f) != 2 {
			return errors.New("not a value and an identifier")
		}
		value, id = f[0], f[1]
	}
	p := w.byID[id]
	if p == nil {
		return errors.New("of no variable that was declared")
	}
	w.values[id] = value
	w.moved = append(w.moved, p)
	return nil
}

// show notes what the probes are that moved at this time.
func (w *waveReader) show() {
	for _, p := range w.moved {
		values := make([]string, len(p.ids))
		for i, id := range p.ids {
			if values[i] = w.values[id]; values[i] == "" || strings.HasPrefix(values[i], "bx") {
				values = nil
				break
			}
		}
		now := strings.Join(values, " ")
		if values == nil || now == w.shown[p] {
			continue
		}
		w.shown[p] = now
		if n := len(p.lines); n > 0 && p.lines[n-1].at == w.now {
			p.lines = p.lines[:n-1]
		}
		p.lines = append(p.lines, waveLine{w.now, values})
	}
	w.moved = w.moved[:0]
}
