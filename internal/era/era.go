// Package era is the time machine: a table of historic computers with what is
// known of their speed, power and price, and the conversion of a run's
// operations into time, energy and money on each of them.
//
// A figure that nobody has stays unknown, and so does everything that would
// have to be computed from it. Each figure carries a mark that says how it is
// known; the table's source is the project's fact sheet (history, section 35).
package era

import (
	"fmt"
	"math"
)

// Mark says how a figure is known.
type Mark uint8

// The marks, from the best to the weakest.
const (
	Unknown  Mark = iota
	Read          // read in a source
	Computed      // follows from figures that were read
	Measured      // measured with a program of ours
	Recalled      // from the literature, not read again
	Weak          // recalled, and doubtful
)

var markNames = [...]string{"unknown", "read", "computed", "measured", "recalled", "weak"}

func (m Mark) String() string { return markNames[m] }

// Figure is a number with its mark. The zero value is an unknown figure.
type Figure struct {
	Value float64
	Mark  Mark
}

// Known reports whether there is a number.
func (f Figure) Known() bool { return f.Mark != Unknown }

// Times is the product of both, as weakly known as the weaker one.
func (f Figure) Times(g Figure) Figure { return f.join(g, f.Value*g.Value) }

// Over is the quotient of both; unknown where the divisor is zero.
func (f Figure) Over(g Figure) Figure {
	if g.Value == 0 {
		return Figure{}
	}
	return f.join(g, f.Value/g.Value)
}

func (f Figure) join(g Figure, v float64) Figure {
	if !f.Known() || !g.Known() {
		return Figure{}
	}
	return Figure{v, max(f.Mark, g.Mark, Computed)}
}

// Computer is one row of the table.
type Computer struct {
	Key       string // "ibm-704"
	Name      string
	Year      int
	Peak      Figure // floating-point operations a second; a multiply-add is two
	Share     Figure // of the peak that a run reaches
	Single    Figure // the peak of plain float32, where Peak is of units for 16 bits
	Int8      Figure // operations on 8-bit integers a second, where those are its trade
	Memory    Figure // bytes
	Bandwidth Figure // bytes a second between memory and processor
	Watts     Figure
	Dollar    Figure // price when new, in dollars of its year
	Note      string
}

// Rate is what a run gets: floating-point operations a second.
func (c *Computer) Rate() Figure { return c.Peak.Times(c.Share) }

// Run is what has to be done.
type Run struct {
	FLOP  float64 // floating-point operations
	Bytes float64 // moved between memory and processor; 0: not counted
}

// MACs is a run of so many multiply-adds.
func MACs(n float64) Run { return Run{FLOP: macFLOP * n} }

// Seconds is how long a run takes: what takes longer, computing at the share of
// the peak, or moving the bytes at the full bandwidth.
func (c *Computer) Seconds(r Run) Figure {
	compute := Figure{r.FLOP, Read}.Over(c.Rate())
	if r.Bytes == 0 || !compute.Known() {
		return compute
	}
	move := Figure{r.Bytes, Read}.Over(c.Bandwidth)
	if !move.Known() {
		return Figure{}
	}
	return Figure{max(compute.Value, move.Value), max(compute.Mark, move.Mark)}
}

// Joules is the energy of a run.
func (c *Computer) Joules(r Run) Figure { return c.Seconds(r).Times(c.Watts) }

// Lifetime is over how many seconds a computer's price is spread: five years
// (Assumed).
const Lifetime = 5 * 365.25 * day

// Dollars is the run's share of the computer's price over its Lifetime.
func (c *Computer) Dollars(r Run) Figure {
	return c.Seconds(r).Times(c.Dollar).Times(Figure{1 / Lifetime, Computed})
}

// Find returns the computer with that key.
func Find(key string) (Computer, bool) {
	for _, c := range Table() {
		if c.Key == key {
			return c, true
		}
	}
	return Computer{}, false
}

// Keys lists the computers by year.
func Keys() []string {
	var keys []string
	for _, c := range Table() {
		keys = append(keys, c.Key)
	}
	return keys
}

// Today returns the newest computer whose speed is known.
func Today() Computer {
	c, _ := Of(math.MaxInt)
	return c
}

// Of returns the newest computer of the table that was there in that year, and
// whose speed is known and not doubtful.
func Of(year int) (best Computer, ok bool) {
	for _, c := range Table() {
		if c.Year <= year && c.Rate().Known() && c.Rate().Mark != Weak && (!ok || c.Year >= best.Year) {
			best, ok = c, true
		}
	}
	return best, ok
}

const (
	minute = 60.0
	hour   = 60 * minute
	day    = 24 * hour
	year   = 365.25 * day
)

// scale is a unit for values below a bound.
type scale struct {
	below, size float64
	name        string
}

// write says a value in the first unit that fits.
func write(v float64, scales []scale) string {
	for _, s := range scales {
		if v < s.below {
			return digits(v/s.size) + " " + s.name
		}
	}
	panic("era: a scale without its last unit")
}

// Duration writes seconds as a person says them, to two or three digits.
func Duration(seconds float64) string {
	return write(seconds, []scale{
		{1e-6, 1e-9, "ns"}, {1e-3, 1e-6, "us"}, {1, 1e-3, "ms"}, {2 * minute, 1, "s"},
		{2 * hour, minute, "min"}, {2 * day, hour, "hours"}, {2 * year, day, "days"}, {math.Inf(1), year, "years"},
	})
}

// Energy writes joules, to two or three digits.
func Energy(joules float64) string {
	return write(joules, []scale{
		{1e-9, 1e-12, "pJ"}, {1e-6, 1e-9, "nJ"}, {1e-3, 1e-6, "uJ"}, {1, 1e-3, "mJ"}, {1e3, 1, "J"}, {1e6, 1e3, "kJ"}, {1e9, 1e6, "MJ"}, {math.Inf(1), 1e9, "GJ"},
	})
}

// Speed writes floating-point operations a second, to two or three digits.
func Speed(rate float64) string {
	return write(rate, []scale{
		{1e3, 1, "FLOPS"}, {1e6, 1e3, "kFLOPS"}, {1e9, 1e6, "MFLOPS"}, {1e12, 1e9, "GFLOPS"}, {1e15, 1e12, "TFLOPS"}, {math.Inf(1), 1e15, "PFLOPS"},
	})
}

// Money writes dollars, to two or three digits.
func Money(dollars float64) string {
	if dollars < 0.01 {
		return "less than a cent"
	}
	return "$" + digits(dollars)
}

// digits rounds to three significant digits and puts commas between thousands.
func digits(v float64) string {
	if v < 1000 {
		return fmt.Sprintf("%.3g", v)
	}
	step := math.Pow(10, math.Floor(math.Log10(v))-1)
	text := fmt.Sprintf("%.0f", math.Round(v/step)*step)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
