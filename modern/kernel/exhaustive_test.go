//go:build exhaustive

package kernel

import (
	"math"
	"testing"
)

func TestGemmOverAllShapes(t *testing.T) {
	defer setGrain(2000)()
	d := &draw{51}
	for m := range 68 {
		for n := range 68 {
			for k := range 68 {
				d.gemm(m, n, k).try(t, d)
			}
		}
	}
}

func TestManyConvolutions(t *testing.T) {
	defer setGrain(2000)()
	for _, c := range convCases {
		t.Run(c.name, func(t *testing.T) {
			d := &draw{52}
			for range 20_000 {
				tryConv(t, d, d.conv(50_000), flavour(d.below(int(flavours))), c.run)
			}
		})
	}
}

// TestFunctionsOverAllArguments walks over every float32.
func TestFunctionsOverAllArguments(t *testing.T) {
	const block = 1 << 22
	x := buffer{all: make([]float32, block)}
	for _, c := range elementCases() {
		if c.count != 2 || c.name == "Bernoulli" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			for first := uint64(0); first < 1<<32; first += block {
				fillBits(x.all, uint32(first))
				x.v = x.all
				agree(t, 1, []buffer{x, x}, c.run)
			}
		})
	}
}

func fillBits(x []float32, first uint32) {
	for i := range x {
		x[i] = math.Float32frombits(first + uint32(i))
	}
}
