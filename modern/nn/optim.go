package nn

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
)

// Method is how weights follow their gradients.
type Method uint8

// The methods. The slide's forms are those of the lecture where they deviate
// from the papers: momentum and Nesterov with the gradient multiplied by 1 -
// beta, Adam with a correction that is constant and epsilon inside the root.
const (
	SGD           Method = iota // w -= rate g
	Momentum                    // v = mu v - rate g; w += v
	Nesterov                    // as Momentum, the gradient taken where v leads
	Adam                        // Kingma and Ba 2015
	SlideMomentum               // d = mu d + (1-mu) g; w -= rate d
	SlideNesterov               // the same, the gradient taken at w - rate mu d
	SlideAdam                   // m/(1-beta1) / sqrt(v/(1-beta2) + epsilon)
	AMSGrad                     // Reddi, Kale and Kumar 2018: Adam without corrections, v never falls
	methods
)

// MethodNames are the methods as scenarios write them.
var MethodNames = [methods]string{"sgd", "momentum", "nesterov", "adam", "slide-momentum", "slide-nesterov", "slide-adam", "amsgrad"}

// Settings are what a method goes by; they may change between two updates.
type Settings struct {
	Rate    float32
	Mu      float32 // momentum; beta of the slide
	Beta1   float32
	Beta2   float32
	Epsilon float32
	Decay   float32 // L2: this times w joins the gradient (not of biases)
	Shrink  float32 // after an update weights lose this share of themselves (not biases)
	L1      float32 // after an update weights move this times the rate towards 0, and rest there for good once they would cross it (Playground); chosen before Finish
	Clip    float32 // gradients are scaled down to this norm; 0: never
}

// Optimizer updates the parameters of a net.
type Optimizer struct {
	Method   Method
	Settings Settings
	n        *Net
	steps    int64 // updates so far
}

// Optimize chooses how n learns; it comes before Finish.
func (n *Net) Optimize(m Method, s Settings) *Optimizer {
	n.opt = &Optimizer{Method: m, Settings: s, n: n}
	return n.opt
}

// Optimizer is how n learns; nil where it was never chosen.
func (n *Net) Optimizer() *Optimizer { return n.opt }

// wish asks for what the method remembers of each parameter.
func (o *Optimizer) wish(n *Net) {
	slots := [methods]int{0, 1, 1, 2, 1, 2, 2, 3}[o.Method]
	for _, p := range n.Params {
		for i := range slots {
			if !p.Fixed {
				n.take(&p.State[i], size(p.Shape))
			}
		}
		if o.Settings.L1 > 0 && !p.Bias && !p.Fixed {
			n.take(&p.Alive, size(p.Shape))
		}
	}
}

// Moved is told that a hand has set p, so that what is remembered of where it
// stands follows.
func (o *Optimizer) Moved(p *Param) {
	if o.Method == SlideNesterov && o.steps > 0 && !p.Fixed {
		copy(p.State[1], p.W)
		kernel.Axpy(p.State[1], float32(o.Settings.Rate*o.Settings.Mu), p.State[0])
	}
}

// Steps is the number of updates since the start.
func (o *Optimizer) Steps() int64 { return o.steps }

// SetSteps takes over the number of updates of a snapshot.
func (o *Optimizer) SetSteps(n int64) { o.steps = n }

// Update lists the operations of one update: the norm, where gradients are
// clipped, then each parameter.
func (o *Optimizer) Update() []Instr {
	rule := [methods]string{"w -= rate g", "v = mu v - rate g; w += v", "v = mu v - rate g; w += mu v - rate g",
		"w -= rate m^ / (sqrt(v^) + e)", "d = mu d + (1-mu) g; w -= rate d", "d = mu d + (1-mu) g(w - rate mu d); w -= rate d",
		"w -= rate m/(1-b1) / sqrt(v/(1-b2) + e)", "v^ = max(v^, v); w -= rate m / (sqrt(v^) + e)"}[o.Method]
	list := []Instr{{Op: (*clipper)(o), Part: Part{Writes: "norm", Rule: "g over all weights is scaled down to clip, where that is set", Out: func() []float32 { return nil }}}}
	for _, p := range o.n.Params {
		if !p.Fixed {
			op := &update{o, p}
			list = append(list, Instr{Op: op, Part: Part{Writes: p.Name, Rule: rule, Out: func() []float32 { return p.W }, Param: p, Once: int64(p.Count()), Show: op.show}})
		}
	}
	return list
}

// clipper counts the update, and scales all gradients where their norm is too
// large.
type clipper Optimizer

func (c *clipper) Name() string    { return "update" }
func (*clipper) Parts(bool) []Part { return nil }
func (*clipper) plan(*Net)         {}
func (c *clipper) Run(bool, int) {
	c.steps++
	if c.Settings.Clip <= 0 {
		return
	}
	norm := c.norm()
	if norm-norm != 0 { // its square is too large for a number: all of it by a power of two
		c.scale(0x1p-64)
		norm = c.norm()
	} else if norm <= c.Settings.Clip {
		return
	}
	c.scale(c.Settings.Clip / norm)
}

// norm is the length of all derivatives together.
func (c *clipper) norm() float32 {
	sum := float64(0)
	for _, p := range c.n.Params {
		if !p.Fixed {
			sum += float64(kernel.SumSquares(p.G))
		}
	}
	return f32.Sqrt(float32(sum))
}

func (c *clipper) scale(by float32) {
	for _, p := range c.n.Params {
		if !p.Fixed {
			kernel.Scale(p.G, by, p.G)
		}
	}
}

type update struct {
	o *Optimizer
	p *Param
}

func (u *update) Name() string    { return "update" }
func (*update) Parts(bool) []Part { return nil }
func (*update) plan(*Net)         {}

func (u *update) Run(bool, int) {
	p, s := u.p, &u.o.Settings
	decay := s.Decay
	if p.Bias {
		decay = 0
	}
	switch u.o.Method {
	case SGD:
		kernel.SGD(p.W, p.G, s.Rate, decay)
	case Momentum:
		kernel.Momentum(p.W, p.State[0], p.G, s.Rate, s.Mu, decay)
	case Nesterov:
		kernel.Nesterov(p.W, p.State[0], p.G, s.Rate, s.Mu, decay)
	case Adam:
		u.adam(decay)
	case AMSGrad:
		u.amsgrad(decay)
	default:
		u.slide(decay)
	}
	if !p.Bias {
		u.regularize()
	}
}

func (u *update) adam(decay float32) {
	s := &u.o.Settings
	kernel.Adam(u.p.W, u.p.State[0], u.p.State[1], u.p.G, kernel.AdamStep{
		Rate: s.Rate, Beta1: s.Beta1, Beta2: s.Beta2, Epsilon: s.Epsilon, Decay: decay,
		Correct1: 1 - power(s.Beta1, u.o.steps), Correct2: 1 - power(s.Beta2, u.o.steps)})
}

// amsgrad divides by the root of the greatest v so far, State[2].
func (u *update) amsgrad(decay float32) {
	p, s := u.p, &u.o.Settings
	m, v, top := p.State[0], p.State[1], p.State[2]
	for i, g := range p.G {
		d := f32.FMA(decay, p.W[i], g)
		m[i] = f32.FMA(1-s.Beta1, d, float32(s.Beta1*m[i]))
		v[i] = f32.FMA(1-s.Beta2, float32(d*d), float32(s.Beta2*v[i]))
		top[i] = f32.Max(top[i], v[i])
		p.W[i] -= float32(s.Rate*m[i]) / (f32.Sqrt(top[i]) + s.Epsilon)
	}
}

// power is b to the n, by squaring.
func power(b float32, n int64) float32 {
	r := float32(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			r = float32(r * b)
		}
		b = float32(b * b)
	}
	return r
}

// slide is an update in the lecture's form. SlideNesterov keeps in State[1]
// where the weights stand without the look ahead: W is w - rate mu d, where the
// next gradient is taken.
func (u *update) slide(decay float32) {
	p, s := u.p, &u.o.Settings
	if decay != 0 {
		kernel.Axpy(p.G, decay, p.W)
	}
	d := p.State[0]
	switch u.o.Method {
	case SlideMomentum:
		kernel.Scale(d, s.Mu, d)
		kernel.Axpy(d, 1-s.Mu, p.G)
		kernel.Axpy(p.W, -s.Rate, d)
	case SlideNesterov:
		w := p.State[1]
		if u.o.steps == 1 {
			copy(w, p.W)
		}
		kernel.Scale(d, s.Mu, d)
		kernel.Axpy(d, 1-s.Mu, p.G)
		kernel.Axpy(w, -s.Rate, d)
		copy(p.W, w)
		kernel.Axpy(p.W, -float32(s.Rate*s.Mu), d)
	case SlideAdam:
		u.slideAdam()
	}
}

func (u *update) slideAdam() {
	p, s := u.p, &u.o.Settings
	m, v := p.State[0], p.State[1]
	for i, g := range p.G {
		m[i] = f32.FMA(1-s.Beta1, g, float32(s.Beta1*m[i]))
		v[i] = f32.FMA(1-s.Beta2, float32(g*g), float32(s.Beta2*v[i]))
		p.W[i] -= float32(s.Rate*(m[i]/(1-s.Beta1))) / f32.Sqrt(v[i]/(1-s.Beta2)+s.Epsilon)
	}
}

// regularize shrinks the weights, and moves them towards 0. One that would
// cross 0 is put to rest for good.
func (u *update) regularize() {
	p, s := u.p, &u.o.Settings
	if s.Shrink > 0 {
		kernel.Scale(p.W, 1-s.Shrink, p.W)
	}
	if p.Alive == nil {
		return
	}
	kernel.Mul(p.W, p.W, p.Alive)
	step := float32(s.Rate * s.L1)
	for i, v := range p.W {
		after := v - step
		if v < 0 {
			after = v + step
		}
		if crosses := v > 0 && after < 0 || v < 0 && after > 0; crosses {
			p.Alive[i] = 0
			after = 0
		}
		if v == 0 {
			after = 0
		}
		p.W[i] = after
	}
}
