package tui

import (
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// The timeline shows the act from its beginning to as far as its plan foretells,
// or as anyone has seen: where the machine stands, marks that were passed and
// that lie ahead, and where the hand was.

func (s *stage) drawTimeline(a area) {
	length := max(s.length, s.far, s.now(), 1)
	name, end := s.nextName(), group(int64(length))
	if !s.exact && s.far <= s.length {
		end += "+"
	}
	if name != "" {
		end += "  next: " + cut(name, 14)
	}
	from := a.text(0, 0, group(int64(s.now())), inkStrong) + 1
	to := a.right(a.w, 0, end, inkDim) - 1
	w := to - from
	if w < 10 {
		return
	}
	line := a.sub(from, 0, w, 1)
	at := func(tick sim.Tick) int { return int(float64(tick) / float64(length) * float64(w-1)) }
	here := at(s.now())
	line.fill(0, 0, w, s.t.track, inkRule)
	line.fill(0, 0, here, s.t.done, inkDim)
	if s.far > s.now() {
		line.tint(here, 0, at(s.far)-here, inkDim)
	}
	for _, m := range s.marks {
		line.put(at(m.At), 0, s.t.mark, inkDim)
	}
	for _, e := range s.player.Journal() {
		if e.Act == s.player.Act() && e.Kind == script.MarkEvent {
			line.put(at(e.Tick), 0, s.t.passed, inkMark)
		}
	}
	for _, e := range s.handOf() {
		line.put(at(e.At), 0, s.t.hand, inkHand)
	}
	line.put(here, 0, s.t.cursor, inkFocus)
}

// nextName is the name of the next mark that the plan knows.
func (s *stage) nextName() string {
	passed := map[string]int{}
	for _, e := range s.player.Journal() {
		if e.Act == s.player.Act() && e.Kind == script.MarkEvent {
			passed[e.Text]++
		}
	}
	for _, m := range s.marks {
		if passed[m.Name] == 0 {
			return m.Name
		}
		passed[m.Name]--
	}
	return ""
}
