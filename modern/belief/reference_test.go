package belief

import (
	"math"
	"testing"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

// ref is a layer in float64, written from the formulas alone.
type ref struct {
	visible, hidden, labels int
	w, b, c                 []float64
}

func refOf(l *layer) ref {
	return ref{l.visible, l.hidden, l.labels, wide(l.w), wide(l.b), wide(l.c)}
}

func wide(v []float32) []float64 {
	w := make([]float64, len(v))
	for i, x := range v {
		w[i] = float64(x)
	}
	return w
}

func (r ref) energy(v, h []float64) (e float64) {
	for i := range v {
		e -= r.b[i] * v[i]
		for j := range h {
			e -= v[i] * r.w[i*r.hidden+j] * h[j]
		}
	}
	for j := range h {
		e -= r.c[j] * h[j]
	}
	return e
}

// states calls do with every state of so many units.
func states(n int, do func([]float64)) {
	s := make([]float64, n)
	for k := range 1 << n {
		for i := range s {
			s[i] = float64(k >> i & 1)
		}
		do(s)
	}
}

// freeEnergy is -log of the sum over all h of exp(-E(v, h)).
func (r ref) freeEnergy(v []float64) float64 {
	sum := 0.0
	states(r.hidden, func(h []float64) { sum += math.Exp(-r.energy(v, h)) })
	return -math.Log(sum)
}

func (r ref) logZ() float64 {
	sum := 0.0
	states(r.visible, func(v []float64) { sum += math.Exp(-r.freeEnergy(v)) })
	return math.Log(sum)
}

// up and down are p(h=1|v) and p(v=1|h) by Bayes from the energy.
func (r ref) up(v []float64) []float64 {
	p, all := make([]float64, r.hidden), 0.0
	states(r.hidden, func(h []float64) {
		e := math.Exp(-r.energy(v, h))
		all += e
		for j := range h {
			p[j] += e * h[j]
		}
	})
	for j := range p {
		p[j] /= all
	}
	return p
}

func (r ref) down(h []float64) []float64 {
	p, all := make([]float64, r.visible), 0.0
	states(r.visible, func(v []float64) {
		on := 0.0
		for _, x := range v[r.visible-r.labels:] {
			on += x
		}
		if r.labels > 0 && on != 1 {
			return
		}
		e := math.Exp(-r.energy(v, h))
		all += e
		for i := range v {
			p[i] += e * v[i]
		}
	})
	for i := range p {
		p[i] /= all
	}
	return p
}

// strong draws weights that are large enough to matter.
func strong(l *layer, seed uint64) {
	st := rng.New(seed).Stream("strong")
	for _, v := range [][]float32{l.w, l.b, l.c, l.gen} {
		for i := range v {
			v[i] = float32(st.Below(3001)-1500) / 1000
		}
	}
}

func close64(t *testing.T, what string, got []float32, want []float64, tolerance float64) {
	t.Helper()
	for i := range want {
		if math.Abs(float64(got[i])-want[i]) > tolerance*(1+math.Abs(want[i])) {
			t.Errorf("%s[%d] is %v, want %v", what, i, got[i], want[i])
		}
	}
}

// TestEquations holds probabilities and free energies against sums over all
// states.
func TestEquations(t *testing.T) {
	for _, labels := range []string{"no", "yes"} {
		m := made(t, pictures(3, 2, 2, 6, 0), "5", labels)
		l := m.top()
		strong(l, 7)
		r := refOf(l)
		v := []float32{1, 0, 0.25, 1, 0, 1, 0}[:l.visible]
		h := []float32{1, 0, 1, 1, 0}
		got := make([]float32, 8)
		l.up(got, l.hidden, v, 1)
		close64(t, "p(h|v)", got, r.up(wide(v)), 1e-6)
		l.down(got, h, l.hidden, 1, l.w)
		close64(t, "p(v|h)", got, r.down(wide(h)), 1e-6)
		l.freeEnergies(got, v, 1, m.a, m.line)
		close64(t, "F", got, []float64{r.freeEnergy(wide(v))}, 1e-6)
		if labels == "no" {
			continue
		}
		units := l.visible - l.labels
		l.labelEnergies(got, v, 1, m.a, m.line, m.line2)
		for y := range l.labels {
			with := append(wide(v[:units]), make([]float64, l.labels)...)
			with[units+y] = 1
			want := r.freeEnergy(with)
			for i, x := range with[:units] {
				want += r.b[i] * x
			}
			close64(t, "F of a label", got[y:], []float64{want}, 1e-6)
		}
	}
}

// bars are the bars and stripes of 3 x 3.
func bars() *examples.Set {
	s := &examples.Set{Name: "bars", Shape: []int{1, 3, 3}, Steps: 1, Classes: 2}
	for k := range 8 {
		for class := range 2 {
			if class == 1 && k%7 == 0 {
				continue // all or nothing is both
			}
			for i := range 9 {
				s.Train.X = append(s.Train.X, float32(k>>[]int{i / 3, i % 3}[class]&1))
			}
			s.Train.Class = append(s.Train.Class, int32(class))
			s.Train.N++
		}
	}
	return s
}

// TestLikelihood holds log Z and the likelihood against the definition.
func TestLikelihood(t *testing.T) {
	m := made(t, bars(), "4", "no")
	strong(&m.layers[0], 3)
	r := refOf(&m.layers[0])
	want := -r.logZ()
	for i := range 14 {
		want -= r.freeEnergy(wide(m.set.Input(&m.set.Train, i))) / 14
	}
	close64(t, "log-likelihood", []float32{m.likelihood()}, []float64{want}, 1e-6)
	close64(t, "log Z", []float32{m.logZ(0)}, []float64{r.logZ()}, 1e-6)
}

// TestExactGradient: with turns 0 a step goes along the derivative of the
// likelihood, by central differences of its definition.
func TestExactGradient(t *testing.T) {
	m := made(t, pictures(2, 2, 2, 6, 0), "3", "no")
	l := &m.layers[0]
	strong(l, 5)
	turn(t, m, "turns", 0)
	turn(t, m, "momentum-first", 0)
	turn(t, m, "decay", 0)
	before, old := refOf(l), append(append(append([]float32(nil), l.w...), l.b...), l.c...)
	likelihood := func(r ref) float64 {
		s := -r.logZ()
		for i := range 6 {
			s -= r.freeEnergy(wide(m.set.Input(&m.set.Train, i))) / 6
		}
		return s
	}
	var want []float64
	for _, v := range [][]float64{before.w, before.b, before.c} {
		for i := range v {
			x := v[i]
			v[i] = x + 1e-5
			hi := likelihood(before)
			v[i] = x - 1e-5
			lo := likelihood(before)
			v[i] = x
			want = append(want, (hi-lo)/2e-5)
		}
	}
	for m.batches == 0 {
		m.Step()
	}
	got := append(append(append([]float32(nil), l.w...), l.b...), l.c...)
	for i := range got {
		got[i] = (got[i] - old[i]) / m.dial.rate
	}
	close64(t, "derivative", got, want, 1e-5)
}

// TestContrastiveDivergence follows two batches in float64: only what was drawn
// is taken from the machine.
func TestContrastiveDivergence(t *testing.T) {
	m := made(t, pictures(3, 2, 3, 12, 0), "4-3", "yes")
	m.learned = 1
	turn(t, m, "layer", 2)
	turn(t, m, "batch", 6)
	turn(t, m, "turns", 2)
	turn(t, m, "rate", 0.3)
	turn(t, m, "decay", 0.1)
	strong(&m.layers[0], 1)
	l := m.top()
	strong(l, 2)
	r, first := refOf(l), refOf(&m.layers[0])
	dw, db, dc := make([]float64, len(r.w)), make([]float64, len(r.b)), make([]float64, len(r.c))
	for batch := range int64(2) {
		gw, gb, gc := make([]float64, len(r.w)), make([]float64, len(r.b)), make([]float64, len(r.c))
		var data, chain [6][]float64
		for m.stage != stageLearn {
			drawn := m.stage
			m.Step()
			for k := range 6 {
				switch {
				case drawn == stageWake:
					e := int(m.order[int(batch)*6+k])
					data[k] = append(first.up(wide(m.set.Input(&m.set.Train, e))), 0, 0, 0)
					data[k][4+int(m.set.Train.Class[e])] = 1
					chain[k] = wide(m.wake[2][k*3:][:3])
				case drawn == stageSleep:
					chain[k] = wide(m.sleep[2][k*3:][:3])
				case drawn == stageDown:
					close64(t, "reconstruction", m.sleep[1][k*7:], r.down(chain[k]), 1e-5)
				}
			}
		}
		for k := range 6 {
			last := wide(m.sleep[1][k*7:][:7])
			h0, h1 := r.up(data[k]), r.up(last)
			for i := range data[k] {
				gb[i] += (data[k][i] - last[i]) / 6
				for j := range h0 {
					gw[i*3+j] += (data[k][i]*h0[j] - last[i]*h1[j]) / 6
				}
			}
			for j := range h0 {
				gc[j] += (h0[j] - h1[j]) / 6
			}
		}
		m.Step()
		for i := range dw {
			dw[i] = 0.5*dw[i] + 0.3*(gw[i]-0.1*r.w[i])
			r.w[i] += dw[i]
		}
		for i := range db {
			db[i] = 0.5*db[i] + 0.3*gb[i]
			r.b[i] += db[i]
		}
		for j := range dc {
			dc[j] = 0.5*dc[j] + 0.3*gc[j]
			r.c[j] += dc[j]
		}
		close64(t, "W", l.w, r.w, 1e-5)
		close64(t, "b", l.b, r.b, 1e-5)
		close64(t, "c", l.c, r.c, 1e-5)
	}
}

// TestUpDown holds a step of wake-sleep against the paper's rules in float64:
// only what was drawn is taken from the machine.
func TestUpDown(t *testing.T) {
	m := made(t, pictures(3, 2, 3, 5, 0), "4-3", "yes")
	for i := range m.layers {
		strong(&m.layers[i], uint64(i))
	}
	turn(t, m, "turns", 3)
	turn(t, m, "task", float32(taskUpDown))
	strong(&m.layers[0], 9) // the weights down are others than those up
	low, top := &m.layers[0], m.top()
	rec, gen := refOf(low), refOf(low)
	gen.w = wide(low.gen)
	for m.stage != stageBoth {
		m.Step()
	}
	const rate, n = 0.1, 5.0
	wantRec, wantGen, wantMem := refOf(low), refOf(low), refOf(top)
	wantGen.w = wide(low.gen)
	for k := range 5 {
		x, wake1, sleep1 := wide(m.wake[0][k*6:][:6]), wide(m.wake[1][k*7:][:7]), wide(m.sleep[1][k*7:][:7])
		wake2, sleep2, dream := wide(m.wake[2][k*3:][:3]), wide(m.sleep[2][k*3:][:3]), wide(m.sleep[0][k*6:][:6])
		close64(t, "picture", m.sleep[0][k*6:], gen.down(sleep1[:4]), 1e-5)
		seen, found := gen.down(wake1[:4]), rec.up(dream)
		for i := range x {
			wantRec.b[i] += rate / n * (x[i] - seen[i])
			for j := range 4 {
				wantGen.w[i*4+j] += rate / n * wake1[j] * (x[i] - seen[i])
				wantRec.w[i*4+j] += rate / n * dream[i] * (sleep1[j] - found[j])
			}
		}
		for j := range 4 {
			wantRec.c[j] += rate / n * (sleep1[j] - found[j])
		}
		for i := range wake1 {
			wantMem.b[i] += rate / n * (wake1[i] - sleep1[i])
			for j := range wake2 {
				wantMem.w[i*3+j] += rate / n * (wake1[i]*wake2[j] - sleep1[i]*sleep2[j])
			}
		}
		for j := range wake2 {
			wantMem.c[j] += rate / n * (wake2[j] - sleep2[j])
		}
	}
	for m.batches == 0 {
		m.Step()
	}
	close64(t, "weights down", low.gen, wantGen.w, 1e-5)
	close64(t, "weights up", low.w, wantRec.w, 1e-5)
	close64(t, "b", low.b, wantRec.b, 1e-5)
	close64(t, "c", low.c, wantRec.c, 1e-5)
	close64(t, "memory", top.w, wantMem.w, 1e-5)
	close64(t, "memory b", top.b, wantMem.b, 1e-5)
	close64(t, "memory c", top.c, wantMem.c, 1e-5)
}

// TestDreamsFollowTheMemory: labels of free dreams come as often as the exact
// distribution of a small memory says; a clamped label stays.
func TestDreamsFollowTheMemory(t *testing.T) {
	m := made(t, pictures(3, 2, 2, 6, 0), "4", "yes")
	l := m.top()
	strong(l, 11)
	r := refOf(l)
	var want [3]float64
	all := 0.0
	states(7, func(v []float64) {
		if v[4]+v[5]+v[6] != 1 {
			return
		}
		p := math.Exp(-r.freeEnergy(v))
		all += p
		for y := range want {
			want[y] += p * v[4+y]
		}
	})
	turn(t, m, "gibbs", 30)
	const dreams = 40
	for range dreams {
		turn(t, m, "task", float32(taskDream))
		rest(t, m)
	}
	for y, p := range want {
		p /= all
		n := float64(dreams * rowsMax)
		if off := math.Abs(float64(m.histogram[y])-n*p) / math.Sqrt(n*p*(1-p)); off > 4 {
			t.Errorf("label %d was dreamt %d times in %v, want %.1f: %.1f deviations", y, m.histogram[y], n, n*p, off)
		}
	}
	m.gallery.clear()
	turn(t, m, "clamp", float32(clamps+2))
	turn(t, m, "task", float32(taskDream))
	rest(t, m)
	if m.histogram[2] != rowsMax {
		t.Errorf("with label 2 clamped: %v", m.histogram)
	}
}

// TestALayerDoesNotLowerTheBound: the variational bound on the likelihood, exact
// in a tiny net, is that likelihood with one layer, and a second layer that
// learns what the first drew raises it.
func TestALayerDoesNotLowerTheBound(t *testing.T) {
	m := made(t, bars(), "5-8", "no")
	for name, v := range map[string]float32{"turns": 0, "momentum": 0.9, "decay": 0, "passes": 1000, "draw-data": 1, "anneal": 1, "rate": 0.1} {
		turn(t, m, name, v)
	}
	for m.layer == 1 {
		m.Step()
	}
	before := float64(m.likelihood())
	turn(t, m, "passes", 4000)
	turn(t, m, "rate", 0.05)
	rest(t, m)
	after := bound(m)
	t.Logf("one layer %.4f, two layers at least %.4f", before, after)
	if after < before {
		t.Errorf("the bound fell from %v to %v", before, after)
	}
}

// bound is the mean over the examples of sum over h of q(h|v) (log p(h) + log
// p(v|h) - log q(h|v)), with p(h) that of the second layer.
func bound(m *Machine) float64 {
	first, second := refOf(&m.layers[0]), refOf(&m.layers[1])
	logZ, sum := second.logZ(), 0.0
	for e := range m.set.Train.N {
		v := wide(m.set.Input(&m.set.Train, e))
		q := first.up(v)
		states(first.hidden, func(h []float64) {
			logQ, logV := logBernoulli(h, q), logBernoulli(v, first.down(h))
			sum += math.Exp(logQ) * (-second.freeEnergy(h) - logZ + logV - logQ)
		})
	}
	return sum / float64(m.set.Train.N)
}

func logBernoulli(x, p []float64) (s float64) {
	for i := range x {
		if x[i] == 1 {
			s += math.Log(p[i])
		} else {
			s += math.Log1p(-p[i])
		}
	}
	return s
}
