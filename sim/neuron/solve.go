package neuron

import (
	"fmt"
	"slices"
	"strings"
)

// Solve returns the temporal propositional expression of each output of a net
// of order zero, one without circles (theorem 1), one sentence a line, as
// Compile reads them. The always-firing units are written 1. It refuses a net
// whose outputs hang on a circle, on units that are started at tick 0, or on
// more than constituentsMax constituents.
func Solve(n *Net) (string, error) {
	w, err := wire(n)
	if err != nil {
		return "", err
	}
	s := solver{wiring: w, open: make([]bool, len(w.names)), started: make([]bool, len(w.names))}
	for _, u := range w.start {
		s.started[u] = true
	}
	var lines []string
	for _, u := range w.outputs {
		if int(u) < w.first {
			return "", fmt.Errorf("%s is no unit with a threshold: there is nothing to solve", w.names[u])
		}
		e, err := s.solve(u, 0)
		if err != nil {
			return "", err
		}
		lines = append(lines, sentence{w.names[u], e}.law(0))
	}
	return strings.Join(lines, "\n"), nil
}

// Limits of what Solve writes out.
const (
	constituentsMax = 1 << 14
	opposersMax     = 10 // of one unit
)

var errTooLong = fmt.Errorf("the expression would have more than %d constituents", constituentsMax)

type solver struct {
	*wiring
	open         []bool // units on the way from the output
	started      []bool
	constituents int
}

// solve says in terms of inputs what the firing of unit u at t-delay means.
func (s *solver) solve(u int32, delay int) (*expr, error) {
	if s.constituents++; s.constituents > constituentsMax {
		return nil, errTooLong
	}
	switch {
	case int(u) < s.inputs:
		return &expr{name: s.names[u], delay: delay}, nil
	case int(u) < s.first:
		return &expr{name: always, delay: delay}, nil
	case s.open[u]:
		return nil, fmt.Errorf("%s is part of a circle: only nets without circles have a temporal propositional expression (theorem 1)", s.names[u])
	case s.started[u]:
		return nil, fmt.Errorf("%s is started at tick 0: no expression of the inputs says so", s.names[u])
	}
	s.open[u] = true
	e, err := s.unit(int(u)-s.first, delay+1)
	s.open[u] = false
	return e, err
}

// unit is equation (1) of the paper: none of the inhibitors, and all afferents
// of one of the sets that reach the threshold.
func (s *solver) unit(u, delay int) (*expr, error) {
	sets, err := s.reaching(u)
	if err != nil {
		return nil, err
	}
	var silent []*expr
	for _, from := range s.inhibitors[s.inhibitorRow[u]:s.inhibitorRow[u+1]] {
		e, err := s.solve(from, delay)
		if err != nil {
			return nil, err
		}
		silent = append(silent, negate(e))
	}
	var either []*expr
	for _, set := range sets {
		all, err := s.all(set, delay)
		if err != nil {
			return nil, err
		}
		either = append(either, all)
	}
	return join(and, append([]*expr{join(or, either)}, silent...)), nil
}

func (s *solver) all(set []literal, delay int) (*expr, error) {
	var list []*expr
	for _, l := range set {
		e, err := s.solve(int32(l.gate), delay)
		if err != nil {
			return nil, err
		}
		if l.negated {
			e = negate(e)
		}
		list = append(list, e)
	}
	return join(and, list), nil
}

func negate(e *expr) *expr { return &expr{op: not, args: []*expr{e}} }

// join makes one expression of a list; operands of the same operator join in.
func join(op operator, list []*expr) *expr {
	if len(list) == 1 {
		return list[0]
	}
	e := &expr{op: op}
	for _, a := range list {
		if a.op == op {
			e.args = append(e.args, a.args...)
		} else {
			e.args = append(e.args, a)
		}
	}
	return e
}

// reaching lists the least sets of afferents whose synapses reach the
// threshold of a unit: those that fire, and the opposing ones that do not.
func (s *solver) reaching(u int) ([][]literal, error) {
	var excite, oppose []synapse
	for _, y := range s.synapses[s.synapseRow[u]:s.synapseRow[u+1]] {
		if y.count > 0 {
			excite = append(excite, y)
		} else {
			oppose = append(oppose, y)
		}
	}
	if len(oppose) > opposersMax {
		return nil, fmt.Errorf("%s has %d opposing afferents; Solve takes at most %d", s.names[s.first+u], len(oppose), opposersMax)
	}
	var sets [][]literal
	slices.SortStableFunc(excite, func(a, b synapse) int { return int(b.count - a.count) })
	sum := int32(0)
	for _, y := range excite {
		sum += y.count
	}
	for allowed := range 1 << len(oppose) {
		need := s.threshold[u]
		var silent []literal
		for i, y := range oppose {
			if allowed>>i&1 == 1 {
				need -= y.count
			} else {
				silent = append(silent, literal{int(y.from), true})
			}
		}
		var ok bool
		if sets, ok = least(sets, excite, sum, need, silent); !ok {
			return nil, errTooLong
		}
	}
	return sets, nil
}

// least appends each set of synapses that reaches need and would not without
// any one of its members, joined to the literals in with. The synapses come
// with the strongest first; sum is what they make together.
func least(sets [][]literal, from []synapse, sum, need int32, with []literal) ([][]literal, bool) {
	if need <= 0 {
		return append(sets, append([]literal(nil), with...)), len(sets) < constituentsMax
	}
	if sum < need {
		return sets, true
	}
	y := from[0]
	sets, ok := least(sets, from[1:], sum-y.count, need-y.count, append(with, literal{gate: int(y.from)}))
	if !ok {
		return nil, false
	}
	return least(sets, from[1:], sum-y.count, need, with)
}
