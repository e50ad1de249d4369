package markone

import (
	"slices"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// ticksMax is beyond what any run reaches: it keeps a snapshot's ticks from
// running over.
const ticksMax = 1 << 60

// Save appends a snapshot: the state proper, without what follows from it.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(slices.Grow(dst, m.snapshotBytes()), m.sheet)
	p.Uint64(m.seed)
	p.Ints([]int64{m.now, int64(m.phase), m.until, int64(m.panel.Pressed), m.shares})
	p.Bool(m.rest)
	p.Ints(m.set[:])
	packSmall(&p, m.wanted[:m.build.responses])
	p.Bytes(m.cord)
	packStream(&p, &m.chance)
	m.score.save(&p)
	m.retina.save(&p)
	m.units.save(&p)
	m.pots.save(&p)
	m.responses.save(&p)
	m.reinforcer.save(&p)
	return p.Done()
}

// snapshotBytes is about as much as a snapshot takes.
func (m *Machine) snapshotBytes() int {
	return 10_000 + 36*m.build.units + 4*len(m.units.board.Plugs)
}

// Load takes over a snapshot.
func (m *Machine) Load(src []byte) error {
	u := sim.Unpack(src, m.sheet)
	n := &Machine{build: m.build}
	n.retina.fader = m.retina.fader
	n.units, n.pots, n.responses = newUnits(&m.build), newPots(m.build.units, m.build.motors(), m.build.lo, m.build.hi), newResponses(&m.build)
	seed := u.Uint64()
	n.now = u.Within(0, ticksMax, "clock")
	n.phase = Phase(u.Within(0, int64(phases)-1, "phase"))
	n.until = u.Within(0, ticksMax, "end of the phase")
	n.panel.Pressed = Buttons(u.Within(0, int64(buttonsEnd)-1, "buttons"))
	n.shares = u.Within(0, int64(len(setsOf)), "assignment")
	n.rest = u.Bool()
	for i, row := range settingTable() {
		n.set[i] = u.Within(row.lowest(), row.highest(&m.build), row.name)
	}
	unpackSmall(u, n.wanted[:m.build.responses], -1, 1, "wanted")
	n.cord = u.Bytes()
	u.Fail(len(n.cord) <= cordMax, "the cord is too long")
	unpackStream(u, &n.chance)
	n.score.load(u)
	n.retina.load(u, n.now)
	n.units.load(u, m.build.wiring.Limits)
	n.pots.load(u)
	n.responses.load(u)
	n.reinforcer.load(u, m.build.units)
	if err := u.Done(); err != nil {
		return err
	}
	n.sheet, n.probes, n.controls = m.sheet, m.probes, m.controls
	n.takeSpecimen(m, seed)
	n.retina.trim(&n.set, n.build.clock, n.now)
	n.refresh(touchAll &^ touchCells)
	*m = *n
	return nil
}

// takeSpecimen takes over from m what its seed has drawn, where it is the same.
func (m *Machine) takeSpecimen(from *Machine, seed uint64) {
	if seed != from.seed {
		m.reseed(seed)
		return
	}
	m.seed = seed
	m.retina.deviate, m.retina.rank = from.retina.deviate, from.retina.rank
	m.units.error, m.units.rank, m.units.seedOfCords = from.units.error, from.units.rank, from.units.seedOfCords
	m.pots.drawn, m.pots.rank = from.pots.drawn, from.pots.rank
	m.responses.offset = from.responses.offset
}

// lowest and highest are the range of a setting.
func (r *settingRow) lowest() int64 { return r.min }

func (r *settingRow) highest(b *build) int64 {
	switch {
	case r.kind == sim.Switch:
		return 1
	case r.kind == sim.Choice:
		return int64(len(r.names)) - 1
	case r.unit == microvolt && !b.motors():
		return b.hi
	}
	return r.max
}

func packSmall[T uint8 | int8](p *sim.Packer, v []T) {
	b := make([]byte, len(v))
	for i, x := range v {
		b[i] = byte(x)
	}
	p.Bytes(b)
}

// unpackSmall reads what packSmall wrote, each element in lo..hi.
func unpackSmall[T uint8 | int8](u *sim.Unpacker, dst []T, lo, hi int, what string) {
	b := u.Bytes()
	u.Fail(len(b) == len(dst), what+" is of another size")
	if len(b) != len(dst) {
		return
	}
	for i, x := range b {
		v := T(x)
		u.Fail(int(v) >= lo && int(v) <= hi, what+" is out of range")
		dst[i] = v
	}
}

func packStream(p *sim.Packer, st *rng.Stream) {
	for _, w := range st.State() {
		p.Uint64(w)
	}
}

func unpackStream(u *sim.Unpacker, st *rng.Stream) {
	u.Fail(st.SetState([4]uint64{u.Uint64(), u.Uint64(), u.Uint64(), u.Uint64()}), "a stream of chance is dead")
}

func (s *score) fields() []*int64 {
	return []*int64{&s.presentations, &s.trials, &s.correct, &s.bits, &s.bitsOK, &s.reinforcements, &s.streak,
		&s.skippedMS, &s.blockTrials, &s.blockCorrect}
}

func (s *score) save(p *sim.Packer) {
	for _, f := range s.fields() {
		p.Int(*f)
	}
	p.Bool(s.judged)
	p.Bool(s.right)
	p.Uint64(s.wrong)
	p.Int(s.curveLen)
	p.Ints(s.curve[:s.curveLen])
}

func (s *score) load(u *sim.Unpacker) {
	for _, f := range s.fields() {
		*f = u.Within(0, ticksMax, "a count")
	}
	s.judged, s.right, s.wrong = u.Bool(), u.Bool(), u.Uint64()
	s.curveLen = u.Within(0, curvePoints, "length of the curve")
	u.Ints(s.curve[:s.curveLen])
}

func (r *retina) save(p *sim.Packer) {
	packSmall(p, r.card[:])
	packSmall(p, r.fault[:])
	packSmall(p, r.level[:])
	p.Bool(r.shutter)
	p.Int32s(r.from[:])
	p.Ints(r.since[:])
	p.Bools(r.lit[:])
}

func (r *retina) load(u *sim.Unpacker, now int64) {
	unpackSmall(u, r.card[:], 0, LevelMax, "the card")
	unpackSmall(u, r.fault[:], 0, cellFaults-1, "a cell's fault")
	unpackSmall(u, r.level[:], 0, LevelMax, "the light")
	r.shutter = u.Bool()
	u.Int32s(r.from[:])
	for i := range r.from {
		u.Fail(r.from[i] >= 0 && r.from[i] <= 128*int32(conductanceMax), "a conductance is out of range")
		r.since[i] = u.Within(0, now, "the time of a change of light")
	}
	u.Bools(r.lit[:])
}

func (l *association) save(p *sim.Packer) {
	packSmall(p, l.fault)
	p.Int32s(l.drift)
	packStream(p, &l.walk)
	p.Int(int64(len(l.board.Plugs)))
	cords := make([]int32, len(l.board.Plugs))
	for i, c := range l.board.Plugs {
		cords[i] = c.key()
	}
	p.Int32s(cords)
}

func (l *association) load(u *sim.Unpacker, limits Limits) {
	unpackSmall(u, l.fault, 0, unitFaults-1, "a unit's fault")
	u.Int32s(l.drift)
	for _, d := range l.drift {
		u.Fail(d >= -driftMax && d <= driftMax, "a drift is out of range")
	}
	unpackStream(u, &l.walk)
	cords := make([]int32, u.Within(0, plugsMax, "number of cords"))
	u.Int32s(cords)
	l.board.Units = len(l.fault)
	l.board.Plugs = make([]Plug, len(cords))
	for i, c := range cords {
		l.board.Plugs[i] = plugOf(c)
	}
	u.Fail(l.board.Check(limits) == nil, "a cord does not fit the board")
	l.board.Sort()
}

func (p *pots) save(k *sim.Packer) {
	packSmall(k, p.fault)
	k.Ints(p.shaft)
	k.Int32s(p.lag)
	packSmall(k, p.motor)
	k.Int32s(p.warm)
	k.Ints(p.goal)
	k.Ints(p.store)
	k.Bool(p.servo)
	packStream(k, &p.noise)
}

func (p *pots) load(u *sim.Unpacker) {
	unpackSmall(u, p.fault, 0, potFaults-1, "a potentiometer's fault")
	u.Ints(p.shaft)
	u.Int32s(p.lag)
	unpackSmall(u, p.motor, -1, 1, "a motor")
	u.Int32s(p.warm)
	u.Ints(p.goal)
	u.Ints(p.store)
	for a := range p.shaft {
		for _, v := range []Arc{p.shaft[a], p.goal[a], p.store[a]} {
			u.Fail(v >= p.lo && v <= p.hi, "a value is beyond its stops")
		}
		u.Fail(abs64(Arc(p.lag[a])) <= travelArcs && p.warm[a] >= 0 && p.warm[a] <= 1<<20, "a motor is out of range")
	}
	p.servo = u.Bool()
	unpackStream(u, &p.noise)
}

func (r *responses) save(p *sim.Packer) {
	packSmall(p, r.of)
	packSmall(p, r.fault[:r.units])
	p.Uint64(r.state)
	p.Ints(r.total[:r.units])
	p.Int(r.samples)
}

func (r *responses) load(u *sim.Unpacker) {
	unpackSmall(u, r.of, 0, none, "a source-set")
	for _, of := range r.of {
		u.Fail(of == none || int(of) < r.units, "a source-set is of no response")
	}
	unpackSmall(u, r.fault[:r.units], 0, responseFaults-1, "a response's fault")
	r.state = u.Uint64()
	u.Ints(r.total[:r.units])
	r.samples = u.Within(0, ticksMax, "samples")
}

func (f *reinforcer) save(p *sim.Packer) {
	p.Bool(f.on)
	packSmall(p, f.drive[:])
	p.Ints(f.balance[:])
	for _, w := range f.signs {
		p.Uint64(w)
	}
	packStream(p, &f.chance)
}

func (f *reinforcer) load(u *sim.Unpacker, units int) {
	f.order = make([]int32, 0, units)
	f.on = u.Bool()
	unpackSmall(u, f.drive[:], 0, driveFeed, "a drive")
	u.Ints(f.balance[:])
	for w := range f.signs {
		f.signs[w] = u.Uint64()
	}
	unpackStream(u, &f.chance)
}
