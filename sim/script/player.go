package script

import (
	"errors"
	"io"

	"perceptarium/sim"
	"perceptarium/sim/trace"
)

// Options say how a scenario is played.
type Options struct {
	Seed  *uint64     // instead of the seed of every act, and added to the seed of every deck
	Ring  int         // bytes for the snapshots of each bench; 0 for none
	Trace io.Writer   // where the trace goes, a line a Write; nil for none
	Wave  io.Writer   // where the waveform of all probes goes, as VCD; nil for none
	Tell  func(Event) // called at each event; may be nil
}

// Player plays the acts of a scenario, one after the other, each on its own
// bench. Earlier acts stay on their benches: one can go back to them.
type Player struct {
	sc      *Scenario
	tell    func(Event)
	acts    []*stage
	at      int
	journal []Event
	taken   bool
	law     int
	trace   *trace.Writer
	wave    *trace.VCD
}

// stage is an act with its machine.
type stage struct {
	def     *Act
	own     []File // its data that are attached or lie beside the scenario
	bench   *sim.Bench
	run     *runner
	started bool
}

// Open makes all machines of a scenario, holds every name in it against their
// sheets, and arrives at tick 0 of the first act. Every mistake in the scenario
// is an *Error and shows here, before anything is played.
func Open(sc *Scenario, house House, o Options) (*Player, error) {
	p := &Player{sc: sc, tell: o.Tell}
	for i := range sc.Acts {
		s, err := p.stage(i, house, o)
		if err != nil {
			return nil, err
		}
		p.law = max(p.law, s.bench.Sheet().Law)
		p.acts = append(p.acts, s)
	}
	if err := p.checkHeader(); err != nil {
		return nil, err
	}
	if o.Trace != nil {
		p.trace = trace.NewWriter(o.Trace, sc.Name, p.law)
		if sc.Form == Full {
			p.trace.Form(string(Full))
		}
	}
	if o.Wave != nil {
		p.wave = trace.NewVCD(o.Wave, p.Benches())
	}
	return p, p.begin()
}

// Benches are the benches of all acts. One of an act that was not played yet
// stands at tick 0.
func (p *Player) Benches() []*sim.Bench {
	list := make([]*sim.Bench, len(p.acts))
	for i, s := range p.acts {
		list[i] = s.bench
	}
	return list
}

func (p *Player) stage(i int, house House, o Options) (*stage, error) {
	def := &p.sc.Acts[i]
	r := resolver{sc: p.sc, house: house, act: def, past: p.acts}
	m, err := r.make()
	if err != nil {
		return nil, err
	}
	r.sheet = m.Sheet()
	seed := def.Seed
	if o.Seed != nil {
		seed, r.shift = *o.Seed, *o.Seed
	}
	prog, err := r.resolve()
	if err != nil {
		return nil, err
	}
	s := &stage{def: def, own: r.own, bench: sim.NewBench(m, seed, o.Ring), run: newRunner(prog, r.sheet)}
	s.run.fail = r.fail
	s.run.emit = func(e Event) {
		e.Act = i + 1
		p.note(e)
	}
	s.bench.Attach(s.run)
	return s, nil
}

// note writes an event into the journal and the trace, and tells it.
func (p *Player) note(e Event) {
	p.journal = append(p.journal, e)
	if p.trace != nil {
		switch e.Kind {
		case MarkEvent:
			p.trace.Mark(e.Tick, e.Text, p.Bench().Digest())
		case RecordEvent:
			p.trace.Record(e.Tick, e.Text, e.Detail)
		}
	}
	if p.tell != nil {
		p.tell(e)
	}
}

// begin arrives at tick 0 of the present act.
func (p *Player) begin() error {
	s := p.acts[p.at]
	s.started = true
	p.note(Event{Kind: ActEvent, Act: p.at + 1, Line: s.def.Line, Text: s.bench.Sheet().Title})
	if p.trace != nil {
		p.trace.Act(p.at+1, s.def.Machine, s.bench.Seed())
		p.watch(s)
	}
	if p.wave != nil {
		p.watchAll(s)
	}
	if err := s.bench.Start(); err != nil {
		return err
	}
	return p.traceErr()
}

func (p *Player) watch(s *stage) {
	for _, w := range s.def.Watches {
		id, _ := s.bench.Sheet().Probe(w.Probe)
		s.bench.Watch(id, w.Every, func(at sim.Tick, r *sim.Reading) { p.trace.Sample(at, w.Probe, r) })
	}
}

// watchAll puts every probe into the waveform, at every tick.
func (p *Player) watchAll(s *stage) {
	end := sim.Tick(0)
	if p.at > 0 {
		end = p.acts[p.at-1].bench.Now()
	}
	p.wave.Act(p.at+1, end)
	for id := range s.bench.Sheet().Probes {
		probe := sim.ProbeID(id)
		s.bench.Watch(probe, 1, func(at sim.Tick, r *sim.Reading) { p.wave.Sample(at, probe, r) })
	}
}

func (p *Player) traceErr() error {
	if p.trace == nil {
		return nil
	}
	return p.trace.Err()
}

// Scenario is what is played.
func (p *Player) Scenario() *Scenario { return p.sc }

// Bench is the bench of the present act. Advance, Rewind and Apply go through
// the Player, which keeps the journal true.
func (p *Player) Bench() *sim.Bench { return p.acts[p.at].bench }

// Act is the number of the present act, from 1; Acts how many there are.
func (p *Player) Act() int { return p.at + 1 }

// Acts is how many acts there are.
func (p *Player) Acts() int { return len(p.acts) }

// Journal is what has happened up to now, oldest first. The caller must not
// change it.
func (p *Player) Journal() []Event { return p.journal }

// Taken reports whether a person's hand has changed something: what the script
// expects is then no longer what history says.
func (p *Player) Taken() bool { return p.taken }

// ActOver reports whether the script of the present act has ended. Its machine
// can still be stepped, by hand.
func (p *Player) ActOver() bool { return p.acts[p.at].run.state.over }

// Over reports whether the script of the last act has ended.
func (p *Player) Over() bool { return p.at == len(p.acts)-1 && p.ActOver() }

// Law is the number of the arithmetic law that the scenario's machines obey; 0
// where none of them holds reals.
func (p *Player) Law() int { return p.law }

// Line is the line of the scenario that is played next in the present act.
func (p *Player) Line() int {
	r := p.acts[p.at].run
	if r.state.pc < len(r.prog.ops) {
		return r.prog.ops[r.state.pc].line
	}
	return 0
}

// Advance steps the present act by n ticks, or fewer: it stops at each mark and
// at the script's end. It returns how many ticks it stepped.
func (p *Player) Advance(n sim.Tick) (sim.Tick, error) {
	done, err := p.Bench().Advance(n)
	if err == nil {
		err = p.traceErr()
	}
	return done, err
}

// NextAct goes on to the next act: anew where it was not played yet, else to
// where it was left. It reports false in the last act.
func (p *Player) NextAct() (bool, error) {
	if p.at == len(p.acts)-1 {
		return false, nil
	}
	p.at++
	if p.acts[p.at].started {
		return true, nil
	}
	return true, p.begin()
}

// PreviousAct goes back to where the act before was left. It reports false in
// the first act.
func (p *Player) PreviousAct() bool {
	if p.at == 0 {
		return false
	}
	p.at--
	return true
}

// EndAct closes the present act in the trace, and after the last act the
// waveform. A replay calls it once for each act, where it leaves it.
func (p *Player) EndAct() error {
	if p.wave != nil && p.at == len(p.acts)-1 {
		if err := p.wave.Close(p.Bench().Now()); err != nil {
			return err
		}
	}
	if p.trace != nil {
		p.trace.End(p.Bench().Now(), p.Bench().Digest())
	}
	return p.traceErr()
}

// Recall goes back toward an earlier tick of the present act: it loads the
// nearest snapshot and cuts the journal. The caller then advances to the tick,
// in slices that it can show.
func (p *Player) Recall(to sim.Tick) error {
	if err := p.Bench().Recall(to); err != nil {
		return err
	}
	p.forget(to)
	return nil
}

// Rewind goes back to an earlier tick of the present act, in one go.
func (p *Player) Rewind(to sim.Tick) error {
	if err := p.Bench().Rewind(to); err != nil {
		return err
	}
	p.forget(to)
	return nil
}

// Halt gives up a Recall before its goal: the act goes on from where it stands.
func (p *Player) Halt() {
	p.Bench().Halt()
	p.forget(p.Bench().Now())
}

// forget cuts from the journal what happened in the present act after that tick.
func (p *Player) forget(after sim.Tick) {
	kept := p.journal[:0]
	for _, e := range p.journal {
		if e.Act != p.Act() || e.Tick <= after {
			kept = append(kept, e)
		}
	}
	p.journal = kept
}

// Apply is the person's hand on a control of the present act.
func (p *Player) Apply(in sim.Input) error {
	if err := p.Bench().Apply(in); err != nil {
		return err
	}
	p.taken = true
	return nil
}

// Undo takes back the last thing that the hand did in the present act, and all
// that came after it.
func (p *Player) Undo() error {
	done, err := p.Bench().Undo()
	if err != nil {
		return err
	}
	if !done {
		return errors.New("nothing to undo in this act")
	}
	p.taken = p.handsOn()
	p.forget(p.Bench().Now())
	return nil
}

// handsOn reports whether any logbook has an entry of the hand.
func (p *Player) handsOn() bool {
	for _, s := range p.acts {
		for _, e := range s.bench.Logbook() {
			if e.Hand {
				return true
			}
		}
	}
	return false
}
