package tape

import (
	"strconv"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim/rng"
)

// Activation maximisation (Erhan and others 2009): from noise, the picture
// climbs along the derivative of one unit for the input, on the sphere of
// pictures of a given norm. What is climbed is the unit's sum before its
// activation, which grows with its answer and, other than that, never ends in a
// plain.

const (
	ascentSteps = 200
	ascentStep  = 0.05 // of a step, in the norm of the picture (Assumed)
)

// program lists the operations of an ascent for each layer: forwards through
// the whole net, the choice of the unit, backwards from its layer, a step.
func (v *view) program() {
	var up []instr
	forward := v.dream.Forward()
	for _, in := range forward[:len(forward)-1] {
		up = append(up, instr{in, partForward})
	}
	v.up = len(up)
	choose := nn.Instr{Part: nn.Part{Writes: "unit", Rule: "dz = 1 for the unit, else 0", Out: nothing}}
	step := nn.Instr{Part: nn.Part{Writes: "input", Rule: "x += step dx/|dx|, then scaled to the norm of an example; every " + strconv.Itoa(ascentSteps) + " make an ascent", Out: nothing}}
	for _, layer := range v.names {
		list := append(up[:len(up):len(up)], instr{choose, partBackward})
		below := false
		for _, in := range v.dream.Backward() {
			of := in.Op.Name()
			slope := of == layer && in.Part.Writes == layer+"-grad"
			below = below || of == layer
			if below && !slope && in.Part.Param == nil {
				list = append(list, instr{in, partBackward})
			}
		}
		v.ascent = append(v.ascent, append(list, instr{step, partUpdate}))
	}
}

func nothing() []float32 { return nil }

// ascended is the value of the layer that is looked at, in the net that
// ascends, and the place of the unit in it: of a map that in the middle.
func (m *Machine) ascended() (v *nn.Value, at int) {
	layer, unit := m.lookedAt()
	v = m.view.dream.Value(m.view.names[layer])
	if len(v.Shape) == 3 {
		h, w := v.Shape[1], v.Shape[2]
		return v, (unit*h+h/2)*w + w/2
	}
	return v, unit
}

// beginAscent begins at noise.
func (m *Machine) beginAscent() {
	m.stage, m.dial.climb, m.at, m.risen = stageAscent, false, 0, 0
	x := m.view.dream.Values[0].Data
	for i := range x {
		x[i] = float32(2*f32.Uniform(m.noise.Uint64())) - 1
	}
	m.scaleStimulus(x)
}

// ascendAnew begins an ascent that is under way again, for another unit. What
// belonged to the other's program is forgotten.
func (m *Machine) ascendAnew() {
	if m.rising {
		m.done, m.rising, m.fault = -1, false, 0
	}
	if m.stage == stageAscent {
		m.beginAscent()
	}
}

// scaleStimulus gives x the norm of an example.
func (m *Machine) scaleStimulus(x []float32) {
	if norm := f32.Sqrt(kernel.SumSquares(x)); norm > 0 {
		kernel.Scale(x, m.view.norm/norm, x)
	}
}

func (m *Machine) ascentStep() {
	program := m.view.ascent[m.dial.layer]
	in := &program[m.at]
	m.done, m.tested, m.rising = m.at, false, true
	switch {
	case in.part == partUpdate:
		m.climb()
	case in.Op == nil:
		m.choose()
	default:
		in.Run()
		m.work += in.Part.Work + in.Part.Once
	}
	if m.fault != 0 {
		return
	}
	m.at++
	switch {
	case m.at == int64(m.view.up) && m.risen == ascentSteps:
		m.ascents++
		m.stage, m.at = stageTrain, 0
	case m.at == int64(len(program)):
		m.at = 0
	}
}

// choose makes all derivatives 0 but that of the unit.
func (m *Machine) choose() {
	for _, v := range m.view.dream.Values {
		clear(v.Grad)
	}
	v, at := m.ascended()
	v.Grad[at] = 1
}

// climb goes a step up the derivative. Where it is 0 the picture stays; a
// derivative that is no number is a fault.
func (m *Machine) climb() {
	in := m.view.dream.Values[0]
	norm := f32.Sqrt(kernel.SumSquares(in.Grad))
	if norm-norm != 0 {
		m.fault = m.at + 1
		return
	}
	if norm > 0 {
		kernel.Axpy(in.Data, float32(ascentStep*m.view.norm)/norm, in.Grad)
		m.scaleStimulus(in.Data)
	}
	m.risen++
}

// beginStreams seeds the random streams of the machine, besides that of the
// order.
func (m *Machine) beginStreams(seed uint64) {
	m.lesions, m.noise = rng.New(seed).Stream("tape.lesions"), rng.New(seed).Stream("tape.stimulus")
}
