package nn

import (
	"perceptarium/modern/f32"
	"perceptarium/sim/rng"
)

// Law says how numbers are drawn at the start.
type Law uint8

// The laws of initial numbers. F is the fan-in of the layer, G its fan-out.
const (
	Constant   Law = iota // Value
	Uniform               // U(-Value, Value)
	Gauss                 // N(0, Value^2)
	PerFanIn              // U(-Value/F, Value/F): 2.4 in LeCun and others 1989
	PerRootIn             // U(-Value/sqrt(F), Value/sqrt(F))
	Glorot                // U(-r, r), r = Value sqrt(6 / (F + G)): Glorot and Bengio 2010; 4 for the logistic
	He                    // N(0, Value^2 * 2 / F): He and others 2015
	GaussFanIn            // N(0, Value^2 / F)
	laws
)

// LawNames are the laws as scenarios write them.
var LawNames = [laws]string{"constant", "uniform", "gauss", "fan-in", "root-fan-in", "glorot", "he", "gauss-fan-in"}

// Init is how the numbers of a parameter are drawn.
type Init struct {
	Law   Law
	Value float32
}

// Start draws all parameters of n anew, each from the stream with its name, in
// order, clears what optimisers remember, and empties every value.
func (n *Net) Start(seed uint64) {
	n.Memory(func(v []float32) { clear(v) }, func(v []int32, lo, _ int32) {
		for i := range v {
			v[i] = lo
		}
	})
	n.Rows, n.Result = n.Batch, Result{}
	source := rng.New(seed)
	for _, p := range n.Params {
		if n.shares == nil {
			st := source.Stream("nn." + p.Name)
			p.start(&st)
		}
	}
	for _, op := range n.ops {
		if s, ok := op.(starter); ok {
			s.start(source)
		}
	}
	if n.opt != nil {
		n.opt.steps = 0
	}
}

// starter is an operation with a state of its own.
type starter interface{ start(rng.Source) }

func (p *Param) start(st *rng.Stream) {
	in, out := float32(max(p.FanIn, 1)), float32(max(p.FanOut, 1))
	v := p.Init.Value
	switch p.Init.Law {
	case Constant:
		for i := range p.W {
			p.W[i] = v
		}
	case Uniform:
		p.uniform(st, v)
	case Gauss:
		p.gauss(st, v)
	case PerFanIn:
		p.uniform(st, v/in)
	case PerRootIn:
		p.uniform(st, v/f32.Sqrt(in))
	case Glorot:
		p.uniform(st, float32(v*f32.Sqrt(6/(in+out))))
	case He:
		p.gauss(st, float32(v*f32.Sqrt(2/in)))
	case GaussFanIn:
		p.gauss(st, v/f32.Sqrt(in))
	}
	for i := range p.Alive {
		p.Alive[i] = 1
	}
	for i := range p.Mask {
		if p.Mask[i] == 0 {
			p.W[i] = 0
		}
	}
}

func (p *Param) uniform(st *rng.Stream, r float32) {
	for i := range p.W {
		p.W[i] = float32(r * (float32(2*f32.Uniform(st.Uint64())) - 1))
	}
}

func (p *Param) gauss(st *rng.Stream, sd float32) {
	for i := 0; i < len(p.W); i += 2 {
		a, b := f32.Normal(st.Uint64())
		p.W[i] = float32(sd * a)
		if i+1 < len(p.W) {
			p.W[i+1] = float32(sd * b)
		}
	}
}
