package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// The pace of a replay: slices of about sliceMin to sliceMax of host time, so
// that an interrupt is heard; progress is shown after showAfter and then at
// most every showEvery.
const (
	sliceMin   = 20 * time.Millisecond
	sliceMax   = 60 * time.Millisecond
	sliceTicks = 256
	showAfter  = 400 * time.Millisecond
	showEvery  = 100 * time.Millisecond
)

// pacer hands out slices of ticks to a replay, hears interrupts, and shows how
// far it is where stderr is a terminal.
type pacer struct {
	ctx    context.Context
	player *script.Player
	name   string
	each   func() error // called between slices; may be nil
	status *statusLine
	ticks  sim.Tick
	begun  time.Time
}

func (p *pacer) next() (sim.Tick, error) {
	if p.each != nil {
		if err := p.each(); err != nil {
			return 0, err
		}
	}
	if p.ctx.Err() != nil {
		return 0, interrupted("%s", p.where())
	}
	now := time.Now()
	p.status.show(now, p.where)
	if p.begun.IsZero() {
		p.ticks = sliceTicks
	} else {
		p.ticks = paced(p.ticks, now.Sub(p.begun))
	}
	p.begun = now
	return p.ticks, nil
}

// paced is how many ticks the next slice takes, where the last took that long.
func paced(ticks sim.Tick, took time.Duration) sim.Tick {
	switch {
	case took < sliceMin:
		return min(2*ticks, script.TicksMax)
	case took > sliceMax:
		return max(ticks/2, 1)
	}
	return ticks
}

func (p *pacer) where() string {
	return fmt.Sprintf("in %s: act %d of %d, tick %d", p.name, p.player.Act(), p.player.Acts(), p.player.Bench().Now())
}

// statusLine is the line of progress on stderr.
type statusLine struct {
	w     io.Writer // nil where stderr is no terminal
	since time.Time
	last  time.Time
	width int // of what stands there now
}

func newStatusLine(w io.Writer) *statusLine {
	s := &statusLine{since: time.Now()}
	if isTerminal(w) {
		s.w = w
	}
	return s
}

func (s *statusLine) show(now time.Time, text func() string) {
	if s.w == nil || now.Sub(s.since) < showAfter || now.Sub(s.last) < showEvery {
		return
	}
	line := text()
	s.clear()
	fmt.Fprint(s.w, line)
	s.last, s.width = now, len([]rune(line))
}

// clear takes the line away, so that something else can be written.
func (s *statusLine) clear() {
	if s.width > 0 {
		fmt.Fprintf(s.w, "\r%s\r", strings.Repeat(" ", s.width))
		s.width = 0
	}
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}
