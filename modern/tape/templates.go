package tape

import (
	"math"

	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

const (
	orientations = 8   // of the templates, over half a turn (Assumed)
	kernelsWide  = 6   // kernels side by side
	edgeFrom     = 0.5 // a kernel that correlates so far with a template counts as an edge or a bar
)

// templates are pictures of edges and bars through the middle of a kernel, each
// with mean 0 and norm 1.
type templates struct {
	w          *nn.Param // the kernels of the first layer
	high, wide int
	list       [][]float32
}

// makeTemplates finds the kernels of the first layer, where they see the
// picture itself; nil where there are none.
func (m *Machine) makeTemplates() *templates {
	if m.view == nil {
		return nil
	}
	w := m.net.Param(m.view.names[0] + "-w")
	if w == nil || len(w.Shape) != 4 || w.Shape[1] != 1 || min(w.Shape[2], w.Shape[3]) < 3 || w.Count() > cellsMax {
		return nil
	}
	t := &templates{w: w, high: w.Shape[2], wide: w.Shape[3]}
	for k := range orientations {
		angle := float32(float32(k) * (math.Pi / orientations))
		cos, sin := f32.Cos(angle), f32.Sin(angle)
		t.list = append(t.list,
			t.draw(cos, sin, func(d float32) float32 { return f32.Max(-1, f32.Min(1, d)) }),
			t.draw(cos, sin, func(d float32) float32 { return f32.Max(0, float32(1-float32(0.5*f32.Abs(d)))) }))
	}
	return t
}

// draw draws a template whose cells are a function of their distance from a
// line through the middle.
func (t *templates) draw(cos, sin float32, of func(distance float32) float32) []float32 {
	v := make([]float32, 0, t.high*t.wide)
	for y := range t.high {
		for x := range t.wide {
			right, down := float32(x)-float32(0.5*float32(t.wide-1)), float32(y)-float32(0.5*float32(t.high-1))
			v = append(v, of(float32(right*cos)+float32(down*sin)))
		}
	}
	return standard(v)
}

// standard takes the mean from v, and divides it by its norm.
func standard(v []float32) []float32 {
	kernel.Shift(v, -kernel.Sum(v)/float32(len(v)), v)
	if norm := f32.Sqrt(kernel.SumSquares(v)); norm > 0 {
		kernel.Scale(v, 1/norm, v)
	}
	return v
}

// correlation is the greatest correlation of kernel i with a template, without
// its sign.
func (t *templates) correlation(i int) float32 {
	area := t.high * t.wide
	k := standard(append([]float32(nil), t.w.W[i*area:(i+1)*area]...))
	best := float32(0)
	for _, v := range t.list {
		best = f32.Max(f32.Abs(kernel.Dot(k, v)), best)
	}
	return best
}

// size is that of the picture of all kernels, a line between them.
func (t *templates) size() (rows, cols int) {
	n := t.w.Shape[0]
	return (n+kernelsWide-1)/kernelsWide*(t.high+1) - 1, min(n, kernelsWide)*(t.wide+1) - 1
}

func (t *templates) readKernels(r *sim.Reading) {
	rows, cols := t.size()
	r.Clear()
	for range rows * cols {
		r.Floats = append(r.Floats, 0)
	}
	for i := range t.w.Shape[0] {
		corner := i/kernelsWide*(t.high+1)*cols + i%kernelsWide*(t.wide+1)
		for y := range t.high {
			copy(r.Floats[corner+y*cols:], t.w.W[(i*t.high+y)*t.wide:][:t.wide])
		}
	}
}

func (m *Machine) seeKernels(s *sim.Sheet) {
	t := m.edges
	if t == nil {
		return
	}
	rows, cols := t.size()
	m.see(s, seeKernels, 0, sim.Probe{Name: "kernels", Kind: sim.Surface, Rows: rows, Cols: cols, Unit: number, Doc: "the kernels of the first layer as pictures"})
	m.see(s, seeEdgeFit, 0, sim.Probe{Name: "edge-correlation", Kind: sim.Grid, Cols: t.w.Shape[0], Unit: number, Evidence: sim.Assumed, Doc: "for each kernel of the first layer: its correlation, without its sign, with the template that is most like it: an edge or a bar through its middle, in eight orientations"})
	m.see(s, seeEdges, 0, sim.Probe{Name: "edges", Kind: sim.Count, Max: int64(t.w.Shape[0]), Unit: "kernel", Evidence: sim.Assumed, Doc: "kernels of the first layer with a correlation above 0.5"})
}

func (m *Machine) readKernels(s seen, r *sim.Reading) bool {
	switch s.what {
	case seeKernels:
		m.edges.readKernels(r)
	case seeEdgeFit:
		r.Clear()
		for i := range m.edges.w.Shape[0] {
			r.Floats = append(r.Floats, m.edges.correlation(i))
		}
	case seeEdges:
		found := int64(0)
		for i := range m.edges.w.Shape[0] {
			if m.edges.correlation(i) > edgeFrom {
				found++
			}
		}
		r.SetInt(found)
	default:
		return false
	}
	return true
}
