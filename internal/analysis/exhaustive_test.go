//go:build exhaustive

package analysis

import "testing"

// TestEveryFunctionOfFourInputs decides all 65,536, one by one.
func TestEveryFunctionOfFourInputs(t *testing.T) {
	count := 0
	for f := range 1 << 16 {
		count += btoi(Threshold(4, Function(f)).Separable())
	}
	if count != 1882 {
		t.Errorf("%d separable functions, want 1882", count)
	}
}
