package tui

import (
	"math"

	"perceptarium/sim"
)

// seriesForms draws a quantity over time as a row of columns, oldest first.
func seriesForms(p *sim.Probe) []form {
	cols := max(p.Cols, p.Rows, 1)
	var list []form
	for i, s := range []size{{cols, 6}, {cols, 4}, {(cols + 1) / 2, 4}, {(cols + 1) / 2, 3}, {(cols + 3) / 4, 2}, {8, 2}} {
		s.w = max(s.w, 8)
		list = append(list, form{size: s, loss: 0.15 * float64(i), draw: drawSeries})
	}
	return list
}

func drawSeries(l *look, a area) {
	n := l.now.Len()
	if n == 0 {
		a.text(0, 0, "nothing yet", inkDim)
		return
	}
	s := scaleOf(l.p, l.now)
	each := (n + a.w - 1) / a.w
	wide := max(min(a.w/n, 2), 1)
	plot := a
	if a.h > 2 {
		top := assumed(l.p.Evidence) + short(s.hi)
		last, _ := l.now.At(n - 1)
		x := a.text(0, 0, top, inkDim)
		a.text(x+1, 0, string(l.t.up), inkFaint)
		a.right(a.w, 0, "last "+fit(last, 8), inkDim)
		plot = a.rows(1, a.h-1)
	}
	for i := 0; i*each < n; i++ {
		v := meanOf(l.now, i*each, min((i+1)*each, n))
		for dx := range wide {
			column(l.t, plot, i*wide+dx, s, v)
		}
	}
}

// column draws one value as a column of the plot.
func column(t *theme, a area, x int, s scale, v float64) {
	steps := len(t.ramp)
	filled := s.step(v, a.h*steps+1)
	if math.IsNaN(v) {
		a.put(x, a.h-1, '?', inkBad)
		return
	}
	for y := range a.h {
		part := min(filled-(a.h-1-y)*steps, steps)
		switch {
		case part > 0:
			a.put(x, y, t.ramp[part-1], inkPos2)
		case y == a.h-1:
			a.put(x, y, t.ramp[0], inkFaint)
		}
	}
}

func meanOf(r *sim.Reading, from, to int) float64 {
	sum := 0.0
	for i := from; i < to; i++ {
		v, _ := r.At(i)
		sum += number(v)
	}
	return sum / float64(max(to-from, 1))
}
