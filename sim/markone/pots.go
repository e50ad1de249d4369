package markone

import (
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Arc is an angle of a potentiometer, from the middle of its travel: 1/10,000
// degree of a single turn of 300 degrees (Assumed), so that at 10 ms a tick and
// 30 s of travel a motor turns by 1000 Arcs a tick. On a paper machine, which
// has no potentiometers, an Arc is a millionth of one unit of reinforcement.
type Arc = int64

const (
	travelArcs Arc = 3_000_000      // stop to stop
	halfTravel     = travelArcs / 2 // 11 V
	unitArcs   Arc = 1_000_000      // one unit of reinforcement on paper
	paperStop  Arc = 1 << 33        // Assumed: paper knows no limit; this one, 8590 units of reinforcement, only keeps sums exact
)

// Wiper voltage at the stops: -11 V and +11 V (S: Jensen and Dunning 2026), so
// that 3 Arcs are 22 microvolts.
const stopMicrovolts = 11_000_000

const microvolt sim.Unit = "microvolt"

// What can be wrong with a potentiometer and its motor.
const (
	potSound  = iota
	potJammed // the motor does not turn
	potOpen   // the wiper has no contact
	potFaults
)

// pots are the value stores: a potentiometer for each association unit, turned
// by a motor at constant speed while it is energised, from stop to stop. The
// wiper follows the shaft with some play.
type pots struct {
	fault []uint8
	shaft []Arc
	lag   []int32 // of the wiper behind its shaft, within half the backlash
	motor []int8  // direction in which each motor is energised
	warm  []int32 // ticks for which it has been
	goal  []Arc   // where motors run to while servo
	store []Arc   // values put aside
	servo bool    // motors run to their goals
	noise rng.Stream

	lo, hi     Arc // the stops
	analogue   bool
	drawn      [4][]int64 // of each unit: speed, lift, resistor, dead spot (from the seed)
	rank       []int32    // order in which motors jam (from the seed)
	jam        []bool
	up, down   []Arc   // by how much each shaft turns in a tick
	share      []int64 // each resistor's, Q16
	simple     bool    // wipers are where their shafts are, and read so
	play       int32   // half the backlash
	spot       Arc     // half the length of the dead spot
	detent     Arc     // from one step to the next; 0: none
	startTicks int32
	noise16    int64 // rms of each wiper's noise, in Arcs
	running    []int32
	was        []int8
}

const (
	drawnSpeed = iota
	drawnLift
	drawnResistor
	drawnSpot
)

func newPots(units int, analogue bool, lo, hi Arc) pots {
	p := pots{
		fault: make([]uint8, units), shaft: make([]Arc, units), lag: make([]int32, units), motor: make([]int8, units),
		warm: make([]int32, units), goal: make([]Arc, units), store: make([]Arc, units),
		lo: lo, hi: hi, analogue: analogue, rank: make([]int32, units), jam: make([]bool, units),
		up: make([]Arc, units), down: make([]Arc, units), share: make([]int64, units),
		running: make([]int32, 0, units), was: make([]int8, units),
	}
	for i := range p.drawn {
		p.drawn[i] = make([]int64, units)
	}
	return p
}

func (p *pots) draw(source rng.Source) {
	for i, name := range []string{"motor-speed", "motor-lift", "resistors", "dead-spots"} {
		st := source.Stream(name)
		for a := range p.drawn[i] {
			if i == drawnSpot {
				p.drawn[i][a] = st.Below(travelArcs) - halfTravel
			} else {
				p.drawn[i][a] = normal(&st)
			}
		}
	}
	jams := source.Stream("motors-jammed")
	jams.Perm(p.rank)
}

// centre puts every potentiometer to the middle of its travel, sound and at
// rest.
func (p *pots) centre() {
	clear(p.fault)
	clear(p.shaft)
	clear(p.lag)
	clear(p.motor)
	clear(p.warm)
	clear(p.goal)
	clear(p.store)
	p.servo = false
}

// trim works out what the settings make of motors and wipers. Where the play
// shrinks, wipers are taken along.
func (p *pots) trim(set *[settings]int64, clock int64) {
	for a := range p.up {
		p.jam[a] = p.fault[a] == potJammed || int64(p.rank[a]) < set[setMotorsJammed]*int64(len(p.up))/1000
		if !p.analogue {
			p.up[a], p.down[a], p.share[a] = paperStop*2, paperStop*2, one16
			continue
		}
		speed := spread(travelArcs*clock/set[setTravel], p.drawn[drawnSpeed][a], set[setSpeedSpread])
		p.up[a] = spread(speed, p.drawn[drawnLift][a], set[setLift])
		p.down[a] = speed
		p.share[a] = spread(one16, p.drawn[drawnResistor][a], set[setResistorSpread])
	}
	if !p.analogue {
		p.simple = true
		return
	}
	p.play = int32(set[setBacklash] * travelArcs / 2000)
	for a, lag := range p.lag {
		p.lag[a] = min(max(lag, -p.play), p.play)
	}
	p.spot = set[setDeadSpot] * travelArcs / 2000
	p.detent = 0
	if set[setDetents] > 0 {
		p.detent = travelArcs / set[setDetents]
	}
	p.startTicks = int32(ticksOf(set[setMotorStart], clock))
	p.noise16 = arcsOf(set[setWiperNoise])
	open := false
	for _, f := range p.fault {
		open = open || f == potOpen
	}
	p.simple = p.play == 0 && p.spot == 0 && p.detent == 0 && p.startTicks == 0 && p.noise16 == 0 && !open &&
		set[setResistorSpread] == 0
}

// spread is v (1 + deviate * permille/1000), at least a tenth of v.
func spread(v, deviate, permille int64) int64 {
	return max(v+v*(deviate*permille/1000)>>16, (v+9)/10)
}

// ticksOf is how many ticks a time takes, a part of a tick as a whole one.
func ticksOf(ms, clock int64) int64 { return (ms + clock - 1) / clock }

// arcsOf and microvoltsOf convert wiper voltage and angle.
func arcsOf(microvolts int64) Arc { return divide(microvolts*3, 22) }

func microvoltsOf(angle Arc) int64 { return divide(angle*22, 3) }

// wiper is the value that potentiometer a delivers, without its noise.
func (p *pots) wiper(a int32) Arc {
	v := p.shaft[a]
	if p.simple {
		return v
	}
	v += Arc(p.lag[a])
	switch {
	case p.fault[a] == potOpen:
		return 0
	case p.spot > 0 && abs64(v-p.drawn[drawnSpot][a]) <= p.spot:
		return 0
	case p.detent > 0:
		return divide(v, p.detent) * p.detent
	}
	return v
}

func abs64(v int64) int64 { return max(v, -v) }

// place turns potentiometer a by hand.
func (p *pots) place(a int, angle Arc) {
	p.shaft[a], p.lag[a] = min(max(angle, p.lo), p.hi), 0
}

// rest takes the current off all motors.
func (p *pots) rest() {
	clear(p.motor)
	clear(p.warm)
	p.servo = false
}

// energise runs the motors of list for one tick in one direction, +1 or -1.
func (p *pots) energise(list []int32, dir int8) {
	if !p.simple {
		for _, a := range list {
			p.start(a, dir)
		}
		return
	}
	for _, a := range list {
		p.motor[a] = dir
		if p.jam[a] {
			continue
		}
		if dir > 0 {
			p.shaft[a] = min(p.shaft[a]+p.up[a], p.hi)
		} else {
			p.shaft[a] = max(p.shaft[a]-p.down[a], p.lo)
		}
	}
}

// start runs one motor for a tick, if it has been energised long enough.
func (p *pots) start(a int32, dir int8) {
	p.motor[a] = dir
	if p.was[a] != dir {
		p.warm[a] = 0
	}
	if p.warm[a] < p.startTicks {
		p.warm[a]++
		return
	}
	if dir > 0 {
		p.turn(a, p.up[a])
	} else {
		p.turn(a, -p.down[a])
	}
}

// turn moves a shaft; the wiper stays behind within the play.
func (p *pots) turn(a int32, by Arc) {
	if p.jam[a] {
		return
	}
	old := p.shaft[a]
	p.shaft[a] = min(max(old+by, p.lo), p.hi)
	lag := Arc(p.lag[a]) - (p.shaft[a] - old)
	p.lag[a] = int32(min(max(lag, Arc(-p.play)), Arc(p.play)))
}

// send lets the motors run to their goals.
func (p *pots) send() {
	p.servo = true
	p.findRunning()
}

// findRunning lists the motors that are not at their goals.
func (p *pots) findRunning() {
	p.running = p.running[:0]
	for a := range p.shaft {
		if p.servo && p.shaft[a] != p.goal[a] && !p.jam[a] {
			p.running = append(p.running, int32(a))
		}
	}
}

// approach runs the motors toward their goals for one tick; each stops on its
// goal.
func (p *pots) approach() {
	left := p.running[:0]
	for _, a := range p.running {
		gap := p.goal[a] - p.shaft[a]
		by := min(max(gap, -p.down[a]), p.up[a])
		p.motor[a] = 1
		if gap < 0 {
			p.motor[a] = -1
		}
		if p.simple {
			p.shaft[a] += by
		} else {
			p.turn(a, by)
		}
		if by != gap {
			left = append(left, a)
		}
	}
	p.running = left
}
