package markone

import (
	"errors"
	"fmt"
	"slices"
)

// Rows, Cols and Points are the size of the retina: 20 x 20 photocells (S: ONR
// newsletter 1960; Bishop).
const (
	Rows   = 20
	Cols   = 20
	Points = Rows * Cols
)

// Association units, response units, potentiometers and outlets of the Mark I.
const (
	Units     = 512 // association units (S: ONR newsletter 1960), each with one potentiometer (P-: manual fig. 1; S)
	Responses = 8   // two-state response units (P-: manual fig. 1)
	Outlets   = 40  // association units that one sensory unit can feed (S: Wikipedia after the manual)
)

// The largest of the paper machines.
const (
	UnitsMax     = 1000      // P: about 1000 association units in the plan of 1958; S: the IBM 704 simulations
	ResponsesMax = 64        // Assumed: room for every response unit in one word
	plugsMax     = 64 * 1024 // Assumed: room for 64 plugs for each of 1000 units
)

// Plug is one cord from a sensory unit to an association unit.
type Plug struct {
	S    int16 // sensory unit: row*20 + column, from 0
	A    int16 // association unit, from 0
	Sign int8  // +1 excites, -1 inhibits
}

// Plugboard is the fixed wiring between retina and association units. Plugs may
// stand there twice: origins drawn with replacement do.
type Plugboard struct {
	Units int    // association units
	Plugs []Plug // in the order of Sort
}

// Limits are how many outlets one sensory unit has; 0 is no limit.
type Limits struct {
	Outlets int // of both signs together
	PerSign int // of each sign
}

// Sort brings the plugs into the order of the board: by sensory unit, excitatory
// before inhibitory, by association unit.
func (b *Plugboard) Sort() {
	keys := make([]int32, len(b.Plugs))
	for i, p := range b.Plugs {
		keys[i] = p.key()
	}
	slices.Sort(keys)
	for i, k := range keys {
		b.Plugs[i] = plugOf(k)
	}
}

// key packs a plug into a number that sorts as the board does; plugOf takes it
// back.
func (p Plug) key() int32 { return int32(p.S)<<11 | int32(1-p.Sign)>>1<<10 | int32(p.A) }

func plugOf(key int32) Plug {
	return Plug{int16(key >> 11), int16(key & 1023), 1 - int8(key>>10&1)*2}
}

// Clone returns a board that shares no memory with b.
func (b *Plugboard) Clone() *Plugboard {
	return &Plugboard{b.Units, slices.Clone(b.Plugs)}
}

// Check refuses a board that has a plug of an unknown unit, or more plugs on a
// sensory unit than it has outlets.
func (b *Plugboard) Check(limits Limits) error {
	if len(b.Plugs) > plugsMax {
		return fmt.Errorf("%d plugs; a board has at most %d", len(b.Plugs), plugsMax)
	}
	var used outlets
	for _, p := range b.Plugs {
		if err := used.take(p, b.Units, limits); err != nil {
			return err
		}
	}
	return nil
}

// outlets counts the plugs on each sensory unit.
type outlets struct{ plus, minus [Points]int32 }

// free reports whether another plug of that sign fits.
func (o *outlets) free(s int, sign int8, limits Limits) bool {
	own := o.plus[s]
	if sign < 0 {
		own = o.minus[s]
	}
	return (limits.Outlets == 0 || int(o.plus[s]+o.minus[s]) < limits.Outlets) && (limits.PerSign == 0 || int(own) < limits.PerSign)
}

func (o *outlets) add(p Plug) {
	if p.Sign > 0 {
		o.plus[p.S]++
	} else {
		o.minus[p.S]++
	}
}

// take checks one plug and counts it.
func (o *outlets) take(p Plug, units int, limits Limits) error {
	switch {
	case p.S < 0 || p.S >= Points:
		return fmt.Errorf("no sensory unit S%d; they are S0..S%d", p.S, Points-1)
	case p.A < 0 || int(p.A) >= units:
		return fmt.Errorf("no association unit A%d; they are A0..A%d", p.A, units-1)
	case p.Sign != 1 && p.Sign != -1:
		return errors.New("a plug excites, +, or inhibits, -")
	case !o.free(int(p.S), p.Sign, Limits{Outlets: limits.Outlets}):
		return fmt.Errorf("more than %d plugs on S%d: it has that many outlets", limits.Outlets, p.S)
	case !o.free(int(p.S), p.Sign, limits):
		return fmt.Errorf("more than %d plugs of one sign on S%d: it has that many outlets of each", limits.PerSign, p.S)
	}
	o.add(p)
	return nil
}

// busiest is the association unit with the most cords, and their number.
func (b *Plugboard) busiest() (unit, cords int) {
	count := make([]int, b.Units)
	for _, p := range b.Plugs {
		count[p.A]++
	}
	for a, n := range count {
		if n > cords {
			unit, cords = a, n
		}
	}
	return unit, cords
}
