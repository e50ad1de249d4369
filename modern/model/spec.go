// Package model reads nets from text and holds the named nets of history.
//
//	input  2
//	dense  hidden 2 act=logistic init=uniform:0.5
//	dense  out 1 act=logistic
//	loss   squared factor=0.5
//	train  momentum rate=0.5 momentum=0.9 batch=1
//
// A line is a layer: its kind, its name, what it needs, then KEY=VALUE. A layer
// sees the one before it, or the one that from= names. docs/layers.md lists all.
// Names, numbers and sizes that do not fit are errors with file and line and,
// for names, the nearest one.
package model

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// Spec is a net as text says it.
type Spec struct {
	File   string
	Title  string
	Shape  []int // of the input
	Steps  int
	Loss   nn.Loss
	Method nn.Method
	Set    nn.Settings
	Rates  []Rate // the learning rate from a pass on; the first from pass 0
	Batch  int
	Order  string // one of Orders
	Carry  bool   // an incomplete last batch goes on in the next pass

	layers []layer
}

// Rate is a learning rate that holds from a pass on.
type Rate struct {
	Pass int
	Rate float32
}

// layer is one line.
type layer struct {
	line  int
	kind  string
	name  string
	args  []string
	wants string // what the arguments are
	opts  map[string]string
}

// Error is a mistake in the text of a net, with its place.
type Error struct {
	File string
	Line int
	Msg  string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

// reader reads one spec.
type reader struct {
	spec *Spec
	line int
	seen map[string]bool // names of layers
	did  map[string]bool // input, loss, train
}

func (r *reader) errorf(format string, args ...any) error {
	return &Error{r.spec.File, r.line, fmt.Sprintf(format, args...)}
}

// Read reads the text of a net. The net is planned once for trial, so that a
// Spec without an error can be built.
func Read(file string, text []byte) (*Spec, error) {
	s := &Spec{File: file, Steps: 1, Batch: 1, Order: "constant", Set: defaults(), Rates: []Rate{{0, 0.1}}}
	r := &reader{spec: s, seen: map[string]bool{}, did: map[string]bool{}}
	lines, err := r.lines(text)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		r.line = l.number
		if err := r.read(l.words); err != nil {
			return nil, err
		}
	}
	for _, kind := range []string{"input", "loss"} {
		if !r.did[kind] {
			return nil, r.errorf("no line begins with %s", kind)
		}
	}
	s.Set.Rate = s.Rates[0].Rate
	_, err = s.Plan(1, nil)
	return s, err
}

func defaults() nn.Settings {
	return nn.Settings{Mu: 0.9, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8}
}

func (r *reader) read(f []string) error {
	l := layer{line: r.line, kind: f[0], opts: map[string]string{}}
	for _, w := range f[1:] {
		if key, value, ok := strings.Cut(w, "="); ok {
			if _, twice := l.opts[key]; twice {
				return r.errorf("%s stands twice", key)
			}
			l.opts[key] = value
			continue
		}
		l.args = append(l.args, w)
	}
	switch f[0] {
	case "title":
		r.spec.Title = strings.Join(f[1:], " ")
		return nil
	case "input", "loss", "train":
		if r.did[f[0]] {
			return r.errorf("a second line %s", f[0])
		}
		r.did[f[0]] = true
	}
	switch f[0] {
	case "input":
		return r.input(l)
	case "loss":
		return r.loss(l)
	case "train":
		return r.train(l)
	}
	return r.layer(l)
}

func (r *reader) layer(l layer) error {
	kind, ok := kinds[l.kind]
	if !ok {
		return r.errorf("%s", sim.Unknown("no layer is called", l.kind, kindNames()))
	}
	if !r.did["input"] {
		return r.errorf("the input comes before the first layer")
	}
	if r.did["loss"] {
		return r.errorf("a layer after the loss")
	}
	if len(l.args) == 0 || !sim.IsName(l.args[0]) {
		return r.errorf("%s needs a name: a letter, then letters, digits, - or _", l.kind)
	}
	l.name, l.args, l.wants = l.args[0], l.args[1:], kind.wants
	if r.seen[l.name] {
		return r.errorf("two layers are called %s", l.name)
	}
	r.seen[l.name] = true
	if len(l.args) != kind.args {
		return r.errorf("%s %s is followed by %s", l.kind, l.name, kind.wants)
	}
	if err := r.known(l, append(strings.Fields(kind.keys), "from")); err != nil {
		return err
	}
	r.spec.layers = append(r.spec.layers, l)
	return nil
}

// known refuses keys that a line cannot carry.
func (r *reader) known(l layer, keys []string) error {
	for _, w := range slices.Sorted(maps.Keys(l.opts)) {
		found := false
		for _, k := range keys {
			found = found || k == w
		}
		if !found {
			return r.errorf("%s", sim.Unknown(l.kind+" has no setting", w, keys))
		}
	}
	return nil
}

func (r *reader) input(l layer) error {
	if err := r.known(l, []string{"steps"}); err != nil {
		return err
	}
	if len(l.args) != 1 {
		return r.errorf("input is followed by a number, or by maps x height x width, as in 1x16x16")
	}
	dims, err := r.dims(l.args[0])
	if err != nil {
		return err
	}
	if len(dims) != 1 && len(dims) != 3 {
		return r.errorf("an input is a number, or maps x height x width, not %s", l.args[0])
	}
	r.spec.Shape = dims
	r.spec.Steps, err = r.whole(l, "steps", 1, 1, 1<<16)
	r.seen["input"] = true
	return err
}

func (r *reader) dims(word string) ([]int, error) {
	var dims []int
	for _, w := range strings.Split(word, "x") {
		v, err := strconv.Atoi(w)
		if err != nil || v < 1 || v > 1<<20 {
			return nil, r.errorf("want whole numbers from 1 joined by x, as in 5x5, not %q", word)
		}
		dims = append(dims, v)
	}
	return dims, nil
}

func (r *reader) whole(l layer, key string, preset, lo, hi int) (int, error) {
	word, ok := l.opts[key]
	if !ok {
		return preset, nil
	}
	v, err := strconv.Atoi(word)
	if err != nil || v < lo || v > hi {
		return 0, r.errorf("%s is a whole number in %d..%d, not %q", key, lo, hi, word)
	}
	return v, nil
}

func (r *reader) real(l layer, key string, preset float32) (float32, error) {
	word, ok := l.opts[key]
	if !ok {
		return preset, nil
	}
	v, err := strconv.ParseFloat(word, 32)
	if err != nil || v-v != 0 {
		return 0, r.errorf("%s is a number, not %q", key, word)
	}
	return float32(v), nil
}
