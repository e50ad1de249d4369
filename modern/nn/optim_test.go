package nn

import (
	"math"
	"testing"

	"perceptarium/modern/kernel"
)

// single is a net with one weight, w, whose loss has the derivative slope*w +
// pull: by hand, what a method does with it can be reckoned in float64.
type single struct {
	n    *Net
	step []Instr
}

func makeSingle(m Method, s Settings, start, slope, pull float32) *single {
	n := New(1)
	x := n.Input("x", []int{1}, 1)
	w := n.Dense("w", x, Dense{Units: 1, NoBias: true, Init: Init{Constant, start}})
	l := Loss{Kind: Linear}
	if slope != 0 {
		l = Loss{Kind: Squared, Factor: slope / 2}
	}
	n.Loss("loss", w, l)
	opt := n.Optimize(m, s)
	n.Finish()
	n.Start(1)
	x.Data[0], n.Wanted.Data[0], n.Class[0] = 1, pull, -1
	if slope != 0 {
		n.Wanted.Data[0] = -pull / slope
	}
	return &single{n, append(append(n.Forward(), n.Backward()...), opt.Update()...)}
}

func (s *single) next() float64 {
	run(s.step)
	return float64(s.n.Params[0].W[0])
}

// TestMethods runs each method on a quadratic beside its formula in float64, as
// the paper or the slide has it.
func TestMethods(t *testing.T) {
	const rate, mu, b1, b2, eps, slope, pull = 0.05, 0.9, 0.8, 0.95, 1e-4, 2.0, 0.25
	// Each formula keeps what it needs in v and u.
	formulas := [methods]func(t int, w float64, v, u *float64) float64{
		SGD: func(_ int, w float64, _, _ *float64) float64 { return w - rate*(slope*w+pull) },
		Momentum: func(_ int, w float64, v, _ *float64) float64 {
			*v = mu**v - rate*(slope*w+pull)
			return w + *v
		},
		// Sutskever 2013: v = mu v - rate g(w + mu v); w += v. What the net holds
		// is where v leads: u is w itself.
		Nesterov: func(t int, w float64, v, u *float64) float64 {
			if t == 1 {
				*u = w
			}
			*v = mu**v - rate*(slope*(*u+mu**v)+pull)
			*u += *v
			return *u + mu**v
		},
		Adam: func(t int, w float64, v, u *float64) float64 {
			g := slope*w + pull
			*v, *u = b1**v+(1-b1)*g, b2**u+(1-b2)*g*g
			return w - rate*(*v/(1-math.Pow(b1, float64(t))))/(math.Sqrt(*u/(1-math.Pow(b2, float64(t))))+eps)
		},
		SlideMomentum: func(_ int, w float64, v, _ *float64) float64 {
			*v = mu**v + (1-mu)*(slope*w+pull)
			return w - rate**v
		},
		SlideNesterov: func(t int, w float64, v, u *float64) float64 {
			if t == 1 {
				*u = w
			}
			*v = mu**v + (1-mu)*(slope*(*u-rate*mu**v)+pull)
			*u -= rate * *v
			return *u - rate*mu**v
		},
		SlideAdam: func(_ int, w float64, v, u *float64) float64 {
			g := slope*w + pull
			*v, *u = b1**v+(1-b1)*g, b2**u+(1-b2)*g*g
			return w - rate*(*v/(1-b1))/math.Sqrt(*u/(1-b2)+eps)
		},
	}
	top := 0.0
	formulas[AMSGrad] = func(_ int, w float64, v, u *float64) float64 {
		g := slope*w + pull
		*v, *u = b1**v+(1-b1)*g, b2**u+(1-b2)*g*g
		top = max(top, *u)
		return w - rate**v/(math.Sqrt(top)+eps)
	}
	for m := range methods {
		s := makeSingle(m, Settings{Rate: rate, Mu: mu, Beta1: b1, Beta2: b2, Epsilon: eps}, 1, slope, pull)
		w, v, u := 1.0, 0.0, 0.0
		for i := 1; i <= 200; i++ {
			w = formulas[m](i, w, &v, &u)
			if got := s.next(); math.Abs(got-w) > 3e-5 {
				t.Errorf("%s: after %d updates %v, by the formula %v", MethodNames[m], i, got, w)
				break
			}
		}
	}
}

// TestSlideMomentumIsPolyak: with a rate larger by 1/(1-mu) the slide's momentum
// is that of 1986; with the same rate it goes slower by that much at first.
func TestSlideMomentumIsPolyak(t *testing.T) {
	slide := makeSingle(SlideMomentum, Settings{Rate: 0.5, Mu: 0.9}, 1, 1, 0)
	paper := makeSingle(Momentum, Settings{Rate: 0.05, Mu: 0.9}, 1, 1, 0)
	for i := range 200 {
		if a, b := slide.next(), paper.next(); math.Abs(a-b) > 2e-6 {
			t.Fatalf("after %d updates %v and %v", i+1, a, b)
		}
	}
}

// TestSlideAdamSteps: under a constant gradient Adam's steps are the rate for
// ever; those of the slide grow to 2.077 times the rate, then fall to 0.316.
func TestSlideAdamSteps(t *testing.T) {
	set := Settings{Rate: 1.0 / 1024, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8}
	for _, c := range []struct {
		m    Method
		want map[int]float64
	}{
		{Adam, map[int]float64{1: 1, 2: 1, 12: 1, 100: 1, 1000: 1}},
		{SlideAdam, map[int]float64{1: 1, 2: 1.3439, 12: 2.0771, 100: 1.025, 1000: 0.3977, 12000: 0.316228}},
	} {
		s := makeSingle(c.m, set, 0, 0, 1)
		most, at, before := 0.0, 0, 0.0
		for i := 1; i <= 12000; i++ {
			// The weight begins anew: what counts is its step, near 0 exact.
			s.n.Params[0].W[0] = 0
			step := -s.next() * 1024
			if want, ok := c.want[i]; ok && math.Abs(step-want) > 5e-4 {
				t.Errorf("%s: step %d is %.5f of the rate, want %.4f", MethodNames[c.m], i, step, want)
			}
			if step > most {
				most, at = step, i
			}
			before = step
		}
		if c.m == SlideAdam && (at != 12 || math.Abs(most-2.0771) > 1e-4 || math.Abs(before-0.31623) > 1e-4) {
			t.Errorf("its greatest step is %.5f at %d, its last %.5f", most, at, before)
		}
	}
}

// TestAdamDoesNotMindTheScale: Adam without epsilon takes the same steps where
// the loss is a million times as large.
func TestAdamDoesNotMindTheScale(t *testing.T) {
	set := Settings{Rate: 0.01, Beta1: 0.9, Beta2: 0.999}
	a, b := makeSingle(Adam, set, 1, 1, 0.5), makeSingle(Adam, set, 1, 1e6, 0.5e6)
	for i := range 300 {
		if x, y := a.next(), b.next(); math.Abs(x-y) > 1e-5 {
			t.Fatalf("after %d updates %v and %v", i+1, x, y)
		}
	}
}

// TestStability finds on which side of its threshold each method comes down a
// quadratic of slope 1: 2 for descent, 38 for the slide's momentum of 0.9, 13.57
// for its Nesterov.
func TestStability(t *testing.T) {
	for _, c := range []struct {
		m    Method
		edge float64
	}{{SGD, 2}, {Momentum, 2 * 1.9}, {Nesterov, 2 * 1.9 / 2.8}, {SlideMomentum, 2 * 1.9 / 0.1}, {SlideNesterov, 2 * 1.9 / (0.1 * 2.8)}} {
		for _, side := range []float64{0.99, 1.01} {
			s := makeSingle(c.m, Settings{Rate: float32(side * c.edge), Mu: 0.9}, 1, 1, 0)
			w := 0.0
			for range 3000 {
				if w = s.next(); math.Abs(w) > 1e6 {
					break
				}
			}
			if stays := math.Abs(w) < 1; stays != (side < 1) {
				t.Errorf("%s at %v of its threshold %.2f ends at %v", MethodNames[c.m], side, c.edge, w)
			}
		}
	}
}

// TestDecayAndShrink: decay joins the derivative, shrink takes its share after
// the update, neither touches a bias, and L1 puts weights to rest for good.
func TestDecayAndShrink(t *testing.T) {
	n := New(1)
	x := n.Input("x", []int{1}, 1)
	n.Loss("loss", n.Dense("y", x, Dense{Units: 1, Init: Init{Constant, 0.5}, Bias: Init{Constant, 0.5}}), Loss{Kind: Linear})
	opt := n.Optimize(SGD, Settings{Rate: 0.1, Decay: 0.2, Shrink: 0.25})
	n.Finish()
	n.Start(1)
	x.Data[0], n.Wanted.Data[0] = 1, 1
	run(append(append(n.Forward(), n.Backward()...), opt.Update()...))
	want := (0.5 - 0.1*(1+0.2*0.5)) * 0.75
	if w, b := float64(n.Params[0].W[0]), float64(n.Params[1].W[0]); math.Abs(w-want) > 1e-7 || math.Abs(b-0.4) > 1e-7 {
		t.Errorf("weight %v, want %v; bias %v, want 0.4", w, want, b)
	}
	rest := makeSingle(SGD, Settings{Rate: 0.5, L1: 0.5}, 1, 1, 0)
	for range 20 {
		rest.next()
	}
	p := rest.n.Params[0]
	if p.W[0] != 0 || p.Alive[0] != 0 {
		t.Fatalf("the weight is %v, alive %v", p.W[0], p.Alive[0])
	}
	p.W[0] = 1
	if got := rest.next(); got != 0 {
		t.Errorf("a weight at rest, set by hand, is %v after an update", got)
	}
}

// TestClip scales all derivatives down to the norm.
func TestClip(t *testing.T) {
	n, _ := chain(kernel.Tanh, Loss{Factor: 100})
	n.opt.Settings.Clip = 0.5
	run(n.Forward())
	run(n.Backward())
	norm := func() (sum float64) {
		for _, p := range n.Params {
			for _, g := range p.G {
				sum += float64(g) * float64(g)
			}
		}
		return math.Sqrt(sum)
	}
	before := norm()
	list := n.opt.Update()
	list[0].Run()
	if after := norm(); before < 1 || math.Abs(after-0.5) > 1e-6 {
		t.Errorf("a norm of %v is clipped to %v, want 0.5", before, after)
	}
}
