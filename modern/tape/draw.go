package tape

import (
	"fmt"
	"strconv"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// drawnMax is how many units a drawing has at most.
const drawnMax = 40

// drawing is what the net's picture is made of, worked out once.
type drawing struct {
	links  []nn.Link
	column map[*nn.Value]int
	middle map[*nn.Value]float32 // where a unit is neither on nor off
}

// plan works out the drawing: nil where the net has too many units, or layers
// that are not drawn unit by unit.
func (m *Machine) plan() *drawing {
	units := 0
	for _, v := range m.net.Values {
		if len(v.Shape) != 1 || v.Steps != 1 {
			return nil
		}
		units += v.Size
	}
	links, ok := m.net.Links()
	if !ok || units-m.net.Wanted.Size > drawnMax {
		return nil
	}
	lo, hi := m.bounds()
	d := &drawing{links, map[*nn.Value]int{}, map[*nn.Value]float32{m.net.Values[0]: (lo + hi) / 2}}
	for _, l := range links {
		d.column[l.To] = max(d.column[l.To], d.column[l.From]+1)
		if l.Act == kernel.Logistic || l.Act == kernel.Step {
			d.middle[l.To] = 0.5
		}
	}
	loss := m.net.Setting()
	d.middle[m.net.Output] = (loss.Low + loss.High) / 2
	return d
}

// bounds are the least and the greatest of the inputs.
func (m *Machine) bounds() (lo, hi float32) {
	lo, hi = m.set.Train.X[0], m.set.Train.X[0]
	for _, v := range m.set.Train.X {
		lo, hi = f32.Min(lo, v), f32.Max(hi, v)
	}
	return lo, hi
}

// readNet writes the source of the drawing: each layer a column, its units with
// their answers to the first example; an axon excites where its weight is
// positive, and says the weight.
func (m *Machine) readNet(r *sim.Reading) {
	r.Clear()
	line := func(format string, args ...any) { r.Text = fmt.Appendf(r.Text, format+"\n", args...) }
	title := m.spec.Title
	if title == "" {
		title = m.spec.File
	}
	line("net %s", title)
	for _, v := range m.net.Values {
		if v == m.net.Wanted {
			continue
		}
		for i := range v.Size {
			line("unit %s %s %d %d 0 %d %v", m.unitName(v, i), m.role(v), m.picture.column[v], i, lit(v.Data[i], m.picture.middle[v]), v.Data[i])
		}
	}
	for _, l := range m.picture.links {
		for _, p := range l.Pairs {
			line("axon %s %s excite 1", m.unitName(l.From, p[0]), m.unitName(l.To, p[1]))
		}
		for i := 0; l.W != nil && i < len(l.W.W); i++ {
			if x := l.W.W[i]; x != 0 {
				line("axon %s %s %s 1 %v", m.unitName(l.From, i/l.To.Size), m.unitName(l.To, i%l.To.Size), effect(x), x)
			}
		}
	}
}

// unitName is the layer's name, with that of the unit, or its number where it
// has more than one. Inputs are x1, x2 ... as the examples call them.
func (m *Machine) unitName(v *nn.Value, i int) string {
	switch {
	case v == m.net.Values[0] && m.net.Value("x") == nil:
		return "x" + strconv.Itoa(i+1)
	case v.Units != nil:
		return v.Name + "." + v.Units[i]
	case v.Size == 1:
		return v.Name
	}
	return v.Name + "." + strconv.Itoa(i+1)
}

func (m *Machine) role(v *nn.Value) string {
	switch v {
	case m.net.Values[0]:
		return "input"
	case m.net.Output:
		return "output"
	}
	return "unit"
}

func lit(v, middle float32) int {
	if v > middle {
		return 1
	}
	return 0
}

func effect(w float32) string {
	if w < 0 {
		return "oppose"
	}
	return "excite"
}

// readSurface answers for the cells of the plane, from its top left; over one
// input, from left to right.
func (m *Machine) readSurface(r *sim.Reading) {
	lo, hi := m.span()
	in := m.plane.Values[0].Data
	for i := range m.plane.Batch {
		if m.set.Size() == 1 {
			in[i] = between(lo, hi, i, graphLength)
			continue
		}
		in[2*i] = between(lo, hi, i%planeSide, planeSide)
		in[2*i+1] = between(lo, hi, planeSide-1-i/planeSide, planeSide)
	}
	m.plane.Rows = m.plane.Batch
	for _, in := range m.overPlane {
		in.Run()
	}
	r.Clear()
	for i := range m.plane.Batch {
		r.Floats = append(r.Floats, m.plane.Output.Data[i*m.plane.Output.Size])
	}
}

// between is the middle of cell i of the cells of the side lo..hi.
func between(lo, hi float32, i, cells int) float32 {
	return lo + float32((hi-lo)*((float32(i)+0.5)/float32(cells)))
}

// span is the range of the inputs over the examples, a quarter wider at each
// end.
func (m *Machine) span() (lo, hi float32) {
	lo, hi = m.bounds()
	wide := (hi - lo) / 4
	return lo - wide, hi + wide
}
