package markone

import "perceptarium/sim/rng"

// Measured is what random wirings do with a few cards.
type Measured struct {
	Units  int64     // association units that were drawn
	Active []int64   // [card] units active on that card
	Both   [][]int64 // [card][card] units active on both
}

// Measure draws so many wirings, one after the other from st, and counts how many
// of their association units are active on each card, and on each pair of cards:
// Active/Units is P_a, Both[i][j]/Active[i] is P_c of the 1957 report.
func (w Wiring) Measure(theta int, cards []Card, wirings int, st *rng.Stream) Measured {
	m := Measured{Units: int64(wirings) * int64(w.Units), Active: make([]int64, len(cards)), Both: make([][]int64, len(cards))}
	for i := range m.Both {
		m.Both[i] = make([]int64, len(cards))
	}
	d := newDrawer(w)
	count := make([]int, len(cards))
	for range wirings {
		var used outlets
		for range w.Units {
			d.inputs(st, &used, cards, count)
			m.add(count, theta)
		}
	}
	return m
}

// inputs draws one unit and counts its inputs on each card.
func (d *drawer) inputs(st *rng.Stream, used *outlets, cards []Card, count []int) {
	clear(count)
	x, y := d.begin(st)
	for i := range x + y {
		sign := 1
		if i >= x {
			sign = -1
		}
		s, ok := d.origin(st, int8(sign), used)
		if !ok {
			continue
		}
		if d.Limits != (Limits{}) {
			used.add(Plug{S: int16(s), Sign: int8(sign)})
		}
		for c := range cards {
			if cards[c].Lit(s) {
				count[c] += sign
			}
		}
	}
}

func (m *Measured) add(count []int, theta int) {
	for i, n := range count {
		if n < theta {
			continue
		}
		m.Active[i]++
		for j, o := range count {
			if o >= theta {
				m.Both[i][j]++
			}
		}
	}
}

// IdealEnvironment is the world of random stimuli of section 8.4 of the dossier
// (P: 1957, 1958): each stimulus makes each association unit active by chance
// alone. Two responses, each with effective units of its own, have been taught
// as many stimuli each, forced, by the alpha system: a unit's value counts the
// stimuli of its response on which it was active.
type IdealEnvironment struct {
	Units    int   // effective units of each source-set: N_e
	Stimuli  int   // taught to each response: n
	Activity int64 // P_a in millionths
}

// Outcome of showing one stimulus: the right signal is larger, as large, or
// smaller than the other.
type Outcome int

// The outcomes. Where signals are equal, half of the answers are right.
const (
	Wrong Outcome = iota
	Tie
	Right
)

// Trial teaches a new machine and shows it one stimulus: of those it was taught,
// or a new one of the same response, which in this world has nothing in common
// with them. It returns the outcome for a machine that compares the means of
// the active units' values, and for one that compares their sums.
func (e IdealEnvironment) Trial(taught bool, st *rng.Stream) (mean, sum Outcome) {
	own := int64(0)
	others := e.Stimuli
	if taught {
		own, others = 1, e.Stimuli-1
	}
	sum1, active1 := e.signal(own, others, st)
	sum2, active2 := e.signal(0, e.Stimuli, st)
	return outcome(sum1*max(active2, 1), sum2*max(active1, 1)), outcome(sum1, sum2)
}

// signal sums the values of the units of one source-set that the stimulus makes
// active: own for the stimulus itself, and one for each of the others on which
// the unit was active.
func (e IdealEnvironment) signal(own int64, others int, st *rng.Stream) (sum, active int64) {
	for range e.Units {
		if !e.fires(st) {
			continue
		}
		active++
		sum += own
		for range others {
			sum += truth(e.fires(st))
		}
	}
	return sum, active
}

func (e IdealEnvironment) fires(st *rng.Stream) bool {
	return st.Uint64()>>32 < uint64(e.Activity)<<32/1_000_000
}

func outcome(right, wrong int64) Outcome {
	switch {
	case right > wrong:
		return Right
	case right == wrong:
		return Tie
	}
	return Wrong
}
