package era

import (
	"math"
	"sort"
	"testing"
)

// The runs of the fact sheet's section 36, in floating-point operations.
const (
	zipCodes1989 = 65.06e9
	symmetry1986 = 64 * 17 * 3 * 2 * 1425
	alexNet      = 0.469e18
)

// TestAnchors holds the conversion against the published and computed times of
// section 36, to 2 %.
func TestAnchors(t *testing.T) {
	for _, row := range []struct {
		run   string
		flop  float64
		on    string
		want  float64
		share float64 // where the row names another than the table's
	}{
		{"zip codes 1989", zipCodes1989, "sun-4-260", 3 * day, 0},
		{"zip codes 1989", zipCodes1989, "ibm-704", 108 * day, 0},
		{"zip codes 1989", zipCodes1989, "cray-1", 6.8 * minute, 0},
		{"zip codes 1989", zipCodes1989, "plain-go", 30, 0},
		{"zip codes 1989", zipCodes1989, "m1", 90, 0},
		{"symmetry 1986", symmetry1986, "ibm-704", 22.3 * minute, 0},
		{"AlexNet", alexNet, "gtx-580-pair", 5.5 * day, 0},
		{"AlexNet", alexNet, "sun-4-260", 59_000 * year, 0},
		{"AlexNet", alexNet, "h100", 20 * minute, 0},
	} {
		c, ok := Find(row.on)
		if !ok {
			t.Fatalf("no computer %q", row.on)
		}
		got := c.Seconds(row.flop)
		if off := got.Value/row.want - 1; !got.Known() || math.Abs(off) > 0.02 {
			t.Errorf("%s on %s: %s, want %s (%.1f %% off)", row.run, c.Name, Duration(got.Value), Duration(row.want), 100*off)
		}
	}
}

// TestEnergyPerOperation holds power over peak against the table's figures.
func TestEnergyPerOperation(t *testing.T) {
	for key, want := range map[string]float64{"cray-1": 0.72e-3, "v100": 2.4e-12, "h100": 0.71e-12, "ibm-704": 10.8} {
		c, _ := Find(key)
		if got := c.Watts.Over(c.Peak); math.Abs(got.Value/want-1) > 0.02 {
			t.Errorf("%s: %.3g J an operation, want %.3g", key, got.Value, want)
		}
	}
}

func TestUnknownStaysUnknown(t *testing.T) {
	c, _ := Find("mark-one")
	for name, f := range map[string]Figure{"seconds": c.Seconds(1e9), "joules": c.Joules(1e9), "dollars": c.Dollars(1e9)} {
		if f.Known() {
			t.Errorf("the Mark I has %s: %v", name, f)
		}
	}
	sun, _ := Find("sun-4-260")
	if sun.Joules(1).Known() || !sun.Seconds(1).Known() {
		t.Error("the SUN's power is not known, its speed is")
	}
}

func TestMarksDoNotImprove(t *testing.T) {
	c, _ := Find("ibm-704")
	if m := c.Joules(1).Mark; m != Weak {
		t.Errorf("energy from a weak power is %v", m)
	}
	if m := c.Seconds(1).Mark; m != Computed {
		t.Errorf("time from a computed peak is %v", m)
	}
}

func TestTableIsInOrder(t *testing.T) {
	list := Table()
	if !sort.SliceIsSorted(list, func(i, j int) bool { return list[i].Year < list[j].Year }) {
		t.Error("the table is not by year")
	}
	for year, want := range map[int]string{1954: "", 1960: "ibm-704", 1986: "cray-x-mp-4", 1989: "dsp-32c", 2023: "m1"} {
		if c, _ := Of(year); c.Key != want {
			t.Errorf("the computer of %d is %q, want %q", year, c.Key, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for seconds, want := range map[float64]string{
		2e-9: "2 ns", 3.5e-5: "35 us", 0.25: "250 ms", 90: "90 s", 408: "6.8 min", 3 * day: "3 days", 59_212 * year: "59,000 years",
	} {
		if got := Duration(seconds); got != want {
			t.Errorf("%v s: %q, want %q", seconds, got, want)
		}
	}
}
