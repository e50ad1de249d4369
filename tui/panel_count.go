package tui

import "perceptarium/sim"

// drawCount draws one number, and how many there can be.
func drawCount(l *look, a area) {
	v, _ := l.now.At(0)
	s := fit(v, a.w)
	if long := group(v.Int); !v.Real && len(long) < a.w {
		s = long
	}
	x := a.text(0, 0, assumed(l.p.Evidence)+s, l.valueInk())
	if most := " of " + group(l.p.Max); l.p.Max > 0 && l.p.Min >= 0 && x+len(most) <= a.w && l.p.Kind == sim.Count {
		a.text(x, 0, most, inkDim)
	}
}
