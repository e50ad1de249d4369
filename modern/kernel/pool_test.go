package kernel

import "testing"

// poolCases are the poolings, on the picture x, the result y, and places as
// numbers.
var poolCases = []struct {
	name string
	run  func(shape Pool, v [][]float32)
}{
	{"MaxPool", func(s Pool, v [][]float32) {
		at := make([]int32, len(v[1]))
		MaxPool(s, v[1], at, v[0])
		for i, place := range at {
			v[2][i] = float32(place)
		}
	}},
	{"MaxPoolGrad", func(s Pool, v [][]float32) {
		at, y := make([]int32, len(v[1])), make([]float32, len(v[1]))
		MaxPool(s, y, at, v[0])
		MaxPoolGrad(s, v[0], v[1], at)
	}},
	{"AvgPool", func(s Pool, v [][]float32) { AvgPool(s, v[1], v[0]) }},
	{"AvgPoolGrad", func(s Pool, v [][]float32) { AvgPoolGrad(s, v[0], v[1]) }},
}

func (d *draw) pool() Pool {
	p := Pool{Planes: pick(d, 0, 1, 2, 5), KH: pick(d, 1, 2, 2, 3), KW: pick(d, 1, 2, 2, 3, 5)}
	p.StrideY, p.StrideX = pick(d, 0, 1, 2, 2, 3), pick(d, 0, 1, 2, 2, 3)
	p.PadY, p.PadX = d.below(p.KH/2+1), d.below(p.KW/2+1)
	p.InH, p.InW = 1+d.below(12), 1+d.below(67)
	return p
}

func tryPool(t *testing.T, d *draw, shape Pool, f flavour, run func(Pool, [][]float32)) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("%+v, flavour %d", shape, f)
		}
	}()
	out := shape.Planes * shape.OutH() * shape.OutW()
	x := d.slice(shape.Planes*shape.InH*shape.InW, f)
	if f == edges { // many equal elements, and windows of nothing but -Inf
		for i := range x.v {
			x.v[i] = pick(d, edgeValues[0], edgeValues[1], 1, negInf, negInf, negInf)
		}
	}
	agree(t, pick(d, workerCounts...), []buffer{x, d.slice(out, f), d.slice(out, plain)}, func(v [][]float32) { run(shape, v) })
}

func TestPoolings(t *testing.T) {
	defer setGrain(200)()
	for _, c := range poolCases {
		t.Run(c.name, func(t *testing.T) {
			d := &draw{17}
			for range 400 {
				tryPool(t, d, d.pool(), flavour(d.below(int(flavours))), c.run)
			}
		})
	}
}

func BenchmarkPooling(b *testing.B) {
	s := Pool{Planes: 64 * 6, InH: 28, InW: 28, KH: 2, KW: 2, StrideY: 2, StrideX: 2}
	d := &draw{1}
	out := s.Planes * s.OutH() * s.OutW()
	x, y, at := d.slice(s.Planes*s.InH*s.InW, plain).v, d.slice(out, plain).v, make([]int32, out)
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"MaxPool", func() { MaxPool(s, y, at, x) }},
		{"MaxPoolGrad", func() { MaxPoolGrad(s, x, y, at) }},
		{"AvgPool", func() { AvgPool(s, y, x) }},
		{"AvgPoolGrad", func() { AvgPoolGrad(s, x, y) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			SetWorkers(1)
			defer SetWorkers(0)
			for b.Loop() {
				c.run()
			}
			b.ReportMetric(float64(out)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gresult/s")
		})
	}
}
