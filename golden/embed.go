// Package golden holds the golden traces: what every scenario of the house
// showed when it was last looked at. A replay that shows anything else is not
// the same as yesterday.
package golden

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"perceptarium/sim/trace"
)

// Ending is what a trace's file name ends with.
const Ending = ".trace"

//go:embed *.trace
var files embed.FS

// Trace returns the golden trace of that scenario. The error is fs.ErrNotExist
// where there is none.
func Trace(scenario string) ([]byte, error) { return files.ReadFile(scenario + Ending) }

// Names lists the scenarios that have a trace.
func Names() []string {
	list, _ := fs.Glob(files, "*"+Ending)
	for i, file := range list {
		list[i] = strings.TrimSuffix(file, Ending)
	}
	return list
}

// MayReplace says whether a new trace may take the place of an old one: both
// must be whole and of the same scenario, the new one must fit SizeMax, and the
// number of the arithmetic law may only move where newLaw says that this is
// meant. old is empty where there was no trace.
func MayReplace(name string, old, new []byte, newLaw bool) error {
	if len(new) > trace.SizeMax {
		return fmt.Errorf("%s: %d bytes; a golden trace has at most %d: watch fewer probes, or less often", name, len(new), trace.SizeMax)
	}
	now, err := trace.Read(name, strings.NewReader(string(new)))
	if err != nil || len(old) == 0 || newLaw {
		return err
	}
	before, err := trace.Read(name, strings.NewReader(string(old)))
	if err != nil {
		return fmt.Errorf("the old trace is damaged: %w", err)
	}
	if before.Scenario != now.Scenario {
		return fmt.Errorf("%s: the old trace is of the scenario %s, not %s", name, before.Scenario, now.Scenario)
	}
	if before.Law != now.Law {
		return fmt.Errorf("%s: the old trace was made under law %d, the new one under law %d; go test ./golden -update -newlaw says that this is meant", name, before.Law, now.Law)
	}
	return nil
}
