package kernel

import "testing"

func BenchmarkElementWise(b *testing.B) {
	const n = 1_000_000
	d := &draw{1}
	for _, c := range elementCases() {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			SetWorkers(1)
			defer SetWorkers(0)
			v := make([][]float32, c.count)
			for i := range v {
				v[i] = d.slice(n, plain).v
			}
			for b.Loop() {
				c.run(v)
			}
			b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gelement/s")
		})
	}
}

// BenchmarkCall is the cost of a call that has next to nothing to do.
func BenchmarkCall(b *testing.B) {
	x, y := make([]float32, 8), make([]float32, 8)
	c := make([]float32, 64)
	for _, k := range []struct {
		name string
		run  func()
	}{
		{"Gemm 0x0x0", func() { Gemm(0, 0, 0, 0, nil, 0, nil, 0, nil, 0) }},
		{"Gemm 1x8x1", func() { Gemm(0, 1, 8, 1, x, 1, y, 8, c, 8) }},
		{"Add 0", func() { Add(x[:0], x[:0], y[:0]) }},
		{"Add 8", func() { Add(x, x, y) }},
		{"Sum 8", func() { Sum(x) }},
	} {
		b.Run(k.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				k.run()
			}
		})
	}
}
