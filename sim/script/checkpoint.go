package script

import (
	"bytes"
	"fmt"
	"slices"

	"perceptarium/sim"
)

// Checkpoint is where a replay stands: enough to go on in another process.
type Checkpoint struct {
	Scenario string
	Digest   string // of the scenario's text, in its form
	Form     Form
	Law      int
	Act      int // from 1
	Tick     sim.Tick
	Seeds    []uint64 // of every act
	Runners  [][]byte // the scripts of the acts before
	Bench    []byte   // the bench of this act, frozen
	Log      []sim.Entry
	Journal  []Event
}

// Checkpoint is where the player stands.
func (p *Player) Checkpoint() *Checkpoint {
	c := &Checkpoint{Scenario: p.sc.Name, Digest: p.sc.Digest, Form: p.sc.Form, Law: p.law, Act: p.Act(), Tick: p.Bench().Now(), Bench: p.Bench().Freeze(nil), Log: slices.Clone(p.Bench().Logbook()), Journal: slices.Clone(p.journal)}
	c.Seeds, c.Runners = p.Seeds(), p.Past()
	return c
}

// Seeds are those of every act.
func (p *Player) Seeds() (list []uint64) {
	for _, s := range p.acts {
		list = append(list, s.bench.Seed())
	}
	return list
}

// Past is where the scripts of the acts before the present one stand: what this
// act may look back to.
func (p *Player) Past() (list [][]byte) {
	for _, s := range p.acts[:p.at] {
		list = append(list, s.run.Save(nil))
	}
	return list
}

// Leap goes to where c stands in the present act, forwards or backwards, as if
// it had been stepped there. Where a hand has changed something, or the acts
// before went otherwise, c is refused and nothing changes.
func (p *Player) Leap(c *Checkpoint) error {
	if err := p.fits(c); err != nil {
		return err
	}
	switch {
	case c.Act != p.Act():
		return fmt.Errorf("a checkpoint in act %d; this is act %d", c.Act, p.Act())
	case p.taken:
		return fmt.Errorf("a hand has changed something: no checkpoint of the script fits")
	case !slices.EqualFunc(c.Runners, p.Past(), bytes.Equal):
		return fmt.Errorf("a checkpoint after other acts before it")
	}
	if err := p.Bench().Thaw(c.Bench, c.Log); err != nil {
		return err
	}
	mine := func(e Event) bool { return e.Act == c.Act }
	others := func(e Event) bool { return e.Act != c.Act }
	p.journal = append(slices.DeleteFunc(slices.Clone(p.journal), mine), slices.DeleteFunc(slices.Clone(c.Journal), others)...)
	return nil
}

// Resume goes to where c stands, in a player that was just opened. A
// checkpoint of another scenario, law or seed is refused, as is a player that
// writes a trace, which would lack its beginning.
func (p *Player) Resume(c *Checkpoint) error {
	if err := p.fits(c); err != nil {
		return err
	}
	if err := p.acts[c.Act-1].bench.Thaw(c.Bench, c.Log); err != nil {
		return fmt.Errorf("act %d: %w", c.Act, err)
	}
	for i, state := range c.Runners {
		p.acts[i].run.Load(state)
		p.acts[i].started = true
	}
	p.at, p.journal = c.Act-1, append([]Event(nil), c.Journal...)
	p.acts[p.at].started = true
	return nil
}

func (p *Player) fits(c *Checkpoint) error {
	switch {
	case p.trace != nil || p.wave != nil:
		return fmt.Errorf("a trace or waveform of a resumed replay would lack its beginning")
	case c.Scenario == p.sc.Name && c.Form != p.sc.Form && c.Form != OneForm && p.sc.Form != OneForm:
		return fmt.Errorf("a checkpoint of the %s form of %s; this replay is of the %s one", c.Form, c.Scenario, p.sc.Form)
	case c.Scenario != p.sc.Name || c.Digest != p.sc.Digest:
		return fmt.Errorf("a checkpoint of the scenario %s as it reads elsewhere, not of this %s", c.Scenario, p.sc.Name)
	case c.Law != p.law:
		return fmt.Errorf("a checkpoint under law %d; this program keeps law %d", c.Law, p.law)
	case c.Act < 1 || c.Act > len(p.acts) || len(c.Runners) != c.Act-1 || len(c.Seeds) != len(p.acts):
		return fmt.Errorf("a checkpoint in act %d of %d; the scenario has %d", c.Act, len(c.Seeds), len(p.acts))
	}
	for i, s := range p.acts {
		if c.Seeds[i] != s.bench.Seed() {
			return fmt.Errorf("a checkpoint with seed %d in act %d; this replay has %d", c.Seeds[i], i+1, s.bench.Seed())
		}
		if i < len(c.Runners) && len(c.Runners[i]) != len(s.run.Save(nil)) {
			return fmt.Errorf("a checkpoint whose act %d has another script", i+1)
		}
	}
	return nil
}
