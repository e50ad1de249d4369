package tui

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"perceptarium/sim"
)

// A net whose axons have weights is drawn in one of two ways: line by line, the
// stretch before the end of an axon thin, plain or thick as the weight is; or,
// where there is less room, as columns of units with a bar before each for
// every axon that arrives, standing for a weight above zero, hanging for one
// below, in the order of the units that they come from.

// weighed reports whether the axons of a net have weights.
func (n *netSource) weighed() bool {
	for i := range n.axons {
		if n.axons[i].weighed {
			return true
		}
	}
	return false
}

// weights is the scale of all weights: symmetrical, so that signs are told by
// the side of the line.
func (n *netSource) weights() scale {
	most := 0.0
	for i := range n.axons {
		if w := math.Abs(n.axons[i].weight); !math.IsInf(w, 0) {
			most = max(most, w)
		}
	}
	if most == 0 {
		most = 1
	}
	return scale{-most, most}
}

// readWeight reads the last word of an axon's line.
func readWeight(words []string) (weight float64, weighed bool) {
	if len(words) < 5 {
		return 0, false
	}
	v, err := strconv.ParseFloat(words[4], 64)
	return v, err == nil && !math.IsNaN(v)
}

// answerWidth is the room of a unit's answer.
const answerWidth = 7

// readAnswer reads the last word of a unit's line, in little room.
func readAnswer(words []string) string {
	if len(words) < 7 {
		return ""
	}
	v, err := strconv.ParseFloat(words[6], 32)
	if err != nil {
		return ""
	}
	return fit(sim.Value{Float: float32(v), Real: true}, answerWidth)
}

// withAnswers is the net with the answers in the names of its units, all of one
// width, so that nothing moves when they change; nil where there are none.
func (n *netSource) withAnswers(nameMax int) *netSource {
	answers := *n
	answers.units = slices.Clone(n.units)
	any := false
	for i := range answers.units {
		if u := &answers.units[i]; u.answer != "" {
			any = true
			u.name = fmt.Sprintf("%s %-*s", cut(u.name, nameMax), answerWidth, u.answer)
		}
	}
	if !any {
		return nil
	}
	return &answers
}

// thicken draws the stretch of an axon before its end by its weight, where no
// other line crosses it.
func (p *netPlan) thicken(w *wires, axon netAxon, from, to, y int) {
	if !axon.weighed {
		return
	}
	s := p.n.weights()
	r := w.strokes[third(math.Abs(axon.weight)/s.hi)]
	for x := from; x <= to; x++ {
		if at := w.cells[[2]int{x, y}]; at.unit == axon.from && at.mask == lineLeft|lineRight {
			w.put(x, y, r, s.ink(axon.weight))
		}
	}
}

// netBars is where the columns of a net in bars stand.
type netBars struct {
	n       *netSource
	layers  [][]int
	into    [][]netAxon // of each unit, in the order of the units that they come from
	x       []int
	bars    []int // their width in each layer
	w, h    int
	nameMax int
}

func planBars(n *netSource, nameMax int) *netBars {
	p := &netBars{n: n, layers: n.layers(), into: make([][]netAxon, len(n.units)), nameMax: nameMax}
	for _, a := range n.axons {
		p.into[a.to] = append(p.into[a.to], a)
	}
	for i, units := range p.layers {
		bars, name := 0, 0
		for _, u := range units {
			bars = max(bars, len(p.into[u]))
			name = max(name, min(textWidth(n.units[u].name), nameMax))
		}
		if i > 0 {
			p.w += 3
		}
		p.x, p.bars = append(p.x, p.w), append(p.bars, bars)
		p.w += min(bars, 1) + bars + 2 + name
		p.h = max(p.h, len(units))
	}
	return p
}

func (p *netBars) draw(t *theme, a area) {
	s := p.n.weights()
	a = a.sub(min(max((a.w-p.w)/2, 0), 4), 0, a.w, a.h)
	for i, units := range p.layers {
		top := (p.h - len(units)) / 2
		for k, u := range units {
			y, x := top+k, p.x[i]+p.bars[i]-len(p.into[u])
			for _, axon := range p.into[u] {
				r, ink := s.glyph(t, axon.weight)
				if !axon.weighed {
					r, ink = t.excite, inkFaint
				}
				a.put(x, y, r, ink)
				x++
			}
			x += min(p.bars[i], 1)
			lamp(t, a, x, y, p.n.units[u].firing)
			k := inkText
			if p.n.units[u].firing {
				k = inkLit
			}
			a.text(x+2, y, cut(p.n.units[u].name, p.nameMax), k)
		}
	}
}
