package belief

import "perceptarium/modern/kernel"

// part gives the layers below the memory weights of their own for going down.
func (m *Machine) part() {
	if m.parted {
		return
	}
	for i := range m.layers {
		if l := &m.layers[i]; l.gen != nil {
			copy(l.gen, l.w)
		}
	}
	m.parted = true
}

// upDownStep is a step of the contrastive form of wake-sleep: up with drawn
// units, alternations in the memory, down with drawn units; then each weight
// that goes down learns to make the level below as it was awake, and each that
// goes up to find the level above as it was asleep.
func (m *Machine) upDownStep() {
	top := int64(len(m.layers))
	switch m.stage {
	case stageFeed:
		m.feed()
		m.stage = stageUp
	case stageUp:
		m.rise(true)
	case stageWake:
		l := m.top()
		l.up(m.wake[top], l.hidden, m.wake[top-1], int(m.rows))
		m.draw(m.wake[top], l.hidden, m.wake[top], l.hidden, l.hidden, int(m.rows))
		copy(m.sleep[top], m.wake[top])
		m.spend(l, 1)
		m.stage = stageDown
	case stageDown:
		m.memoryDown(true)
		m.stage = stageSleep
	case stageSleep:
		m.memoryUp()
		m.stage = stageDown
		if m.turn++; m.turn >= max(m.dial.turns, 1) {
			m.stage, m.level = stageFall, top-1
		}
	case stageFall:
		m.fall(m.level > 1)
	case stageBoth:
		m.learnBoth(int(m.level))
		m.level++
	case stageLearn:
		m.learnMemory()
		return
	}
	switch {
	case m.stage == stageUp && m.level >= top:
		m.stage = stageWake
	case m.stage == stageFall && m.level == 0:
		m.stage = stageBoth
		m.level = 1
	}
	if m.stage == stageBoth && m.level >= top {
		m.stage = stageLearn
	}
}

// memoryDown computes what the memory sees from its upper level, and draws its
// units where asked; labels keep their probabilities.
func (m *Machine) memoryDown(drawn bool) {
	l, n := m.top(), len(m.layers)
	to := m.sleep[n-1]
	l.down(to, m.sleep[n], l.hidden, int(m.rows), l.w)
	if drawn {
		m.draw(to, l.visible, to, l.visible, l.visible-l.labels, int(m.rows))
	}
	m.spend(l, 1)
}

// memoryUp draws the upper level of the memory from what it sees.
func (m *Machine) memoryUp() {
	l, n := m.top(), len(m.layers)
	to := m.sleep[n]
	l.up(to, l.hidden, m.sleep[n-1], int(m.rows))
	m.draw(to, l.hidden, to, l.hidden, l.hidden, int(m.rows))
	m.spend(l, 1)
}

// learnBoth moves the weights of the layer below level, both those that go down
// and those that go up.
func (m *Machine) learnBoth(level int) {
	l, rows, ld := &m.layers[level-1], int(m.rows), m.width(level)
	step := m.dial.rate / float32(rows)
	// Down: what was awake below, against what the level above makes of itself.
	seen, off := m.wake[level-1][:rows*l.visible], m.a[:rows*l.visible]
	l.down(off, m.wake[level], ld, rows, l.gen)
	kernel.Sub(off, seen, off)
	kernel.Scale(off, step, off)
	kernel.Gemm(kernel.TransA, l.visible, l.hidden, rows, off, l.visible, m.wake[level], ld, l.gen, l.hidden)
	m.addSums(l.b, off, rows, l.visible, 0)
	// Up: what was asleep above, against what is found in the level below.
	seen, off = m.sleep[level-1][:rows*l.visible], m.a[:rows*l.hidden]
	l.up(off, l.hidden, seen, rows)
	for r := range rows {
		row := off[r*l.hidden:][:l.hidden]
		kernel.Sub(row, m.sleep[level][r*ld:][:l.hidden], row)
	}
	kernel.Scale(off, step, off)
	kernel.Gemm(kernel.TransA, l.visible, l.hidden, rows, seen, l.visible, off, l.hidden, l.w, l.hidden)
	m.addSums(l.c, off, rows, l.hidden, 0)
	m.spend(l, 4)
	m.hold(l)
}

// learnMemory moves the weights of the highest layer by what was drawn awake
// and asleep, and ends the batch.
func (m *Machine) learnMemory() {
	l, top, rows := m.top(), len(m.layers), int(m.rows)
	share := 1 / float32(rows)
	m.gather(l, m.wake[top-1][:rows*l.visible], m.wake[top][:rows*l.hidden], rows, -share, kernel.Overwrite)
	m.gather(l, m.sleep[top-1][:rows*l.visible], m.sleep[top][:rows*l.hidden], rows, share, 0)
	kernel.SGD(l.w, m.g[:len(l.w)], m.dial.rate, 0)
	kernel.SGD(l.b, m.gb[:l.visible], m.dial.rate, 0)
	kernel.SGD(l.c, m.gc[:l.hidden], m.dial.rate, 0)
	m.hold(l)
	if m.endBatch() {
		m.task = taskRest
	}
}
