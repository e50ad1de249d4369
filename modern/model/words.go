package model

import (
	"strconv"
	"strings"

	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// place returns where word stands in names.
func (r *reader) place(what, word string, names []string) (int, error) {
	for i, n := range names {
		if n == word {
			return i, nil
		}
	}
	return 0, r.errorf("%s", sim.Unknown(what, word, names))
}

// ActNames are the activations as a net's text writes them.
var ActNames = []string{"identity", "relu", "step", "logistic", "tanh", "lecun-tanh", "elu", "swish"}

var acts = []kernel.Act{kernel.Identity, kernel.ReLU, kernel.Step, kernel.Logistic, kernel.Tanh, kernel.LeCunTanh, kernel.ELU, kernel.Swish}

func (r *reader) act(l layer) (kernel.Act, error) {
	word, ok := l.opts["act"]
	if !ok {
		return kernel.Identity, nil
	}
	i, err := r.place("no activation is called", word, ActNames)
	return acts[i], err
}

// init reads LAW:NUMBER, or a number alone, which is a constant.
func (r *reader) init(l layer, key string, preset nn.Init) (nn.Init, error) {
	word, ok := l.opts[key]
	if !ok {
		return preset, nil
	}
	if v, err := strconv.ParseFloat(word, 32); err == nil && v-v == 0 {
		return nn.Init{Law: nn.Constant, Value: float32(v)}, nil
	}
	name, number, given := strings.Cut(word, ":")
	i, err := r.place("no law of initial numbers is called", name, nn.LawNames[:])
	if err != nil {
		return nn.Init{}, err
	}
	value := 1.0
	if given {
		if value, err = strconv.ParseFloat(number, 32); err != nil || value-value != 0 {
			return nn.Init{}, r.errorf("%s ends in a number, as in uniform:0.5, not %q", key, word)
		}
	}
	return nn.Init{Law: nn.Law(i), Value: float32(value)}, nil
}

const lossKeys = "factor low high margin tolerance rubbish sum slide"

func (r *reader) loss(l layer) (err error) {
	if err := r.known(l, strings.Fields(lossKeys)); err != nil {
		return err
	}
	if len(l.args) != 1 {
		return r.errorf("loss is followed by one of %s", strings.Join(nn.LossNames[:], ", "))
	}
	i, err := r.place("no loss is called", l.args[0], nn.LossNames[:])
	s := &r.spec.Loss
	s.Kind = nn.LossKind(i)
	for _, f := range []struct {
		key string
		to  *float32
	}{{"factor", &s.Factor}, {"low", &s.Low}, {"high", &s.High}, {"margin", &s.Margin}, {"tolerance", &s.Tolerance}, {"rubbish", &s.Rubbish}} {
		if err == nil {
			*f.to, err = r.real(l, f.key, *f.to)
		}
	}
	if err == nil {
		s.Sum, err = r.yes(l, "sum")
	}
	if err == nil {
		s.Uphill, err = r.yes(l, "slide")
	}
	return err
}

func (r *reader) yes(l layer, key string) (bool, error) {
	switch l.opts[key] {
	case "", "no":
		return false, nil
	case "yes":
		return true, nil
	}
	return false, r.errorf("%s is yes or no, not %q", key, l.opts[key])
}

// Orders are the orders of the examples in a pass; drawn is with replacement.
var Orders = []string{"constant", "shuffled", "drawn"}

const trainKeys = "rate momentum beta1 beta2 epsilon decay shrink l1 clip batch order carry"

func (r *reader) train(l layer) error {
	if err := r.known(l, strings.Fields(trainKeys)); err != nil {
		return err
	}
	if len(l.args) != 1 {
		return r.errorf("train is followed by one of %s", strings.Join(nn.MethodNames[:], ", "))
	}
	i, err := r.place("no method is called", l.args[0], nn.MethodNames[:])
	r.spec.Method = nn.Method(i)
	s := &r.spec.Set
	for _, f := range []struct {
		key string
		to  *float32
	}{{"momentum", &s.Mu}, {"beta1", &s.Beta1}, {"beta2", &s.Beta2}, {"epsilon", &s.Epsilon}, {"decay", &s.Decay}, {"shrink", &s.Shrink}, {"l1", &s.L1}, {"clip", &s.Clip}} {
		if err == nil {
			*f.to, err = r.real(l, f.key, *f.to)
		}
	}
	if err == nil {
		r.spec.Batch, err = r.whole(l, "batch", 1, 1, 1<<16)
	}
	if err == nil {
		err = r.rates(l)
	}
	if order, ok := l.opts["order"]; ok && err == nil {
		_, err = r.place("no order is called", order, Orders)
		r.spec.Order = order
	}
	if word, ok := l.opts["carry"]; ok && err == nil {
		var i int
		i, err = r.place("carry is yes or no, not", word, []string{"no", "yes"})
		r.spec.Carry = i == 1
	}
	return err
}

// rates reads RATE, or RATE@PASS joined by commas: 0.1@0,0.01@10.
func (r *reader) rates(l layer) error {
	word, ok := l.opts["rate"]
	if !ok {
		return nil
	}
	r.spec.Rates = nil
	for i, part := range strings.Split(word, ",") {
		number, pass, later := strings.Cut(part, "@")
		v, err := strconv.ParseFloat(number, 32)
		at := 0
		if later && err == nil {
			at, err = strconv.Atoi(pass)
		}
		if err != nil || v-v != 0 || (i == 0) != (at == 0) || i > 0 && at <= r.spec.Rates[i-1].Pass {
			return r.errorf("rate is a number, or numbers with the pass from which they hold, as in 0.1,0.01@10, not %q", word)
		}
		r.spec.Rates = append(r.spec.Rates, Rate{at, float32(v)})
	}
	return nil
}

// RateAt is the learning rate of a pass.
func (s *Spec) RateAt(pass int) float32 {
	rate := s.Rates[0].Rate
	for _, r := range s.Rates {
		if r.Pass <= pass {
			rate = r.Rate
		}
	}
	return rate
}
