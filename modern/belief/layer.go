package belief

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/sim/rng"
)

// layer is a restricted Boltzmann machine.
type layer struct {
	visible, hidden int // visible counts the labels too
	labels          int // the last visible units, of which one is on
	w, b, c         []float32
	dw, db, dc      []float32 // velocities
	gen             []float32 // the weights for going down, once they have parted from w; nil in the highest layer
}

func (l *layer) take(top bool) {
	l.w, l.dw = make([]float32, l.visible*l.hidden), make([]float32, l.visible*l.hidden)
	l.b, l.db = make([]float32, l.visible), make([]float32, l.visible)
	l.c, l.dc = make([]float32, l.hidden), make([]float32, l.hidden)
	if !top {
		l.gen = make([]float32, l.visible*l.hidden)
	}
}

// firstSpread is the standard deviation of the first weights.
const firstSpread = 0.01

// start draws the weights and clears all else.
func (l *layer) start(st *rng.Stream) {
	for i := 0; i < len(l.w); i += 2 {
		a, b := f32.Normal(st.Uint64())
		l.w[i] = float32(firstSpread * a)
		if i+1 < len(l.w) {
			l.w[i+1] = float32(firstSpread * b)
		}
	}
	for _, v := range [][]float32{l.b, l.c, l.dw, l.db, l.dc, l.gen} {
		clear(v)
	}
}

// numbers lists all that a layer holds.
func (l *layer) numbers() [][]float32 {
	return [][]float32{l.w, l.b, l.c, l.dw, l.db, l.dc, l.gen}
}

// up sets dst, rows of ld numbers, to p(h=1|v) of the rows of v.
func (l *layer) up(dst []float32, ld int, v []float32, rows int) {
	kernel.GemmFused(kernel.Overwrite, rows, l.hidden, l.visible, v, l.visible, l.w, l.hidden, dst, ld, kernel.Fused{ColBias: l.c, Act: kernel.Logistic})
}

// down sets the rows of dst to p(v=1|h) of those of h, which are ld numbers
// long, with the weights w; of the labels to their softmax.
func (l *layer) down(dst, h []float32, ld, rows int, w []float32) {
	f := kernel.Fused{ColBias: l.b, Act: kernel.Logistic}
	if l.labels > 0 {
		f.Act = kernel.Identity
	}
	kernel.GemmFused(kernel.TransB|kernel.Overwrite, rows, l.visible, l.hidden, h, ld, w, l.hidden, dst, l.visible, f)
	if l.labels == 0 {
		return
	}
	units := l.visible - l.labels
	for r := range rows {
		row := dst[r*l.visible:][:l.visible]
		kernel.Activate(kernel.Logistic, row[:units], row[:units])
		kernel.Softmax(row[units:], row[units:], 1, l.labels)
	}
}

// macs is the multiply-adds of one pass up or down for one row.
func (l *layer) macs() int64 { return int64(l.visible) * int64(l.hidden) }

// softplusSum is the sum of log(1+exp(x)) over x, which is lost; spare is room
// of the same length.
func softplusSum(x, spare []float32) float32 {
	for i, v := range x {
		spare[i] = -f32.Abs(v)
	}
	kernel.Exp(spare, spare)
	kernel.Log1p(spare, spare)
	kernel.Activate(kernel.ReLU, x, x)
	kernel.Add(x, x, spare)
	return kernel.Sum(x)
}

// freeEnergies sets dst[r] to F of row r of v; x and spare are room for rows x
// hidden and for hidden numbers.
func (l *layer) freeEnergies(dst, v []float32, rows int, x, spare []float32) {
	kernel.GemmFused(kernel.Overwrite, rows, l.hidden, l.visible, v, l.visible, l.w, l.hidden, x, l.hidden, kernel.Fused{ColBias: l.c})
	for r := range rows {
		s := softplusSum(x[r*l.hidden:][:l.hidden], spare[:l.hidden])
		dst[r] = -kernel.Dot(l.b, v[r*l.visible:][:l.visible]) - s
	}
}

// labelEnergies sets energies[r][y] to the free energy of row r of v with label
// y on and the other labels off, but for what no label changes: the share of
// the other visible units' biases.
func (l *layer) labelEnergies(energies, v []float32, rows int, x, with, spare []float32) {
	units := l.visible - l.labels
	kernel.GemmFused(kernel.Overwrite, rows, l.hidden, units, v, l.visible, l.w, l.hidden, x, l.hidden, kernel.Fused{ColBias: l.c})
	for r := range rows {
		for y := range l.labels {
			kernel.Add(with[:l.hidden], x[r*l.hidden:][:l.hidden], l.w[(units+y)*l.hidden:][:l.hidden])
			energies[r*l.labels+y] = -l.b[units+y] - softplusSum(with[:l.hidden], spare[:l.hidden])
		}
	}
}

// draw makes of probabilities, the first n numbers of each row of p, units that
// are on or off. ld and pitch are the lengths of the rows of dst and p; dst may
// be p.
func (m *Machine) draw(dst []float32, ld int, p []float32, pitch, n, rows int) {
	if n == ld && n == pitch {
		n, rows = n*rows, 1
	}
	for r := range rows {
		u := m.random[:n]
		for i := range u {
			u[i] = m.chance.Uint64()
		}
		kernel.Bernoulli(dst[r*ld:][:n], p[r*pitch:][:n], u)
	}
}

// drawLabel turns one label on, drawn from its probabilities.
func (m *Machine) drawLabel(p []float32) {
	u, sum, on := f32.Uniform(m.chance.Uint64()), float32(0), len(p)-1
	for i, v := range p {
		sum += v
		if u < sum {
			on = i
			break
		}
	}
	oneHot(p, on)
}

func oneHot(dst []float32, on int) {
	clear(dst)
	dst[on] = 1
}
