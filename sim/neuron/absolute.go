package neuron

import (
	"fmt"
	"strconv"
)

// Absolute returns a net with absolute inhibition only that does what n does
// with relative inhibition (theorem 4), though not at the same time: each
// synaptic delay of n takes two of its own. Given at its even ticks what n is
// given at each tick, and silence between, its unit u fires at tick 2t if and
// only if that of n fires at tick t. Circles and started units stay as they
// are. It refuses a unit with more than opposersMax opposing afferents: each
// set of them that may fire takes a unit.
//
// Each unit of n becomes units that hear what it heard, one for each set of
// opposing afferents that may fire while the others are silent, with a
// threshold as much higher; and one of its own name that fires after any of
// them.
func (n *Net) Absolute() (*Net, error) {
	if err := n.Check(); err != nil {
		return nil, err
	}
	a := &Net{Title: n.Title, Inputs: n.Inputs, Always: n.Always, Start: n.Start, Outputs: n.Outputs}
	taken := map[string]bool{}
	for _, name := range n.Names() {
		taken[name] = true
	}
	for i := range n.Units {
		u := &n.Units[i]
		parts, err := u.absolute(taken)
		if err != nil {
			return nil, err
		}
		any := Unit{Name: u.Name, Threshold: 1}
		for _, p := range parts {
			any.Afferents = append(any.Afferents, Excite(p.Name))
		}
		a.Units = append(append(a.Units, parts...), any)
	}
	return a, a.Check()
}

// absolute makes the units that together know whether u is to fire.
func (u *Unit) absolute(taken map[string]bool) ([]Unit, error) {
	var kept, oppose []Afferent
	reach := 0
	for _, a := range u.Afferents {
		switch a.Effect {
		case Opposes:
			oppose = append(oppose, a)
			continue
		case Excites:
			reach += a.Synapses
		}
		kept = append(kept, a)
	}
	if len(oppose) > opposersMax {
		return nil, fmt.Errorf("%s has %d opposing afferents; theorem 4 is worked out for at most %d", u.Name, len(oppose), opposersMax)
	}
	var parts []Unit
	for allowed := range 1 << len(oppose) {
		p := Unit{Threshold: u.Threshold, Afferents: append([]Afferent(nil), kept...)}
		for i, a := range oppose {
			if allowed>>i&1 == 1 {
				p.Threshold += a.Synapses
			} else {
				p.Afferents = append(p.Afferents, Inhibit(a.From))
			}
		}
		if p.Threshold > reach {
			continue
		}
		p.Name = freshName(u.Name, "-"+strconv.Itoa(len(parts)), taken)
		parts = append(parts, p)
	}
	return parts, nil
}
