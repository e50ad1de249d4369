package rival

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"perceptarium/modern/examples"
	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/simtest"
)

// clouds are examples in overlapping clouds, one for each class, of so many
// inputs; rounded to quarters, so that equal values occur.
func clouds(classes, inputs, train, test int) *examples.Set {
	s := &examples.Set{Name: "clouds", Shape: []int{inputs}, Steps: 1, Classes: classes}
	st := rng.New(1).Stream("clouds")
	for _, p := range []*examples.Part{&s.Train, &s.Test} {
		p.N = train
		if p == &s.Test {
			p.N = test
		}
		for i := range p.N {
			class := i % classes
			for k := range inputs {
				v := float32(st.Below(17)-8) / 4
				if k%classes == class {
					v += 1.5
				}
				p.X = append(p.X, v)
			}
			p.Class = append(p.Class, int32(class))
		}
	}
	return s
}

func machine(t testing.TB, kind string, set *examples.Set, trees int) *Machine {
	t.Helper()
	m, err := Make(kind, sim.Env{Options: []sim.Option{
		{Key: "data", Value: "set", Data: examples.Encode(set)}, {Key: "trees", Value: fmt.Sprint(trees)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	m.Reset(1)
	return m.(*Machine)
}

func table(t testing.TB, kind, text string) *Machine {
	t.Helper()
	set, err := examples.ReadTable("table", []byte(text), 1, 0, true)
	if err != nil {
		t.Fatal(err)
	}
	return machine(t, kind, set, 10)
}

// set turns a control.
func set(t testing.TB, m *Machine, name string, values ...float32) {
	t.Helper()
	id, ok := m.Sheet().Control(name)
	if !ok {
		t.Fatalf("no control %s", name)
	}
	in := sim.Input{Control: id, Index: sim.Whole}
	for _, v := range values {
		if m.Sheet().Controls[id].Real {
			in.Floats = append(in.Floats, v)
		} else {
			in.Ints = append(in.Ints, int64(v))
		}
	}
	if err := m.Apply(in); err != nil {
		t.Fatal(err)
	}
}

// see reads a probe.
func see(t testing.TB, m *Machine, name string) sim.Reading {
	t.Helper()
	id, ok := m.Sheet().Probe(name)
	if !ok {
		t.Fatalf("no probe %s", name)
	}
	var r sim.Reading
	m.Read(id, &r)
	return r
}

func number(t testing.TB, m *Machine, name string) float64 {
	t.Helper()
	r := see(t, m, name)
	if len(r.Ints) == 1 {
		return float64(r.Ints[0])
	}
	return float64(r.Floats[0])
}

// learnt runs a machine until it has learned, or to its rest.
func learnt(t testing.TB, m *Machine, phase int64) *Machine {
	t.Helper()
	for range 1_000_000 {
		if m.phase >= phase {
			return m
		}
		m.Step()
	}
	t.Fatalf("%s: no end of phase %s", m.kind, phaseNames[m.phase])
	return nil
}

func TestConform(t *testing.T) {
	for _, kind := range Names() {
		for _, c := range []struct {
			name string
			set  *examples.Set
		}{{"plane", clouds(2, 2, 10, 4)}, {"three classes", clouds(3, 4, 20, 7)}, {"no tests", clouds(2, 9, 10, 0)}} {
			t.Run(kind+" "+c.name, func(t *testing.T) {
				simtest.Conform(t, func() sim.Machine { return machine(t, kind, c.set, 5) }, func(at sim.Tick) (sim.Input, bool) {
					return sim.Input{Control: 1, Ints: []int64{3}}, at == 40 // leave-out
				})
			})
		}
	}
}

// TestTwoPoints: the border between (0,0) and (2,2) is x1 + x2 = 2, its street
// 2 sqrt 2 wide, after one step.
func TestTwoPoints(t *testing.T) {
	made, err := Make(svmModel, sim.Env{})
	if err != nil {
		t.Fatal(err)
	}
	m := made.(*Machine)
	m.Step()
	if w := see(t, m, "w").Floats; !slices.Equal(w, []float32{0.5, 0.5}) || number(t, m, "b") != -1 || see(t, m, "margin").Floats[0] != float32(2*math.Sqrt2) {
		t.Errorf("w %v, b %v, margin %v", w, number(t, m, "b"), number(t, m, "margin"))
	}
	// On the border itself the sum is 0, and its sign counts as +1.
	for x, want := range map[float32]int32{0.5: 0, 1: 1, 1.5: 1} {
		if got := m.model.answer(&m.task, []float32{x, x}); got != want {
			t.Errorf("at (%v, %v): class %d, want %d", x, x, got, want)
		}
	}
	if number(t, m, "gap") != 0 || number(t, m, "violation") != 0 {
		t.Errorf("gap %v, violation %v", number(t, m, "gap"), number(t, m, "violation"))
	}
}

// TestDual holds the multipliers against their definition: the dual's value is
// that of a slow projected ascent, the conditions hold, and they sum to 0 along y.
func TestDual(t *testing.T) {
	for kernel, name := range kernelNames {
		m := machine(t, svmModel, clouds(2, 2, 30, 0), 1)
		set(t, m, "kernel", float32(kernel))
		set(t, m, "degree", 2)
		set(t, m, "c", 2)
		set(t, m, "tolerance", 1e-7)
		learnt(t, m, phaseTrain)
		v := m.svm()
		sum := 0.0
		for i, a := range v.a {
			sum += v.y[i] * a
			if want := gradient(m, i); math.Abs(want-v.grad[i]) > 1e-9*(1+math.Abs(want)) {
				t.Errorf("%s: gradient %d is %v, by its definition %v", name, i, v.grad[i], want)
			}
		}
		if math.Abs(sum) > 1e-12 || number(t, m, "violation") > 1e-6 || number(t, m, "gap") > 1e-6 || number(t, m, "gap-max") > 1e-6 {
			t.Errorf("%s: sum %v, violation %v, gap %v", name, sum, number(t, m, "violation"), number(t, m, "gap"))
		}
	}
}

func gradient(m *Machine, i int) float64 {
	v, g := m.svm(), -1.0
	for j, a := range v.a {
		g += a * v.y[i] * v.y[j] * float64(similarity(&m.how, m.set.Input(&m.set.Train, i), m.set.Input(&m.set.Train, j)))
	}
	return g
}

// TestWithoutANonSupportVector: nothing changes where an example is left out
// that the border does not rest on, and something where it does.
func TestWithoutANonSupportVector(t *testing.T) {
	const text = "a b class\n0 0 0\n1 0 0\n0 1 0\n3 3 1\n4 3 1\n3 4 1\n"
	solve := func(out float32) []float32 {
		m := table(t, svmModel, text)
		set(t, m, "c", 1000)
		set(t, m, "tolerance", 1e-7)
		set(t, m, "leave-out", out)
		return see(t, learnt(t, m, phaseTrain), "w").Floats
	}
	whole := solve(0)
	if got := solve(1); !near(got, whole) {
		t.Errorf("without (0,0), which is no support vector: %v, with it %v", got, whole)
	}
	if got := solve(4); near(got, whole) {
		t.Errorf("without (3,3), which is one: %v, with it the same", got)
	}
}

func near(a, b []float32) bool {
	for i := range a {
		if math.Abs(float64(a[i]-b[i])) > 1e-5 {
			return false
		}
	}
	return true
}

func TestOtherMargin(t *testing.T) {
	m := table(t, svmModel, "a b class\n0 0 0\n2 2 1\n")
	before := m.Save(nil)
	set(t, m, "other", -1, 1, 0)
	if got := number(t, m, "other-margin"); got != 2 {
		t.Errorf("x1 = 1 parts them by %v, want 2", got)
	}
	m.how.other = settings{}.other
	if !slices.Equal(before, m.Save(nil)) {
		t.Error("another line changed the machine")
	}
}

// TestNeighbours: the three nearest, ties, and no error on what was learned.
func TestNeighbours(t *testing.T) {
	m := table(t, neighbourModel, "x class\n0 0\n1 1\n3 1\n4 0\n4 1\n")
	for _, c := range []struct {
		k    float32
		x    float32
		want int32
	}{{1, 0.4, 0}, {1, 0.5, 0}, {2, 0.6, 1}, {3, 0.4, 1}, {1, 4, 0}, {5, 0, 1}} {
		set(t, m, "k", c.k)
		if got := m.model.answer(&m.task, []float32{c.x}); got != c.want {
			t.Errorf("k=%v at %v: class %d, want %d", c.k, c.x, got, c.want)
		}
	}
	if got := number(t, learnt(t, machine(t, neighbourModel, clouds(3, 9, 60, 30), 1), phaseRest), "train-error"); got != 0 {
		t.Errorf("%v %% of what it keeps is answered wrongly", got)
	}
}

// TestTreeOfXOR: no question lowers the index at the root, and yet the tree
// ends with four leaves.
func TestTreeOfXOR(t *testing.T) {
	m := learnt(t, table(t, treeModel, "a b class\n0 0 0\n0 1 1\n1 0 1\n1 1 0\n"), phaseRest)
	const want = "x1 <= 0.5?\n  x2 <= 0.5?\n    class 0\n    class 1\n  x2 <= 0.5?\n    class 1\n    class 0"
	if r := see(t, m, "rules"); string(r.Text) != want {
		t.Errorf("got\n%s", r.Text)
	}
	if number(t, m, "depth") != 2 || number(t, m, "nodes") != 7 || number(t, m, "train-errors") != 0 {
		t.Errorf("depth %v, nodes %v, errors %v", number(t, m, "depth"), number(t, m, "nodes"), number(t, m, "train-errors"))
	}
}

// TestGini: the root's question is the one that a plain search finds.
func TestGini(t *testing.T) {
	s := clouds(3, 5, 40, 0)
	m := machine(t, treeModel, s, 1)
	m.Step()
	f := m.forest()
	best, feature, cut := math.Inf(1), -1, float32(0)
	for k := range 5 {
		for i := range s.Train.N {
			at := s.Train.X[i*5+k]
			if g := giniAfter(s, k, at); g < best-1e-9 {
				best, feature, cut = g, k, at
			}
		}
	}
	if int(f.feature[0]) != feature || math.Abs(giniAfter(s, feature, f.cut[0])-best) > 1e-9 {
		t.Errorf("asks input %d at %v, the search says input %d at %v", f.feature[0], f.cut[0], feature, cut)
	}
}

func giniAfter(s *examples.Set, k int, cut float32) (sum float64) {
	for _, left := range []bool{true, false} {
		n, per := 0.0, make([]float64, s.Classes)
		for i, class := range s.Train.Class {
			if (s.Train.X[i*s.Size()+k] <= cut) == left {
				per[class]++
				n++
			}
		}
		gini := 1.0
		for _, c := range per {
			gini -= c / n * c / n
		}
		if n > 0 {
			sum += n * gini
		}
	}
	return sum
}

// TestForest: a tree of a bootstrap leaves about 1/e of the examples out, the
// curve ends at the error that the answers have, and a tree of all examples
// knows them all.
func TestForest(t *testing.T) {
	s := clouds(3, 9, 150, 90)
	m := machine(t, forestModel, s, 30)
	learnt(t, m, phaseRest)
	f := m.forest()
	if share := float64(f.asked[0]) / 150; share < 0.28 || share > 0.46 {
		t.Errorf("%v of the examples were not drawn for the first tree", share)
	}
	if number(t, m, "forest-error") != number(t, m, "error") {
		t.Errorf("the curve ends at %v, the answers say %v", number(t, m, "forest-error"), number(t, m, "error"))
	}
	if number(t, m, "error") > number(t, m, "one-tree-error") {
		t.Errorf("thirty trees err in %v %%, one in %v %%", number(t, m, "error"), number(t, m, "one-tree-error"))
	}
	tree := learnt(t, machine(t, treeModel, s, 1), phaseRest)
	if number(t, tree, "train-error") != 0 {
		t.Errorf("an unpruned tree errs in %v %% of what it learned from", number(t, tree, "train-error"))
	}
}

func TestLinear(t *testing.T) {
	m := learnt(t, machine(t, linearModel, clouds(2, 4, 60, 60), 1), phaseRest)
	if got := number(t, m, "error"); got > 15 {
		t.Errorf("error %v %%", got)
	}
	set(t, m, "rate", 100)
	for range 1000 {
		m.Step()
	}
	if m.fault != (len(see(t, m, "fault").Text) > 0) {
		t.Error("a fault without words")
	}
}

func TestMakeMistakes(t *testing.T) {
	sequence := &examples.Set{Name: "s", Shape: []int{1}, Steps: 2, Classes: 2, Train: examples.Part{N: 2, X: make([]float32, 4), Class: make([]int32, 2)}}
	values := &examples.Set{Name: "v", Shape: []int{1}, Steps: 1, Outputs: 1, Train: examples.Part{N: 1, X: make([]float32, 1), Y: make([]float32, 1)}}
	for _, row := range []struct {
		options []sim.Option
		want    string
	}{
		{[]sim.Option{{Key: "data", Value: "f", Data: []byte("a b\n0 x\n")}}, "f:2: "},
		{[]sim.Option{{Key: "data", Value: "f", Data: examples.Encode(sequence)}}, "f: sequences of 2 steps"},
		{[]sim.Option{{Key: "data", Value: "f", Data: examples.Encode(values)}}, "f: 0 classes; want 2..256"},
		{[]sim.Option{{Key: "trees", Value: "many"}}, "trees=many; want"},
	} {
		if _, err := Make(forestModel, sim.Env{Options: row.options}); err == nil || !strings.HasPrefix(err.Error(), row.want) {
			t.Errorf("got %v, want %s", err, row.want)
		}
	}
}

// FuzzLoad: no snapshot, however spoiled, makes a machine that fails.
func FuzzLoad(f *testing.F) {
	set := clouds(3, 4, 12, 5)
	for i, kind := range Names() {
		m := machine(f, kind, set, 3)
		for range 20 {
			m.Step()
		}
		f.Add(uint8(i), m.Save(nil))
	}
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		simtest.TryLoad(t, machine(t, Names()[int(kind)%len(Names())], set, 3), data, 64)
	})
}

// TestPerceptronIsNeverWider: on every set that a line can part, the street
// along a line that the perceptron's rule ends with is no wider than the
// machine's.
func TestPerceptronIsNeverWider(t *testing.T) {
	st := rng.New(7).Stream("separable")
	for round := range 40 {
		s := &examples.Set{Name: "separable", Shape: []int{2}, Steps: 1, Classes: 2}
		for len(s.Train.Class) < 12 {
			x, y := st.Below(21)-10, st.Below(21)-10
			d := 2*x + 3*y - 4 + int64(round)%5
			if d > -3 && d < 3 {
				continue
			}
			class := int32(0)
			if d > 0 {
				class = 1
			}
			s.Train.X, s.Train.Class = append(s.Train.X, float32(x), float32(y)), append(s.Train.Class, class)
		}
		s.Train.N = len(s.Train.Class)
		m := machine(t, svmModel, s, 1)
		set(t, m, "c", 1e6)
		set(t, m, "tolerance", 1e-6)
		set(t, m, "other", corrected(s)...)
		learnt(t, m, phaseTrain)
		if width, other := number(t, m, "margin"), number(t, m, "other-margin"); other < 0 || other > float64(float32(width)*1.00001) {
			t.Errorf("round %d: the perceptron's street is %v wide, the widest %v", round, other, width)
		}
	}
}

// corrected is the line that the rule of 1960 ends with.
func corrected(s *examples.Set) []float32 {
	w := make([]float32, 3)
	for wrong := true; wrong; {
		wrong = false
		for i := range s.Train.N {
			x, y := s.Input(&s.Train, i), float32(2*s.Train.Class[i]-1)
			if y*(w[0]+w[1]*x[0]+w[2]*x[1]) <= 0 {
				w[0], w[1], w[2] = w[0]+y, w[1]+y*x[0], w[2]+y*x[1]
				wrong = true
			}
		}
	}
	return w
}

// TestRowsKept: how many rows of the matrix are kept changes nothing.
func TestRowsKept(t *testing.T) {
	s := clouds(3, 4, 40, 10)
	a, b := machine(t, svmModel, s, 1), machine(t, svmModel, s, 1)
	r := b.svm().rows
	r.data, r.holds = r.data[:3*r.n], r.holds[:3]
	for _, m := range []*Machine{a, b} {
		set(t, m, "kernel", float32(rbfKernel))
		learnt(t, m, phaseRest)
	}
	if !slices.Equal(a.Save(nil), b.Save(nil)) {
		t.Error("with three rows kept it ends elsewhere")
	}
}
