package scenarios_test

import (
	"os"
	"strings"
	"testing"

	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// TestNetByHand replays the scenario that docs/nets.md begins with, as a
// newcomer would, and with the two mistakes that it proposes.
func TestNetByHand(t *testing.T) {
	page, err := os.ReadFile("../docs/nets.md")
	if err != nil {
		t.Fatal(err)
	}
	src := firstBlock(strings.ReplaceAll(string(page), "\r\n", "\n"))
	if failed, err := replayed(src); failed != 0 || err != nil {
		t.Errorf("%d expectations failed, error %v, in\n%s", failed, err, src)
	}
	if failed, err := replayed(strings.ReplaceAll(src, "~both", "both")); failed != 1 || err != nil {
		t.Errorf("without ~: %d expectations failed, error %v; want 1", failed, err)
	}
	_, err = replayed(strings.ReplaceAll(src, "both   2", "both   3"))
	if err == nil || !strings.Contains(err.Error(), "xor.net:4: both: threshold 3 can never be reached") {
		t.Errorf("threshold 3: error %v", err)
	}
}

// firstBlock is the first indented block of a page, without its indent.
func firstBlock(page string) string {
	var lines []string
	for _, line := range strings.Split(page, "\n") {
		text, indented := strings.CutPrefix(line, "    ")
		switch {
		case indented:
			lines = append(lines, text)
		case len(lines) > 0 && line == "":
			lines = append(lines, "")
		case len(lines) > 0:
			return strings.Join(lines, "\n")
		}
	}
	return ""
}

// replayed is how many expectations of a scenario fail.
func replayed(src string) (failed int, err error) {
	sc, err := script.Parse("my-xor.scenario", []byte(src))
	if err != nil {
		return 0, err
	}
	p, err := script.Open(sc, scenarios.House{}, script.Options{Tell: func(e script.Event) {
		if e.Bad() {
			failed++
		}
	}})
	if err != nil {
		return 0, err
	}
	return failed, p.Replay(sim.Never, script.Slices)
}
