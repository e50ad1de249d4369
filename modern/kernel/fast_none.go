//go:build !amd64 || purego

package kernel

// hasAVX2 reports that this build has portable code only.
func hasAVX2() bool { return false }

func gemm(g *product)                  { gemmPortable(g) }
func elementwise(s *stream, op opcode) { elementPortable(s, op) }
func reduce(op redcode, r *reduction)  { reducePortable(op, r) }
func maxAt(x []float32) int            { return maxAtPortable(x) }
func columns(op redcode, t *channelTask, from, to int, about, sums *[4]float64) int {
	sums[0] = columnPortable(op, t, from, about[0])
	return 1
}

func maxPool(c *conv, y []float32, at []int32, x []float32, _ *scratch) {
	maxPoolPortable(c, y, at, x)
}
func avgPool(c *conv, y, x []float32, _ *scratch)       { avgPoolPortable(c, y, x) }
func avgPoolGrad(c *conv, dx, dy []float32, _ *scratch) { avgPoolGradPortable(c, dx, dy) }

func convForward(c *conv, y, x, w, bias []float32, act Act) {
	convForwardPortable(c, y, x, w, bias, act)
}
func convData(c *conv, dx, dy, w []float32)    { convDataPortable(c, dx, dy, w) }
func convWeights(c *conv, dw, x, dy []float32) { convWeightsPortable(c, dw, x, dy) }
func peak(int) int                             { return 0 }
