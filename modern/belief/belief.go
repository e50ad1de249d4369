// Package belief is restricted Boltzmann machines and the deep belief net of
// 2006 as a machine.
//
//	examples -> level 0 <=> level 1 <=> ... <=> level L-1, labels <=> level L
//	            layer 1     layer 2             layer L: the memory
//
// A layer is a restricted Boltzmann machine between two levels of units: v below,
// h above, weights W [visible][hidden], biases b and c. Where there are labels,
// they stand beside the units of level L-1, as one group of which one is on.
//
//	E(v,h)   = -b'v - c'h - v'W h
//	F(v)     = -b'v - sum of log(1 + exp(c + W'v))
//	p(h=1|v) = logistic(c + W'v)       p(v=1|h) = logistic(b + W h)
//
// The machine has a task, and one tick is one step of it for a batch: a level
// is computed from that below or above and drawn, or a layer learns.
//
//	learn    layer after layer: up through the layers below, contrastive divergence
//	up-down  wake-sleep: all layers together, labels clamped
//	test     examples for testing are answered
//	dream    the memory runs free, or with a label clamped; then down to pictures
//	tune     back-propagation, from the learned layers on
//
// Sources: G. E. Hinton, Training products of experts by minimizing contrastive
// divergence, 2002; G. E. Hinton, S. Osindero, Y.-W. Teh, A fast learning
// algorithm for deep belief nets, 2006. Omitted: sizes of batches that follow
// the classes (the paper has ten of each), a net for validation that chooses
// when to stop.
package belief

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"perceptarium/modern/examples"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Machine is a stack of layers with its examples.
type Machine struct {
	sheet *sim.Sheet
	reads []func(*Machine, *sim.Reading)
	turns []func(*Machine, sim.Input)
	set   *examples.Set
	means []float32 // [classes][pixels]: the mean example of each class
	tuning
	room

	layers []layer
	wake   [][]float32  // [L+1][rowsMax][width]: each level as the data made it
	sleep  [][]float32  // likewise, as the level above made it
	mean   [2][]float32 // [rowsMax][hidden]: p(h|v) of the layer that learns, of the data and of the reconstruction
	state
}

// state is what changes besides the numbers of layers and levels.
type state struct {
	seed          uint64
	task, stage   int64
	level         int64 // the level that a pass has reached
	turn          int64 // alternations done
	layer         int64 // that learns, from 1
	learned       int64 // layers that have learned
	parted        bool  // lower layers have weights of their own for going down
	dreamt        bool  // the screen shows the levels as they are asleep
	pass, place   int64
	rows          int64
	batches, work int64
	order         []int32
	orders        rng.Stream
	chance        rng.Stream
	errorSum      float64 // squared errors of reconstruction in this pass
	errorCount    int64
	errorLast     float32 // mean of the last pass
	wrong, count  int64   // of the test that is running, or of the pass of tuning
	last          [2]score
	tests         int64
	at            int64 // the next operation of tuning
	confused      []int64
	counting      []int64
	energies      []float32 // of the labels, for the first example of the last batch tested
	gallery
	fault bool
	dial  settings
}

// score is wrong answers out of so many: of tests, and of passes of tuning.
type score struct{ wrong, count int64 }

const (
	scoreTest = iota
	scoreTrain
)

// Limits of a machine.
const (
	rowsMax    = 100 // examples in a batch, chains in a dream
	layersMax  = 8
	hiddenMax  = 1 << 12
	inputsMax  = 1 << 12
	examplesMx = 1 << 20
	classesMax = 64
)

// Slots lists what a machine line may carry.
func Slots() []sim.Slot {
	return []sim.Slot{
		{Key: "data", Data: true, Doc: "examples with values in 0..1: a data set of docs/data.md with low=0, or a table; bars and stripes of 2 x 2 where it is left out"},
		{Key: "hidden", Doc: "units of each layer, from the lowest: 128-128-512 (default: 4)"},
		{Key: "labels", Words: []string{"yes", "no"}, Doc: "yes: the highest layer also sees the class, as a softmax group (default: no)"},
		{Key: "init", Words: []string{rootFanIn, glorot}, Doc: "how layers of the net that is tuned begin that have not learned: root-fan-in is U(-1/sqrt(n), 1/sqrt(n)), glorot is U(-r, r), r = 4 sqrt(6/(in+out)) (default: root-fan-in)"},
	}
}

const (
	rootFanIn = "root-fan-in"
	glorot    = "glorot"
)

// smallBars are the bars and stripes of 2 x 2, by kind.
const smallBars = "a b c d stripe\n0 0 0 0 0\n1 1 0 0 0\n0 0 1 1 0\n1 1 1 1 0\n1 0 1 0 1\n0 1 0 1 1\n"

// Make makes the stack and takes all its memory.
func Make(env sim.Env) (sim.Machine, error) {
	data, ok := env.Get("data")
	if !ok {
		data = sim.Option{Value: "bars-2x2", Data: []byte(smallBars)}
	}
	set, err := examples.Read(data.Value, data.Data, 1, 0, true)
	if err != nil {
		return nil, err
	}
	if err := suits(set); err != nil {
		return nil, fmt.Errorf("%s: %w", data.Value, err)
	}
	hidden, err := sizes(env)
	if err != nil {
		return nil, err
	}
	m := &Machine{set: set}
	labels := 0
	if o, ok := env.Get("labels"); ok && o.Value == "yes" {
		labels = set.Classes
		if labels == 0 {
			return nil, fmt.Errorf("labels=yes: %s has no classes", data.Value)
		}
	}
	m.makeLayers(hidden, labels)
	init, _ := env.Get("init")
	m.makeNet(init.Value)
	m.makeRoom()
	sum := sha256.Sum256(data.Data)
	m.sheet = m.makeSheet(hex.EncodeToString(sum[:]))
	m.Reset(0)
	return m, nil
}

// suits says why units that are on or off cannot show a set.
func suits(set *examples.Set) error {
	switch n := set.Size(); {
	case set.Steps != 1:
		return fmt.Errorf("sequences of %d steps; want examples without steps", set.Steps)
	case n > inputsMax || set.Train.N > examplesMx || set.Test.N > examplesMx || set.Classes > classesMax:
		return fmt.Errorf("%d inputs, %d and %d examples, %d classes; want at most %d, %d of each, %d", n, set.Train.N, set.Test.N, set.Classes, inputsMax, examplesMx, classesMax)
	}
	for _, x := range [][]float32{set.Train.X, set.Test.X} {
		for i, v := range x {
			if v < 0 || v > 1 {
				return fmt.Errorf("example %d holds %v; a unit is on with a probability in 0..1: set low=0", i/set.Size()+1, v)
			}
		}
	}
	return nil
}

func sizes(env sim.Env) ([]int, error) {
	o, ok := env.Get("hidden")
	if !ok {
		return []int{4}, nil
	}
	words := strings.Split(o.Value, "-")
	if len(words) > layersMax {
		return nil, fmt.Errorf("hidden=%s: %d layers; want at most %d", o.Value, len(words), layersMax)
	}
	var list []int
	for _, w := range words {
		n, err := strconv.Atoi(w)
		if err != nil || n < 1 || n > hiddenMax {
			return nil, fmt.Errorf("hidden=%s: want whole numbers in 1..%d with - between them", o.Value, hiddenMax)
		}
		list = append(list, n)
	}
	return list, nil
}

// makeLayers takes the memory of layers and levels.
func (m *Machine) makeLayers(hidden []int, labels int) {
	below := m.set.Size()
	for i, h := range hidden {
		top := i == len(hidden)-1
		l := layer{visible: below, hidden: h}
		if top {
			l.labels = labels
			l.visible += labels
		}
		l.take(top)
		m.layers = append(m.layers, l)
		m.wake = append(m.wake, make([]float32, rowsMax*l.visible))
		m.sleep = append(m.sleep, make([]float32, rowsMax*l.visible))
		below = h
	}
	m.wake = append(m.wake, make([]float32, rowsMax*below))
	m.sleep = append(m.sleep, make([]float32, rowsMax*below))
	most := 0
	for _, h := range hidden {
		most = max(most, h)
	}
	for i := range m.mean {
		m.mean[i] = make([]float32, rowsMax*most)
	}
	c := m.set.Classes
	m.order = make([]int32, m.set.Train.N)
	m.confused, m.counting, m.energies = make([]int64, c*c), make([]int64, c*c), make([]float32, c)
	m.gallery = gallery{histogram: make([]int64, c), sums: make([]float32, c*m.set.Size())}
	m.means = meansOf(m.set)
}

// top is the highest layer.
func (m *Machine) top() *layer { return &m.layers[len(m.layers)-1] }

// width is how many numbers a row of a level has, labels too.
func (m *Machine) width(level int) int {
	if level < len(m.layers) {
		return m.layers[level].visible
	}
	return m.layers[level-1].hidden
}

// labels is how many label units there are.
func (m *Machine) labels() int { return m.top().labels }

// weights is how many there are between units; lower layers that have parted
// count once.
func (m *Machine) weights() (n int64) {
	for i := range m.layers {
		n += int64(len(m.layers[i].w))
	}
	return n
}

// Reset draws the weights anew, clears all else, and begins to learn.
func (m *Machine) Reset(seed uint64) {
	source := rng.New(seed)
	for i := range m.layers {
		st := source.Index("belief.layer", i)
		m.layers[i].start(&st)
	}
	for _, v := range m.levels(rowsMax) {
		clear(v)
	}
	s := state{order: m.order, confused: m.confused, counting: m.counting, energies: m.energies, gallery: m.gallery}
	clear(s.confused)
	clear(s.counting)
	clear(s.energies)
	s.gallery.clear()
	s.seed, s.layer = seed, 1
	s.orders, s.chance = source.Stream("belief.order"), source.Stream("belief.chance")
	s.dial = presets()
	m.state = s
	for i, p := range []*examples.Part{&m.set.Test, &m.set.Train} {
		m.last[i] = score{int64(p.N), int64(p.N)} // the worst, until there was a test
	}
	m.startNet()
	m.begin(taskLearn)
}

// levels lists the numbers of all levels: of so many rows.
func (m *Machine) levels(rows int) [][]float32 {
	most := len(m.mean[0]) / rowsMax
	list := [][]float32{m.mean[0][:rows*most], m.mean[1][:rows*most]}
	for i := range m.wake {
		n := rows * m.width(i)
		list = append(list, m.wake[i][:n], m.sleep[i][:n])
	}
	return list
}

var (
	errNoNet     = errors.New("there is no net to tune: it needs examples with classes, and labels=no")
	errNoClasses = errors.New("there is nothing to test: the examples have no classes")
)
