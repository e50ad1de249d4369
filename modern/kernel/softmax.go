package kernel

// Softmax makes each row of x a distribution.
//
//	for each row {
//		top, _ := Max(row)
//		for j := range row { dst[j] = f32.Exp(x[j] - top) }
//		s := Sum(dst)
//		for j := range row { dst[j] = dst[j] / s }
//	}
//
// x and dst are [rows][cols]; dst may be x. Softmax panics if a slice is
// shorter or overlaps the other in part; no columns are nothing to do.
func Softmax(dst, x []float32, rows, cols int) {
	dst, x = checkRows(dst, rows, cols), checkRows(x, rows, cols)
	checkPair(dst, x)
	eachRow(rows, cols, rowTask{op: rowSoftmax, dst: dst, x: x})
}

// SoftmaxGrad carries a gradient back through Softmax, whose result is y.
//
//	for each row {
//		d := Dot(dy, y)
//		for j := range row { dx[j] = float32(y[j] * (dy[j] - d)) }
//	}
//
// All slices are [rows][cols]; dx may be dy or y.
func SoftmaxGrad(dx, dy, y []float32, rows, cols int) {
	dx, dy, y = checkRows(dx, rows, cols), checkRows(dy, rows, cols), checkRows(y, rows, cols)
	checkPair(dx, dy)
	checkPair(dx, y)
	eachRow(rows, cols, rowTask{op: rowSoftmaxGrad, dst: dx, x: dy, y: y})
}

// SoftmaxLog is Softmax and LogSumExp of the same rows at once: dst as by the
// one, logs [rows] as by the other. cols must not be 0.
func SoftmaxLog(dst, logs, x []float32, rows, cols int) {
	dst, x = checkRows(dst, rows, cols), checkRows(x, rows, cols)
	logs = checkRows(logs, rows, 1)
	checkPair(dst, x)
	checkLogs(logs, x, rows, cols)
	if overlap(logs, dst) {
		panic("kernel: logs overlap dst")
	}
	eachRow(rows, cols, rowTask{op: rowSoftmaxLog, dst: dst, aux: logs, x: x})
}

// LogSumExp sets dst[i] to the logarithm of the sum of the exponentials of row
// i of x [rows][cols].
//
//	top, _ := Max(row)
//	dst[i] = top + f32.Log(float32(sum of f32.Exp(x[j]-top), as Sum))
//
// cols must not be 0.
func LogSumExp(dst, x []float32, rows, cols int) {
	x = checkRows(x, rows, cols)
	dst = checkRows(dst, rows, 1)
	checkLogs(dst, x, rows, cols)
	eachRow(rows, cols, rowTask{op: rowLogSumExp, dst: dst, x: x})
}

func checkLogs(logs, x []float32, rows, cols int) {
	if cols == 0 && rows > 0 {
		panic("kernel: maximum of no elements")
	}
	if overlap(logs, x) {
		panic("kernel: dst overlaps x")
	}
}

// checkRows returns the first rows x cols elements of s.
func checkRows(s []float32, rows, cols int) []float32 {
	if rows < 0 || cols < 0 {
		panic("kernel: negative rows or columns")
	}
	if len(s) < rows*cols {
		panic("kernel: operand too short for rows x columns")
	}
	return s[:rows*cols]
}

// exponentials sets dst to those of x less its largest element, which it returns
// with their sum.
func exponentials(dst, x []float32) (top, sum float32) {
	top = x[maxAt(x)]
	elementwise(&stream{n: len(dst), p: [6]*float32{ptr(dst), ptr(x)}, c: [8]float32{-top}}, opShift)
	elementwise(&stream{n: len(dst), p: [6]*float32{ptr(dst), ptr(dst)}}, opExp)
	return top, reduceOne(redSum, dst, nil)
}

// softmaxRow makes x a distribution and returns what exponentials does.
func softmaxRow(dst, x []float32) (top, sum float32) {
	top, sum = exponentials(dst, x)
	elementwise(&stream{n: len(dst), p: [6]*float32{ptr(dst), ptr(dst)}, c: [8]float32{sum}}, opQuotient)
	return top, sum
}
