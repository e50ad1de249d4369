//go:build deep

package markone

// Sizes of the tests that measure, in full.
const (
	measuredUnits = Units
	idealTrials   = 20_000
	conforming    = 6
	tampering     = 31
	plainTicks    = 100_000
	passes        = 40
)
