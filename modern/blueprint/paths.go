package blueprint

import (
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// A residual net of n blocks is 2^n paths from its input to its answer: through
// each block or around it (Veit, Wilber, Belongie 2016). As many of them go
// through k blocks as there are ways to choose k of n.

// blocksIn counts the blocks with a way around them.
func blocksIn(layers []nn.Layer) int64 {
	n := int64(0)
	for _, l := range layers {
		n += int64(l.Ways - 1)
	}
	return n
}

func addPaths(s *sim.Sheet, blocks int64) {
	s.Probes = append(s.Probes,
		sim.Probe{Name: "blocks", Kind: sim.Count, Max: blocks, Unit: "block", Doc: "residual blocks of all layers passed", Evidence: sim.Inferred},
		sim.Probe{Name: "path-share", Kind: sim.Level, Max: 1, Unit: "share", Doc: "of the paths through the layers passed, around each block or through it: the share of those that go through path-from to path-to blocks", Evidence: sim.Inferred})
	for i, name := range []string{"path-from", "path-to"} {
		doc := []string{"the fewest blocks of the paths that count", "the most blocks of the paths that count"}[i]
		preset := int64(i) * blocks
		s.Probes = append(s.Probes, sim.Probe{Name: name, Kind: sim.Count, Max: blocks, Unit: "block", Doc: doc, Evidence: sim.Inferred})
		s.Controls = append(s.Controls, sim.Control{Name: name, Kind: sim.Count, Max: blocks, Default: preset, Unit: "block", Doc: doc, Evidence: sim.Inferred})
	}
}

// pathShare is the share of the paths through n blocks that go through lo to hi
// of them: the sum of binomials over 2^n. Halves of sums keep it in range.
func pathShare(n, lo, hi int64) float64 {
	part := make([]float64, n+1) // part[k]: the share that goes through k of the blocks so far
	part[0] = 1
	for b := range n {
		for k := b + 1; k > 0; k-- {
			part[k] = float64(0.5*part[k]) + float64(0.5*part[k-1])
		}
		part[0] = float64(0.5 * part[0])
	}
	sum := float64(0)
	for k := lo; k <= min(hi, n); k++ {
		sum += part[k]
	}
	return sum
}

func (m *Machine) readPaths(p sim.ProbeID, r *sim.Reading) {
	switch blocks := blocksIn(m.layers[:m.at]); p {
	case seeBlocks:
		r.SetInt(blocks)
	case seePathShare:
		r.SetFloat(float32(pathShare(blocks, m.paths[0], m.paths[1])))
	case seePathFrom, seePathTo:
		r.SetInt(m.paths[p-seePathFrom])
	}
}
