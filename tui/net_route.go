package tui

import "sort"

// A net is drawn with its layers from left to right. Names stand on even lines,
// and where several axons reach a unit each has an odd line of its own, so that
// no two lie on each other. Each unit's axons go up and down on a track of that
// unit's own, between two layers. An axon that passes a layer has a place in it,
// like a unit without a name. An axon that closes a circle goes back below the
// net.

// netNode is a unit in its layer, or the place at which the axons of a unit pass
// a layer.
type netNode struct {
	unit  int  // of the source
	pass  bool // only passed
	x, y  int  // of its name
	ports int  // axons that arrive
	below bool // its only axon arrives on the line below its name
	given int  // ports that have been given away
	track int  // x of the track to its right; 0 where nothing leaves
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

// heights counts the axons that arrive at each node.
func (p *netPlan) heights() {
	for _, a := range p.n.axons {
		p.nodes[a.to].ports++
	}
	for _, layer := range p.layers {
		for _, node := range layer {
			if node.pass {
				node.ports = 1
			}
		}
	}
}

// first is the line of a node's first port, against that of its name.
func (node *netNode) first() int {
	switch n := node.ports; {
	case n < 2 && node.below:
		return 1
	case n < 2:
		return 0
	case n%2 == 0:
		return 1 - n
	default:
		return 2 - n
	}
}

// port gives away the next line on which an axon arrives.
func (node *netNode) port() int {
	node.given++
	return node.y + node.first() + 2*(node.given-1)
}

// place gives every node its line and its column.
func (p *netPlan) place(nameMax int) {
	heights := make([]int, len(p.layers))
	for i, layer := range p.layers {
		at := 0 // always even
		for _, node := range layer {
			if node.ports < 2 {
				node.y, at = at, at+2
				continue
			}
			node.y = at + 1 - node.first()
			at = node.y + node.first() + 2*node.ports - 1
		}
		heights[i] = at - 1
		p.h = max(p.h, heights[i])
	}
	x := 0
	for i, layer := range p.layers {
		x += p.circlesInto(i)
		p.x = append(p.x, x)
		wide, leaving := 1, 0
		for _, node := range layer {
			node.x, node.y = x, node.y+(p.h-heights[i])/4*2
			if p.leaves(node, i) {
				leaving++
			}
			if !node.pass {
				wide = max(wide, 2+min(textWidth(p.n.units[node.unit].name), nameMax)+p.thresholds(node.unit))
			}
		}
		p.names = append(p.names, wide)
		p.tracks(layer, i, x+wide+2)
		p.w = max(p.w, x+wide)
		if leaving > 0 {
			p.w = max(p.w, x+wide+2+leaving)
		}
		x += wide + leaving + 6
	}
	p.lower()
	p.trim()
}

// trim takes away empty lines above the net, and says how high it is.
func (p *netPlan) trim() {
	top, bottom := p.h, 0
	for _, layer := range p.layers {
		for _, node := range layer {
			top = min(top, node.y+min(node.first(), 0))
		}
	}
	for _, layer := range p.layers {
		for _, node := range layer {
			node.y -= top
			bottom = max(bottom, node.y, node.y+node.first()+2*(node.ports-1))
		}
	}
	p.h = bottom + 1
}

// circlesInto is how many axons that close a circle arrive in a layer.
func (p *netPlan) circlesInto(layer int) (n int) {
	for _, i := range p.back {
		if p.layerOf(p.n.axons[i].to) == layer {
			n++
		}
	}
	return n
}

// lower has the only axon of a node arrive below its name, where another unit's
// axons leave on the same line.
func (p *netPlan) lower() {
	for i, layer := range p.layers {
		for _, node := range layer {
			if i == 0 || node.ports != 1 {
				continue
			}
			for _, other := range p.layers[i-1] {
				node.below = node.below || other.y == node.y && other.track > 0 && !p.joined(other.unit, node)
			}
		}
	}
}

// joined reports whether an axon of the unit arrives at the node.
func (p *netPlan) joined(unit int, node *netNode) bool {
	if node.pass {
		return node.unit == unit
	}
	for _, a := range p.n.axons {
		if a.from == unit && a.to == node.unit {
			return true
		}
	}
	return false
}

// thresholds is the width of a unit's threshold and the blank before it.
func (p *netPlan) thresholds(u int) int {
	if p.n.units[u].threshold > 0 {
		return 3
	}
	return 0
}

// leaves reports whether an axon goes on from a node: to a further layer, or
// back.
func (p *netPlan) leaves(node *netNode, layer int) bool {
	for _, a := range p.n.axons {
		if a.from == node.unit && (p.layerOf(a.to) > layer || !node.pass) {
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
