package neuron

// wiring is a net with its names resolved: units are numbers, inputs first,
// then always-firing units, then the units with thresholds. The synapses of
// unit first+u are synapses[synapseRow[u]:synapseRow[u+1]], its inhibitors
// inhibitors[inhibitorRow[u]:inhibitorRow[u+1]]; memory is linear in
// afferents.
type wiring struct {
	names        []string
	inputs       int // units 0..inputs-1
	first        int // units inputs..first-1 fire always
	threshold    []int32
	synapseRow   []int32
	synapses     []synapse
	inhibitorRow []int32
	inhibitors   []int32
	start        []int32
	outputs      []int32
}

// synapse is one afferent's contribution: count is negative where it opposes.
type synapse struct{ from, count int32 }

// wire resolves the names of a net.
func wire(n *Net) (*wiring, error) {
	place, err := n.check()
	if err != nil {
		return nil, err
	}
	w := &wiring{
		names: n.Names(), inputs: len(n.Inputs), first: len(n.Inputs) + len(n.Always),
		synapseRow: make([]int32, 1, len(n.Units)+1), inhibitorRow: make([]int32, 1, len(n.Units)+1),
	}
	for i := range n.Units {
		w.wireUnit(&n.Units[i], place)
	}
	w.start = places(n.Start, place)
	w.outputs = places(n.Outputs, place)
	if len(w.outputs) == 0 {
		w.outputs = w.unheard()
	}
	return w, nil
}

func (w *wiring) wireUnit(u *Unit, place map[string]int32) {
	w.threshold = append(w.threshold, int32(u.Threshold))
	for _, a := range u.Afferents {
		from := place[a.From]
		switch a.Effect {
		case Excites:
			w.synapses = append(w.synapses, synapse{from, int32(a.Synapses)})
		case Opposes:
			w.synapses = append(w.synapses, synapse{from, -int32(a.Synapses)})
		case Inhibits:
			w.inhibitors = append(w.inhibitors, from)
		}
	}
	w.synapseRow = append(w.synapseRow, int32(len(w.synapses)))
	w.inhibitorRow = append(w.inhibitorRow, int32(len(w.inhibitors)))
}

func places(names []string, place map[string]int32) []int32 {
	list := make([]int32, len(names))
	for i, name := range names {
		list[i] = place[name]
	}
	return list
}

// unheard lists the units with thresholds that no other unit hears, or all of
// them where there are none.
func (w *wiring) unheard() []int32 {
	hearers, _ := w.hearers()
	var all, list []int32
	for u := w.first; u < len(w.names); u++ {
		all = append(all, int32(u))
		if len(hearers[u]) == 0 {
			list = append(list, int32(u))
		}
	}
	if len(list) == 0 {
		return all
	}
	return list
}

// rest puts the net into its state at tick 0: inputs off, always-firing and
// started units firing.
func (w *wiring) rest(fired []uint8) {
	clear(fired)
	for u := w.inputs; u < w.first; u++ {
		fired[u] = 1
	}
	for _, u := range w.start {
		fired[u] = 1
	}
}

// tick computes next[u], whether unit u fires at tick t, from now, who fired
// at tick t-1, for all units with thresholds; inputs and always-firing units
// are the caller's. Both have one element for each unit, 0 or 1.
func (w *wiring) tick(next, now []uint8) {
	next = next[w.first:]
	for u, threshold := range w.threshold {
		next[u] = 0
		if w.inhibited(u, now) {
			continue
		}
		sum := int32(0)
		for _, s := range w.synapses[w.synapseRow[u]:w.synapseRow[u+1]] {
			sum += s.count & -int32(now[s.from])
		}
		if sum >= threshold {
			next[u] = 1
		}
	}
}

func (w *wiring) inhibited(u int, now []uint8) bool {
	for _, from := range w.inhibitors[w.inhibitorRow[u]:w.inhibitorRow[u+1]] {
		if now[from] != 0 {
			return true
		}
	}
	return false
}
