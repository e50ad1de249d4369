package scenarios_test

import (
	"testing"

	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

// TestFullForms opens the full form of every scenario that has one: a mistake
// in it shows here, though no trace plays it.
func TestFullForms(t *testing.T) {
	for _, name := range scenarios.Names() {
		short, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		full := short.In(true)
		if full == short {
			continue
		}
		t.Run(name, func(t *testing.T) {
			if _, err := script.Open(full, scenarios.House{}, script.Options{}); err != nil {
				t.Error(err)
			}
			if len(full.Acts) < len(short.Acts) {
				t.Errorf("%d acts, and the short form has %d", len(full.Acts), len(short.Acts))
			}
		})
	}
}
