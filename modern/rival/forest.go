package rival

import (
	"math"
	"slices"

	"perceptarium/modern/examples"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// forest is unpruned trees of binary questions "is input f at most so much?",
// by Gini's index. Of a forest each tree learns from as many examples as there
// are, drawn with replacement, and each node chooses among a few inputs drawn
// at random (where none of them can part the node, it draws on). A single tree
// takes all examples and inputs. Most votes answer; of equals the first class.
//
// Nodes are split in the order in which they were made. A node that is not of
// one class is split wherever two of its examples differ, even where no
// question lowers the index: exclusive or needs that.
type forest struct {
	set    *examples.Set
	random bool
	trees  int

	nodes
	root    []int32 // [trees]
	used    int     // nodes
	next    int     // the node that is looked at next
	grown   int     // trees that are finished
	full    bool    // there was no room for a node
	members []int32 // [examples] of the tree that grows, node by node
	times   []int32 // [examples] how often each was drawn for it
	votes   []int32 // [examples][classes] of the trees that did not draw it
	tests   []int32 // [testing examples][classes]
	errors  []int32 // [trees] of the testing examples, with the trees so far
	missed  []int32 // [trees] of the examples that were not drawn, with the trees so far
	asked   []int32 // [trees] how many examples some tree did not draw
	draws   rng.Stream

	sorter sorter // scratch
}

// nodes are those of all trees, one tree after the other.
type nodes struct {
	feature []int32   // [nodes] the input that is asked; -1 in a leaf or before the split
	cut     []float32 // at most this goes to the child, more to the one after it
	child   []int32
	class   []int32 // what a node answers where it is a leaf
	from    []int32 // the first of its examples in members
	count   []int32
}

// nodesMax bounds the nodes of a forest.
const nodesMax = 1 << 23

func newNodes(n int) nodes {
	ints := func() []int32 { return make([]int32, n) }
	return nodes{ints(), make([]float32, n), ints(), ints(), ints(), ints()}
}

// copyFrom takes over the nodes of another, which are no more.
func (n *nodes) copyFrom(m *nodes) {
	copy(n.feature, m.feature)
	copy(n.cut, m.cut)
	copy(n.child, m.child)
	copy(n.class, m.class)
	copy(n.from, m.from)
	copy(n.count, m.count)
}

func newForest(set *examples.Set, trees int, random bool) *forest {
	f := bareForest(set, trees, random)
	f.nodes = newNodes(f.room())
	f.sorter = newSorter(set)
	return f
}

// room is how many nodes there can be.
func (f *forest) room() int { return min(f.trees*(2*f.set.Train.N-1), nodesMax) }

// bareForest has no room for nodes and no scratch.
func bareForest(set *examples.Set, trees int, random bool) *forest {
	n, c := set.Train.N, set.Classes
	ints := func(n int) []int32 { return make([]int32, n) }
	return &forest{
		set: set, random: random, trees: trees,
		root: ints(trees), members: ints(n), times: ints(n), votes: ints(n * c), tests: ints(set.Test.N * c),
		errors: ints(trees), missed: ints(trees), asked: ints(trees),
	}
}

// blank has no room for nodes: a snapshot that is read brings as many as it
// has, and the forest that takes them over has room for more.
func (f *forest) blank() model { return bareForest(f.set, f.trees, f.random) }

func (f *forest) adopt(from model) model {
	g := from.(*forest)
	f.nodes.copyFrom(&g.nodes)
	g.nodes, g.sorter = f.nodes, f.sorter
	return g
}

func (f *forest) begin(t *task) {
	f.used, f.next, f.grown, f.full = 0, 0, 0, false
	for _, list := range [][]int32{f.root, f.members, f.times, f.votes, f.tests, f.errors, f.missed, f.asked} {
		clear(list)
	}
	f.draws = rng.New(t.seed).Stream("forest.draws")
}

// learn looks at one node; with the last of a tree, the tree votes.
func (f *forest) learn(t *task) bool {
	if f.next == f.used {
		f.plant(t)
	}
	f.split(t, f.next)
	if f.next++; f.next < f.used {
		return false
	}
	f.grown++
	f.poll()
	return f.grown == f.trees
}

// plant draws the examples of the next tree and makes its root.
func (f *forest) plant(t *task) {
	n, out := len(f.times), int(t.how.leaveOut)-1
	clear(f.times)
	for i := range n {
		switch {
		case !f.random && i != out:
			f.times[i] = 1
		case f.random:
			f.times[f.draw(n, out)]++
		}
	}
	count := int32(0)
	for i, times := range f.times {
		if times > 0 {
			f.members[count] = int32(i)
			count++
		}
	}
	f.root[f.grown] = int32(f.used)
	f.node(0, count)
}

// draw draws an example that is not left out.
func (f *forest) draw(n, out int) int {
	if out < 0 {
		return int(f.draws.Below(int64(n)))
	}
	i := int(f.draws.Below(int64(n - 1)))
	if i >= out {
		i++
	}
	return i
}

// node makes a leaf of some members.
func (f *forest) node(from, count int32) {
	if f.used == len(f.feature) {
		f.full = true
		return
	}
	k := f.used
	f.used++
	f.feature[k], f.cut[k], f.child[k], f.from[k], f.count[k] = -1, 0, 0, from, count
	f.class[k], _ = f.majority(k)
}

// majority is the class of most examples of a node, and whether all have it.
func (f *forest) majority(k int) (class int32, pure bool) {
	f.sorter.tally(f, k)
	best, kinds := 0, 0
	for c, n := range f.sorter.all {
		if n > f.sorter.all[best] {
			best = c
		}
		if n > 0 {
			kinds++
		}
	}
	return int32(best), kinds <= 1
}

// split parts a node by the question that lowers Gini's index most, the first
// of equals.
func (f *forest) split(t *task, k int) {
	if _, pure := f.majority(k); pure {
		return
	}
	best := question{score: math.Inf(-1), feature: -1}
	inputs, enough := f.set.Size(), f.set.Size()
	if f.random {
		enough = f.wanted(t)
	}
	f.sorter.reset()
	for i := range inputs {
		if i >= enough && best.feature >= 0 {
			break
		}
		feature := i
		if f.random {
			feature = f.sorter.drawn(&f.draws, i)
		}
		f.sorter.ask(f, k, feature, &best)
	}
	if best.feature >= 0 {
		f.part(k, best)
	}
}

// wanted is how many inputs a node looks at: the root of their number, rounded
// down, unless the setting says otherwise.
func (f *forest) wanted(t *task) int {
	if t.how.features > 0 {
		return int(t.how.features)
	}
	m := 1
	for (m+1)*(m+1) <= f.set.Size() {
		m++
	}
	return m
}

// part gives a node its question and two children.
func (f *forest) part(k int, q question) {
	if f.used+2 > len(f.feature) {
		f.full = true
		return
	}
	list := f.members[f.from[k]:][:f.count[k]]
	yes := f.sorter.part(f, list, q)
	f.feature[k], f.cut[k], f.child[k] = int32(q.feature), q.cut, int32(f.used)
	f.node(f.from[k], yes)
	f.node(f.from[k]+yes, f.count[k]-yes)
}

// input is one value of a training example.
func (f *forest) input(example int32, feature int) float32 {
	return f.set.Train.X[int(example)*f.set.Size()+feature]
}

// leaf is where an example ends in a tree.
func (f *forest) leaf(tree int, x []float32) int32 {
	k := f.root[tree]
	for f.feature[k] >= 0 {
		if x[f.feature[k]] <= f.cut[k] {
			k = f.child[k]
		} else {
			k = f.child[k] + 1
		}
	}
	return k
}

// poll adds the votes of the tree that was finished last.
func (f *forest) poll() {
	tree, c := f.grown-1, f.set.Classes
	for i, times := range f.times {
		if times == 0 {
			f.votes[i*c+int(f.class[f.leaf(tree, f.set.Input(&f.set.Train, i))])]++
		}
	}
	for i := range f.set.Test.N {
		f.tests[i*c+int(f.class[f.leaf(tree, f.set.Input(&f.set.Test, i))])]++
	}
	f.errors[tree], _ = wrong(f.tests, &f.set.Test, c)
	f.missed[tree], f.asked[tree] = wrong(f.votes, &f.set.Train, c)
}

// wrong counts the examples that have votes, and those whose votes are wrong.
func wrong(votes []int32, p *examples.Part, classes int) (errors, asked int32) {
	for i, class := range p.Class {
		best, sum := first(votes[i*classes:][:classes])
		if sum == 0 {
			continue
		}
		asked++
		if best != class {
			errors++
		}
	}
	return errors, asked
}

// first is the class with most votes, the first of equals, and their sum.
func first(votes []int32) (best, sum int32) {
	for c, n := range votes {
		sum += n
		if n > votes[best] {
			best = int32(c)
		}
	}
	return best, sum
}

// answer asks all trees that are finished, and before the first is, that one.
func (f *forest) answer(_ *task, x []float32) int32 {
	var votes [classesMax]int32
	if f.used == 0 {
		return 0
	}
	for tree := range max(f.grown, 1) {
		votes[f.class[f.leaf(tree, x)]]++
	}
	best, _ := first(votes[:f.set.Classes])
	return best
}

func (f *forest) value(t *task, x []float32) float32 { return outside(f.answer(t, x)) }

func (f *forest) sound() bool { return !f.full }

// lists are the arrays of a snapshot, as far as they are used.
func (f *forest) lists() [][]int32 {
	return [][]int32{
		f.feature[:f.used], f.child[:f.used], f.class[:f.used], f.from[:f.used], f.count[:f.used],
		f.root, f.members, f.times, f.votes, f.tests, f.errors, f.missed, f.asked,
	}
}

func (f *forest) pack(p *sim.Packer) {
	p.Ints([]int64{int64(f.used), int64(f.next), int64(f.grown)})
	p.Bool(f.full)
	for _, list := range f.lists() {
		p.Int32s(list)
	}
	p.Floats(f.cut[:f.used])
	for _, w := range f.draws.State() {
		p.Uint64(w)
	}
}

func (f *forest) unpack(u *sim.Unpacker, _ *task) {
	f.used = int(u.Within(0, int64(f.room()), "nodes"))
	f.nodes = newNodes(f.used)
	f.next = int(u.Within(0, int64(f.used), "next node"))
	f.grown = int(u.Within(0, int64(f.trees), "trees"))
	f.full = u.Bool()
	for _, list := range f.lists() {
		u.Int32s(list)
	}
	u.Floats(f.cut[:f.used])
	u.Fail(f.draws.SetState([4]uint64{u.Uint64(), u.Uint64(), u.Uint64(), u.Uint64()}), "a random stream without state")
	u.Fail(f.whole(), "the trees are not whole")
}

// whole reports whether no number of the trees leads astray: children come
// after their node, and every place is one that there is.
func (f *forest) whole() bool {
	n, inputs, classes := int32(len(f.members)), int32(f.set.Size()), int32(f.set.Classes)
	for k := range f.used {
		leaf := f.feature[k] == -1 && f.child[k] == 0
		inner := f.feature[k] >= 0 && f.feature[k] < inputs && int(f.child[k]) > k && int(f.child[k])+1 < f.used
		if !leaf && !inner || f.class[k] < 0 || f.class[k] >= classes || f.from[k] < 0 || f.count[k] < 0 || f.from[k] > n-f.count[k] {
			return false
		}
	}
	for i := range f.root {
		if f.root[i] < 0 || int(f.root[i]) >= max(f.used, 1) {
			return false
		}
	}
	for i := range f.members {
		if f.members[i] < 0 || f.members[i] >= n || f.times[i] < 0 || f.times[i] > n {
			return false
		}
	}
	counts := slices.Concat(f.votes, f.tests, f.errors, f.missed, f.asked)
	return len(counts) == 0 || slices.Min(counts) >= 0 && slices.Max(counts) <= max(n, int32(f.set.Test.N), int32(f.trees)) && (f.grown < f.trees || f.next == f.used)
}
