package markone

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Personality is which machine it is: the Mark I, or a machine on paper that has
// no motors and no limits to its values.
type Personality int

// The personalities.
const (
	MarkOne Personality = iota
	Photoperceptron1957
	Theory1958
	IBM704
)

// PersonalityNames are the words of the slot personality.
var PersonalityNames = []string{"mark-one", "photoperceptron-1957", "theory-1958", "ibm-704"}

// build is what a machine was made as.
type build struct {
	personality Personality
	units       int
	responses   int
	clock       int64      // ms of a tick
	plugged     *Plugboard // from a file; nil where wiring is drawn
	wiring      Wiring
	lo, hi      Arc
	normal      [settings]int64 // where settings stand at power on
}

// motors reports whether values are held by motor-driven potentiometers.
func (b *build) motors() bool { return b.personality == MarkOne }

// arcs and shown convert what a person sees of a value, microvolts or millionths
// of a unit of reinforcement, and Arcs.
func (b *build) arcs(v int64) Arc {
	if b.motors() {
		return arcsOf(v)
	}
	return v
}

func (b *build) shown(v Arc) int64 {
	if b.motors() {
		return microvoltsOf(v)
	}
	return v
}

// fullScale is what a random setting is drawn from: half the travel, or on paper
// ten units of reinforcement (Assumed).
func (b *build) fullScale() Arc {
	if b.motors() {
		return halfTravel
	}
	return 10 * unitArcs
}

var (
	wiringWords     = []string{"uniform", "exponential", "gaussian"}
	samplingWords   = []string{"replacement", "distinct", "poisson"}
	componentWords  = []string{"ideal", "period"}
	outletWords     = []string{"20+20", "40", "unlimited"}
	personalityWord = "personality"
)

// Slots are the KEY=VALUE words of a machine line.
func Slots() []sim.Slot {
	return []sim.Slot{
		{Key: personalityWord, Words: PersonalityNames,
			Doc: "mark-one, or on paper: the photoperceptron of the 1957 report, the theory of 1958, the IBM 704 simulation"},
		{Key: "components", Words: componentWords, Doc: "ideal; or period: the tolerances that section 7 of the dossier suggests, all of them Assumed"},
		{Key: "plugboard", Data: true, Doc: "a plugboard file; without it the board is plugged at random, from the seed"},
		{Key: "wiring", Words: wiringWords, Doc: "where the origins of an association unit lie: anywhere, or about a centre (default 2 of the dossier: uniform)"},
		{Key: "sampling", Words: samplingWords, Doc: "how they are drawn: with replacement, or no point twice for the same unit; poisson: with replacement, their numbers by chance too"},
		{Key: "x", Doc: "excitatory origins of each association unit, 0..64 (default 1 of the dossier: 5)"},
		{Key: "y", Doc: "inhibitory origins of each association unit, 0..64 (default 1 of the dossier: 5)"},
		{Key: "radius", Doc: "of wiring exponential and gaussian, in tenths of a cell, 1..1000 (Assumed: 30)"},
		{Key: "outlets", Words: outletWords, Doc: "plugs that fit on a sensory unit: 20 of each sign, 40 of any, or no limit (Mark I: 20+20, or 40 where x or y needs it; on paper: unlimited)"},
		{Key: "units", Doc: "association units: the Mark I has 512; on paper 1..1000"},
		{Key: "responses", Doc: "response units: the Mark I has 8; on paper 1..64"},
		{Key: "clock", Doc: "length of a tick in ms, 1..20 (Assumed: 10); the Mark I alone"},
	}
}

// Make makes a machine; an empty Env makes a Mark I of ideal components.
func Make(env sim.Env) (sim.Machine, error) {
	m, err := New(env)
	if err != nil {
		return nil, err
	}
	return m, nil
}

// New is Make for callers that want the Machine itself. The machine is powered
// on with seed 0.
func New(env sim.Env) (*Machine, error) {
	b, err := newBuild(env)
	if err != nil {
		return nil, err
	}
	m := &Machine{build: b}
	m.retina.fader = newFader()
	m.units = newUnits(&b)
	m.pots = newPots(b.units, b.motors(), b.lo, b.hi)
	m.responses = newResponses(&b)
	m.reinforcer.order = make([]int32, 0, b.units)
	m.sheet = m.newSheet()
	m.Reset(0)
	return m, nil
}

func newUnits(b *build) association {
	return association{
		fault: make([]uint8, b.units), drift: make([]int32, b.units), error: make([]int64, b.units), rank: make([]int32, b.units),
		need: make([]int32, b.units), count: make([]int32, b.units),
	}
}

func newResponses(b *build) responses {
	return responses{units: b.responses, of: make([]uint8, b.units)}
}

// newBuild reads the slots.
func newBuild(env sim.Env) (b build, err error) {
	r := slotReader{env: env}
	b.personality = Personality(r.word(personalityWord, PersonalityNames, 0))
	b.preset()
	b.units = int(r.number("units", 1, UnitsMax, int64(b.units)))
	b.responses = int(r.number("responses", 1, ResponsesMax, int64(b.responses)))
	b.clock = r.number("clock", 1, 20, 10)
	if b.motors() {
		r.must(b.units == Units, "units: the Mark I has %d association units; other numbers need a personality on paper", Units)
		r.must(b.responses == Responses, "responses: the Mark I has %d response units; other numbers need a personality on paper", Responses)
	} else {
		r.must(b.clock == 10, "clock: a machine on paper has no clock of its own")
	}
	r.must(b.responses <= b.units, "responses: %d response units need at least as many association units", b.responses)
	if r.word("components", componentWords, 0) == 1 {
		r.must(b.motors(), "components: a machine on paper has none")
		periodComponents(&b.normal)
	}
	if r.err != nil {
		return b, r.err
	}
	b.wiring, err = r.wiring(&b)
	if err != nil {
		return b, err
	}
	if opt, ok := env.Get("plugboard"); ok {
		b.plugged, err = ParsePlugboard(opt.Value, opt.Data, b.units, b.wiring.Limits)
	}
	return b, err
}

// slotReader reads options; the first mistake stays.
type slotReader struct {
	env sim.Env
	err error
}

func (r *slotReader) must(ok bool, format string, args ...any) {
	if !ok && r.err == nil {
		r.err = fmt.Errorf("markone: "+format, args...)
	}
}

func (r *slotReader) word(key string, words []string, normal int) int {
	opt, ok := r.env.Get(key)
	if !ok {
		return normal
	}
	i := slices.Index(words, opt.Value)
	if i < 0 && r.err == nil {
		r.err = errors.New("markone: " + sim.Unknown(key+" cannot be", opt.Value, words))
	}
	return max(i, 0)
}

func (r *slotReader) number(key string, lo, hi, normal int64) int64 {
	opt, ok := r.env.Get(key)
	if !ok {
		return normal
	}
	v, err := strconv.ParseInt(opt.Value, 10, 64)
	if err != nil || v < lo || v > hi {
		r.must(false, "%s takes a whole number in %d..%d, not %q", key, lo, hi, opt.Value)
		return normal
	}
	return v
}

func (r *slotReader) wiring(b *build) (Wiring, error) {
	w := Wiring{Units: b.units, Law: Law(r.word("wiring", wiringWords, 0))}
	sampling := r.word("sampling", samplingWords, 0)
	w.Distinct, w.Poisson = sampling == 1, sampling == 2
	w.X, w.Y = int(r.number("x", 0, OriginsMax, 5)), int(r.number("y", 0, OriginsMax, 5))
	w.Radius = int(r.number("radius", 1, RadiusMax, 30))
	normal := 0
	if max(w.X, w.Y)*w.Units > Outlets/2*Points {
		normal = 1
	}
	if !b.motors() {
		normal = 2
	}
	switch r.word("outlets", outletWords, normal) {
	case 0:
		w.Limits = Limits{Outlets, Outlets / 2}
	case 1:
		w.Limits = Limits{Outlets, 0}
	}
	if r.err != nil {
		return w, r.err
	}
	if err := w.Check(); err != nil {
		return w, fmt.Errorf("markone: %w", err)
	}
	return w, nil
}

// preset sets sizes and switches as the personality has them.
func (b *build) preset() {
	for i, row := range settingTable() {
		b.normal[i] = row.normal
	}
	b.units, b.responses, b.lo, b.hi = Units, Responses, -halfTravel, halfTravel
	if b.motors() {
		return
	}
	b.lo, b.hi = -paperStop, paperStop
	b.normal[setDeadZone] = 0
	b.normal[setRise], b.normal[setFall] = 1, 1
	b.normal[setSettle], b.normal[setSwitching], b.normal[setIntegration], b.normal[setPulse] = 20, 0, 10, 10
	b.normal[setPlace], b.normal[setJudging] = 0, 0
	b.normal[setMode] = modeForced
	switch b.personality {
	case Photoperceptron1957: // P: values only grow; rival responses and their units are shut out
		b.units, b.responses, b.lo = 64, 2, 0
		b.normal[setValence], b.normal[setExclusion], b.normal[setFeedback] = monovalent, 1, feedbackGate
	case Theory1958: // P: mutually exclusive responses; 100 units a source-set in the example of Research Trends
		b.units, b.responses = 200, 2
		b.normal[setValence], b.normal[setExclusion] = monovalent, 1
	case IBM704: // S: 500 to 1000 units
		b.units, b.responses = UnitsMax, 1
	}
}

// Reset turns the power on.
func (m *Machine) Reset(seed uint64) {
	m.reseed(seed)
	source := rng.New(seed)
	m.now, m.phase, m.until, m.rest, m.panel = 0, Clear, 0, false, Panel{}
	m.set, m.cord, m.score = m.build.normal, m.cord[:0], score{}
	for i := range m.wanted {
		m.wanted[i] = -1
	}
	m.chance = source.Stream("settings")
	m.units.walk = source.Stream("drift")
	m.pots.noise = source.Stream("wiper-noise")
	m.retina.darken(&m.set)
	m.units.mend()
	m.pots.centre()
	m.shares = 0
	assign(m.responses.of, m.build.responses)
	m.responses.fault = [ResponsesMax]uint8{}
	m.responses.total, m.responses.samples = [ResponsesMax]int64{}, 0
	m.reinforcer.reset(source)
	m.plugIn()
	m.responses.guess(source, m.set[setExclusion] == 1)
	m.refresh(touchAll)
}

// reseed draws what differs from specimen to specimen.
func (m *Machine) reseed(seed uint64) {
	m.seed = seed
	source := rng.New(seed)
	m.retina.drawCells(source)
	m.units.draw(source)
	m.pots.draw(source)
	m.responses.draw(source)
}

// plugIn plugs the board as it was at power on.
func (m *Machine) plugIn() {
	if m.build.plugged != nil {
		m.units.board = *m.build.plugged.Clone()
		return
	}
	st := rng.New(m.seed).Stream("wiring")
	m.units.board = *m.build.wiring.Plug(&st)
}

// refresh works out anew what follows from settings, faults and cords.
func (m *Machine) refresh(touched int) {
	if touched&touchPots != 0 {
		m.pots.trim(&m.set, m.build.clock)
		m.pots.findRunning()
		m.responses.trim(&m.set)
	}
	if touched&touchBoard != 0 {
		m.units.compile(&m.set)
	}
	if touched&touchCells != 0 {
		m.retina.trim(&m.set, m.build.clock, m.now)
	}
	if touched&touchUnits != 0 {
		m.units.trimUnits(&m.set)
	}
	if touched&(touchBoard|touchCells) != 0 {
		m.units.recount(func(s int) bool { return m.retina.active(s, m.set[setPolarity]) })
	}
	m.changed()
	m.wake = 0
}
