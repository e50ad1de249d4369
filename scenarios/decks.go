package scenarios

import (
	"fmt"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// Generators implements script.House.
func (House) Generators() []string { return nil }

// Deal implements script.House.
func (House) Deal(_ *sim.Sheet, generator string, _ []script.Option, _ uint64) ([]script.Card, error) {
	return nil, fmt.Errorf("no generator %q", generator)
}
