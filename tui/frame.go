package tui

import (
	"strings"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// zoomRows are the rows of a screen that a panel in full size does not have:
// its title, the caption, the timeline, the keys.
const zoomRows = 4

// draw draws the stage.
func (s *stage) draw(a area) {
	if s.zoomed {
		s.drawZoomed(a)
	} else {
		s.drawHeader(a.rows(0, headerRows))
		if s.page < len(s.layout.pages) {
			for _, p := range s.layout.pages[s.page] {
				m := s.layout.machine
				s.panel(a.sub(m.x+p.x, m.y+p.y, p.w, p.h), p.target)
			}
		}
		s.panel(a.sub(s.layout.tale.x, s.layout.tale.y, s.layout.tale.w, s.layout.tale.h), s.layout.tale.target)
		if d := s.layout.desk; d.h > 0 {
			s.panel(a.sub(d.x, d.y, d.w, d.h), d.target)
		}
	}
	s.drawCaption(a.rows(a.h-3, 1))
	s.drawTimeline(a.rows(a.h-2, 1))
	drawKeys(s.t, a.rows(a.h-1, 1), s.hints())
}

func (s *stage) drawZoomed(a area) {
	t := s.target()
	a = a.rows(0, a.h-zoomRows+1)
	if s.edit != nil && s.edit.own != nil {
		l := look{p: s.edit.own, now: &s.edit.reading, t: s.t, cursor: s.edit.cell}
		s.title(a.rows(0, 1), l.p.Name, l.p.Evidence, string(l.p.Unit), true, "")
		l.draw(a.rows(1, a.h-1))
		return
	}
	s.panel(a, t)
}

// panel draws a panel: its title, and below it what it shows.
func (s *stage) panel(a area, t target) {
	focused := s.target() == t
	title, body := a.rows(0, 1), a.rows(1, a.h-1)
	right := ""
	if s.zoomed {
		right = "tick " + group(int64(s.now()))
	}
	switch t.kind {
	case onTale:
		s.title(title, "narration", 0, "", focused, right)
		s.tale.draw(s.t, body)
	case onDesk:
		s.title(title, "controls", 0, "", focused, right)
		s.desk.draw(s, body, focused)
	case onDials:
		s.title(title, "instruments", 0, "", focused, right)
		looks := make([]*look, len(s.dials.probes))
		for i, id := range s.dials.probes {
			looks[i] = &s.looks[id]
		}
		s.dials.draw(s.t, body, looks, s.scrolls[t])
	default:
		l := s.looks[t.probe]
		s.title(title, l.p.Name, l.p.Evidence, string(l.p.Unit), focused, right)
		l.draw(body)
	}
}

// title draws the name of a panel and a rule beside it: ━ where keys go to it.
func (s *stage) title(a area, name string, e sim.Evidence, unit string, focused bool, right string) {
	k, rule, line := inkTitle, s.t.rule, inkRule
	if focused {
		k, rule, line = inkFocus, s.t.ruleFocus, inkFocus
	}
	x := a.text(0, 0, cut(name, a.w), k)
	if e == sim.Assumed && x+2 <= a.w {
		x = a.text(x, 0, " ~", inkKnown)
	}
	if unit != "" && x+textWidth(unit)+5 <= a.w {
		x = a.text(x+1, 0, unit, inkDim)
	}
	end := a.w
	if right != "" {
		end = a.right(a.w, 0, right, inkStrong) - 1
	}
	if x+1 < end {
		a.fill(x+1, 0, end-x-1, rule, line)
	}
}

// drawHeader says what plays, on which machine, and where it stands.
func (s *stage) drawHeader(a area) {
	h := &s.player.Scenario().Header
	right := group0(h.Year)
	if s.player.Scenario().Form == script.Full {
		right = "full form  " + right
	}
	if n := s.player.Acts(); n > 1 {
		right += "  act " + group0(s.player.Act()) + " of " + group0(n)
	}
	end := a.right(a.w, 0, right, inkTitle)
	a.sub(0, 0, end-1, 1).text(0, 0, h.Title, inkStrong)

	end = s.drawState(a)
	tick := "tick " + group(int64(s.now()))
	if s.sheet.TickNS > 0 {
		tick += " = " + machineTime(s.now(), s.sheet.TickNS)
	}
	line := a.sub(0, 1, end-1, 1)
	if fault := s.fault(); fault != "" {
		line.text(0, 0, "the machine holds at "+tick+": "+fault, inkBad)
		return
	}
	x := line.text(0, 0, s.sheet.Title, inkDim)
	x = line.text(x+2, 0, tick, inkStrong)
	line.text(x+2, 0, "a tick is "+s.sheet.Tick, inkDim)
}

func group0(n int) string { return strings.ReplaceAll(group(int64(n)), ",", "") }

// drawState draws, at the right of the second line, whether the machine runs.
func (s *stage) drawState(a area) int {
	text, k := s.t.resting+" "+s.pace.wish(), inkDim
	switch s.trip.kind {
	case running:
		text, k = s.t.running+" "+s.pace.wish(), inkGood
		if got := s.pace.measured(); got != "" && s.pace.behind() {
			text += ", got " + got
		}
	case returning:
		text, k = "going back "+s.progress(), inkHand
	case reaching:
		text, k = "going on "+s.progress(), inkGood
	case seeking, ending, changing:
		text, k = s.t.running+" full speed "+s.pace.measured(), inkGood
	}
	end := a.right(a.w, 1, text, k)
	if s.player.Taken() {
		end = a.right(end-2, 1, string(s.t.hand)+" by hand", inkHand)
	}
	return end
}

// fault is why the machine holds; empty while it does not.
func (s *stage) fault() string {
	if id, ok := s.sheet.Probe(faultProbe); ok {
		return string(s.readings[id].Text)
	}
	return ""
}

// drawCaption explains what is chosen, or says what has just happened.
func (s *stage) drawCaption(a area) {
	end := a.w
	if n := len(s.layout.pages); n > 1 && !s.zoomed {
		end = a.right(a.w, 0, "page "+group0(s.page+1)+" of "+group0(n)+" (tab)", inkKey) - 2
	}
	line := a.sub(0, 0, end, 1)
	switch {
	case s.prompt != nil:
		c := &s.sheet.Controls[s.prompt.control]
		ask := c.Name + " from file (or =words): "
		if ofWords(c) {
			ask = c.Name + ": "
		}
		line.text(0, 0, ask+s.prompt.text+"_", inkHand)
	case s.notice.text != "":
		line.text(0, 0, s.notice.text, s.notice.ink)
	case s.edit != nil:
		line.text(0, 0, s.edit.caption(s), inkHand)
	default:
		line.text(0, 0, s.captionOf(s.target()), inkDim)
	}
}

func (s *stage) captionOf(t target) string {
	switch t.kind {
	case onTale:
		return s.sheet.Doc
	case onDesk:
		return s.desk.caption(s)
	case onDials:
		return "single values; ~ marks one that no source gives"
	}
	p := &s.sheet.Probes[t.probe]
	return p.Doc + grade(p.Evidence)
}

// hint is a key and what it does now.
type hint struct{ key, doc string }

// hints lists the keys that matter most, the most important first.
func (s *stage) hints() []hint {
	switch {
	case s.prompt != nil:
		return []hint{{"enter", "apply"}, {"esc", "cancel"}}
	case s.edit != nil:
		return []hint{{"arrows", "move"}, {"space", "toggle"}, {"0-9 enter", "value"}, {"< >", "nudge"}, {"p", "pen"}, {"u", "undo"}, {", .", "step"}, {"esc", "done"}}
	case s.trip.kind != resting:
		return []hint{{"space", "pause"}, {"+ -", "speed"}, {"q", "stop here"}, {"?", "help"}}
	case s.target().kind == onDesk:
		return []hint{{s.arrows(true), "choose"}, {s.arrows(false), "change"}, {"enter", "apply"}, {"/", "find"}, {"u", "undo"}, {", .", "step"}, {"tab", "panel"}, {"S", "save"}, {"?", "help"}}
	}
	list := []hint{{s.arrows(false), "step"}, {"space", "run"}, {"PgDn", s.ahead()}, {"tab", "panel"}, {"c", "controls"}, {"?", "help"}, {"z", "zoom"}, {"q", "leave"}}
	if t := s.target(); t.kind == onProbe {
		if _, ok := s.sheet.Control(s.sheet.Probes[t.probe].Name); ok {
			list = append([]hint{{"enter", "edit"}}, list...)
		}
	}
	return append(list, hint{"S", "save"}, hint{"+ -", "speed"}, hint{"r", "restart"})
}

// ahead is what the key for the next mark does now.
func (s *stage) ahead() string {
	switch {
	case s.tale.more():
		return "read on"
	case !s.player.ActOver():
		return "next mark"
	case s.player.Act() < s.player.Acts():
		return "next act"
	}
	return "the end"
}

// arrows are the arrow keys up and down, or left and right.
func (s *stage) arrows(vertical bool) string {
	switch {
	case s.t.ascii && vertical:
		return "j k"
	case s.t.ascii:
		return "h l"
	case vertical:
		return "↑↓"
	}
	return "←→"
}

// drawKeys draws as many hints as fit.
func drawKeys(t *theme, a area, list []hint) {
	x := 0
	for _, h := range list {
		if x+textWidth(h.key)+1+textWidth(h.doc) > a.w {
			return
		}
		x = a.text(x, 0, h.key, inkKey)
		x = a.text(x+1, 0, h.doc, inkDim) + 3
	}
}

// roomOf is the room for the content of a panel.
func (s *stage) roomOf(t target) size {
	if s.zoomed || t.kind == onDesk {
		return size{s.size.w, s.size.h - zoomRows}
	}
	for _, page := range s.layout.pages {
		for _, p := range page {
			if p.target == t {
				return size{p.w, p.h - 1}
			}
		}
	}
	return size{s.size.w, s.size.h - zoomRows}
}

// enterPanel does what enter means on the chosen panel: it edits a grid that a
// control of its name turns, and makes any other large.
func (s *stage) enterPanel() {
	t := s.target()
	if t.kind == onProbe {
		name := s.sheet.Probes[t.probe].Name
		if id, ok := s.sheet.Control(name); ok && s.sheet.Controls[id].Kind == sim.Grid {
			s.editGrid(id)
			return
		}
		if id, ok := s.sheet.Control(name); ok {
			s.openDesk()
			s.desk.choose(s, int(id))
			s.desk.enter(s)
			return
		}
	}
	s.zoomed = !s.zoomed
}
