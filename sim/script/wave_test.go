package script_test

import (
	"bytes"
	"strings"
	"testing"

	"perceptarium/sim/script"
)

// TestWaveHasEveryProbe reads the waveform of a scenario with a few lines of
// its own: declared variables, times in order, and the last value of each.
func TestWaveHasEveryProbe(t *testing.T) {
	var out bytes.Buffer
	replay(t, open(t, everything, script.Options{Wave: &out}))
	names, last, end := readVCD(t, out.String())
	for name, want := range map[string]string{
		"act1_toy.count": "b11010", "act1_toy.on": "1", "act1_toy.phase": "b10", "act1_toy.gain": "r0.75",
		"act1_toy.cells.ne": "b0", "act1_toy.note": `s1\x202\x203\x0A`, "act2_toy.count": "b10",
	} {
		id, ok := names[name]
		if !ok {
			t.Errorf("no variable %s among %v", name, names)
		}
		if last[id] != want {
			t.Errorf("%s ends as %s, want %s", name, last[id], want)
		}
	}
	if end != "#17" {
		t.Errorf("ends at %s, want #17: act 1 ends at tick 14, act 2 begins one later and has 2", end)
	}
}

func readVCD(t *testing.T, text string) (names, last map[string]string, end string) {
	t.Helper()
	names, last = map[string]string{}, map[string]string{}
	var scope []string
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		f := strings.Fields(line)
		switch {
		case f[0] == "$scope":
			scope = append(scope, f[2])
		case f[0] == "$upscope":
			scope = scope[:len(scope)-1]
		case f[0] == "$var":
			names[strings.Join(append(scope, f[4]), ".")] = f[3]
		case f[0][0] == '#':
			end = f[0]
		case f[0][0] == '$':
		case len(f) == 1:
			last[line[1:]] = line[:1]
		default:
			last[f[1]] = f[0]
		}
	}
	return names, last, end
}
