package rival

import (
	"perceptarium/modern/examples"
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// linear is one layer of units with tanh, one for each class, wanted 1 for its
// class and -1 for the others: gradient descent on half the squared error, one
// example to a step, in an order that is drawn anew in every pass. Weights
// begin at zero.
type linear struct {
	set    *examples.Set
	weight []float32 // [classes][1+inputs], the constant first
	order  []int32   // of this pass
	at     int64     // in this pass
	pass   int64
	loss   float64 // summed over this pass
	curve  float32 // mean loss of the pass before
	orders rng.Stream
}

func newLinear(set *examples.Set) *linear {
	return &linear{set: set, weight: make([]float32, set.Classes*(1+set.Size())), order: make([]int32, set.Train.N)}
}

func (l *linear) blank() model { return newLinear(l.set) }

func (l *linear) begin(t *task) {
	clear(l.weight)
	l.at, l.pass, l.loss, l.curve = 0, 0, 0, 0
	l.orders = rng.New(t.seed).Stream("linear.order")
	l.orders.Perm(l.order)
}

func (l *linear) row(class int) []float32 {
	n := 1 + l.set.Size()
	return l.weight[class*n : class*n+n]
}

func (l *linear) output(class int, x []float32) float32 {
	w := l.row(class)
	return f32.Tanh(w[0] + kernel.Dot(w[1:], x))
}

func (l *linear) learn(t *task) bool {
	if e := int(l.order[l.at]); e != int(t.how.leaveOut)-1 {
		l.present(t, l.set.Input(&l.set.Train, e), l.set.Train.Class[e])
	}
	if l.at++; l.at < int64(len(l.order)) {
		return false
	}
	l.curve = float32(l.loss / float64(l.at))
	l.at, l.loss = 0, 0
	l.pass++
	l.orders.Perm(l.order)
	return l.pass >= t.how.passes
}

func (l *linear) present(t *task, x []float32, class int32) {
	for c := range l.set.Classes {
		wanted := float32(-1)
		if c == int(class) {
			wanted = 1
		}
		o := l.output(c, x)
		e := wanted - o
		l.loss += float64(float64(e)*float64(e)) / 2
		move := float32(t.how.rate * float32(e*f32.FMA(-o, o, 1)))
		w := l.row(c)
		w[0] += move
		kernel.Axpy(w[1:], move, x)
	}
}

func (l *linear) answer(t *task, x []float32) int32 {
	best, class := l.output(0, x), 0
	for c := 1; c < l.set.Classes; c++ {
		if o := l.output(c, x); o > best {
			best, class = o, c
		}
	}
	return int32(class)
}

func (l *linear) value(t *task, x []float32) float32 { return outside(l.answer(t, x)) }

func (l *linear) sound() bool { return finite(l.loss) && finite(float64(l.curve)) }

func (l *linear) pack(p *sim.Packer) {
	p.Floats(l.weight)
	p.Int32s(l.order)
	p.Ints([]int64{l.at, l.pass})
	packFloats(p, []float64{l.loss})
	p.Floats([]float32{l.curve})
	for _, w := range l.orders.State() {
		p.Uint64(w)
	}
}

func (l *linear) unpack(u *sim.Unpacker, t *task) {
	u.Floats(l.weight)
	u.Int32s(l.order)
	seen := make([]bool, len(l.order))
	for _, e := range l.order {
		ok := e >= 0 && int(e) < len(seen) && !seen[e]
		u.Fail(ok, "the order of a pass is none")
		if ok {
			seen[e] = true
		}
	}
	l.at = u.Within(0, int64(len(l.order))-1, "place in the pass")
	l.pass = u.Within(0, passesMax, "pass")
	l.loss = fromBits(u)
	var f [1]float32
	u.Floats(f[:])
	l.curve = f[0]
	u.Fail(l.orders.SetState([4]uint64{u.Uint64(), u.Uint64(), u.Uint64(), u.Uint64()}), "a random stream without state")
}

func (l *linear) adopt(from model) model { return from }
