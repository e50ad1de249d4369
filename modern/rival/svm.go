package rival

import (
	"math"

	"perceptarium/modern/examples"
	"perceptarium/sim"
)

// svm is the support vector machine with a constant (bias), by sequential
// minimal optimisation:
//
//	min 1/2 |w|^2 + C sum xi        y_i (w.x_i + b) >= 1 - xi_i
//	max sum a - 1/2 sum a_i a_j y_i y_j K(x_i, x_j)     0 <= a <= C, sum a_i y_i = 0
//
// Two classes are one problem, the second class positive; more are one problem
// each, the class against the rest, one after the other, and the largest value
// answers. sign(0) is +1.
type svm struct {
	set     *examples.Set
	classes int // problems
	rows    *rows
	y       []float64 // [n] of the present problem; derived

	class int64     // the present problem; classes when all are solved
	a     []float64 // [n] multipliers of the present problem
	grad  []float64 // [n] of the dual, negated: sum_j a_j y_i y_j K_ij - 1
	alpha []float64 // [n][classes] of those that are solved
	bias  []float64 // [classes]
	gaps  []float64 // [classes] duality gap over the primal value
}

func newSVM(set *examples.Set) *svm {
	v := &svm{set: set, classes: set.Classes, rows: newRows(set.Train.N)}
	if set.Classes == 2 {
		v.classes = 1
	}
	return v.sized()
}

func (v *svm) sized() *svm {
	n := v.set.Train.N
	v.y, v.a, v.grad = make([]float64, n), make([]float64, n), make([]float64, n)
	v.alpha, v.bias, v.gaps = make([]float64, n*v.classes), make([]float64, v.classes), make([]float64, v.classes)
	return v
}

func (v *svm) blank() model {
	return (&svm{set: v.set, classes: v.classes, rows: v.rows}).sized()
}

func (v *svm) begin(t *task) {
	v.class = 0
	clear(v.alpha)
	clear(v.bias)
	clear(v.gaps)
	v.open(t)
}

// open begins the present problem.
func (v *svm) open(t *task) {
	clear(v.a)
	for i := range v.grad {
		v.grad[i] = -1
	}
	v.label(t)
}

// label says on which side of the present problem each example is.
func (v *svm) label(t *task) {
	for i, class := range t.set.Train.Class {
		v.y[i] = v.sign(class, int(v.class))
	}
}

func (v *svm) sign(class int32, problem int) float64 {
	if v.classes == 1 {
		problem = 1
	}
	if int(class) == problem {
		return 1
	}
	return -1
}

// pair finds the two examples that violate the conditions of Karush, Kuhn and
// Tucker most: of those that may grow along y the one with the largest
// -y grad, and of those that may shrink the one with the smallest; the first of
// equals. Where there is none, it is -1, and its bound infinite.
func (v *svm) pair(t *task) (i, j int, up, low float64) {
	i, j, up, low = -1, -1, math.Inf(-1), math.Inf(1)
	c, out := float64(t.how.c), int(t.how.leaveOut)-1
	for k, y := range v.y {
		if k == out {
			continue
		}
		a, g := v.a[k], v.grad[k]
		if y > 0 {
			g = -g
		}
		if (y > 0 && a < c || y < 0 && a > 0) && g > up {
			i, up = k, g
		}
		if (y < 0 && a < c || y > 0 && a > 0) && g < low {
			j, low = k, g
		}
	}
	return i, j, up, low
}

// learn moves the pair that violates most. Where none does by more than the
// tolerance, the problem is solved.
func (v *svm) learn(t *task) bool {
	i, j, up, low := v.pair(t)
	if i < 0 || j < 0 || up-low <= float64(t.how.tolerance) {
		v.close(t, up, low)
		return v.class == int64(v.classes)
	}
	v.move(t, i, j, up-low)
	return false
}

// curvatureMin stands for the curvature along a pair of equal examples.
const curvatureMin = 1e-12

// move goes along a pair to the optimum, or to the first bound of the two.
func (v *svm) move(t *task, i, j int, violation float64) {
	ki := v.rows.get(t, i, -1)
	kj := v.rows.get(t, j, i)
	curvature := float64(ki[i]) + float64(kj[j]) - float64(2*float64(ki[j]))
	step := violation / max(curvature, curvatureMin)
	c := float64(t.how.c)
	roomI, roomJ := c-v.a[i], v.a[j]
	if v.y[i] < 0 {
		roomI = v.a[i]
	}
	if v.y[j] < 0 {
		roomJ = c - v.a[j]
	}
	step = min(step, roomI, roomJ)
	v.a[i] = moved(v.a[i], v.y[i], step, roomI, c)
	v.a[j] = moved(v.a[j], -v.y[j], step, roomJ, c)
	for k, y := range v.y {
		change := float64(step * (float64(ki[k]) - float64(kj[k])))
		if y < 0 {
			change = -change
		}
		v.grad[k] += change
	}
}

// moved is a multiplier after a step; on a bound it is the bound exactly.
func moved(a, direction, step, room, c float64) float64 {
	switch {
	case step < room:
		return a + float64(direction*step)
	case direction > 0:
		return c
	}
	return 0
}

// close keeps the solution of the present problem and opens the next.
func (v *svm) close(t *task, up, low float64) {
	problem := int(v.class)
	v.bias[problem] = middle(up, low)
	primal, dual := v.objectives(t, v.bias[problem])
	v.gaps[problem] = gap(primal, dual)
	for i, a := range v.a {
		v.alpha[i*v.classes+problem] = a
	}
	v.class++
	if v.class < int64(v.classes) {
		v.open(t)
	}
}

// middle is the constant between the two bounds; where one class is missing,
// the bound that there is.
func middle(up, low float64) float64 {
	switch {
	case math.IsInf(up, -1) && math.IsInf(low, 1):
		return 0
	case math.IsInf(up, -1):
		return low
	case math.IsInf(low, 1):
		return up
	}
	return (up + low) / 2
}

// shown is the problem that the probes speak of: the present one, or the last.
func (v *svm) shown() int { return int(min(v.class, int64(v.classes)-1)) }

// constant is b of a problem: while it is being solved, in the middle of its bounds.
func (v *svm) constant(t *task, problem int) float64 {
	if int64(problem) != v.class {
		return v.bias[problem]
	}
	_, _, up, low := v.pair(t)
	return middle(up, low)
}

// norm2 is |w|^2 of the present problem, or of the last.
func (v *svm) norm2() float64 {
	var l lanes
	for i, a := range v.a {
		l[i&7] += float64(a * (v.grad[i] + 1))
	}
	return l.sum()
}

// objectives are the values of the primal and the dual at the multipliers as
// they are, with the constant b.
func (v *svm) objectives(t *task, b float64) (primal, dual float64) {
	var sum, slack lanes
	for i, a := range v.a {
		sum[i&7] += a
		if xi := -v.grad[i] - float64(v.y[i]*b); xi > 0 && i != int(t.how.leaveOut)-1 {
			slack[i&7] += xi
		}
	}
	half := v.norm2() / 2
	return half + float64(float64(t.how.c)*slack.sum()), sum.sum() - half
}

// gap is the distance of primal and dual, over the primal.
func gap(primal, dual float64) float64 {
	if primal <= 0 {
		return 0
	}
	return (primal - dual) / primal
}

// coefficient is the multiplier of example i in a problem.
func (v *svm) coefficient(i, problem int) float64 {
	if int64(problem) == v.class {
		return v.a[i]
	}
	return v.alpha[i*v.classes+problem]
}

// values sets sums to w.x + b of every problem.
func (v *svm) values(t *task, x []float32, sums []float64) {
	var l [classesMax]lanes
	for i := range v.set.Train.N {
		k, known := 0.0, false
		for p := range sums {
			a := v.coefficient(i, p)
			if a == 0 {
				continue
			}
			if !known {
				k, known = float64(similarity(&t.how, v.set.Input(&v.set.Train, i), x)), true
			}
			if v.sign(v.set.Train.Class[i], p) < 0 {
				a = -a
			}
			l[p][i&7] += float64(a * k)
		}
	}
	for p := range sums {
		sums[p] = l[p].sum() + v.constant(t, p)
	}
}

func (v *svm) answer(t *task, x []float32) int32 {
	var room [classesMax]float64
	sums := room[:v.classes]
	v.values(t, x, sums)
	if v.classes == 1 {
		if sums[0] >= 0 {
			return 1
		}
		return 0
	}
	best := 0
	for p, s := range sums {
		if s > sums[best] {
			best = p
		}
	}
	return int32(best)
}

func (v *svm) value(t *task, x []float32) float32 {
	var sums [1]float64
	v.values(t, x, sums[:])
	return float32(sums[0])
}

func (v *svm) sound() bool {
	var l lanes
	for i, g := range v.grad {
		l[i&7] += g
	}
	return finite(l.sum())
}

func packFloats(p *sim.Packer, list []float64) {
	for _, f := range list {
		p.Uint64(math.Float64bits(f))
	}
}

func fromBits(u *sim.Unpacker) float64 { return math.Float64frombits(u.Uint64()) }

// unpackFloats reads numbers in lo..hi.
func unpackFloats(u *sim.Unpacker, list []float64, lo, hi float64) {
	for i := range list {
		list[i] = fromBits(u)
		u.Fail(list[i] >= lo && list[i] <= hi, "a number is out of range")
	}
}

func (v *svm) pack(p *sim.Packer) {
	p.Int(v.class)
	for _, list := range [][]float64{v.a, v.grad, v.alpha, v.bias, v.gaps} {
		packFloats(p, list)
	}
}

func (v *svm) unpack(u *sim.Unpacker, t *task) {
	v.class = u.Within(0, int64(v.classes), "class")
	c := float64(t.how.c)
	unpackFloats(u, v.a, 0, c)
	for _, list := range [][]float64{v.grad, v.alpha, v.bias, v.gaps} {
		lo := -math.MaxFloat64
		unpackFloats(u, list, lo, math.MaxFloat64)
	}
	problem := v.class
	v.class = int64(v.shown())
	v.label(t)
	v.class = problem
}

func (v *svm) adopt(from model) model { return from }
