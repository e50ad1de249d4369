//go:build amd64 && !purego

package kernel

func convForward(c *conv, y, x, w, bias []float32, act Act) {
	switch {
	case active == portable || c.taps == 0:
		convForwardPortable(c, y, x, w, bias, act)
	case c.whole():
		g := product{op: TransB | Overwrite, m: c.Batch, n: c.OutC, k: c.taps, lda: c.taps, ldb: c.taps, ldc: c.OutC, a: x, b: w, c: y}
		g.fused = Fused{ColBias: bias, Act: act}
		gemmTiled(&g)
	default:
		runConv(convTask{grid: gridFor(c), op: convOpForward, y: y, x: x, w: w, bias: bias, act: act})
	}
}

func convData(c *conv, dx, dy, w []float32) {
	switch {
	case active == portable:
		convDataPortable(c, dx, dy, w)
	case c.whole():
		g := product{op: Overwrite, m: c.Batch, n: c.taps, k: c.OutC, lda: c.OutC, ldb: c.taps, ldc: c.taps, a: dy, b: w, c: dx}
		gemmTiled(&g)
		element(&stream{n: len(dx), p: [6]*float32{ptr(dx), ptr(dx)}}, opShift) // +0 + sum: no sum stays -0
	default:
		runConv(convTask{grid: gridFor(c), op: convOpData, y: dy, x: dx, w: w})
	}
}

func convWeights(c *conv, dw, x, dy []float32) {
	switch {
	case active == portable:
		convWeightsPortable(c, dw, x, dy)
	case c.whole():
		g := product{op: TransA, m: c.OutC, n: c.taps, k: c.Batch, lda: c.OutC, ldb: c.taps, ldc: c.taps, a: dy, b: x, c: dw}
		gemmTiled(&g)
	default:
		runConv(convTask{grid: gridFor(c), op: convOpWeights, y: dy, x: x, w: dw})
	}
}

// whole reports whether the kernel sees the whole picture at its only place.
func (c *conv) whole() bool {
	return c.Groups == 1 && c.KH == c.InH && c.KW == c.InW && c.DilateY == 1 && c.DilateX == 1 && c.PadY == 0 && c.PadX == 0
}

// convTask is a convolution or a gradient of one, shared out by pictures and
// groups, or, for the weights, by groups; and where these are too few, by what
// the result is made of: output channels, input channels, taps.
type convTask struct {
	*grid
	op            convOp
	y, x, w, bias []float32
	act           Act
	units, share  int // of what the result of a group is made; of one part
}

type convOp uint8

const (
	convOpForward convOp = iota
	convOpData
	convOpWeights
)

var convTasks = freeList[convTask]{fresh: func() *convTask { return new(convTask) }}

func runConv(with convTask) {
	t := convTasks.get()
	*t = with
	parts := t.Batch * t.Groups
	switch t.op {
	case convOpForward:
		t.units = t.outG
	case convOpData:
		t.units = t.inG
	case convOpWeights:
		t.units, parts = t.taps, t.Groups
	}
	t.share = t.units
	work := t.Batch * t.OutC * t.outH * t.outW * t.taps
	if workers := Workers(); work > aloneMax && parts < workers {
		pieces := (workers + parts - 1) / parts
		t.share = (t.units + pieces - 1) / pieces
	}
	parts *= (t.units + t.share - 1) / t.share
	if work <= aloneMax {
		s := scratches.get()
		for i := range parts {
			t.part(i, s)
		}
		scratches.put(s)
	} else {
		share(parts, t)
	}
	*t = convTask{}
	convTasks.put(t)
}

func (t *convTask) part(i int, s *scratch) {
	pieces := (t.units + t.share - 1) / t.share
	from := i % pieces * t.share
	to := min(from+t.share, t.units)
	i /= pieces
	switch t.op {
	case convOpForward:
		t.forward(i/t.Groups, i%t.Groups, from, to, s)
	case convOpData:
		t.data(i/t.Groups, i%t.Groups, from, to, s)
	case convOpWeights:
		t.weights(i, from, to, s)
	}
}

// picture returns picture b's channels of group g of v, with that many
// channels a group and elements a channel.
func (t *convTask) picture(v []float32, channels, area, b, g int) []float32 {
	return v[(b*t.Groups+g)*channels*area:][:channels*area]
}

// forward convolves one picture, for some output channels of one group: the
// places in tiles of 16, one tile below the other for the channels.
func (t *convTask) forward(b, group, from, to int, s *scratch) {
	in := t.picture(t.x, t.inG, t.InH*t.InW, b, group)
	x := room(&s.a, t.inG*t.channel)
	for i := range t.inG {
		t.fill(x[i*t.channel:][:t.channel], in[i*t.InH*t.InW:][:t.InH*t.InW])
	}
	sums := room(&s.d, (to-from)*t.padded+8)
	first := group*t.outG + from
	w := t.w[first*t.taps:]
	p := panel{rs: 4 * t.taps, cs: 4, steps: &t.steps[0], ldc: 4 * t.padded, s: &zeros[0], k: t.taps}
	for j := 0; j < t.padded; {
		tiles := usual
		if t.padded-j == narrow.columns {
			tiles = narrow
		}
		p.b = &x[j]
		for o := 0; o < to-from; {
			plan, taken := tiles.plan(to - from - o)
			p.plan, p.a, p.c = plan, &w[o*t.taps], &sums[o*t.padded+j]
			if t.bias != nil {
				p.s, p.lds, p.broadcastBias = &t.bias[first+o], 4, 1
			}
			if tiles == usual {
				taps16AVX2(&p)
			} else {
				taps8AVX2(&p)
			}
			o += taken
		}
		j += tiles.columns
	}
	area := t.outH * t.outW
	y := t.picture(t.y, t.outG, area, b, group)[from*area : to*area]
	for o := range to - from {
		copyLines(y[o*area:], t.outW, sums[o*t.padded:], t.cols, t.outH)
	}
	if t.act != Identity {
		elementwise(&stream{n: len(y), p: [6]*float32{ptr(y), ptr(y)}}, opAct+opcode(t.act))
	}
}

// copyLines copies that many rows of width elements, cols elements apart in
// src. It may write to what is behind them in dst, if that is there, and reads
// up to 7 elements behind the last row.
func copyLines(dst []float32, width int, src []float32, cols, rows int) {
	vectors := (width + 7) / 8
	done := min(rows, (len(dst)-8*vectors+width)/width)
	if done > 0 {
		copyRowsAVX2(&rowCopy{dst: &dst[0], src: &src[0], dstPitch: 4 * width, srcPitch: 4 * cols, rows: done, vectors: vectors, mask: &masks[8]})
	}
	for r := max(0, done); r < rows; r++ {
		copy(dst[r*width:][:width], src[r*cols:])
	}
}
