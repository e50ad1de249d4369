package model

import (
	"slices"

	"perceptarium/modern/nn"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// PackStream and UnpackStream freeze a random stream in a snapshot.
func PackStream(p *sim.Packer, s *rng.Stream) {
	for _, w := range s.State() {
		p.Uint64(w)
	}
}

// UnpackStream reads what PackStream wrote; a stream that never starts is a
// fault.
func UnpackStream(u *sim.Unpacker, s *rng.Stream) {
	var words [4]uint64
	for i := range words {
		words[i] = u.Uint64()
	}
	u.Fail(s.SetState(words), "a random stream that never starts")
}

// PackNet freezes all numbers that a net holds, and its last loss.
func PackNet(p *sim.Packer, n *nn.Net) {
	p.Floats([]float32{n.Result.Loss})
	n.Memory(func(v []float32) { p.Floats(v) }, func(v []int32, _, _ int32) { p.Int32s(v) })
}

// NetCopy is what PackNet wrote, read outside the net, which stays as it is
// until Write.
type NetCopy struct {
	loss   [1]float32
	reals  [][]float32
	wholes [][]int32
}

// Read reads the numbers of a net built as n is.
func (c *NetCopy) Read(u *sim.Unpacker, n *nn.Net) {
	u.Floats(c.loss[:])
	n.Memory(func(v []float32) {
		w := slices.Clone(v)
		u.Floats(w)
		c.reals = append(c.reals, w)
	}, func(v []int32, lo, hi int32) {
		w := slices.Clone(v)
		u.Int32s(w)
		for _, x := range w {
			if x < lo || x > hi {
				u.Fail(false, "a place beyond its map")
				break
			}
		}
		c.wholes = append(c.wholes, w)
	})
}

// Write puts the numbers into the net.
func (c *NetCopy) Write(n *nn.Net) {
	n.Result.Loss = c.loss[0]
	i, k := 0, 0
	n.Memory(func(v []float32) { copy(v, c.reals[i]); i++ }, func(v []int32, _, _ int32) { copy(v, c.wholes[k]); k++ })
}
