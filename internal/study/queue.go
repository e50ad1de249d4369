package study

import "slices"

// queue hands out jobs, the longest first, so that all workers are busy to the
// end. What a job takes is known once one of its kind was done; kinds of which
// nothing is known come first, one job each.
type queue struct{ kinds []*kind }

// kind are the jobs of one form of a scenario with the same data: they take about as long
// as each other.
type kind struct {
	scenario string
	files    bool
	full     bool
	todo     []job
	taken    int     // and not yet done
	done     int     // of which we know
	seconds  float64 // that those took
}

func newQueue() *queue { return &queue{} }

func (q *queue) kind(r *Result) *kind {
	for _, k := range q.kinds {
		if k.scenario == r.Scenario && k.files == r.Files && k.full == r.Full {
			return k
		}
	}
	k := &kind{scenario: r.Scenario, files: r.Files, full: r.Full}
	q.kinds = append(q.kinds, k)
	return k
}

func (q *queue) add(j job) {
	k := q.kind(&j.Result)
	k.todo = append(k.todo, j)
}

// learn keeps what a job took; one that was not taken from here is of an
// earlier run.
func (q *queue) learn(r *Result) {
	k := q.kind(r)
	k.taken = max(k.taken-1, 0)
	if r.Seconds > 0 {
		k.done++
		k.seconds += r.Seconds
	}
}

func (k *kind) each() float64 { return k.seconds / float64(max(k.done, 1)) }

// take returns the next job.
func (q *queue) take() (j job, ok bool) {
	var next *kind
	for _, k := range q.kinds {
		if len(k.todo) > 0 && (next == nil || k.before(next)) {
			next = k
		}
	}
	if next == nil {
		return job{}, false
	}
	j, next.todo = next.todo[0], next.todo[1:]
	next.taken++
	return j, true
}

// before reports whether a job of k is to be done before one of o: first what
// is unknown and not under way, then what takes longest.
func (k *kind) before(o *kind) bool {
	if a, b := k.done == 0 && k.taken == 0, o.done == 0 && o.taken == 0; a != b {
		return a
	}
	return k.each() > o.each()
}

// drop takes a scenario's jobs away and says how many there were.
func (q *queue) drop(scenario string) (n int) {
	for _, k := range q.kinds {
		if k.scenario == scenario {
			n += len(k.todo)
			k.todo = nil
		}
	}
	return n
}

// left is the processor time of what was not handed out yet; kinds of which
// nothing is known count as the mean of the others.
func (q *queue) left() (seconds float64) {
	known, sum := 0, 0.0
	for _, k := range q.kinds {
		if k.done > 0 {
			known, sum = known+1, sum+k.each()
		}
	}
	for _, k := range q.kinds {
		each := sum / float64(max(known, 1))
		if k.done > 0 {
			each = k.each()
		}
		seconds += each * float64(len(k.todo))
	}
	return seconds
}

// sorted brings results into the order of their seeds.
func sorted(list []Result) []Result {
	slices.SortFunc(list, func(a, b Result) int { return int(a.Seed) - int(b.Seed) })
	return list
}
