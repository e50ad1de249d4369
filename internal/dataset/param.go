package dataset

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"perceptarium/sim"
)

// Kind says how the value of a parameter is written.
type Kind uint8

// The kinds of parameters.
const (
	Number  Kind = iota // a whole number in Min..Max
	Range               // LO..HI, drawn evenly for each card; N stands for N..N
	Spread              // LO..HI, drawn evenly for each card; N stands for -N..N
	Word                // one of Words
	Letters             // different letters of A..Z
	Name                // a letter, then letters, digits, - or _
	Decimal             // a number in Min..Max with at most four decimals, kept in 1/10000
)

// Param is one setting of a generator.
type Param struct {
	Name, Doc string
	Default   string
	Kind      Kind
	Min, Max  int64    // of a Number, Range or Spread
	Words     []string // of a Word; of a Range, what may stand instead of numbers
}

// value is a parameter's value: a word or letters, or a range of numbers.
type value struct {
	text   string // as it was written
	word   string
	lo, hi int64
}

func (p Param) parse(text string) (value, error) {
	for _, w := range p.Words {
		if w == text {
			return value{text: text, word: w}, nil
		}
	}
	var v value
	var ok bool
	want := p.Want()
	switch p.Kind {
	case Word:
		return v, errors.New(sim.Unknown(p.Name+" cannot be", text, p.Words))
	case Letters:
		return p.letters(text)
	case Name:
		if !sim.IsName(text) {
			return value{}, fmt.Errorf("%s=%s; want %s", p.Name, text, want)
		}
		return value{text: text, word: text}, nil
	case Number:
		v.lo, ok = number(text)
		v.hi = v.lo
	case Decimal:
		v.lo, ok = decimal([]byte(text))
		v.hi = v.lo
		p.Min, p.Max = p.Min*decimalUnit, p.Max*decimalUnit
	default:
		v.lo, v.hi, ok = p.bounds(text)
	}
	v.text = text
	if !ok || v.lo < p.Min || v.hi > p.Max || v.lo > v.hi {
		return value{}, fmt.Errorf("%s=%s; want %s", p.Name, text, want)
	}
	return v, nil
}

func (p Param) bounds(text string) (lo, hi int64, ok bool) {
	a, b, isRange := strings.Cut(text, "..")
	lo, ok = number(a)
	switch {
	case !ok:
		return 0, 0, false
	case isRange:
		hi, ok = number(b)
		return lo, hi, ok
	case p.Kind == Spread:
		return -lo, lo, true
	}
	return lo, lo, true
}

func (p Param) letters(text string) (value, error) {
	seen := [26]bool{}
	for _, c := range strings.ToUpper(text) {
		if c < 'A' || c > 'Z' || seen[c-'A'] {
			return value{}, fmt.Errorf("%s=%s; want %s", p.Name, text, p.Want())
		}
		seen[c-'A'] = true
	}
	if text == "" {
		return value{}, fmt.Errorf("%s is empty; want %s", p.Name, p.Want())
	}
	return value{text: text, word: strings.ToUpper(text)}, nil
}

// number reads a whole number far from overflow.
func number(text string) (int64, bool) {
	v, err := strconv.ParseInt(text, 10, 32)
	return v, err == nil
}

// Want says in words which values the parameter takes.
func (p Param) Want() string {
	switch p.Kind {
	case Word:
		return strings.Join(p.Words, ", ")
	case Name:
		return "a letter, then letters, digits, - or _"
	case Letters:
		return "different letters of A..Z, as in ABC"
	case Number:
		return fmt.Sprintf("a whole number in %d..%d", p.Min, p.Max)
	case Decimal:
		return fmt.Sprintf("a number in %d..%d with at most four decimals", p.Min, p.Max)
	}
	s := fmt.Sprintf("a number or a range LO..HI within %d..%d", p.Min, p.Max)
	if p.Kind == Spread {
		s += " (N stands for -N..N)"
	}
	if len(p.Words) > 0 {
		s += ", or " + strings.Join(p.Words, ", ")
	}
	return s
}
