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
		run  string
		flop float64
		on   string
		want float64
	}{
		{"zip codes 1989", zipCodes1989, "sun-4-260", 3 * day},
		{"zip codes 1989", zipCodes1989, "ibm-704", 108 * day},
		{"zip codes 1989", zipCodes1989, "cray-1", 6.8 * minute},
		{"zip codes 1989", zipCodes1989, "plain-go", 30},
		{"zip codes 1989", zipCodes1989, "m1", 90},
		{"symmetry 1986", symmetry1986, "ibm-704", 22.3 * minute},
		{"AlexNet", alexNet, "gtx-580-pair", 5.5 * day},
		{"AlexNet", alexNet, "sun-4-260", 59_000 * year},
		{"AlexNet", alexNet, "h100", 20 * minute},
	} {
		c, ok := Find(row.on)
		if !ok {
			t.Fatalf("no computer %q", row.on)
		}
		got := c.Seconds(Run{FLOP: row.flop})
		if off := got.Value/row.want - 1; !got.Known() || math.Abs(off) > 0.02 {
			t.Errorf("%s on %s: %s, want %s (%.1f %% off)", row.run, c.Name, Duration(got.Value), Duration(row.want), 100*off)
		}
	}
}

// TestImplied holds what section 36 infers from published times: the rate that
// a run reached, and its share of the peak.
func TestImplied(t *testing.T) {
	pair, _ := Find("gtx-580-pair")
	for _, row := range []struct {
		name      string
		got, want float64
	}{
		{"zip codes 1989 in 3 days: FLOPS", zipCodes1989 / (3 * day), 0.251e6},
		{"one epoch of Le 2012 in 3 days: FLOPS", 1e9 * 1e7 * 6 / (3 * day), 0.23e12},
		{"AlexNet in 5.5 days: share of two GTX 580", alexNet / (5.5 * day) / pair.Peak.Value, 0.31},
		{"symmetry 1986: FLOP", symmetry1986, 9.3e6},
		{"DSP-32C, 30 digits a second: share of its peak", 30 * 64_660 / 12.5e6, 0.155},
	} {
		if off := row.got/row.want - 1; math.Abs(off) > 0.02 {
			t.Errorf("%s: %.4g, want %.4g (%.1f %% off)", row.name, row.got, row.want, 100*off)
		}
	}
}

// TestEnergyPerOperation holds power over peak against the fact sheet's figures.
func TestEnergyPerOperation(t *testing.T) {
	peak := func(c *Computer) Figure { return c.Peak }
	for _, row := range []struct {
		key  string
		peak func(*Computer) Figure
		want float64
	}{
		{"ibm-704", peak, 10.8}, {"cray-1", peak, 0.72e-3}, {"gtx-580-pair", peak, 154e-12},
		{"v100", peak, 2.4e-12}, {"v100", func(c *Computer) Figure { return c.Single }, 19e-12}, {"h100", peak, 0.71e-12},
		{"tpu-v1", func(c *Computer) Figure { return c.Int8 }, 0.8e-12},
	} {
		c, _ := Find(row.key)
		if got := c.Watts.Over(row.peak(&c)); !got.Known() || math.Abs(got.Value/row.want-1) > 0.02 {
			t.Errorf("%s: %.3g J an operation, want %.3g", row.key, got.Value, row.want)
		}
	}
	// The fact sheet's 253 pJ of the GTX 280 count the extra multiply.
	c, _ := Find("gtx-280")
	if got := c.Watts.Value / 933e9; math.Abs(got/253e-12-1) > 0.02 {
		t.Errorf("GTX 280: %.3g J an operation", got)
	}
}

// TestMultiplyAddOf2014 is the sum that the fact sheet states: 4.6 pJ.
func TestMultiplyAddOf2014(t *testing.T) {
	sum := 0.0
	for _, o := range Operations() {
		if o.Name == "add, 32-bit floats" || o.Name == "multiply, 32-bit floats" {
			sum += o.Picojoule.Value
		}
	}
	if math.Abs(sum-4.6) > 1e-9 {
		t.Errorf("%v pJ, want 4.6", sum)
	}
}

// TestBytes: a run takes as long as what takes longer; a bandwidth that nobody
// knows leaves it unknown.
func TestBytes(t *testing.T) {
	c, _ := Find("h100")
	if got := c.Seconds(Run{FLOP: 1, Bytes: 3.35e12}); got.Value != 1 || got.Mark != Recalled {
		t.Errorf("a second of moving: %v", got)
	}
	if got := c.Seconds(Run{FLOP: 989e12 * 0.4 * 2, Bytes: 3.35e12}); math.Abs(got.Value-2) > 1e-9 {
		t.Errorf("two seconds of computing: %v", got)
	}
	sun, _ := Find("sun-4-260")
	if got := sun.Seconds(Run{FLOP: 1, Bytes: 1}); got.Known() {
		t.Errorf("the SUN's bandwidth: %v", got)
	}
}

func TestUnknownStaysUnknown(t *testing.T) {
	c, _ := Find("mark-one")
	for name, f := range map[string]Figure{"seconds": c.Seconds(MACs(1e9)), "joules": c.Joules(MACs(1e9)), "dollars": c.Dollars(MACs(1e9))} {
		if f.Known() {
			t.Errorf("the Mark I has %s: %v", name, f)
		}
	}
	sun, _ := Find("sun-4-260")
	if sun.Joules(MACs(1)).Known() || !sun.Seconds(MACs(1)).Known() {
		t.Error("the SUN's power is not known, its speed is")
	}
}

func TestMarksDoNotImprove(t *testing.T) {
	c, _ := Find("ibm-704")
	if m := c.Joules(MACs(1)).Mark; m != Weak {
		t.Errorf("energy from a weak power is %v", m)
	}
	if m := c.Seconds(MACs(1)).Mark; m != Computed {
		t.Errorf("time from a computed peak is %v", m)
	}
}

func TestTableIsInOrder(t *testing.T) {
	list := Table()
	if !sort.SliceIsSorted(list, func(i, j int) bool { return list[i].Year < list[j].Year }) {
		t.Error("the table is not by year")
	}
	for year, want := range map[int]string{1954: "", 1960: "ibm-704", 1986: "cray-x-mp-4", 1989: "dsp-32c", 2013: "gtx-580-pair", 2017: "v100", 2023: "m1"} {
		if c, _ := Of(year); c.Key != want {
			t.Errorf("the computer of %d is %q, want %q", year, c.Key, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for seconds, want := range map[float64]string{
		0: "0 ns", 2e-9: "2 ns", 3.5e-5: "35 us", 0.25: "250 ms", 90: "90 s", 408: "6.8 min", 3 * day: "3 days", 59_212 * year: "59,000 years",
	} {
		if got := Duration(seconds); got != want {
			t.Errorf("%v s: %q, want %q", seconds, got, want)
		}
	}
}

func TestUnits(t *testing.T) {
	for got, want := range map[string]string{
		Energy(4.6e-12): "4.6 pJ", Energy(10.8): "10.8 J", Energy(100e6): "100 MJ", Energy(3e12): "3,000 GJ",
		Speed(6944): "6.94 kFLOPS", Speed(160e6): "160 MFLOPS", Speed(989e12): "989 TFLOPS", Speed(12): "12 FLOPS",
		Money(0.001): "less than a cent", Money(16.955): "$17", Money(12_345): "$12,000",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if Today().Key != "plain-go" {
		t.Errorf("today's computer is %s", Today().Key)
	}
}
