package tui

import (
	"strings"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// tale is the narration: what the script said, expected and marked in the
// present act, and what the hand did.
type tale struct {
	items []taleItem
	first int // of the items that are new since the last movement
	top   int // the line at the top
	lines []taleLine
	w, h  int
	seen  int // items when the top was last set
	until sim.Tick
}

// taleItem is one paragraph.
type taleItem struct {
	tick sim.Tick
	sign string
	text string
	ink  ink
	said bool
}

type taleLine struct {
	sign, text string
	ink        ink
	signInk    ink
}

// nbsp keeps the words of a verdict on one line.
const nbsp = "\u00a0"

const taleItemsMax = 300 // older ones are no longer shown

// fresh makes what comes from here on new.
func (t *tale) fresh(s *stage) { t.first = len(t.gather(s)) }

// follow brings the narration up to date. Where something new came, its
// beginning is shown.
func (t *tale) follow(s *stage) {
	items := t.gather(s)
	room := s.layout.tale
	w, h := room.w, room.h-1
	if s.zoomed {
		w, h = s.size.w, s.size.h-zoomRows
	}
	w = min(w, taleWidthMax)
	moved := len(items) != t.seen || s.now() < t.until || w != t.w || h != t.h
	if s.trip.kind == running || t.first >= len(items) {
		t.first = lastGroup(items)
	}
	t.items, t.w, t.h, t.seen, t.until = items, w, h, len(items), s.now()
	start := t.layOut()
	if moved {
		t.top = max(len(t.lines)-h, 0)
		t.top = max(min(t.top, start), 0)
	}
	t.top = min(t.top, max(len(t.lines)-h, 0))
}

const taleWidthMax = 84 // a longer line is hard to read

// lastGroup is the first item of the last tick at which something was said.
func lastGroup(items []taleItem) int {
	i := len(items) - 1
	for i > 0 && items[i-1].tick == items[i].tick {
		i--
	}
	return max(i, 0)
}

// gather makes items of the journal of the act and of the hand's logbook.
func (t *tale) gather(s *stage) (items []taleItem) {
	hand := s.handOf()
	apart := true
	for _, e := range s.player.Journal() {
		if e.Act != s.player.Act() {
			continue
		}
		for len(hand) > 0 && hand[0].At < e.Tick {
			items, hand = append(items, handItem(s, hand[0])), hand[1:]
			apart = true
		}
		if e.Kind != script.SayEvent {
			items, apart = appendEvent(items, s, &e), true
			continue
		}
		if n := len(items) - 1; !apart && items[n].tick == e.Tick && e.Text != "" {
			items[n].text += " " + e.Text
			continue
		}
		if apart = e.Text == ""; !apart {
			items = append(items, taleItem{tick: e.Tick, text: e.Text, said: true})
		}
	}
	for _, e := range hand {
		items = append(items, handItem(s, e))
	}
	return items[max(len(items)-taleItemsMax, 0):]
}

// handOf lists what the hand did in the present act, up to now.
func (s *stage) handOf() (hand []sim.Entry) {
	if !s.player.Taken() {
		return nil
	}
	for _, e := range s.player.Bench().Logbook() {
		if e.Hand {
			hand = append(hand, e)
		}
	}
	return hand
}

func handItem(s *stage, e sim.Entry) taleItem {
	return taleItem{tick: e.At, sign: string(s.t.hand), text: "tick " + group(int64(e.At)) + ", by hand: " + describe(s.sheet, e.In), ink: inkHand}
}

func appendEvent(items []taleItem, s *stage, e *script.Event) []taleItem {
	it := taleItem{tick: e.Tick, text: e.Text}
	switch e.Kind {
	case script.MarkEvent:
		it.sign, it.ink = string(s.t.passed), inkMark
		it.text += ", tick " + group(int64(e.Tick))
	case script.RecordEvent:
		it.text, it.ink = "recorded: "+e.Text+" = "+e.Detail, inkDim
	case script.ExpectEvent:
		it.sign, it.text, it.ink = s.verdict(e)
		if n := len(items) - 1; n >= 0 && it.ink == inkGood && items[n].ink == inkGood && items[n].tick == it.tick {
			items[n].text += "   " + it.sign + nbsp + strings.ReplaceAll(it.text, " ", nbsp)
			return items
		}
	case script.WaitEvent:
		it.sign, it.ink = s.t.failed, inkBad
		it.text = "waited for " + e.Text + ", " + e.Detail
	case script.FaultEvent:
		it.sign, it.ink = s.t.failed, inkBad
		it.text = "the machine holds: " + e.Text
	case script.EndEvent:
		it.text, it.ink = "The script of this act ends here; the machine goes on if you step it.", inkDim
	default:
		return items
	}
	return append(items, it)
}

func (s *stage) verdict(e *script.Event) (sign, text string, k ink) {
	switch e.Verdict {
	case script.Held:
		if strings.Contains(e.Text, " = ") {
			return s.t.held, e.Text, inkGood
		}
		return s.t.held, e.Text + " (" + e.Detail + ")", inkGood
	case script.Known:
		return s.t.known, "known difference: " + e.Text + ", but it is " + e.Detail, inkKnown
	case script.Outdated:
		return s.t.failed, "declared a difference, and it is none: " + e.Text + ", it is " + e.Detail, inkBad
	}
	text = "expected " + e.Text + ", but it is " + e.Detail
	if s.player.Taken() {
		text += " (by your hand)"
	}
	return s.t.failed, text, inkBad
}

// layOut breaks the items into lines, and returns the first of the new ones.
func (t *tale) layOut() (start int) {
	t.lines = t.lines[:0]
	for i, it := range t.items {
		if i > 0 && (it.said || t.items[i-1].said) && i > 1 {
			t.lines = append(t.lines, taleLine{})
		}
		if i == t.first {
			start = len(t.lines)
		}
		k := it.ink
		if it.said && i < t.first {
			k = inkDim
		}
		indent := 0
		if it.sign != "" {
			indent = textWidth(it.sign) + 1
		}
		for j, line := range wrap(it.text, t.w-indent) {
			l := taleLine{text: line, ink: k, signInk: it.ink}
			if indent > 0 {
				l.sign = "  "[:min(indent, 2)]
				if j == 0 {
					l.sign = it.sign
				}
			}
			t.lines = append(t.lines, l)
		}
	}
	return start
}

func (t *tale) scroll(by int) {
	t.top = min(max(t.top+by, 0), max(len(t.lines)-t.h, 0))
}

// more reports whether there is text below the panel.
func (t *tale) more() bool { return t.top+t.h < len(t.lines) }

// page shows the next part of a text that is longer than its panel, and reports
// whether there was more.
func (t *tale) page() bool {
	if !t.more() {
		return false
	}
	t.scroll(max(t.h-1, 1))
	return true
}

func (t *tale) draw(th *theme, a area) {
	top := t.top
	if top < len(t.lines) && t.lines[top].text == "" {
		top++
	}
	for y := 0; y < a.h && top+y < len(t.lines); y++ {
		l := &t.lines[top+y]
		x := 0
		if l.sign != "" {
			x = max(a.text(0, y, l.sign, l.signInk), textWidth(l.sign)) + 1
		}
		a.text(x, y, l.text, l.ink)
	}
	if more := len(t.lines) - t.top - t.h; more > 0 {
		a.right(a.w, a.h-1, " "+th.down+" PgDn: "+plural(more, "line more", "lines more"), inkKey)
	}
}
