package tape

import (
	"perceptarium/modern/examples"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
)

// Step performs one tensor operation. A machine with a fault stands still.
func (m *Machine) Step() {
	if m.fault != 0 {
		return
	}
	switch m.stage {
	case stageTest:
		m.testStep()
		return
	case stageAscent:
		m.ascentStep()
		return
	}
	in := &m.steps[m.at]
	m.done, m.tested, m.rising = m.at, false, false
	switch in.part {
	case partFeed:
		m.feedBatch()
	default:
		in.Run()
		m.work += in.Part.Work*int64(m.net.Rows) + in.Part.Once
	}
	m.at++
	switch next := m.next(); {
	case in.part == partForward && next != partForward:
		m.judge()
	case in.part == partBackward && next != partBackward:
		m.notePath()
	}
	if m.at == int64(len(m.steps)) {
		m.endBatch()
	}
}

// next is the part of the step's next operation, partFeed behind the last.
func (m *Machine) next() int {
	if m.at == int64(len(m.steps)) {
		return partFeed
	}
	return m.steps[m.at].part
}

// feedBatch puts the next examples into the net.
func (m *Machine) feedBatch() {
	if m.dial.next > 0 {
		m.place, m.dial.next = m.dial.next-1, 0
	}
	m.rows = min(m.dial.batch, int64(len(m.order))-m.place)
	m.first = int64(m.order[m.place])
	list := m.order[m.place : m.place+m.rows]
	m.join()
	for r, i := range list {
		m.feed(m.net, &m.set.Train, int(m.carrying.joined)+r, int(i))
	}
	m.sendPath()
}

// feed puts example i of p into row r of n.
func (m *Machine) feed(n *nn.Net, p *examples.Part, r, i int) {
	x, size := m.set.Input(p, i), m.set.Size()
	in := n.Values[0].Data
	for t := range m.set.Steps {
		copy(in[(t*n.Rows+r)*size:(t*n.Rows+r+1)*size], x[t*size:])
	}
	if m.set.Classes > 0 {
		m.want(n, r, int(p.Class[i]))
		return
	}
	y, wide := m.set.Wanted(p, i), m.set.Outputs
	for t := range n.Output.Steps {
		from := y[(m.set.Steps-n.Output.Steps+t)*wide:]
		row := t*n.Rows + r
		if m.spec.Loss.Kind == nn.Softmax {
			n.Class[row] = int32(from[0])
			continue
		}
		n.Class[row] = -1
		copy(n.Wanted.Data[row*wide:row*wide+wide], from)
	}
}

// want asks for a class: high at its output, low at the others; a single output
// is high for class 1.
func (m *Machine) want(n *nn.Net, r, class int) {
	l := n.Setting()
	size := n.Output.Size
	if size == 1 {
		n.Class[r] = -1
		n.Wanted.Data[r] = l.Low
		if class == 1 {
			n.Wanted.Data[r] = l.High
		}
		return
	}
	n.Class[r] = int32(class)
	for k := range size {
		n.Wanted.Data[r*size+k] = l.Low
	}
	n.Wanted.Data[r*size+class] = l.High
}

// judge takes in what the loss said of a batch. Without learning, the batch
// ends here.
func (m *Machine) judge() {
	res := &m.net.Result
	m.loss, m.wrong = res.Loss/float32(m.answers(m.net)), int64(res.Wrong)
	m.sum += float64(res.Loss)
	m.missed += m.wrong
	if res.Loss-res.Loss != 0 {
		m.blame(m.steps, m.net)
		return
	}
	if !m.dial.learn && m.length == allWays {
		m.at = int64(len(m.steps))
	}
}

// answers is how many answers a net gives for its rows.
func (m *Machine) answers(n *nn.Net) int { return n.Rows * n.Output.Steps }

// blame finds the operation that made the first number that is none: the first
// whose result holds one, or the update of the parameter that it found spoilt.
func (m *Machine) blame(program []instr, n *nn.Net) {
	for i := range program {
		if program[i].part != partForward || sound(program[i].Part.Out()) {
			continue
		}
		m.fault = int64(i + 1)
		for k, p := range n.Params {
			if !sound(p.W) {
				m.faultBy = int64(k + 1)
				return
			}
		}
		return
	}
	m.fault = int64(len(program))
}

// sound reports whether all of v are finite numbers.
func sound(v []float32) bool {
	for _, x := range v {
		if x-x != 0 {
			return false
		}
	}
	return true
}

// endBatch goes on to the next batch, pass or test.
func (m *Machine) endBatch() {
	m.at = 0
	m.batches++
	m.seen += m.rows
	m.place += m.rows - m.carrying.joined
	m.keep()
	m.curves.batch.push(m.loss)
	passed := m.place >= int64(len(m.order))
	if passed {
		m.endPass()
	}
	if m.dial.asked || passed && m.dial.testEvery > 0 && m.pass%m.dial.testEvery == 0 {
		m.beginTest()
	} else if m.dial.climb {
		m.beginAscent()
	}
}

func (m *Machine) endPass() {
	m.pass++
	count := m.judgedInPass() * int64(m.net.Output.Steps)
	m.last = score{float32(m.sum / float64(count)), m.missed, count}
	if m.missed == 0 && m.solved == 0 {
		m.solved = m.pass
	}
	m.curves.err.push(percent(m.last.wrong, count))
	m.curves.loss.push(m.last.loss)
	m.sum, m.missed = 0, 0
	m.arrange()
	if m.dial.schedule {
		m.opt.Settings.Rate = m.spec.RateAt(int(m.pass))
	}
}

func percent(part, of int64) float32 {
	if of == 0 {
		return 0
	}
	return float32(float32(100*float32(part)) / float32(of))
}

func (m *Machine) beginTest() {
	m.stage, m.dial.asked, m.at, m.testAt, m.testSum, m.testMiss = stageTest, false, 0, 0, 0, 0
	clear(m.counting)
	m.beginNotes()
}

// examined is the examples that a test looks at.
func (m *Machine) examined() *examples.Part {
	if m.dial.testOn == 1 || m.set.Test.N == 0 {
		return &m.set.Train
	}
	return &m.set.Test
}

func (m *Machine) testStep() {
	in, p := &m.tests[m.at], m.examined()
	m.done, m.tested, m.rising = m.at, true, false
	if in.part == partFeed {
		m.twin.Rows = min(m.twin.Batch, p.N-int(m.testAt))
		for r := range m.twin.Rows {
			m.feed(m.twin, p, r, int(m.testAt)+r)
		}
	} else {
		in.Run()
		m.work += in.Part.Work*int64(m.twin.Rows) + in.Part.Once
	}
	m.at++
	if m.at == int64(len(m.tests)) {
		m.endTestBatch(p)
	}
}

func (m *Machine) endTestBatch(p *examples.Part) {
	res := &m.twin.Result
	if res.Loss-res.Loss != 0 {
		m.blame(m.tests, m.twin)
		return
	}
	m.testSum += float64(res.Loss)
	m.testMiss += int64(res.Wrong)
	m.count(p)
	m.weigh(p)
	m.note(p)
	m.at = 0
	m.testAt += int64(m.twin.Rows)
	if m.testAt < int64(p.N) {
		return
	}
	count := int64(p.N * m.twin.Output.Steps)
	m.test = score{float32(m.testSum / float64(count)), m.testMiss, count}
	m.curves.testErr.push(percent(m.test.wrong, count))
	m.curves.testLoss.push(m.test.loss)
	copy(m.confused, m.counting)
	m.examed++
	m.readOut()
	m.judgeRejection(p.N)
	m.stage, m.testAt = stageTrain, 0
	if m.dial.climb {
		m.beginAscent()
	}
}

// count enters the answers of a batch of a test into the confusion.
func (m *Machine) count(p *examples.Part) {
	c := m.classes()
	if c == 0 {
		return
	}
	for r := range m.twin.Rows {
		wanted := int(p.Class[int(m.testAt)+r])
		m.counting[wanted*c+m.answer(r)]++
	}
}

// answer is the class that the twin's row r says.
func (m *Machine) answer(r int) int {
	out := m.twin.Output
	row := out.Data[r*out.Size : (r+1)*out.Size]
	if out.Size > 1 {
		_, at := kernel.Max(row)
		return at
	}
	l := m.twin.Setting()
	if float32(2*row[0]) >= l.Low+l.High {
		return 1
	}
	return 0
}
