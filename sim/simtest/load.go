package simtest

import (
	"bytes"
	"testing"

	"perceptarium/sim"
)

// sealBytes is the seal of its machine with which a snapshot begins.
const sealBytes = 8

// TryLoad hands m a snapshot that may be spoiled, under m's own seal, so that what
// follows it is read. Where it is refused m must be as before; where it is taken,
// m must save the same bytes and go on for some steps, its probes read at each.
func TryLoad(t *testing.T, m sim.Machine, snapshot []byte, steps int) {
	t.Helper()
	before := m.Save(nil)
	if len(snapshot) > sealBytes {
		snapshot = append(bytes.Clone(before[:sealBytes]), snapshot[sealBytes:]...)
	}
	if m.Load(snapshot) != nil {
		if !bytes.Equal(m.Save(nil), before) {
			t.Fatal("refused a snapshot, yet its state changed")
		}
		return
	}
	if !bytes.Equal(m.Save(nil), snapshot) {
		t.Fatal("loaded and saved again it is something else")
	}
	var r sim.Reading
	for range steps {
		m.Step()
		for p := range m.Sheet().Probes {
			m.Read(sim.ProbeID(p), &r)
		}
	}
}
