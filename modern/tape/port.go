package tape

import (
	"fmt"
	"strconv"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

var _ sim.Machine = (*Machine)(nil)

// Sheet is the machine's data sheet.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Apply turns a control. Whatever the sheet allows is taken.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	c := m.controls[in.Control]
	switch c.knob {
	case turnLearn:
		m.dial.learn = in.Ints[0] == 1
	case turnTest:
		m.dial.asked = true
	case turnRestart:
		m.restart()
	case turnRate:
		m.opt.Settings.Rate, m.dial.schedule = in.Floats[0], false
	case turnMu:
		m.opt.Settings.Mu = in.Floats[0]
	case turnDecay:
		m.opt.Settings.Decay = in.Floats[0]
	case turnClip:
		m.opt.Settings.Clip = in.Floats[0]
	case turnSlide:
		m.net.Setting().Uphill = in.Ints[0] == 1
	case turnAscend:
		m.dial.climb = true
	case turnParam:
		copy(m.net.Params[c.of].W[max(in.Index, 0):], in.Floats)
		m.mask(m.net.Params[c.of])
		m.opt.Moved(m.net.Params[c.of])
	default:
		if !m.applyBlocks(c.knob, in) {
			m.applyCount(c.knob, in.Ints[0])
		}
	}
	return nil
}

// mask holds weights that do not exist at 0.
func (m *Machine) mask(p *nn.Param) {
	for i, exists := range p.Mask {
		if exists == 0 {
			p.W[i] = 0
		}
	}
}

func (m *Machine) applyCount(k knob, v int64) {
	switch k {
	case turnBatch:
		m.dial.batch = v
	case turnOrder:
		m.dial.order = v
		if m.stage == stageTrain && m.at == 0 && m.place == 0 {
			m.arrange()
		}
	case turnNext:
		m.dial.next = v
	case turnTestEvery:
		m.dial.testEvery = v
	case turnTestOn:
		m.dial.testOn = v
		if m.stage == stageTest {
			m.beginTest()
		}
	case turnLook:
		m.dial.look = v
	case turnOver:
		m.dial.over = v
	case turnExamine:
		m.dial.examine = v == 1
		if m.stage == stageTest {
			m.beginTest()
		}
	case turnLayer:
		m.dial.layer = v
		m.ascendAnew()
	case turnUnit:
		m.dial.unit = v
		m.ascendAnew()
	}
}

// restart begins the training anew and keeps the settings.
func (m *Machine) restart() {
	dial, set, uphill := m.dial, m.opt.Settings, m.net.Setting().Uphill
	m.Reset(m.seed)
	if dial.schedule {
		set.Rate = m.opt.Settings.Rate
	}
	m.dial, m.opt.Settings, m.net.Setting().Uphill = dial, set, uphill
	m.dial.asked, m.dial.climb, m.dial.cut, m.dial.swap = false, false, 0, 0
	m.arrange()
}

// Read looks at a probe.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) {
	s := m.probes[p]
	switch {
	case m.readProgress(s, r):
	case m.readScores(s, r), m.readReject(s, r), m.readRecent(s, r):
	case m.readInside(s, r), m.readPaths(s, r), m.readView(s, r), m.readKernels(s, r):
	default:
		m.readCounts(s, r)
	}
}

// now is the operation done last; nil before the first.
func (m *Machine) now() *instr {
	switch {
	case m.done < 0:
		return nil
	}
	return &m.program()[m.done]
}

// program is the one to which the operation done last belongs.
func (m *Machine) program() []instr {
	switch {
	case m.tested:
		return m.tests
	case m.rising:
		return m.view.ascent[m.dial.layer]
	}
	return m.steps
}

func (m *Machine) readProgress(s seen, r *sim.Reading) bool {
	switch s.what {
	case seeOp:
		r.SetText(m.opText())
	case seeNumbers:
		r.SetText(m.numbersText())
	case seePart:
		r.SetInt(m.partNow())
	case seeNet:
		m.readNet(r)
	case seeExample:
		r.SetInt(m.exampleNow())
	case seePass:
		r.SetInt(m.pass)
	case seeBatches:
		r.SetInt(m.batches)
	case seeExamples:
		r.SetInt(m.seen)
	default:
		return false
	}
	return true
}

func (m *Machine) opText() string {
	if in := m.now(); in != nil {
		return in.Part.Writes
	}
	return ""
}

// numbersText is what was written and by which rule; below it one number of it,
// with the numbers that it came from.
func (m *Machine) numbersText() string {
	in := m.now()
	if in == nil {
		return "power is on; the first operation feeds the net"
	}
	text := in.Part.Writes + ":  " + in.Part.Rule
	n := len(in.Part.Out())
	if in.Part.Show == nil || n == 0 {
		return text
	}
	i := min(int(m.dial.look), n-1)
	if n == 1 {
		return text + "\n" + in.Part.Show(0)
	}
	return fmt.Sprintf("%s\n[%d]  %s", text, i, in.Part.Show(i))
}

func (m *Machine) partNow() int64 {
	in := m.now()
	switch {
	case in == nil:
		return 0
	case m.tested:
		return int64(5 + min(in.part, 1))
	case m.rising:
		return int64(6 + in.part)
	}
	return int64(1 + in.part)
}

func (m *Machine) exampleNow() int64 {
	if m.rows == 0 {
		return 0
	}
	return m.first + 1
}

func (m *Machine) readScores(s seen, r *sim.Reading) bool {
	switch s.what {
	case seeLoss:
		r.SetFloat(m.loss)
	case seeWrong:
		r.SetInt(m.wrong)
	case seeTrainLoss:
		r.SetFloat(m.last.loss)
	case seeTrainWrong:
		r.SetInt(m.last.wrong)
	case seeTrainError:
		r.SetFloat(percent(m.last.wrong, m.last.count))
	case seeTests:
		r.SetInt(m.examed)
	case seeTestLoss:
		r.SetFloat(m.test.loss)
	case seeTestWrong:
		r.SetInt(m.test.wrong)
	case seeTestError:
		r.SetFloat(percent(m.test.wrong, m.test.count))
	case seeCurve:
		m.curves.loss.read(r)
	case seeErrorCurve:
		m.curves.err.read(r)
	case seeTestCurve:
		m.curves.testErr.read(r)
	case seeBatchCurve:
		m.curves.batch.read(r)
	case seeSolved:
		r.SetInt(m.solved)
	case seeStuck:
		r.SetBool(m.solved == 0)
	case seeConfusion:
		r.SetInts(m.confused)
	default:
		return false
	}
	return true
}

func (c *curve) read(r *sim.Reading) { r.SetFloats(c.v[:c.n]) }

func (m *Machine) readInside(s seen, r *sim.Reading) bool {
	switch s.what {
	case seeSurface:
		m.readSurface(r)
	case seeWanted, seeValue:
		m.readValue(m.net.Values[s.of], m.net.Values[s.of].Data, r)
	case seeValueGrad:
		m.readValue(m.net.Values[s.of], m.net.Values[s.of].Grad, r)
	case seeParam:
		r.SetFloats(m.net.Params[s.of].W)
	case seeParamGrad:
		r.SetFloats(m.net.Params[s.of].G)
	case seeStates:
		r.SetInt(m.auto.states)
	case seeNext:
		m.readTable(m.auto.next[:], r)
	case seeAnswer:
		m.readTable(m.auto.answer[:], r)
	case seeGradNorms:
		r.Clear()
		for _, p := range m.net.Params {
			if !p.Fixed && !p.Bias {
				r.Floats = append(r.Floats, f32.Sqrt(kernel.SumSquares(p.G)))
			}
		}
	default:
		return false
	}
	return true
}

// readTable shows as many inputs of each state as there are.
func (m *Machine) readTable(table []int64, r *sim.Reading) {
	r.Clear()
	for s := range statesMax {
		r.Ints = append(r.Ints, table[s*lettersMax:][:1<<m.set.Size()]...)
	}
}

// readValue shows the first example: steps below each other, maps side by side.
func (m *Machine) readValue(v *nn.Value, data []float32, r *sim.Reading) {
	r.Clear()
	if len(v.Shape) == 3 && v.Shape[1]*v.Shape[2] > 1 {
		h, w := v.Shape[1], v.Shape[2]
		for y := range h {
			for c := range v.Shape[0] {
				r.Floats = append(r.Floats, data[(c*h+y)*w:(c*h+y)*w+w]...)
			}
		}
		return
	}
	for t := range v.Steps {
		at := t * m.net.Rows * v.Size
		r.Floats = append(r.Floats, data[at:at+v.Size]...)
	}
}

func (m *Machine) readCounts(s seen, r *sim.Reading) {
	switch s.what {
	case seeWork:
		r.SetInt(m.work)
	case seeParameters:
		r.SetInt(int64(m.net.Parameters()))
	case seeConnections:
		r.SetInt(m.net.Connections())
	case seeUnits:
		r.SetInt(int64(m.net.Units()))
	case seeData:
		r.SetText(fmt.Sprintf("%s: %d to learn from, %d for tests", m.set.Name, m.set.Train.N, m.set.Test.N))
	case seeSetting:
		m.readSetting(knob(s.of), r)
	case seeFault:
		r.SetText(m.faultText())
	}
}

func (m *Machine) readSetting(k knob, r *sim.Reading) {
	switch k {
	case turnLearn:
		r.SetBool(m.dial.learn)
	case turnRate:
		r.SetFloat(m.opt.Settings.Rate)
	case turnMu:
		r.SetFloat(m.opt.Settings.Mu)
	case turnDecay:
		r.SetFloat(m.opt.Settings.Decay)
	case turnClip:
		r.SetFloat(m.opt.Settings.Clip)
	case turnSlide:
		r.SetBool(m.net.Setting().Uphill)
	case turnBatch:
		r.SetInt(m.dial.batch)
	case turnOrder:
		r.SetInt(m.dial.order)
	case turnNext:
		r.SetInt(m.dial.next)
	case turnTestEvery:
		r.SetInt(m.dial.testEvery)
	case turnTestOn:
		r.SetInt(m.dial.testOn)
	case turnLook:
		r.SetInt(m.dial.look)
	case turnOver:
		r.SetInt(m.dial.over)
	case turnExamine:
		r.SetBool(m.dial.examine)
	case turnLayer:
		r.SetInt(m.dial.layer)
	case turnUnit:
		r.SetInt(m.dial.unit)
	default:
		m.readBlocks(k, r)
	}
}

func (m *Machine) faultText() string {
	if m.fault == 0 {
		return ""
	}
	part := m.program()[m.fault-1].Part
	text := "batch " + strconv.FormatInt(m.batches+1, 10) + ": " + part.Writes + " (" + part.Rule + ") is no number, or infinite"
	if m.faultBy > 0 {
		text += ", since the update before made " + m.net.Params[m.faultBy-1].Name + " so"
	}
	return text + ": use a smaller rate, or clip, then press restart"
}
