//go:build !purego

package kernel

func maxPool(c *conv, y []float32, at []int32, x []float32) { maxPoolPortable(c, y, at, x) }
func convForward(c *conv, y, x, w, bias []float32, act Act) {
	convForwardPortable(c, y, x, w, bias, act)
}
func convData(c *conv, dx, dy, w []float32)    { convDataPortable(c, dx, dy, w) }
func convWeights(c *conv, dw, x, dy []float32) { convWeightsPortable(c, dw, x, dy) }
