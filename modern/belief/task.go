package belief

import "perceptarium/modern/kernel"

// The tasks.
const (
	taskRest int64 = iota
	taskLearn
	taskUpDown
	taskTest
	taskDream
	taskTune
)

var taskNames = []string{"rest", "learn", "up-down", "test", "dream", "tune"}

// The stages of a task.
const (
	stageFeed  int64 = iota // a batch is put into level 0, and its labels beside level L-1
	stageUp                 // a level is computed from that below
	stageWake               // the level above the layer that learns, from the data
	stageDown               // its lower level from its upper
	stageSleep              // its upper level from its lower, not from the data any more
	stageLearn              // the weights move
	stageFall               // a level is computed from that above, on the way from the memory to the picture
	stageBoth               // a layer below the memory learns, up and down
	stageJudge              // answers are counted
	stageNet                // an operation of back-propagation
)

const stages = stageNet + 1

// begin begins a task.
func (m *Machine) begin(task int64) {
	m.task, m.stage, m.level, m.turn, m.pass, m.at = task, stageFeed, 0, 0, 0, 0
	m.wrong, m.count = 0, 0
	m.dreamt = task == taskDream
	clear(m.counting)
	m.arrange()
	switch task {
	case taskLearn:
		m.beginLayer()
	case taskUpDown:
		m.part()
	case taskTune:
		m.takeOver()
	}
}

// arrange shuffles the examples for a pass.
func (m *Machine) arrange() {
	m.orders.Perm(m.order)
	m.place = 0
}

// Step is one step of the task.
func (m *Machine) Step() {
	if m.fault {
		return
	}
	switch m.task {
	case taskLearn:
		m.learnStep()
	case taskUpDown:
		m.upDownStep()
	case taskTest:
		m.testStep()
	case taskDream:
		m.dreamStep()
	case taskTune:
		m.tuneStep()
	}
}

// feed puts the next examples for training into level 0.
func (m *Machine) feed() {
	m.rows = min(m.dial.batch, int64(len(m.order))-m.place)
	for r, i := range m.order[m.place : m.place+m.rows] {
		m.feedRow(r, m.set.Input(&m.set.Train, int(i)))
		if m.labels() > 0 {
			oneHot(m.labelRow(m.wake, r), int(m.set.Train.Class[i]))
		}
	}
	m.level = 1
}

func (m *Machine) feedRow(r int, x []float32) { copy(m.wake[0][r*m.width(0):], x) }

// labelRow is the label units of a row of the levels awake or asleep.
func (m *Machine) labelRow(levels [][]float32, r int) []float32 {
	l := m.top()
	return levels[len(m.layers)-1][(r+1)*l.visible-l.labels : (r+1)*l.visible]
}

// rise computes the next level from that below, and draws its units where
// asked.
func (m *Machine) rise(drawn bool) {
	l, to := &m.layers[m.level-1], m.wake[m.level]
	l.up(to, m.width(int(m.level)), m.wake[m.level-1], int(m.rows))
	if drawn {
		m.draw(to, m.width(int(m.level)), to, m.width(int(m.level)), l.hidden, int(m.rows))
	}
	m.spend(l, 1)
	m.level++
}

// spend counts multiply-adds of so many passes through a layer.
func (m *Machine) spend(l *layer, passes int64) { m.work += passes * m.rows * l.macs() }

// weightsDown are the weights with which layer i goes down.
func (m *Machine) weightsDown(i int) []float32 {
	if m.parted && m.layers[i].gen != nil {
		return m.layers[i].gen
	}
	return m.layers[i].w
}

// fall computes the level below m.level from it, and draws its units where
// asked.
func (m *Machine) fall(drawn bool) {
	m.level--
	l, to := &m.layers[m.level], m.sleep[m.level]
	l.down(to, m.sleep[m.level+1], m.width(int(m.level)+1), int(m.rows), m.weightsDown(int(m.level)))
	if drawn {
		m.draw(to, l.visible, to, l.visible, l.visible, int(m.rows))
	}
	m.spend(l, 1)
}

// endBatch goes on to the next batch; it reports whether the passes are done.
func (m *Machine) endBatch() (done bool) {
	m.stage, m.turn, m.level, m.at = stageFeed, 0, 0, 0
	m.batches++
	m.place += m.rows
	if m.place < int64(len(m.order)) {
		return false
	}
	m.pass++
	m.arrange()
	return m.pass >= m.dial.passes
}

// hold stops the machine where a layer's weights are no finite numbers.
func (m *Machine) hold(l *layer) {
	s := kernel.SumAbs(l.w) + kernel.SumAbs(l.b) + kernel.SumAbs(l.c)
	m.fault = m.fault || s-s != 0
}
