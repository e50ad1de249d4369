package cell

import (
	"os"
	"strings"
	"testing"

	"perceptarium/sim"
)

// TestDocs finds every constant and control of the sheet on the machine's page.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../../docs/machines/cell.md")
	if err != nil {
		t.Fatal(err)
	}
	m, err := Make(sim.Env{})
	if err != nil {
		t.Fatal(err)
	}
	names := m.Sheet().ControlNames()
	for _, c := range m.Sheet().Constants {
		names = append(names, c.Name)
	}
	for _, name := range names {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/machines/cell.md does not name %s", name)
		}
	}
}
