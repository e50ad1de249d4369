package neuron

import "strconv"

// drawing is the source of a net's picture; firing are the places in it where
// the digits stand that say whether a unit fires.
type drawing struct {
	source []byte
	firing []int
}

// draw writes the source of the drawing, as the package's doc describes it.
func draw(n *Net, w *wiring) drawing {
	var d drawing
	d.line("net", n.Title)
	for _, law := range n.Laws {
		d.line("law", law)
	}
	roles := w.roles()
	rows := map[int]int{}
	for u, layer := range w.layers() {
		threshold := 0
		if u >= w.first {
			threshold = int(w.threshold[u-w.first])
		}
		d.line("unit", w.names[u], roles[u], strconv.Itoa(layer), strconv.Itoa(rows[layer]), strconv.Itoa(threshold), "0")
		d.firing = append(d.firing, len(d.source)-2)
		rows[layer]++
	}
	for i := range n.Units {
		for _, a := range n.Units[i].Afferents {
			d.line("axon", a.From, n.Units[i].Name, a.Effect.String(), strconv.Itoa(a.Synapses))
		}
	}
	return d
}

func (d *drawing) line(words ...string) {
	for i, w := range words {
		if i > 0 {
			d.source = append(d.source, ' ')
		}
		d.source = append(d.source, w...)
	}
	d.source = append(d.source, '\n')
}

// append appends the source with the digits of who fires now.
func (d *drawing) append(dst []byte, fired []uint8) []byte {
	at := len(dst)
	dst = append(dst, d.source...)
	for u, place := range d.firing {
		dst[at+place] = '0' + fired[u]
	}
	return dst
}

func (w *wiring) roles() []string {
	roles := make([]string, len(w.names))
	for u := range roles {
		switch {
		case u < w.inputs:
			roles[u] = "input"
		case u < w.first:
			roles[u] = "always"
		default:
			roles[u] = "unit"
		}
	}
	for _, u := range w.outputs {
		if int(u) >= w.first {
			roles[u] = "output"
		}
	}
	return roles
}

// layers gives each unit the length of the longest way that leads to it. Where
// only circles are left, the one that was written first is opened: its unit is
// placed by the afferents that have a place already.
func (w *wiring) layers() []int {
	hearers, waits := w.hearers()
	layers := make([]int, len(w.names))
	placed := make([]bool, len(w.names))
	var queue []int32
	for u := range w.names {
		if waits[u] == 0 {
			queue = append(queue, int32(u))
		}
		if u >= w.first {
			layers[u] = 1
		}
	}
	for open, done := w.first, 0; done < len(w.names); done++ {
		for ; done == len(queue); open++ {
			if !placed[open] {
				queue = append(queue, int32(open))
			}
		}
		u := queue[done]
		placed[u] = true
		for _, v := range hearers[u] {
			if waits[v]--; placed[v] {
				continue
			}
			layers[v] = max(layers[v], layers[u]+1)
			if waits[v] == 0 {
				queue = append(queue, v)
			}
		}
	}
	return layers
}

// hearers lists for each unit the others that hear it, and how many others it
// hears itself.
func (w *wiring) hearers() (hearers [][]int32, hears []int) {
	hearers, hears = make([][]int32, len(w.names)), make([]int, len(w.names))
	for u := range w.threshold {
		self := int32(w.first + u)
		for _, from := range w.afferents(u) {
			if from != self {
				hearers[from] = append(hearers[from], self)
				hears[self]++
			}
		}
	}
	return hearers, hears
}

// afferents lists what unit first+u hears.
func (w *wiring) afferents(u int) []int32 {
	list := append([]int32(nil), w.inhibitors[w.inhibitorRow[u]:w.inhibitorRow[u+1]]...)
	for _, s := range w.synapses[w.synapseRow[u]:w.synapseRow[u+1]] {
		list = append(list, s.from)
	}
	return list
}
