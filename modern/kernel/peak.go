package kernel

import (
	"runtime"

	"perceptarium/modern/f32"
)

// PeakLoop runs a loop of fused multiply-adds on registers alone, n times
// round, and returns how many floating-point operations that was: two for each
// multiply-add. Timed by the caller, it is the limit of this processor under
// the active implementation.
func PeakLoop(n int) (flops int) {
	if f := peak(n); f > 0 {
		return f
	}
	return peakPortable(n)
}

func peakPortable(n int) (flops int) {
	var sum [8]float32
	for range n {
		for i := range sum {
			sum[i] = f32.FMA(0.5, 0.5, sum[i])
		}
	}
	runtime.KeepAlive(sum)
	return 2 * 8 * n
}
