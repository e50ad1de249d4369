package neuron

import (
	"embed"
	"errors"
	"slices"
	"strings"

	"perceptarium/sim"
)

//go:embed nets/*.net
var nets embed.FS

// Default is the built-in net that a machine line without words stands for.
const Default = "xor"

const netEnding = ".net"

// Circuits lists the built-in nets by name.
func Circuits() []string {
	files, err := nets.ReadDir("nets")
	if err != nil {
		panic("neuron: the built-in nets are missing")
	}
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(f.Name(), netEnding))
	}
	for _, b := range built {
		names = append(names, b.name)
	}
	slices.Sort(names)
	return names
}

// Circuit returns the built-in net of that name.
func Circuit(name string) (*Net, error) {
	for _, b := range built {
		if b.name == name {
			return b.make(), nil
		}
	}
	src, err := nets.ReadFile("nets/" + name + netEnding)
	if err != nil {
		return nil, errors.New(sim.Unknown("no built-in net is called", name, Circuits()))
	}
	return Read(name+netEnding, src)
}

// Slots lists what a machine line may carry: one of the two.
func Slots() []sim.Slot {
	return []sim.Slot{
		{Key: "net", Data: true, Doc: "a net in the text format, from a file"},
		{Key: "circuit", Words: Circuits(), Doc: "a built-in net; without net and circuit: " + Default},
	}
}

// Make makes the machine of the net that env brings or names.
func Make(env sim.Env) (sim.Machine, error) {
	own, isOwn := env.Get("net")
	builtin, isBuiltin := env.Get("circuit")
	if isOwn && isBuiltin {
		return nil, errors.New("a machine has one net: give net or circuit, not both")
	}
	var n *Net
	var err error
	switch {
	case isOwn:
		n, err = Read(own.Value, own.Data)
	case isBuiltin:
		n, err = Circuit(builtin.Value)
	default:
		n, err = Circuit(Default)
	}
	if err != nil {
		return nil, err
	}
	return New(n)
}
