package kernel

import "testing"

// Each target takes what it needs from a seed, but for the sizes, so that a
// failing input says by itself what shape it was.

func FuzzGemm(f *testing.F) {
	f.Add(uint64(1), byte(6), byte(16), byte(9))
	f.Add(uint64(2), byte(1), byte(67), byte(0))
	f.Fuzz(func(t *testing.T, seed uint64, m, n, k byte) {
		defer setGrain(2000)()
		d := &draw{seed}
		d.gemm(int(m%68), int(n%68), int(k%68)).try(t, d)
	})
}

func FuzzConvolution(f *testing.F) {
	f.Add(uint64(1), byte(0))
	f.Add(uint64(2), byte(2))
	f.Fuzz(func(t *testing.T, seed uint64, which byte) {
		defer setGrain(2000)()
		d := &draw{seed}
		c := convCases[int(which)%len(convCases)]
		tryConv(t, d, d.conv(20_000), flavour(d.below(int(flavours))), c.run)
	})
}

func FuzzPooling(f *testing.F) {
	f.Add(uint64(1), byte(0))
	f.Add(uint64(2), byte(3))
	f.Fuzz(func(t *testing.T, seed uint64, which byte) {
		defer setGrain(200)()
		d := &draw{seed}
		tryPool(t, d, d.pool(), flavour(d.below(int(flavours))), poolCases[int(which)%len(poolCases)].run)
	})
}

func FuzzElementWise(f *testing.F) {
	cases := elementCases()
	f.Add(uint64(1), byte(0), uint16(67))
	f.Add(uint64(2), byte(16), uint16(9))
	f.Fuzz(func(t *testing.T, seed uint64, which byte, n uint16) {
		defer setGrain(64)()
		d := &draw{seed}
		c := cases[int(which)%len(cases)]
		buffers := make([]buffer, c.count)
		for i := range buffers {
			buffers[i] = d.slice(int(n%1000), flavour(d.below(int(flavours))))
		}
		agree(t, pick(d, workerCounts...), buffers, c.run)
	})
}

func FuzzReduction(f *testing.F) {
	f.Add(uint64(1), byte(0), uint16(67))
	f.Add(uint64(2), byte(6), uint16(9))
	f.Fuzz(func(t *testing.T, seed uint64, which byte, n uint16) {
		d := &draw{seed}
		flavour := flavour(d.below(int(flavours)))
		c := reductionCases[int(which)%len(reductionCases)]
		agree(t, 1, []buffer{d.slice(2, plain), d.slice(int(n%1000), flavour), d.slice(int(n%1000), flavour)}, c.run)
	})
}

func FuzzRows(f *testing.F) {
	f.Add(uint64(1), byte(0), byte(3), byte(67))
	f.Add(uint64(2), byte(4), byte(8), byte(9))
	f.Fuzz(func(t *testing.T, seed uint64, which, rows, cols byte) {
		defer setGrain(64)()
		d := &draw{seed}
		tryRows(t, d, int(rows%20), int(cols%100), rowCases[int(which)%len(rowCases)].run)
	})
}

func FuzzChannels(f *testing.F) {
	f.Add(uint64(1), byte(0), byte(3), byte(5), byte(1))
	f.Add(uint64(2), byte(3), byte(8), byte(9), byte(7))
	f.Fuzz(func(t *testing.T, seed uint64, which, batch, channels, area byte) {
		defer setGrain(64)()
		d := &draw{seed}
		tryChannels(t, d, int(batch%20), int(channels%40), int(area%40), channelCases[int(which)%len(channelCases)].run)
	})
}
