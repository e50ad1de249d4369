package script

import "perceptarium/sim"

// Replay plays every act from where the player stands to the end of its script,
// or to the tick until where that is positive, and closes the trace. Between
// slices it asks pace how many ticks to go next; an error from pace ends the
// replay there. The error of a mistake in the scenario is an *Error.
func (p *Player) Replay(until sim.Tick, pace func() (sim.Tick, error)) error {
	for {
		if err := p.playAct(until, pace); err != nil {
			return err
		}
		if err := p.EndAct(); err != nil {
			return err
		}
		if more, err := p.NextAct(); !more || err != nil {
			return err
		}
	}
}

func (p *Player) playAct(until sim.Tick, pace func() (sim.Tick, error)) error {
	end := sim.Never
	if until > 0 {
		end = until
	}
	for !p.ActOver() && p.Bench().Now() < end {
		n, err := pace()
		if err != nil {
			return err
		}
		if _, err := p.Advance(min(n, end-p.Bench().Now())); err != nil {
			return err
		}
	}
	return nil
}

// Slices is the pace of a replay that nobody watches.
func Slices() (sim.Tick, error) { return 1 << 16, nil }

// PlannedMark is a mark and the tick at which the script reaches it.
type PlannedMark struct {
	Name string
	At   sim.Tick
}

// Plan foretells the present act: its marks and its length in ticks, as far as
// its waits are fixed. exact is false where the script has a wait "until": what
// comes after it is then left out.
func (p *Player) Plan() (marks []PlannedMark, length sim.Tick, exact bool) {
	exact = planBlock(p.acts[p.at].def.Body, &marks, &length)
	return marks, length, exact
}

// plannedMarksMax bounds the marks of a plan: a mark in a long repeat is
// counted that often and no more.
const plannedMarksMax = 1000

func planBlock(body []Command, marks *[]PlannedMark, at *sim.Tick) bool {
	for i := range body {
		c := &body[i]
		switch c.Verb {
		case "run":
			*at += sim.Tick(c.Count)
		case "until":
			return false
		case "mark":
			if len(*marks) < plannedMarksMax {
				*marks = append(*marks, PlannedMark{c.Name, *at})
			}
		case "repeat":
			if !planRepeat(c, marks, at) {
				return false
			}
		}
	}
	return true
}

func planRepeat(c *Command, marks *[]PlannedMark, at *sim.Tick) bool {
	first, before := *at, len(*marks)
	if !planBlock(c.Body, marks, at) {
		return false
	}
	round := *at - first
	inside := (*marks)[before:]
	for n := int64(1); n < c.Count && len(inside) > 0 && len(*marks) < plannedMarksMax; n++ {
		for _, m := range inside {
			*marks = append(*marks, PlannedMark{m.Name, m.At + sim.Tick(n)*round})
		}
	}
	*at = first + sim.Tick(c.Count)*round
	return true
}
