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

// peakPortable adds what is lost in rounding, so that no sum ever needs the slow
// way of a fused multiply-add in software.
func peakPortable(n int) (flops int) {
	var sum, small [16]float32
	for i := range sum {
		sum[i], small[i] = 1, 0x1p-60
	}
	for range n {
		f32.FMARow(sum[:], 0.5, small[:])
	}
	runtime.KeepAlive(sum)
	return 2 * len(sum) * n
}
