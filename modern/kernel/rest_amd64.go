//go:build !purego

package kernel

func maxPool(c *conv, y []float32, at []int32, x []float32) { maxPoolPortable(c, y, at, x) }
