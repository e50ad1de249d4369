package tape

import (
	"math"
	"slices"

	"perceptarium/modern/examples"
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

// An answer may be rejected: where the two greatest outputs are nearer to each
// other than a threshold (LeCun and others 1989), nobody relies on it.

// rejectLength is how far the error-reject curve goes, in percent rejected.
const rejectLength = 64

// rejection is what the last test says of rejecting.
type rejection struct {
	count     int64 // answers rejected, so that at most one in a hundred of the rest is wrong
	total     int64 // answers
	threshold float32
	curve     [rejectLength]float32
}

// rejects reports whether answers have a margin: classes, each with an output.
func (m *Machine) rejects() bool {
	return m.set.Classes > 0 && m.net.Output.Size > 1 && m.net.Setting().Kind != nn.Linear
}

// weigh notes the margins of a batch of a test; negative where the answer is
// wrong.
func (m *Machine) weigh(p *examples.Part) {
	if m.margins == nil {
		return
	}
	out := m.twin.Output
	for r := range m.twin.Rows {
		i := int(m.testAt) + r
		d, at := margin(out.Data[r*out.Size : (r+1)*out.Size])
		if at != int(p.Class[i]) {
			d = -d
		}
		m.margins[i] = d
	}
}

// margin is the distance between the two greatest outputs, and the place of the
// greatest.
func margin(out []float32) (d float32, at int) {
	best, at := kernel.Max(out)
	second := float32(math.Inf(-1))
	for i, v := range out {
		if i != at {
			second = f32.Max(v, second)
		}
	}
	return best - second, at
}

// judgeRejection sorts the margins of a test and finds the threshold. Answers
// with equal margins are rejected together.
func (m *Machine) judgeRejection(answers int) {
	if m.margins == nil {
		return
	}
	list := m.margins[:answers]
	slices.SortFunc(list, func(a, b float32) int {
		switch x, y := f32.Abs(a), f32.Abs(b); {
		case x < y:
			return -1
		case x > y:
			return +1
		}
		return 0
	})
	m.reject = rejection{count: int64(answers), total: int64(answers)}
	wrong, point := 0, rejectLength-1
	for k := answers; k >= 0; k-- {
		if k < answers && math.Signbit(float64(list[k])) {
			wrong++
		}
		rest := answers - k
		apart := k == 0 || k == answers || f32.Abs(list[k-1]) < f32.Abs(list[k])
		if apart && 100*wrong <= rest {
			m.reject.count, m.reject.threshold = int64(k), 0
			if k > 0 && k < answers {
				m.reject.threshold = f32.Abs(list[k])
			}
		}
		for ; point >= 0 && k <= (point*answers+99)/100; point-- {
			m.reject.curve[point] = percent(int64(wrong), int64(rest))
		}
	}
}

func (m *Machine) seeReject(s *sim.Sheet) {
	if !m.rejects() {
		return
	}
	m.see(s, seeReject, 0, sim.Probe{Name: "reject-for-one-percent", Kind: sim.Level, Max: 100, Unit: share, Doc: "the share of the last test's answers to be rejected, those whose two greatest outputs are nearest, so that at most 1 % of the rest are wrong; before the first test all"})
	m.see(s, seeRejectAt, 0, sim.Probe{Name: "reject-threshold", Kind: sim.Level, Unit: number, Doc: "the difference of the two greatest outputs below which an answer is then rejected"})
	m.see(s, seeRejectCurve, 0, sim.Probe{Name: "reject-curve", Kind: sim.Series, Cols: rejectLength, Unit: share, Doc: "wrong answers among the rest where 0, 1, 2 ... percent are rejected"})
}

func (m *Machine) readReject(s seen, r *sim.Reading) bool {
	switch s.what {
	case seeReject:
		r.SetFloat(percent(m.reject.count, m.reject.total))
	case seeRejectAt:
		r.SetFloat(m.reject.threshold)
	case seeRejectCurve:
		r.SetFloats(m.reject.curve[:])
	default:
		return false
	}
	return true
}

// readRecent shows the mean or the median of the last tests' errors, of as many
// as average-over says, or as there were.
func (m *Machine) readRecent(s seen, r *sim.Reading) bool {
	c := &m.curves.testErr
	last := c.v[max(0, c.n-m.dial.over):c.n]
	switch {
	case s.what != seeTestMean && s.what != seeTestMedian:
		return false
	case len(last) == 0:
		r.SetFloat(100)
	case s.what == seeTestMean:
		r.SetFloat(kernel.Sum(last) / float32(len(last)))
	default:
		r.SetFloat(median(last))
	}
	return true
}

// median is the middle of v, or the mean of the two in the middle.
func median(v []float32) float32 {
	var room [curveLength]float32
	w := room[:copy(room[:], v)]
	slices.Sort(w)
	k := len(w) / 2
	if len(w)%2 == 1 {
		return w[k]
	}
	return float32(0.5 * (w[k-1] + w[k]))
}
