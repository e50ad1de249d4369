package belief

import "perceptarium/modern/kernel"

// beginLayer begins the learning of m.layer from its weights as they are.
func (m *Machine) beginLayer() {
	l := &m.layers[m.layer-1]
	clear(l.dw)
	clear(l.db)
	clear(l.dc)
	m.pass = 0
	m.errorSum, m.errorCount = 0, 0
	if l.gen != nil {
		m.parted = false
	}
}

// learnStep is a step of contrastive divergence in layer m.layer.
func (m *Machine) learnStep() {
	l, rows := &m.layers[m.layer-1], int(m.rows)
	below, above := m.layer-1, m.layer
	ld := m.width(int(above))
	switch m.stage {
	case stageFeed:
		m.feed()
		m.stage = stageUp
	case stageUp:
		m.rise(m.dial.drawData)
	case stageWake:
		l.up(m.mean[0], l.hidden, m.wake[below], rows)
		m.draw(m.wake[above], ld, m.mean[0], l.hidden, l.hidden, rows)
		m.spend(l, 1)
		m.stage = stageDown
	case stageDown:
		from := m.sleep[above]
		if m.turn == 0 {
			from = m.wake[above]
		}
		l.down(m.sleep[below], from, ld, rows, l.w)
		if m.dial.drawVisible {
			m.draw(m.sleep[below], l.visible, m.sleep[below], l.visible, l.visible-l.labels, rows)
		}
		m.spend(l, 1)
		m.stage = stageSleep
	case stageSleep:
		l.up(m.mean[1], l.hidden, m.sleep[below], rows)
		m.draw(m.sleep[above], ld, m.mean[1], l.hidden, l.hidden, rows)
		m.spend(l, 1)
		m.turn++
		m.stage = stageDown
	case stageLearn:
		m.learn(l, rows)
		return
	}
	if m.stage == stageUp && m.level >= m.layer {
		m.stage = stageWake
	}
	if m.stage == stageDown && m.turn >= m.alternations() {
		m.stage = stageLearn
	}
}

// alternations is how many alternations learning takes: none where it sums over all
// states.
func (m *Machine) alternations() int64 {
	if m.dial.turns == 0 && !m.exact(int(m.layer-1)) {
		return 1
	}
	return m.dial.turns
}

// learn moves the weights of the layer towards the data and away from what was
// reconstructed, or with turns 0 from all that the layer can see, each state by
// its probability:
//
//	dw = mu dw + rate (<v h> of the data - <v h> asleep - decay w)
//
// h stands with its probability, not as it was drawn, and so does v asleep
// unless draw-visible is on.
func (m *Machine) learn(l *layer, rows int) {
	below := m.layer - 1
	v0, v1, h0, h1 := m.wake[below][:rows*l.visible], m.sleep[below][:rows*l.visible], m.mean[0][:rows*l.hidden], m.mean[1][:rows*l.hidden]
	share := 1 / float32(rows)
	m.gather(l, v0, h0, rows, -share, kernel.Overwrite)
	if m.alternations() == 0 {
		m.gatherAll(l, int(below))
	} else {
		m.gather(l, v1, h1, rows, share, 0)
		m.errorSum += float64(kernel.SquaredDistance(v0, v1))
		m.errorCount += int64(len(v0))
	}
	m.move(l)
	m.hold(l)
	if m.endBatch() {
		m.endLayer()
	}
	if m.place == 0 && m.errorCount > 0 {
		m.errorLast = float32(m.errorSum / float64(m.errorCount))
		m.errorSum, m.errorCount = 0, 0
	}
}

// gather adds share times the sum over the rows of v h to the derivative, and
// likewise of v and of h.
func (m *Machine) gather(l *layer, v, h []float32, rows int, share float32, op kernel.Op) {
	scaled := m.a[:len(h)]
	kernel.Scale(scaled, share, h)
	kernel.Gemm(kernel.TransA|op, l.visible, l.hidden, rows, v, l.visible, scaled, l.hidden, m.g, l.hidden)
	m.addSums(m.gc[:l.hidden], scaled, rows, l.hidden, op)
	seen := m.b[:len(v)]
	kernel.Scale(seen, share, v)
	m.addSums(m.gb[:l.visible], seen, rows, l.visible, op)
	m.spend(l, 1)
}

// addSums adds the sums of the columns of x to dst, or sets it to them.
func (m *Machine) addSums(dst, x []float32, rows, cols int, op kernel.Op) {
	if op&kernel.Overwrite != 0 {
		clear(dst)
	}
	kernel.ChannelSums(m.line[:cols], x, rows, cols, 1)
	kernel.Add(dst, dst, m.line[:cols])
}

// gatherAll adds what the layer expects of itself: the sum over all states of
// what it sees.
func (m *Machine) gatherAll(l *layer, i int) {
	n, all := 1<<l.visible, m.every[i]
	m.logZ(i)
	p, h := m.p[:n], m.x[:n*l.hidden]
	kernel.Softmax(p, p, 1, n)
	l.up(h, l.hidden, all, n)
	for s := range n {
		row := h[s*l.hidden:][:l.hidden]
		kernel.Scale(row, p[s], row)
	}
	kernel.Gemm(kernel.TransA, l.visible, l.hidden, n, all, l.visible, h, l.hidden, m.g, l.hidden)
	m.addSums(m.gc[:l.hidden], h, n, l.hidden, 0)
	kernel.Gemm(kernel.TransA, l.visible, 1, n, all, l.visible, p, 1, m.gb, 1)
	m.work += 3 * int64(n) * l.macs()
}

// move moves weights and biases by the derivative.
func (m *Machine) move(l *layer) {
	rate, mu := m.dial.rate, m.dial.mu
	if m.dial.anneal {
		rate = float32(rate * (1 - float32(m.pass)/float32(m.dial.passes)))
	}
	if m.pass < m.dial.muPasses {
		mu = m.dial.muFirst
	}
	kernel.Momentum(l.w, l.dw, m.g[:len(l.w)], rate, mu, m.dial.decay)
	kernel.Momentum(l.b, l.db, m.gb[:l.visible], rate, mu, 0)
	kernel.Momentum(l.c, l.dc, m.gc[:l.hidden], rate, mu, 0)
}

// endLayer goes on to the next layer; after the highest the machine rests.
func (m *Machine) endLayer() {
	m.learned = max(m.learned, m.layer)
	if m.layer == int64(len(m.layers)) {
		m.task = taskRest
		return
	}
	m.layer++
	m.beginLayer()
}
