package tui

import (
	"math"

	"perceptarium/sim"
)

// scale is the range over which values are drawn.
type scale struct{ lo, hi float64 }

// scaleOf is the probe's own scale; where it has none, the reading's, with zero
// on it, and symmetrical if it has both signs.
func scaleOf(p *sim.Probe, r *sim.Reading) scale {
	if p.Min < p.Max {
		return scale{float64(p.Min), float64(p.Max)}
	}
	var s scale
	for i := range r.Len() {
		v, _ := r.At(i)
		if f := number(v); !math.IsNaN(f) && !math.IsInf(f, 0) {
			s.lo, s.hi = min(s.lo, f), max(s.hi, f)
		}
	}
	if s.lo < 0 {
		s.hi = max(s.hi, -s.lo)
		s.lo = -s.hi
	}
	if s.lo == s.hi {
		s.hi = s.lo + 1
	}
	return s
}

// step is which of n steps v stands on, from 0.
func (s scale) step(v float64, n int) int {
	if math.IsNaN(v) {
		return 0
	}
	f := (v - s.lo) / (s.hi - s.lo)
	return min(max(int(math.Round(f*float64(n-1))), 0), n-1)
}

// glyph is the character for v: a dot for the scale's zero, a bar that stands on
// the line for what is above, and one that hangs for what is below.
func (s scale) glyph(t *theme, v float64) (rune, ink) {
	low := min(max(0, s.lo), s.hi)
	switch {
	case math.IsNaN(v):
		return '?', inkBad
	case v < low && s.lo < low:
		return t.hang[max(scale{0, 1}.step((low-v)/(low-s.lo), len(t.hang)+1), 1)-1], s.ink(v)
	case v > low && s.hi > low:
		return t.ramp[max(scale{0, 1}.step((v-low)/(s.hi-low), len(t.ramp)+1), 1)-1], s.ink(v)
	}
	return '·', inkFaint
}

// ink colours v by its sign and by how far it stands from zero.
func (s scale) ink(v float64) ink {
	if s.lo < 0 && v < 0 {
		return inkNeg1 + ink(third(v/s.lo))
	}
	if v <= max(s.lo, 0) {
		return inkFaint
	}
	low := max(s.lo, 0)
	return inkPos1 + ink(third((v-low)/(s.hi-low)))
}

func third(f float64) int {
	if !(f > 0) {
		return 0
	}
	return min(int(f*3), 2)
}

// valueWidth is how many cells a value of the probe needs.
func valueWidth(p *sim.Probe) int {
	if p.Min < p.Max {
		return max(len(fit(sim.Value{Int: p.Min}, 7)), len(fit(sim.Value{Int: p.Max}, 7)))
	}
	return 5
}

// isLamps reports whether all values of a probe are 0 or 1.
func isLamps(p *sim.Probe) bool {
	return p.Kind == sim.Lamp || p.Min == 0 && p.Max == 1
}
