//go:build !purego

package kernel

// sumAVX2 computes what reducePortable does for redSum.
//
//go:noescape
func sumAVX2(r *reduction)

// absAVX2 computes what reducePortable does for redAbs.
//
//go:noescape
func absAVX2(r *reduction)

// dotAVX2 computes what reducePortable does for redDot.
//
//go:noescape
func dotAVX2(r *reduction)

// distanceAVX2 computes what reducePortable does for redDistance.
//
//go:noescape
func distanceAVX2(r *reduction)

// deviationAVX2 computes what reducePortable does for redDeviation.
//
//go:noescape
func deviationAVX2(r *reduction)

// sumColumnsAVX2 computes what columnPortable does for redSum, four columns at once.
//
//go:noescape
func sumColumnsAVX2(s *columnSums)

// dotColumnsAVX2 computes what columnPortable does for redDot, four columns at once.
//
//go:noescape
func dotColumnsAVX2(s *columnSums)

// deviationColumnsAVX2 computes what columnPortable does for redDeviation, four columns at once.
//
//go:noescape
func deviationColumnsAVX2(s *columnSums)

// maxAVX2 computes in each of 8 lanes what maxAtPortable does.
//
//go:noescape
func maxAVX2(x *float32, blocks int, best *[8]float32, at *[8]int32)

func reduce(op redcode, r *reduction) {
	if active == portable {
		reducePortable(op, r)
		return
	}
	switch op {
	case redSum:
		sumAVX2(r)
	case redAbs:
		absAVX2(r)
	case redDot:
		dotAVX2(r)
	case redDistance:
		distanceAVX2(r)
	case redDeviation:
		deviationAVX2(r)
	}
}

func maxAt(x []float32) int {
	if active == portable || len(x) < 16 {
		return maxAtPortable(x)
	}
	var best [8]float32
	var at [8]int32
	done := len(x) &^ 7
	maxAVX2(&x[0], done/8, &best, &at)
	top, place := best[0], int(at[0])
	for l := 1; l < 8; l++ {
		if p := int(at[l]); best[l] > top || best[l] == top && p < place {
			top, place = best[l], p
		}
	}
	for i, v := range x[done:] {
		if v > top {
			top, place = v, done+i
		}
	}
	return place
}

// columnSums is four columns beside each other to be reduced. The assembly
// knows the offsets of the fields.
type columnSums struct {
	x, y        *float32
	ld, rows    int // bytes between rows
	about, sums [4]float64
}

// columns reduces some columns from that one on and returns how many.
func columns(op redcode, t *channelTask, from, to int, about, sums *[4]float64) int {
	if active == portable || to-from < 4 || t.batch == 0 {
		sums[0] = columnPortable(op, t, from, about[0])
		return 1
	}
	s := columnSums{x: &t.x[from], ld: 4 * t.channels, rows: t.batch, about: *about}
	switch op {
	case redSum:
		sumColumnsAVX2(&s)
	case redDot:
		s.y = &t.y[from]
		dotColumnsAVX2(&s)
	case redDeviation:
		deviationColumnsAVX2(&s)
	}
	*sums = s.sums
	return 4
}
