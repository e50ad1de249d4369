package kernel

import (
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// fence returns n elements that end where a page begins that nobody may read
// or write, or, with after false, that begin where one ends.
func fence(t *testing.T, n int, after bool) []float32 {
	t.Helper()
	page := os.Getpagesize()
	inner := (4*n + page - 1) / page * page
	all, err := syscall.Mmap(-1, 0, inner+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Skip("no memory map: ", err)
	}
	t.Cleanup(func() { syscall.Munmap(all) })
	for _, at := range []int{0, page + inner} {
		if err := syscall.Mprotect(all[at:at+page], syscall.PROT_NONE); err != nil {
			t.Skip("no protected pages: ", err)
		}
	}
	if n == 0 {
		return nil
	}
	from := page
	if after {
		from += inner - 4*n
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&all[from])), n)
}

// fenced runs a kernel on operands of these lengths between forbidden pages. A
// read or write beyond an operand ends the test program.
func fenced(t *testing.T, d *draw, lengths []int, run func(v [][]float32)) {
	t.Helper()
	for _, after := range []bool{true, false} {
		v := make([][]float32, len(lengths))
		for i, n := range lengths {
			v[i] = fence(t, n, after)
			for j := range v[i] {
				v[i][j] = d.value(plain)
			}
		}
		run(v)
	}
}

func TestNoKernelTouchesWhatIsNotItsOwn(t *testing.T) {
	d := &draw{21}
	t.Run("Gemm", func(t *testing.T) {
		for range 60 {
			c := d.gemm(1+d.below(40), 1+d.below(70), 1+d.below(20))
			fenced(t, d, c.lengths(), c.run)
		}
	})
	for _, c := range convCases {
		t.Run(c.name, func(t *testing.T) {
			for range 40 {
				s := d.conv(20_000)
				fenced(t, d, convLengths(s), func(v [][]float32) { c.run(s, v, Identity) })
			}
		})
	}
	for _, c := range poolCases {
		t.Run(c.name, func(t *testing.T) {
			for range 40 {
				s := d.pool()
				out := s.Planes * s.OutH() * s.OutW()
				fenced(t, d, []int{s.Planes * s.InH * s.InW, out, out}, func(v [][]float32) { c.run(s, v) })
			}
		})
	}
	for _, c := range elementCases() {
		t.Run(c.name, func(t *testing.T) {
			for _, n := range []int{1, 7, 8, 9, 33} {
				fenced(t, d, []int{n, n, n, n}[:c.count], c.run)
			}
		})
	}
	t.Run("reductions", func(t *testing.T) {
		for n := range 35 {
			for _, c := range reductionCases {
				fenced(t, d, []int{2, n, n}, c.run)
			}
			for _, c := range rowCases {
				fenced(t, d, []int{3 * n, 3 * n, 3 * n, 3, 3, n, n}, func(v [][]float32) { c.run(v, 3, n) })
			}
			for _, c := range channelCases {
				for _, area := range []int{1, 5} {
					fenced(t, d, []int{9 * n * area, 9 * n * area, 9 * n * area, n, n, n, n}, func(v [][]float32) { c.run(v, 9, n, area) })
				}
			}
		}
	})
}
