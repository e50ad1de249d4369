package model

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// kind is what a layer's line looks like, and how it joins a net.
type kind struct {
	args  int
	wants string // what the arguments are
	keys  string
	build func(b *builder, l layer, x *nn.Value) (*nn.Value, error)
}

var kinds = map[string]kind{
	"dense":      {1, "its number of units", "act bias init table", buildDense},
	"conv":       {2, "its number of maps and the size of its kernels, as in 12 5x5", "act bias init stride pad dilate groups biases table", buildConv},
	"pool":       {2, "max, mean or trained, and the size of its windows, as in max 2x2", "act stride pad", buildPool},
	"pad":        {1, "how many cells its border has", "value", buildPad},
	"wander":     {1, "how many cells it is moved at most", "value", buildWander},
	"act":        {1, "an activation", "", buildAct},
	"norm":       {1, "batch or layer", "act", buildNorm},
	"lrn":        {1, "how many neighbouring maps count, an odd number", "k alpha beta", buildResponse},
	"dropout":    {1, "the share that is dropped", "", buildDropout},
	"add":        {1, "the name of the layer that is added", "act skip", buildAdd},
	"shortcut":   {2, "its number of maps and its stride", "", buildShortcut},
	"recurrent":  {1, "its number of units", "act bias init loop learn", buildRecurrent},
	"lstm":       {1, "its number of units", "bias init loop forget", buildLSTM},
	"codes":      {1, "the name of a set of codes", "", buildCodes},
	"last":       {0, "nothing", "", buildLast},
	"one-hot":    {1, "the number of places", "", buildOneHot},
	"powers":     {1, "the highest power", "", buildPowers},
	"features":   {1, "functions of x1 and x2 joined by commas", "", buildFeatures},
	"global-avg": {0, "nothing", "", buildGlobal},
}

func kindNames() []string {
	return slices.Sorted(maps.Keys(kinds))
}

// builder adds the layers of a spec to a net.
type builder struct {
	reader
	n      *nn.Net
	values map[string]*nn.Value
}

// numbersMax bounds a layer's numbers for one example, and a net's weights.
const numbersMax = 1 << 27

func (b *builder) fits(x *nn.Value) error {
	total := 0
	for _, p := range b.n.Params {
		total += p.Count()
	}
	if x.Size*x.Steps > numbersMax || total > numbersMax {
		return b.errorf("%s is too large: at most %d numbers for an example, and as many weights, fit", x.Name, numbersMax)
	}
	return nil
}

func (b *builder) join(l layer, x *nn.Value) (*nn.Value, error) {
	b.line = l.line
	if from, ok := l.opts["from"]; ok {
		if x = b.values[from]; x == nil {
			return nil, b.unknown(from)
		}
	}
	y, err := kinds[l.kind].build(b, l, x)
	if err != nil {
		return nil, err
	}
	b.values[l.name] = y
	return y, nil
}

func (b *builder) unknown(name string) error {
	return b.errorf("%s", sim.Unknown("no earlier layer is called", name, slices.Sorted(maps.Keys(b.values))))
}

// count reads an argument that is a whole number from 1.
func (b *builder) count(l layer, i int) (int, error) {
	v, err := strconv.Atoi(l.args[i])
	if err != nil || v < 1 || v > 1<<20 {
		return 0, b.errorf("%s %s is followed by %s, not %q", l.kind, l.name, l.wants, l.args[i])
	}
	return v, nil
}

// preset is the law of initial weights where none is named.
var preset = nn.Init{Law: nn.Glorot, Value: 1}

// common are the settings that most layers share.
func (b *builder) common(l layer) (act kernel.Act, init, bias nn.Init, err error) {
	if act, err = b.act(l); err == nil {
		init, err = b.init(l, "init", preset)
	}
	if err == nil && l.opts["bias"] != "no" {
		bias, err = b.init(l, "bias", nn.Init{})
	}
	return act, init, bias, err
}

func buildDense(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	units, err := b.count(l, 0)
	if err != nil {
		return nil, err
	}
	act, init, bias, err := b.common(l)
	if err != nil {
		return nil, err
	}
	d := nn.Dense{Units: units, Act: act, NoBias: l.opts["bias"] == "no", Init: init, Bias: bias}
	if word := l.opts["table"]; word != "" {
		if d.Table, err = b.table(word, units, x.Size); err != nil {
			return nil, err
		}
	}
	return b.n.Dense(l.name, x, d), nil
}

// pair reads a number, or two joined by x, from an option.
func (b *builder) pair(l layer, key string, preset, lo int) (y, x int, err error) {
	word, ok := l.opts[key]
	if !ok {
		return preset, preset, nil
	}
	return b.two(key, word, lo)
}

func (b *builder) two(what, word string, lo int) (y, x int, err error) {
	first, second, both := strings.Cut(word, "x")
	y, err = strconv.Atoi(first)
	x = y
	if both && err == nil {
		x, err = strconv.Atoi(second)
	}
	if err != nil || y < lo || x < lo || y > 1<<12 || x > 1<<12 {
		return 0, 0, b.errorf("%s is a whole number from %d, or two joined by x, as in 5x5, not %q", what, lo, word)
	}
	return y, x, nil
}

func buildConv(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	act, init, bias, err := b.common(l)
	c := nn.Conv{Act: act, Init: init, Bias: bias}
	if err == nil {
		c.Maps, err = b.count(l, 0)
	}
	if err == nil {
		c.KH, c.KW, err = b.two("the size of a kernel", l.args[1], 1)
	}
	if err == nil {
		c.StrideY, c.StrideX, err = b.pair(l, "stride", 1, 1)
	}
	if err == nil {
		c.PadY, c.PadX, err = b.pair(l, "pad", 0, 0)
	}
	if err == nil {
		c.DilateY, c.DilateX, err = b.pair(l, "dilate", 1, 1)
	}
	if err == nil {
		c.Groups, err = b.whole(l, "groups", 1, 1, 1<<12)
	}
	if err == nil {
		c.Biases, err = b.biases(l)
	}
	if err == nil && l.opts["table"] != "" {
		c.Table, err = b.table(l.opts["table"], c.Maps, x.Shape[0])
	}
	if err == nil && len(x.Shape) == 3 && (x.Shape[0]%c.Groups != 0 || c.Maps%c.Groups != 0) {
		err = b.errorf("%d groups do not divide %d maps of the input and %d of the layer", c.Groups, x.Shape[0], c.Maps)
	}
	if err != nil {
		return nil, err
	}
	return b.n.Conv(l.name, x, c), nil
}

func (b *builder) biases(l layer) (nn.Biases, error) {
	word := l.opts["biases"]
	switch {
	case l.opts["bias"] == "no":
		return nn.NoBias, nil
	case word == "" || word == "map":
		return nn.PerMap, nil
	case word == "unit":
		return nn.PerUnit, nil
	}
	return 0, b.errorf("biases is map or unit, not %q", word)
}

// table reads the input maps of each map, or the inputs of each unit: lists parted by /, numbers and ranges
// from 0 joined by commas, as in 0-7/4-11/0-3,8-11. A list with * and a number
// stands for so many maps: 0-7*4.
func (b *builder) table(word string, maps, inputs int) ([][]int, error) {
	var table [][]int
	for _, list := range strings.Split(word, "/") {
		list, times, repeated := strings.Cut(list, "*")
		count := 1
		if repeated {
			var err error
			if count, err = strconv.Atoi(times); err != nil || count < 1 || count > maps {
				return nil, b.errorf("table: %q is no number of maps", times)
			}
		}
		seen, err := b.seen(list, inputs)
		if err != nil {
			return nil, err
		}
		for range count {
			table = append(table, seen)
		}
	}
	if len(table) != maps {
		return nil, b.errorf("table has %d lists for %d maps", len(table), maps)
	}
	return table, nil
}

func (b *builder) seen(list string, inputs int) ([]int, error) {
	var seen []int
	for _, part := range strings.Split(list, ",") {
		first, end, isRange := strings.Cut(part, "-")
		if !isRange {
			end = first
		}
		lo, err := strconv.Atoi(first)
		hi, err2 := strconv.Atoi(end)
		if err != nil || err2 != nil || lo < 0 || hi < lo || hi >= inputs {
			return nil, b.errorf("table: %q is no map of the input, nor a range of them: they are 0..%d", part, inputs-1)
		}
		for i := lo; i <= hi; i++ {
			seen = append(seen, i)
		}
	}
	return seen, nil
}

func buildPool(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	act, err := b.act(l)
	p := nn.Pool{}
	if err == nil {
		p.KH, p.KW, err = b.two("the size of a window", l.args[1], 1)
	}
	if err == nil {
		p.StrideY, p.StrideX, err = b.pair(l, "stride", 0, 1)
	}
	if err == nil {
		p.PadY, p.PadX, err = b.pair(l, "pad", 0, 0)
	}
	if err == nil {
		_, err = b.place("no pooling is called", l.args[0], []string{"max", "mean", "trained"})
	}
	if err != nil {
		return nil, err
	}
	p.Average = l.args[0] != "max"
	if l.args[0] == "trained" {
		mean := b.n.Pool(l.name+"-mean", x, p)
		return b.n.Scale(l.name, mean, act, nn.Init{Law: nn.Constant, Value: 1}, nn.Init{}), nil
	}
	if act == kernel.Identity {
		return b.n.Pool(l.name, x, p), nil
	}
	return b.n.Activate(l.name, b.n.Pool(l.name+"-pool", x, p), act), nil
}

func buildGlobal(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	if len(x.Shape) != 3 {
		return nil, b.errorf("global-avg sees maps x height x width")
	}
	return b.n.Pool(l.name, x, nn.Pool{KH: x.Shape[1], KW: x.Shape[2], Average: true}), nil
}

func buildPad(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	border, err := b.count(l, 0)
	if err != nil {
		return nil, err
	}
	value, err := b.real(l, "value", 0)
	if err != nil {
		return nil, err
	}
	return b.n.Pad(l.name, x, border, value), nil
}

func buildWander(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	reach, err := b.count(l, 0)
	if err != nil {
		return nil, err
	}
	value, err := b.real(l, "value", 0)
	if err != nil {
		return nil, err
	}
	return b.n.Wander(l.name, x, reach, value), nil
}

func buildAct(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	i, err := b.place("no activation is called", l.args[0], ActNames)
	if err != nil {
		return nil, err
	}
	return b.n.Activate(l.name, x, acts[i]), nil
}

func buildNorm(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	act, err := b.act(l)
	if err != nil {
		return nil, err
	}
	switch l.args[0] {
	case "batch":
		return b.n.BatchNorm(l.name, x, act), nil
	case "layer":
		return b.n.LayerNorm(l.name, x, act), nil
	}
	return nil, b.errorf("norm %s is batch or layer, not %q", l.name, l.args[0])
}

// buildResponse is local response normalisation, by default as AlexNet has it.
func buildResponse(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	span, err := strconv.Atoi(l.args[0])
	if err != nil || span < 1 || span%2 == 0 {
		return nil, b.errorf("lrn %s counts an odd number of maps, not %q", l.name, l.args[0])
	}
	if len(x.Shape) != 3 || x.Steps != 1 {
		return nil, b.errorf("lrn %s sees maps x height x width", l.name)
	}
	r := nn.Response{Span: span, K: 2, Alpha: 1e-4, Beta: 0.75}
	for _, f := range []struct {
		key string
		to  *float32
	}{{"k", &r.K}, {"alpha", &r.Alpha}, {"beta", &r.Beta}} {
		if err == nil {
			*f.to, err = b.real(l, f.key, *f.to)
		}
	}
	if err == nil && !(r.K > 0 && r.Alpha >= 0 && r.Beta >= 0) {
		err = b.errorf("lrn %s: k is above 0, alpha and beta are not below it", l.name)
	}
	if err != nil {
		return nil, err
	}
	return b.n.LocalResponse(l.name, x, r), nil
}

func buildDropout(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	rate, err := strconv.ParseFloat(l.args[0], 32)
	if err != nil || !(rate >= 0 && rate < 1) {
		return nil, b.errorf("dropout %s is followed by a share from 0 and below 1, not %q", l.name, l.args[0])
	}
	return b.n.Dropout(l.name, x, float32(rate)), nil
}

func buildAdd(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	act, err := b.act(l)
	if err != nil {
		return nil, err
	}
	other := b.values[l.args[0]]
	if other == nil {
		return nil, b.unknown(l.args[0])
	}
	if other.Size != x.Size || other.Steps != x.Steps {
		return nil, b.errorf("%s has %v numbers, %s %v: what is added is of equal size", other.Name, other.Shape, x.Name, x.Shape)
	}
	switch l.opts["skip"] {
	case "", "yes":
		return b.n.Add(l.name, other, x, act), nil
	case "no":
		return b.n.Plain(l.name, other, x, act), nil
	}
	return nil, b.errorf("skip is yes or no, not %q", l.opts["skip"])
}

func buildShortcut(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	maps, err := b.count(l, 0)
	if err != nil {
		return nil, err
	}
	stride, err := b.count(l, 1)
	if err != nil {
		return nil, err
	}
	return b.n.Shortcut(l.name, x, maps, stride), nil
}

func buildRecurrent(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	units, err := b.count(l, 0)
	if err != nil {
		return nil, err
	}
	act, init, bias, err := b.common(l)
	if err != nil {
		return nil, err
	}
	if l.opts["act"] == "" {
		act = kernel.Tanh
	}
	loop, err := b.init(l, "loop", init)
	if err != nil {
		return nil, err
	}
	layer := nn.Recurrent{Units: units, Act: act, Init: init, Loop: loop, Bias: bias}
	switch l.opts["learn"] {
	case "", "through-time":
		return b.n.Recurrent(l.name, x, layer), nil
	case "real-time":
		return b.n.RealTime(l.name, x, layer), nil
	}
	return nil, b.errorf("learn is through-time or real-time, not %q", l.opts["learn"])
}

func buildLSTM(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	units, err := b.count(l, 0)
	if err != nil {
		return nil, err
	}
	_, init, bias, err := b.common(l)
	if err != nil {
		return nil, err
	}
	loop, err := b.init(l, "loop", init)
	if err != nil {
		return nil, err
	}
	forget, err := b.real(l, "forget", 1)
	if err != nil {
		return nil, err
	}
	return b.n.LSTM(l.name, x, nn.LSTM{Units: units, Forget: forget, Init: init, Loop: loop, Bias: bias}), nil
}

func buildLast(b *builder, l layer, x *nn.Value) (*nn.Value, error) { return b.n.Last(l.name, x), nil }

func buildOneHot(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	places, err := b.count(l, 0)
	if err != nil {
		return nil, err
	}
	return b.n.OneHot(l.name, x, places), nil
}

func buildPowers(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	top, err := b.count(l, 0)
	if err != nil {
		return nil, err
	}
	return b.n.Powers(l.name, x, top), nil
}

func buildFeatures(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	var list []int
	for _, word := range strings.Split(l.args[0], ",") {
		i, err := b.place("no function of x1 and x2 is called", word, nn.FeatureNames)
		if err != nil {
			return nil, err
		}
		list = append(list, i)
	}
	return b.n.Features(l.name, x, list), nil
}
