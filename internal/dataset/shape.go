package dataset

// shape is a plane figure in a square of a given side.
type shape uint8

const (
	square shape = iota
	circle
	diamond
	triangle
	shapes
)

func (s shape) String() string { return [...]string{"square", "circle", "diamond", "triangle"}[s] }

// Constants of the figures, in 1/2^30, rounded to nearest.
const (
	halfRoot2  = 759250125 // sqrt(2)/2: from the sum of the coordinates to the distance of a diamond's edge
	twoByRoot5 = 960383883 // 2/sqrt(5): the same for a triangle as high as it is wide
)

// depth is how far a point lies inside the edge of the figure of half side h,
// negative outside; all in 1/65536 of a cell. The triangle stands on its base
// and is as high as it is wide.
func (s shape) depth(u, v, h int64) int64 {
	a, b := max(u, -u), max(v, -v)
	switch s {
	case circle:
		return h - root(a*a+b*b)
	case diamond:
		return times(h-a-b, halfRoot2)
	case triangle:
		return min(h-v, times((v+h)/2-a, twoByRoot5))
	}
	return h - max(a, b)
}

// mask is the figure with a side in 1/65536 of a cell; solid where thick is 0,
// else an outline so thick.
func (s shape) mask(side, thick int64) mask {
	h := side / 2
	if thick == 0 {
		thick = side
	}
	if s == circle {
		return ring(h, thick)
	}
	return func(u, v int64) bool {
		d := s.depth(u, v, h)
		return d >= 0 && d < thick
	}
}

// ring is a circle's mask: what depth says, without a root for each point.
func ring(h, thick int64) mask {
	inner := max(h-thick+1, 0)
	from, to := inner*inner, (h+1)*(h+1)
	return func(u, v int64) bool {
		d := u*u + v*v
		return d >= from && d < to
	}
}

// reach is how far a figure of that side, turned anyhow, goes from its centre.
func (s shape) reach(side int64) int64 {
	h := side / 2
	switch s {
	case square:
		return times(2*h, halfRoot2)
	case triangle:
		return h * 5 / 4 // its lower corners lie sqrt(5)/2 half sides from the middle of its height
	}
	return h
}

// ofArea is the side in 1/65536 of a cell that gives the figure the area of a
// square of that side: sqrt(4/pi), sqrt(2), sqrt(2) times as much.
func (s shape) ofArea(side int64) int64 {
	factor := [shapes]int64{1 << unitBits, 1211587905, 1518500250, 1518500250}
	return times(side, factor[s])
}
