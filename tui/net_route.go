package tui

import "sort"

// A net is drawn with its layers from left to right. Each unit has a line of its
// own for every axon that reaches it, so that no two axons share an end; each
// axon that leaves a unit goes up and down on a track of that unit's own,
// between two layers. An axon that passes a layer has a place in it, like a unit
// without a name. An axon that closes a circle goes back below the net.

// netNode is a unit in its layer, or the place at which the axons of a unit pass
// a layer.
type netNode struct {
	unit  int  // of the source
	pass  bool // only passed
	x, y  int
	h     int // lines: one for each axon that arrives
	ports int // lines that have been given away
	track int // x of the track to its right; 0 where nothing leaves
	order float64
}

// netPlan is where everything stands.
type netPlan struct {
	n      *netSource
	layers [][]*netNode
	names  []int // the width of the names of each layer
	x      []int // where each layer begins
	w, h   int
	nodes  []*netNode // of the units
	back   []int      // axons that close a circle
}

// planNet lays the net out with names of at most that many characters.
func planNet(n *netSource, nameMax int) *netPlan {
	p := &netPlan{n: n, nodes: make([]*netNode, len(n.units))}
	for _, units := range n.layers() {
		var layer []*netNode
		for i, u := range units {
			node := &netNode{unit: u, order: float64(i)}
			p.nodes[u] = node
			layer = append(layer, node)
		}
		p.layers = append(p.layers, layer)
	}
	p.passes()
	for _, layer := range p.layers {
		sort.SliceStable(layer, func(i, j int) bool { return layer[i].order < layer[j].order })
	}
	p.heights()
	p.place(nameMax)
	return p
}

func (p *netPlan) layerOf(u int) int { return min(p.n.units[u].layer, netLayersMax) }

// passes gives each unit whose axons go past layers a place in each of them.
func (p *netPlan) passes() {
	far := make([]int, len(p.n.units))
	for i, a := range p.n.axons {
		if p.layerOf(a.to) <= p.layerOf(a.from) {
			p.back = append(p.back, i)
			continue
		}
		far[a.from] = max(far[a.from], p.layerOf(a.to))
	}
	for u := range p.n.units {
		from := p.nodes[u]
		for layer := p.layerOf(u) + 1; layer < far[u]; layer++ {
			place := from.order/float64(max(len(p.layers[p.layerOf(u)]), 1))*float64(len(p.layers[layer])) - 0.5
			p.layers[layer] = append(p.layers[layer], &netNode{unit: u, pass: true, order: place})
		}
	}
}

// heights gives each node its lines.
func (p *netPlan) heights() {
	for _, layer := range p.layers {
		for _, node := range layer {
			node.h = 1
		}
	}
	arrive := make([]int, len(p.n.units))
	for _, a := range p.n.axons {
		arrive[a.to]++
		p.nodes[a.to].h = max(arrive[a.to], 1)
	}
}

const netBlank = 1 // lines between two units

func (p *netPlan) place(nameMax int) {
	for _, layer := range p.layers {
		h := -netBlank
		for _, node := range layer {
			h += node.h + netBlank
		}
		p.h = max(p.h, h)
	}
	x := 0
	for i, layer := range p.layers {
		p.x = append(p.x, x)
		wide, h, leaving := 1, -netBlank, 0
		for _, node := range layer {
			h += node.h + netBlank
			if p.leaves(node, i) {
				leaving++
			}
			if !node.pass {
				wide = max(wide, 2+min(textWidth(p.n.units[node.unit].name), nameMax)+p.thresholds(node.unit))
			}
		}
		y := (p.h - h) / 2
		for _, node := range layer {
			node.x, node.y = x, y
			y += node.h + netBlank
		}
		p.names = append(p.names, wide)
		p.tracks(layer, i, x+wide+2)
		x += wide + leaving + 6
	}
	p.w = x - 6
}

// thresholds is the width of a unit's threshold and the blank before it.
func (p *netPlan) thresholds(u int) int {
	if p.n.units[u].threshold > 0 {
		return 3
	}
	return 0
}

// leaves reports whether an axon goes on from a node to the next layer.
func (p *netPlan) leaves(node *netNode, layer int) bool {
	for _, a := range p.n.axons {
		if a.from == node.unit && p.layerOf(a.to) > layer {
			return true
		}
	}
	return false
}

// tracks gives each node that has axons a track of its own. A node high up
// takes a track far to the right, so that axons that go down cross less.
func (p *netPlan) tracks(layer []*netNode, at, x int) {
	for i := len(layer) - 1; i >= 0; i-- {
		if p.leaves(layer[i], at) {
			layer[i].track = x
			x++
		}
	}
}

// out is the line on which a node's axons leave: that of its name.
func (node *netNode) out() int { return node.y + (node.h-1)/2 }
