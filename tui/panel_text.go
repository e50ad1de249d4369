package tui

import "perceptarium/sim"

// textForms shows words: a text that is never wider than Cols takes so much
// room, any other one as many lines as there is room for.
func textForms(p *sim.Probe) []form {
	if p.Cols > 1 {
		return []form{{size: size{p.Cols, max(p.Rows, 1)}, draw: drawText}}
	}
	var list []form
	for i, s := range []size{{60, 6}, {40, 4}, {30, 3}, {20, 2}} {
		list = append(list, form{size: s, loss: 0.2 * float64(i), draw: drawText})
	}
	return list
}

func drawText(l *look, a area) {
	drawLines(l.t, a, wrap(string(l.now.Text), a.w), l.scroll, inkText)
}

// drawLines shows lines from the one that it is scrolled to, and says how many
// are left.
func drawLines(t *theme, a area, lines []string, scroll int, k ink) {
	scroll = min(max(scroll, 0), max(len(lines)-a.h, 0))
	for y := 0; y < a.h && scroll+y < len(lines); y++ {
		a.text(0, y, lines[scroll+y], k)
	}
	if more := len(lines) - scroll - a.h; more > 0 {
		a.right(a.w, a.h-1, " "+t.down+" "+plural(more, "line more", "lines more"), inkDim)
	}
}
