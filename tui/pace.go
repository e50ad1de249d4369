package tui

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"perceptarium/sim"
)

const (
	sliceLength = 8 * time.Millisecond   // the longest that keys wait for the machine
	frameLength = 16 * time.Millisecond  // between two slices of a paced run
	owedMax     = 250 * time.Millisecond // a terminal that slept owes no more
	chunkLength = time.Millisecond       // the clock is asked about that often
	chunkMax    = 1 << 20
)

// speeds are ticks a second; the last, 0, is as fast as the machine can.
var speeds = [...]int64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 0}

const (
	secondsPerAct  = 30  // about how long an act of known length should last
	speedUnplanned = 5   // ticks a second of an act whose length nobody knows
	speedSeen      = 100 // ticks a second that eyes can follow
)

// pace turns host time into counts of ticks; nothing else on the screen knows
// the time.
type pace struct {
	now     func() time.Time
	speed   int // index into speeds
	last    time.Time
	owed    float64 // ticks that time has earned and the machine has not done
	tickNS  float64 // how long a tick has taken lately
	rate    float64 // ticks a second, measured
	rateAt  time.Time
	counted sim.Tick
	spent   time.Duration // in slices, since it was last set to 0
}

func newPace() *pace { return &pace{now: time.Now, tickNS: 1000} }

// suit chooses the speed for an act of that length, whose ticks took that long
// on the original. Where nobody knows the length, it is the original's, if eyes
// can follow that.
func (p *pace) suit(length sim.Tick, exact bool, tickNS int64) {
	wish := int64(speedUnplanned)
	switch {
	case exact && length > 0:
		wish = max(int64(length)/secondsPerAct, 2)
	case tickNS > 0:
		wish = min(max(int64(time.Second)/tickNS, 1), speedSeen)
	}
	for p.speed = 0; speeds[p.speed] > 0 && speeds[p.speed] < wish; {
		p.speed++
	}
}

func (p *pace) change(by int) {
	p.speed = min(max(p.speed+by, 0), len(speeds)-1)
	p.owed = 0
}

// wish is the chosen speed in words.
func (p *pace) wish() string {
	if v := speeds[p.speed]; v > 0 {
		return short(float64(v)) + "/s"
	}
	return "full speed"
}

// measured is the true speed while the machine runs.
func (p *pace) measured() string {
	if p.rate <= 0 {
		return ""
	}
	return short(p.rate) + "/s"
}

// behind reports whether the machine is clearly slower than the chosen speed.
func (p *pace) behind() bool {
	v := float64(speeds[p.speed])
	return v == 0 || p.rate < v*0.9
}

// begin starts a journey.
func (p *pace) begin() {
	p.last = p.now()
	p.owed = 1 // the first tick at once
	p.rate, p.rateAt, p.counted = 0, p.last, 0
}

// earned is how many ticks are due by now at the chosen speed.
func (p *pace) earned() sim.Tick {
	v := speeds[p.speed]
	if v == 0 {
		return sim.Never
	}
	now := p.now()
	p.owed += float64(v) * min(now.Sub(p.last), owedMax).Seconds()
	p.last = now
	return sim.Tick(p.owed)
}

// slice has advance called with counts of ticks until want are done, advance
// wants no more, or the slice is over. It returns how many were done.
func (p *pace) slice(want sim.Tick, advance func(sim.Tick) (done sim.Tick, more bool)) sim.Tick {
	begin := p.now()
	total := sim.Tick(0)
	for at, more := begin, true; more && total < want && at.Sub(begin) < sliceLength; {
		n := min(max(sim.Tick(float64(chunkLength)/p.tickNS), 1), chunkMax, want-total)
		var done sim.Tick
		done, more = advance(n)
		total += done
		end := p.now()
		if took := float64(end.Sub(at)); done > 0 {
			p.tickNS = max(took/float64(done), 1)
		}
		at = end
	}
	p.spent += p.now().Sub(begin)
	p.owed = max(p.owed-float64(total), 0)
	p.measure(total)
	return total
}

func (p *pace) measure(n sim.Tick) {
	p.counted += n
	if took := p.now().Sub(p.rateAt); took > time.Second/2 {
		p.rate = float64(p.counted) / took.Seconds()
		p.rateAt, p.counted = p.now(), 0
	}
}

// frameMsg asks for the next slice of the journey of that number.
type frameMsg int

// next is when the following slice is due: soon where the machine works as
// fast as it can, else with the next frame.
func (p *pace) next(journey int, flatOut bool) tea.Cmd {
	wait := frameLength
	if flatOut {
		wait = time.Millisecond
	}
	return tea.Tick(wait, func(time.Time) tea.Msg { return frameMsg(journey) })
}

// machineTime is how long n ticks took on the original, in words.
func machineTime(n sim.Tick, tickNS int64) string {
	seconds := float64(n) * float64(tickNS) / 1e9
	switch {
	case seconds >= 3600:
		return strconv.FormatFloat(seconds/3600, 'f', 1, 64) + " h"
	case seconds >= 600:
		return strconv.FormatFloat(seconds/60, 'f', 1, 64) + " min"
	case seconds >= 1:
		return strconv.FormatFloat(seconds, 'f', 2, 64) + " s"
	}
	if n == 0 {
		return "0 s"
	}
	ms := strconv.FormatFloat(seconds*1000, 'f', 3, 64)
	return strings.TrimRight(strings.TrimRight(ms, "0"), ".") + " ms"
}
