package tui

import (
	"strings"

	"perceptarium/sim"
)

// helpPage is a text over the whole screen, scrolled by its top line.
type helpPage struct {
	lines []helpLine
	top   int
}

type helpLine struct {
	head, text string
	ink        ink
}

const helpHead = 12 // cells before the text of a line

// helpOf has the keys, and below them the data sheet of the machine, if there is
// one.
func helpOf(table []binding, sheet *sim.Sheet) *helpPage {
	h := &helpPage{}
	h.add("", "Keys", inkStrong)
	for _, b := range table {
		h.add(b.Help().Key, b.Help().Desc, inkText)
	}
	if sheet == nil {
		return h
	}
	h.add("1-9 ...", "a number before step and step back repeats them", inkText)
	h.add("", "", inkText)
	h.add("", "What the signs mean", inkStrong)
	h.add("~", "assumed: no source gives this value; it is a default of ours", inkText)
	h.sheet(sheet)
	return h
}

func (h *helpPage) add(head, text string, k ink) { h.lines = append(h.lines, helpLine{head, text, k}) }

// sheet appends a machine's data sheet.
func (h *helpPage) sheet(s *sim.Sheet) {
	h.add("", "", inkText)
	h.add("", s.Title, inkStrong)
	h.add("", s.Doc, inkText)
	h.add("tick", s.Tick, inkText)
	if s.TickNS > 0 {
		h.add("", machineTime(1, s.TickNS)+" on the original", inkText)
	}
	h.list("Seen", len(s.Probes), func(i int) (string, string) {
		p := &s.Probes[i]
		return p.Name, assumed(p.Evidence) + p.Doc + " (" + string(p.Unit) + ", " + p.Evidence.String() + ")"
	})
	h.list("Turned", len(s.Controls), func(i int) (string, string) {
		c := &s.Controls[i]
		return c.Name, assumed(c.Evidence) + c.Doc + " (" + string(c.Unit) + ", " + c.Evidence.String() + ")"
	})
	h.list("Constants", len(s.Constants), func(i int) (string, string) {
		c := &s.Constants[i]
		return c.Name, assumed(c.Evidence) + c.Value + " " + string(c.Unit) + ": " + c.Doc + " (" + c.Evidence.String() + ": " + c.Source + ")"
	})
	h.list("Sources", len(s.Sources), func(i int) (string, string) { return "-", s.Sources[i] })
	h.list("Left out", len(s.Omitted), func(i int) (string, string) { return "-", s.Omitted[i] })
}

func (h *helpPage) list(title string, n int, row func(int) (head, text string)) {
	if n == 0 {
		return
	}
	h.add("", "", inkText)
	h.add("", title, inkStrong)
	for i := range n {
		head, text := row(i)
		h.add(head, text, inkText)
	}
}

// wrapped breaks the lines to a width.
func (h *helpPage) wrapped(w int) (list []helpLine) {
	w = min(w, taleWidthMax+helpHead)
	for _, l := range h.lines {
		indent := helpHead
		if l.head == "" {
			indent = 0
		}
		if textWidth(l.head) >= helpHead {
			list = append(list, helpLine{head: l.head})
			l.head = strings.Repeat(" ", 1)
		}
		for i, text := range wrap(l.text, w-indent) {
			head := l.head
			if i > 0 && indent > 0 {
				head = " "
			}
			list = append(list, helpLine{head, text, l.ink})
		}
	}
	return list
}

func (h *helpPage) scroll(by, w, rows int) {
	h.top = min(max(h.top+by, 0), max(len(h.wrapped(w))-rows, 0))
}

func (h *helpPage) draw(t *theme, a area) {
	lines := h.wrapped(a.w)
	body := a.rows(0, a.h-1)
	top := min(h.top, max(len(lines)-body.h, 0))
	for y := 0; y < body.h && top+y < len(lines); y++ {
		l := lines[top+y]
		x := 0
		if l.head != "" {
			body.text(0, y, l.head, inkKey)
			x = helpHead
		}
		body.text(x, y, l.text, l.ink)
	}
	more := "the end"
	if left := len(lines) - top - body.h; left > 0 {
		more = plural(left, "line more", "lines more")
	}
	a.right(a.w, a.h-1, more, inkDim)
	arrows := "↑↓"
	if t.ascii {
		arrows = "j k"
	}
	drawKeys(t, a.rows(a.h-1, 1), []hint{{arrows, "scroll"}, {"any other key", "back"}})
}
