package reader

import "slices"

// sums is what has been read comes to.
type sums struct {
	answered, wrong int64 // strips
	localWrong      int64
	touching        int64 // strips on which two digits have no bare column between them
	touchingWrong   int64
	rejected        int64
	misread         int64 // wrong, and not rejected
}

func (m *Machine) sums() (s sums) {
	for i := range m.results {
		r := &m.results[i]
		if r.verdict == unread {
			continue
		}
		s.answered++
		s.localWrong += one(!r.local)
		s.wrong += one(r.verdict == wrong)
		if m.touches(i) {
			s.touching++
			s.touchingWrong += one(r.verdict == wrong)
		}
		if r.margin < m.how.reject {
			s.rejected++
		} else {
			s.misread += one(r.verdict == wrong)
		}
	}
	return s
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// touches reports whether two digits of a strip have no bare column between
// them.
func (m *Machine) touches(strip int) bool {
	p := &m.set.Test
	for k := 1; ; k++ {
		_, _, end, _ := m.digit(p, strip, k-1)
		_, begin, _, ok := m.digit(p, strip, k)
		if !ok {
			return false
		}
		if begin <= end {
			return true
		}
	}
}

// percent is a part of a whole in percent; 0 of nothing.
func percent(part, whole int64) float32 {
	if whole == 0 {
		return 0
	}
	return float32(float64(100*part) / float64(whole))
}

// sure lists the strips that were read, the one with the least margin first.
func (m *Machine) sure() []int32 {
	list := m.desk.order[:0]
	for i := range m.results {
		if m.results[i].verdict != unread {
			list = append(list, int32(i))
		}
	}
	slices.SortStableFunc(list, func(a, b int32) int {
		switch x, y := m.results[a].margin, m.results[b].margin; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return list
}

// curveLength is how many shares of rejected strips the curve has: 0 to 50 %.
const curveLength = 51

// curve is the error of those that are left where so many percent are rejected,
// the least sure first.
func (m *Machine) curve(to []float32) []float32 {
	list := m.sure()
	if len(list) == 0 {
		return to
	}
	for p := range curveLength {
		left := list[(2*p*len(list)+100)/200:]
		wrongs := int64(0)
		for _, i := range left {
			wrongs += one(m.results[i].verdict == wrong)
		}
		to = append(to, percent(wrongs, int64(len(left))))
	}
	return to
}

// rejectedForOne is the least share of strips, the least sure first, that has to
// be rejected so that at most one in a hundred of all is misread; and the share
// that is then read as it is written.
func (m *Machine) rejectedForOne() (rejected, read float32) {
	list := m.sure()
	wrongs := int64(0)
	for k := len(list) - 1; k >= 0; k-- {
		wrongs += one(m.results[list[k]].verdict == wrong)
		if 100*wrongs > int64(len(list)) {
			n := int64(k + 1)
			return percent(n, int64(len(list))), percent(int64(len(list))-n-(wrongs-1), int64(len(list)))
		}
	}
	return 0, percent(int64(len(list))-wrongs, int64(len(list)))
}
