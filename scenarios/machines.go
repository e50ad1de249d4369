package scenarios

import (
	"perceptarium/modern/belief"
	"perceptarium/modern/blueprint"
	"perceptarium/modern/core"
	"perceptarium/modern/reader"
	"perceptarium/modern/rival"
	"perceptarium/modern/tape"
	"perceptarium/sim"
	"perceptarium/sim/markone"
	"perceptarium/sim/neuron"
	"perceptarium/sim/neuron/cell"
	"perceptarium/sim/perceptron"
)

// Machine is one row of the table of machines.
type Machine struct {
	Name  string
	Make  func(sim.Env) (sim.Machine, error) // all memory is taken here
	Slots func() []sim.Slot                  // what a machine line may carry
}

// Machines is the one table of all machines.
func Machines() []Machine {
	list := []Machine{
		{"cell", cell.Make, cell.Slots},
		{"neuron", neuron.Make, neuron.Slots},
		{"perceptron", perceptron.Make, perceptron.Slots},
		{"markone", markone.Make, markone.Slots},
		{"core", core.Make, core.Slots},
		{"tape", tape.Make, tape.Slots},
		{"blueprint", blueprint.Make, blueprint.Slots},
		{"reader", reader.Make, reader.Slots},
		{"belief", belief.Make, belief.Slots},
	}
	for _, name := range rival.Names() {
		list = append(list, Machine{name,
			func(env sim.Env) (sim.Machine, error) { return rival.Make(name, env) },
			func() []sim.Slot { return rival.Slots(name) }})
	}
	return list
}
