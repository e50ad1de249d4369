package script

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"perceptarium/sim"
)

// op is one resolved command of an act.
type op struct {
	verb  string // say input deal run until repeat end record expect mark
	line  int
	text  string // what to say; a name; the words of a condition
	in    sim.Input
	n     int64 // ticks, rounds, a deck's number or a record's
	jump  int   // of an end: the first op of its repeat's body
	depth int   // of a repeat or end: its counter
	cond  test
	known string
}

// test is a resolved condition.
type test struct {
	op      string
	a, b, c source
}

// source is where a value comes from.
type source struct {
	kind  byte // 'n' number, 'p' probe, 'r' record
	value sim.Value
	probe sim.ProbeID
	cell  int
	rec   int
	of    *runner // of a record: the earlier act's runner; nil for the present act's
}

// program is a resolved act.
type program struct {
	ops     []op
	decks   [][]Card
	records []string
	depth   int // repeats inside each other, at most
}

type resolver struct {
	sc    *Scenario
	house House
	act   *Act
	past  []*stage // the acts before it
	shift uint64   // added to the seeds of decks
	env   sim.Env
	own   []File // the act's data that are attached or lie beside the scenario
	sheet *sim.Sheet
	prog  *program
	depth int
}

func (r *resolver) fail(line int, format string, args ...any) error {
	return &Error{r.sc.Name + Ending, line, fmt.Sprintf(format, args...)}
}

// file returns an attachment, a data set, or a file beside the scenario. It is
// the scenario's own where it is no data set.
func (r *resolver) file(name string) (data []byte, own bool, err error) {
	var names []string
	for _, f := range r.sc.Files {
		if f.Name == name {
			return f.Data, true, nil
		}
		names = append(names, f.Name)
	}
	if data, ok, err := r.house.Data(name); ok || err != nil {
		return data, false, err
	}
	if r.sc.Beside != nil && fs.ValidPath(name) {
		data, err := fs.ReadFile(r.sc.Beside, name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return data, true, err
		}
	}
	names = append(names, r.house.DataSets()...)
	return nil, false, errors.New(sim.Unknown("no attachment, data set or file beside the scenario is called", name, names))
}

// make makes the machine of the act.
func (r *resolver) make() (sim.Machine, error) {
	if !oneOf(r.act.Machine, r.house.Machines()) {
		return nil, r.fail(r.act.Line, "%s", sim.Unknown("unknown machine", r.act.Machine, r.house.Machines()))
	}
	if err := r.options(); err != nil {
		return nil, err
	}
	m, err := r.house.Make(r.act.Machine, r.env)
	if err != nil {
		return nil, r.fail(r.act.Line, "%v", err)
	}
	return m, nil
}

// options reads what the machine line carries.
func (r *resolver) options() error {
	slots := r.house.Slots(r.act.Machine)
	for _, o := range r.act.Options {
		slot, err := slotOf(slots, o)
		if err != nil {
			return r.fail(o.Line, "%s: %v", r.act.Machine, err)
		}
		if _, twice := r.env.Get(o.Key); twice {
			return r.fail(o.Line, "%s is given twice", o.Key)
		}
		opt := sim.Option{Key: o.Key, Value: o.Value}
		if slot.Data {
			own := false
			if opt.Data, own, err = r.file(o.Value); err != nil {
				return r.fail(o.Line, "%s: %v", o.Key, err)
			}
			if own {
				r.own = append(r.own, File{o.Value, opt.Data})
			}
		}
		r.env.Options = append(r.env.Options, opt)
	}
	return nil
}

func slotOf(slots []sim.Slot, o Option) (sim.Slot, error) {
	var keys []string
	for _, s := range slots {
		if s.Key != o.Key {
			keys = append(keys, s.Key)
			continue
		}
		if len(s.Words) > 0 && !oneOf(o.Value, s.Words) {
			return s, errors.New(sim.Unknown(s.Key+" cannot be", o.Value, s.Words))
		}
		return s, nil
	}
	return sim.Slot{}, errors.New(sim.Unknown("no option", o.Key, keys))
}

// resolve turns the act's lines into ops.
func (r *resolver) resolve() (*program, error) {
	r.prog = &program{}
	for _, w := range r.act.Watches {
		if _, ok := r.sheet.Probe(w.Probe); !ok {
			return nil, r.fail(w.Line, "%s", r.noProbe(w.Probe))
		}
	}
	for _, d := range r.act.Decks {
		cards, err := r.cards(d)
		if err != nil {
			return nil, r.fail(d.Line, "deck %s: %v", d.Name, err)
		}
		r.prog.decks = append(r.prog.decks, cards)
	}
	if err := r.block(r.act.Body); err != nil {
		return nil, err
	}
	return r.prog, nil
}

func (r *resolver) noProbe(name string) string {
	return sim.Unknown(r.sheet.Name+" has no probe", name, r.sheet.ProbeNames())
}

func (r *resolver) block(body []Command) error {
	for i := range body {
		c := &body[i]
		if err := r.command(c); err != nil {
			var placed *Error
			if errors.As(err, &placed) {
				return err
			}
			return r.fail(c.Line, "%v", err)
		}
	}
	return nil
}

func (r *resolver) command(c *Command) (err error) {
	o := op{verb: c.Verb, line: c.Line, text: c.Text, n: c.Count, known: c.Known}
	switch c.Verb {
	case "set", "press":
		o.verb = "input"
		o.in, err = r.input(c)
	case "deal":
		o.n, err = r.deckNumber(c.Name)
	case "until", "expect":
		o.text = c.Cond.String()
		o.cond, err = r.condition(c.Cond)
	case "record":
		o.text = c.Name
		o.n, o.cond.a, err = r.record(c)
	case "mark":
		o.text = c.Name
	case "repeat":
		return r.repeat(o, c)
	}
	r.prog.ops = append(r.prog.ops, o)
	return err
}

func (r *resolver) repeat(o op, c *Command) error {
	o.depth = r.depth
	r.depth++
	r.prog.depth = max(r.prog.depth, r.depth)
	r.prog.ops = append(r.prog.ops, o)
	first := len(r.prog.ops)
	err := r.block(c.Body)
	r.depth--
	r.prog.ops = append(r.prog.ops, op{verb: "end", line: c.Line, jump: first, depth: r.depth})
	return err
}

func (r *resolver) deckNumber(name string) (int64, error) {
	var names []string
	for i, d := range r.act.Decks {
		if d.Name == name {
			return int64(i), nil
		}
		names = append(names, d.Name)
	}
	return 0, errors.New(sim.Unknown("no deck", name, names))
}

func (r *resolver) record(c *Command) (int64, source, error) {
	src, err := r.source(c.Cond.A, nil)
	if err == nil && src.kind != 'p' {
		err = errors.New(r.noProbe(c.Cond.A.Name))
	}
	if oneOf(c.Name, r.recordNames()) {
		err = fmt.Errorf("there is a record %q already: a record is stored once", c.Name)
	}
	if r.depth > 0 {
		err = fmt.Errorf("a record is stored once: it cannot stand inside a repeat")
	}
	r.prog.records = append(r.prog.records, c.Name)
	return int64(len(r.prog.records)) - 1, src, err
}

func (r *resolver) condition(c *Condition) (t test, err error) {
	t.op = c.Op
	if t.a, err = r.source(c.A, nil); err != nil {
		return t, err
	}
	states := r.statesOf(t.a)
	if t.b, err = r.source(c.B, states); err != nil || c.Op != "in" {
		return t, err
	}
	t.c, err = r.source(c.C, states)
	return t, err
}

// statesOf lists the words that a probe's value may be compared with.
func (r *resolver) statesOf(s source) []string {
	if s.kind == 'p' && r.sheet.Probes[s.probe].Kind == sim.Choice {
		return r.sheet.Probes[s.probe].Names
	}
	return nil
}

func (r *resolver) source(o Operand, states []string) (source, error) {
	if o.Name == "" {
		return source{kind: 'n', value: o.Value}, nil
	}
	for i, state := range states {
		if state == o.Text {
			return source{kind: 'n', value: sim.Value{Int: int64(i)}}, nil
		}
	}
	if src, ok := r.recorded(o.Text); ok {
		return src, nil
	}
	id, ok := r.sheet.Probe(o.Name)
	if !ok {
		valid := append(append(append([]string(nil), states...), r.recordNames()...), r.sheet.ProbeNames()...)
		return source{}, errors.New(sim.Unknown(r.sheet.Name+" has no probe, and the scenario no record,", o.Name, valid))
	}
	p := &r.sheet.Probes[id]
	if p.Kind == sim.Text || p.Kind == sim.Net {
		return source{}, fmt.Errorf("%s shows text, not numbers", p.Name)
	}
	cell, err := cellOf(p.Name, o.Index, p.Cells(), p.Names)
	if cell == sim.Whole && p.Cells() > 1 {
		err = fmt.Errorf("%s shows %d values: say which, as in %s[0]", p.Name, p.Cells(), p.Name)
	}
	return source{kind: 'p', probe: id, cell: max(cell, 0)}, err
}

// recorded finds a record of this act or of one before it.
func (r *resolver) recorded(name string) (source, bool) {
	for i, rec := range r.prog.records {
		if rec == name {
			return source{kind: 'r', rec: i}, true
		}
	}
	for _, s := range r.past {
		for i, rec := range s.run.prog.records {
			if rec == name {
				return source{kind: 'r', rec: i, of: s.run}, true
			}
		}
	}
	return source{}, false
}

func (r *resolver) recordNames() []string {
	var names []string
	for _, s := range r.past {
		names = append(names, s.run.prog.records...)
	}
	return append(names, r.prog.records...)
}

// cellOf finds a cell by number or by its label.
func cellOf(name, index string, cells int, labels []string) (int, error) {
	if index == "" {
		return sim.Whole, nil
	}
	for i, label := range labels {
		if label == index && i < cells {
			return i, nil
		}
	}
	i, err := strconv.Atoi(index)
	if err != nil && len(labels) >= cells {
		return 0, errors.New(sim.Unknown(name+" has no cell", index, labels))
	}
	if err != nil || i < 0 || i >= cells {
		return 0, fmt.Errorf("%s[%s]: its cells are 0..%d", name, index, cells-1)
	}
	return i, nil
}
