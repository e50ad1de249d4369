package script

import "perceptarium/sim"

// Landmark is a place of an act at which a checkpoint may be kept: a mark, or
// the end of its script.
type Landmark struct {
	At    sim.Tick
	Marks int    // passed in the act up to here
	Name  string // of the last of them
	Over  bool   // the script has ended
}

// Landmark is where the player stands in the present act.
func (p *Player) Landmark() Landmark {
	l := Landmark{At: p.Bench().Now(), Over: p.ActOver()}
	for _, e := range p.journal {
		if e.Kind == MarkEvent && e.Act == p.Act() {
			l.Marks++
			l.Name = e.Text
		}
	}
	return l
}

// Next is the first of the kept landmarks, which stand by tick, to which one
// can go from here without passing another mark that is not kept.
func (l Landmark) Next(kept []Landmark) (Landmark, bool) {
	for _, k := range kept {
		if k.At > l.At {
			return k, k.Marks == l.Marks+1 || k.Over && k.Marks == l.Marks
		}
	}
	return l, false
}

// Toward is the last of them that lies beyond here and not beyond the tick.
func (l Landmark) Toward(kept []Landmark, to sim.Tick) (Landmark, bool) {
	for i := len(kept) - 1; i >= 0; i-- {
		if k := kept[i]; k.At > l.At && k.At <= to {
			return k, true
		}
	}
	return l, false
}

// TowardMark is the first of them beyond here that is the mark of that name.
func (l Landmark) TowardMark(kept []Landmark, name string) (Landmark, bool) {
	for _, k := range kept {
		if k.At > l.At && k.Name == name {
			return k, true
		}
	}
	return l, false
}
