package tui

import (
	"strconv"
	"strings"
)

// The text of a probe of kind Net is the source of a drawing, one thing a line:
//
//	net TITLE
//	law TEXT
//	unit NAME ROLE LAYER ROW THRESHOLD FIRING [ANSWER]
//	axon FROM TO EFFECT SYNAPSES [WEIGHT]
//
// all units before all axons. ROLE is input, always, unit or output; EFFECT is
// excite, inhibit or oppose; WEIGHT a number, where axons differ by more than
// their synapses; ANSWER a number, where a unit says more than whether it fires.

// netUnit is one unit of a drawing.
type netUnit struct {
	name      string
	role      string
	layer     int
	row       int
	threshold int
	firing    bool
	answer    string // "" where it has none
}

// netAxon joins two units, by their numbers.
type netAxon struct {
	from, to int
	effect   string
	synapses int
	weight   float64
	weighed  bool
}

// netSource is a drawing's source, read.
type netSource struct {
	title string
	laws  []string
	units []netUnit
	axons []netAxon
}

// readNet reads the source. Lines that it does not understand are left out.
func readNet(text []byte) *netSource {
	n := &netSource{}
	places := map[string]int{}
	for _, line := range strings.Split(string(text), "\n") {
		verb, rest, _ := strings.Cut(strings.TrimSuffix(line, "\r"), " ")
		words := strings.Fields(rest)
		switch {
		case verb == "net":
			n.title = rest
		case verb == "law":
			n.laws = append(n.laws, rest)
		case verb == "unit" && len(words) >= 6:
			places[words[0]] = len(n.units)
			n.units = append(n.units, netUnit{words[0], words[1], atoi(words[2]), atoi(words[3]), atoi(words[4]), words[5] == "1", readAnswer(words)})
		case verb == "axon" && len(words) >= 4:
			from, okFrom := places[words[0]]
			to, okTo := places[words[1]]
			if okFrom && okTo {
				axon := netAxon{from: from, to: to, effect: words[2], synapses: atoi(words[3])}
				axon.weight, axon.weighed = readWeight(words)
				n.axons = append(n.axons, axon)
			}
		}
	}
	return n
}

// lawsWidth is the width of the longest law, so far as it should be read in full.
func (n *netSource) lawsWidth() (w int) {
	for _, law := range n.laws {
		w = max(w, textWidth(law))
	}
	return min(w, 60)
}

func atoi(s string) int {
	v, _ := strconv.Atoi(s)
	return min(max(v, 0), 1<<20)
}

// layers lists the units of each layer, in the order of their rows.
func (n *netSource) layers() [][]int {
	var list [][]int
	for u := range n.units {
		for len(list) <= min(n.units[u].layer, netLayersMax) {
			list = append(list, nil)
		}
		layer := &list[min(n.units[u].layer, netLayersMax)]
		*layer = append(*layer, u)
	}
	return list
}

const netLayersMax = 64 // deeper layers are drawn as one
