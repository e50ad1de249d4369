package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"perceptarium/internal/lecture"
	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

// hall is the list of all scenarios by year, or of the slides of the lecture.
type hall struct {
	t         *theme
	list      []door
	shown     []int // of list, that the search lets through
	at        int   // of shown
	query     string
	searching bool
	notice    notice
	about     about
	size      size
}

// about is what the hall tells of the chosen scenario.
type about struct {
	of    *door
	lines []string // its first narration
	note  string   // acts, sources
}

func newHall(t *theme, inLecture bool) (*hall, error) {
	list, err := doors(inLecture)
	if err != nil {
		return nil, err
	}
	h := &hall{t: t, list: list, size: size{80, 24}}
	h.filter()
	return h, nil
}

// filter keeps what has every word of the query in its name, title, machine or
// year.
func (h *hall) filter() {
	h.shown = h.shown[:0]
	words := strings.Fields(strings.ToLower(h.query))
	for i := range h.list {
		text := h.list[i].text()
		all := true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			h.shown = append(h.shown, i)
		}
	}
	h.choose(h.at)
}

func (h *hall) choose(i int) {
	h.at = min(max(i, 0), max(len(h.shown)-1, 0))
	h.tell()
}

// entry is the chosen row.
func (h *hall) entry() *door {
	if h.at >= len(h.shown) {
		return nil
	}
	return &h.list[h.shown[h.at]]
}

// tell reads the beginning of the chosen scenario.
func (h *hall) tell() {
	e := h.entry()
	if e == nil || e == h.about.of {
		return
	}
	h.about = about{of: e}
	if e.slide != nil {
		h.about.lines = append([]string{e.slide.Says}, e.slide.Deviations...)
	}
	if !e.open() {
		h.about.note = e.shut()
		return
	}
	sc, err := scenarios.Load(e.Name)
	if err != nil {
		h.about.note = err.Error()
		return
	}
	h.about.note = plural(len(sc.Acts), "act", "acts") + ", " + plural(len(sc.Header.Sources), "source", "sources")
	if n := len(sc.Header.Assumed); n > 0 {
		h.about.note += ", " + plural(n, "assumption", "assumptions")
	}
	if sc.Header.Full != "" {
		h.about.note += ", a full form"
	}
	if e.slide == nil {
		h.about.lines = firstWords(sc.Acts[0].Body)
	}
}

// turn chooses, out of all, the next row that is open in that direction from a
// row that has one.
func (h *hall) turn(from int, to way) *door {
	h.query, h.searching = "", false
	h.filter()
	h.choose(h.beside(from, to))
	return h.entry()
}

// beside is the next open row in that direction, -1 where there is none.
func (h *hall) beside(at int, to way) int {
	for i := at + int(to); i >= 0 && i < len(h.list); i += int(to) {
		if h.list[i].open() {
			return i
		}
	}
	return -1
}

// lesson is the place of the chosen scene in the lecture.
func (h *hall) lesson(c *lecture.Scene) *lesson {
	l := &lesson{row: h.shown[h.at], first: c.Act, last: c.Last}
	if i := h.beside(l.row, backward); i >= 0 {
		l.before = h.list[i].words()
	}
	if i := h.beside(l.row, onward); i >= 0 {
		l.behind = h.list[i].words()
	}
	return l
}

// firstWords is the narration before the first movement.
func firstWords(body []script.Command) (lines []string) {
	text := ""
	for i := range body {
		switch c := &body[i]; {
		case c.Verb == "say" && c.Text == "":
			lines, text = append(lines, text), ""
		case c.Verb == "say":
			text = strings.TrimSpace(text + " " + c.Text)
		case c.Verb == "run" || c.Verb == "until" || c.Verb == "repeat":
			return append(lines, text)
		}
	}
	return append(lines, text)
}

// key does what a key asks for; open is the door to open.
func (h *hall) key(k tea.KeyPressMsg) (open *door, leave bool) {
	h.notice = notice{}
	if h.searching && h.search(k) {
		return nil, false
	}
	page := max(h.rows()-1, 1)
	switch find(hallBindings, k) {
	case actUp:
		h.choose(h.at - 1)
	case actDown:
		h.choose(h.at + 1)
	case actPrevMark:
		h.choose(h.at - page)
	case actNextMark:
		h.choose(h.at + page)
	case actFirst:
		h.choose(0)
	case actLast:
		h.choose(len(h.list))
	case actSearch:
		h.query, h.searching = "", true
		h.filter()
	case actEnter:
		h.searching = false
		switch e := h.entry(); {
		case e == nil:
		case e.open():
			return e, false
		default:
			h.notice = notice{e.shut(), inkDim}
		}
	case actLeave:
		return nil, true
	case actNone:
		if k.String() == "esc" {
			h.query, h.searching = "", false
			h.filter()
		}
	}
	return nil, false
}

// search takes the keys that write the query.
func (h *hall) search(k tea.KeyPressMsg) bool {
	switch name := k.String(); {
	case name == "backspace":
		runes := []rune(h.query)
		h.searching = len(runes) > 0
		h.query = string(runes[:max(len(runes)-1, 0)])
	case k.Text != "" && k.Mod&^tea.ModShift == 0:
		h.query += k.Text
	default:
		return false
	}
	h.at = 0
	h.filter()
	for i, n := range h.shown { // a name says more than a word in a title
		if strings.Contains(h.list[n].Name, strings.ToLower(h.query)) {
			h.choose(i)
			break
		}
	}
	return true
}

const hallAboutRows = 6 // title and text of the chosen scenario

// rows is how many scenarios are seen at once.
func (h *hall) rows() int { return max(h.size.h-headerRows-1-h.aboutRows()-1, 3) }

func (h *hall) aboutRows() int {
	if h.size.h < 20 {
		return hallAboutRows - 2
	}
	return min(hallAboutRows+(h.size.h-24)/3, 14)
}

func (h *hall) draw(a area) {
	a.text(0, 0, "Perceptarium", inkStrong)
	a.right(a.w, 0, h.total(), inkDim)
	a.text(0, 1, h.invitation(), inkDim)
	switch {
	case h.searching:
		a.rows(1, 1).fill(0, 0, a.w, ' ', inkText)
		a.text(0, 1, "search: "+h.query+"_", inkFocus)
	case h.query != "":
		a.rows(1, 1).fill(0, 0, a.w, ' ', inkText)
		a.text(0, 1, "found with \""+h.query+"\": "+h.count(h.shown)+" (esc shows all)", inkFocus)
	}
	h.drawList(a.rows(headerRows+1, h.rows()))
	h.drawAbout(a.rows(headerRows+1+h.rows(), h.aboutRows()))
	drawKeys(h.t, a.rows(a.h-1, 1), h.hints())
}

func (h *hall) inLecture() bool { return len(h.list) > 0 && h.list[0].slide != nil }

// count is how many scenarios these rows are, or in the lecture slides.
func (h *hall) count(rows []int) string {
	if !h.inLecture() {
		return plural(len(rows), "scenario", "scenarios")
	}
	n := 0
	for i, row := range rows {
		if i == 0 || h.list[row].lead != h.list[rows[i-1]].lead {
			n++
		}
	}
	return plural(n, "slide", "slides")
}

// total is how many there are in all.
func (h *hall) total() string {
	if h.inLecture() {
		return h.list[len(h.list)-1].lead + " slides"
	}
	return plural(len(h.list), "scenario", "scenarios")
}

func (h *hall) invitation() string {
	if h.inLecture() {
		return "The lecture, slide by slide. Choose a scene and press enter; PgDn goes on from there."
	}
	return "The history of neural computing, run again. Choose a year and press enter."
}

func (h *hall) hints() []hint {
	arrows := "↑↓"
	if h.t.ascii {
		arrows = "j k"
	}
	if h.searching {
		return []hint{{"enter", "open"}, {arrows, "choose"}, {"esc", "show all"}}
	}
	return []hint{{arrows, "choose"}, {"enter", "open"}, {"/", "search"}, {"?", "help"}, {"q", "leave"}}
}

func (h *hall) drawList(a area) {
	if len(h.shown) == 0 {
		a.text(2, 0, "Nothing has all of these words.", inkDim)
		return
	}
	names := 0
	for i := range h.list {
		names = max(names, textWidth(h.list[i].Name))
	}
	names = min(names, a.w/3)
	top := min(max(h.at-a.h/2, 0), max(len(h.shown)-a.h, 0))
	for y := 0; y < a.h && top+y < len(h.shown); y++ {
		e := &h.list[h.shown[top+y]]
		k, strong := inkDim, inkText
		if top+y == h.at {
			k, strong = inkFocus, inkFocus
			a.text(0, y, h.t.pointer, inkFocus)
		} else if !e.open() {
			strong = inkDim
		}
		if y == 0 || h.list[h.shown[top+y-1]].lead != e.lead {
			a.text(2, y, e.lead, inkTitle)
		}
		x := 8
		if a.w >= 72 {
			a.text(x, y, cut(e.Name, names), k)
			x += names + 2
		}
		end := a.w
		if a.w >= 100 {
			end = a.w - 30
			a.text(end+2, y, e.Machine, inkDim)
		}
		a.sub(0, 0, end, a.h).text(x, y, e.Title, strong)
	}
	if more := len(h.shown) - top - a.h; more > 0 {
		a.right(a.w, a.h-1, " "+h.t.down+" "+group0(more)+" more", inkDim)
	}
}

func (h *hall) drawAbout(a area) {
	if h.notice.text != "" {
		for y, line := range wrap(h.notice.text, a.w) {
			a.text(0, y+1, line, h.notice.ink)
		}
		return
	}
	e := h.entry()
	if e == nil {
		return
	}
	x := a.text(0, 0, e.heading(), inkTitle)
	a.fill(x+1, 0, a.w-x-1, h.t.rule, inkRule)
	note := h.about.note
	if e.Machine != "" {
		note = e.Machine + ", " + group0(e.Year) + "  " + note
	}
	a.text(0, 1, note, inkDim)
	var lines []string
	for _, paragraph := range h.about.lines {
		if paragraph != "" {
			lines = append(lines, wrap(paragraph, min(a.w, taleWidthMax))...)
		}
	}
	for i := 0; i < len(lines) && i+2 < a.h; i++ {
		a.text(0, i+2, lines[i], inkText)
	}
	if len(lines) > a.h-2 {
		a.right(min(a.w, taleWidthMax), a.h-1, " …", inkDim)
	}
}
