package cli

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// fullFlag lets a verb take --full.
func fullFlag(cmd *cobra.Command, full *bool) {
	cmd.Flags().BoolVar(full, "full", false, "the full form of scenarios that have one: the published length (perceptarium list --full)")
}

// tickFlag is a flag that takes a tick from least on.
type tickFlag struct {
	at    sim.Tick
	least sim.Tick
}

// String implements pflag.Value.
func (f *tickFlag) String() string {
	if f.at == 0 {
		return ""
	}
	return strconv.FormatInt(int64(f.at), 10)
}

// Set implements pflag.Value.
func (f *tickFlag) Set(text string) error {
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil || sim.Tick(v) < f.least || v > script.TicksMax {
		return fmt.Errorf("want a tick in %d..%d", f.least, int64(script.TicksMax))
	}
	f.at = sim.Tick(v)
	return nil
}

// Type implements pflag.Value.
func (f *tickFlag) Type() string { return "TICK" }

// seedFlag is a flag that takes a seed; nil is the scenario's own.
type seedFlag struct{ seed *uint64 }

// String implements pflag.Value.
func (f *seedFlag) String() string {
	if f.seed == nil {
		return ""
	}
	return strconv.FormatUint(*f.seed, 10)
}

// Set implements pflag.Value.
func (f *seedFlag) Set(text string) error {
	v, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return fmt.Errorf("want a whole number in 0..%d", uint64(1<<64-1))
	}
	f.seed = &v
	return nil
}

// Type implements pflag.Value.
func (f *seedFlag) Type() string { return "N" }
