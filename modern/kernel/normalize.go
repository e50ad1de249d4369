package kernel

// RowMoments sets mean[i] and variance[i] to the Moments of row i of x
// [rows][cols]. cols must not be 0.
func RowMoments(mean, variance, x []float32, rows, cols int) {
	x = checkRows(x, rows, cols)
	mean, variance = checkRows(mean, rows, 1), checkRows(variance, rows, 1)
	if cols == 0 && rows > 0 {
		panic("kernel: moments of no elements")
	}
	if overlap(mean, x) || overlap(variance, x) || overlap(mean, variance) {
		panic("kernel: mean or variance overlaps another operand")
	}
	eachRow(rows, cols, rowTask{op: rowMoments, x: x, dst: mean, aux: variance})
}

// NormalizeRows normalises each row of x [rows][cols] and gives each column its
// gain and offset: with scale[i] the inverse of row i's deviation,
//
//	dst[i][j] = f32.FMA(float32((x[i][j]-mean[i])*scale[i]), gain[j], offset[j])
//
// dst may be x; it must lie apart from the others.
func NormalizeRows(dst, x, mean, scale, gain, offset []float32, rows, cols int) {
	dst, x = checkRows(dst, rows, cols), checkRows(x, rows, cols)
	mean, scale = checkRows(mean, rows, 1), checkRows(scale, rows, 1)
	gain, offset = checkRows(gain, 1, cols), checkRows(offset, 1, cols)
	checkPair(dst, x)
	if overlap(dst, mean) || overlap(dst, scale) || overlap(dst, gain) || overlap(dst, offset) {
		panic("kernel: dst overlaps a parameter")
	}
	eachRow(rows, cols, rowTask{op: rowNormalize, dst: dst, x: x, y: mean, aux: scale, params: [2][]float32{gain, offset}})
}

// NormalizeGrad carries a gradient g back through a normalisation, whose
// result before gain and offset is z:
//
//	dst[i] = float32(scale * f32.FMA(-slope, z[i], g[i]-mean))
//
// With mean the mean of g and slope the mean of g*z over what was normalised
// together, it is the gradient with respect to the normalisation's input. The
// slices must have equal lengths; dst may be g or z.
func NormalizeGrad(dst, g, z []float32, mean, slope, scale float32) {
	checkPair(dst, g)
	checkPair(dst, z)
	element(&stream{n: len(dst), p: [6]*float32{ptr(dst), ptr(g), ptr(z)}, c: [8]float32{mean, slope, scale}}, opNormalizeGrad)
}

// pictures is a batch of pictures [batch][channels][area].
type pictures struct{ batch, channels, area int }

func (s pictures) check(v []float32) []float32 {
	if s.batch < 0 || s.channels < 0 || s.area < 0 {
		panic("kernel: negative batch, channels or area")
	}
	return checkRows(v, s.batch, s.channels*s.area)
}

// run returns the elements of channel c of picture b.
func (s pictures) run(v []float32, b, c int) []float32 {
	return v[(b*s.channels+c)*s.area:][:s.area]
}

// ChannelSums sets dst[c] to the Sum of channel c of x
// [batch][channels][area], its elements taken picture by picture. An area of 1
// makes the channels columns.
func ChannelSums(dst, x []float32, batch, count, area int) {
	channelReduce(redSum, dst, nil, x, nil, pictures{batch, count, area})
}

// ChannelDots sets dst[c] to the Dot of channel c of x and channel c of y, both
// [batch][channels][area].
func ChannelDots(dst, x, y []float32, batch, count, area int) {
	channelReduce(redDot, dst, nil, x, y, pictures{batch, count, area})
}

// ChannelMoments sets mean[c] and variance[c] to the Moments of channel c of x
// [batch][channels][area]. batch and area must not be 0.
func ChannelMoments(mean, variance, x []float32, batch, count, area int) {
	if batch == 0 || area == 0 {
		panic("kernel: moments of no elements")
	}
	channelReduce(redDeviation, mean, variance, x, nil, pictures{batch, count, area})
}

func channelReduce(op redcode, dst, variance, x, y []float32, s pictures) {
	x = s.check(x)
	dst = checkRows(dst, s.channels, 1)
	if op == redDot {
		y = s.check(y)
	}
	if op == redDeviation {
		variance = checkRows(variance, s.channels, 1)
	}
	if overlap(dst, x) || overlap(dst, y) || overlap(variance, x) || overlap(dst, variance) {
		panic("kernel: a result overlaps another operand")
	}
	if s.channels == 0 {
		return
	}
	t := channelTasks.get()
	*t = channelTask{pictures: s, op: op, dst: dst, variance: variance, x: x, y: y}
	parts := (s.channels + channelsPart - 1) / channelsPart
	if len(x) < 2*elementsPart {
		t.group, parts = s.channels, 1
	} else {
		t.group = channelsPart
	}
	share(parts, t)
	*t = channelTask{}
	channelTasks.put(t)
}

// NormalizeChannels normalises each channel of x [batch][channels][area]:
//
//	dst[b][c][i] = f32.FMA(float32((x[b][c][i]-mean[c])*scale[c]), gain[c], offset[c])
//
// dst may be x; it must lie apart from the others.
func NormalizeChannels(dst, x, mean, scale, gain, offset []float32, batch, count, area int) {
	s := pictures{batch, count, area}
	dst, x = s.check(dst), s.check(x)
	params := [4][]float32{mean, scale, gain, offset}
	for i := range params {
		params[i] = checkRows(params[i], count, 1)
		if overlap(dst, params[i]) {
			panic("kernel: dst overlaps a parameter")
		}
	}
	checkPair(dst, x)
	if area == 1 {
		for b := range batch {
			p := [6]*float32{ptr(dst[b*count:]), ptr(x[b*count:]), ptr(params[0]), ptr(params[1]), ptr(params[2]), ptr(params[3])}
			elementwise(&stream{n: count, p: p}, opNormalizeAll)
		}
		return
	}
	for b := range batch {
		for c := range count {
			v := [6]*float32{ptr(s.run(dst, b, c)), ptr(s.run(x, b, c))}
			p := [8]float32{params[0][c], params[1][c], params[2][c], params[3][c]}
			elementwise(&stream{n: area, p: v, c: p}, opNormalizeConst)
		}
	}
}
