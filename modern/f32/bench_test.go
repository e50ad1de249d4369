package f32

import "testing"

func BenchmarkFMA(b *testing.B) {
	b.ReportAllocs()
	x := [8]float32{1.1, 2.2, 3.3, 4.4, 5.5, 6.6, 7.7, 8.8}
	i := 0
	for b.Loop() {
		for range 1000 {
			x[i&7] = FMA(x[(i+1)&7], 0.01, x[i&7])
			i++
		}
	}
}

func BenchmarkExp(b *testing.B) {
	b.ReportAllocs()
	var sum float32
	for b.Loop() {
		for i := range 1000 {
			sum += Exp(float32(i) * 0.01)
		}
	}
	_ = sum
}
