package belief

import (
	"strconv"

	"perceptarium/modern/examples"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
)

// tuning is the net of back-propagation that goes on from the layers.
type tuning struct {
	net                    *nn.Net // nil where there are labels, or no classes
	opt                    *nn.Optimizer
	forward, back, updates []nn.Instr
}

// makeNet makes a net with a layer of logistic units for each layer, and one
// output for each class.
func (m *Machine) makeNet(init string) {
	if m.set.Classes == 0 || m.labels() > 0 {
		return
	}
	law := nn.Init{Law: nn.PerRootIn, Value: 1}
	if init == glorot {
		law = nn.Init{Law: nn.Glorot, Value: 4}
	}
	n := nn.New(min(rowsMax, max(m.set.Train.N, m.set.Test.N)))
	x := n.Input("input", []int{m.set.Size()}, 1)
	for i := range m.layers {
		x = n.Dense(layerName(i), x, nn.Dense{Units: m.layers[i].hidden, Act: kernel.Logistic, Init: law})
	}
	x = n.Dense("out", x, nn.Dense{Units: m.set.Classes, Init: law})
	n.Loss("loss", x, nn.Loss{Kind: nn.Softmax})
	m.opt = n.Optimize(nn.SGD, nn.Settings{})
	n.Finish()
	m.net, m.forward, m.back, m.updates = n, n.Forward(), n.Backward(), m.opt.Update()
}

func layerName(i int) string { return "h" + strconv.Itoa(i+1) }

// startNet draws the net's weights anew.
func (m *Machine) startNet() {
	if m.net != nil {
		m.net.Start(m.seed)
	}
}

// takeOver begins the tuning: the net's weights are drawn anew, and those of
// the layers that have learned put in their place.
func (m *Machine) takeOver() {
	m.startNet()
	for i := range int(m.learned) {
		copy(m.net.Param(layerName(i)+"-w").W, m.layers[i].w)
		copy(m.net.Param(layerName(i)+"-b").W, m.layers[i].c)
	}
}

// feedNet puts the batch, whose rows are the examples that of names, into the
// net.
func (m *Machine) feedNet(p *examples.Part, of func(r int) int) {
	m.net.Rows = int(m.rows)
	for r := range m.net.Rows {
		copy(m.net.Values[0].Data[r*m.set.Size():], m.set.Input(p, of(r)))
		m.net.Class[r] = p.Class[of(r)]
	}
	m.at = 0
}

// instr is operation i of a step of tuning; nil after the last.
func (m *Machine) instr(i int64) *nn.Instr {
	for _, list := range [][]nn.Instr{m.forward, m.back, m.updates} {
		if i < int64(len(list)) {
			return &list[i]
		}
		i -= int64(len(list))
	}
	return nil
}

// run performs the next operation of the net.
func (m *Machine) run() {
	in := m.instr(m.at)
	in.Run()
	m.work += in.Part.Work*m.rows + in.Part.Once
	m.at++
}

// tuneStep is an operation of back-propagation.
func (m *Machine) tuneStep() {
	if m.stage == stageFeed {
		m.feed()
		m.feedNet(&m.set.Train, func(r int) int { return int(m.order[int(m.place)+r]) })
		m.stage = stageNet
		return
	}
	m.opt.Settings.Rate = m.dial.tuneRate
	m.run()
	if m.at == int64(len(m.forward)) {
		loss := m.net.Result.Loss
		m.wrong += int64(m.net.Result.Wrong)
		m.count += m.rows
		m.fault = loss-loss != 0
	}
	if m.instr(m.at) != nil {
		return
	}
	done := m.endBatch()
	if m.place == 0 {
		m.last[scoreTrain] = score{m.wrong, m.count}
		m.wrong, m.count = 0, 0
	}
	if done {
		m.task = taskRest
	}
}

// netTest is an operation of the tuned net in a test.
func (m *Machine) netTest() {
	m.run()
	if m.at == int64(len(m.forward)) {
		m.answer(m.net.Output.Data, m.set.Classes)
	}
}
