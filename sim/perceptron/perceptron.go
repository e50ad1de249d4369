// Package perceptron is Rosenblatt's error-correction rule in exact integers.
//
// One tick is one presentation: an example of the table is shown, the unit
// answers, and where the answer is wrong the rule corrects the weights.
//
//	example -> [fixed layer of threshold units] -> x -> w.x -> step -> output
//	                                                ^------ w <- w + a (y - output) x
//
// The rate a is a fraction p/q. Weights are whole numbers in units of one
// grain, 1/(q s), where s is the scale that makes the table's decimals whole;
// then every sum is exact and w moves by p (y - output) x. Scaling w by a
// positive number never changes the sign of a sum, so the answers are those of
// the rule in real numbers.
//
// Beside the rule stand the proofs about it: the bound (R/gamma)^2 on its
// mistakes, given a witness, and the certificate that no weights separate the
// table, given multipliers lambda.
//
// Sources: the rule as M. Gasse, "Artificial neural networks" (lecture), prints
// it; the US Navy's release of 24 June 1960 describes training by correcting
// wrong answers; Novikoff 1962 for the bound; Minsky and Papert 1969 for the
// limits.
// Omitted: the retina and its random association layer, motors and noise, which
// are the Mark I's.
package perceptron

import (
	"crypto/sha256"
	"encoding/hex"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// The limits within which no sum can overflow an int64. A table has at most
// RowsMax rows and ColumnsMax inputs; rows times one more than the inputs is at
// most CellsMax.
const (
	RowsMax    = 4096
	ColumnsMax = 256
	CellsMax   = 1 << 15
	UnitsMax   = 256     // units of the fixed layer
	InputMax   = 1 << 20 // magnitude of an input, and of a number of the layer
	WeightMax  = 1 << 27 // magnitude of a weight, in grains
	LambdaMax  = 1 << 30 // of a multiplier
	RateMax    = 1024    // of the rate's numerator and of its denominator
	DigitsMax  = 4       // decimal places in a table
)

const startMax = 9 // random start weights are -startMax..startMax

const curvePasses = 64 // the learning curve goes back that many passes

// The positions of the machine's Choice controls.
const (
	ruleTrain = iota
	rulePocket
	ruleHold
)

const (
	orderCyclic = iota
	orderRandom
)

const (
	startZero = iota
	startRandom
)

var (
	ruleNames  = []string{"train", "pocket", "hold"}
	orderNames = []string{"cyclic", "random"}
	startNames = []string{"zero", "random"}
)

// state is what a snapshot holds.
type state struct {
	// What the operator sets.
	rule, order, start int64
	rate, denominator  int64
	constant, zero     bool    // is there a constant input; does a sum of 0 fire
	targets            []int64 // [rows] 0 or 1
	layer              []int64 // [units][1+inputs]: threshold, then weights
	witness            []int64 // [1+features]
	lambda             []int64 // [rows]

	// What training moves.
	weight  []int64 // [1+features] in grains; the first belongs to the constant
	origin  []int64 // the start in whole units
	pocket  []int64 // the best weights that rule pocket has met
	norm2Up int64   // the largest norm2 since the start

	presentations, mistakes int64
	passMistakes, streak    int64
	curve                   []int64 // mistakes of the last passes, newest last
	curveLen                int64
	next                    int64 // the row that comes next, from 0
	fault                   int64 // 0, or 1 + the weight that would leave its range

	// The last presentation.
	example     int64 // 1 + its row; 0 before the first
	sum         int64
	output, hit bool

	// Brent's search for a cycle, one look at the end of each pass.
	hare          bool // past holds weights of an earlier pass
	past          []int64
	lag, lagLimit int64
	cycle         int64

	starts, orders rng.Stream
}

// Machine is a table of examples, a unit that learns it, and the proofs about
// both.
type Machine struct {
	sheet    *sim.Sheet
	probes   []probe
	controls []control
	table    Table
	fixed    Layer
	state

	// Derived from the state, never saved.
	phi         []int64 // [rows][1+features]
	certificate []int64 // [1+features]
	certified   bool
	bound       int64
	pocketWrong int64
}

// Slots tells what a machine line may carry.
func Slots() []sim.Slot {
	return []sim.Slot{
		{Key: "examples", Data: true, Doc: "table: a line of column names, then a line for each example; the last column is the target, 0 or 1 (default: XOR)"},
		{Key: "layer", Data: true, Doc: "fixed first layer: a line \"unit threshold\" and the table's inputs, then for each unit its name, threshold and weights (default: none)"},
	}
}

// Make makes a machine for the table and the layer of env; without a table it
// is XOR.
func Make(env sim.Env) (sim.Machine, error) {
	table, data := xor(), ""
	if opt, ok := env.Get("examples"); ok {
		t, err := ReadTable(opt.Value, opt.Data)
		if err != nil {
			return nil, err
		}
		table, data = t, digest("", opt.Data)
	}
	var layer Layer
	if opt, ok := env.Get("layer"); ok {
		l, err := ReadLayer(opt.Value, opt.Data, table)
		if err != nil {
			return nil, err
		}
		layer, data = l, digest(data, opt.Data)
	}
	return build(table, layer, data), nil
}

func digest(before string, data []byte) string {
	sum := sha256.Sum256(data)
	text := hex.EncodeToString(sum[:])
	if before != "" {
		text = before + "+" + text
	}
	return text
}

func xor() Table {
	return Table{
		Names: []string{"x1", "x2"}, Target: "y", Scale: 1,
		Inputs:  []int64{0, 0, 0, 1, 1, 0, 1, 1},
		Targets: []int64{0, 1, 1, 0},
	}
}

func build(table Table, layer Layer, data string) *Machine {
	m := &Machine{table: table, fixed: layer}
	m.state = m.blank()
	m.phi = make([]int64, table.Rows()*m.width())
	m.certificate = make([]int64, m.width())
	m.sheet = m.makeSheet(data)
	m.Reset(0)
	return m
}

// blank is a state of the machine's shape.
func (m *Machine) blank() state {
	w, rows := m.width(), m.table.Rows()
	return state{
		targets: make([]int64, rows), lambda: make([]int64, rows),
		layer:  make([]int64, len(m.fixed.Values)),
		weight: make([]int64, w), origin: make([]int64, w), pocket: make([]int64, w),
		past: make([]int64, w), witness: make([]int64, w),
		curve: make([]int64, curvePasses),
	}
}

// width is the number of weights: one for the constant and one each for the
// features, which are the units of the fixed layer or else the inputs.
func (m *Machine) width() int {
	if n := len(m.fixed.Units); n > 0 {
		return 1 + n
	}
	return 1 + len(m.table.Names)
}

// featureScale is what 1 is among the features: the table's scale, or 1 where
// they are the outputs of units.
func (m *Machine) featureScale() int64 {
	if len(m.fixed.Units) > 0 {
		return 1
	}
	return m.table.Scale
}

// grain is how many grains make a weight of 1.
func (m *Machine) grain() int64 { return m.denominator * m.featureScale() }

// row is one line of phi: the constant, then the features.
func (m *Machine) row(i int64) []int64 {
	w := int64(len(m.weight))
	return m.phi[i*w : i*w+w]
}

// Reset turns the power on.
func (m *Machine) Reset(seed uint64) {
	m.state.reset(m.table, m.fixed, rng.New(seed))
	m.begin(true)
	m.derive()
}

func (s *state) reset(table Table, layer Layer, source rng.Source) {
	s.rule, s.order, s.start = ruleTrain, orderCyclic, startZero
	s.rate, s.denominator = 1, 1
	s.constant, s.zero = true, true
	copy(s.targets, table.Targets)
	copy(s.layer, layer.Values)
	clear(s.witness)
	clear(s.lambda)
	s.starts, s.orders = source.Stream("start"), source.Stream("order")
}

// begin puts training back to its start: the weights, and all counters. A
// random start is drawn anew where draw is set.
func (m *Machine) begin(draw bool) {
	if draw {
		for i := range m.origin {
			m.origin[i] = 0
			if m.start == startRandom {
				m.origin[i] = m.starts.Below(2*startMax+1) - startMax
			}
		}
	}
	for i, v := range m.origin {
		m.weight[i] = v * m.grain()
	}
	copy(m.pocket, m.weight)
	clear(m.past)
	clear(m.curve)
	m.norm2Up = norm2(m.weight)
	m.presentations, m.mistakes, m.passMistakes, m.streak = 0, 0, 0, 0
	m.curveLen, m.next, m.fault = 0, 0, 0
	m.example, m.sum, m.output, m.hit = 0, 0, false, false
	m.disturb()
	if m.order == orderRandom {
		m.next = m.orders.Below(int64(m.table.Rows()))
	}
}

// disturb ends the search for a cycle: it begins anew at the next end of a
// pass.
func (m *Machine) disturb() {
	m.hare, m.lag, m.lagLimit, m.cycle = false, 0, 1, 0
}
