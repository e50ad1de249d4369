package tape

import (
	"perceptarium/modern/examples"
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// What the units of a net of pictures see: the nine examples that drive each
// most, each cut out at the unit's receptive field (Zeiler and Fergus 2014); a
// picture that drives it more, made by gradient ascent (ascent.go); and the
// kernels of the first layer themselves (templates.go).

const (
	topMost    = 9 // examples of each unit
	topSide    = 3 // they lie three by three
	viewLayers = 16
	viewUnits  = 1 << 10 // of all layers; nets with more are not looked into
	viewSide   = 32      // of a picture
)

// view is what can be looked into; made once.
type view struct {
	layers []*nn.Value // of the twin
	names  []string
	first  []int // the first unit of each layer; a map counts as one
	units  int   // of all layers
	most   int   // of one
	dream  *nn.Net
	ascent [][]instr // by layer
	up     int       // operations of an ascent that go forwards
	norm   float32   // of the pictures that an ascent makes
	lo, hi float32   // of the examples
}

// makeView finds out what can be looked into; nil where the examples are no
// pictures.
func (m *Machine) makeView() *view {
	shape := m.set.Shape
	if len(shape) != 3 || min(shape[1], shape[2]) < 2 || max(shape[1], shape[2]) > viewSide || m.set.Steps != 1 {
		return nil
	}
	v := &view{}
	for _, value := range m.twin.Values {
		if !m.looksInto(value) {
			continue
		}
		units := value.Shape[0]
		v.layers, v.names, v.first = append(v.layers, value), append(v.names, value.Name), append(v.first, v.units)
		v.units, v.most = v.units+units, max(v.most, units)
	}
	if len(v.layers) == 0 || len(v.layers) > viewLayers || v.units > viewUnits {
		return nil
	}
	dream, err := m.spec.Inward(m.net)
	if err != nil {
		return nil
	}
	v.lo, v.hi = m.bounds()
	v.dream, v.norm = dream, m.meanNorm()
	v.program()
	return v
}

// area is the number of places of a unit: of a map its cells.
func (v *view) area(unit int) int {
	l := len(v.first) - 1
	for v.first[l] > unit {
		l--
	}
	return v.layers[l].Size / v.layers[l].Shape[0]
}

// looksInto reports whether v is the answer of a layer with weights, or of the
// net.
func (m *Machine) looksInto(v *nn.Value) bool {
	p := m.net.Param(v.Name + "-w")
	return v.Steps == 1 && (v.Name == m.net.Output.Name || p != nil && !p.Fixed)
}

// note enters the answers of a batch of a test among the greatest of each unit.
func (m *Machine) note(p *examples.Part) {
	if m.view == nil || !m.dial.examine {
		return
	}
	for l, v := range m.view.layers {
		area := v.Size / v.Shape[0]
		for r := range m.twin.Rows {
			row := v.Data[r*v.Size : (r+1)*v.Size]
			for c := range v.Shape[0] {
				answer, at := row[c*area], 0
				if area > 1 {
					answer, at = kernel.Max(row[c*area : (c+1)*area])
				}
				m.enter(m.view.first[l]+c, int32(m.testAt)+int32(r), int32(at), answer)
			}
		}
	}
}

// enter puts an example in its place among the nine of a unit, where it belongs
// there; of equal answers the first one stays before the others.
func (m *Machine) enter(unit int, example, at int32, answer float32) {
	from := unit * topMost
	k := from + topMost - 1
	if m.topExample[k] > 0 && !(answer > m.topAnswer[k]) {
		return
	}
	for ; k > from && (m.topExample[k-1] == 0 || answer > m.topAnswer[k-1]); k-- {
		m.topExample[k], m.topPlace[k], m.topAnswer[k] = m.topExample[k-1], m.topPlace[k-1], m.topAnswer[k-1]
	}
	m.topExample[k], m.topPlace[k], m.topAnswer[k] = example+1, at, answer
}

// beginNotes forgets the examples of the test before.
func (m *Machine) beginNotes() {
	if m.view == nil || !m.dial.examine {
		return
	}
	clear(m.topExample)
	clear(m.topPlace)
	clear(m.topAnswer)
	m.notedOn = m.dial.testOn
}

// noted is the examples among which the greatest answers were found.
func (m *Machine) noted() *examples.Part {
	if m.notedOn == 1 || m.set.Test.N == 0 {
		return &m.set.Train
	}
	return &m.set.Test
}

// lookedAt is the layer and the unit in it that are looked at.
func (m *Machine) lookedAt() (layer, unit int) {
	layer = int(m.dial.layer)
	return layer, min(int(m.dial.unit), m.view.layers[layer].Shape[0]) - 1
}

// tops is where the nine of the unit that is looked at begin.
func (m *Machine) tops() int {
	layer, unit := m.lookedAt()
	return (m.view.first[layer] + unit) * topMost
}

// patchSize is the size of a picture of nine patches, a line between them.
func (m *Machine) patchSize() (rows, cols int) {
	return topSide*(m.set.Shape[1]+1) - 1, topSide*(m.set.Shape[2]+1) - 1
}

// readPatches draws the nine, three by three, as large as they fit.
func (m *Machine) readPatches(r *sim.Reading) {
	rows, cols := m.patchSize()
	h, w := m.set.Shape[1], m.set.Shape[2]
	r.Clear()
	for range rows * cols {
		r.Floats = append(r.Floats, float32(0.5*(m.view.lo+m.view.hi)))
	}
	layer, _ := m.lookedAt()
	v, from := m.view.layers[layer], m.tops()
	for k := range topMost {
		if m.topExample[from+k] == 0 {
			break
		}
		field := nn.Rect{Bottom: h - 1, Right: w - 1}
		if len(v.Shape) == 3 {
			at := int(m.topPlace[from+k])
			field = m.twin.Field(v, at/v.Shape[2], at%v.Shape[2])
		}
		x := m.set.Input(m.noted(), int(m.topExample[from+k])-1)
		corner := k/topSide*(h+1)*cols + k%topSide*(w+1)
		m.drawPatch(r.Floats[corner:], cols, x, field)
	}
}

// drawPatch draws a part of picture x, each cell as large as all fit in.
func (m *Machine) drawPatch(to []float32, stride int, x []float32, field nn.Rect) {
	h, w := m.set.Shape[1], m.set.Shape[2]
	if field.High() > h || field.Wide() > w {
		field = nn.Rect{Bottom: h - 1, Right: w - 1}
	}
	zoom := min(h/field.High(), w/field.Wide())
	top, left := (h-zoom*field.High())/2, (w-zoom*field.Wide())/2
	for i := range zoom * field.High() {
		for k := range zoom * field.Wide() {
			row, col := field.Top+i/zoom, field.Left+k/zoom
			value := m.view.lo // beyond the picture
			if row >= 0 && row < h && col >= 0 && col < w {
				value = x[row*w+col]
			}
			to[(top+i)*stride+left+k] = value
		}
	}
}

// readAgreement shows how far the nine of a unit are of one class: the mean
// over the units of each layer.
func (m *Machine) readAgreement(r *sim.Reading) {
	r.Clear()
	for l, v := range m.view.layers {
		sum, units := float32(0), 0
		for c := range v.Shape[0] {
			if most, of := m.mostOfClass((m.view.first[l] + c) * topMost); of > 0 {
				sum, units = sum+percent(int64(most), int64(of)), units+1
			}
		}
		r.Floats = append(r.Floats, sum/float32(max(units, 1)))
	}
}

// mostOfClass counts the nine of a unit, and those of the class that most are
// of.
func (m *Machine) mostOfClass(from int) (most, of int) {
	classes := m.noted().Class
	for k := from; k < from+topMost && m.topExample[k] > 0; k++ {
		alike := 0
		for _, e := range m.topExample[from : from+topMost] {
			if e > 0 && classes[e-1] == classes[m.topExample[k]-1] {
				alike++
			}
		}
		most, of = max(most, alike), of+1
	}
	return most, of
}

func (m *Machine) seeView(s *sim.Sheet) {
	if m.view == nil {
		return
	}
	rows, cols := m.patchSize()
	m.see(s, seePatches, 0, sim.Probe{Name: "top-patches", Kind: sim.Surface, Rows: rows, Cols: cols, Unit: number, Doc: "the nine examples of the last test with examine on that drive the unit most, cut out at its receptive field where it answers most, the first at the top left; a small field is drawn larger"})
	m.see(s, seeTopAnswers, 0, sim.Probe{Name: "top-answers", Kind: sim.Grid, Cols: topMost, Unit: number, Doc: "its answers to them"})
	if m.set.Classes > 0 {
		m.see(s, seeTopClasses, 0, sim.Probe{Name: "top-classes", Kind: sim.Grid, Cols: topMost, Unit: "class", Doc: "their classes, counted from 0; -1 where there is no example"})
		m.see(s, seeAgreement, 0, sim.Probe{Name: "agreement", Kind: sim.Grid, Cols: len(m.view.names), Names: m.view.names, Unit: share, Doc: "for each layer: how many of a unit's nine examples are of one class, the class that most are of; a mean over its units or maps"})
	}
	m.see(s, seeStimulus, 0, m.grid2("preferred-stimulus", m.view.dream.Values[0], "the picture that gradient ascent has made for the unit, with the norm that examples have in the mean"))
	m.see(s, seeActivation, 0, sim.Probe{Name: "activation", Kind: sim.Level, Unit: number, Doc: "the unit's answer to it; of a map, that of the unit in its middle"})
	m.see(s, seeStimulusClass, 0, sim.Probe{Name: "stimulus-class", Kind: sim.Count, Unit: "class", Doc: "the greatest output for it, counted from 0"})
	m.see(s, seeAscents, 0, sim.Probe{Name: "ascents", Kind: sim.Count, Unit: "ascent", Doc: "gradient ascents completed since the start"})
}

func (m *Machine) readView(s seen, r *sim.Reading) bool {
	switch s.what {
	case seePatches:
		m.readPatches(r)
	case seeTopAnswers:
		r.SetFloats(m.topAnswer[m.tops():][:topMost])
	case seeTopClasses:
		r.Clear()
		for _, e := range m.topExample[m.tops():][:topMost] {
			class := int64(-1)
			if e > 0 {
				class = int64(m.noted().Class[e-1])
			}
			r.Ints = append(r.Ints, class)
		}
	case seeAgreement:
		m.readAgreement(r)
	case seeStimulus:
		m.readValue(m.view.dream.Values[0], m.view.dream.Values[0].Data, r)
	case seeActivation:
		v, at := m.ascended()
		r.SetFloat(v.Data[at])
	case seeStimulusClass:
		_, at := kernel.Max(m.view.dream.Output.Data)
		r.SetInt(int64(at))
	case seeAscents:
		r.SetInt(m.ascents)
	default:
		return false
	}
	return true
}

func (m *Machine) turnView(s *sim.Sheet) {
	if m.view == nil {
		return
	}
	m.turn(s, turnExamine, 0, sim.Control{Name: "examine", Kind: sim.Switch, Unit: setting, Doc: "whether tests note the examples that drive each unit most"})
	m.turn(s, turnLayer, 0, sim.Control{Name: "unit-layer", Kind: sim.Choice, Names: m.view.names, Unit: "layer", Doc: "the layer of the unit that is looked at"})
	m.turn(s, turnUnit, 0, sim.Control{Name: "unit", Kind: sim.Count, Min: 1, Max: int64(m.view.most), Default: 1, Unit: "unit", Doc: "the unit, or the map, that is looked at, counted from 1; the last where the layer has fewer"})
	m.turn(s, turnAscend, 0, sim.Control{Name: "ascend", Kind: sim.Button, Unit: setting, Doc: "makes a picture that drives the unit more and more, from noise, after the batch or the test that is under way"})
}

// meanNorm is the mean norm of the first thousand examples.
func (m *Machine) meanNorm() float32 {
	n, sum := min(m.set.Train.N, 1000), float64(0)
	for i := range n {
		sum += float64(f32.Sqrt(kernel.SumSquares(m.set.Input(&m.set.Train, i))))
	}
	return float32(sum / float64(n))
}
