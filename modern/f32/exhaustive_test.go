//go:build exhaustive

package f32

import "testing"

func TestErrorsOverAllArguments(t *testing.T) {
	for _, r := range references {
		t.Run(r.name, func(t *testing.T) {
			worst, at := sweep(r, 0, 1<<32, 1)
			t.Logf("%.6f ulp, at %v", worst, at)
			if worst > r.bound {
				t.Errorf("%s(%v) is off by %.4f ulp, stated are %v", r.name, at, worst, r.bound)
			}
		})
	}
}

func TestFMAOnABillionTriples(t *testing.T) { testFMA(t, 1_000_000_000) }

func TestPowOnABillionPairs(t *testing.T) { testPow(t, 1_000_000_000) }
