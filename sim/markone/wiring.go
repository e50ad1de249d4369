package markone

import (
	"fmt"

	"perceptarium/sim/rng"
)

// Law is how the origin points of an association unit are drawn.
type Law uint8

// The laws. Each unit's origins lie anywhere, or about a centre that is drawn
// anywhere on the retina, the same for both signs (Assumed).
const (
	Uniform     Law = iota // every point as likely as the others (P-: "random" in manual fig. 1)
	Exponential            // density falls off as e^(-distance/radius) (S: Rosenblatt 1958)
	Gaussian               // density falls off as e^(-distance^2/(2 radius^2)) (Assumed)
)

// Wiring says how a plugboard is plugged at random.
type Wiring struct {
	Units    int  // association units
	X, Y     int  // excitatory and inhibitory origins of each unit
	Law      Law  // how they are drawn
	Distinct bool // without replacement: no point twice for the same unit
	Poisson  bool // numbers of origins are Poisson deviates of mean X and Y (M: Principles of Neurodynamics)
	Radius   int  // of Exponential and Gaussian, in tenths of a cell
	Limits   Limits
}

// OriginsMax is the largest X + Y.
const OriginsMax = 64

// RadiusMax is the largest Radius: 100 cells.
const RadiusMax = 1000

// Check refuses a wiring that no board has room for.
func (w Wiring) Check() error {
	switch m := w.X + w.Y; {
	case w.Units < 1 || w.Units > UnitsMax:
		return fmt.Errorf("%d association units; there can be 1..%d", w.Units, UnitsMax)
	case w.X < 0 || w.Y < 0 || m < 1 || m > OriginsMax:
		return fmt.Errorf("x + y = %d origins; a unit can have 1..%d", m, OriginsMax)
	case w.Law != Uniform && (w.Radius < 1 || w.Radius > RadiusMax):
		return fmt.Errorf("radius %d; it can be 1..%d tenths of a cell", w.Radius, RadiusMax)
	}
	if n := w.Limits.Outlets; n > 0 && (w.X+w.Y)*w.Units > n*Points {
		return fmt.Errorf("x + y = %d origins for %d units need %d outlets; the board has %d x %d = %d", w.X+w.Y, w.Units, (w.X+w.Y)*w.Units, Points, n, Points*n)
	}
	if n := w.Limits.PerSign; n > 0 && max(w.X, w.Y)*w.Units > n*Points {
		return fmt.Errorf("%d origins of one sign for %d units need %d outlets; the board has %d x %d = %d of each", max(w.X, w.Y), w.Units, max(w.X, w.Y)*w.Units, Points, n, Points*n)
	}
	return nil
}

// Plug draws a board, unit by unit, the excitatory origins first. A point whose
// outlets are taken is drawn again, as a person with a table of random numbers
// would do. Where triesMax draws find none, the first point from there on with
// a free outlet is taken, even if that gives a unit the same point twice; where
// the whole board is taken, a Poisson unit goes without.
func (w Wiring) Plug(st *rng.Stream) *Plugboard {
	b := &Plugboard{Units: w.Units, Plugs: make([]Plug, 0, (w.X+w.Y)*w.Units)}
	d := newDrawer(w)
	var used outlets
	for a := range w.Units {
		x, y := d.begin(st)
		for i := range x + y {
			sign := int8(1)
			if i >= x {
				sign = -1
			}
			s, ok := d.origin(st, sign, &used)
			if !ok || len(b.Plugs) == plugsMax {
				continue
			}
			p := Plug{int16(s), int16(a), sign}
			used.add(p)
			b.Plugs = append(b.Plugs, p)
		}
	}
	b.Sort()
	return b
}

const triesMax = 1000

// drawer draws the origins of one unit after the other.
type drawer struct {
	Wiring
	weight [Rows * Cols]uint64 // of a point so many rows and columns from the centre
	upTo   [Points]uint64      // running sum of the weights about the present centre
	taken  [Points]bool
	own    []int // points that the present unit has
}

func newDrawer(w Wiring) *drawer {
	d := &drawer{Wiring: w}
	if w.Law == Uniform {
		return d
	}
	for i := range d.weight {
		row, col := uint64(i/Cols), uint64(i%Cols)
		d.weight[i] = uint64(exp2neg(w.fall(row*row + col*col)))
	}
	return d
}

// fall is the exponent of the density at a squared distance in cells, to base 2,
// in Q32.
func (w Wiring) fall(square uint64) uint64 {
	if w.Law == Gaussian {
		return square * 50 * log2e32 / uint64(w.Radius*w.Radius)
	}
	distance16 := isqrt(square << 32)
	return distance16 * 10 * (log2e32 >> 8) / uint64(w.Radius) >> 8
}

// begin draws how many origins the next unit has, and its centre.
func (d *drawer) begin(st *rng.Stream) (x, y int) {
	for _, s := range d.own {
		d.taken[s] = false
	}
	d.own = d.own[:0]
	x, y = d.X, d.Y
	if d.Poisson {
		x, y = poisson(st, x), poisson(st, y)
	}
	if d.Law != Uniform {
		d.centre(int(st.Below(Rows)), int(st.Below(Cols)))
	}
	return x, y
}

func (d *drawer) centre(row, col int) {
	sum := uint64(0)
	for s := range d.upTo {
		sum += d.weight[abs(s/Cols-row)*Cols+abs(s%Cols-col)]
		d.upTo[s] = sum
	}
}

func abs(v int) int { return max(v, -v) }

// origin draws one point that has an outlet free.
func (d *drawer) origin(st *rng.Stream, sign int8, used *outlets) (int, bool) {
	s := 0
	for range triesMax {
		s = d.point(st)
		if used.free(s, sign, d.Limits) && !(d.Distinct && d.taken[s]) {
			d.keep(s)
			return s, true
		}
	}
	for i := range Points {
		if t := (s + i) % Points; used.free(t, sign, d.Limits) {
			d.keep(t)
			return t, true
		}
	}
	return 0, false
}

func (d *drawer) keep(s int) {
	d.taken[s] = true
	d.own = append(d.own, s)
}

// point draws a point by the law.
func (d *drawer) point(st *rng.Stream) int {
	if d.Law == Uniform {
		return int(st.Below(Points))
	}
	v := uint64(st.Below(int64(d.upTo[Points-1])))
	lo, hi := 0, Points-1
	for lo < hi {
		if mid := (lo + hi) / 2; v < d.upTo[mid] {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
