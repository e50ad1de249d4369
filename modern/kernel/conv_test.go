package kernel

import (
	"fmt"
	"testing"
)

// convCases are the convolutions, on x, y, w, bias.
var convCases = []struct {
	name string
	run  func(shape Conv, v [][]float32, act Act)
}{
	{"ConvForward", func(s Conv, v [][]float32, act Act) { ConvForward(s, v[1], v[0], v[2], v[3], act) }},
	{"ConvForward without bias", func(s Conv, v [][]float32, act Act) { ConvForward(s, v[1], v[0], v[2], nil, act) }},
	{"ConvData", func(s Conv, v [][]float32, _ Act) { ConvData(s, v[0], v[1], v[2]) }},
	{"ConvWeights", func(s Conv, v [][]float32, _ Act) { ConvWeights(s, v[2], v[0], v[1]) }},
}

// conv draws a shape with about that many multiply-adds.
func (d *draw) conv(work int) Conv {
	c := Conv{Batch: pick(d, 0, 1, 1, 2, 3), Groups: pick(d, 0, 1, 1, 2, 3)}
	groups := max(c.Groups, 1)
	c.InC, c.OutC = groups*pick(d, 1, 1, 2, 3, 5, 7), groups*pick(d, 1, 2, 3, 6, 8, 12, 17)
	c.KH, c.KW = pick(d, 1, 1, 2, 3, 5), pick(d, 1, 2, 3, 5, 7)
	c.StrideY, c.StrideX = pick(d, 0, 1, 1, 2, 3), pick(d, 0, 1, 1, 2, 3)
	c.PadY, c.PadX = pick(d, 0, 0, 1, 2), pick(d, 0, 0, 1, 2, 4)
	c.DilateY, c.DilateX = pick(d, 0, 1, 1, 2), pick(d, 0, 1, 1, 2, 3)
	c.InH, c.InW = d.below(20), d.below(68)
	if d.below(8) == 0 { // one place that sees the whole picture
		c.InH, c.InW, c.PadY, c.PadX, c.DilateY, c.DilateX = c.KH, c.KW, 0, 0, 1, 1
	}
	for c.InH > 1 && c.Batch*c.OutC*c.OutH()*c.OutW()*c.InC/groups*c.KH*c.KW > work {
		c.InH, c.InW = c.InH-1, c.InW*7/8+1
	}
	return c
}

// convLengths are the elements of x, y, w and bias.
func convLengths(s Conv) []int {
	taps := s.InC / max(s.Groups, 1) * s.KH * s.KW
	return []int{s.Batch * s.InC * s.InH * s.InW, s.Batch * s.OutC * s.OutH() * s.OutW(), s.OutC * taps, s.OutC}
}

func tryConv(t *testing.T, d *draw, shape Conv, f flavour, run func(Conv, [][]float32, Act)) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("%+v, flavour %d", shape, f)
		}
	}()
	var buffers []buffer
	for _, n := range convLengths(shape) {
		buffers = append(buffers, d.slice(n, f))
	}
	act := pick(d, Identity, Identity, Tanh)
	agree(t, pick(d, workerCounts...), buffers, func(v [][]float32) { run(shape, v, act) })
}

func TestConvolutions(t *testing.T) {
	defer setGrain(2000)()
	for _, c := range convCases {
		t.Run(c.name, func(t *testing.T) {
			d := &draw{15}
			for range 150 {
				tryConv(t, d, d.conv(20_000), flavour(d.below(int(flavours))), c.run)
			}
		})
	}
}

// netShapes are convolutions of nets that are trained here: the two layers of
// the net for zip codes (LeCun and others 1989) and those of LeNet-5 (1998).
var netShapes = []Conv{
	{Batch: 1, InC: 1, InH: 16, InW: 16, OutC: 12, KH: 5, KW: 5, StrideY: 2, StrideX: 2, PadY: 2, PadX: 2},
	{Batch: 1, InC: 8, InH: 8, InW: 8, OutC: 4, KH: 5, KW: 5, StrideY: 2, StrideX: 2, PadY: 2, PadX: 2},
	{Batch: 1, InC: 12, InH: 8, InW: 8, OutC: 12, KH: 5, KW: 5, StrideY: 2, StrideX: 2, PadY: 2, PadX: 2},
	{Batch: 64, InC: 1, InH: 28, InW: 28, OutC: 6, KH: 5, KW: 5, PadY: 2, PadX: 2},
	{Batch: 64, InC: 1, InH: 32, InW: 32, OutC: 6, KH: 5, KW: 5},
	{Batch: 64, InC: 6, InH: 14, InW: 14, OutC: 16, KH: 5, KW: 5},
	{Batch: 64, InC: 16, InH: 5, InW: 5, OutC: 120, KH: 5, KW: 5},
	{Batch: 8, InC: 64, InH: 16, InW: 16, OutC: 64, KH: 3, KW: 3, PadY: 1, PadX: 1},
	{Batch: 8, InC: 64, InH: 1, InW: 256, OutC: 64, KH: 1, KW: 5, PadX: 2},
}

func TestConvolutionsOfNets(t *testing.T) {
	for _, c := range convCases {
		t.Run(c.name, func(t *testing.T) {
			d := &draw{16}
			for _, shape := range netShapes[:7] {
				shape.Batch = min(shape.Batch, 1)
				tryConv(t, d, shape, plain, c.run)
			}
		})
	}
}

func BenchmarkConvolution(b *testing.B) {
	for _, s := range netShapes {
		for _, c := range convCases {
			b.Run(fmt.Sprintf("%s/%dx%dx%dx%d-%dx%dx%d", c.name, s.Batch, s.InC, s.InH, s.InW, s.OutC, s.KH, s.KW), func(b *testing.B) {
				b.ReportAllocs()
				SetWorkers(1)
				defer SetWorkers(0)
				d := &draw{1}
				var v [][]float32
				for _, n := range convLengths(s) {
					v = append(v, d.slice(n, plain).v)
				}
				for b.Loop() {
					c.run(s, v, Identity)
				}
				work := len(v[1]) * s.InC * s.KH * s.KW
				b.ReportMetric(2*float64(work)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}
