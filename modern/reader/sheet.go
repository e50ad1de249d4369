package reader

import (
	"strconv"

	"perceptarium/modern/f32"
	"perceptarium/sim"
)

// seen and turned are a probe with how it is read, and a control with what it
// does.
type seen struct {
	sim.Probe
	read func(*Machine, *sim.Reading)
}

type turned struct {
	sim.Control
	turn func(*Machine, sim.Input)
}

const (
	strips  sim.Unit = "strip"
	pieces  sim.Unit = "piece"
	columns sim.Unit = "column"
	share   sim.Unit = "percent"
	nats    sim.Unit = "penalty"
	setting sim.Unit = "setting"
	words   sim.Unit = "text"
	inkUnit sim.Unit = "ink"
)

func (m *Machine) makeSheet(data string) *sim.Sheet {
	s := sim.Sheet{
		Name: "reader", Title: "Check reader", Year: 1998, Law: f32.Law, Data: data,
		Doc:       "It reads amounts: a strip is cut into pieces, a net judges them, and the text is the cheapest way through their graph. Net: " + m.spec.File + ". Strips: " + m.set.Name + ".",
		Tick:      "one piece presented for learning; then one strip cut, one piece scored, one cut reached, or one answer judged",
		Constants: constants(), Sources: sources(), Omitted: omitted(),
	}
	for _, list := range [][]seen{m.seenTable(), m.seenText(), m.seenCounts(), m.seenLearning(), seenSettings()} {
		for _, p := range list {
			if p.Evidence == 0 {
				p.Evidence = sim.Inferred
			}
			s.Probes, m.reads = append(s.Probes, p.Probe), append(m.reads, p.read)
		}
	}
	for _, c := range append(m.turnedAlways(), m.turnedSettings()...) {
		if c.Evidence == 0 {
			c.Evidence = sim.Inferred
		}
		s.Controls, m.turns = append(s.Controls, c.Control), append(m.turns, c.turn)
	}
	return sim.NewSheet(s)
}

func constants() []sim.Constant {
	return []sim.Constant{
		{Name: "close", Value: strconv.Itoa(closeMin), Unit: columns, Doc: "the least distance of two cuts; of two minima that are closer, that with less ink stays", Source: "half a narrow stroke of these strips", Evidence: sim.Assumed},
		{Name: "far", Value: strconv.Itoa(farMax), Unit: columns, Doc: "the distance beyond which another cut is made, where there is least ink", Source: "digits that lie over each other leave no minimum", Evidence: sim.Assumed},
		{Name: "bare", Value: strconv.FormatFloat(bare, 'g', -1, 32), Unit: inkUnit, Doc: "a column with less is bare ground, and is cut in the middle of its like", Source: "faint edges of strokes", Evidence: sim.Assumed},
		{Name: "slack", Value: strconv.Itoa(slack), Unit: columns, Doc: "a cut so far beside the place where two digits meet still counts as there, for learning", Source: "faint edges of strokes", Evidence: sim.Assumed},
		{Name: "rubbish", Value: "1/2", Unit: share, Doc: "the part of the pieces for learning that are no digit", Source: "the published systems trained with over-segmented pieces; how many is not known to us", Evidence: sim.Assumed},
	}
}

func sources() []string {
	return []string{
		"Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition, Proc. IEEE 86(11), 1998: heuristic over-segmentation, the graph of pieces, Viterbi, the reading of checks; as reading notes report it",
		"A. Viterbi: Error bounds for convolutional codes, 1967: the cheapest way, stage by stage; known by its contents, not read again for this program",
	}
}

func omitted() []string {
	return []string{
		"finding the amount on a check, and its decimal point, currency sign and words",
		"training of the whole system by the text alone (graph transformer networks): the net learns from pieces whose digit is known",
		"cuts that are not vertical, and a grammar of amounts",
		"a way of more than " + strconv.Itoa(textMax) + " pieces",
	}
}

// count, level and wording are the commonest probes.
func count(name string, unit sim.Unit, doc string, of func(*Machine) int64) seen {
	return seen{sim.Probe{Name: name, Kind: sim.Count, Unit: unit, Doc: doc}, func(m *Machine, r *sim.Reading) { r.SetInt(of(m)) }}
}

func level(name string, unit sim.Unit, doc string, of func(*Machine) float32) seen {
	p := sim.Probe{Name: name, Kind: sim.Level, Unit: unit, Doc: doc}
	if unit == share {
		p.Max = 100
	}
	return seen{p, func(m *Machine, r *sim.Reading) { r.SetFloat(of(m)) }}
}

func wording(name, doc string, of func(*Machine) string) seen {
	return seen{sim.Probe{Name: name, Kind: sim.Text, Unit: words, Doc: doc}, func(m *Machine, r *sim.Reading) { r.SetText(of(m)) }}
}

func (m *Machine) seenTable() []seen {
	return []seen{
		{sim.Probe{Name: "graph", Kind: sim.Text, Rows: m.pictureLines() + 1 + pieceLines, Cols: m.cols, Unit: words,
			Doc: "the strip with its cuts; below it, column by column, the cheapest way; then the pieces that are scored, the least penalty first, each with its best digit, or x where rubbish is better"}, readGraph},
		{sim.Probe{Name: "says", Kind: sim.Text, Rows: 3, Cols: 60, Unit: words, Doc: "what the last tick did, with its numbers"}, readSays},
		{sim.Probe{Name: "scores", Kind: sim.Text, Rows: 4, Cols: 64, Unit: words, Doc: "the pieces that are scored, the least penalty first: columns, best digit, its penalty"}, readScores},
		{sim.Probe{Name: "piece", Kind: sim.Surface, Rows: m.tall, Cols: m.wide, Min: -1, Max: 1, Unit: inkUnit, Doc: "the picture before the net"},
			func(m *Machine, r *sim.Reading) { r.SetFloats(m.net.Values[0].Data[:m.tall*m.wide]) }},
		{sim.Probe{Name: "penalty", Kind: sim.Grid, Cols: classes + 1, Names: append(digitNames(), "rubbish"), Unit: nats, Doc: "of the piece scored last, for each digit and for rubbish: -log of its share"}, readPenalty},
		{sim.Probe{Name: "strip", Kind: sim.Surface, Rows: m.rows, Cols: m.cols, Max: 1, Unit: inkUnit, Doc: "the strip on the table; a cut is a faint line, one on the cheapest way a darker one"}, readStrip},
	}
}

func digitNames() (list []string) {
	for d := range classes {
		list = append(list, strconv.Itoa(d))
	}
	return list
}

func (m *Machine) seenText() []seen {
	return []seen{
		{sim.Probe{Name: "phase", Kind: sim.Choice, Names: phaseNames, Unit: "phase", Doc: "what the next tick does"}, func(m *Machine, r *sim.Reading) { r.SetInt(m.phase) }},
		wording("text", "what the cheapest way spells, once it is found", func(m *Machine) string { return spelled(&m.ends()[0]) }),
		wording("second", "what the cheapest way spells that spells something else", func(m *Machine) string { return spelled(&m.ends()[1]) }),
		wording("written", "what is written on the strip", func(m *Machine) string { return m.writtenText() }),
		wording("local", "what the best piece at each cut spells, one after the other, of those scored; ? where it ends before the strip does", func(m *Machine) string { return m.localText() }),
		{sim.Probe{Name: "misled", Kind: sim.Lamp, Unit: "lamp", Doc: "local is not what is written"},
			func(m *Machine, r *sim.Reading) {
				r.SetBool(m.localText() != m.writtenText() && m.scored() == int64(m.graph.count))
			}},
		level("margin", nats, "by how much the second text is dearer than the first", func(m *Machine) float32 { return m.ends().margin() }),
		level("cost", nats, "the penalty of the cheapest way", func(m *Machine) float32 { return m.ends()[0].penalty }),
		{sim.Probe{Name: "right", Kind: sim.Lamp, Unit: "lamp", Doc: "the text of the strip read last is what is written"}, func(m *Machine, r *sim.Reading) { r.SetBool(m.judged() && m.results[m.strip].verdict == right) }},
		{sim.Probe{Name: "saved", Kind: sim.Lamp, Unit: "lamp", Doc: "it is, and the best piece at each cut would have spelled something else"},
			func(m *Machine, r *sim.Reading) {
				r.SetBool(m.judged() && m.results[m.strip].verdict == right && !m.results[m.strip].local)
			}},
		{sim.Probe{Name: "parted", Kind: sim.Lamp, Unit: "lamp", Doc: "it is, though digits touch"},
			func(m *Machine, r *sim.Reading) {
				r.SetBool(m.judged() && m.results[m.strip].verdict == right && m.touches(int(m.strip)))
			}},
		{sim.Probe{Name: "touching", Kind: sim.Lamp, Unit: "lamp", Doc: "two digits of the strip on the table have no bare column between them"},
			func(m *Machine, r *sim.Reading) { r.SetBool(m.strip >= 0 && m.touches(int(m.strip))) }},
		{sim.Probe{Name: "refused", Kind: sim.Lamp, Unit: "lamp", Doc: "its margin is below what reject stands at: it is rejected"},
			func(m *Machine, r *sim.Reading) { r.SetBool(m.judged() && m.results[m.strip].margin < m.how.reject) }},
	}
}

func (m *Machine) seenCounts() []seen {
	sum := func(name string, unit sim.Unit, doc string, of func(s sums) float32) seen {
		return level(name, unit, doc, func(m *Machine) float32 { return of(m.sums()) })
	}
	return []seen{
		count("answered", strips, "strips read so far", func(m *Machine) int64 { return m.sums().answered }),
		count("strips", strips, "strips for testing", func(m *Machine) int64 { return int64(m.set.Test.N) }),
		sum("error", share, "strips whose text is wrong, none rejected", func(s sums) float32 { return percent(s.wrong, s.answered) }),
		level("change", "point", "error less that of the last reading of all strips before this one; 0 where there was none", func(m *Machine) float32 {
			if m.before < 0 {
				return 0
			}
			s := m.sums()
			return percent(s.wrong, s.answered) - m.before
		}),
		sum("local-error", share, "the same, of what the best piece at each cut spells", func(s sums) float32 { return percent(s.localWrong, s.answered) }),
		sum("touching-error", share, "the same as error, of strips on which digits touch", func(s sums) float32 { return percent(s.touchingWrong, s.touching) }),
		count("touching-strips", strips, "of them so many were read", func(m *Machine) int64 { return m.sums().touching }),
		sum("read", share, "strips that were not rejected, and whose text is right", func(s sums) float32 { return percent(s.answered-s.rejected-s.misread, s.answered) }),
		sum("misread", share, "strips that were not rejected, and whose text is wrong", func(s sums) float32 { return percent(s.misread, s.answered) }),
		sum("rejected", share, "strips that were rejected", func(s sums) float32 { return percent(s.rejected, s.answered) }),
		sum("kept-error", share, "wrong texts among those that were not rejected", func(s sums) float32 { return percent(s.misread, s.answered-s.rejected) }),
		sum("error-left", share, "kept-error over error: what is left of the errors; 100 where there were none",
			func(s sums) float32 { return left(s) }),
		level("rejected-for-1", share, "so many of the least sure have to be rejected that at most 1 % of all are misread", func(m *Machine) float32 { r, _ := m.rejectedForOne(); return r }),
		level("read-for-1", share, "so many are then read as they are written", func(m *Machine) float32 { _, r := m.rejectedForOne(); return r }),
		{sim.Probe{Name: "curve", Kind: sim.Series, Cols: curveLength, Unit: share, Doc: "error against rejection: wrong texts among those left when the least sure 0, 1, 2 ... 50 % are rejected"},
			func(m *Machine, r *sim.Reading) { r.Clear(); r.Floats = m.curve(r.Floats) }},
	}
}

// left is the share of the errors that rejection leaves.
func left(s sums) float32 {
	if s.wrong == 0 {
		return 100
	}
	return percent(s.misread*s.answered, s.wrong*max(s.answered-s.rejected, 1))
}

func (m *Machine) seenLearning() []seen {
	return []seen{
		count("learned", pieces, "pieces presented since learning began", func(m *Machine) int64 { return m.lessons }),
		level("piece-error", share, "wrong answers to the last "+strconv.Itoa(windowSize)+" pieces presented, counted in blocks; 100 before the first", func(m *Machine) float32 {
			if m.past.count == 0 {
				return 100
			}
			return percent(m.past.wrong, m.past.count)
		}),
		count("cuts", "cut", "cuts of the strip on the table", func(m *Machine) int64 { return int64(m.graph.nodes) }),
		count("pieces", pieces, "pieces between them", func(m *Machine) int64 { return int64(m.graph.count) }),
		count("ways", "way", "ways through them from the first cut to the last, whatever their digits", func(m *Machine) int64 { return m.graph.number() }),
		count("scored", pieces, "pieces that are scored", (*Machine).scored),
		count("reached", "cut", "cuts that the ways have reached", (*Machine).reached),
		count("parameters", "parameter", "weights and biases of the net", func(m *Machine) int64 { return int64(m.net.Parameters()) }),
		wording("data", "which strips these are", func(m *Machine) string { return m.set.Name }),
		wording("fault", "why the machine holds; empty while it does not", func(m *Machine) string {
			if m.fault {
				return "the loss of a piece is no number"
			}
			return ""
		}),
	}
}

func seenSettings() []seen {
	return []seen{
		{sim.Probe{Name: "cutting", Kind: sim.Choice, Names: cuttingNames, Unit: setting, Doc: cuttingDoc}, func(m *Machine, r *sim.Reading) { r.SetInt(m.how.cutting) }},
		count("narrowest", columns, "the least width of a piece", func(m *Machine) int64 { return m.how.narrowest }),
		count("widest", columns, "the greatest width of a piece", func(m *Machine) int64 { return m.how.widest }),
		count("lessons", pieces, "pieces presented until reading begins", func(m *Machine) int64 { return m.how.lessons }),
		level("reject", nats, "strips with a smaller margin are rejected", func(m *Machine) float32 { return m.how.reject }),
		count("turn-to", strips, "the strip that is read next, counted from 1; 0 after the last", func(m *Machine) int64 {
			if m.next == int64(m.set.Test.N) {
				return 0
			}
			return m.next + 1
		}),
	}
}

const cuttingDoc = "graph: every piece between two cuts, and the cheapest way; equal: as many equal widths as digits are written"

func (m *Machine) turnedAlways() []turned {
	button := func(name, doc string, turn func(m *Machine)) turned {
		return turned{sim.Control{Name: name, Kind: sim.Button, Unit: setting, Doc: doc}, func(m *Machine, _ sim.Input) { turn(m) }}
	}
	return []turned{
		button("learn", "go on learning, until as many pieces are presented as lessons says; what was read is forgotten", func(m *Machine) { m.clearTable(); m.phase = phaseLearn }),
		button("start", "read all strips from the first, with what is learned", (*Machine).open),
		button("again", "read the strip on the table once more; those after it follow", func(m *Machine) {
			if m.strip >= 0 {
				m.turnTo(m.strip)
			}
		}),
		button("restart", "draw the weights and learn anew", (*Machine).restart),
	}
}

func (m *Machine) turnedSettings() []turned {
	whole := func(name string, lo, hi, preset int64, unit sim.Unit, doc string, turn func(m *Machine, v int64)) turned {
		return turned{sim.Control{Name: name, Kind: sim.Count, Min: lo, Max: hi, Default: preset, Unit: unit, Evidence: sim.Assumed, Doc: doc},
			func(m *Machine, in sim.Input) { turn(m, in.Ints[0]) }}
	}
	preset := m.presets()
	return []turned{
		{sim.Control{Name: "cutting", Kind: sim.Choice, Names: cuttingNames, Unit: setting, Doc: cuttingDoc + "; what was read is read anew"},
			func(m *Machine, in sim.Input) { m.how.cutting = in.Ints[0]; m.reread() }},
		{sim.Control{Name: "reject", Kind: sim.Level, Real: true, Range: [2]sim.Number{0, rejectMax}, Unit: nats, Evidence: sim.Assumed, Doc: "strips with a smaller margin are rejected"},
			func(m *Machine, in sim.Input) { m.how.reject = in.Floats[0] }},
		whole("turn-to", 1, int64(m.set.Test.N), 1, strips, "read this strip next, counted from 1; those after it follow", func(m *Machine, v int64) { m.turnTo(v - 1) }),
		whole("lessons", 0, lessonsMax, preset.lessons, pieces, "pieces presented until reading begins", func(m *Machine, v int64) { m.how.lessons = v }),
		whole("narrowest", 1, widestMax, preset.narrowest, columns, "the least width of a piece; what was read is read anew", func(m *Machine, v int64) { m.how.narrowest = v; m.reread() }),
		whole("widest", 1, widestMax, preset.widest, columns, "the greatest width of a piece; what was read is read anew", func(m *Machine, v int64) { m.how.widest = v; m.reread() }),
	}
}
