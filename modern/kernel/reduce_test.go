package kernel

import "testing"

// reductionCase is a reduction of v[1] and v[2] into the first elements of
// v[0].
type reductionCase struct {
	name string
	run  func(v [][]float32)
}

var reductionCases = []reductionCase{
	{"Sum", func(v [][]float32) { v[0][0] = Sum(v[1]) }},
	{"SumAbs", func(v [][]float32) { v[0][0] = SumAbs(v[1]) }},
	{"SumSquares", func(v [][]float32) { v[0][0] = SumSquares(v[1]) }},
	{"Dot", func(v [][]float32) { v[0][0] = Dot(v[1], v[2]) }},
	{"SquaredDistance", func(v [][]float32) { v[0][0] = SquaredDistance(v[1], v[2]) }},
	{"Moments", func(v [][]float32) {
		if len(v[1]) > 0 {
			v[0][0], v[0][1] = Moments(v[1])
		}
	}},
	{"Max", func(v [][]float32) {
		if len(v[1]) > 0 {
			best, at := Max(v[1])
			v[0][0], v[0][1] = best, float32(at)
		}
	}},
}

func TestReductions(t *testing.T) {
	for _, c := range reductionCases {
		t.Run(c.name, func(t *testing.T) {
			d := &draw{11}
			for _, n := range lengths() {
				for f := range flavours {
					agree(t, 1, []buffer{d.slice(2, plain), d.slice(n, f), d.slice(n, f)}, c.run)
				}
			}
		})
	}
}

// TestMaxFindsTheFirst has equal greatest elements in all lanes.
func TestMaxFindsTheFirst(t *testing.T) {
	d := &draw{12}
	for range 2000 {
		x := d.slice(1+d.below(100), plain)
		for i := range x.v {
			x.v[i] = pick(d, edgeValues[0], edgeValues[1], -1, float32(d.below(3)-2))
		}
		agree(t, 1, []buffer{d.slice(2, plain), x}, func(v [][]float32) {
			best, at := Max(v[1])
			v[0][0], v[0][1] = best, float32(at)
		})
	}
}

// rowCases are operations on the rows of v[1], v[2] [rows][cols], with results
// in v[0] [rows][cols] or v[3] and v[4], which have one element for each row;
// v[5] and v[6] have one for each column.
var rowCases = []struct {
	name string
	run  func(v [][]float32, rows, cols int)
}{
	{"Softmax", func(v [][]float32, rows, cols int) { Softmax(v[0], v[1], rows, cols) }},
	{"SoftmaxGrad", func(v [][]float32, rows, cols int) { SoftmaxGrad(v[0], v[1], v[2], rows, cols) }},
	{"SoftmaxLog", func(v [][]float32, rows, cols int) {
		if cols > 0 {
			SoftmaxLog(v[0], v[3], v[1], rows, cols)
		}
	}},
	{"LogSumExp", func(v [][]float32, rows, cols int) {
		if cols > 0 {
			LogSumExp(v[3], v[1], rows, cols)
		}
	}},
	{"RowMoments", func(v [][]float32, rows, cols int) {
		if cols > 0 {
			RowMoments(v[3], v[4], v[1], rows, cols)
		}
	}},
	{"NormalizeRows", func(v [][]float32, rows, cols int) {
		NormalizeRows(v[0], v[1], v[3], v[4], v[5], v[6], rows, cols)
	}},
}

func tryRows(t *testing.T, d *draw, rows, cols int, run func([][]float32, int, int)) {
	t.Helper()
	f := flavour(d.below(int(flavours)))
	buffers := []buffer{d.slice(rows*cols, f), d.slice(rows*cols, f), d.slice(rows*cols, f),
		d.slice(rows, f), d.slice(rows, f), d.slice(cols, f), d.slice(cols, f)}
	agree(t, pick(d, workerCounts...), buffers, func(v [][]float32) { run(v, rows, cols) })
}

func TestRows(t *testing.T) {
	defer setGrain(64)()
	for _, c := range rowCases {
		t.Run(c.name, func(t *testing.T) {
			d := &draw{13}
			for cols := range 68 {
				tryRows(t, d, pick(d, 0, 1, 3, 17), cols, c.run)
			}
		})
	}
}

// channelCases are operations on the channels of v[1], v[2]
// [batch][channels][area]; v[0] is of that shape too, and v[3] to v[6] have one
// element for each channel.
var channelCases = []struct {
	name string
	run  func(v [][]float32, batch, channels, area int)
}{
	{"ChannelSums", func(v [][]float32, b, c, a int) { ChannelSums(v[3], v[1], b, c, a) }},
	{"ChannelDots", func(v [][]float32, b, c, a int) { ChannelDots(v[3], v[1], v[2], b, c, a) }},
	{"ChannelMoments", func(v [][]float32, b, c, a int) {
		if b*a > 0 {
			ChannelMoments(v[3], v[4], v[1], b, c, a)
		}
	}},
	{"NormalizeChannels", func(v [][]float32, b, c, a int) {
		NormalizeChannels(v[0], v[1], v[3], v[4], v[5], v[6], b, c, a)
	}},
}

func tryChannels(t *testing.T, d *draw, batch, channels, area int, run func([][]float32, int, int, int)) {
	t.Helper()
	f := flavour(d.below(int(flavours)))
	n := batch * channels * area
	buffers := []buffer{d.slice(n, f), d.slice(n, f), d.slice(n, f),
		d.slice(channels, f), d.slice(channels, f), d.slice(channels, f), d.slice(channels, f)}
	agree(t, pick(d, workerCounts...), buffers, func(v [][]float32) { run(v, batch, channels, area) })
}

func TestChannels(t *testing.T) {
	defer setGrain(64)()
	for _, c := range channelCases {
		t.Run(c.name, func(t *testing.T) {
			d := &draw{14}
			for x := range 68 {
				for _, area := range []int{1, x % 12} {
					tryChannels(t, d, pick(d, 0, 1, 7, 8, 19), x, area, c.run)
				}
			}
		})
	}
}
