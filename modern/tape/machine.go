// Package tape is nets as a machine: one tick is one tensor operation.
//
//	examples -> feed -> forward ... loss -> backward ... -> update ... -> feed
//
// The net is read from text (package model), the examples come with the machine
// (package examples). A batch is fed, goes forwards through the layers to the
// loss, the derivative goes backwards, and each parameter is updated; then comes
// the next batch. After a pass over the examples the machine may test itself on
// others, batch by batch, forwards only. What is written, by which rule and with
// which numbers, the probes say at every tick.
//
// All numbers are float32 under the arithmetic law. A loss that is no number, or
// infinite, faults the machine: it names the operation that made it, and holds.
//
// Sources: D. E. Rumelhart, G. E. Hinton, R. J. Williams 1986; the papers that
// the layers and methods name (packages nn and model).
// Omitted: the speed of the period's machines, which internal/era reckons.
package tape

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"

	"perceptarium/modern/examples"
	"perceptarium/modern/model"
	"perceptarium/modern/nn"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// The stages: what the machine is doing.
const (
	stageTrain = iota
	stageTest
	stageAscent
)

// The parts of a training step.
const (
	partFeed = iota
	partForward
	partBackward
	partUpdate
)

// instr is one operation of a program: a feed, or one of the net.
type instr struct {
	nn.Instr
	part int
}

// Machine is a net, its examples, and where the training stands.
type Machine struct {
	sheet *sim.Sheet
	spec  *model.Spec
	set   *examples.Set
	net   *nn.Net
	opt   *nn.Optimizer
	twin  *nn.Net   // for testing
	loop  *nn.Value // the twin's recurrent layer, where an automaton is read out of it
	plane *nn.Net   // for the graph over one input, or the surface over two; nil where there are others
	steps []instr   // a training step
	tests []instr   // one batch of a test
	names names

	picture   *drawing // nil where the net is not drawn
	probes    []seen
	controls  []turned
	clash     string     // a name that a layer and the machine both have
	overPlane []nn.Instr // the surface's program
	machinery machinery  // room to read an automaton out
	blocks    []nn.Block
	drawn     []int32    // room to draw blocks
	view      *view      // nil where units are not looked into
	edges     *templates // nil where the kernels of the first layer see no picture

	state
}

// state is all that changes and that the nets do not hold.
type state struct {
	seed     uint64
	stage    int64
	at       int64 // the next operation
	done     int64 // the operation done last, or -1
	tested   bool  // it belonged to a test
	rising   bool  // it belonged to an ascent
	place    int64 // of the batch in the order
	rows     int64 // of the batch in the net
	first    int64 // its first example
	stream   rng.Stream
	pass     int64
	batches  int64
	seen     int64 // examples
	work     int64 // multiply-adds
	loss     float32
	wrong    int64   // in the last batch
	sum      float64 // of the losses in this pass
	missed   int64   // wrong answers in this pass
	last     score   // of the last pass
	test     score   // of the last test
	solved   int64   // the first pass without a wrong answer; 0: none yet
	testSum  float64
	testMiss int64
	testAt   int64
	examed   int64 // tests completed
	reject   rejection
	notedOn  int64 // what the test looked at whose greatest answers are kept
	risen    int64 // steps of the ascent
	ascents  int64 // completed
	noise    rng.Stream
	lesions  rng.Stream
	length   int64 // blocks that the derivative goes through, or allWays
	curves   curves
	auto     automaton // of the last test
	dial     settings
	fault    int64 // 1 + the place of the operation that made no number; 0: none
	faultBy  int64 // 1 + the place of the parameter that was spoilt before
	carrying carrying
	rooms
}

// score is what a pass or a test came to.
type score struct {
	loss  float32 // mean over the examples
	wrong int64
	count int64
}

// unknown is the score before the first pass or test: no answer was right yet,
// and the loss is infinite, so that no wait for a good one ends too early.
func unknown(answers int) score {
	return score{float32(math.Inf(1)), int64(answers), int64(answers)}
}

// settings are what the operator turns.
type settings struct {
	learn     bool
	schedule  bool // the rate follows the schedule of the net's text
	batch     int64
	order     int64
	next      int64 // the example that the next batch begins with; 0: as ordered
	testEvery int64
	testOn    int64 // 0: the examples for testing; 1: those for training
	look      int64 // the cell whose numbers are shown
	asked     bool  // a test
	over      int64 // tests whose mean and median are shown
	examine   bool
	layer     int64 // of the unit that is looked at
	unit      int64 // counted from 1
	climb     bool  // an ascent is asked for
	cut, swap int64 // blocks and pairs of blocks, drawn at random
	paths     bool  // derivatives are sent single ways
}

// curveLength is how many passes the curves show.
const curveLength = 64

// curve is the last values of a quantity, oldest first.
type curve struct {
	n int64
	v [curveLength]float32
}

// push appends v, and drops the oldest value where the curve is full.
func (c *curve) push(v float32) {
	if c.n == curveLength {
		copy(c.v[:], c.v[1:])
		c.n--
	}
	c.v[c.n] = v
	c.n++
}

// curves are what is shown over time: the loss of each batch; loss and share of
// wrong answers of each pass, and of each test.
type curves struct{ batch, loss, err, testLoss, testErr curve }

// Slots lists what a machine line may carry.
func Slots() []sim.Slot {
	return []sim.Slot{
		{Key: "net", Data: true, Doc: "the net as text: see docs/layers.md; or one of history by its name: " + strings.Join(model.Names(), ", ") + " (default: xor-1986)"},
		{Key: "data", Data: true, Doc: "the examples: a data set of docs/data.md, or a table with a line of column names and a line for each example, the wanted numbers or the class last (default: XOR)"},
	}
}

// Make makes the net and takes all its memory. Without a net it is that of XOR,
// without examples they are those of XOR.
func Make(env sim.Env) (sim.Machine, error) {
	spec, digest, err := makeSpec(env)
	if err != nil {
		return nil, err
	}
	m := &Machine{spec: spec}
	if m.net, err = spec.Build(m.room(), nil); err != nil {
		return nil, err
	}
	m.opt, m.blocks = m.net.Optimizer(), m.net.Blocks()
	if err := m.makeSet(env, &digest); err != nil {
		return nil, err
	}
	if err := m.makeTwins(); err != nil {
		return nil, err
	}
	m.listPrograms()
	m.drawn = make([]int32, len(m.blocks))
	m.view = m.makeView()
	m.edges = m.makeTemplates()
	m.makeRooms()
	if m.sheet, err = m.makeSheet(digest); err != nil {
		return nil, err
	}
	m.Reset(0)
	return m, nil
}

func makeSpec(env sim.Env) (*model.Spec, string, error) {
	name, text := "xor-1986", []byte(nil)
	if opt, ok := env.Get("net"); ok {
		name, text = opt.Value, opt.Data
	}
	if text == nil {
		text = model.Text(name)
	}
	spec, err := model.Read(name, text)
	return spec, digestOf("", text), err
}

func digestOf(before string, data []byte) string {
	sum := sha256.Sum256(append([]byte(before), data...))
	return hex.EncodeToString(sum[:])
}

func (m *Machine) makeSet(env sim.Env, digest *string) (err error) {
	opt, ok := env.Get("data")
	if !ok {
		opt = sim.Option{Key: "data", Value: "xor", Data: []byte("x1 x2 y\n0 0 0\n0 1 1\n1 0 1\n1 1 0\n")}
	}
	m.set, err = examples.Read(opt.Value, opt.Data, m.spec.Steps, m.net.Output.Size, m.spec.Loss.Kind == nn.Softmax)
	if err != nil {
		return err
	}
	*digest = digestOf(*digest, opt.Data)
	if err := m.fitsCarry(opt.Value); err != nil {
		return err
	}
	return m.fits(opt.Value)
}

// fits refuses examples of another size than the net's.
func (m *Machine) fits(name string) error {
	s, in, out := m.set, m.net.Value("input"), m.net.Output
	switch {
	case s.Size() != in.Size || s.Steps != in.Steps:
		return fmt.Errorf("%s: an example has %d steps of %v numbers; %s takes %d of %v", name, s.Steps, s.Shape, m.spec.File, in.Steps, in.Shape)
	case s.Classes > 0 && out.Size != s.Classes && (s.Classes != 2 || out.Size != 1 || m.spec.Loss.Kind == nn.Softmax):
		return fmt.Errorf("%s: %d classes; %s has %d outputs", name, s.Classes, m.spec.File, out.Size)
	case s.Classes == 0 && m.spec.Loss.Kind == nn.Softmax && s.Outputs != 1:
		return fmt.Errorf("%s: no classes, which the loss softmax of %s wants", name, m.spec.File)
	case s.Classes == 0 && m.spec.Loss.Kind != nn.Softmax && s.Outputs != out.Size:
		return fmt.Errorf("%s: %d numbers are wanted; %s has %d outputs", name, s.Outputs, m.spec.File, out.Size)
	case s.Classes > 0 && out.Steps != 1:
		return fmt.Errorf("%s: one class for an example; %s answers %d steps", name, m.spec.File, out.Steps)
	case s.Classes == 0 && out.Steps != s.Steps && out.Steps != 1:
		return fmt.Errorf("%s: %d steps; %s answers %d", name, s.Steps, m.spec.File, out.Steps)
	}
	return m.checkClasses(name)
}

// checkClasses refuses steps whose class, a number of Y, is none.
func (m *Machine) checkClasses(name string) error {
	if m.set.Classes > 0 || m.spec.Loss.Kind != nn.Softmax {
		return nil
	}
	for _, p := range []*examples.Part{&m.set.Train, &m.set.Test} {
		for i, v := range p.Y {
			if v < 0 || v >= float32(m.net.Output.Size) || v != float32(int32(v)) {
				return fmt.Errorf("%s: example %d wants class %v; %s has %d outputs", name, i/m.set.Steps+1, v, m.spec.File, m.net.Output.Size)
			}
		}
	}
	return nil
}

const (
	testBatchMax = 64
	planeSide    = 24 // cells of the surface along each side
	graphLength  = 64 // places of the graph
)

func (m *Machine) makeTwins() (err error) {
	size := min(testBatchMax, max(m.set.Train.N, m.set.Test.N))
	if m.twin, err = m.spec.Build(size, m.net); err != nil {
		return err
	}
	m.loop = m.loopOf(m.twin)
	m.picture = m.plan()
	if lo, hi := m.bounds(); lo < hi && m.set.Size() <= 2 && m.set.Steps == 1 {
		m.plane, err = m.spec.Build([]int{graphLength, planeSide * planeSide}[m.set.Size()-1], m.net)
		if err == nil {
			forward := m.plane.Forward()
			m.overPlane = forward[:len(forward)-1]
		}
	}
	return err
}

// listPrograms lists the operations of a training step and of a test.
func (m *Machine) listPrograms() {
	feed := nn.Instr{Part: nn.Part{Writes: "input", Rule: "x = the next examples, t = what is wanted", Out: nothing}}
	m.steps = append(m.steps, instr{feed, partFeed})
	for _, in := range m.net.Forward() {
		m.steps = append(m.steps, instr{in, partForward})
	}
	for _, in := range m.net.Backward() {
		m.steps = append(m.steps, instr{in, partBackward})
	}
	for _, in := range m.opt.Update() {
		m.steps = append(m.steps, instr{in, partUpdate})
	}
	m.tests = append(m.tests, instr{feed, partFeed})
	for _, in := range m.twin.Forward() {
		m.tests = append(m.tests, instr{in, partForward})
	}
}

// classesShown bounds the classes of which a confusion is counted.
const classesShown = 64

// classes is how many classes are told apart, 0 where there are none.
func (m *Machine) classes() int {
	if m.set.Classes > classesShown {
		return 0
	}
	return m.set.Classes
}

// Reset draws the weights and starts the training anew.
func (m *Machine) Reset(seed uint64) {
	m.net.Start(seed)
	m.twin.Start(seed)
	if m.plane != nil {
		m.plane.Start(seed)
	}
	m.opt.Settings = m.spec.Set
	loss := m.net.Setting()
	loss.Uphill = m.spec.Loss.Uphill
	if m.view != nil {
		m.view.dream.Start(seed)
	}
	m.rooms.empty()
	m.state = state{seed: seed, rooms: m.rooms, done: -1, length: allWays}
	m.last = unknown(m.set.Train.N * m.net.Output.Steps)
	m.test = unknown(m.examined().N * m.net.Output.Steps)
	m.reject = rejection{count: m.test.count, total: m.test.count}
	m.stream = rng.New(seed).Stream("tape.order")
	m.beginStreams(seed)
	m.dial = settings{learn: true, schedule: true, batch: int64(m.spec.Batch), order: m.orderSet(), over: 1, unit: 1}
	m.arrange()
}

// The orders of the examples, as model.Orders names them.
const (
	orderConstant = iota
	orderShuffled
	orderDrawn
)

// orderSet is the order that the net's text says.
func (m *Machine) orderSet() int64 { return int64(slices.Index(model.Orders, m.spec.Order)) }

// arrange puts the examples in their order for a pass.
func (m *Machine) arrange() {
	for i := range m.order {
		m.order[i] = int32(i)
	}
	switch m.dial.order {
	case orderShuffled:
		m.stream.Perm(m.order)
	case orderDrawn:
		for i := range m.order {
			m.order[i] = int32(m.stream.Below(int64(len(m.order))))
		}
	}
	m.place = 0
}
