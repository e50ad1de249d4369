package reader

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"perceptarium/modern/examples"
	"perceptarium/modern/model"
	"perceptarium/modern/nn"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// The phases of a machine.
const (
	phaseLearn int64 = iota
	phaseCut
	phaseScore
	phasePath
	phaseAnswer
	phaseRest
)

var phaseNames = []string{"learn", "cut", "score", "path", "answer", "rest"}

// Machine is a net that judges pieces, and the strips that it reads.
type Machine struct {
	sheet  *sim.Sheet
	reads  []func(*Machine, *sim.Reading)
	turns  []func(*Machine, sim.Input)
	spec   *model.Spec
	set    *examples.Set
	net    *nn.Net
	lesson []nn.Instr // a step of learning
	judge  []nn.Instr // forwards, without the loss
	rows   int        // of a strip
	cols   int
	most   int // digits of an amount
	tall   int // of the net's input
	wide   int
	desk   desk
	state
}

// desk is room to work in: nothing of it outlives a step or a reading.
type desk struct {
	ink    []float32 // [cols] of each column
	graph  graph     // of a strip that is learned from
	kinds  []int32   // [candidates] which digit of the strip it is, or -1
	order  []int32   // [strips]
	lines  [][]byte  // of the drawing: the strip, the cheapest way, pieces
	sorted []int32   // [candidates]
}

// state is all that a snapshot holds, besides the net.
type state struct {
	seed    uint64
	phase   int64
	lessons int64 // pieces presented
	window  tally // of the last so many pieces
	past    tally // of those before
	stream  rng.Stream
	strip   int64 // on the table; -1: none yet
	next    int64 // the one after it
	at      int64 // candidates scored, or nodes reached
	graph   graph
	results []result // of each strip
	before  float32  // the error of the last reading of all strips, before this one; -1: none
	how     settings
	fault   bool
}

// tally counts wrong answers to pieces.
type tally struct{ wrong, count int64 }

// windowSize is how many pieces a tally has.
const windowSize = 500

// result is what reading a strip came to.
type result struct {
	verdict int8 // unread, right or wrong
	local   bool // the best piece at each cut, one after the other, spells what is written
	margin  float32
}

const (
	unread int8 = iota
	right
	wrong
)

// classes are the digits; the net has one output more, for rubbish.
const classes = 10

// amountFields are the numbers that the set has for each digit: which it is, the
// first column of its ink, and the first after it.
const amountFields = 3

// Bounds of what can be made.
const (
	sideMax   = 64 // of the net's input
	rowsMax   = 64
	colsMax   = 256
	stripsMax = 1 << 16
	digitsMax = 24
)

// Slots is what a line of the machine may carry.
func Slots() []sim.Slot {
	return []sim.Slot{
		{Key: "net", Data: true, Doc: "the net that judges pieces, as text (docs/layers.md): one picture as input, ten digits and rubbish as outputs, loss softmax; default check-pieces"},
		{Key: "data", Data: true, Doc: "strips with amounts: the data set amounts (docs/data.md); one small strip where it is left out"},
	}
}

// Make makes the machine and takes all its memory.
func Make(env sim.Env) (sim.Machine, error) {
	m := &Machine{}
	text, err := m.makeNet(env)
	if err != nil {
		return nil, err
	}
	data, ok := env.Get("data")
	if !ok {
		data = sim.Option{Value: "seven", Data: examples.Encode(seven())}
	}
	if m.set, err = examples.Decode(data.Data); err != nil {
		return nil, fmt.Errorf("%s: %w; the reader wants strips, as data=amounts makes them", data.Value, err)
	}
	if err := m.suits(); err != nil {
		return nil, fmt.Errorf("%s: %w", data.Value, err)
	}
	m.makeRoom()
	sum := sha256.Sum256(append(append([]byte(nil), text...), data.Data...))
	m.sheet = m.makeSheet("sha256:" + hex.EncodeToString(sum[:]))
	m.Reset(0)
	return m, nil
}

const presetNet = "check-pieces"

func (m *Machine) makeNet(env sim.Env) (text []byte, err error) {
	name := presetNet
	if opt, ok := env.Get("net"); ok {
		name, text = opt.Value, opt.Data
	}
	if text == nil {
		text = model.Text(name)
	}
	if m.spec, err = model.Read(name, text); err != nil {
		return nil, err
	}
	if m.net, err = m.spec.Build(m.spec.Batch, nil); err != nil {
		return nil, err
	}
	in, out := m.net.Values[0], m.net.Output
	switch {
	case len(in.Shape) != 3 || in.Shape[0] != 1 || in.Steps != 1 || max(in.Shape[1], in.Shape[2]) > sideMax || min(in.Shape[1], in.Shape[2]) < 4:
		return nil, fmt.Errorf("%s: its input is %v; the reader shows it one picture of 4 to %d pixels along each side, as in 1x16x16", name, in.Shape, sideMax)
	case out.Size != classes+1 || out.Steps != 1 || m.spec.Loss.Kind != nn.Softmax || m.spec.Loss.Rubbish != 0:
		return nil, fmt.Errorf("%s: %d outputs with the loss %s; the reader wants %d, ten digits and rubbish, with the loss softmax", name, out.Size, nn.LossNames[m.spec.Loss.Kind], classes+1)
	}
	m.tall, m.wide = in.Shape[1], in.Shape[2]
	forward := m.net.Forward()
	m.judge = forward[:len(forward)-1]
	m.lesson = append(append(append(m.lesson, forward...), m.net.Backward()...), m.net.Optimizer().Update()...)
	return text, nil
}

// suits says why a set is not one of strips.
func (m *Machine) suits() error {
	s := m.set
	fields := s.Outputs / amountFields
	switch {
	case len(s.Shape) != 3 || s.Shape[0] != 1 || s.Steps != 1 || s.Shape[1] > rowsMax || s.Shape[2] > colsMax:
		return fmt.Errorf("its examples are %v; want strips of at most %d x %d pixels, as data=amounts makes them", s.Shape, rowsMax, colsMax)
	case s.Classes != 0 || s.Outputs != amountFields*fields || fields < 1 || fields > digitsMax:
		return fmt.Errorf("it wants %d numbers and %d classes of an example; want three numbers for each digit, of at most %d", s.Outputs, s.Classes, digitsMax)
	case s.Test.N < 1 || max(s.Train.N, s.Test.N) > stripsMax:
		return fmt.Errorf("%d strips for training and %d for testing; want some of both, at most %d", s.Train.N, s.Test.N, stripsMax)
	}
	m.rows, m.cols, m.most = s.Shape[1], s.Shape[2], fields
	for _, p := range []*examples.Part{&s.Train, &s.Test} {
		for i := range p.N {
			if !m.written(p, i) {
				return fmt.Errorf("strip %d of %d: its digits are not digits at columns in 0..%d", i+1, p.N, m.cols)
			}
		}
	}
	return nil
}

// written reports whether strip i has at least one digit, each of them one, with
// columns that are there, and none after the last.
func (m *Machine) written(p *examples.Part, i int) bool {
	y, ended := m.set.Wanted(p, i), false
	for k := range m.most {
		class, from, to := y[amountFields*k], y[amountFields*k+1], y[amountFields*k+2]
		if ended = ended || class == -1; ended {
			if k == 0 || class != -1 {
				return false
			}
			continue
		}
		whole := class == float32(int32(class)) && from == float32(int32(from)) && to == float32(int32(to))
		if !whole || class < 0 || class >= classes || from < 0 || from >= to || to > float32(m.cols) {
			return false
		}
	}
	return true
}

// makeRoom takes the memory.
func (m *Machine) makeRoom() {
	m.graph, m.desk.graph = newGraph(m.cols), newGraph(m.cols)
	m.results = make([]result, m.set.Test.N)
	d := &m.desk
	d.ink, d.order = make([]float32, m.cols), make([]int32, m.set.Test.N)
	d.kinds, d.sorted = make([]int32, len(d.graph.room)), make([]int32, len(d.graph.room))
	for range m.pictureLines() + 1 + pieceLines {
		d.lines = append(d.lines, make([]byte, m.cols))
	}
}

// Reset turns the power on.
func (m *Machine) Reset(seed uint64) {
	m.how = m.presets()
	m.seed = seed
	m.restart()
}

// restart draws the weights and begins to learn anew.
func (m *Machine) restart() {
	m.net.Start(m.seed)
	m.net.Optimizer().Settings = m.spec.Set
	m.stream = rng.New(m.seed).Stream("reader.pieces")
	m.lessons, m.window, m.past, m.before = 0, tally{}, tally{}, -1
	m.phase, m.fault = phaseLearn, false
	clear(m.results)
	m.clearTable()
}

// clearTable forgets what was read, but for the error where all of it was.
func (m *Machine) clearTable() {
	if s := m.sums(); s.answered == int64(len(m.results)) {
		m.before = percent(s.wrong, s.answered)
	}
	m.strip, m.next, m.at = -1, 0, 0
	m.graph.clear()
	clear(m.results)
}

// Step is one tick.
func (m *Machine) Step() {
	switch {
	case m.fault:
		return
	case m.phase == phaseLearn && m.how.lessons > 0:
		m.learn()
		return
	}
	switch m.phase {
	case phaseLearn:
		m.open()
	case phaseCut:
		m.lay()
	case phaseScore:
		m.score()
	case phasePath:
		m.reach()
	case phaseAnswer:
		m.answer()
	}
}

// seven is the smallest set: a drawn 7, and a drawn 1.
func seven() *examples.Set {
	s := &examples.Set{Name: "a seven and a one", Shape: []int{1, 8, 12}, Steps: 1, Outputs: 2 * amountFields}
	x := make([]float32, 8*12)
	for r := 1; r < 7; r++ {
		x[r*12+8] = 1
		x[r*12+5-(r-1)/2] = 1
	}
	for c := 2; c < 6; c++ {
		x[12+c] = 1
	}
	p := examples.Part{N: 1, X: x, Y: []float32{7, 2, 6, 1, 8, 9}}
	s.Train, s.Test = p, p
	return s
}
