package model

import (
	"strings"

	"perceptarium/modern/nn"
)

// Build makes the net with room for that many examples. With share it is a twin
// that shares the parameters of that net.
func (s *Spec) Build(batch int, share *nn.Net) (*nn.Net, error) {
	net, err := s.Plan(batch, share)
	if err == nil {
		net.Finish()
	}
	return net, err
}

// Inward makes a twin of share for one example, whose backward pass goes on to
// the input.
func (s *Spec) Inward(share *nn.Net) (*nn.Net, error) {
	n := share.Twin(1)
	n.Inward = true
	net, err := s.plan(n, true)
	if err == nil {
		net.Finish()
	}
	return net, err
}

// Plan is Build without taking memory: enough to count with.
func (s *Spec) Plan(batch int, share *nn.Net) (*nn.Net, error) {
	if share == nil {
		return s.plan(nn.New(batch), false)
	}
	return s.plan(share.Twin(batch), true)
}

// plan adds the layers to an empty net.
func (s *Spec) plan(n *nn.Net, twin bool) (net *nn.Net, err error) {
	b := &builder{reader: reader{spec: s}, n: n, values: map[string]*nn.Value{}}
	defer func() {
		if r := recover(); r != nil {
			text, ok := r.(string)
			if !ok || !strings.HasPrefix(text, "nn: ") {
				panic(r)
			}
			net, err = nil, b.errorf("%s", strings.TrimPrefix(text, "nn: "))
		}
	}()
	x := b.n.Input("input", s.Shape, s.Steps)
	b.values["input"] = x
	for _, l := range s.layers {
		if x, err = b.join(l, x); err != nil {
			return nil, err
		}
		if err := b.fits(x); err != nil {
			return nil, err
		}
	}
	b.n.Loss("loss", x, s.Loss)
	if !twin {
		b.n.Optimize(s.Method, s.Set)
	}
	return b.n, nil
}
