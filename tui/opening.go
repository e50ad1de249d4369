package tui

import (
	"fmt"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// openingMax is how long the screen waits for a scenario that is being opened
// before it shows a frame that says so: some have to make many cards first.
const openingMax = 40 * time.Millisecond

// opening is a scenario that is being opened.
type opening struct {
	sc   *script.Scenario
	as   *scene // of the lecture; nil: as a whole
	done chan opened
}

// opened is what became of it.
type opened struct {
	of    *opening
	stage *stage
	err   error
	fault string // it panicked: why, and where
}

// open opens a scenario and waits for it, as long as its patience goes; then the
// command that is returned goes on waiting.
func (a *app) open(sc *script.Scenario, as *scene) tea.Cmd {
	o := &opening{sc, as, make(chan opened, 1)}
	options, looks := a.o, *a.t // the screen may change its own meanwhile
	go func() {
		r := opened{of: o}
		defer func() {
			if v := recover(); v != nil {
				r.fault = fmt.Sprintf("%v\n%s", v, debug.Stack())
			}
			o.done <- r
		}()
		r.stage, r.err = newStage(sc, &options, &looks)
	}()
	a.opening = o
	select {
	case r := <-o.done:
		return a.arrive(r)
	case <-time.After(a.o.patience):
		return func() tea.Msg { return <-o.done }
	}
}

// arrive takes what was opened to the front. Where it could not be opened, what
// was there stays and says why; where nothing was, the screen is left.
func (a *app) arrive(r opened) tea.Cmd {
	if r.of != a.opening {
		return nil // given up meanwhile
	}
	first := a.hall == nil && a.stage == nil
	a.opening = nil
	switch {
	case r.fault != "":
		panic(r.fault)
	case r.err != nil && first:
		a.failed = r.err
		return tea.Quit
	case r.err != nil && a.stage != nil:
		a.stage.say(r.of.sc.Name+": "+r.err.Error(), inkBad)
		return nil
	case r.err != nil:
		a.hall.notice = notice{r.of.sc.Name + ": " + r.err.Error(), inkBad}
		return nil
	}
	a.stage = r.stage
	a.stage.t = a.t
	var cmd tea.Cmd
	switch {
	case first:
		cmd = a.stage.goTo(a.o.Act, a.o.At)
	case r.of.as != nil:
		cmd = a.stage.present(r.of.as)
	}
	if a.size.w > 0 && !a.tooSmall() {
		a.stage.resize(a.size.w, a.size.h)
	}
	a.stage.see()
	return cmd
}

// goTo begins in that act at that tick.
func (s *stage) goTo(act int, at sim.Tick) tea.Cmd {
	for range act - 1 {
		s.anotherAct(s.player.NextAct())
	}
	if at == 0 {
		return nil
	}
	return s.travel(journey{kind: reaching, goal: at})
}

// giveUp goes back from a scenario that is being opened. leave is true where
// there is nothing to go back to.
func (a *app) giveUp() (leave bool) {
	a.opening = nil
	return a.hall == nil && a.stage == nil
}

// draw says what is being opened.
func (o *opening) draw(t *theme, all area) {
	all.text(0, 0, o.sc.Header.Title, inkStrong)
	all.right(all.w, 0, group0(o.sc.Header.Year), inkDim)
	all.text(0, 1, "opening: its machines and its cards are being made", inkDim)
	drawKeys(t, all.rows(all.h-1, 1), []hint{{"q", "leave"}})
}
