package tape

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// What Veit, Wilber and Belongie did to residual nets in 2016: blocks are cut
// out, or change places, after training; and the derivative is sent back on one
// of the 2^n ways, through some blocks and around the others.

// cutAtRandom leaves all blocks whole but so many.
func (m *Machine) cutAtRandom(count int64) {
	m.dial.cut = count
	m.lesions.Perm(m.drawn)
	for i, b := range m.drawn {
		m.blocks[b].Cut.W[0] = 0
		if int64(i) < count {
			m.blocks[b].Cut.W[0] = 1
		}
	}
}

// swapAtRandom puts the blocks back into their order, then lets so many pairs
// change places; no block is in two of them.
func (m *Machine) swapAtRandom(pairs int64) {
	for i := range m.stands {
		m.stand(i, int32(i))
	}
	m.dial.swap = pairs
	m.lesions.Perm(m.drawn)
	for k := range pairs {
		i := int(m.drawn[2*k])
		m.stand(i, m.stands[m.drawn[2*k+1]])
	}
}

// stand puts a block at place i; the one that stood there goes where that came
// from.
func (m *Machine) stand(i int, block int32) {
	for k, b := range m.stands {
		if b == block && k != i {
			m.blocks[i].Exchange(&m.blocks[k])
			m.stands[i], m.stands[k] = b, m.stands[i]
			return
		}
	}
}

// movable reports whether every block fits everywhere.
func (m *Machine) movable() bool {
	for i := range m.blocks {
		if !m.blocks[0].Like(&m.blocks[i]) {
			return false
		}
	}
	return len(m.blocks) > 1
}

// tau is Kendall's rank correlation of the order in which blocks stand with
// that in which they were: 1 where none was moved.
func (m *Machine) tau() float32 {
	n, apart := len(m.stands), 0
	for i, a := range m.stands {
		for _, b := range m.stands[:i] {
			if b > a {
				apart++
			}
		}
	}
	return 1 - float32(4*apart)/float32(n*(n-1))
}

// residual reports whether derivatives have two ways past each block.
func (m *Machine) residual() bool {
	for i := range m.blocks {
		if m.blocks[i].Plain {
			return false
		}
	}
	return len(m.blocks) > 0 && m.blocks[0].Input.Grad != nil
}

// sendPath chooses the way of the batch that is fed: through as many blocks as
// the count of batches says, drawn at random, around the others.
func (m *Machine) sendPath() {
	if !m.dial.paths {
		return
	}
	m.length = m.batches % int64(len(m.blocks)+1)
	m.lesions.Perm(m.drawn)
	for i, b := range m.drawn {
		way := nn.Around
		if int64(i) < m.length {
			way = nn.Through
		}
		m.blocks[b].Send(way)
	}
}

// allWays is the length of the way of a batch whose derivative goes all ways.
const allWays = -1

// setPaths begins to send derivatives single ways, from the next batch on, or
// ends it.
func (m *Machine) setPaths(on bool) {
	m.dial.paths, m.length = on, allWays
	for i := range m.blocks {
		m.blocks[i].Send(nn.BothWays)
	}
	if on {
		clear(m.pathSum)
		clear(m.pathCount)
	}
}

// notePath takes in what came through, where the derivative arrives before the
// first block.
func (m *Machine) notePath() {
	if m.length == allWays {
		return
	}
	v := m.blocks[0].Input
	norm := f32.Sqrt(kernel.SumSquares(v.Grad[:m.net.Rows*v.Steps*v.Size]))
	m.pathSum[m.length] += float64(norm)
	m.pathCount[m.length]++
	if !m.dial.learn {
		m.at = int64(len(m.steps))
	}
}

// pathMean is the mean norm of the derivative on ways of that length.
func (m *Machine) pathMean(k int) float64 {
	if m.pathCount[k] == 0 {
		return 0
	}
	return m.pathSum[k] / float64(m.pathCount[k])
}

// pathShares calls visit with the share, in percent, that ways of each length
// have of the derivative: as many as there are of them times their mean.
func (m *Machine) pathShares(visit func(k int, share float64)) {
	n := len(m.blocks)
	whole := float64(0)
	for k, ways := 0, 1.0; k <= n; k++ {
		whole += float64(ways * m.pathMean(k))
		ways = float64(ways*float64(n-k)) / float64(k+1)
	}
	for k, ways := 0, 1.0; k <= n; k++ {
		part := float64(0)
		if whole > 0 {
			part = float64(100*float64(ways*m.pathMean(k))) / whole
		}
		visit(k, part)
		ways = float64(ways*float64(n-k)) / float64(k+1)
	}
}

// pathMode is the length whose ways together carry most.
func (m *Machine) pathMode() int64 {
	best, at := float64(0), 0
	m.pathShares(func(k int, share float64) {
		if share > best {
			best, at = share, k
		}
	})
	return int64(at)
}

// pathFit is the line of least squares through the logarithms of the means:
// its slope for each block, and the share R^2 of the variance that it explains.
func (m *Machine) pathFit() (slope, fit float32) {
	var n, x, y, xx, xy, yy float64
	for k := range m.pathSum {
		mean := float32(m.pathMean(k))
		if mean <= 0 {
			continue
		}
		a, b := float64(k), float64(f32.Log(mean))
		n, x, y = n+1, x+a, y+b
		xx, xy, yy = xx+float64(a*a), xy+float64(a*b), yy+float64(b*b)
	}
	sxx, sxy, syy := float64(n*xx)-float64(x*x), float64(n*xy)-float64(x*y), float64(n*yy)-float64(y*y)
	if sxx <= 0 || syy <= 0 {
		return 0, 0
	}
	return float32(sxy / sxx), float32(float64(sxy*sxy) / float64(sxx*syy))
}

func (m *Machine) seePaths(s *sim.Sheet) {
	if m.movable() {
		m.see(s, seeTau, 0, sim.Probe{Name: "kendall-tau", Kind: sim.Level, Unit: number, Doc: "the rank correlation of the order in which blocks stand with that in which they were trained: 1 where none was moved"})
	}
	if !m.residual() {
		return
	}
	n := len(m.blocks)
	m.see(s, seePathLength, 0, sim.Probe{Name: "path-length", Kind: sim.Count, Max: int64(n), Unit: "block", Doc: "with single-path on: the blocks that the derivative of this batch goes through; around the others"})
	m.see(s, seePathGradient, 0, sim.Probe{Name: "path-gradient", Kind: sim.Series, Cols: n + 1, Unit: number, Doc: "the norm of the derivative that arrives before the first block, on ways through 0, 1, 2 ... blocks: a mean over the batches since single-path was set"})
	m.see(s, seePathShare, 0, sim.Probe{Name: "path-share", Kind: sim.Series, Cols: n + 1, Unit: share, Doc: "that norm times the number of such ways: their share of the whole"})
	m.see(s, seePathMode, 0, sim.Probe{Name: "path-mode", Kind: sim.Count, Max: int64(n), Unit: "block", Doc: "the length of the ways with the greatest share"})
	m.see(s, seePathSlope, 0, sim.Probe{Name: "path-slope", Kind: sim.Level, Unit: number, Doc: "how the natural logarithm of that norm changes with each block: the line of least squares"})
	m.see(s, seePathFit, 0, sim.Probe{Name: "path-r2", Kind: sim.Level, Unit: number, Doc: "the share R^2 of its variance that the line explains"})
}

func (m *Machine) readPaths(s seen, r *sim.Reading) bool {
	slope, fit := float32(0), float32(0)
	if s.what == seePathSlope || s.what == seePathFit {
		slope, fit = m.pathFit()
	}
	switch s.what {
	case seeTau:
		r.SetFloat(m.tau())
	case seePathLength:
		r.SetInt(max(m.length, 0))
	case seePathGradient:
		r.Clear()
		for k := range m.pathSum {
			r.Floats = append(r.Floats, float32(m.pathMean(k)))
		}
	case seePathShare:
		r.Clear()
		m.pathShares(func(_ int, share float64) { r.Floats = append(r.Floats, float32(share)) })
	case seePathMode:
		r.SetInt(m.pathMode())
	case seePathSlope:
		r.SetFloat(slope)
	case seePathFit:
		r.SetFloat(fit)
	default:
		return false
	}
	return true
}

func (m *Machine) turnBlocks(s *sim.Sheet) {
	n := len(m.blocks)
	if n == 0 {
		return
	}
	m.turn(s, turnCut, 0, sim.Control{Name: "cut", Kind: sim.Grid, Cols: n, Max: 1, Unit: "block", Doc: "which blocks are cut out of the net: 1 where only the way around is left"})
	m.turn(s, turnCutRandom, 0, sim.Control{Name: "cut-at-random", Kind: sim.Count, Max: int64(n), Unit: "block", Doc: "cuts so many blocks, drawn anew each time this is set, and leaves the others whole"})
	if m.movable() {
		m.turn(s, turnBlockOrder, 0, sim.Control{Name: "block-order", Kind: sim.Grid, Cols: n, Min: 1, Max: int64(n), Unit: "block", Doc: "which block stands at each place; one that is set somewhere changes places with the one that stood there"})
		m.turn(s, turnSwap, 0, sim.Control{Name: "swap-at-random", Kind: sim.Count, Max: int64(n / 2), Unit: "pair", Doc: "puts the blocks back into their order, then lets so many pairs, drawn anew each time this is set, change places"})
	}
	if m.residual() {
		m.turn(s, turnPaths, 0, sim.Control{Name: "single-path", Kind: sim.Switch, Unit: setting, Doc: "sends the derivative of each batch back on one way: through so many blocks, drawn at random, 0 in the first batch, one more in each, and around the others; with learn off batches then go backwards too, and no weight moves"})
	}
}

// applyBlocks turns a control of the blocks.
func (m *Machine) applyBlocks(k knob, in sim.Input) bool {
	switch k {
	case turnCut:
		for i, v := range in.Ints {
			m.blocks[max(in.Index, 0)+i].Cut.W[0] = float32(v)
		}
	case turnCutRandom:
		m.cutAtRandom(in.Ints[0])
	case turnBlockOrder:
		for i, v := range in.Ints {
			m.stand(max(in.Index, 0)+i, int32(v-1))
		}
	case turnSwap:
		m.swapAtRandom(in.Ints[0])
	case turnPaths:
		m.setPaths(in.Ints[0] == 1)
	default:
		return false
	}
	return true
}

func (m *Machine) readBlocks(k knob, r *sim.Reading) {
	switch k {
	case turnCut:
		r.Clear()
		for i := range m.blocks {
			r.Ints = append(r.Ints, int64(m.blocks[i].Cut.W[0]))
		}
	case turnCutRandom:
		r.SetInt(m.dial.cut)
	case turnBlockOrder:
		r.Clear()
		for _, b := range m.stands {
			r.Ints = append(r.Ints, int64(b)+1)
		}
	case turnSwap:
		r.SetInt(m.dial.swap)
	case turnPaths:
		r.SetBool(m.dial.paths)
	}
}
