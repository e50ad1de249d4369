package belief

import (
	"perceptarium/modern/examples"
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
)

// gallery is what was dreamt so far.
type gallery struct {
	judged, agreed int64     // pictures, and those that look like their label
	histogram      []int64   // [classes]: labels that were on at the end
	sums           []float32 // [classes][pixels]: of the pictures with that label
}

func (g *gallery) clear() {
	g.judged, g.agreed = 0, 0
	clear(g.histogram)
	clear(g.sums)
}

// The first clamps; the others are the labels in their order.
const (
	clampNone int64 = iota // the labels run free
	clampEach              // chain i has label i, and begins again with the first
	clamps
)

// clamped is the label that is held on in a chain; -1 where none is.
func (m *Machine) clamped(chain int) int {
	switch c := m.dial.clamp; c {
	case clampNone:
		return -1
	case clampEach:
		return chain % m.labels()
	default:
		return int(c - clamps)
	}
}

// dreamStep is a step of a dream: from random units the memory goes up and
// down; then one pass down with probabilities, nothing drawn, makes a picture
// of the last state of each chain; then each picture is judged.
func (m *Machine) dreamStep() {
	top := int64(len(m.layers))
	switch m.stage {
	case stageFeed:
		m.startDream()
		m.stage = stageSleep
	case stageSleep:
		m.memoryUp()
		m.stage = stageDown
	case stageDown:
		m.turn++
		last := m.turn >= m.dial.gibbs
		m.memoryDown(!last)
		m.settleLabels()
		m.stage = stageSleep
		if last {
			m.stage, m.level = stageFall, top-1
		}
	case stageFall:
		m.fall(false)
	case stageJudge:
		m.judge(int(m.place))
		m.place++
	}
	if m.stage == stageFall && m.level == 0 {
		m.stage, m.place = stageJudge, 0
	}
	if m.stage == stageJudge && (m.labels() == 0 || m.place >= m.rows) {
		m.task, m.place = taskRest, 0
	}
}

// startDream turns each unit that the memory sees on or off at random, with one
// label on, and holds the labels that are clamped.
func (m *Machine) startDream() {
	m.rows = m.dial.chains
	n := len(m.layers) - 1
	l, level := m.top(), m.sleep[n]
	for i := range level[:int(m.rows)*l.visible] {
		level[i] = float32(m.chance.Uint64() >> 63)
	}
	if l.labels == 0 {
		return
	}
	for r := range int(m.rows) {
		oneHot(m.labelRow(m.sleep, r), int(m.chance.Below(int64(l.labels))))
	}
	m.holdLabels()
}

// settleLabels draws one label of each chain, and holds those that are clamped.
func (m *Machine) settleLabels() {
	if m.labels() == 0 {
		return
	}
	for r := range int(m.rows) {
		m.drawLabel(m.labelRow(m.sleep, r))
	}
	m.holdLabels()
}

func (m *Machine) holdLabels() {
	for r := range int(m.rows) {
		if on := m.clamped(r); on >= 0 {
			oneHot(m.labelRow(m.sleep, r), on)
		}
	}
}

// judge looks for the example for training that is nearest to the picture of a
// chain, and counts whether it is of the class of the chain's label.
func (m *Machine) judge(chain int) {
	_, label := kernel.Max(m.labelRow(m.sleep, chain))
	n := m.set.Size()
	picture := m.sleep[0][chain*m.width(0):][:n]
	at, least := 0, kernel.SquaredDistance(picture, m.set.Input(&m.set.Train, 0))
	for i := 1; i < m.set.Train.N; i++ {
		if d := kernel.SquaredDistance(picture, m.set.Input(&m.set.Train, i)); d < least {
			at, least = i, d
		}
	}
	m.judged++
	if int(m.set.Train.Class[at]) == label {
		m.agreed++
	}
	m.histogram[label]++
	sum := m.sums[label*n:][:n]
	kernel.Add(sum, sum, picture)
	m.work += int64(m.set.Train.N * n)
}

// meansOf is the mean example for training of each class; nil where there are
// none.
func meansOf(set *examples.Set) []float32 {
	n := set.Size()
	means, count := make([]float32, set.Classes*n), make([]int64, set.Classes)
	for i, c := range set.Train.Class {
		row := means[int(c)*n:][:n]
		kernel.Add(row, row, set.Input(&set.Train, i))
		count[c]++
	}
	for c, k := range count {
		if k > 0 {
			row := means[c*n:][:n]
			kernel.Scale(row, 1/float32(k), row)
		}
	}
	return means
}

// strangeness is how far the mean picture dreamt of a class lies from the mean
// example of it: the mean over the pixels of the absolute difference; 0 where
// none was dreamt.
func (m *Machine) strangeness(class int) float32 {
	if m.histogram[class] == 0 {
		return 0
	}
	n, share, sum := m.set.Size(), 1/float32(m.histogram[class]), float64(0)
	for i := range n {
		sum += float64(f32.Abs(float32(share*m.sums[class*n+i]) - m.means[class*n+i]))
	}
	return float32(sum / float64(n))
}
