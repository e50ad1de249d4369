//go:build !deep

package markone

// Sizes of the tests that measure: the full ones run with -tags deep.
const (
	measuredUnits = 4     // association units in each of 10,000 wirings
	idealTrials   = 2_000 // of each row of section 8.4, a tenth in the last
	conforming    = 3     // machines that TestConform takes
	tampering     = 397   // bytes from one place that TestLoadTampered changes to the next
	plainTicks    = 2_000 // of each machine in TestPlain
	passes        = 5     // of the cards in TestLockstep
)
