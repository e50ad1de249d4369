package rival

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/sim"
)

const multiplierUnit sim.Unit = "multiplier"

// handful is how many examples have their multipliers in sight.
const handful = 64

func (m *Machine) svm() *svm { return m.model.(*svm) }

// comparable reports whether another line can be set beside the machine's.
func (m *Machine) comparable() bool { return m.set.Size() <= otherMax && m.set.Classes == 2 }

func (m *Machine) seenSVM() []seen {
	list := []seen{
		count("support", examplesUnit, "support vectors of this problem: examples whose multiplier is not 0", func(m *Machine) int64 { return m.svm().support(0) }),
		count("bounded", examplesUnit, "support vectors whose multiplier is C: inside the margin or beyond", func(m *Machine) int64 { return m.svm().support(float64(m.how.c)) }),
		level("violation", multiplierUnit, "how far the worst pair is from the conditions of Karush, Kuhn and Tucker", violation),
		level("margin", valueUnit, "2/|w|: the width of the street between the classes; 0 while w is 0", margin),
		level("b", valueUnit, "the constant of the decision w.x + b", func(m *Machine) float32 { return float32(m.svm().constant(&m.task, m.svm().shown())) }),
		level("primal", multiplierUnit, "1/2 |w|^2 + C sum xi", func(m *Machine) float32 { p, _ := m.svmObjectives(); return float32(p) }),
		level("dual", multiplierUnit, "sum a - 1/2 sum a_i a_j y_i y_j K_ij", func(m *Machine) float32 { _, d := m.svmObjectives(); return float32(d) }),
		level("gap", "of the primal", "primal less dual, over the primal, of this problem", func(m *Machine) float32 { return float32(gap(m.svmObjectives())) }),
		level("gap-max", "of the primal", "the largest gap of the problems that are solved", gapMax),
		count("problem", classUnit, "the class that is being parted from the rest; of two classes there is one problem", func(m *Machine) int64 { return int64(m.svm().shown()) }),
	}
	if n := m.set.Size(); n <= 1024 {
		rows, cols, ok := m.picture()
		if !ok {
			rows, cols = 1, n
		}
		list = append(list, seen{sim.Probe{Name: "w", Kind: sim.Grid, Rows: rows, Cols: cols, Unit: valueUnit, Evidence: sim.Inferred,
			Doc: "sum a_i y_i x_i of this problem: the weights where the kernel is linear; with another they are in another space, and this is only a picture of what carries the street"}, readW})
	}
	if n := m.set.Train.N; n <= handful {
		list = append(list, seen{sim.Probe{Name: "multiplier", Kind: sim.Grid, Cols: n, Unit: multiplierUnit, Evidence: sim.Inferred,
			Doc: "the multiplier a of each example"}, readMultipliers})
	}
	if m.comparable() {
		list = append(list, level("other-margin", valueUnit, "the width of the street along the other line: twice the distance of its nearest example, below 0 where one is on the wrong side", otherMargin))
	}
	return list
}

// support counts the multipliers above 0, or those that have reached a bound.
func (v *svm) support(bound float64) (n int64) {
	for _, a := range v.a {
		if a > 0 && a >= bound {
			n++
		}
	}
	return n
}

func violation(m *Machine) float32 {
	i, j, up, low := m.svm().pair(&m.task)
	if i < 0 || j < 0 {
		return 0
	}
	return f32.Max(0, float32(up-low))
}

func margin(m *Machine) float32 {
	if w := m.svm().norm2(); w > 0 {
		return 2 / f32.Sqrt(float32(w))
	}
	return 0
}

func (m *Machine) svmObjectives() (primal, dual float64) {
	v := m.svm()
	return v.objectives(&m.task, v.constant(&m.task, v.shown()))
}

func gapMax(m *Machine) float32 {
	v := m.svm()
	top := 0.0
	for _, g := range v.gaps[:v.class] {
		top = max(top, g)
	}
	return float32(top)
}

func readW(m *Machine, r *sim.Reading) {
	v := m.svm()
	r.Clear()
	for k := range m.set.Size() {
		var l lanes
		for i := range v.a {
			if a := float64(v.a[i] * v.y[i]); a != 0 {
				l[i&7] += float64(a * float64(m.set.Input(&m.set.Train, i)[k]))
			}
		}
		r.Floats = append(r.Floats, float32(l.sum()))
	}
}

func readMultipliers(m *Machine, r *sim.Reading) {
	r.Clear()
	for _, a := range m.svm().a {
		r.Floats = append(r.Floats, float32(a))
	}
}

// otherMargin is 2 min y (u.x + u0) / |u|; 0 where u is 0.
func otherMargin(m *Machine) float32 {
	u := m.how.other[1 : 1+m.set.Size()]
	length := f32.Sqrt(kernel.SumSquares(u))
	if length == 0 {
		return 0
	}
	p := &m.set.Train
	least := float32(0)
	for i := range p.N {
		d := m.how.other[0] + kernel.Dot(u, m.set.Input(p, i))
		if p.Class[i] == 0 {
			d = -d
		}
		if i == 0 || d < least {
			least = d
		}
	}
	return float32(2*least) / length
}

func (m *Machine) otherProbe() sim.Probe {
	return sim.Probe{Name: "other", Kind: sim.Grid, Cols: 1 + m.set.Size(), Unit: valueUnit, Evidence: sim.Assumed,
		Doc: "another line to compare with: its constant, then its weights"}
}

func seenSettingsSVM() []seen {
	return []seen{
		{sim.Probe{Name: "kernel", Kind: sim.Choice, Names: kernelNames, Unit: setting, Evidence: sim.Inferred,
			Doc: "how alike two examples are: linear x.y; polynomial (gamma x.y + 1)^degree; rbf exp(-gamma |x-y|^2)"},
			func(m *Machine, r *sim.Reading) { r.SetInt(m.how.kernel) }},
		level("c", setting, "C: what an example costs that is inside the margin or beyond", func(m *Machine) float32 { return m.how.c }),
		level("gamma", setting, "gamma of the kernel", func(m *Machine) float32 { return m.how.gamma }),
		count("degree", setting, "degree of the polynomial kernel", func(m *Machine) int64 { return m.how.degree }),
		level("tolerance", multiplierUnit, "the violation at which a problem counts as solved", func(m *Machine) float32 { return m.how.tolerance }),
	}
}

func (m *Machine) turnedSVM() []turned {
	list := []turned{
		{sim.Control{Name: "kernel", Kind: sim.Choice, Names: kernelNames, Unit: setting, Evidence: sim.Inferred,
			Doc: "how alike two examples are: linear x.y; polynomial (gamma x.y + 1)^degree; rbf exp(-gamma |x-y|^2)"},
			func(m *Machine, in sim.Input) { m.how.kernel = in.Ints[0] }},
		real("c", [2]sim.Number{1e-6, cMax}, 10, "C: what an example costs that is inside the margin or beyond; large for a hard margin", func(s *settings) *float32 { return &s.c }),
		real("gamma", [2]sim.Number{1e-9, gammaMax}, sim.Number(m.presets().gamma), "gamma of the polynomial and the rbf kernel", func(s *settings) *float32 { return &s.gamma }),
		{sim.Control{Name: "degree", Kind: sim.Count, Min: 1, Max: degreeMax, Default: 4, Unit: setting, Evidence: sim.Assumed, Doc: "degree of the polynomial kernel"},
			func(m *Machine, in sim.Input) { m.how.degree = in.Ints[0] }},
		real("tolerance", [2]sim.Number{toleranceMin, 1}, 1e-3, "the violation at which a problem counts as solved", func(s *settings) *float32 { return &s.tolerance }),
	}
	if m.comparable() {
		list = append(list, turned{sim.Control{Name: "other", Kind: sim.Grid, Cols: 1 + m.set.Size(), Real: true, Range: [2]sim.Number{-cMax, cMax}, Unit: valueUnit, Evidence: sim.Assumed,
			Doc: "another line to compare with: its constant, then its weights; it changes nothing in the machine"}, nil})
	}
	return list
}
