package neuron

import (
	"os"
	"strings"
	"testing"
)

// TestDocs reads every net that docs/nets.md shows, and finds every net of the
// house named there.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/nets.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(page), "\r\n", "\n")
	read := 0
	for _, block := range strings.Split(text, "\n\n") {
		net, ok := netOf(block)
		if !ok {
			continue
		}
		read++
		if _, err := Read("nets.md", []byte(net)); err != nil {
			t.Errorf("%v in\n%s", err, net)
		}
	}
	if read != 2 {
		t.Errorf("%d nets read, want 2", read)
	}
	for _, name := range Circuits() {
		if !strings.Contains(text, "`"+name+"`") && !strings.HasPrefix(name, "figure-1") {
			t.Errorf("the page does not name %s", name)
		}
	}
	for _, name := range reserved {
		if !strings.Contains(text, "`"+name+"`") {
			t.Errorf("the page does not say that %s is taken", name)
		}
	}
}

// TestMachinePage finds every net of the house and every constant of the sheet
// on the machine's page.
func TestMachinePage(t *testing.T) {
	page, err := os.ReadFile("../../docs/machines/neuron.md")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, name := range Circuits() {
		if name != "and" && name != "or" && name != "not" {
			names = append(names, name)
		}
	}
	for _, c := range constants {
		names = append(names, c.Name)
	}
	for _, name := range names {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/machines/neuron.md does not name %s", name)
		}
	}
}

// netOf returns an indented block that is a net, without its indent and the
// line that names it as an attachment.
func netOf(block string) (string, bool) {
	var lines []string
	for _, line := range strings.Split(block, "\n") {
		text, indented := strings.CutPrefix(line, "    ")
		if !indented {
			return "", false
		}
		if !strings.HasPrefix(text, "-- ") {
			lines = append(lines, text)
		}
	}
	net := strings.Join(lines, "\n")
	return net, strings.Contains(net, "unit ")
}
