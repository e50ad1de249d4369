package neuron

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// Compile makes a net of order zero, one without circles, of a temporal
// propositional expression (theorem 2). The source is one or more sentences,
// separated by semicolons or line ends:
//
//	out(t) = a(t-1) v (b(t-3) . ~b(t-2))
//
// ~ or ! or not is negation, . or & or and conjunction, | or v or or
// disjunction, in this order of binding; a stands for a(t), 1 for a unit that
// fires always; a sentence without a left side is that of out.
//
// Where the gates need more time than the sentence gives them, all sentences
// hold later, by the same least number of ticks; the laws of the net say what
// it realises. A sentence that is true where all its constituents are false is
// refused: theorem 3 says that no net realises it. Errors begin with NAME:LINE.
func Compile(name, src string) (*Net, error) {
	sentences, err := parseSentences(name, src)
	if err != nil {
		return nil, err
	}
	c := compiler{net: &Net{}, ids: map[string]int{}, taken: map[string]bool{}, units: map[string]string{}, gates: []gate{{}}}
	if err = c.compile(sentences); err == nil {
		err = c.net.Check()
	}
	if err != nil {
		return nil, fmt.Errorf("%s:1: %w", name, err)
	}
	return c.net, nil
}

// gate is a unit in the making, or an atom; gate 0 is the expression that is
// never true. A gate's number is higher than those it hears.
type gate struct {
	name      string // of an atom
	delay     int    // of an atom
	threshold int    // 0 for an atom
	excite    []int
	inhibit   []int
	offset    int // it must be known at t-offset at the latest; 0: it is not heard
}

// literal is a gate or its negation. Whether an expression is true where all
// its constituents are false is what negated says: gates are false then.
type literal struct {
	gate    int
	negated bool
}

func (l literal) not() literal { return literal{l.gate, !l.negated} }

type compiler struct {
	net   *Net
	gates []gate
	ids   map[string]int    // the number of each gate, by what it is
	taken map[string]bool   // names in use
	units map[string]string // the unit that fires some ticks after another
	later int               // by how much all sentences hold later
	err   error
}

func (c *compiler) compile(sentences []sentence) error {
	for _, s := range sentences {
		if c.taken[s.name] {
			return fmt.Errorf("%s has two sentences", s.name)
		}
		c.taken[s.name] = true
	}
	roots := make([]gate, len(sentences))
	for i, s := range sentences {
		l := c.lower(s.body)
		if l.negated {
			return fmt.Errorf("%s is true where nothing fires: no net realises that (theorem 3), for no unit fires unprompted; "+
				"join it with a constituent that fires, or with the always-firing unit, as in 1 . ~a", s.name)
		}
		roots[i] = c.root(l.gate)
	}
	for _, s := range sentences {
		if slices.Contains(c.net.Inputs, s.name) {
			return fmt.Errorf("%s stands on both sides: that is a circle, and a temporal propositional expression has none; write the net by hand", s.name)
		}
	}
	c.schedule(roots)
	for _, s := range sentences {
		if late := s.body.latest() + c.later; late > delayMax {
			return fmt.Errorf("%s speaks of t-%d once its gates have their time; at most t-%d", s.name, late, delayMax)
		}
	}
	c.emit(sentences, roots)
	return c.err
}

// lower turns an expression into a literal over gates.
func (c *compiler) lower(e *expr) literal {
	switch e.op {
	case atom:
		return literal{gate: c.atom(e)}
	case not:
		return c.lower(e.args[0]).not()
	}
	list := make([]literal, len(e.args))
	for i, a := range e.args {
		list[i] = c.lower(a)
		if e.op == or {
			list[i] = list[i].not()
		}
	}
	all := c.all(list)
	if e.op == or {
		return all.not()
	}
	return all
}

func (c *compiler) atom(e *expr) int {
	if e.name == always && len(c.net.Always) == 0 {
		c.net.Always = []string{always}
	}
	if e.name != always && !slices.Contains(c.net.Inputs, e.name) {
		c.net.Inputs = append(c.net.Inputs, e.name)
		c.taken[e.name] = true
	}
	return c.gate(gate{name: e.name, delay: e.delay})
}

// gate returns the number of a gate, the same for the same gate.
func (c *compiler) gate(g gate) int {
	key := fmt.Sprint(g.name, g.delay, g.threshold, g.excite, g.inhibit)
	id, ok := c.ids[key]
	if !ok {
		id = len(c.gates)
		c.gates = append(c.gates, g)
		c.ids[key] = id
	}
	return id
}

// all is the conjunction of literals: a unit of threshold n with n excitatory
// afferents and any number of inhibitory ones, or the negation of a
// disjunction, which is a unit of threshold 1.
func (c *compiler) all(list []literal) literal {
	var yes, no []int
	for _, l := range list {
		switch {
		case l == literal{}:
			return literal{}
		case l.gate == 0: // always true
		case l.negated:
			no = append(no, l.gate)
		default:
			yes = append(yes, l.gate)
		}
	}
	yes, no = distinct(yes), distinct(no)
	for _, id := range yes {
		if slices.Contains(no, id) {
			return literal{}
		}
	}
	switch {
	case len(yes) == 0 && len(no) == 0:
		return literal{negated: true}
	case len(yes) == 1 && len(no) == 0:
		return literal{gate: yes[0]}
	case len(yes) > 0:
		return literal{gate: c.gate(gate{threshold: len(yes), excite: yes, inhibit: no})}
	case len(no) == 1:
		return literal{no[0], true}
	}
	return literal{c.gate(gate{threshold: 1, excite: no}), true}
}

func distinct(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}

// root is the gate that ends a sentence: always a unit of its own. That of a
// contradiction is excited and inhibited by two units that fire together.
func (c *compiler) root(id int) gate {
	switch {
	case id == 0:
		one := c.gate(gate{threshold: 1, excite: []int{1}})
		two := c.gate(gate{threshold: 1, excite: []int{1}, delay: 1})
		return gate{threshold: 1, excite: []int{one}, inhibit: []int{two}}
	case c.gates[id].threshold == 0:
		return gate{threshold: 1, excite: []int{id}}
	}
	return c.gates[id]
}

// schedule finds for each gate when it must be known, from the roots, which
// fire at t, backwards, and how much later the sentences must hold, so that no
// atom speaks of the future.
func (c *compiler) schedule(roots []gate) {
	need := func(g gate, offset int) {
		for _, id := range append(slices.Clone(g.excite), g.inhibit...) {
			c.gates[id].offset = max(c.gates[id].offset, offset+1)
		}
	}
	for _, g := range roots {
		need(g, 0)
	}
	for id := len(c.gates) - 1; id > 0; id-- {
		g := c.gates[id]
		switch {
		case g.offset == 0:
		case g.threshold == 0:
			c.later = max(c.later, g.offset-g.delay)
		default:
			need(g, g.offset)
		}
	}
}

// emit writes the units: gates after those they hear, roots last.
func (c *compiler) emit(sentences []sentence, roots []gate) {
	one := ""
	if len(c.net.Always) > 0 {
		one = freshName("one", "", c.taken)
		c.net.Always[0] = one
	}
	for id := range c.gates {
		g := &c.gates[id]
		switch {
		case g.offset == 0:
		case g.threshold == 0:
			if g.name == always {
				g.name = one
			}
		default:
			g.name = c.gateName(g)
			c.unit(g)
		}
	}
	for i, s := range sentences {
		roots[i].name = s.name
		roots[i].offset = 0
		c.unit(&roots[i])
		c.net.Outputs = append(c.net.Outputs, s.name)
		c.net.Laws = append(c.net.Laws, s.law(c.later))
	}
}

func (c *compiler) gateName(g *gate) string {
	kind := "or"
	if g.threshold > 1 || len(g.inhibit) > 0 {
		kind = "and"
	}
	for i := 1; ; i++ {
		if name := kind + strconv.Itoa(i); !c.taken[name] {
			return freshName(name, "", c.taken)
		}
	}
}

func (c *compiler) unit(g *gate) {
	u := Unit{Name: g.name, Threshold: g.threshold}
	for _, id := range g.excite {
		u.Afferents = append(u.Afferents, Excite(c.known(id, g.offset+1)))
	}
	for _, id := range g.inhibit {
		u.Afferents = append(u.Afferents, Inhibit(c.known(id, g.offset+1)))
	}
	c.add(u)
}

var errTooLarge = errors.New("the net would have more than " + strconv.Itoa(unitsMax) + " units: shorten the delays")

func (c *compiler) add(u Unit) {
	if len(c.net.Units) == unitsMax {
		c.err = errTooLarge
		return
	}
	c.net.Units = append(c.net.Units, u)
}

// known names the unit that says at t-offset what gate id is.
func (c *compiler) known(id, offset int) string {
	g := &c.gates[id]
	if g.threshold == 0 {
		return c.relay(g.name, g.delay+c.later-offset)
	}
	return c.relay(g.name, g.offset-offset)
}

// relay names the unit that fires that many ticks after the named one.
func (c *compiler) relay(name string, ticks int) string {
	from := name
	for i := 1; i <= ticks && c.err == nil; i++ {
		key := name + " " + strconv.Itoa(i)
		unit, ok := c.units[key]
		if !ok {
			unit = freshName(name, "-"+strconv.Itoa(i), c.taken)
			c.units[key] = unit
			c.add(Unit{Name: unit, Threshold: 1, Afferents: []Afferent{Excite(from)}})
		}
		from = unit
	}
	return from
}
