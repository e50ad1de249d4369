package rival

import (
	"math"
	"slices"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

// question is "is input feature at most cut?", and how good it is.
type question struct {
	score   float64
	feature int
	cut     float32
}

// sorter is the scratch of a forest: nothing of it outlives a step.
type sorter struct {
	keys  []uint64 // [examples] value, then place in members
	moved []int32  // [examples]
	all   []int64  // [classes] of a node
	left  []int64
	order []int32 // [inputs] from which those of a node are drawn
}

func newSorter(set *examples.Set) sorter {
	return sorter{
		keys: make([]uint64, set.Train.N), moved: make([]int32, set.Train.N),
		all: make([]int64, set.Classes), left: make([]int64, set.Classes), order: make([]int32, set.Size()),
	}
}

// tally counts the classes of a node.
func (s *sorter) tally(f *forest, k int) {
	clear(s.all)
	for _, e := range f.members[f.from[k]:][:f.count[k]] {
		s.all[f.set.Train.Class[e]] += int64(f.times[e])
	}
}

// reset puts the inputs in order.
func (s *sorter) reset() {
	for i := range s.order {
		s.order[i] = int32(i)
	}
}

// drawn draws the input number i of a node, different from those before.
func (s *sorter) drawn(st *rng.Stream, i int) int {
	j := i + int(st.Below(int64(len(s.order)-i)))
	s.order[i], s.order[j] = s.order[j], s.order[i]
	return int(s.order[i])
}

// ordered are bits that sort as floats do, -0 as 0.
func ordered(v float32) uint32 {
	b := math.Float32bits(v + 0)
	if b>>31 == 1 {
		return ^b
	}
	return b | 1<<31
}

// ask looks at all questions about one input of a node, whose classes were
// tallied: the best keeps n_l (1 - Gini_l) + n_r (1 - Gini_r) largest, which is
// the sum over classes of squares over n on either side.
func (s *sorter) ask(f *forest, k, feature int, best *question) {
	list := f.members[f.from[k]:][:f.count[k]]
	keys := s.keys[:len(list)]
	for i, e := range list {
		keys[i] = uint64(ordered(f.input(e, feature)))<<32 | uint64(i)
	}
	slices.Sort(keys)
	clear(s.left)
	var nl, nr, squaresL, squaresR int64
	for _, n := range s.all {
		nr, squaresR = nr+n, squaresR+n*n
	}
	for i := range len(keys) - 1 {
		e := list[uint32(keys[i])]
		class, w := f.set.Train.Class[e], int64(f.times[e])
		l, r := s.left[class], s.all[class]-s.left[class]
		squaresL += w * (2*l + w)
		squaresR -= w * (2*r - w)
		s.left[class] += w
		nl, nr = nl+w, nr-w
		if keys[i]>>32 == keys[i+1]>>32 {
			continue
		}
		if score := float64(squaresL)/float64(nl) + float64(squaresR)/float64(nr); score > best.score {
			*best = question{score, feature, between(f.input(e, feature), f.input(list[uint32(keys[i+1])], feature))}
		}
	}
}

// between is in the middle of a and b, a < b; where the middle rounds to b, it
// is a.
func between(a, b float32) float32 {
	m := float32((float64(a) + float64(b)) / 2)
	if m >= b {
		return a
	}
	return m
}

// part puts those members first for which the answer is yes, in their order,
// and returns how many.
func (s *sorter) part(f *forest, list []int32, q question) (yes int32) {
	no := s.moved[:0]
	for _, e := range list {
		if f.input(e, q.feature) <= q.cut {
			list[yes] = e
			yes++
		} else {
			no = append(no, e)
		}
	}
	copy(list[yes:], no)
	return yes
}
