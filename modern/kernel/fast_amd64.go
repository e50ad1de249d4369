//go:build !purego

package kernel

import "golang.org/x/sys/cpu"

func hasAVX2() bool { return cpu.X86.HasAVX2 && cpu.X86.HasFMA }

func peak(n int) (flops int) {
	if active == avx2 {
		peakAVX2(n)
		return 2 * 8 * 24 * n
	}
	return 0
}
