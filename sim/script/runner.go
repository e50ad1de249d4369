package script

import (
	"encoding/binary"
	"fmt"
	"math"

	"perceptarium/sim"
	"perceptarium/sim/trace"
)

// commandsPerTickMax bounds what a script may do without a run: more is a
// repeat that forgot its run.
const commandsPerTickMax = 1_000_000

// runner plays a program: it is the rider of its act's bench.
type runner struct {
	prog  *program
	fail  func(line int, format string, args ...any) error
	emit  func(Event)
	fault sim.ProbeID // the machine's fault probe, or -1

	state state

	reading sim.Reading
}

// state is all that a runner must take back with a Rewind.
type state struct {
	pc      int
	waiting bool
	goal    sim.Tick // of the run or wait under way
	over    bool
	rounds  []int64 // of each repeat under way
	dealt   []int   // cards dealt of each deck
	records []sim.Value
}

func newRunner(prog *program, sheet *sim.Sheet) *runner {
	r := &runner{prog: prog, fault: -1}
	if id, ok := sheet.Probe("fault"); ok {
		r.fault = id
	}
	r.state.rounds = make([]int64, prog.depth)
	r.state.dealt = make([]int, len(prog.decks))
	r.state.records = make([]sim.Value, len(prog.records))
	return r
}

// Ride plays commands until one of them waits for a later tick.
func (r *runner) Ride(b *sim.Bench) (sim.Tick, error) {
	if r.state.over {
		return sim.Never, nil
	}
	if r.faulted(b) {
		return sim.Never, nil
	}
	for range commandsPerTickMax {
		if r.state.pc == len(r.prog.ops) {
			r.end(b)
			return sim.Never, nil
		}
		next, err := r.play(b, &r.prog.ops[r.state.pc])
		if err != nil || next > b.Now() {
			return next, err
		}
	}
	return sim.Never, r.fail(r.prog.ops[r.state.pc].line, "more than %d commands in one tick: is a run missing?", commandsPerTickMax)
}

// play plays one command and moves on, or returns the later tick that it waits
// for.
func (r *runner) play(b *sim.Bench, o *op) (sim.Tick, error) {
	switch o.verb {
	case "run":
		if next := r.run(b, o); next > b.Now() {
			return next, nil
		}
	case "until":
		if next := r.until(b, o); next > b.Now() {
			return next, nil
		}
	case "input":
		if err := b.Play(o.in); err != nil {
			return sim.Never, r.fail(o.line, "%v", err)
		}
	case "deal":
		if err := r.deal(b, o); err != nil {
			return sim.Never, err
		}
	case "repeat":
		r.state.rounds[o.depth] = o.n
	case "end":
		if r.state.rounds[o.depth]--; r.state.rounds[o.depth] > 0 {
			r.state.pc = o.jump
			return 0, nil
		}
	default:
		r.tell(b, o)
	}
	r.state.pc++
	return 0, nil
}

func (r *runner) run(b *sim.Bench, o *op) sim.Tick {
	s := &r.state
	if !s.waiting {
		s.waiting, s.goal = true, b.Now()+sim.Tick(o.n)
	}
	if b.Now() < s.goal {
		return s.goal
	}
	s.waiting = false
	return 0
}

// until steps at least once and stops at the first tick at which the condition
// holds. A wait that runs out ends the act.
func (r *runner) until(b *sim.Bench, o *op) sim.Tick {
	s := &r.state
	if !s.waiting {
		s.waiting, s.goal = true, b.Now()+sim.Tick(o.n)
		return b.Now() + 1
	}
	if ok, _ := r.holds(b, &o.cond); ok {
		s.waiting = false
		return 0
	}
	if b.Now() < s.goal {
		return b.Now() + 1
	}
	r.say(b, Event{Kind: WaitEvent, Line: o.line, Text: o.text, Detail: fmt.Sprintf("not within %d ticks", o.n)})
	s.over = true
	b.Stop()
	return sim.Never
}

func (r *runner) deal(b *sim.Bench, o *op) error {
	deck := r.prog.decks[o.n]
	card := deck[r.state.dealt[o.n]%len(deck)]
	for _, in := range card {
		if err := b.Play(in); err != nil {
			return r.fail(o.line, "card %d: %v", r.state.dealt[o.n]%len(deck)+1, err)
		}
	}
	r.state.dealt[o.n]++
	return nil
}

// tell plays the commands that only speak.
func (r *runner) tell(b *sim.Bench, o *op) {
	e := Event{Line: o.line, Text: o.text}
	switch o.verb {
	case "say":
		e.Kind = SayEvent
	case "mark":
		e.Kind, e.Detail = MarkEvent, trace.Digest(b.Digest())
		b.Stop()
	case "record":
		v := r.value(b, &o.cond.a)
		r.state.records[o.n] = v
		e.Kind, e.Detail = RecordEvent, v.String()
	case "expect":
		e.Kind = ExpectEvent
		var ok bool
		ok, e.Detail = r.holds(b, &o.cond)
		e.Verdict = verdict(ok, o.known != "")
		if o.known != "" {
			e.Detail += ": " + o.known
		}
	}
	r.say(b, e)
}

func verdict(holds, known bool) Verdict {
	switch {
	case holds && known:
		return Outdated
	case known:
		return Known
	case holds:
		return Held
	}
	return Failed
}

func (r *runner) say(b *sim.Bench, e Event) {
	if !b.Mute() {
		e.Tick = b.Now()
		r.emit(e)
	}
}

func (r *runner) end(b *sim.Bench) {
	r.state.over = true
	r.say(b, Event{Kind: EndEvent, Detail: trace.Digest(b.Digest())})
	b.Stop()
}

func (r *runner) faulted(b *sim.Bench) bool {
	if r.fault < 0 {
		return false
	}
	b.Read(r.fault, &r.reading)
	if len(r.reading.Text) == 0 {
		return false
	}
	e := Event{Kind: FaultEvent, Text: string(r.reading.Text)}
	if r.state.pc < len(r.prog.ops) {
		e.Line = r.prog.ops[r.state.pc].line
	}
	r.say(b, e)
	r.state.over = true
	b.Stop()
	return true
}

// holds tests a condition, and says what its left side is.
func (r *runner) holds(b *sim.Bench, t *test) (bool, string) {
	a := r.value(b, &t.a)
	order, ok := a.Compare(r.value(b, &t.b))
	is := a.String()
	if t.b.kind != 'n' {
		is += " against " + r.value(b, &t.b).String()
	}
	if t.op == "in" {
		above, okC := a.Compare(r.value(b, &t.c))
		return ok && okC && order >= 0 && above <= 0, is
	}
	if !ok {
		return t.op == "!=", is
	}
	return accepts(t.op, order), is
}

func accepts(op string, order int) bool {
	switch op {
	case "=":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

func (r *runner) value(b *sim.Bench, s *source) sim.Value {
	switch s.kind {
	case 'r':
		if s.of != nil {
			return s.of.state.records[s.rec]
		}
		return r.state.records[s.rec]
	case 'p':
		b.Read(s.probe, &r.reading)
		v, _ := r.reading.At(s.cell)
		return v
	}
	return s.value
}

// Save implements sim.Rider.
func (r *runner) Save(dst []byte) []byte {
	s := &r.state
	put := func(v int64) { dst = binary.LittleEndian.AppendUint64(dst, uint64(v)) }
	put(int64(s.pc))
	put(int64(s.goal))
	put(flag(s.waiting) | flag(s.over)<<1)
	for _, v := range s.rounds {
		put(v)
	}
	for _, v := range s.dealt {
		put(int64(v))
	}
	for _, v := range s.records {
		put(v.Int)
		put(int64(math.Float32bits(v.Float))<<1 | flag(v.Real))
	}
	return dst
}

// Load implements sim.Rider.
func (r *runner) Load(src []byte) {
	s := &r.state
	get := func() int64 {
		v := int64(binary.LittleEndian.Uint64(src))
		src = src[8:]
		return v
	}
	s.pc = int(get())
	s.goal = sim.Tick(get())
	flags := get()
	s.waiting, s.over = flags&1 != 0, flags&2 != 0
	for i := range s.rounds {
		s.rounds[i] = get()
	}
	for i := range s.dealt {
		s.dealt[i] = int(get())
	}
	for i := range s.records {
		v := sim.Value{Int: get()}
		bits := get()
		v.Float, v.Real = math.Float32frombits(uint32(bits>>1)), bits&1 != 0
		s.records[i] = v
	}
}

func flag(v bool) int64 {
	if v {
		return 1
	}
	return 0
}
