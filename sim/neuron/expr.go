package neuron

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// expr is a temporal propositional expression: a statement about the ticks
// before t, built from who fired then.
type expr struct {
	op    operator
	name  string // of an atom: a unit, or the always-firing one
	delay int    // of an atom: it speaks of tick t-delay
	args  []*expr
}

type operator uint8

const (
	atom operator = iota
	not
	and
	or
)

// always is the name of the always-firing afferent in an expression.
const always = "1"

// sentence is NAME(t) = EXPRESSION.
type sentence struct {
	name string
	body *expr
}

// Limits of an expression.
const (
	delayMax = 1 << 12
	depthMax = 256
	exprMax  = 1 << 20 // bytes
)

// append writes the expression with all delays longer by that many ticks.
func (e *expr) append(dst []byte, later int) []byte {
	switch e.op {
	case atom:
		return appendAtom(dst, e.name, e.delay+later)
	case not:
		return e.args[0].appendWithin(append(dst, '~'), not, later)
	}
	mark := " . "
	if e.op == or {
		mark = " v "
	}
	for i, a := range e.args {
		if i > 0 {
			dst = append(dst, mark...)
		}
		dst = a.appendWithin(dst, e.op, later)
	}
	return dst
}

// appendWithin puts parentheses where the outer operator binds as tightly.
func (e *expr) appendWithin(dst []byte, outer operator, later int) []byte {
	if e.op == atom || e.op == not || outer == or && e.op == and {
		return e.append(dst, later)
	}
	return append(e.append(append(dst, '('), later), ')')
}

func appendAtom(dst []byte, name string, delay int) []byte {
	dst = append(append(dst, name...), "(t"...)
	if delay > 0 {
		dst = strconv.AppendInt(append(dst, '-'), int64(delay), 10)
	}
	return append(dst, ')')
}

// latest is the longest delay in the expression.
func (e *expr) latest() int {
	longest := e.delay
	for _, a := range e.args {
		longest = max(longest, a.latest())
	}
	return longest
}

// law is the sentence as a caption writes it.
func (s sentence) law(later int) string {
	dst := appendAtom(nil, s.name, 0)
	return string(s.body.append(append(dst, " = "...), later))
}

// exprParser takes an expression apart, byte by byte.
//
//	sentences = sentence { ( ";" | line end ) sentence }
//	sentence  = [ NAME [ "(t)" ] "=" ] either
//	either    = both { ( "v" | "|" | "or" ) both }
//	both      = single { ( "." | "&" | "and" ) single }
//	single    = ( "~" | "!" | "not" ) single | "(" either ")" | ( NAME | "1" ) [ "(t" [ "-" DELAY ] ")" ]
type exprParser struct {
	name  string
	src   string
	at    int
	depth int
}

func parseSentences(name, src string) ([]sentence, error) {
	p := exprParser{name: name, src: src}
	if len(src) > exprMax {
		return nil, p.fail(fmt.Errorf("an expression has at most %d bytes, not %d", exprMax, len(src)))
	}
	var list []sentence
	for {
		p.skip(" \t\r\n;")
		if p.at == len(p.src) {
			break
		}
		s, err := p.sentence()
		if err == nil {
			if p.skip(" \t\r"); p.at < len(p.src) && p.src[p.at] != '\n' && p.src[p.at] != ';' {
				err = fmt.Errorf("unexpected %q; between constituents stands . or v", p.rest())
			}
		}
		if err != nil {
			return nil, p.fail(err)
		}
		list = append(list, s)
	}
	if len(list) == 0 {
		return nil, p.fail(errors.New("no expression; one is, for example, a(t-1) . ~b(t-1)"))
	}
	return list, nil
}

// fail gives an error its place.
func (p *exprParser) fail(err error) error {
	before := p.src[:p.at]
	line := 1 + strings.Count(before, "\n")
	column := p.at - strings.LastIndex(before, "\n")
	return fmt.Errorf("%s:%d: column %d: %w", p.name, line, column, err)
}

func (p *exprParser) rest() string {
	word, _, _ := strings.Cut(p.src[p.at:], " ")
	return word[:min(len(word), 16)]
}

func (p *exprParser) skip(blanks string) {
	for p.at < len(p.src) && strings.IndexByte(blanks, p.src[p.at]) >= 0 {
		p.at++
	}
}

// take moves past the byte, if it comes next.
func (p *exprParser) take(b byte) bool {
	p.skip(" \t\r")
	if p.at < len(p.src) && p.src[p.at] == b {
		p.at++
		return true
	}
	return false
}

// word returns the name that comes next, and does not move.
func (p *exprParser) word() string {
	p.skip(" \t\r")
	end := p.at
	for end < len(p.src) && (isLetter(p.src[end]) || end > p.at && strings.IndexByte("0123456789-_", p.src[end]) >= 0) {
		end++
	}
	return p.src[p.at:end]
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// operator moves past a mark or a word of an operator, if one comes next.
func (p *exprParser) operator(marks string, words ...string) bool {
	p.skip(" \t\r")
	if p.at < len(p.src) && strings.IndexByte(marks, p.src[p.at]) >= 0 {
		p.at++
		return true
	}
	next := p.word()
	for _, w := range words {
		if next == w {
			p.at += len(w)
			return true
		}
	}
	return false
}

// sentence parses [ NAME [ "(t)" ] "=" ] either.
func (p *exprParser) sentence() (sentence, error) {
	start := p.at
	s := sentence{name: "out"}
	name := p.word()
	p.at += len(name)
	if p.take('(') && (!p.take('t') || !p.take(')')) || !p.take('=') || name == "" {
		p.at = start
	} else {
		s.name = name
	}
	var err error
	s.body, err = p.either()
	return s, err
}

func (p *exprParser) either() (*expr, error) {
	return p.chain(or, p.both, "|", "v", "or")
}

func (p *exprParser) both() (*expr, error) {
	return p.chain(and, p.single, ".&", "and")
}

// chain parses operands of one operator; a single operand stands for itself.
func (p *exprParser) chain(op operator, operand func() (*expr, error), marks string, words ...string) (*expr, error) {
	first, err := operand()
	e := &expr{op: op, args: []*expr{first}}
	for err == nil && p.operator(marks, words...) {
		var next *expr
		next, err = operand()
		e.args = append(e.args, next)
	}
	if len(e.args) == 1 {
		return first, err
	}
	return e, err
}

func (p *exprParser) single() (*expr, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > depthMax {
		return nil, fmt.Errorf("more than %d parentheses and negations inside each other", depthMax)
	}
	if p.operator("~!", "not") {
		e, err := p.single()
		return &expr{op: not, args: []*expr{e}}, err
	}
	if p.take('(') {
		e, err := p.either()
		if err == nil && !p.take(')') {
			err = errors.New("a parenthesis is not closed")
		}
		return e, err
	}
	return p.atom()
}

// atom parses a, a(t) and a(t-3).
func (p *exprParser) atom() (*expr, error) {
	e := &expr{name: p.word()}
	switch e.name {
	case "":
		if !p.take(always[0]) {
			return nil, fmt.Errorf("a constituent is missing before %q, as in a(t-1)", p.rest())
		}
		e.name = always
	case "v", "or", "and", "not":
		return nil, fmt.Errorf("%s is an operator, not a unit", e.name)
	default:
		p.at += len(e.name)
	}
	if !p.take('(') {
		return e, nil
	}
	ok := p.take('t')
	if ok && p.take('-') {
		e.delay, ok = p.number()
	}
	if !ok || !p.take(')') {
		return nil, fmt.Errorf("after %s( stands a time: t, or t-1 to t-%d, and a parenthesis", e.name, delayMax)
	}
	return e, nil
}

func (p *exprParser) number() (n int, ok bool) {
	p.skip(" \t\r")
	end := p.at
	for end < len(p.src) && p.src[end] >= '0' && p.src[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(p.src[p.at:end])
	p.at = end
	return n, err == nil && n <= delayMax
}
