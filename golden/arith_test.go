package golden_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"perceptarium/golden"
	"perceptarium/modern/kernel"
	"perceptarium/sim/trace"
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
		mayMove(t, now.Bytes())
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

// mayMove refuses new digests where there were others under the same law.
func mayMove(t *testing.T, now []byte) {
	t.Helper()
	text, err := golden.Trace(golden.Arith)
	if err != nil {
		return // there were none
	}
	for _, name := range moved(t, text, now) {
		t.Errorf("the digest of %s moves: the arithmetic law is broken, or f32.Law needs a new number; where only the inputs of modern/canary are others, remove golden/%s%s first", name, golden.Arith, golden.Ending)
	}
	if t.Failed() {
		t.FailNow()
	}
}

// moved lists the digests of a trace that are others in a second one of the same
// law.
func moved(t *testing.T, before, after []byte) (names []string) {
	t.Helper()
	old, now := read(t, before), read(t, after)
	digests := map[string]string{}
	for _, line := range now.Acts[0].Lines {
		digests[line.What] = line.Value
	}
	for _, line := range old.Acts[0].Lines {
		if got, ok := digests[line.What]; ok && got != line.Value && old.Law == now.Law {
			names = append(names, strings.TrimPrefix(line.What, "mark "))
		}
	}
	return names
}

func read(t *testing.T, text []byte) *trace.Trace {
	t.Helper()
	tr, err := trace.Read(golden.Arith, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// TestMovedDigests finds the digest that moved under the same law, and none
// under a new one.
func TestMovedDigests(t *testing.T) {
	text, err := golden.Trace(golden.Arith)
	if err != nil {
		t.Fatal(err)
	}
	line := bytes.Index(text, []byte("mark kernel.Sum "))
	sum := line + bytes.IndexByte(text[line:], ':') + 1
	spoiled := bytes.Clone(text)
	if spoiled[sum]++; spoiled[sum] == '9'+1 || spoiled[sum] == 'g' {
		spoiled[sum] = '0'
	}
	if got := moved(t, text, spoiled); !slices.Equal(got, []string{"kernel.Sum"}) {
		t.Errorf("moved: %q, want kernel.Sum", got)
	}
	newLaw := bytes.Replace(spoiled, []byte("law 1\n"), []byte("law 2\n"), 1)
	if got := moved(t, text, newLaw); len(got) > 0 {
		t.Errorf("under a new law moved: %q", got)
	}
}
