package neuron

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"perceptarium/sim"
)

// section is one of the lists of a Net.
type section uint8

const (
	inTitle section = iota
	inLaws
	inInputs
	inAlways
	inUnits
	inStart
	inOutputs
	sections
)

// fault is what is wrong with a net: in which list, at which place, and what.
type fault struct {
	section section
	index   int
	what    string
}

func (f *fault) Error() string { return f.what }

// reserved are the machine's own probes: units cannot have their names.
var reserved = []string{"fired", "firing", "input", "net", "number", "output", "spikes"}

// Check returns what is wrong with a net: a name that is none, is there twice,
// or belongs to a probe; an afferent, a start or an output that is not in the
// net; a threshold that can never be reached.
func (n *Net) Check() error {
	_, err := n.check()
	if err != nil {
		return err
	}
	return nil
}

// check returns the place of each name among Names.
func (n *Net) check() (map[string]int32, *fault) {
	if err := n.checkTexts(); err != nil {
		return nil, err
	}
	place, err := n.checkNames()
	if err != nil {
		return nil, err
	}
	afferents := 0
	for i := range n.Units {
		if what := n.checkUnit(&n.Units[i], place); what != "" {
			return nil, &fault{inUnits, i, what}
		}
		if afferents += len(n.Units[i].Afferents); afferents > afferentsMax {
			return nil, &fault{inUnits, i, fmt.Sprintf("more than %d afferents in one net", afferentsMax)}
		}
	}
	if err := n.checkList(inStart, n.Start, place); err != nil {
		return nil, err
	}
	return place, n.checkList(inOutputs, n.Outputs, place)
}

func (n *Net) checkTexts() *fault {
	if what := checkText("title", n.Title); what != "" {
		return &fault{inTitle, 0, what}
	}
	for i, law := range n.Laws {
		if law == "" {
			return &fault{inLaws, i, "law lacks its text"}
		}
		if what := checkText("law", law); what != "" {
			return &fault{inLaws, i, what}
		}
	}
	return nil
}

func checkText(what, text string) string {
	odd := func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }
	if strings.IndexFunc(text, odd) >= 0 {
		return what + " holds a character that cannot be printed"
	}
	if text != oneLine(text) {
		return what + " begins or ends with a blank, or has two together"
	}
	return ""
}

// oneLine is text with single blanks between its words.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func (n *Net) checkNames() (map[string]int32, *fault) {
	place := map[string]int32{}
	lists := [...]struct {
		section section
		names   []string
	}{{inInputs, n.Inputs}, {inAlways, n.Always}, {inUnits, n.Names()[len(n.Inputs)+len(n.Always):]}}
	for _, list := range lists {
		for i, name := range list.names {
			if what := checkName(name, place); what != "" {
				return nil, &fault{list.section, i, what}
			}
			place[name] = int32(len(place))
		}
	}
	if len(n.Units) == 0 {
		return nil, &fault{inUnits, 0, "a net needs a unit at least, as in: unit out 2 a b"}
	}
	return place, nil
}

func checkName(name string, place map[string]int32) string {
	_, twice := place[name]
	switch {
	case !sim.IsName(name):
		return fmt.Sprintf("%q is not a name: a letter, then letters, digits, - or _", name)
	case len(name) > nameBytesMax:
		return fmt.Sprintf("a name has at most %d letters, %.16s... has %d", nameBytesMax, name, len(name))
	case twice:
		return fmt.Sprintf("%s is defined twice; give one of them another name", name)
	case len(place) == unitsMax:
		return fmt.Sprintf("more than %d units in one net", unitsMax)
	}
	for _, word := range reserved {
		if name == word {
			return fmt.Sprintf("%s is a probe of the machine itself; take another name (taken: %s)", name, strings.Join(reserved, ", "))
		}
	}
	return ""
}

func (n *Net) checkUnit(u *Unit, place map[string]int32) string {
	if u.Threshold < 1 {
		return fmt.Sprintf("%s: threshold %d; the smallest is 1, for no unit fires unprompted: give it an always-firing afferent", u.Name, u.Threshold)
	}
	if len(u.Afferents) == 0 {
		return fmt.Sprintf("%s hears nothing; name its afferents after its threshold", u.Name)
	}
	heard := make(map[string]bool, len(u.Afferents))
	excites, opposes := 0, 0
	for _, a := range u.Afferents {
		if _, ok := place[a.From]; !ok {
			return u.Name + ": " + sim.Unknown("no unit is called", a.From, n.Names())
		}
		if heard[a.From] {
			return fmt.Sprintf("%s hears %s twice; write the number of synapses, as in %s*2, and one effect", u.Name, a.From, a.From)
		}
		heard[a.From] = true
		if what := checkSynapses(u, a); what != "" {
			return what
		}
		switch a.Effect {
		case Excites:
			excites += a.Synapses
		case Opposes:
			opposes += a.Synapses
		}
	}
	if max(excites, opposes) > synapsesMax {
		return fmt.Sprintf("%s has more than %d synapses", u.Name, synapsesMax)
	}
	if excites < u.Threshold {
		return fmt.Sprintf("%s: threshold %d can never be reached: excitatory synapses: %d; lower it, or add some", u.Name, u.Threshold, excites)
	}
	return ""
}

func checkSynapses(u *Unit, a Afferent) string {
	switch {
	case a.Effect > Opposes:
		return fmt.Sprintf("%s: %s has no effect that there is", u.Name, a.From)
	case a.Synapses < 1 || a.Synapses > synapsesMax:
		return fmt.Sprintf("%s: %s makes %d synapses; an afferent makes 1..%d", u.Name, a.From, a.Synapses, synapsesMax)
	case a.Effect == Inhibits && a.Synapses != 1:
		return fmt.Sprintf("%s: one inhibitory synapse is absolute: ~%s is enough", u.Name, a.From)
	}
	return ""
}

func (n *Net) checkList(s section, names []string, place map[string]int32) *fault {
	seen := make(map[string]bool, len(names))
	for i, name := range names {
		p, ok := place[name]
		switch {
		case !ok:
			return &fault{s, i, sim.Unknown("no unit is called", name, n.Names())}
		case seen[name]:
			return &fault{s, i, fmt.Sprintf("%s is named twice", name)}
		case s == inStart && int(p) < len(n.Inputs)+len(n.Always):
			return &fault{s, i, fmt.Sprintf("%s is an input or fires always; only a unit with a threshold can be started", name)}
		}
		seen[name] = true
	}
	return nil
}
