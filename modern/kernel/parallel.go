package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// task is work that is shared out by parts. Each part writes elements of the
// result that no other part writes, so that neither their order nor who does
// them can change a bit.
type task interface {
	part(i int, s *scratch)
}

// limit is what SetWorkers was given.
var limit atomic.Int32

// SetWorkers sets how many threads a call may use; 0, as at the start, means
// as many as GOMAXPROCS says. It changes no result.
func SetWorkers(n int) {
	if n < 0 {
		panic("kernel: negative number of workers")
	}
	limit.Store(int32(n))
}

// Workers is how many threads a call may use.
func Workers() int {
	if n := limit.Load(); n > 0 {
		return int(n)
	}
	return runtime.GOMAXPROCS(0)
}

// call is one task being shared out.
type call struct {
	task  task
	parts int64
	next  atomic.Int64  // the next part that nobody has taken
	state atomic.Int64  // helpers at work; negative once closed
	done  chan struct{} // the last helper leaves
}

// closed is added to a call's state when its caller runs out of parts.
const closed = -1 << 32

// team is the helpers: goroutines that sleep on a channel until there is work.
var team struct {
	sync.Mutex
	size int
	wake chan *call
}

const teamMax = 256

var (
	calls     = freeList[call]{fresh: func() *call { return &call{done: make(chan struct{}, 1)} }}
	scratches = freeList[scratch]{fresh: func() *scratch { return new(scratch) }}
)

// share has all parts of t done, by the caller and by helpers that have
// nothing else to do.
func share(parts int, t task) {
	helpers := min(Workers(), parts, teamMax) - 1
	if helpers < 1 {
		s := scratches.get()
		for i := range parts {
			t.part(i, s)
		}
		scratches.put(s)
		return
	}
	c := calls.get()
	c.task, c.parts = t, int64(parts)
	c.next.Store(0)
	c.state.Store(0)
	summon(c, helpers)
	c.work()
	if c.state.Add(closed) != closed {
		<-c.done
	}
	c.task = nil
	calls.put(c)
}

// summon wakes helpers. One that comes late finds the call closed and goes
// back to sleep; where the channel is full, there are enough.
func summon(c *call, helpers int) {
	team.Lock()
	if team.wake == nil {
		team.wake = make(chan *call, teamMax)
	}
	for ; team.size < helpers; team.size++ {
		go help(team.wake)
	}
	team.Unlock()
	for range helpers {
		select {
		case team.wake <- c:
		default:
			return
		}
	}
}

func help(wake <-chan *call) {
	for {
		linger(wake)
		c := <-wake
		if !c.join() {
			continue
		}
		c.work()
		if c.state.Add(-1) == closed {
			c.done <- struct{}{}
		}
	}
}

// looks is how often a helper looks for more work before it sleeps, some
// microseconds in all: a net's next product follows at once, and to wake a
// sleeper takes as long as a small product.
const looks = 1 << 12

// linger returns once there is work, or after that many looks. Whoever waits for
// a thread gets it.
func linger(wake <-chan *call) {
	for i := 1; i < looks && len(wake) == 0; i++ {
		if i%64 == 0 {
			runtime.Gosched()
		}
	}
}

// join counts a helper in, unless the call is closed.
func (c *call) join() bool {
	for {
		s := c.state.Load()
		if s < 0 {
			return false
		}
		if c.state.CompareAndSwap(s, s+1) {
			return true
		}
	}
}

func (c *call) work() {
	i := c.next.Add(1) - 1
	if i >= c.parts {
		return
	}
	s := scratches.get()
	for ; i < c.parts; i = c.next.Add(1) - 1 {
		c.task.part(int(i), s)
	}
	scratches.put(s)
}

// freeList keeps objects for the next call, so that a call allocates nothing
// once the program has settled.
type freeList[T any] struct {
	fresh func() *T
	mu    sync.Mutex
	free  []*T
}

func (f *freeList[T]) get() *T {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.free) - 1; n >= 0 {
		v := f.free[n]
		f.free = f.free[:n]
		return v
	}
	return f.fresh()
}

func (f *freeList[T]) put(v *T) {
	f.mu.Lock()
	f.free = append(f.free, v)
	f.mu.Unlock()
}

// scratch is memory that one worker packs operands into. Products use b and c.
type scratch struct {
	a, b, c, d []float32
	at         []int32
}

// room returns n elements of *buf, which grows where it is too small. What is
// in them is left from before.
func room[T any](buf *[]T, n int) []T {
	if cap(*buf) < n {
		*buf = make([]T, n)
	}
	return (*buf)[:n]
}

// aloneMax is how many multiply-adds of one product stay on one thread.
var aloneMax = 1 << 20
