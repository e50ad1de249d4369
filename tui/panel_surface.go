package tui

import "perceptarium/sim"

// surfaceForms draws values over a plane as even tones, first a character for
// each value or two, then one for several. Where there are as many rows as
// columns, and a character is twice as high as wide, two rows share one.
func surfaceForms(p *sim.Probe) []form {
	rows, cols := max(p.Rows, 1), max(p.Cols, 1)
	g := grid{rows: rows, cols: cols, pitch: 1, groupX: 1, groupY: 1, style: gridShade}
	tall := 1
	var list []form
	if rows*3 >= cols*2 {
		tall = 2
		g.pitch = 2
		list = append(list, g.form(0))
		g.pitch = 1
		list = append(list, g.form(0.2))
		g.groupY = 2
	}
	list = append(list, g.form(0.3))
	loss := 0.3
	for _, n := range []int{2, 3, 4, 6, 8, 12, 16, 32} {
		if n < rows && n < cols {
			loss += 0.6
			g.groupX, g.groupY = n, n*tall
			list = append(list, g.form(loss))
		}
	}
	return list
}
