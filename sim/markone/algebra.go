package markone

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// Modes and systems of reinforcement, as Config has them.
const (
	Forced      = modeForced
	Spontaneous = modeSpontaneous
	Corrective  = modeCorrective

	Alpha = systemAlpha
	Beta  = systemBeta
	Gamma = systemGamma

	// None as a source-set: the association unit feeds no response.
	None = none
)

// Config is what an Algebra is besides its wiring.
type Config struct {
	Responses  int     // 1..64
	Of         []uint8 // source-set of each association unit, from 0; or None. Nil: as Assign
	Theta      int     // threshold of the association units
	Mode       int     // Forced, Spontaneous or Corrective
	System     int     // Alpha, Beta or Gamma
	Monovalent bool    // units of an off response keep their values
	Mean       bool    // responses take the mean of the active units' values, not the sum
	Exclusion  bool    // only the response with the largest signal is 1
	DeadZone   Arc     // a response holds its state while its signal lies within
	Step       Arc     // what a motor turns by in a tick; on paper, one unit of reinforcement
	Ticks      int64   // of one reinforcement
	Motors     bool    // motors know one speed: see reinforcement by beta and gamma
	Feed       int64   // constant of beta
	Decay      int64   // millionths of each value lost after each presentation
	Lo, Hi     Arc     // the stops
}

// IdealMarkOne is the Mark I with ideal components and the defaults of section
// 15 of the dossier.
func IdealMarkOne() Config {
	return Config{Responses: Responses, Theta: 2, Mode: Corrective, DeadZone: arcsOf(100_000), Step: travelArcs / 3000, Ticks: 30,
		Motors: true, Feed: 8, Lo: -halfTravel, Hi: halfTravel}
}

// Paper is a machine on paper: values count reinforcements, without limits.
func Paper(responses, theta, mode int) Config {
	return Config{Responses: responses, Theta: theta, Mode: mode, Step: unitArcs, Ticks: 1, Feed: 8, Lo: -paperStop, Hi: paperStop}
}

// Assign divides that many association units into source-sets of equal size, one
// after the other; units left over feed none.
func Assign(units, sets int) []uint8 {
	of := make([]uint8, units)
	assign(of, sets)
	return of
}

// Algebra is the perceptron as a formula: what a Machine of ideal components
// comes to at the end of each presentation, without its ticks. It leaves out
// light that is neither on nor off, time, noise, backlash, dead spots, starting
// times and every fault of potentiometers and responses; where a Machine has
// none of these, both take the same decisions and hold the same values.
type Algebra struct {
	config Config
	units  int
	need   []int32 // inputs that make each unit active
	value  []Arc
	state  uint64
	used   uint64 // responses that have a source-set
	set    [ResponsesMax]unitSet
	wired  unitSet // units that are in a set

	balance [ResponsesMax]Arc
	on      unitSet // active units of the last card

	wires
	batch batch
}

// NewAlgebra makes an Algebra on a wiring. Values are 0, responses 0.
func NewAlgebra(b *Plugboard, c Config) (*Algebra, error) {
	if c.Of == nil && c.Responses > 0 && c.Responses <= b.Units {
		c.Of = Assign(b.Units, c.Responses)
	}
	switch {
	case b.Units < 1 || b.Units > UnitsMax:
		return nil, fmt.Errorf("markone: %d association units; there can be 1..%d", b.Units, UnitsMax)
	case c.Responses < 1 || c.Responses > ResponsesMax:
		return nil, fmt.Errorf("markone: %d responses; there can be 1..%d", c.Responses, ResponsesMax)
	case len(c.Of) != b.Units:
		return nil, fmt.Errorf("markone: source-sets of %d association units; the board has %d", len(c.Of), b.Units)
	case c.Step < 1 || c.Ticks < 1 || c.Lo > 0 || c.Hi < 0:
		return nil, errors.New("markone: a reinforcement takes at least one tick and one Arc, and 0 lies between the stops")
	}
	if err := b.Check(Limits{}); err != nil {
		return nil, fmt.Errorf("markone: %w", err)
	}
	g := &Algebra{config: c, units: b.Units, need: make([]int32, b.Units), value: make([]Arc, b.Units)}
	for a, of := range c.Of {
		g.need[a] = int32(c.Theta)
		if of == None {
			continue
		}
		if int(of) >= c.Responses {
			return nil, fmt.Errorf("markone: source-set %d of unit %d; there are 0..%d", of, a, c.Responses-1)
		}
		g.set[of].add(int32(a))
		g.wired.add(int32(a))
		g.used |= 1 << of
	}
	if a, n := b.busiest(); n > cordsMax {
		return nil, fmt.Errorf("markone: %d cords on association unit A%d; the formula takes %d", n, a, cordsMax)
	}
	g.wires.lay(b, g.need)
	return g, nil
}

// Algebra returns the formula of the machine as it stands: the same board, values
// and responses, the faults of cords and association units included. A machine
// whose potentiometers or responses are not ideal has none.
func (m *Machine) Algebra() (*Algebra, error) {
	s := &m.set
	switch {
	case !m.pots.simple || s[setSpeedSpread] != 0 || s[setLift] != 0 || s[setMotorsJammed] != 0:
		return nil, errors.New("markone: potentiometers or motors are not ideal: no formula holds for them")
	case s[setOffsetSpread] != 0 || m.responses.forced0|m.responses.forced1 != 0:
		return nil, errors.New("markone: response units are not ideal: no formula holds for them")
	case s[setCorrection] != quantised || s[setFeedback] != feedbackNone:
		return nil, errors.New("markone: the formula knows quantised correction without feedback only")
	case m.units.drifting:
		return nil, errors.New("markone: thresholds drift: no formula holds for them")
	}
	for _, f := range m.pots.fault {
		if f != potSound {
			return nil, errors.New("markone: a potentiometer is at fault: no formula holds for it")
		}
	}
	c := Config{
		Responses: m.build.responses, Of: slices.Clone(m.responses.of), Theta: int(s[setTheta]), Mode: int(s[setMode]), System: int(s[setSystem]),
		Monovalent: s[setValence] == monovalent, Mean: s[setSumming] == meanNetwork, Exclusion: s[setExclusion] == 1,
		DeadZone: m.build.arcs(s[setDeadZone]), Step: unitArcs, Ticks: ticksOf(s[setPulse], m.build.clock), Motors: m.build.motors(),
		Feed: s[setFeed], Decay: s[setDecay], Lo: m.pots.lo, Hi: m.pots.hi,
	}
	if c.Motors {
		c.Step = travelArcs * m.build.clock / s[setTravel]
	}
	g, err := NewAlgebra(m.units.effective(), c)
	if err != nil {
		return nil, err
	}
	copy(g.value, m.pots.shaft)
	g.balance, g.state = m.reinforcer.balance, m.responses.state
	copy(g.need, m.units.need)
	g.wires.bias(g.need)
	return g, nil
}

// Present shows a card and returns the responses: bit r is that of response r.
func (g *Algebra) Present(c *Card) uint64 {
	g.fire(c, &g.on)
	var total, active [ResponsesMax]int64
	for w, on := range g.on {
		for on &= g.wired[w]; on != 0; on &= on - 1 {
			a := w<<6 | bits.TrailingZeros64(on)
			r := g.config.Of[a] & (ResponsesMax - 1)
			total[r] += g.value[a]
			active[r]++
		}
	}
	g.state = g.decide(&total, &active)
	return g.state
}

// decide is the new state of the responses for their summed signals.
func (g *Algebra) decide(total, active *[ResponsesMax]int64) uint64 {
	if g.config.Exclusion {
		return g.strongest(total, active)
	}
	state := g.state
	for used := g.used; used != 0; used &= used - 1 {
		r := bits.TrailingZeros64(used)
		zone := g.config.DeadZone
		if g.config.Mean {
			zone *= max(active[r], 1)
		}
		if total[r] > zone {
			state |= 1 << r
		} else if total[r] < -zone {
			state &^= 1 << r
		}
	}
	return state
}

// strongest is the state in which the response with the largest signal alone is
// 1; where two share the lead, or it lies within the dead zone, nothing changes.
func (g *Algebra) strongest(total, active *[ResponsesMax]int64) uint64 {
	weight := func(r int) int64 {
		if g.config.Mean {
			return max(active[r], 1)
		}
		return 1
	}
	for used := g.used; used != 0; used &= used - 1 {
		r := bits.TrailingZeros64(used)
		leads := total[r] > g.config.DeadZone*weight(r)
		for others := g.used &^ (1 << r); others != 0 && leads; others &= others - 1 {
			o := bits.TrailingZeros64(others)
			leads = total[r]*weight(o) > total[o]*weight(r)
		}
		if leads {
			return 1 << r
		}
	}
	return g.state
}

// Learn shows a card, reinforces as the mode says, and lets the values decay. It
// returns the responses before the reinforcement. Bit r of care says whether
// anything is wanted of response r, bit r of want what.
func (g *Algebra) Learn(c *Card, want, care uint64) uint64 {
	said := g.Present(c)
	g.Reinforce(want, care)
	g.Relax()
	return said
}

// Values returns the value of each association unit. The caller must not change
// them.
func (g *Algebra) Values() []Arc { return g.value }

// SetValue sets the value of one association unit, within the stops.
func (g *Algebra) SetValue(a int, v Arc) { g.value[a] = min(max(v, g.config.Lo), g.config.Hi) }

// State returns the responses; SetState sets them.
func (g *Algebra) State() uint64 { return g.state }

// SetState sets the responses; those without a source-set stay 0.
func (g *Algebra) SetState(state uint64) { g.state = state & g.used }

// Units is the number of association units.
func (g *Algebra) Units() int { return g.units }

// Kill makes association unit a dead: it is never active.
func (g *Algebra) Kill(a int) {
	g.need[a] = neverActive
	g.wires.bias(g.need)
}

// Active reports which association units the last card of Present made active:
// unit a is bit a%64 of word a/64.
func (g *Algebra) Active() []uint64 { return g.on[:(g.units+63)/64] }

// ActiveCount counts them.
func (g *Algebra) ActiveCount() (n int) {
	for _, w := range g.on {
		n += bits.OnesCount64(w)
	}
	return n
}
