package golden_test

import (
	"bytes"
	"os"
	"testing"

	"perceptarium/golden"
	"perceptarium/modern/kernel"
)

// TestMain lets PERCEPTARIUM_KERNEL choose the implementation under which the
// traces are played.
func TestMain(m *testing.M) {
	if err := kernel.Force(os.Getenv("PERCEPTARIUM_KERNEL")); err != nil {
		println(err.Error())
		os.Exit(2)
	}
	os.Exit(m.Run())
}

// TestArith holds every kernel against the canary, under each implementation
// that this processor has, on one worker and on several.
func TestArith(t *testing.T) {
	used := kernel.Active()
	defer func() {
		kernel.SetWorkers(0)
		if err := kernel.Force(used); err != nil {
			t.Fatal(err)
		}
	}()
	if *update {
		if err := kernel.Force("portable"); err != nil {
			t.Fatal(err)
		}
		var now bytes.Buffer
		if err := golden.WriteArith(&now); err != nil {
			t.Fatal(err)
		}
		replace(t, golden.Arith, now.Bytes())
		return
	}
	for _, impl := range kernel.Implementations() {
		if !impl.Available {
			continue
		}
		if err := kernel.Force(impl.Name); err != nil {
			t.Fatal(err)
		}
		for _, workers := range []int{1, 3} {
			kernel.SetWorkers(workers)
			if err := golden.CheckArith(); err != nil {
				t.Errorf("%s on %d workers: %v", impl.Name, workers, err)
			}
		}
	}
}
