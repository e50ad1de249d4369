package kernel

// channelsPart is how many channels are one part of a shared reduction.
const channelsPart = 8

// channelTask is a reduction of each channel.
type channelTask struct {
	pictures
	op            redcode
	group         int
	dst, variance []float32
	x, y          []float32
}

var channelTasks = freeList[channelTask]{fresh: func() *channelTask { return new(channelTask) }}

func (t *channelTask) part(i int, _ *scratch) {
	from, to := i*t.group, min((i+1)*t.group, t.channels)
	if t.area == 1 {
		t.columns(from, to)
		return
	}
	for c := from; c < to; c++ {
		if t.op != redDeviation {
			t.dst[c] = float32(t.total(t.op, c, 0))
			continue
		}
		n := float64(t.batch * t.area)
		mean := t.total(redSum, c, 0) / n
		t.dst[c], t.variance[c] = float32(mean), float32(t.total(redDeviation, c, mean)/n)
	}
}

// total reduces channel c over all pictures. The first element of a run may
// belong to any lane, so that the lanes are turned before each run.
func (t *channelTask) total(op redcode, c int, about float64) float64 {
	r := reduction{c: about}
	turn := 0
	for b := range t.batch {
		r.x = t.run(t.x, b, c)
		if t.y != nil {
			r.y = t.run(t.y, b, c)
		}
		reduce(op, &r)
		turn += len(r.x)
		r.lanes = turned(r.lanes, len(r.x))
	}
	r.lanes = turned(r.lanes, -turn)
	return r.fold()
}

// turned returns lanes with lane n moved to place 0.
func turned(lanes [8]float64, n int) (out [8]float64) {
	for l := range out {
		out[l] = lanes[(l+n)&7]
	}
	return out
}

// columns reduces columns from..to of x [batch][channels].
func (t *channelTask) columns(from, to int) {
	for c := from; c < to; {
		w := 1
		var sums [4]float64
		var about [4]float64
		if t.op == redDeviation {
			w = columns(redSum, t, c, to, &about, &sums)
			for j := range w {
				about[j] = sums[j] / float64(t.batch)
				t.dst[c+j] = float32(about[j])
			}
			columns(redDeviation, t, c, c+w, &about, &sums)
			for j := range w {
				t.variance[c+j] = float32(sums[j] / float64(t.batch))
			}
		} else {
			w = columns(t.op, t, c, to, &about, &sums)
			for j := range w {
				t.dst[c+j] = float32(sums[j])
			}
		}
		c += w
	}
}

// columnPortable reduces column c of x [batch][channels], the definition:
// row i goes to lane i mod 8.
func columnPortable(op redcode, t *channelTask, c int, about float64) float64 {
	r := reduction{c: about}
	for i := range t.batch {
		x, y := float64(t.x[i*t.channels+c]), 0.0
		if op == redDot {
			y = float64(t.y[i*t.channels+c])
		}
		lane := &r.lanes[i&7]
		switch op {
		case redSum:
			*lane += x
		case redDot:
			*lane += float64(x * y)
		case redDeviation:
			d := x - about
			*lane += float64(d * d)
		}
	}
	return r.fold()
}
