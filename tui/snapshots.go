package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// Snapshots is where the screen finds marks that took long to reach, and keeps
// those that it passes. With the zero value there are none.
type Snapshots struct {
	After time.Duration                                   // a mark that was computed for that long is kept
	List  func(*script.Player) []script.Landmark          // of the present act, by tick
	Leap  func(p *script.Player, to script.Landmark) bool // false where it cannot be used
	Keep  func(*script.Player) (write func())             // where the player stands; write may run beside it
}

// leap begins a journey at the nearest stored snapshot on its way, and reports
// whether there is one.
func (s *stage) leap(j *journey) bool {
	if s.snapshots.List == nil || s.player.Taken() || s.player.ActOver() && j.kind != returning {
		return false
	}
	var to script.Landmark
	var ok bool
	at, kept := s.player.Landmark(), s.snapshots.List(s.player)
	switch j.kind {
	case seeking:
		to, ok = at.Next(kept)
		if j.mark != "" {
			to, ok = at.TowardMark(kept, j.mark)
		}
	case reaching, returning:
		to, ok = at.Toward(kept, j.goal)
	case ending:
		to, ok = at.Toward(kept, sim.Never)
	}
	if !ok || !s.snapshots.Leap(s.player, to) {
		return false
	}
	s.pace.spent, s.kept = 0, to
	s.far = max(s.far, s.now())
	return true
}

// keep stores a mark, or the end of an act, that took long to reach.
func (s *stage) keep() {
	at := s.player.Landmark()
	if s.snapshots.Keep == nil || s.pace.spent < s.snapshots.After || at.Marks == s.kept.Marks && at.Over == s.kept.Over {
		return
	}
	s.pace.spent, s.kept = 0, at
	write := s.snapshots.Keep(s.player)
	s.writes = tea.Batch(s.writes, func() tea.Msg {
		write()
		return nil
	})
}
