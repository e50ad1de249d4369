package tape

import (
	"fmt"
	"strconv"
	"strings"

	"perceptarium/modern/f32"
	"perceptarium/modern/model"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// what numbers what a probe shows; of says of which value or parameter.
type what uint8

const (
	seeOp what = iota
	seeNumbers
	seePart
	seeExample
	seePass
	seeBatches
	seeExamples
	seeLoss
	seeWrong
	seeTrainLoss
	seeTrainWrong
	seeTrainError
	seeTests
	seeTestLoss
	seeTestWrong
	seeTestError
	seeCurve
	seeErrorCurve
	seeTestCurve
	seeBatchCurve
	seeSolved
	seeStuck
	seeConfusion
	seeGradNorms
	seeValue
	seeValueGrad
	seeParam
	seeParamGrad
	seeFeatures
	seeWanted
	seeSurface
	seeNet
	seeWork
	seeParameters
	seeConnections
	seeUnits
	seeData
	seeSetting
	seeFault
	seeStates
	seeNext
	seeAnswer
	seeTestMean
	seeTestMedian
	seeReject
	seeRejectAt
	seeRejectCurve
	seeTau
	seePathLength
	seePathGradient
	seePathShare
	seePathMode
	seePathSlope
	seePathFit
	seePatches
	seeTopAnswers
	seeTopClasses
	seeAgreement
	seeStimulus
	seeActivation
	seeStimulusClass
	seeAscents
	seeKernels
	seeEdgeFit
	seeEdges
)

type seen struct {
	what
	of int
}

// knob numbers what a control turns.
type knob uint8

const (
	turnLearn knob = iota
	turnTest
	turnRestart
	turnRate
	turnMu
	turnDecay
	turnClip
	turnBatch
	turnOrder
	turnNext
	turnTestEvery
	turnTestOn
	turnSlide
	turnLook
	turnOver
	turnExamine
	turnLayer
	turnUnit
	turnAscend
	turnCut
	turnCutRandom
	turnBlockOrder
	turnSwap
	turnPaths
	turnParam
)

type turned struct {
	knob
	of int
}

// names are the names of the parameters that a norm is shown of.
type names []string

// cellsMax bounds the numbers of a grid; larger values are in no probe.
const cellsMax = 1 << 12

const (
	nats    sim.Unit = "loss"
	count   sim.Unit = "count"
	number  sim.Unit = "number"
	share   sim.Unit = "percent"
	setting sim.Unit = "setting"
	text    sim.Unit = "text"
)

func (m *Machine) makeSheet(data string) (*sim.Sheet, error) {
	what := m.spec.File
	if m.spec.Title != "" {
		what += ", " + m.spec.Title
	}
	s := &sim.Sheet{
		Name: "tape", Title: "Net that learns", Year: 1986, Law: f32.Law, Data: data,
		Doc:  "A net that learns by back-propagation, one tensor operation at a time. Net: " + what + ". Examples: " + m.set.Name + ".",
		Tick: "one tensor operation",
		Sources: []string{
			"D. E. Rumelhart, G. E. Hinton, R. J. Williams: Learning representations by back-propagating errors. Nature 323, 1986",
			"Y. LeCun and others: Backpropagation applied to handwritten zip code recognition, 1989: rejection by the two greatest outputs",
			"M. Zeiler, R. Fergus: Visualizing and understanding convolutional networks, 2014: the nine patches; D. Erhan and others 2009: activation maximisation; both as later surveys report them",
			"A. Veit, M. Wilber, S. Belongie: Residual networks behave like ensembles of relatively shallow networks, 2016: blocks cut and exchanged, single paths",
			"docs/arithmetic.md: the order of every sum and the rounding of every operation",
		},
		Omitted: []string{
			"what the same operations took on the machines of the year: internal/era reckons it from the probe macs",
			"what a unit sees, drawn back through a net of its own (DeconvNet, 2014)",
			fmt.Sprintf("values and parameters of more than %d numbers are in no probe", cellsMax),
		},
		Constants: []sim.Constant{
			{Name: "epsilon of normalisation", Value: "1e-5", Unit: number, Doc: "added to a variance before its root is taken", Source: "custom; the paper of 2015 leaves it open", Evidence: sim.Assumed},
			{Name: "running average", Value: "0.1", Unit: number, Doc: "how much of a batch's mean and variance enters the averages that tests use", Source: "custom", Evidence: sim.Assumed},
			{Name: "LeCun tanh", Value: "1.7159 tanh(2x/3)", Unit: number, Doc: "the scaled tangent of 1989 and 1998", Source: "Y. LeCun and others 1998, Proceedings of the IEEE 86", Evidence: sim.Secondary},
			{Name: "steps of an ascent", Value: strconv.Itoa(ascentSteps), Unit: "step", Doc: "how often a picture follows the derivative of a unit", Source: "ours", Evidence: sim.Assumed},
			{Name: "step of an ascent", Value: fmt.Sprint(ascentStep), Unit: number, Doc: "its length, in the norm of the picture", Source: "ours", Evidence: sim.Assumed},
			{Name: "edge or bar", Value: fmt.Sprint(edgeFrom), Unit: number, Doc: "the correlation with a template from which a kernel counts as one", Source: "ours", Evidence: sim.Assumed},
			{Name: "orientations", Value: strconv.Itoa(orientations), Unit: count, Doc: "of the templates, over half a turn; of each an edge and a bar, through the middle", Source: "ours", Evidence: sim.Assumed},
		},
	}
	m.seeProgress(s)
	m.seeScores(s)
	m.seePlace(s)
	m.seeCurves(s)
	m.seeReject(s)
	m.seePaths(s)
	m.seeKernels(s)
	m.seeView(s)
	m.seeInside(s)
	m.seeCounts(s)
	m.turnAll(s)
	if m.clash != "" {
		return nil, fmt.Errorf("%s: two things are called %s: a layer, or what belongs to one, and a probe or control of the machine", m.spec.File, m.clash)
	}
	return sim.NewSheet(*s), nil
}

func (m *Machine) see(s *sim.Sheet, w what, of int, p sim.Probe) {
	if p.Evidence == 0 {
		p.Evidence = sim.Inferred
	}
	if _, twice := s.Probe(p.Name); twice {
		m.clash = p.Name
	}
	s.Probes = append(s.Probes, p)
	m.probes = append(m.probes, seen{w, of})
}

func (m *Machine) seeProgress(s *sim.Sheet) {
	if m.picture != nil {
		m.see(s, seeNet, 0, sim.Probe{Name: "net", Kind: sim.Net, Unit: "unit", Doc: "the layers with the weights between them; a unit is lit where its answer is above the middle"})
	}
	m.seePlane(s)
	m.see(s, seeNumbers, 0, sim.Probe{Name: "numbers", Kind: sim.Text, Rows: 5, Cols: 40, Unit: text, Doc: "what the last operation wrote, by which rule, and one number of it with those that it came from; look chooses which"})
	m.see(s, seePass, 0, sim.Probe{Name: "pass", Kind: sim.Count, Unit: "pass", Doc: "complete passes over the examples"})
}

func (m *Machine) seePlace(s *sim.Sheet) {
	m.see(s, seeOp, 0, sim.Probe{Name: "op", Kind: sim.Text, Unit: text, Doc: "what the operation done last wrote"})
	m.see(s, seePart, 0, sim.Probe{Name: "part", Kind: sim.Choice, Names: partNames, Unit: "part", Doc: "what part of a training step, or of a test, the operation belongs to"})
	m.see(s, seeExample, 0, sim.Probe{Name: "example", Kind: sim.Count, Max: int64(m.set.Train.N), Unit: "example", Doc: "the first example of the batch in the net, counted from 1; 0 before the first"})
	m.see(s, seeBatches, 0, sim.Probe{Name: "batches", Kind: sim.Count, Unit: "batch", Doc: "batches learned since the start"})
	m.see(s, seeExamples, 0, sim.Probe{Name: "presentations", Kind: sim.Count, Unit: "presentation", Doc: "examples learned since the start, each as often as it was shown"})
}

func (m *Machine) seePlane(s *sim.Sheet) {
	switch lo, hi := m.span(); {
	case m.plane == nil:
	case m.set.Size() == 1:
		m.see(s, seeSurface, 0, sim.Probe{Name: "graph", Kind: sim.Series, Cols: graphLength, Unit: number, Doc: fmt.Sprintf("the first output over the input, from %v at the left to %v", lo, hi)})
	default:
		m.see(s, seeSurface, 0, sim.Probe{Name: "surface", Kind: sim.Surface, Rows: planeSide, Cols: planeSide, Unit: number, Doc: fmt.Sprintf("the first output over the plane of the two inputs, x1 from left to right, x2 from bottom to top, each %v..%v", lo, hi)})
	}
}

var partNames = []string{"start", "feed", "forward", "backward", "update", "test-feed", "test-forward", "ascent-forward", "ascent-backward", "ascent-step"}

func (m *Machine) seeScores(s *sim.Sheet) {
	m.see(s, seeLoss, 0, sim.Probe{Name: "loss", Kind: sim.Level, Unit: nats, Doc: "the loss of the batch judged last, a mean over its answers"})
	m.see(s, seeWrong, 0, sim.Probe{Name: "wrong", Kind: sim.Count, Unit: "answer", Doc: "wrong answers in that batch"})
	m.see(s, seeTrainLoss, 0, sim.Probe{Name: "train-loss", Kind: sim.Level, Unit: nats, Doc: "the mean loss of the pass completed last, as it was met while learning; before the first infinite"})
	m.see(s, seeTrainWrong, 0, sim.Probe{Name: "train-wrong", Kind: sim.Count, Unit: "answer", Doc: "wrong answers in that pass; before the first all count as wrong"})
	m.see(s, seeTrainError, 0, sim.Probe{Name: "train-error", Kind: sim.Level, Max: 100, Unit: share, Doc: "their share of all"})
	m.see(s, seeSolved, 0, sim.Probe{Name: "solved", Kind: sim.Count, Unit: "pass", Doc: "the first pass without a wrong answer; 0: there was none yet"})
	m.see(s, seeStuck, 0, sim.Probe{Name: "unsolved", Kind: sim.Lamp, Unit: setting, Doc: "no pass was without a wrong answer yet"})
	m.see(s, seeTests, 0, sim.Probe{Name: "tests", Kind: sim.Count, Unit: "test", Doc: "tests completed since the start"})
	m.see(s, seeTestLoss, 0, sim.Probe{Name: "test-loss", Kind: sim.Level, Unit: nats, Doc: "the mean loss of the last test; before the first infinite"})
	m.see(s, seeTestWrong, 0, sim.Probe{Name: "test-wrong", Kind: sim.Count, Unit: "answer", Doc: "wrong answers in the last test; before the first all count as wrong"})
	m.see(s, seeTestError, 0, sim.Probe{Name: "test-error", Kind: sim.Level, Max: 100, Unit: share, Doc: "their share of all"})
	m.see(s, seeTestMean, 0, sim.Probe{Name: "test-mean", Kind: sim.Level, Max: 100, Unit: share, Doc: "the mean share of wrong answers in the last tests, as many as average-over says"})
	m.see(s, seeTestMedian, 0, sim.Probe{Name: "test-median", Kind: sim.Level, Max: 100, Unit: share, Doc: "the median of the same"})
}

func (m *Machine) seeCurves(s *sim.Sheet) {
	m.see(s, seeCurve, 0, sim.Probe{Name: "curve", Kind: sim.Series, Cols: curveLength, Unit: nats, Doc: "the mean loss of the last passes"})
	m.see(s, seeErrorCurve, 0, sim.Probe{Name: "error-curve", Kind: sim.Series, Cols: curveLength, Unit: share, Doc: "the share of wrong answers in the last passes"})
	m.see(s, seeTestCurve, 0, sim.Probe{Name: "test-curve", Kind: sim.Series, Cols: curveLength, Unit: share, Doc: "the share of wrong answers in the last tests"})
	m.see(s, seeBatchCurve, 0, sim.Probe{Name: "batch-curve", Kind: sim.Series, Cols: curveLength, Unit: nats, Doc: "the loss of the last batches"})
	if c := m.classes(); c > 0 {
		m.see(s, seeConfusion, 0, sim.Probe{Name: "confusion", Kind: sim.Grid, Rows: c, Cols: c, Unit: "answer", Doc: "the last test: rows are what is wanted, columns what was answered"})
	}
}

func (m *Machine) seeInside(s *sim.Sheet) {
	if m.loop != nil {
		letters := 1 << m.set.Size()
		m.see(s, seeStates, 0, sim.Probe{Name: "states", Kind: sim.Count, Unit: "state", Doc: "of the automaton that was read out of the last test: answers of the recurrent layer are grouped, groups that answer alike for ever are one state; 0: they form none"})
		m.see(s, seeNext, 0, sim.Probe{Name: "next-state", Kind: sim.Grid, Rows: statesMax, Cols: letters, Unit: "state", Doc: "where the automaton goes: a row for each state, the first is that of the start, a column for each input, 00 01 10 11; counted from 1"})
		m.see(s, seeAnswer, 0, sim.Probe{Name: "answer", Kind: sim.Grid, Rows: statesMax, Cols: letters, Unit: "bit", Doc: "what the automaton answers, in the same order"})
	}
	for i, v := range m.net.Values {
		if v == m.net.Wanted {
			m.see(s, seeWanted, i, m.grid2("wanted", v, "what is wanted of the first example in the net"))
			continue
		}
		if v.Size*v.Steps <= cellsMax {
			m.see(s, seeValue, i, m.grid2(v.Name, v, "the answer of "+v.Name+" to the first example in the net"))
			if v.Grad != nil {
				m.see(s, seeValueGrad, i, m.grid2(v.Name+"-grad", v, "the derivative of the loss with respect to "+v.Name+", for the first example"))
			}
		}
	}
	for i, p := range m.net.Params {
		if p.Fixed || p.Count() > cellsMax {
			continue
		}
		rows, cols := paramShape(p)
		m.see(s, seeParam, i, sim.Probe{Name: p.Name, Kind: sim.Grid, Rows: rows, Cols: cols, Unit: number, Doc: paramDoc(p)})
		m.see(s, seeParamGrad, i, sim.Probe{Name: p.Name + "-grad", Kind: sim.Grid, Rows: rows, Cols: cols, Unit: number, Doc: "the derivative of the loss with respect to " + p.Name})
	}
	for _, p := range m.net.Params {
		if !p.Fixed && !p.Bias {
			m.names = append(m.names, p.Name)
		}
	}
	m.see(s, seeGradNorms, 0, sim.Probe{Name: "grad-norms", Kind: sim.Grid, Cols: len(m.names), Names: m.names, Unit: number, Doc: "the norm of the derivative of each layer's weights"})
}

// grid2 shows the value of one example: the maps of a picture side by side, the
// steps of a sequence below each other.
func (m *Machine) grid2(name string, v *nn.Value, doc string) sim.Probe {
	p := sim.Probe{Name: name, Kind: sim.Grid, Rows: v.Steps, Cols: v.Size, Unit: number, Doc: doc}
	if len(v.Shape) == 3 && v.Shape[1]*v.Shape[2] > 1 {
		p.Kind, p.Rows, p.Cols = sim.Surface, v.Shape[1], v.Shape[0]*v.Shape[2]
	}
	return p
}

func paramShape(p *nn.Param) (rows, cols int) {
	if len(p.Shape) == 1 {
		return 1, p.Shape[0]
	}
	return p.Shape[0], p.Count() / p.Shape[0]
}

func paramDoc(p *nn.Param) string {
	switch {
	case strings.HasSuffix(p.Name, "-b"):
		return "biases of " + strings.TrimSuffix(p.Name, "-b")
	case len(p.Shape) == 4:
		return "kernels: a row for each map, in it for each input map its kernel row by row"
	case len(p.Shape) == 2:
		return "weights: a row for each input, a column for each unit"
	}
	return "learned numbers of " + p.Name
}

func (m *Machine) seeCounts(s *sim.Sheet) {
	m.see(s, seeWork, 0, sim.Probe{Name: "macs", Kind: sim.Count, Unit: "multiply-add", Doc: "multiply-adds since the start"})
	m.see(s, seeParameters, 0, sim.Probe{Name: "parameters", Kind: sim.Count, Unit: "parameter", Doc: "weights and biases that can be learned"})
	m.see(s, seeConnections, 0, sim.Probe{Name: "connections", Kind: sim.Count, Unit: "connection", Doc: "connections, those from biases too"})
	m.see(s, seeUnits, 0, sim.Probe{Name: "units", Kind: sim.Count, Unit: "unit", Doc: "units of all layers with weights, without the inputs"})
	m.see(s, seeData, 0, sim.Probe{Name: "examples", Kind: sim.Text, Unit: text, Doc: "what the net learns from, and how many examples there are"})
	m.see(s, seeFault, 0, sim.Probe{Name: "fault", Kind: sim.Text, Unit: text, Doc: "what stopped the machine, if anything did"})
}

// turn adds a control, and the probe that shows where it stands.
func (m *Machine) turn(s *sim.Sheet, k knob, of int, c sim.Control) {
	if c.Evidence == 0 {
		c.Evidence = sim.Inferred
	}
	s.Controls = append(s.Controls, c)
	m.controls = append(m.controls, turned{k, of})
	id, shown := s.Probe(c.Name)
	if shown && m.probes[id].what != seeParam {
		m.clash = c.Name
	}
	if shown || c.Kind == sim.Button {
		return
	}
	kind := c.Kind
	if kind == sim.Switch {
		kind = sim.Lamp
	}
	m.see(s, seeSetting, int(k), sim.Probe{Name: c.Name, Kind: kind, Min: c.Min, Max: c.Max, Rows: c.Rows, Cols: c.Cols, Names: c.Names, Unit: c.Unit, Doc: c.Doc, Evidence: c.Evidence})
}

// realMax bounds what an operator may set a real number to.
const realMax = 1e6

func (m *Machine) turnAll(s *sim.Sheet) {
	set := m.spec.Set
	real := func(k knob, name string, preset float32, doc string) {
		m.turn(s, k, 0, sim.Control{Name: name, Kind: sim.Level, Real: true, Range: [2]sim.Number{0, realMax}, Preset: sim.Number(preset), Unit: setting, Doc: doc})
	}
	m.turn(s, turnLearn, 0, sim.Control{Name: "learn", Kind: sim.Switch, Default: 1, Unit: setting, Doc: "whether weights move; off, batches go forwards only"})
	real(turnRate, "rate", set.Rate, "the learning rate; once set by hand it follows the schedule of the net's text no more")
	real(turnMu, "momentum", set.Mu, "momentum; beta of the slide")
	real(turnDecay, "decay", set.Decay, "weight decay: so much of each weight joins its derivative")
	real(turnClip, "clip", set.Clip, "derivatives are scaled down to this norm; 0: never")
	m.turn(s, turnSlide, 0, sim.Control{Name: "slide", Kind: sim.Switch, Unit: setting, Doc: "the sign of the slide: the derivative of the loss taken as wanted less answered, so that learning climbs"})
	m.turn(s, turnBatch, 0, sim.Control{Name: "batch", Kind: sim.Count, Min: 1, Max: int64(m.spec.Batch), Default: int64(m.spec.Batch), Unit: "example", Doc: "examples in a batch, from the next on"})
	m.turn(s, turnOrder, 0, sim.Control{Name: "order", Kind: sim.Choice, Names: model.Orders, Default: m.orderSet(), Unit: setting, Doc: "the order of the examples, from the next pass on; drawn: one after the other at random, so that in a pass some come twice and others not"})
	m.turn(s, turnNext, 0, sim.Control{Name: "next", Kind: sim.Count, Max: int64(m.set.Train.N), Unit: "example", Doc: "the place in the order at which the next batch begins, counted from 1; 0: where the last ended"})
	m.turn(s, turnTest, 0, sim.Control{Name: "test", Kind: sim.Button, Unit: setting, Doc: "tests the net after the batch that is under way"})
	m.turn(s, turnTestEvery, 0, sim.Control{Name: "test-every", Kind: sim.Count, Max: 1 << 30, Unit: "pass", Doc: "tests after every so many passes; 0: never"})
	m.turn(s, turnTestOn, 0, sim.Control{Name: "test-on", Kind: sim.Choice, Names: []string{"test-set", "training-set"}, Unit: setting, Doc: "the examples that a test looks at; the training set also where there are no others"})
	m.turn(s, turnLook, 0, sim.Control{Name: "look", Kind: sim.Count, Max: 1 << 20, Unit: "cell", Doc: "the cell of the result whose numbers are shown"})
	m.turn(s, turnOver, 0, sim.Control{Name: "average-over", Kind: sim.Count, Min: 1, Max: curveLength, Default: 1, Unit: "test", Doc: "the tests, from the last backwards, of which test-mean and test-median are"})
	m.turnView(s)
	m.turnBlocks(s)
	m.turn(s, turnRestart, 0, sim.Control{Name: "restart", Kind: sim.Button, Unit: setting, Doc: "draws the weights anew and begins again; settings stay"})
	for i, p := range m.net.Params {
		if !p.Fixed && p.Count() <= cellsMax {
			rows, cols := paramShape(p)
			m.turn(s, turnParam, i, sim.Control{Name: p.Name, Kind: sim.Grid, Rows: rows, Cols: cols, Real: true, Range: [2]sim.Number{-realMax, realMax}, Unit: number, Doc: paramDoc(p)})
		}
	}
}
