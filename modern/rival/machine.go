package rival

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"perceptarium/modern/examples"
	"perceptarium/sim"
)

// The phases of a machine.
const (
	phaseLearn int64 = iota
	phaseTest
	phaseTrain // answering the examples that it learned from
	phaseRest
)

var phaseNames = []string{"learn", "test", "train", "rest"}

// Machine is one model with its examples.
type Machine struct {
	sheet *sim.Sheet
	reads []func(*Machine, *sim.Reading)
	turns []func(*Machine, sim.Input)
	kind  string
	set   *examples.Set
	state
}

// state is all that a snapshot holds.
type state struct {
	task
	phase     int64
	steps     int64
	fault     bool
	tested    [2]int64 // of the examples for testing, and of those for training
	errors    [2]int64
	answered  int32 // the class that was answered last
	confusion []int64
	model     model
}

// task is what a model learns from, and how.
type task struct {
	set  *examples.Set
	how  settings
	seed uint64
}

// model is one way to learn classes from examples. Its memory is taken when it
// is made; blank makes another to unpack a snapshot into.
type model interface {
	blank() model
	begin(t *task)
	learn(t *task) (done bool) // one step
	answer(t *task, x []float32) int32
	value(t *task, x []float32) float32 // for two classes: above 0 the second; beyond 1 and -1 outside the margin
	sound() bool                        // no number is infinite or none
	pack(p *sim.Packer)
	unpack(u *sim.Unpacker, t *task) // into a blank one
	adopt(from model) model          // what goes on with what was unpacked
}

// examplesMax and classesMax bound a set.
const (
	examplesMax = 1 << 20
	classesMax  = 256
)

// Names are the machines of this package.
func Names() []string {
	return []string{svmModel, neighbourModel, treeModel, forestModel, linearModel}
}

// Slots is what a line of the machine of that name may carry.
func Slots(name string) []sim.Slot {
	slots := []sim.Slot{{Key: "data", Data: true, Doc: "examples with classes: a data set, or a table whose last column is the class; two points where it is left out"}}
	if name == forestModel {
		slots = append(slots, sim.Slot{Key: "trees", Doc: "how many, 1..1000; 100 where it is left out"})
	}
	return slots
}

const (
	svmModel       = "svm"
	neighbourModel = "neighbours"
	treeModel      = "tree"
	forestModel    = "forest"
	linearModel    = "linear"
)

// twoPoints is the smallest set with a margin: (0, 0) and (2, 2).
const twoPoints = "x1 x2 class\n0 0 0\n2 2 1\n"

// Make makes a machine of that name.
func Make(kind string, env sim.Env) (sim.Machine, error) {
	data, ok := env.Get("data")
	if !ok {
		data = sim.Option{Value: "two-points", Data: []byte(twoPoints)}
	}
	set, err := examples.Read(data.Value, data.Data, 1, 0, true)
	if err != nil {
		return nil, err
	}
	if err := suits(set); err != nil {
		return nil, fmt.Errorf("%s: %w", data.Value, err)
	}
	trees, err := treesOf(env, kind)
	if err != nil {
		return nil, err
	}
	m := &Machine{kind: kind, set: set}
	m.model = newModel(kind, set, trees)
	m.confusion = make([]int64, set.Classes*set.Classes)
	sum := sha256.Sum256(data.Data)
	m.sheet = m.makeSheet("sha256:" + hex.EncodeToString(sum[:]))
	m.Reset(0)
	return m, nil
}

// suits says why a set is not one that classes can be learned from.
func suits(set *examples.Set) error {
	switch n := set.Train.N; {
	case set.Classes < 2 || set.Classes > classesMax:
		return fmt.Errorf("%d classes; want 2..%d", set.Classes, classesMax)
	case set.Steps != 1:
		return fmt.Errorf("sequences of %d steps; want examples without steps", set.Steps)
	case n < 2 || n > examplesMax || set.Test.N > examplesMax:
		return fmt.Errorf("%d examples for training and %d for testing; want at least 2 and at most %d", n, set.Test.N, examplesMax)
	}
	return nil
}

const (
	treesStandard = 100
	treesMax      = 1000
)

func treesOf(env sim.Env, kind string) (int, error) {
	o, ok := env.Get("trees")
	switch {
	case kind != forestModel:
		return 1, nil
	case !ok:
		return treesStandard, nil
	}
	n, err := strconv.Atoi(o.Value)
	if err != nil || n < 1 || n > treesMax {
		return 0, fmt.Errorf("trees=%s; want a whole number in 1..%d", o.Value, treesMax)
	}
	return n, nil
}

func newModel(kind string, set *examples.Set, trees int) model {
	switch kind {
	case svmModel:
		return newSVM(set)
	case neighbourModel:
		return neighbours{}
	case treeModel, forestModel:
		return newForest(set, trees, kind == forestModel)
	case linearModel:
		return newLinear(set)
	}
	panic("rival: no machine of that name")
}

// Reset turns the power on.
func (m *Machine) Reset(seed uint64) {
	m.task = task{m.set, m.presets(), seed}
	m.begin()
}

// begin begins the learning anew with the settings as they are.
func (m *Machine) begin() {
	m.phase, m.steps, m.fault, m.answered = phaseLearn, 0, false, 0
	m.tested, m.errors = [2]int64{}, [2]int64{}
	clear(m.confusion)
	m.model.begin(&m.task)
}

// Step is one tick: a step of the solver, or an answer.
func (m *Machine) Step() {
	switch {
	case m.fault || m.phase == phaseRest:
	case m.phase == phaseLearn:
		m.steps++
		done := m.model.learn(&m.task)
		if m.fault = !m.model.sound(); done && !m.fault {
			m.enter(phaseTest)
		}
	default:
		m.judge()
	}
}

// enter enters a phase, or the one after it where it has no examples.
func (m *Machine) enter(phase int64) {
	m.phase = phase
	if phase == phaseTest && m.set.Test.N == 0 {
		m.phase = phaseTrain
	}
}

// part is the examples of a phase of answers.
func (m *Machine) part(phase int64) *examples.Part {
	if phase == phaseTest {
		return &m.set.Test
	}
	return &m.set.Train
}

// judge answers the next example of the phase and counts.
func (m *Machine) judge() {
	at, part := m.phase-phaseTest, m.part(m.phase)
	i := int(m.tested[at])
	wanted := part.Class[i]
	m.answered = m.model.answer(&m.task, m.set.Input(part, i))
	if m.answered != wanted {
		m.errors[at]++
	}
	if m.phase == phaseTest || m.set.Test.N == 0 {
		m.confusion[int(wanted)*m.set.Classes+int(m.answered)]++
	}
	if m.tested[at]++; m.tested[at] == int64(part.N) {
		m.enter(m.phase + 1)
	}
}

// present is the example that was answered last; nil before the first.
func (m *Machine) present() (x []float32, wanted int32) {
	phase := phaseTest
	if m.tested[phaseTrain-phaseTest] > 0 {
		phase = phaseTrain
	}
	i := int(m.tested[phase-phaseTest]) - 1
	if i < 0 {
		return nil, 0
	}
	p := m.part(phase)
	return m.set.Input(p, i), p.Class[i]
}

// lanes is a sum in float64 as the law has it: element i goes to lane i mod 8.
type lanes [8]float64

func (l *lanes) sum() float64 {
	return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
}

func finite(v float64) bool { return v-v == 0 }

// percent is a part of a whole in percent; 0 of nothing.
func percent(part, whole int64) float32 {
	if whole == 0 {
		return 0
	}
	return float32(float64(100*part) / float64(whole))
}
