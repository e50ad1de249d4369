package belief

import (
	"perceptarium/modern/examples"
	"perceptarium/modern/kernel"
)

// tested is the examples that a test looks at: those for testing, or where
// there are none those for training.
func (m *Machine) tested() *examples.Part {
	if m.set.Test.N > 0 {
		return &m.set.Test
	}
	return &m.set.Train
}

// testStep is a step of a test: up with probabilities, nothing drawn, then the
// free energy of every label; the answer is the label with the lowest. Without
// labels the tuned net answers.
func (m *Machine) testStep() {
	switch m.stage {
	case stageFeed:
		m.feedTest()
	case stageUp:
		m.rise(false)
		if m.level >= int64(len(m.layers)) {
			m.stage = stageJudge
		}
	case stageJudge:
		l, rows := m.top(), int(m.rows)
		l.labelEnergies(m.energyRoom, m.wake[len(m.layers)-1], rows, m.a, m.line, m.line2)
		copy(m.energies, m.energyRoom[:l.labels])
		kernel.Scale(m.energyRoom[:rows*l.labels], -1, m.energyRoom[:rows*l.labels])
		m.spend(l, 1)
		m.answer(m.energyRoom, l.labels)
	case stageNet:
		m.netTest()
	}
}

// feedTest puts the next examples of the test where they are answered.
func (m *Machine) feedTest() {
	p := m.tested()
	m.rows = min(rowsMax, int64(p.N)-m.place)
	for r := range int(m.rows) {
		x := m.set.Input(p, int(m.place)+r)
		m.feedRow(r, x)
		if m.labels() > 0 {
			clear(m.labelRow(m.wake, r))
		}
	}
	switch {
	case m.labels() == 0:
		m.stage = stageNet
		m.feedNet(p, func(r int) int { return int(m.place) + r })
	case len(m.layers) == 1:
		m.stage = stageJudge
	default:
		m.stage, m.level = stageUp, 1
	}
}

// answer takes the class with the largest number of each row, counts, and goes
// on to the next examples; after the last the test is over.
func (m *Machine) answer(numbers []float32, classes int) {
	p := m.tested()
	for r := range int(m.rows) {
		_, said := kernel.Max(numbers[r*classes:][:classes])
		wanted := int(p.Class[int(m.place)+r])
		m.counting[wanted*classes+said]++
		m.count++
		if said != wanted {
			m.wrong++
		}
	}
	m.stage, m.level, m.at = stageFeed, 0, 0
	if m.place += m.rows; m.place < int64(p.N) {
		return
	}
	m.last[scoreTest] = score{m.wrong, m.count}
	copy(m.confused, m.counting)
	m.tests++
	m.task, m.place = taskRest, 0
}
