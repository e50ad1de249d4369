package kernel

// Conv is the shape of a convolution. Pictures are [Batch][channels][height]
// [width]; weights are [OutC][InC/Groups][KH][KW]. A one-dimensional
// convolution has InH, KH and StrideY 1. Strides, dilations and Groups of 0
// mean 1.
type Conv struct {
	Batch            int
	InC, InH, InW    int
	OutC, KH, KW     int
	StrideY, StrideX int
	PadY, PadX       int
	DilateY, DilateX int
	Groups           int
}

// OutH is the height of the result.
func (c Conv) OutH() int { return extent(c.InH, c.KH, c.StrideY, c.PadY, c.DilateY) }

// OutW is the width of the result.
func (c Conv) OutW() int { return extent(c.InW, c.KW, c.StrideX, c.PadX, c.DilateX) }

func extent(in, kernel, stride, pad, dilate int) int {
	reach := (kernel-1)*max(dilate, 1) + 1
	if in+2*pad < reach {
		return 0
	}
	return (in+2*pad-reach)/max(stride, 1) + 1
}

// conv is a Conv with its defaults filled in and its derived sizes.
type conv struct {
	Conv
	outH, outW int
	inG, outG  int // channels of a group
	taps       int // terms of one sum: inG*KH*KW
}

func (c Conv) resolve() conv {
	for _, p := range []*int{&c.StrideY, &c.StrideX, &c.DilateY, &c.DilateX, &c.Groups} {
		if *p < 0 {
			panic("kernel: negative stride, dilation or groups")
		}
		*p = max(*p, 1)
	}
	if min(c.Batch, c.InC, c.InH, c.InW, c.OutC, c.PadY, c.PadX) < 0 || min(c.KH, c.KW) < 1 {
		panic("kernel: negative size of a convolution, or a kernel without taps")
	}
	if c.InC%c.Groups != 0 || c.OutC%c.Groups != 0 {
		panic("kernel: channels are no multiple of the groups")
	}
	r := conv{Conv: c, outH: c.OutH(), outW: c.OutW(), inG: c.InC / c.Groups, outG: c.OutC / c.Groups}
	r.taps = r.inG * c.KH * c.KW
	return r
}

// check trims x, y and w to their shapes and panics where one is too short.
func (c *conv) check(x, y, w *[]float32) {
	*x = checkRows(*x, c.Batch*c.InC, c.InH*c.InW)
	*y = checkRows(*y, c.Batch*c.OutC, c.outH*c.outW)
	*w = checkRows(*w, c.OutC, c.taps)
}

// ConvForward convolves x with w into y.
//
//	for each picture b, output channel o and place (oy, ox) {
//		sum := bias[o]
//		for i := range InC/Groups { for ky := range KH { for kx := range KW {
//			sum = f32.FMA(w[o][i][ky][kx], x[b][first+i][oy*StrideY+ky*DilateY-PadY][ox*StrideX+kx*DilateX-PadX], sum)
//		}}}
//		y[b][o][oy][ox] = act(sum)
//	}
//
// first is the first input channel of o's group. Beyond the border x is +0 and
// takes part. bias is [OutC]; nil is +0. It panics if the shape is impossible,
// a slice is too short, or y overlaps another operand.
func ConvForward(shape Conv, y, x, w, bias []float32, act Act) {
	c := shape.resolve()
	c.check(&x, &y, &w)
	if bias != nil {
		bias = checkRows(bias, c.OutC, 1)
	}
	if act >= acts {
		panic("kernel: unknown activation")
	}
	if overlap(y, x) || overlap(y, w) || overlap(y, bias) {
		panic("kernel: y overlaps another operand")
	}
	if len(y) > 0 {
		convForward(&c, y, x, w, bias, act)
	}
}

// ConvData sets dx to the gradient of a convolution with respect to its input,
// where dy is that with respect to its result.
//
//	dx[...] = +0
//	for each picture b, input channel i {
//		for ky := range KH { for kx := range KW { for each place (oy, ox) {
//			sum := +0
//			for o := range OutC/Groups { sum = f32.FMA(w[first+o][i][ky][kx], dy[b][first+o][oy][ox], sum) }
//			add sum to dx[b][i][oy*StrideY+ky*DilateY-PadY][ox*StrideX+kx*DilateX-PadX], where that is inside
//		}}}
//	}
//
// first is the first output channel of i's group. It panics as ConvForward.
func ConvData(shape Conv, dx, dy, w []float32) {
	c := shape.resolve()
	c.check(&dx, &dy, &w)
	if overlap(dx, dy) || overlap(dx, w) {
		panic("kernel: dx overlaps another operand")
	}
	fill(dx, 0)
	if len(dx) > 0 && len(dy) > 0 {
		convData(&c, dx, dy, w)
	}
}

// ConvWeights adds to dw the gradient of a convolution with respect to its
// weights, where dy is that with respect to its result.
//
//	for each weight (o, i, ky, kx) {
//		for b := range Batch { for oy := range OutH { for ox := range OutW {
//			dw[o][i][ky][kx] = f32.FMA(dy[b][o][oy][ox], x[b][first+i][oy*StrideY+ky*DilateY-PadY][ox*StrideX+kx*DilateX-PadX], dw[o][i][ky][kx])
//		}}}
//	}
//
// first is the first input channel of o's group. Beyond the border x is +0 and
// takes part. It panics as ConvForward.
func ConvWeights(shape Conv, dw, x, dy []float32) {
	c := shape.resolve()
	c.check(&x, &dy, &dw)
	if overlap(dw, x) || overlap(dw, dy) {
		panic("kernel: dw overlaps another operand")
	}
	if len(dw) > 0 && len(dy) > 0 {
		convWeights(&c, dw, x, dy)
	}
}
