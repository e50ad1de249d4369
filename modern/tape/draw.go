package tape

import (
	"fmt"
	"math"
	"strconv"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// drawnMax is how many units a drawing has at most.
const drawnMax = 40

// drawn reports whether the net is drawn unit by unit: dense layers only, and
// few units.
func (m *Machine) drawn() bool {
	units := 0
	for _, v := range m.net.Values {
		if len(v.Shape) != 1 || v.Steps != 1 {
			return false
		}
		units += v.Size
	}
	return units-m.net.Wanted.Size <= drawnMax && len(m.net.Wires())+2 == len(m.net.Values)
}

// readNet writes the source of the drawing: each layer a column; an axon
// excites where its weight is positive, and has as many synapses as the weight
// rounded up.
func (m *Machine) readNet(r *sim.Reading) {
	r.Clear()
	line := func(format string, args ...any) { r.Text = fmt.Appendf(r.Text, format+"\n", args...) }
	title := m.spec.Title
	if title == "" {
		title = m.spec.File
	}
	line("net %s", title)
	layer := 0
	for _, v := range m.net.Values {
		if v == m.net.Wanted {
			continue
		}
		for i := range v.Size {
			line("unit %s %s %d %d 0 %d", unitName(v, i), m.role(v), layer, i, lit(v.Data[i], m.middle(v)))
		}
		layer++
	}
	for _, w := range m.net.Wires() {
		for i := range w.From.Size {
			for j := range w.To.Size {
				x := w.W.W[i*w.To.Size+j]
				if x != 0 {
					line("axon %s %s %s %d", unitName(w.From, i), unitName(w.To, j), effect(x), synapses(x))
				}
			}
		}
	}
}

func unitName(v *nn.Value, i int) string {
	if v.Size == 1 {
		return v.Name
	}
	return v.Name + strconv.Itoa(i+1)
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

// middle is where a unit of v is neither on nor off.
func (m *Machine) middle(v *nn.Value) float32 {
	if v == m.net.Output {
		l := m.net.Setting()
		return (l.Low + l.High) / 2
	}
	for _, w := range m.net.Wires() {
		if w.To == v && (w.Act == kernel.Logistic || w.Act == kernel.Step) || w.From == v && v == m.net.Values[0] {
			return 0.5
		}
	}
	return 0
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

func synapses(w float32) int {
	return int(math.Ceil(float64(f32.Min(f32.Abs(w), 1000))))
}

// readSurface answers for the cells of the plane, from its top left.
func (m *Machine) readSurface(r *sim.Reading) {
	lo, hi := m.span()
	in := m.plane.Values[0].Data
	for i := range planeSide * planeSide {
		in[2*i] = between(lo, hi, i%planeSide)
		in[2*i+1] = between(lo, hi, planeSide-1-i/planeSide)
	}
	m.plane.Rows = planeSide * planeSide
	for _, in := range m.overPlane {
		in.Run()
	}
	r.Clear()
	for i := range planeSide * planeSide {
		r.Floats = append(r.Floats, m.plane.Output.Data[i*m.plane.Output.Size])
	}
}

// between is the middle of cell i of the side lo..hi.
func between(lo, hi float32, i int) float32 {
	return lo + float32((hi-lo)*((float32(i)+0.5)/planeSide))
}

// span is the range of both inputs over the examples, a quarter wider.
func (m *Machine) span() (lo, hi float32) {
	lo, hi = m.set.Train.X[0], m.set.Train.X[0]
	for _, v := range m.set.Train.X {
		lo, hi = f32.Min(lo, v), f32.Max(hi, v)
	}
	wide := (hi - lo) / 4
	return lo - wide, hi + wide
}

func (m *Machine) planeText() string {
	lo, hi := m.span()
	return fmt.Sprintf("x1 from left to right, x2 from bottom to top, each %v..%v", lo, hi)
}
