package sim

import "sort"

// snapshot is all that is needed to go on from one tick: taken on arrival,
// before anybody acts.
type snapshot struct {
	at, due Tick
	next    int // entries of the logbook that were applied
	machine []byte
	rider   []byte
}

func (s *snapshot) bytes() int { return len(s.machine) + len(s.rider) + 96 }

const (
	gapTicksMin  = 64   // no two snapshots are closer than that
	bytesPerTick = 2048 // copying that many bytes takes at most as long as a tick of a small net
)

// ring keeps snapshots within a budget of memory. Where it would run over, every
// second snapshot of the older half goes: gaps grow with age, and the newest
// past stays dense.
type ring struct {
	budget int
	used   int
	due    Tick // of the next snapshot
	list   []snapshot
}

func (r *ring) init(budget int) {
	r.budget = budget
	if budget <= 0 {
		r.due = Never
	}
}

func (r *ring) add(s snapshot) {
	r.list = append(r.list, s)
	r.used += s.bytes()
	r.rest()
	for r.used > r.budget && len(r.list) > 1 {
		r.thin()
	}
}

// rest sets when the next snapshot is due: one gap after the newest.
func (r *ring) rest() {
	if n := len(r.list); n > 0 {
		s := &r.list[n-1]
		r.due = s.at + max(gapTicksMin, Tick(s.bytes()/bytesPerTick))
	}
}

func (r *ring) thin() {
	half := (len(r.list) + 1) / 2
	kept := r.list[:0]
	for i, s := range r.list {
		if i < half && i%2 == 1 || half == 1 && i == 1 {
			r.used -= s.bytes()
			continue
		}
		kept = append(kept, s)
	}
	clear(r.list[len(kept):])
	r.list = kept
}

// nearest is the latest snapshot at or before the tick.
func (r *ring) nearest(to Tick) *snapshot {
	i := sort.Search(len(r.list), func(i int) bool { return r.list[i].at > to })
	if i == 0 {
		return nil
	}
	return &r.list[i-1]
}

func (r *ring) dropAfter(at Tick) {
	for n := len(r.list); n > 0 && r.list[n-1].at > at; n-- {
		r.used -= r.list[n-1].bytes()
		r.list[n-1] = snapshot{}
		r.list = r.list[:n-1]
	}
	r.rest()
}
