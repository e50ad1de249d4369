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
	Key    string // "ibm-704"
	Name   string
	Year   int
	Peak   Figure // floating-point operations a second; a multiply-add is two
	Share  Figure // of the peak that a run reaches
	Watts  Figure
	Dollar Figure // price when new, in dollars of its year
	Note   string
}

// Rate is what a run gets: floating-point operations a second.
func (c *Computer) Rate() Figure { return c.Peak.Times(c.Share) }

// Seconds is how long so many operations take.
func (c *Computer) Seconds(flop float64) Figure {
	return Figure{flop, Read}.Over(c.Rate())
}

// Joules is the energy of so many operations.
func (c *Computer) Joules(flop float64) Figure { return c.Seconds(flop).Times(c.Watts) }

// Lifetime is over how many seconds a computer's price is spread: five years
// (Assumed).
const Lifetime = 5 * 365.25 * day

// Dollars is the run's share of the computer's price over its Lifetime.
func (c *Computer) Dollars(flop float64) Figure {
	return c.Seconds(flop).Times(c.Dollar).Times(Figure{1 / Lifetime, Computed})
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

// Of returns the newest computer of the table that was there in that year, and
// whose speed is known.
func Of(year int) (best Computer, ok bool) {
	for _, c := range Table() {
		if c.Year <= year && c.Rate().Known() && (!ok || c.Year >= best.Year) {
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

// Duration writes seconds as a person says them, to two or three digits.
func Duration(seconds float64) string {
	for _, unit := range []struct {
		below, size float64
		name        string
	}{
		{1e-6, 1e-9, "ns"}, {1e-3, 1e-6, "us"}, {1, 1e-3, "ms"}, {2 * minute, 1, "s"},
		{2 * hour, minute, "min"}, {2 * day, hour, "hours"}, {2 * year, day, "days"},
	} {
		if seconds < unit.below {
			return digits(seconds/unit.size) + " " + unit.name
		}
	}
	return digits(seconds/year) + " years"
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
