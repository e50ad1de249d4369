package tui

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// A journey moves the machine over many ticks, a slice at a time, so that keys
// stay alive. Any other movement ends it.
type journeyKind uint8

const (
	resting   journeyKind = iota
	running               // at the chosen speed, to the next mark
	seeking               // as fast as possible, to the next mark
	ending                // to the end of the act's script
	changing              // until a probe shows something else
	reaching              // forward to a tick
	returning             // after a Recall, forward to the tick it was for
)

type journey struct {
	kind  journeyKind
	from  sim.Tick
	goal  sim.Tick
	probe sim.ProbeID
	began sim.Reading // of the probe
	marks int         // in the journal when it began
	mark  string      // seeking: the mark that it is for; "": the next
	over  bool        // the script had ended before it began
}

// move does what a key asks of the machine.
func (s *stage) move(a action, n sim.Tick) tea.Cmd {
	switch a {
	case actStep:
		s.rest()
		s.remember()
		return s.travel(journey{kind: reaching, goal: s.now() + n})
	case actBack:
		s.rest()
		s.remember()
		return s.back(max(s.now()-n, 0))
	case actRun:
		if s.trip.kind != resting {
			s.rest()
			return nil
		}
		return s.travel(journey{kind: running})
	case actNextMark:
		return s.nextMark()
	case actPrevMark:
		return s.prevMark()
	case actNextAct:
		s.rest()
		s.anotherAct(s.player.NextAct())
	case actPrevAct:
		s.rest()
		s.anotherAct(s.player.PreviousAct(), nil)
	case actRestart:
		s.rest()
		return s.back(0)
	case actReopen:
		return s.anew()
	case actEnd:
		s.rest()
		return s.travel(journey{kind: ending})
	case actChange:
		return s.toChange()
	}
	return nil
}

func (s *stage) now() sim.Tick { return s.player.Bench().Now() }

// rest ends the journey under way, where the machine stands.
func (s *stage) rest() {
	if s.trip.kind == returning {
		s.player.Halt()
	}
	s.trip = journey{}
}

// travel begins a journey with its first slice at once.
func (s *stage) travel(j journey) tea.Cmd {
	s.trips++
	j.from, j.marks, j.over = s.now(), s.marksPassed(), s.player.ActOver()
	if j.kind != reaching && j.kind != returning {
		s.compared = false
	}
	s.trip = j
	s.tale.fresh(s)
	if s.leap(&j) && s.arrived(true) {
		s.trip = journey{}
		return nil
	}
	s.pace.begin()
	return s.slice()
}

// frame goes on with the journey of that number.
func (s *stage) frame(number int) tea.Cmd {
	if number != s.trips || s.trip.kind == resting {
		return nil
	}
	cmd := s.slice()
	s.see()
	return cmd
}

// slice works for a slice of the journey, and asks for the next.
func (s *stage) slice() tea.Cmd {
	want := sim.Never
	if s.trip.kind == running {
		want = s.pace.earned()
	}
	if want > 0 {
		s.pace.slice(want, s.advance)
	}
	writes := s.writes
	s.writes = nil
	if s.trip.kind == resting {
		return writes
	}
	return tea.Batch(writes, s.pace.next(s.trips, s.trip.kind != running || want == sim.Never))
}

// advance steps at most n ticks of the journey, and tells whether it goes on.
func (s *stage) advance(n sim.Tick) (sim.Tick, bool) {
	j := &s.trip
	switch j.kind {
	case resting:
		return 0, false
	case reaching, returning:
		n = min(n, j.goal-s.now())
	case changing:
		n = 1
	}
	done, err := s.player.Advance(n)
	if err != nil {
		s.rest()
		s.fail(err)
		return done, false
	}
	if done < n {
		s.keep()
	}
	if s.arrived(done < n) {
		s.trip = journey{}
	}
	return done, s.trip.kind != resting
}

// arrived reports whether the journey is at its end.
func (s *stage) arrived(stopped bool) bool {
	j := &s.trip
	ended := s.player.ActOver() && !j.over
	switch j.kind {
	case reaching, returning:
		return s.now() >= j.goal
	case running, seeking:
		return ended || stopped && s.marksPassed() > j.marks && (j.mark == "" || j.mark == s.lastMark())
	case ending:
		return ended
	case changing:
		var r sim.Reading
		s.player.Bench().Read(j.probe, &r)
		return ended || !r.Equal(&j.began)
	}
	return true
}

// marksPassed is how many marks of the present act stand in the journal.
func (s *stage) marksPassed() (n int) {
	for _, e := range s.player.Journal() {
		if e.Kind == script.MarkEvent && e.Act == s.player.Act() {
			n++
		}
	}
	return n
}

// lastMark is the last mark in the journal.
func (s *stage) lastMark() string {
	journal := s.player.Journal()
	for i := len(journal) - 1; i >= 0; i-- {
		if journal[i].Kind == script.MarkEvent {
			return journal[i].Text
		}
	}
	return ""
}

// back goes back to an earlier tick: at once where it is near, in slices where
// it is far.
func (s *stage) back(to sim.Tick) tea.Cmd {
	if to == s.now() {
		return nil
	}
	from := s.now()
	if err := s.player.Recall(to); err != nil {
		s.fail(err)
		return nil
	}
	if s.now() >= to {
		s.player.Halt()
		s.tale.fresh(s)
		return nil
	}
	cmd := s.travel(journey{kind: returning, goal: to})
	s.far = max(s.far, from)
	return cmd
}

// nextMark first shows the rest of the narration, then goes on to the next
// mark, then to the next act.
func (s *stage) nextMark() tea.Cmd {
	s.rest()
	if s.tale.page() {
		return nil
	}
	if !s.player.ActOver() {
		return s.travel(journey{kind: seeking})
	}
	if s.player.Act() < s.lastAct() {
		s.anotherAct(s.player.NextAct())
		return nil
	}
	s.atEdge(onward)
	return nil
}

// prevMark goes back to the mark before, else to the beginning, else to the act
// before.
func (s *stage) prevMark() tea.Cmd {
	s.rest()
	s.compared = false
	if s.now() == 0 {
		if s.lesson != nil && s.player.Act() == s.lesson.first {
			s.atEdge(backward)
			return nil
		}
		s.anotherAct(s.player.PreviousAct(), nil)
		return nil
	}
	to := sim.Tick(0)
	for _, e := range s.player.Journal() {
		if e.Kind == script.MarkEvent && e.Act == s.player.Act() && e.Tick < s.now() {
			to = max(to, e.Tick)
		}
	}
	return s.back(to)
}

func (s *stage) anotherAct(moved bool, err error) {
	switch {
	case err != nil:
		s.fail(err)
	case moved:
		s.enter()
		s.say("act "+strconv.Itoa(s.player.Act())+" of "+strconv.Itoa(s.player.Acts())+": "+s.sheet.Title, inkMark)
	default:
		s.say("there is no further act in that direction", inkDim)
	}
}

// anew opens the scenario again. What the hand did is lost: it asks once.
func (s *stage) anew() tea.Cmd {
	s.rest()
	if s.unsaved() && !s.asked {
		s.asked = true
		s.say("what you did is not saved: S saves it, R again begins anew", inkHand)
		return nil
	}
	s.asked = false
	if err := s.reopen(); err != nil {
		s.fail(err)
		return nil
	}
	s.say("begun anew", inkMark)
	return nil
}

// toChange goes on until the chosen panel shows something else.
func (s *stage) toChange() tea.Cmd {
	s.rest()
	t := s.target()
	if t.kind != onProbe {
		s.say("choose the panel of a probe first, with tab: t goes on until it changes", inkDim)
		return nil
	}
	j := journey{kind: changing, probe: t.probe}
	s.player.Bench().Read(t.probe, &j.began)
	s.remember()
	cmd := s.travel(j)
	s.compared = true
	return cmd
}

// progress is how far a journey with a goal has come, in words.
func (s *stage) progress() string {
	j := &s.trip
	if j.kind != reaching && j.kind != returning || j.goal <= j.from {
		return ""
	}
	return strconv.Itoa(int(100*(s.now()-j.from)/(j.goal-j.from))) + " %"
}
