package tui

import "math"

const meterWidth = 6 // of a meter in a row of instruments

// drawLevel draws a meter: a bar over the scale, then the value.
func drawLevel(l *look, a area) {
	v, ok := l.now.At(0)
	s := scaleOf(l.p, l.now)
	w := max(meterWidth, a.w-12)
	if a.w < meterWidth+4 {
		w = 0
	}
	if ok && w > 0 {
		drawMeter(l.t, a, w, s, number(v))
		w++
	}
	a.text(w, 0, assumed(l.p.Evidence)+fit(v, max(a.w-w-1, 1)), l.valueInk())
}

// drawMeter fills the bar from the scale's zero, or from its lower end, to v.
func drawMeter(t *theme, a area, w int, s scale, v float64) {
	a.fill(0, 0, w, t.meterOff, inkFaint)
	if math.IsNaN(v) {
		return
	}
	from, to := s.step(min(max(0, s.lo), s.hi), w+1), s.step(v, w+1)
	k := inkPos2
	if to < from {
		from, to, k = to, from, inkNeg2
	}
	a.fill(from, 0, to-from, t.meterOn, k)
}
