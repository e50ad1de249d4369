package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"time"

	"perceptarium/internal/lecture"
	"perceptarium/modern/kernel"
	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// preparing computes the marks of the lecture ahead, one scene on each core.
type preparing struct {
	app   *app
	store *snapshots
	full  bool

	mu     sync.Mutex // for all below
	queue  []lecture.Scene
	all    int
	done   int
	stored int // written in this run
	found  int // of those that were there
	last   string
	errs   []error
}

// prepare computes and stores every mark of the lecture that takes long. What is
// there already is not computed again, so that an interrupted run goes on.
func (a *app) prepare(ctx context.Context, full bool) error {
	store := theSnapshots()
	if store.dir == "" {
		return fmt.Errorf("there is no folder for snapshots: %s names one", snapshotsVariable)
	}
	if err := a.withData(); err != nil {
		return err
	}
	p := &preparing{app: a, store: store, full: full, queue: scenesOnce()}
	p.all = len(p.queue)
	kernel.SetWorkers(1)
	defer kernel.SetWorkers(0)
	status := newStatusLine(a.err)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		p.run(ctx)
	}()
	for open := true; open; {
		select {
		case <-finished:
			open = false
		case <-time.After(showEvery):
			status.show(time.Now(), p.words)
		}
	}
	status.clear()
	if ctx.Err() != nil {
		return interrupted("after %s of the lecture; what was stored is kept", p.words())
	}
	if err := errors.Join(p.errs...); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.out, "%s; %s\n", p.words(), store.words())
	return err
}

// scenesOnce are the scenes of the lecture, each part of a scenario once.
func scenesOnce() (list []lecture.Scene) {
	seen := map[string]bool{}
	for _, s := range lecture.Slides() {
		for _, c := range s.Scenes {
			name := fmt.Sprintf("%s %d %d", c.Scenario, c.Act, c.Last)
			if !c.NotYet && !seen[name] {
				seen[name] = true
				list = append(list, c)
			}
		}
	}
	return list
}

func (p *preparing) words() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprintf("%d of %s, %s stored, %d were there%s", p.done, plural(p.all, "scene"), plural(p.stored, "mark"), p.found, p.last)
}

func (p *preparing) run(ctx context.Context) {
	var workers sync.WaitGroup
	for range runtime.NumCPU() {
		workers.Go(func() {
			for {
				c, ok := p.take()
				if !ok || ctx.Err() != nil {
					return
				}
				p.finish(c, p.scene(ctx, c))
			}
		})
	}
	workers.Wait()
}

func (p *preparing) take() (c lecture.Scene, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.queue) == 0 {
		return c, false
	}
	c, p.queue = p.queue[0], p.queue[1:]
	p.last = ", " + c.Scenario
	return c, true
}

func (p *preparing) finish(c lecture.Scene, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = ""
	switch {
	case err == nil:
		p.done++
	case !errors.Is(err, context.Canceled):
		p.errs = append(p.errs, fmt.Errorf("%s: %w", c.Scenario, err))
	}
}

// scene plays a scene as the presenter's keys do: from mark to mark.
func (p *preparing) scene(ctx context.Context, c lecture.Scene) error {
	sc, err := scenarios.Load(c.Scenario)
	if err != nil {
		return err
	}
	player, err := script.Open(sc.In(p.full), p.app.house, script.Options{})
	if err != nil {
		return err
	}
	last := c.Last
	if last == 0 {
		last = player.Acts()
	}
	for player.Act() < c.Act {
		if _, err := player.NextAct(); err != nil {
			return err
		}
	}
	for {
		if err := p.act(ctx, player); err != nil || player.Act() >= last {
			return err
		}
		if _, err := player.NextAct(); err != nil {
			return err
		}
	}
}

// act goes through an act: to what is stored where something is, else on foot.
func (p *preparing) act(ctx context.Context, player *script.Player) error {
	began, ticks := time.Now(), sim.Tick(sliceTicks)
	for !player.ActOver() {
		at := player.Landmark()
		if to, ok := at.Next(p.store.List(player)); ok && p.store.Leap(player, to) {
			p.count(&p.found)
			began = time.Now()
			continue
		}
		for player.Landmark().Marks == at.Marks && !player.ActOver() {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			slice := time.Now()
			if _, err := player.Advance(ticks); err != nil {
				return err
			}
			ticks = paced(ticks, time.Since(slice))
		}
		if time.Since(began) >= p.store.after {
			p.store.Keep(player)()
			p.count(&p.stored)
			began = time.Now()
		}
	}
	return nil
}

func (p *preparing) count(n *int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	*n++
}

// words says what is stored, in a line.
func (s *snapshots) words() string {
	if s.dir == "" {
		return "no snapshots are stored"
	}
	list := s.files()
	held := int64(0)
	for _, f := range list {
		held += f.bytes
	}
	hold := "hold"
	if len(list) == 1 {
		hold = "holds"
	}
	return fmt.Sprintf("%s %s %s of at most %s in %s", plural(len(list), "snapshot"), hold, megabytes(held), megabytes(s.max), s.dir)
}

func megabytes(n int64) string {
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}
