package tui

import (
	tea "charm.land/bubbletea/v2"

	"perceptarium/internal/lecture"
)

// way is a direction along the scenarios.
type way int8

const (
	backward way = iota - 1
	stay
	onward
)

// lesson is the place of a scene in the lecture.
type lesson struct {
	row            int    // of the hall
	first, last    int    // acts
	before, behind string // what stands around it, in words; "": nothing
}

// scene is one of the lecture as it is opened.
type scene struct {
	lecture.Scene
	words  string
	lesson *lesson
}

// present makes the stage a scene of the lecture: it goes to the act and the
// mark of the scene.
func (s *stage) present(c *scene) tea.Cmd {
	s.lesson = c.lesson
	cmd := s.goTo(c.Act, 0)
	s.say(c.words, inkMark)
	if c.Mark != "" {
		cmd = s.travel(journey{kind: seeking, mark: c.Mark})
	}
	return cmd
}

// lastAct is the act with which it ends.
func (s *stage) lastAct() int {
	if s.lesson != nil && s.lesson.last > 0 {
		return s.lesson.last
	}
	return s.player.Acts()
}

// atEdge says that there is nothing more in that direction. Where something
// follows there, the same key once more opens it.
func (s *stage) atEdge(to way) {
	place, next := "the end", s.player.Scenario().Header.Next
	if s.lesson != nil {
		next = s.lesson.behind
		if to == backward {
			place, next = "the beginning", s.lesson.before
		}
	}
	switch {
	case next == "" && s.lesson != nil:
		s.say(place+" of the lecture; q goes back to the slides", inkMark)
	case next == "":
		s.say("the end; r goes back to the beginning, R begins anew, q leaves", inkMark)
	case s.edge == to:
		s.follow = to
	case to == backward:
		s.edge = to
		s.say("the beginning; before it came "+next+": the same key opens it", inkMark)
	default:
		s.edge = to
		s.say("the end; it goes on in "+next+": the same key opens it", inkMark)
	}
}
