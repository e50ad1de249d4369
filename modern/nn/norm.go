package nn

import (
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/sim/rng"
)

// normEpsilon is added to a variance before its root is taken (Ioffe and
// Szegedy 2015 leave it open; 1e-5 is the custom).
const normEpsilon = 1e-5

// normMomentum is how much of a batch's mean and variance goes into the
// running averages that testing uses (assumed: the custom of 0.1).
const normMomentum = 0.1

// BatchNorm adds y = act(gain z + offset), z = (x - mean) / sqrt(variance +
// 1e-5), with mean and variance over the batch, map by map where x has maps,
// else unit by unit; when not training, over the running averages.
func (n *Net) BatchNorm(name string, x *Value, act kernel.Act) *Value {
	op := &batchNorm{base: base{name, n}, x: x, act: act, count: x.Shape[0], area: x.Size / x.Shape[0]}
	op.gain = n.param(Param{Name: name + "-gain", Shape: []int{op.count}, Bias: true, Init: Init{Constant, 1}})
	op.offset = n.param(Param{Name: name + "-offset", Shape: []int{op.count}, Bias: true})
	op.runMean = n.param(Param{Name: name + "-mean", Shape: []int{op.count}, Fixed: true, Bias: true})
	op.runVar = n.param(Param{Name: name + "-var", Shape: []int{op.count}, Fixed: true, Bias: true, Init: Init{Constant, 1}})
	op.y = n.value(name, x.Shape, x.Steps, true)
	room := x.Size * x.Steps * n.Batch
	for _, v := range []*[]float32{&op.mean, &op.variance, &op.inverse, &op.one, &op.zero, &op.slope} {
		n.take(v, op.count)
	}
	n.take(&op.z, room)
	n.take(&op.sum, room)
	n.need(room)
	n.add(op)
	return op.y
}

type batchNorm struct {
	base
	x, y            *Value
	act             kernel.Act
	count, area     int
	gain, offset    *Param
	runMean, runVar *Param
	mean, variance  []float32
	inverse         []float32
	one, zero       []float32
	slope           []float32
	z, sum          []float32 // normalised; before the activation
	firstX          bool
}

func (op *batchNorm) start(rng.Source) {
	for i := range op.one {
		op.one[i] = 1
	}
}

func (op *batchNorm) plan(*Net) {
	op.gain.claim()
	op.offset.claim()
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *batchNorm) Parts(back bool) []Part {
	if !back {
		return []Part{
			{Writes: op.name + "-mean", Rule: "mean and variance of x over the batch", Out: func() []float32 { return op.mean }},
			{Writes: op.y.Name, Rule: "y = " + actRule(op.act, "gain (x - mean) / sqrt(var + e) + offset"), Out: func() []float32 { return op.n.data(op.y) }},
		}
	}
	parts := []Part{
		{Writes: op.y.Name + "-grad", Rule: "dz = dy " + op.act.String() + "'(z)", Out: func() []float32 { return op.n.grad(op.y) }},
		{Writes: op.gain.Name + "-grad", Rule: "dgain = sum of dz z", Out: func() []float32 { return op.gain.G }, Param: op.gain},
		{Writes: op.offset.Name + "-grad", Rule: "doffset = sum of dz", Out: func() []float32 { return op.offset.G }, Param: op.offset},
	}
	if op.x.needs {
		parts = append(parts, Part{Writes: op.x.Name + "-grad", Rule: "dx through mean and variance", Out: func() []float32 { return op.n.grad(op.x) }})
	}
	return parts
}

func (op *batchNorm) Run(back bool, part int) {
	rows := op.n.rows(op.x)
	switch {
	case !back && part == 0:
		op.moments(rows)
	case !back:
		op.forward(rows)
	case part == 0:
		dy := op.n.grad(op.y)
		kernel.ActivateGrad(op.act, dy, dy, op.sum[:len(dy)], op.n.data(op.y))
	case part == 1:
		kernel.ChannelDots(op.gain.G, op.n.grad(op.y), op.z, rows, op.count, op.area)
	case part == 2:
		kernel.ChannelSums(op.offset.G, op.n.grad(op.y), rows, op.count, op.area)
	default:
		op.backInput(rows)
	}
}

func (op *batchNorm) moments(rows int) {
	if !op.n.Training {
		copy(op.mean, op.runMean.W)
		copy(op.variance, op.runVar.W)
	} else {
		kernel.ChannelMoments(op.mean, op.variance, op.n.data(op.x), rows, op.count, op.area)
		for c := range op.mean {
			op.runMean.W[c] = f32.FMA(normMomentum, op.mean[c]-op.runMean.W[c], op.runMean.W[c])
			op.runVar.W[c] = f32.FMA(normMomentum, op.variance[c]-op.runVar.W[c], op.runVar.W[c])
		}
	}
	for c, v := range op.variance {
		op.inverse[c] = 1 / f32.Sqrt(v+normEpsilon)
	}
}

func (op *batchNorm) forward(rows int) {
	y := op.n.data(op.y)
	z, sum := op.z[:len(y)], op.sum[:len(y)]
	kernel.NormalizeChannels(z, op.n.data(op.x), op.mean, op.inverse, op.one, op.zero, rows, op.count, op.area)
	kernel.NormalizeChannels(sum, z, op.zero, op.one, op.gain.W, op.offset.W, rows, op.count, op.area)
	kernel.Activate(op.act, y, sum)
}

// backInput is dx = inverse * gain * (dz - mean(dz) - z mean(dz z)), the means
// over the batch; when not training, where they are constants, inverse * gain *
// dz.
func (op *batchNorm) backInput(rows int) {
	dz, dx := op.n.grad(op.y), op.n.grad(op.x)
	to := dx
	if !op.firstX {
		to = op.n.scratch[:len(dx)]
	}
	over := float32(rows * op.area)
	for c := range op.slope {
		op.slope[c] = op.gain.G[c] / over
	}
	if !op.n.Training {
		clear(op.slope)
	}
	for r := range rows {
		for c := range op.count {
			at := (r*op.count + c) * op.area
			scale := float32(op.inverse[c] * op.gain.W[c])
			mean := op.offset.G[c] / over
			if !op.n.Training {
				mean = 0
			}
			if op.area == 1 {
				to[at] = float32(scale * f32.FMA(-op.slope[c], op.z[at], dz[at]-mean))
				continue
			}
			end := at + op.area
			kernel.NormalizeGrad(to[at:end], dz[at:end], op.z[at:end], mean, op.slope[c], scale)
		}
	}
	if !op.firstX {
		kernel.Add(dx, dx, to)
	}
}

// LayerNorm adds y = act(gain z + offset) with mean and variance over the units
// of each row (Ba, Kiros, Hinton 2016).
func (n *Net) LayerNorm(name string, x *Value, act kernel.Act) *Value {
	op := &layerNorm{base: base{name, n}, x: x, act: act}
	op.gain = n.param(Param{Name: name + "-gain", Shape: []int{x.Size}, Bias: true, Init: Init{Constant, 1}})
	op.offset = n.param(Param{Name: name + "-offset", Shape: []int{x.Size}, Bias: true})
	op.y = n.value(name, x.Shape, x.Steps, true)
	room := x.Size * x.Steps * n.Batch
	for _, v := range []*[]float32{&op.mean, &op.variance, &op.inverse} {
		n.take(v, x.Steps*n.Batch)
	}
	n.take(&op.z, room)
	n.take(&op.sum, room)
	n.take(&op.g, x.Size)
	n.take(&op.one, x.Size)
	n.take(&op.zero, x.Size)
	n.add(op)
	return op.y
}

type layerNorm struct {
	base
	x, y           *Value
	act            kernel.Act
	gain, offset   *Param
	mean, variance []float32
	inverse        []float32
	z, sum, g      []float32
	one, zero      []float32
	firstX         bool
}

func (op *layerNorm) start(rng.Source) {
	for i := range op.one {
		op.one[i] = 1
	}
}

func (op *layerNorm) plan(*Net) {
	op.gain.claim()
	op.offset.claim()
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *layerNorm) Parts(back bool) []Part {
	if !back {
		return []Part{{Writes: op.y.Name, Rule: "y = " + actRule(op.act, "gain (x - mean) / sqrt(var + e) + offset"), Out: func() []float32 { return op.n.data(op.y) }}}
	}
	parts := []Part{
		{Writes: op.y.Name + "-grad", Rule: "dz = dy " + op.act.String() + "'(z)", Out: func() []float32 { return op.n.grad(op.y) }},
		{Writes: op.gain.Name + "-grad", Rule: "dgain = sum of dz z", Out: func() []float32 { return op.gain.G }, Param: op.gain},
		{Writes: op.offset.Name + "-grad", Rule: "doffset = sum of dz", Out: func() []float32 { return op.offset.G }, Param: op.offset},
	}
	if op.x.needs {
		parts = append(parts, Part{Writes: op.x.Name + "-grad", Rule: "dx through mean and variance", Out: func() []float32 { return op.n.grad(op.x) }})
	}
	return parts
}

func (op *layerNorm) Run(back bool, part int) {
	rows, w := op.n.rows(op.x), op.x.Size
	y := op.n.data(op.y)
	z, sum := op.z[:len(y)], op.sum[:len(y)]
	switch {
	case !back:
		kernel.RowMoments(op.mean, op.variance, op.n.data(op.x), rows, w)
		for r := range rows {
			op.inverse[r] = 1 / f32.Sqrt(op.variance[r]+normEpsilon)
		}
		kernel.NormalizeRows(z, op.n.data(op.x), op.mean, op.inverse, op.one, op.zero, rows, w)
		kernel.NormalizeChannels(sum, z, op.zero, op.one, op.gain.W, op.offset.W, rows, w, 1)
		kernel.Activate(op.act, y, sum)
	case part == 0:
		dy := op.n.grad(op.y)
		kernel.ActivateGrad(op.act, dy, dy, sum, y)
	case part == 1:
		kernel.ChannelDots(op.gain.G, op.n.grad(op.y), z, rows, w, 1)
	case part == 2:
		kernel.ChannelSums(op.offset.G, op.n.grad(op.y), rows, w, 1)
	default:
		op.backInput(rows, w)
	}
}

func (op *layerNorm) backInput(rows, w int) {
	dz, dx := op.n.grad(op.y), op.n.grad(op.x)
	for r := range rows {
		at, end := r*w, r*w+w
		kernel.Mul(op.g, dz[at:end], op.gain.W)
		mean := kernel.Sum(op.g) / float32(w)
		slope := kernel.Dot(op.g, op.z[at:end]) / float32(w)
		kernel.NormalizeGrad(op.g, op.g, op.z[at:end], mean, slope, op.inverse[r])
		addTo(dx[at:end], op.g, op.firstX)
	}
}

// Dropout drops each number of x with that probability while training, and
// divides the others by what is left (Srivastava and others 2014, inverted), so
// that testing drops nothing.
func (n *Net) Dropout(name string, x *Value, rate float32) *Value {
	op := &dropout{base: base{name, n}, x: x, keep: 1 - rate}
	op.y = n.value(name, x.Shape, x.Steps, x.needs)
	n.take(&op.mask, x.Size*x.Steps*n.Batch)
	n.need(x.Size * x.Steps * n.Batch)
	n.add(op)
	return op.y
}

type dropout struct {
	base
	x, y   *Value
	keep   float32
	mask   []float32
	stream rng.Stream
	firstX bool
}

func (op *dropout) start(s rng.Source) { op.stream = s.Stream("nn." + op.name) }

func (op *dropout) streams() []*rng.Stream { return []*rng.Stream{&op.stream} }

// drawing is an operation that draws random numbers while it runs.
type drawing interface{ streams() []*rng.Stream }

// Streams lists the random streams of n, in a fixed order: part of its state.
func (n *Net) Streams() []*rng.Stream {
	var list []*rng.Stream
	for _, op := range n.ops {
		if d, ok := op.(drawing); ok {
			list = append(list, d.streams()...)
		}
	}
	return list
}

func (op *dropout) plan(*Net) {
	if op.x.needs {
		op.firstX = op.x.claim()
	}
}

func (op *dropout) Parts(back bool) []Part {
	switch {
	case !back:
		return []Part{{Writes: op.y.Name, Rule: "y = x m / keep, m drawn", Out: func() []float32 { return op.n.data(op.y) }}}
	case op.x.needs:
		return []Part{{Writes: op.x.Name + "-grad", Rule: "dx = dy m / keep", Out: func() []float32 { return op.n.grad(op.x) }}}
	}
	return nil
}

func (op *dropout) Run(back bool, _ int) {
	if back {
		dx := op.n.grad(op.x)
		s := op.n.scratch[:len(dx)]
		kernel.Mul(s, op.n.grad(op.y), op.mask[:len(dx)])
		addTo(dx, s, op.firstX)
		return
	}
	y := op.n.data(op.y)
	mask := op.mask[:len(y)]
	for i := range mask {
		mask[i] = 1
		if op.n.Training {
			mask[i] = 0
			if f32.Uniform(op.stream.Uint64()) < op.keep {
				mask[i] = 1 / op.keep
			}
		}
	}
	kernel.Mul(y, op.n.data(op.x), mask)
}
