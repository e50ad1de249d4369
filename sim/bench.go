package sim

import (
	"crypto/sha256"
	"fmt"
)

// Entry is one line of the logbook: an Input and the tick at which it was
// applied.
type Entry struct {
	At   Tick
	In   Input
	Hand bool // by the operator; otherwise by the rider
}

// Rider is what travels with a machine on its bench: the runner of a script.
// Its Save and Load go into each snapshot, so that Rewind takes it back too.
type Rider interface {
	// Ride acts at the tick on which the bench has arrived, through Play, and
	// returns the tick at which it wants to be called next, or Never.
	Ride(b *Bench) (next Tick, err error)
	// Save appends the rider's whole state.
	Save(dst []byte) []byte
	// Load takes a state back; it is always one that Save wrote.
	Load(src []byte)
}

// Watcher is called with the reading of a probe at each tick it asked for. The
// reading is the bench's own: it holds until the watcher returns.
type Watcher func(at Tick, r *Reading)

type watch struct {
	probe ProbeID
	every Tick
	call  Watcher
}

// Bench holds a machine and turns its crank. It keeps the logbook of what was
// applied, calls watchers, and rewinds to any earlier tick: it loads the
// nearest snapshot and steps again, applying what the logbook says. The part of
// the logbook that lies ahead after a Rewind is kept and happens again, until
// an Input is applied: that cuts it off and begins a branch.
//
// On arrival at a tick a bench does four things in this order: it takes a
// snapshot if one is due, calls the watchers, lets the rider act, and applies
// what the operator did at this tick before.
type Bench struct {
	machine Machine
	sheet   *Sheet
	seed    uint64
	now     Tick
	log     []Entry
	next    int // log[:next] has been applied
	rider   Rider
	origin  []byte // the rider's state before tick 0
	due     Tick   // the rider wants to be called at this tick
	watches []watch
	mute    Tick // watchers and rider are not heard up to and including this tick
	stop    bool
	ring    ring
	reading Reading
	scratch []byte
}

// RingBytes and RingBytesScreen are the usual memory budgets of a bench's
// snapshots: of a bench in a program, and of one behind a screen.
const (
	RingBytes       = 64 << 20
	RingBytesScreen = 256 << 20
)

const noTick = Tick(-1)

// NewBench puts a machine on a bench and turns its power on. The snapshots that
// Rewind starts from take at most budget bytes; with 0 there are none, and
// Rewind steps again from the beginning.
func NewBench(m Machine, seed uint64, budget int) *Bench {
	b := &Bench{machine: m, sheet: m.Sheet(), seed: seed, due: Never, mute: noTick}
	m.Reset(seed)
	b.ring.init(budget)
	return b
}

// Attach seats the rider. It must be called before Start.
func (b *Bench) Attach(r Rider) {
	b.rider, b.origin, b.due = r, r.Save(nil), 0
}

// Watch has call called at every multiple of that many ticks, from tick 0 on.
// It must be called before Start.
func (b *Bench) Watch(p ProbeID, every Tick, call Watcher) {
	b.watches = append(b.watches, watch{p, max(every, 1), call})
}

// Start arrives at tick 0.
func (b *Bench) Start() error { return b.arrive() }

// Sheet is the data sheet of the machine.
func (b *Bench) Sheet() *Sheet { return b.sheet }

// Seed is what the machine was powered on with.
func (b *Bench) Seed() uint64 { return b.seed }

// Now is the present tick.
func (b *Bench) Now() Tick { return b.now }

// Mute reports whether the bench is on ground that it has covered before: it
// re-steps to the goal of a Rewind, and nobody should be told again.
func (b *Bench) Mute() bool { return b.now <= b.mute }

// Read looks at a probe.
func (b *Bench) Read(p ProbeID, r *Reading) { b.machine.Read(p, r) }

// Logbook is what was applied up to now, oldest first. The caller must not
// change it.
func (b *Bench) Logbook() []Entry { return b.log[:b.next] }

// Ahead is how many entries of the logbook lie ahead after a Rewind.
func (b *Bench) Ahead() int { return len(b.log) - b.next }

// Digest is the SHA-256 of the machine's whole state. The seal of the snapshot
// is left out: what can be seen of a machine may grow without moving it.
func (b *Bench) Digest() [sha256.Size]byte {
	b.scratch = b.machine.Save(b.scratch[:0])
	return sha256.Sum256(b.scratch[sealBytes:])
}

// Stop makes the Advance under way return on this tick. Riders and watchers
// call it.
func (b *Bench) Stop() { b.stop = true }

// Advance steps n ticks, or fewer where the rider or a watcher calls Stop or
// the rider fails. It returns how many ticks it stepped.
func (b *Bench) Advance(n Tick) (Tick, error) {
	from := b.now
	end := from + min(n, Never-from)
	b.stop = false
	for b.now < end && !b.stop {
		horizon := b.horizon(end)
		for b.now < horizon {
			b.machine.Step()
			b.now++
		}
		if err := b.arrive(); err != nil {
			return b.now - from, err
		}
	}
	return b.now - from, nil
}

// horizon is the first tick after now at which there is something to do besides
// stepping; at most end.
func (b *Bench) horizon(end Tick) Tick {
	end = min(end, b.due, b.ring.due)
	if b.next < len(b.log) {
		end = min(end, b.log[b.next].At)
	}
	for i := range b.watches {
		w := &b.watches[i]
		end = min(end, b.now-b.now%w.every+w.every)
	}
	return max(end, b.now+1)
}

func (b *Bench) arrive() error {
	if b.now >= b.ring.due {
		b.snapshot()
	}
	if b.now > b.mute {
		b.callWatchers()
	}
	return b.act()
}

func (b *Bench) callWatchers() {
	for i := range b.watches {
		if w := &b.watches[i]; b.now%w.every == 0 {
			b.machine.Read(w.probe, &b.reading)
			w.call(b.now, &b.reading)
		}
	}
}

// act lets the rider act where it is due, then repeats what the logbook says
// the operator did at this tick.
func (b *Bench) act() error {
	if b.rider != nil && b.now >= b.due {
		due, err := b.rider.Ride(b)
		if err != nil {
			b.due = Never
			return err
		}
		b.due = max(due, b.now+1)
	}
	for b.next < len(b.log) && b.log[b.next].At == b.now && (b.log[b.next].Hand || b.rider == nil) {
		if err := b.machine.Apply(b.log[b.next].In); err != nil {
			return fmt.Errorf("the logbook does not fit this machine: %w", err)
		}
		b.next++
	}
	return nil
}

// Apply is the operator's hand: it applies in now, cuts off what lay ahead in
// the logbook, and writes in into it. A refused Input changes nothing.
func (b *Bench) Apply(in Input) error {
	if err := b.machine.Apply(in); err != nil {
		return err
	}
	b.cut()
	b.write(in, true)
	return nil
}

// Play is the rider's Apply. Where the logbook already says the same at this
// place, because the bench was rewound, it is followed and not cut.
func (b *Bench) Play(in Input) error {
	if err := b.machine.Apply(in); err != nil {
		return err
	}
	if b.next < len(b.log) && b.log[b.next].At == b.now && !b.log[b.next].Hand && b.log[b.next].In.Equal(in) {
		b.next++
		return nil
	}
	b.cut()
	b.write(in, false)
	return nil
}

func (b *Bench) cut() {
	b.log = b.log[:b.next]
	b.ring.dropAfter(b.now)
}

func (b *Bench) write(in Input, hand bool) {
	b.log = append(b.log, Entry{b.now, in.Clone(), hand})
	b.next = len(b.log)
}

// Write adds entries to the logbook that lie ahead, as of another bench's
// Logbook. It must be called before Start.
func (b *Bench) Write(entries []Entry) {
	for _, e := range entries {
		b.log = append(b.log, Entry{e.At, e.In.Clone(), e.Hand})
	}
}

// Rewind goes back to an earlier tick, in one go.
func (b *Bench) Rewind(to Tick) error {
	if err := b.Recall(to); err != nil {
		return err
	}
	for b.now < to {
		if _, err := b.Advance(to - b.now); err != nil {
			return err
		}
	}
	return nil
}

// Recall is the first half of Rewind: it loads the nearest snapshot at or
// before the tick. The caller then advances to it in slices that it can show;
// watchers and rider stay mute until there.
func (b *Bench) Recall(to Tick) error {
	if to < 0 || to > b.now {
		return fmt.Errorf("cannot rewind to tick %d: the bench stands at %d", to, b.now)
	}
	b.mute = to
	s := b.ring.nearest(to)
	if s == nil {
		b.powerOn()
		return b.act()
	}
	if err := b.machine.Load(s.machine); err != nil {
		return fmt.Errorf("its own snapshot of tick %d: %w", s.at, err)
	}
	b.now, b.next, b.due = s.at, s.next, s.due
	b.ring.rest()
	if b.rider != nil {
		b.rider.Load(s.rider)
	}
	return b.act()
}

func (b *Bench) powerOn() {
	b.machine.Reset(b.seed)
	b.now, b.next, b.due = 0, 0, Never
	if b.rider != nil {
		b.rider.Load(b.origin)
		b.due = 0
	}
}

// Halt ends the silence of a Rewind that is given up before its goal.
func (b *Bench) Halt() { b.mute = min(b.mute, b.now) }

// Undo takes back the operator's last Input and all that came after it: the
// bench stands at its tick as if it had not been applied. It reports whether
// there was one.
func (b *Bench) Undo() (bool, error) {
	last := b.next - 1
	for last >= 0 && !b.log[last].Hand {
		last--
	}
	if last < 0 {
		return false, nil
	}
	to := b.log[last].At
	b.log, b.next = b.log[:last], last
	b.ring.dropAfter(to)
	return true, b.Rewind(to)
}

func (b *Bench) snapshot() {
	s := snapshot{at: b.now, next: b.next, due: b.due}
	size := len(b.scratch)
	if last := b.ring.nearest(Never); last != nil {
		size = len(last.machine) // growing on the way would copy it several times
	}
	s.machine = b.machine.Save(make([]byte, 0, size))
	if b.rider != nil {
		s.rider = b.rider.Save(nil)
	}
	b.ring.add(s)
}
