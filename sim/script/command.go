package script

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"perceptarium/sim"
)

// Verbs lists the verbs of the language, in the order of docs/scenario.md.
var verbs = []string{"machine", "seed", "deck", "watch", "say", "set", "press", "deal", "run", "repeat", "end", "record", "expect", "mark", "short", "full"}

// command reads one line of an act's body, and for a repeat all up to its end.
func (p *parser) command(ws []word, depth int) (Command, error) {
	c := Command{Line: p.n, Verb: ws[0].text}
	args := ws[1:]
	switch c.Verb {
	case "say":
		return c, c.say(args)
	case "set":
		return c, c.set(args)
	case "press", "deal", "mark":
		return c, c.named(args)
	case "run":
		return c, c.run(args)
	case "repeat":
		return c, p.repeat(&c, args, depth)
	case "record":
		return c, c.record(args)
	case "expect":
		return c, c.expect(args)
	case "end":
		return c, errors.New("end without a repeat")
	case "short", "full":
		return c, fmt.Errorf("want: %s LINE, where LINE belongs to the %s form alone", c.Verb, c.Verb)
	case "seed", "deck", "watch", "machine":
		return c, fmt.Errorf("%s cannot stand inside a repeat", c.Verb)
	}
	return c, errors.New(sim.Unknown("unknown verb", c.Verb, verbs))
}

func (c *Command) say(args []word) error {
	for i, w := range args {
		if !w.quoted {
			return errors.New(`want: say "TEXT"`)
		}
		if i > 0 {
			c.Text += " "
		}
		c.Text += w.text
	}
	if len(args) == 0 {
		return errors.New(`want: say "TEXT"`)
	}
	return nil
}

func (c *Command) set(args []word) (err error) {
	if len(args) < 2 {
		return errors.New("want: set CONTROL VALUE ..., or: set CONTROL[INDEX] VALUE, or: set CONTROL from FILE")
	}
	if c.Name, c.Index, err = reference(args[0].text); err != nil {
		return err
	}
	if args[1].text == "from" && !args[1].quoted {
		if len(args) != 3 {
			return errors.New("want: set CONTROL from FILE")
		}
		c.Text = args[2].text
		return nil
	}
	for _, w := range args[1:] {
		c.Values = append(c.Values, w.text)
	}
	return nil
}

func (c *Command) named(args []word) error {
	if len(args) != 1 || !sim.IsName(args[0].text) {
		return fmt.Errorf("want: %s NAME", c.Verb)
	}
	c.Name = args[0].text
	return nil
}

func (c *Command) run(args []word) (err error) {
	const usage = "want: run TICKS, or: run until PROBE OP VALUE within TICKS"
	if len(args) == 1 && args[0].text != "until" {
		c.Count, err = count("the number of ticks", args[0].text, 1, TicksMax)
		return err
	}
	if len(args) == 0 || args[0].text != "until" {
		return errors.New(usage)
	}
	c.Verb = "until"
	n := len(args) - 2
	if n < 1 || args[n].text != "within" {
		return errors.New("an endless wait: say how long at most, as in: run until PROBE OP VALUE within TICKS")
	}
	if c.Count, err = count("within", args[n+1].text, 1, TicksMax); err != nil {
		return err
	}
	c.Cond, err = condition(args[1:n])
	return err
}

func (p *parser) repeat(c *Command, args []word, depth int) (err error) {
	if len(args) != 1 {
		return errors.New("want: repeat ROUNDS")
	}
	if c.Count, err = count("the number of rounds", args[0].text, 1, RoundsMax); err != nil {
		return err
	}
	if depth == DepthMax {
		return fmt.Errorf("more than %d repeats inside each other", DepthMax)
	}
	for {
		ws, err := p.next()
		switch {
		case err != nil:
			return err
		case ws == nil:
			return &Error{p.file, c.Line, "repeat without its end"}
		case ws[0].text == "end" && len(ws) == 1:
			return nil
		}
		inner, err := p.command(ws, depth+1)
		if err != nil {
			return err
		}
		c.Body = append(c.Body, inner)
	}
}

func (c *Command) record(args []word) (err error) {
	if len(args) != 2 || !sim.IsName(args[0].text) {
		return errors.New("want: record NAME PROBE, or: record NAME PROBE[INDEX]")
	}
	a, err := operand(args[1].text)
	if err == nil && a.Name == "" {
		err = fmt.Errorf("want a probe, not %q", args[1].text)
	}
	c.Name, c.Cond = args[0].text, &Condition{A: a}
	return err
}

func (c *Command) expect(args []word) (err error) {
	if n := len(args) - 2; n > 0 && args[n].text == "known" && !args[n].quoted {
		if !args[n+1].quoted || strings.TrimSpace(args[n+1].text) == "" {
			return errors.New(`want: expect A OP B known "WHY"`)
		}
		c.Known, args = args[n+1].text, args[:n]
	}
	c.Cond, err = condition(args)
	return err
}

var operators = []string{"=", "!=", "<", "<=", ">", ">=", "in"}

// condition reads A OP B, A in LO..HI, or A B for A = B.
func condition(args []word) (*Condition, error) {
	if len(args) == 2 {
		args = []word{args[0], {text: "="}, args[1]}
	}
	if len(args) != 3 {
		return nil, errors.New("want a condition: A OP B, or: A in LO..HI")
	}
	a, err := operand(args[0].text)
	if err != nil {
		return nil, err
	}
	c := &Condition{A: a, Op: args[1].text}
	if c.Op == "in" {
		return c, c.band(args[2].text)
	}
	if !oneOf(c.Op, operators) {
		return nil, errors.New(sim.Unknown("unknown operator", c.Op, operators))
	}
	c.B, err = operand(args[2].text)
	return c, err
}

func (c *Condition) band(text string) (err error) {
	lo, hi, ok := strings.Cut(text, "..")
	if !ok {
		return fmt.Errorf("want LO..HI, not %q", text)
	}
	if c.B, err = operand(lo); err != nil {
		return err
	}
	if c.C, err = operand(hi); err != nil {
		return err
	}
	if order, _ := c.B.Value.Compare(c.C.Value); c.B.Name == "" && c.C.Name == "" && order > 0 {
		return fmt.Errorf("%s is an empty range", text)
	}
	return nil
}

func oneOf(s string, list []string) bool {
	for _, v := range list {
		if s == v {
			return true
		}
	}
	return false
}

func seedNumber(text string) (uint64, error) {
	v, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("a seed is a whole number in 0..18446744073709551615, not %q", text)
	}
	return v, nil
}

// deck reads: deck NAME from FILE, or: deck NAME from GENERATOR(KEY=VALUE, ...) [seed N].
func (p *parser) deck(act *Act, ws []word) (err error) {
	const usage = "want: deck NAME from FILE, or: deck NAME from GENERATOR(KEY=VALUE, ...) seed N"
	if len(ws) < 4 || !sim.IsName(ws[1].text) || ws[2].text != "from" {
		return errors.New(usage)
	}
	d := Deck{Line: p.n, Name: ws[1].text}
	source := make([]string, 0, len(ws))
	for _, w := range ws[3:] {
		source = append(source, w.text)
	}
	if n := len(source) - 2; n > 0 && source[n] == "seed" {
		if d.Seed, err = seedNumber(source[n+1]); err != nil {
			return err
		}
		source = source[:n]
	}
	if err := p.source(&d, strings.Join(source, " ")); err != nil {
		return err
	}
	for _, other := range act.Decks {
		if other.Name == d.Name {
			return fmt.Errorf("there is a deck %q already, at line %d", d.Name, other.Line)
		}
	}
	act.Decks = append(act.Decks, d)
	return nil
}

func (p *parser) source(d *Deck, text string) error {
	name, args, call := strings.Cut(text, "(")
	if !call {
		d.File = text
		return nil
	}
	args, ok := strings.CutSuffix(args, ")")
	if !ok || !sim.IsName(name) {
		return fmt.Errorf("want GENERATOR(KEY=VALUE, ...), not %q", text)
	}
	d.Generator = name
	if strings.TrimSpace(args) == "" {
		return nil
	}
	for _, arg := range strings.Split(args, ",") {
		o, err := p.option(strings.TrimSpace(arg))
		if err != nil {
			return err
		}
		d.Args = append(d.Args, o)
	}
	return nil
}
