package tui

import "strconv"

// netForms draws a net as large as its source says: with long names, with short
// ones, or as the lamps of its layers alone.
func netForms(source []byte) []form {
	lamps := form{size: size{30, 6}, loss: 4, draw: drawNet}
	if len(source) > netTextMax {
		return []form{lamps}
	}
	var list []form
	n := readNet(source)
	lamps.h = len(n.layers())
	if len(n.units) > netUnitsMax {
		return []form{lamps}
	}
	for i, names := range netNames {
		if answers := n.withAnswers(names); answers != nil {
			p := planNet(answers, names+1+answerWidth)
			list = append(list, form{size: size{max(p.w, 12), max(p.h+len(p.back), 1)}, loss: 0.8 * float64(i), draw: drawNet})
		}
		p := planNet(n, names)
		s := size{max(p.w, 12), max(p.h+len(p.back), 1)}
		if i == 0 {
			list = append(list, form{size: size{max(s.w+2, n.lawsWidth()+4), s.h + len(n.laws) + 1}, draw: drawNet})
		}
		list = append(list, form{size: s, loss: 0.2 + 0.8*float64(i), draw: drawNet})
	}
	if n.weighed() {
		for i, names := range netNames {
			p := planBars(n, names)
			list = append(list, form{size: size{max(p.w, 12), max(p.h, 1)}, loss: 1 + 0.3*float64(i), draw: drawNet})
		}
	}
	return append(list, lamps)
}

// netNames are the widths of names that are tried.
var netNames = [...]int{10, 6, 3}

const (
	netTextMax  = 1 << 18 // a longer source is not drawn
	netUnitsMax = 120     // with more units only their lamps are
)

func drawNet(l *look, a area) {
	if len(l.now.Text) > netTextMax {
		a.text(0, 0, "too large to be drawn: "+plural(len(l.now.Text), "byte", "bytes"), inkDim)
		return
	}
	n := readNet(l.now.Text)
	for _, names := range netNames {
		if len(n.units) > netUnitsMax {
			break
		}
		if answers := n.withAnswers(names); answers != nil {
			if p := planNet(answers, names+1+answerWidth); p.w <= a.w && p.h+len(p.back) <= a.h {
				p.draw(l.t, a, names+1+answerWidth)
				return
			}
		}
		p := planNet(n, names)
		if p.w <= a.w && p.h+len(p.back) <= a.h {
			p.draw(l.t, a, names)
			return
		}
	}
	for _, names := range netNames {
		if p := planBars(n, names); n.weighed() && p.w <= a.w && p.h <= a.h {
			p.draw(l.t, a)
			return
		}
	}
	drawLayers(l, a, n)
}

// drawLayers draws a net that is too large for its axons: the lamps of each
// layer, a line or more for each.
func drawLayers(l *look, a area, n *netSource) {
	var y int
	for i, units := range n.layers() {
		x := a.text(0, y-l.scroll, "layer "+strconv.Itoa(i), inkDim) + 1
		x = max(x, 9)
		for _, u := range units {
			if x >= a.w {
				x, y = 9, y+1
			}
			lamp(l.t, a, x, y-l.scroll, n.units[u].firing)
			x++
		}
		y++
	}
}

func lamp(t *theme, a area, x, y int, lit bool) {
	if lit {
		a.put(x, y, t.lit, inkLit)
		return
	}
	a.put(x, y, t.dark, inkFaint)
}

// The directions in which a line leaves a cell.
const (
	lineUp = 1 << iota
	lineDown
	lineLeft
	lineRight
)

var lineRunes = [16]rune{
	0: ' ', lineUp: '│', lineDown: '│', lineUp | lineDown: '│', lineLeft: '─', lineRight: '─', lineLeft | lineRight: '─',
	lineUp | lineLeft: '╯', lineUp | lineRight: '╰', lineDown | lineLeft: '╮', lineDown | lineRight: '╭',
	lineUp | lineDown | lineLeft: '┤', lineUp | lineDown | lineRight: '├', lineUp | lineLeft | lineRight: '┴', lineDown | lineLeft | lineRight: '┬',
	lineUp | lineDown | lineLeft | lineRight: '┼',
}

// wire is what lies in one cell: lines of one unit's axons.
type wire struct {
	mask   uint8
	unit   int
	firing bool
}

// wires draws axons, cell by cell: where those of two units cross, the one that
// goes up and down is seen.
type wires struct {
	area
	cells   map[[2]int]wire
	strokes [3]rune // of thin, plain and thick lines
}

func (w *wires) add(x, y int, mask uint8, unit int, firing bool) {
	at := w.cells[[2]int{x, y}]
	if at.mask != 0 && at.unit != unit {
		if at.mask&(lineUp|lineDown) != 0 && mask&(lineUp|lineDown) == 0 {
			return
		}
		at.mask = 0
	}
	w.cells[[2]int{x, y}] = wire{at.mask | mask, unit, firing}
	k := inkDim
	if firing {
		k = inkLit
	}
	w.put(x, y, lineRunes[(at.mask|mask)&15], k)
}

// along draws from x0 to x1 on line y; across from y0 to y1 in column x. Both
// ends are drawn as far as the middle of their cell.
func (w *wires) along(x0, x1, y, unit int, firing bool) {
	if x0 > x1 {
		x0, x1 = x1, x0
	}
	for x := x0; x <= x1; x++ {
		mask := uint8(0)
		if x > x0 {
			mask |= lineLeft
		}
		if x < x1 {
			mask |= lineRight
		}
		w.add(x, y, mask, unit, firing)
	}
}

func (w *wires) across(x, y0, y1, unit int, firing bool) {
	if y0 > y1 {
		y0, y1 = y1, y0
	}
	for y := y0; y <= y1 && y0 != y1; y++ {
		mask := uint8(0)
		if y > y0 {
			mask |= lineUp
		}
		if y < y1 {
			mask |= lineDown
		}
		w.add(x, y, mask, unit, firing)
	}
}

// draw draws the plan in the middle of the area.
func (p *netPlan) draw(t *theme, a area, nameMax int) {
	left := min(max((a.w-p.w)/2, 0), 4)
	a = a.sub(left, 0, a.w, a.h)
	if room := a.h - p.h - len(p.back); room > 1 {
		for i, law := range p.n.laws {
			if i < room-1 {
				a.text(0, i, law, inkDim)
			}
		}
		a = a.sub(0, min(len(p.n.laws)+1, room), a.w, a.h)
	}
	w := &wires{area: a, cells: map[[2]int]wire{}, strokes: t.strokes}
	for _, firing := range []bool{false, true} {
		p.axons(w, firing)
	}
	p.ends(t, a)
	for _, layer := range p.layers {
		for _, node := range layer {
			if !node.pass {
				p.unit(t, a, node, nameMax)
			}
		}
	}
}

// restart takes back all ports.
func (p *netPlan) restart() {
	for _, node := range p.nodes {
		node.given = 0
	}
}

// axons draws those of all units that fire, or of all others.
func (p *netPlan) axons(w *wires, firing bool) {
	p.restart()
	circles := 0
	for i, axon := range p.n.axons {
		port := p.nodes[axon.to].port()
		circle := circles < len(p.back) && p.back[circles] == i
		if circle {
			circles++
		}
		switch {
		case p.n.units[axon.from].firing != firing:
		case circle:
			p.circle(w, axon, port, circles-1)
		default:
			p.axon(w, axon, port)
		}
	}
}

// axon draws one axon, through its places in the layers between.
func (p *netPlan) axon(w *wires, axon netAxon, port int) {
	firing := p.n.units[axon.from].firing
	at := p.nodes[axon.from]
	x := at.x + p.labelWidth(axon.from)
	for layer := p.layerOf(axon.from) + 1; ; layer++ {
		y, end := port, p.x[layer]-2
		var next *netNode
		if layer < p.layerOf(axon.to) {
			next = p.passing(layer, axon.from)
			y, end = next.y+next.first(), p.x[layer]
		}
		w.along(x, at.track, at.y, axon.from, firing)
		w.across(at.track, at.y, y, axon.from, firing)
		w.along(at.track, end, y, axon.from, firing)
		if next == nil {
			p.thicken(w, axon, at.track+1, end, y)
			return
		}
		w.across(next.x, y, next.y, axon.from, firing)
		at, x = next, next.x
	}
}

func (p *netPlan) passing(layer, unit int) *netNode {
	for _, node := range p.layers[layer] {
		if node.pass && node.unit == unit {
			return node
		}
	}
	return p.nodes[unit]
}

// circle draws an axon that goes back, on a line of its own below the net.
func (p *netPlan) circle(w *wires, axon netAxon, port, number int) {
	firing := p.n.units[axon.from].firing
	from, to := p.nodes[axon.from], p.nodes[axon.to]
	lane, out, in := p.h+number, from.track, to.x-3
	for _, i := range p.back[:number] {
		if p.layerOf(p.n.axons[i].to) == p.layerOf(axon.to) {
			in--
		}
	}
	in = max(in, 0)
	w.along(from.x+p.labelWidth(axon.from), out, from.y, axon.from, firing)
	w.across(out, from.y, lane, axon.from, firing)
	w.along(out, in, lane, axon.from, firing)
	w.across(in, lane, port, axon.from, firing)
	w.along(in, to.x-2, port, axon.from, firing)
}

// ends draws what an axon does where it arrives.
func (p *netPlan) ends(t *theme, a area) {
	p.restart()
	for _, axon := range p.n.axons {
		to := p.nodes[axon.to]
		y := to.port()
		k := inkDim
		if p.n.units[axon.from].firing {
			k = inkLit
		}
		a.put(to.x-1, y, t.axonEnd(axon.effect), k)
		if y != to.y {
			a.put(to.x, y, t.along, inkFaint)
		}
		if axon.synapses > 1 {
			a.text(to.x-2, y, strconv.Itoa(min(axon.synapses, 9)), k)
		}
	}
}

func (t *theme) axonEnd(effect string) rune {
	switch effect {
	case "inhibit":
		return t.inhibit
	case "oppose":
		return t.oppose
	}
	return t.excite
}

func (p *netPlan) labelWidth(u int) int {
	return min(2+textWidth(p.n.units[u].name)+p.thresholds(u)+1, p.names[p.layerOf(u)]+1)
}

// unit draws a unit: its lamp, its name, its threshold.
func (p *netPlan) unit(t *theme, a area, node *netNode, nameMax int) {
	u := &p.n.units[node.unit]
	k := inkText
	if u.firing {
		k = inkLit
	}
	lamp(t, a, node.x, node.y, u.firing)
	x := a.text(node.x+2, node.y, cut(u.name, nameMax), k)
	if u.threshold > 0 {
		a.text(x+1, node.y, t.threshold+strconv.Itoa(u.threshold), inkDim)
	}
	for y := node.y + node.first() + 1; y < node.y+node.first()+2*node.ports-1; y++ {
		if y != node.y && node.ports > 1 {
			a.put(node.x, y, t.along, inkFaint)
		}
	}
}
