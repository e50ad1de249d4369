package scenarios

import (
	"fmt"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// House is what scripts know of the house: its machines, its data, its
// generators of decks. The zero value is ready: it has no files of data, so
// that what it makes is the same everywhere.
type House struct{ data *shelf }

var _ script.House = House{}

// Machines implements script.House.
func (House) Machines() []string {
	var names []string
	for _, m := range Machines() {
		names = append(names, m.Name)
	}
	return names
}

func row(name string) (Machine, error) {
	for _, m := range Machines() {
		if m.Name == name {
			return m, nil
		}
	}
	return Machine{}, fmt.Errorf("no machine %q", name)
}

// Slots implements script.House.
func (House) Slots(machine string) []sim.Slot {
	m, err := row(machine)
	if err != nil {
		return nil
	}
	return m.Slots()
}

// Make implements script.House.
func (House) Make(machine string, env sim.Env) (sim.Machine, error) {
	m, err := row(machine)
	if err != nil {
		return nil, err
	}
	return m.Make(env)
}
