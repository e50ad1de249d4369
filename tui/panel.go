package tui

import "perceptarium/sim"

// look is what a panel needs to draw a probe.
type look struct {
	p      *sim.Probe
	now    *sim.Reading
	before *sim.Reading // before the last step; nil where changes are not shown
	t      *theme
	cursor int // the cell that is edited, or -1
	scroll int // rows, or lines, above the panel
}

// size is of a panel's content, without its title.
type size struct{ w, h int }

// form is one way to draw a probe. Forms are listed from the fullest to the
// smallest.
type form struct {
	size
	loss  float64 // what a reader misses, against the fullest: 1 is much
	cols  int     // cells in a line, where exact
	exact bool    // every cell has a place of its own, so that a cursor can stand on it
	draw  func(l *look, a area)
}

// forms lists the ways to draw a probe that stands in a panel of its own. Of a
// net the reading says how large it is; of all else the probe.
func forms(p *sim.Probe, r *sim.Reading) []form {
	switch {
	case p.Kind == sim.Net:
		return netForms(r.Text)
	case p.Kind == sim.Series:
		return seriesForms(p)
	case p.Kind == sim.Surface:
		return surfaceForms(p)
	case p.Kind == sim.Text:
		return textForms(p)
	case p.Cells() > 1:
		return gridForms(p)
	}
	return dialForms()
}

// isDial reports whether a probe shows one value, which needs no panel of its
// own.
func isDial(p *sim.Probe) bool {
	switch p.Kind {
	case sim.Lamp, sim.Count, sim.Level, sim.Choice, sim.Grid:
		return p.Cells() == 1
	case sim.Text:
		return p.Rows <= 1 && p.Cols <= 1
	}
	return false
}

// choose is the fullest form that fits a; where none does, the last.
func choose(list []form, a size) form {
	for _, f := range list {
		if f.w <= a.w && f.h <= a.h {
			return f
		}
	}
	return list[len(list)-1]
}

// chooseExact is the fullest form on which a cursor can stand: the largest that
// fits, else the smallest.
func chooseExact(list []form, a size) (form, bool) {
	var best form
	for _, f := range list {
		if f.exact {
			best = f
			if f.w <= a.w && f.h <= a.h {
				return f, true
			}
		}
	}
	return best, best.exact
}

// draw draws the probe as well as the area allows.
func (l *look) draw(a area) {
	if a.w <= 0 || a.h <= 0 {
		return
	}
	list := forms(l.p, l.now)
	f := choose(list, size{a.w, a.h})
	if l.cursor >= 0 {
		if exact, ok := chooseExact(list, size{a.w, a.h}); ok {
			f = exact
		}
	}
	f.draw(l, a)
}

// changed reports whether the last step moved cell i.
func (l *look) changed(i int) bool {
	if l.before == nil {
		return false
	}
	a, okA := l.now.At(i)
	b, okB := l.before.At(i)
	return okA != okB || okA && a != b && (a.Float == a.Float || b.Float == b.Float)
}

// assumed is the sign before a value that has no source.
func assumed(e sim.Evidence) string {
	if e == sim.Assumed {
		return "~"
	}
	return ""
}
