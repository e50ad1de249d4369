package dataset

import (
	"errors"
	"fmt"
	"slices"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// cellsMax bounds the cells of a whole deck: 128 MiB.
const cellsMax = 1 << 24

// Arg is one KEY=VALUE of a deck line.
type Arg struct{ Key, Value string }

// Generator makes decks of cards.
type Generator struct {
	Name, Doc string
	Params    []Param
	// Make makes a deck, the same for the same arguments and seed on every
	// processor. An argument that is unknown, given twice or out of range is an
	// error that names the valid ones.
	Make func(args []Arg, seed uint64) ([]Card, error)
}

// Generators lists all generators, always in the same order.
func Generators() []Generator {
	var list []Generator
	list = append(list, figureGenerators()...)
	list = append(list, barGenerator(), letterGenerator())
	list = append(list, pairGenerators()...)
	list = append(list, taskGenerators()...)
	return append(list, randomGenerator(), digitGenerator())
}

// Find returns the generator of that name, or an error that suggests one.
func Find(name string) (Generator, error) {
	var names []string
	for _, g := range Generators() {
		if g.Name == name {
			return g, nil
		}
		names = append(names, g.Name)
	}
	return Generator{}, errors.New(sim.Unknown("no generator", name, names))
}

// newGenerator ties a table of parameters to what draws the cards.
func newGenerator(name, doc string, params []Param, deal func(*settings) ([]Card, error)) Generator {
	makeDeck := func(args []Arg, seed uint64) ([]Card, error) {
		s, err := settle(name, params, args, seed)
		if err != nil {
			return nil, err
		}
		return deal(s)
	}
	return Generator{Name: name, Doc: doc, Params: params, Make: makeDeck}
}

// settings are the arguments of one deck, each parameter having a value.
type settings struct {
	generator string
	params    []Param
	values    []value
	seed      uint64
}

func settle(name string, params []Param, args []Arg, seed uint64) (*settings, error) {
	s := &settings{generator: name, params: params, values: make([]value, len(params)), seed: seed}
	given := make([]bool, len(params))
	for _, a := range args {
		i := slices.IndexFunc(params, func(p Param) bool { return p.Name == a.Key })
		if i < 0 {
			return nil, errors.New(sim.Unknown(name+" has no setting", a.Key, s.names()))
		}
		if given[i] {
			return nil, fmt.Errorf("%s: %s is given twice", name, a.Key)
		}
		v, err := params[i].parse(a.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		s.values[i], given[i] = v, true
	}
	for i, p := range params {
		if given[i] {
			continue
		}
		v, err := p.parse(p.Default)
		if err != nil {
			panic("dataset: a default is out of range")
		}
		s.values[i] = v
	}
	return s, nil
}

func (s *settings) names() []string {
	var names []string
	for _, p := range s.params {
		names = append(names, p.Name)
	}
	return names
}

// get returns the value of a parameter that the generator has.
func (s *settings) get(name string) value {
	for i, p := range s.params {
		if p.Name == name {
			return s.values[i]
		}
	}
	panic("dataset: a generator asks for a setting that it does not have")
}

// has reports whether there is such a parameter.
func (s *settings) has(name string) bool { return slices.Contains(s.names(), name) }

func (s *settings) word(name string) string { return s.get(name).word }
func (s *settings) num(name string) int64   { return s.get(name).lo }
func (s *settings) yes(name string) bool    { return s.get(name).word == "yes" }

// stream returns the stream for one quantity of this generator.
func (s *settings) stream(quantity string) rng.Stream {
	return rng.New(s.seed).Stream(s.generator + "." + quantity)
}

// within draws a whole number in lo..hi, each as likely as the others.
func within(st *rng.Stream, v value) int64 { return v.lo + st.Below(v.hi-v.lo+1) }

// fail is an error about the setting of that name.
func (s *settings) fail(name, format string, args ...any) error {
	return fmt.Errorf("%s: %s=%s: %s", s.generator, name, s.get(name).text, fmt.Sprintf(format, args...))
}

// room checks that a deck of that many cards fits.
func (s *settings) room(cards int64) error {
	side := s.num("retina")
	if limit := cellsMax / (side * side); cards > limit {
		return fmt.Errorf("%s: %d cards; at most %d on a retina of %d x %d", s.generator, cards, limit, side, side)
	}
	return nil
}
