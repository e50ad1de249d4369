package canary

import "perceptarium/modern/kernel"

// tables are the shapes of what is reduced row by row, and channel by channel.
var tables = [...]struct{ rows, cols int }{{1, 1}, {3, 7}, {4, 8}, {5, 10}, {2, 33}, {3, 1000}}

var channels = [...]struct{ batch, count, area int }{{1, 1, 1}, {3, 4, 1}, {2, 5, 9}, {4, 3, 64}}

func rows() []entry {
	return []entry{
		reduction("Sum", kernel.Sum), reduction("SumAbs", kernel.SumAbs), reduction("SumSquares", kernel.SumSquares),
		reductionOfTwo("Dot", kernel.Dot), reductionOfTwo("SquaredDistance", kernel.SquaredDistance),
		{"kernel.Max", runMax}, {"kernel.Moments", runMoments},
		{"kernel.Softmax", runSoftmax}, {"kernel.SoftmaxGrad", runSoftmaxGrad}, {"kernel.SoftmaxLog", runSoftmaxLog}, {"kernel.LogSumExp", runLogSumExp},
		{"kernel.RowMoments", runRowMoments}, {"kernel.NormalizeRows", runNormalizeRows},
		{"kernel.ChannelSums", runChannelSums}, {"kernel.ChannelDots", runChannelDots},
		{"kernel.ChannelMoments", runChannelMoments}, {"kernel.NormalizeChannels", runNormalizeChannels},
		{"kernel.NormalizeGrad", runNormalizeGrad},
	}
}

// eachLength runs for each length of a vector, of each flavour.
func (t *recorder) eachLength(run func(n int, draw func(int) []float32)) {
	t.eachFlavour(func(draw func(int) []float32) {
		for _, n := range lengths {
			run(n, draw)
		}
	})
}

func reduction(name string, fn func([]float32) float32) entry {
	return entry{"kernel." + name, func(t *recorder) {
		t.eachLength(func(n int, draw func(int) []float32) { t.give([]float32{fn(draw(n))}) })
	}}
}

func reductionOfTwo(name string, fn func(x, y []float32) float32) entry {
	return entry{"kernel." + name, func(t *recorder) {
		t.eachLength(func(n int, draw func(int) []float32) { t.give([]float32{fn(draw(n), draw(n))}) })
	}}
}

func runMax(t *recorder) {
	t.eachLength(func(n int, draw func(int) []float32) {
		best, at := kernel.Max(draw(n))
		t.give([]float32{best})
		t.places([]int32{int32(at)})
	})
}

func runMoments(t *recorder) {
	t.eachLength(func(n int, draw func(int) []float32) {
		mean, variance := kernel.Moments(draw(n))
		t.give([]float32{mean, variance})
	})
}

func (t *recorder) eachTable(run func(rows, cols int, draw func(int) []float32)) {
	t.eachFlavour(func(draw func(int) []float32) {
		for _, s := range tables {
			run(s.rows, s.cols, draw)
		}
	})
}

func runSoftmax(t *recorder) {
	t.eachTable(func(rows, cols int, draw func(int) []float32) {
		y := draw(rows * cols)
		kernel.Softmax(y, y, rows, cols)
		t.give(y)
	})
}

func runSoftmaxGrad(t *recorder) {
	t.eachTable(func(rows, cols int, draw func(int) []float32) {
		dx := make([]float32, rows*cols)
		kernel.SoftmaxGrad(dx, draw(rows*cols), draw(rows*cols), rows, cols)
		t.give(dx)
	})
}

func runSoftmaxLog(t *recorder) {
	t.eachTable(func(rows, cols int, draw func(int) []float32) {
		y, logs := draw(rows*cols), make([]float32, rows)
		kernel.SoftmaxLog(y, logs, y, rows, cols)
		t.give(y, logs)
	})
}

func runLogSumExp(t *recorder) {
	t.eachTable(func(rows, cols int, draw func(int) []float32) {
		y := make([]float32, rows)
		kernel.LogSumExp(y, draw(rows*cols), rows, cols)
		t.give(y)
	})
}

func runRowMoments(t *recorder) {
	t.eachTable(func(rows, cols int, draw func(int) []float32) {
		mean, variance := make([]float32, rows), make([]float32, rows)
		kernel.RowMoments(mean, variance, draw(rows*cols), rows, cols)
		t.give(mean, variance)
	})
}

func runNormalizeRows(t *recorder) {
	t.eachTable(func(rows, cols int, draw func(int) []float32) {
		y := draw(rows * cols)
		kernel.NormalizeRows(y, y, draw(rows), draw(rows), draw(cols), draw(cols), rows, cols)
		t.give(y)
	})
}

func (t *recorder) eachChannels(run func(batch, count, area int, draw func(int) []float32)) {
	t.eachFlavour(func(draw func(int) []float32) {
		for _, s := range channels {
			run(s.batch, s.count, s.area, draw)
		}
	})
}

func runChannelSums(t *recorder) {
	t.eachChannels(func(batch, count, area int, draw func(int) []float32) {
		y := make([]float32, count)
		kernel.ChannelSums(y, draw(batch*count*area), batch, count, area)
		t.give(y)
	})
}

func runChannelDots(t *recorder) {
	t.eachChannels(func(batch, count, area int, draw func(int) []float32) {
		y := make([]float32, count)
		kernel.ChannelDots(y, draw(batch*count*area), draw(batch*count*area), batch, count, area)
		t.give(y)
	})
}

func runChannelMoments(t *recorder) {
	t.eachChannels(func(batch, count, area int, draw func(int) []float32) {
		mean, variance := make([]float32, count), make([]float32, count)
		kernel.ChannelMoments(mean, variance, draw(batch*count*area), batch, count, area)
		t.give(mean, variance)
	})
}

func runNormalizeChannels(t *recorder) {
	t.eachChannels(func(batch, count, area int, draw func(int) []float32) {
		y := draw(batch * count * area)
		kernel.NormalizeChannels(y, y, draw(count), draw(count), draw(count), draw(count), batch, count, area)
		t.give(y)
	})
}

func runNormalizeGrad(t *recorder) {
	t.eachLength(func(n int, draw func(int) []float32) {
		y, s := draw(n), draw(3)
		kernel.NormalizeGrad(y, y, draw(n), s[0], s[1], s[2])
		t.give(y)
	})
}
