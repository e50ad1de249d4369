package rival

import (
	"fmt"
	"strings"

	"perceptarium/modern/f32"
	"perceptarium/sim"
)

func (m *Machine) forest() *forest { return m.model.(*forest) }

// rulesMax is the largest tree that is told in words.
const rulesMax = 31

func (m *Machine) seenForest() []seen {
	list := []seen{
		count("nodes", "node", "nodes of all trees", func(m *Machine) int64 { return int64(m.forest().used) }),
		count("depth", "question", "the most questions from the root of the present tree to a leaf", func(m *Machine) int64 { return m.forest().depth() }),
		{sim.Probe{Name: "rules", Kind: sim.Text, Unit: "question", Evidence: sim.Inferred, Doc: fmt.Sprintf("the first tree in words, while it has at most %d nodes", rulesMax)},
			func(m *Machine, r *sim.Reading) { r.SetText(m.forest().rules()) }},
	}
	if m.kind == treeModel {
		return list
	}
	series := func(name, doc string, of func(f *forest, tree int) float32) seen {
		return seen{sim.Probe{Name: name, Kind: sim.Series, Cols: m.forest().trees, Unit: percentUnit, Evidence: sim.Inferred, Doc: doc},
			func(m *Machine, r *sim.Reading) {
				r.Clear()
				for tree := range m.forest().grown {
					r.Floats = append(r.Floats, of(m.forest(), tree))
				}
			}}
	}
	return append([]seen{
		count("trees", "tree", "trees that are finished", func(m *Machine) int64 { return int64(m.forest().grown) }),
		level("forest-error", percentUnit, "wrong answers of the examples for testing, with the trees so far", func(m *Machine) float32 { return m.forest().testError(m.forest().grown - 1) }),
		level("oob-error", percentUnit, "the out-of-bag estimate: each example asked of the trees that did not draw it", func(m *Machine) float32 { return m.forest().bagError(m.forest().grown - 1) }),
		level("one-tree-error", percentUnit, "wrong answers of the first tree alone", func(m *Machine) float32 { return m.forest().testError(min(0, m.forest().grown-1)) }),
		series("curve", "forest-error after each tree", (*forest).testError),
		series("oob-curve", "oob-error after each tree", (*forest).bagError),
	}, list...)
}

// testError is the error after so many trees and one; 0 before the first.
func (f *forest) testError(tree int) float32 {
	if tree < 0 {
		return 0
	}
	return percent(int64(f.errors[tree]), int64(f.set.Test.N))
}

func (f *forest) bagError(tree int) float32 {
	if tree < 0 {
		return 0
	}
	return percent(int64(f.missed[tree]), int64(f.asked[tree]))
}

// current is the tree that grows, or the last.
func (f *forest) current() int {
	if f.next < f.used || f.grown == 0 {
		return f.grown
	}
	return f.grown - 1
}

func (f *forest) depth() int64 {
	if f.used == 0 {
		return 0
	}
	return f.below(f.root[f.current()])
}

// below is the most questions from a node on. Children come after their node,
// so that it ends.
func (f *forest) below(k int32) int64 {
	if f.feature[k] < 0 {
		return 0
	}
	return 1 + max(f.below(f.child[k]), f.below(f.child[k]+1))
}

// rules are the questions of the first tree, indented.
func (f *forest) rules() string {
	var b strings.Builder
	if f.used > 0 {
		f.tell(&b, f.root[0], 0)
	}
	if strings.Count(b.String(), "\n") > rulesMax {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (f *forest) tell(b *strings.Builder, k int32, depth int) {
	indent := strings.Repeat("  ", min(depth, rulesMax))
	if f.feature[k] < 0 || strings.Count(b.String(), "\n") > rulesMax {
		fmt.Fprintf(b, "%sclass %d\n", indent, f.class[k])
		return
	}
	fmt.Fprintf(b, "%sx%d <= %s?\n", indent, f.feature[k]+1, sim.AppendFloat(nil, f.cut[k]))
	f.tell(b, f.child[k], depth+1)
	f.tell(b, f.child[k]+1, depth+1)
}

func (m *Machine) seenLinear() []seen {
	l := func(m *Machine) *linear { return m.model.(*linear) }
	list := []seen{
		count("pass", "pass", "passes that are finished", func(m *Machine) int64 { return l(m).pass }),
		level("loss", "half the squared error", "the mean over the pass before, summed over the units", func(m *Machine) float32 { return l(m).curve }),
	}
	if n := m.set.Classes * (1 + m.set.Size()); n <= 4096 {
		list = append(list, seen{sim.Probe{Name: "w", Kind: sim.Grid, Rows: m.set.Classes, Cols: 1 + m.set.Size(), Unit: valueUnit, Evidence: sim.Inferred,
			Doc: "the weights, a row for each class, the constant first"}, func(m *Machine, r *sim.Reading) { r.SetFloats(l(m).weight) }})
	}
	return list
}

// picture is the shape of an input that is a picture in one plane.
func (m *Machine) picture() (rows, cols int, ok bool) {
	s := m.set.Shape
	switch {
	case len(s) == 3 && s[0] == 1:
		return s[1], s[2], s[1]*s[2] > 1
	case len(s) == 2:
		return s[0], s[1], true
	}
	return 0, 0, false
}

func readInput(m *Machine, r *sim.Reading) {
	x, _ := m.present()
	if x == nil {
		x = m.set.Input(&m.set.Train, 0)
	}
	r.SetFloats(x)
}

func readNearest(m *Machine, r *sim.Reading) {
	x, _ := m.present()
	if x == nil {
		x = m.set.Input(&m.set.Train, 0)
	}
	r.SetFloats(m.set.Input(&m.set.Train, look(&m.task, x).example[0]))
}

func distance(m *Machine) float32 {
	if x, _ := m.present(); x != nil {
		return f32.Sqrt(look(&m.task, x).distance[0])
	}
	return 0
}

func readFault(m *Machine, r *sim.Reading) {
	switch {
	case !m.fault:
		r.SetText("")
	case m.kind == forestModel || m.kind == treeModel:
		r.SetText(fmt.Sprintf("the trees have no room for more than %d nodes: take fewer trees or fewer examples", nodesMax))
	default:
		r.SetText("a number has grown beyond float32: use a smaller rate, gamma or degree, or smaller inputs, then press restart")
	}
}
