package perceptron

import (
	"strconv"

	"perceptarium/sim"
)

// Sheet is the machine's data sheet.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Apply moves a control. Nothing beyond what the sheet says is refused.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	c := m.controls[in.Control]
	m.turn(c, in)
	if c != turnWitness && c != turnLambda {
		m.disturb()
	}
	m.derive()
	m.fillPocket()
	return nil
}

func (m *Machine) turn(c control, in sim.Input) {
	switch c {
	case turnWeight:
		put(m.weight, in)
		m.norm2Up = max(m.norm2Up, norm2(m.weight))
		m.fault = 0
	case turnRule:
		m.rule = in.Ints[0]
	case turnNext:
		m.next = in.Ints[0] - 1
	case turnOrder:
		m.order = in.Ints[0]
	case turnStart:
		m.start = in.Ints[0]
		m.begin(true)
	case turnRestart:
		m.begin(true)
	case turnRate:
		m.rate = in.Ints[0]
	case turnDenominator:
		m.denominator = in.Ints[0]
		m.begin(false)
	case turnConstant:
		m.constant = in.Ints[0] == 1
	case turnZeroFires:
		m.zero = in.Ints[0] == 1
	case turnTargets:
		put(m.targets, in)
	case turnWitness:
		put(m.witness, in)
	case turnLambda:
		put(m.lambda, in)
	case turnLayer:
		put(m.layer, in)
	}
}

// put writes one cell, or all.
func put(dst []int64, in sim.Input) {
	copy(dst[max(in.Index, 0):], in.Ints)
}

// Read looks at a probe.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) {
	see := m.probes[p]
	switch {
	case m.readNow(see, r):
	case m.readTraining(see, r):
	case m.readProof(see, r):
	case m.readSettings(see, r):
	}
}

func (m *Machine) readNow(see probe, r *sim.Reading) bool {
	switch see {
	case seeExample:
		r.SetInt(m.example)
	case seeInput:
		m.readInput(r)
	case seeActivity:
		m.readActivity(r)
	case seeSum:
		r.SetInt(m.sum)
	case seeOutput:
		r.SetBool(m.output)
	case seeTarget:
		r.SetBool(m.example > 0 && m.targets[m.example-1] == 1)
	case seeCorrect:
		r.SetBool(m.hit)
	case seePlane:
		m.readPlane(r)
	default:
		return false
	}
	return true
}

func (m *Machine) readInput(r *sim.Reading) {
	n := len(m.table.Names)
	r.Clear()
	if m.example == 0 {
		for range 1 + n {
			r.Ints = append(r.Ints, 0)
		}
		return
	}
	constant := int64(0)
	if m.constant {
		constant = m.table.Scale
	}
	r.Ints = append(append(r.Ints, constant), m.table.row(int(m.example-1))...)
}

func (m *Machine) readActivity(r *sim.Reading) {
	r.Clear()
	for u := range m.fixed.Units {
		fires := int64(0)
		if m.example > 0 {
			fires = m.row(m.example - 1)[1+u]
		}
		r.Ints = append(r.Ints, fires)
	}
}

func (m *Machine) readTraining(see probe, r *sim.Reading) bool {
	switch see {
	case seeWeight:
		r.SetInts(m.weight)
	case seeWrong:
		r.SetInt(m.wrong(m.weight))
	case seeSeparated:
		r.SetBool(m.wrong(m.weight) == 0)
	case seeMistakes:
		r.SetInt(m.mistakes)
	case seePresentations:
		r.SetInt(m.presentations)
	case seePass:
		r.SetInt(m.presentations / int64(m.table.Rows()))
	case seePassMistakes:
		r.SetInt(m.passMistakes)
	case seeCurve:
		r.SetInts(m.curve[curvePasses-m.curveLen:])
	case seeStreak:
		r.SetInt(m.streak)
	case seeCycle:
		r.SetInt(m.cycle)
	case seeNorm2:
		r.SetInt(norm2(m.weight))
	case seeNorm2Max:
		r.SetInt(m.norm2Up)
	case seeCriterion:
		r.SetInt(m.criterion())
	case seePocketWeight:
		r.SetInts(m.pocket)
	case seePocketWrong:
		r.SetInt(m.pocketWrong)
	default:
		return false
	}
	return true
}

func (m *Machine) readProof(see probe, r *sim.Reading) bool {
	switch see {
	case seeTable:
		m.readTable(r)
	case seeTargets:
		r.SetInts(m.targets)
	case seeAnswers:
		m.readAnswers(r)
	case seeWitness:
		r.SetInts(m.witness)
	case seeBound:
		r.SetInt(m.bound)
	case seeLambda:
		r.SetInts(m.lambda)
	case seeLambdaSum:
		sum := int64(0)
		for _, l := range m.lambda {
			sum += l
		}
		r.SetInt(sum)
	case seeCertificate:
		r.SetInts(m.certificate)
	case seeCertified:
		r.SetBool(m.certified)
	default:
		return false
	}
	return true
}

func (m *Machine) readTable(r *sim.Reading) {
	r.Clear()
	for i, y := range m.targets {
		r.Ints = append(append(r.Ints, m.table.row(i)...), y)
	}
}

func (m *Machine) readAnswers(r *sim.Reading) {
	r.Clear()
	for i := range m.targets {
		r.Ints = append(r.Ints, truth(m.step(dot(m.weight, m.row(int64(i))))))
	}
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (m *Machine) readSettings(see probe, r *sim.Reading) bool {
	switch see {
	case seeLayer:
		r.SetInts(m.layer)
	case seeRule:
		r.SetInt(m.rule)
	case seeOrder:
		r.SetInt(m.order)
	case seeNext:
		r.SetInt(m.next + 1)
	case seeStart:
		r.SetInt(m.start)
	case seeRate:
		r.SetInt(m.rate)
	case seeDenominator:
		r.SetInt(m.denominator)
	case seeConstant:
		r.SetBool(m.constant)
	case seeZeroFires:
		r.SetBool(m.zero)
	case seeGrain:
		r.SetInt(m.grain())
	case seeMACs:
		r.SetInt(m.multiplyAdds())
	case seeFault:
		r.SetText(m.faultText())
	default:
		return false
	}
	return true
}

func (m *Machine) faultText() string {
	if m.fault == 0 {
		return ""
	}
	return "weight[" + m.weightNames()[m.fault-1] + "] would pass its limit of " + strconv.Itoa(WeightMax) + ": use a smaller rate or smaller inputs, then press restart"
}
