package golden

import (
	"bytes"
	"crypto/sha256"
	"io"

	"perceptarium/modern/canary"
	"perceptarium/modern/f32"
	"perceptarium/sim"
	"perceptarium/sim/trace"
)

// Arith is the name of the trace that belongs to no scenario: the digests of
// every kernel over fixed inputs. A tick is one function.
const Arith = "arith"

// WriteArith writes that trace as the kernels make it now, under the
// implementation in use.
func WriteArith(w io.Writer) error {
	t := trace.NewWriter(w, Arith, f32.Law)
	t.Act(1, "canary", 0)
	all := sha256.New()
	at := sim.Tick(0)
	for name, sum := range canary.Digests() {
		at++
		t.Mark(at, name, sum)
		all.Write(sum[:])
	}
	t.End(at, [sha256.Size]byte(all.Sum(nil)))
	return t.Err()
}

// CheckArith holds the kernels, under the implementation in use, against the
// golden trace: the error is the first difference, a *trace.Diff.
func CheckArith() error {
	want, err := Trace(Arith)
	if err != nil {
		return err
	}
	c := trace.NewComparer(Arith+Ending, bytes.NewReader(want))
	if err := WriteArith(c); err != nil {
		return err
	}
	return c.Close()
}
