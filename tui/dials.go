package tui

import (
	"sort"

	"perceptarium/sim"
)

// Single values do not need panels: they stand together in one, the
// instruments, a row for each.

const (
	dialNameMax = 15 // a longer name is cut
	dialValue   = 11 // cells for a value
)

// drawDial draws a single value by its kind.
func drawDial(l *look, a area) {
	switch l.p.Kind {
	case sim.Lamp:
		drawLamp(l, a)
	case sim.Level:
		drawLevel(l, a)
	case sim.Choice:
		drawChoice(l, a)
	case sim.Text:
		a.text(0, 0, string(l.now.Text), l.valueInk())
	default:
		drawCount(l, a)
	}
}

// dialForms is a single value with a screen of its own.
func dialForms() []form {
	return []form{{size: size{12, 1}, draw: func(l *look, a area) { drawDial(l, a.rows(0, 1)) }}}
}

// dials are the instruments of a machine: the probes that show one value.
type dials struct {
	probes []sim.ProbeID
	names  int // the width of the longest name
}

func (d *dials) width() int { return d.names + 1 + dialValue }

// sizes lists the proportions that the panel may have, in one column or more;
// the last leave some values to scrolling.
func (d *dials) sizes() (list []option) {
	n := len(d.probes)
	for columns := min(4, n); columns > 0; columns-- {
		list = append(list, option{size: size{columns*(d.width()+gapColumns) - gapColumns, (n+columns-1)/columns + 1}})
	}
	for _, rows := range []int{24, 20, 16, 14, 13, 12, 11, 10, 8, 6, 4, 3, 2} {
		for columns := 3; columns > 0; columns-- {
			if shown := rows * columns; shown < n {
				w := columns*(d.width()+gapColumns) - gapColumns
				list = append(list, option{size{w, rows + 1}, 0.9 * float64(n-shown) / float64(n)})
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].loss < list[j].loss })
	return list
}

// draw draws the values column by column, in looks by the order of the probes,
// from the one that it is scrolled to.
func (d *dials) draw(t *theme, a area, looks []*look, scroll int) {
	if a.h < 1 {
		return
	}
	columns := max((a.w+gapColumns)/(d.width()+gapColumns), 1)
	for columns > 1 && (columns-1)*a.h >= len(looks) {
		columns--
	}
	pitch := max(min((a.w+gapColumns)/columns, d.width()+12), 1)
	room := columns * a.h
	top := min(max(scroll, 0), max(len(looks)-room, 0))
	for i := 0; i < room && top+i < len(looks); i++ {
		l := looks[top+i]
		row := a.sub(i/a.h*pitch, i%a.h, pitch-gapColumns, 1)
		row.text(0, 0, cut(l.p.Name, d.names), inkDim)
		drawDial(l, row.sub(d.names+1, 0, pitch, 1))
	}
	if more := len(looks) - top - room; more > 0 {
		a.right(a.w, a.h-1, " "+t.down+" "+group(int64(more))+" more", inkDim)
	}
}

// valueInk is the ink of a single value.
func (l *look) valueInk() ink {
	if l.changed(0) {
		return inkChanged
	}
	return inkStrong
}
