package neuron

import "strconv"

// Net is a net of 1943 as a person writes it: names and numbers, in the order
// in which they were written. Read makes one from text; a net that is made in
// Go is checked when a machine is made of it.
type Net struct {
	Title   string   // one line; may be empty
	Laws    []string // captions: the laws that it realises
	Inputs  []string // units that are driven from outside
	Always  []string // units that fire at every tick
	Units   []Unit
	Start   []string // units that fire at tick 0
	Outputs []string // declared outputs; empty: the units that no other unit hears
}

// Unit is one formal neuron: it fires at tick t if and only if at tick t-1 no
// inhibiting afferent fired and the synapses of the firing excitatory
// afferents, less those of the firing opposing ones, numbered Threshold or
// more.
type Unit struct {
	Name      string
	Threshold int // at least 1
	Afferents []Afferent
}

// Afferent is what a unit hears: the axon of a unit, and how many synapses it
// makes. An inhibiting afferent makes one: it is absolute.
type Afferent struct {
	From     string
	Effect   Effect
	Synapses int
}

// Effect is what the firing of an afferent does to a unit.
type Effect uint8

// The effects of an afferent. Opposes is the relative inhibition of theorem 4:
// each synapse takes one from the sum.
const (
	Excites Effect = iota
	Inhibits
	Opposes
)

// String is the effect as the drawing writes it.
func (e Effect) String() string { return [...]string{"excite", "inhibit", "oppose"}[e] }

var effectMarks = [...]string{"", "~", "-"}

// Limits of a net. They keep every sum within an int32.
const (
	unitsMax     = 1 << 16
	afferentsMax = 1 << 20
	synapsesMax  = 1 << 20 // of one unit, together
	nameBytesMax = 64
)

// Excite is an afferent with one excitatory synapse.
func Excite(from string) Afferent { return Afferent{from, Excites, 1} }

// Inhibit is an absolutely inhibitory afferent.
func Inhibit(from string) Afferent { return Afferent{from, Inhibits, 1} }

// Add appends a unit.
func (n *Net) Add(name string, threshold int, afferents ...Afferent) {
	n.Units = append(n.Units, Unit{name, threshold, afferents})
}

// Names lists all units: inputs, always-firing units, then the others.
func (n *Net) Names() []string {
	names := make([]string, 0, len(n.Inputs)+len(n.Always)+len(n.Units))
	names = append(append(names, n.Inputs...), n.Always...)
	for i := range n.Units {
		names = append(names, n.Units[i].Name)
	}
	return names
}

// freshName takes a name that nothing has yet: base and suffix, with a number
// behind where that is taken, and less of base where it would be too long.
func freshName(base, suffix string, taken map[string]bool) string {
	name := base + suffix
	for i := 2; taken[name] || len(name) > nameBytesMax; i++ {
		end := suffix + "-" + strconv.Itoa(i)
		name = base[:min(len(base), nameBytesMax-len(end))] + end
	}
	taken[name] = true
	return name
}
