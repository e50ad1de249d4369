package tui

import "perceptarium/sim"

// surfaceForms draws values over a plane as even tones, first a character for
// each value, then one for several.
func surfaceForms(p *sim.Probe) []form {
	rows, cols := max(p.Rows, 1), max(p.Cols, 1)
	g := grid{rows: rows, cols: cols, pitch: 2, groupX: 1, groupY: 1, style: gridShade}
	var list []form
	if rows*2 >= cols*3/2 { // square in cells: a character is twice as high as wide
		list = append(list, g.form(0))
	}
	g.pitch = 1
	list = append(list, g.form(0.1))
	for i, n := range []int{2, 3, 4, 6, 8, 12, 16, 32} {
		if n < rows && n < cols {
			g.groupX, g.groupY = n, n
			list = append(list, g.form(0.8*float64(i+1)))
		}
	}
	return list
}
