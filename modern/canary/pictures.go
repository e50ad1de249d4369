package canary

import "perceptarium/modern/kernel"

var convs = [...]kernel.Conv{
	{Batch: 2, InC: 1, InH: 16, InW: 16, OutC: 12, KH: 5, KW: 5, StrideY: 2, StrideX: 2, PadY: 2, PadX: 2},
	{Batch: 1, InC: 3, InH: 9, InW: 11, OutC: 8, KH: 3, KW: 3, PadY: 1, PadX: 1},
	{Batch: 3, InC: 4, InH: 6, InW: 5, OutC: 6, KH: 1, KW: 1},
	{Batch: 2, InC: 4, InH: 10, InW: 9, OutC: 6, KH: 3, KW: 2, PadY: 2, PadX: 1, DilateY: 2, DilateX: 3, Groups: 2},
	{Batch: 2, InC: 5, InH: 7, InW: 7, OutC: 5, KH: 3, KW: 3, PadY: 1, PadX: 1, Groups: 5},
	{Batch: 2, InC: 3, InH: 1, InW: 40, OutC: 7, KH: 1, KW: 5, StrideX: 3, PadX: 2},
}

var pools = [...]kernel.Pool{
	{Planes: 3, InH: 8, InW: 8, KH: 2, KW: 2, StrideY: 2, StrideX: 2},
	{Planes: 2, InH: 9, InW: 7, KH: 3, KW: 3, StrideY: 2, StrideX: 2, PadY: 1, PadX: 1},
	{Planes: 2, InH: 5, InW: 33, KH: 3, KW: 2},
	{Planes: 4, InH: 6, InW: 6, KH: 6, KW: 6},
}

func pictures() []entry {
	return []entry{
		{"kernel.ConvForward", runConvForward}, {"kernel.ConvData", runConvData}, {"kernel.ConvWeights", runConvWeights},
		{"kernel.MaxPool", runMaxPool}, {"kernel.MaxPoolGrad", runMaxPoolGrad},
		{"kernel.AvgPool", runAvgPool}, {"kernel.AvgPoolGrad", runAvgPoolGrad},
	}
}

func inputOf(s *kernel.Conv) int   { return s.Batch * s.InC * s.InH * s.InW }
func resultOf(s *kernel.Conv) int  { return s.Batch * s.OutC * s.OutH() * s.OutW() }
func weightsOf(s *kernel.Conv) int { return s.OutC * (s.InC / max(s.Groups, 1)) * s.KH * s.KW }

func (t *recorder) eachConv(run func(s *kernel.Conv, draw func(int) []float32)) {
	t.eachFlavour(func(draw func(int) []float32) {
		for i := range convs {
			run(&convs[i], draw)
		}
	})
}

func runConvForward(t *recorder) {
	t.eachConv(func(s *kernel.Conv, draw func(int) []float32) {
		for _, act := range []kernel.Act{kernel.Identity, kernel.Tanh} {
			y := draw(resultOf(s))
			kernel.ConvForward(*s, y, draw(inputOf(s)), draw(weightsOf(s)), nil, act)
			t.give(y)
			kernel.ConvForward(*s, y, draw(inputOf(s)), draw(weightsOf(s)), draw(s.OutC), act)
			t.give(y)
		}
	})
}

func runConvData(t *recorder) {
	t.eachConv(func(s *kernel.Conv, draw func(int) []float32) {
		dx := draw(inputOf(s))
		kernel.ConvData(*s, dx, draw(resultOf(s)), draw(weightsOf(s)))
		t.give(dx)
	})
}

func runConvWeights(t *recorder) {
	t.eachConv(func(s *kernel.Conv, draw func(int) []float32) {
		dw := draw(weightsOf(s))
		kernel.ConvWeights(*s, dw, draw(inputOf(s)), draw(resultOf(s)))
		t.give(dw)
	})
}

func (t *recorder) eachPool(run func(s kernel.Pool, in, out int, draw func(int) []float32)) {
	t.eachFlavour(func(draw func(int) []float32) {
		for _, s := range pools {
			run(s, s.Planes*s.InH*s.InW, s.Planes*s.OutH()*s.OutW(), draw)
		}
	})
}

func runMaxPool(t *recorder) {
	t.eachPool(func(s kernel.Pool, in, out int, draw func(int) []float32) {
		y, at := make([]float32, out), make([]int32, out)
		kernel.MaxPool(s, y, at, draw(in))
		t.give(y)
		t.places(at)
	})
}

func runMaxPoolGrad(t *recorder) {
	t.eachPool(func(s kernel.Pool, in, out int, draw func(int) []float32) {
		at, dx := make([]int32, out), make([]float32, in)
		kernel.MaxPool(s, make([]float32, out), at, draw(in))
		kernel.MaxPoolGrad(s, dx, draw(out), at)
		t.give(dx)
	})
}

func runAvgPool(t *recorder) {
	t.eachPool(func(s kernel.Pool, in, out int, draw func(int) []float32) {
		y := make([]float32, out)
		kernel.AvgPool(s, y, draw(in))
		t.give(y)
	})
}

func runAvgPoolGrad(t *recorder) {
	t.eachPool(func(s kernel.Pool, in, out int, draw func(int) []float32) {
		dx := make([]float32, in)
		kernel.AvgPoolGrad(s, dx, draw(out))
		t.give(dx)
	})
}
