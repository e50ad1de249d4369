package kernel

import "perceptarium/modern/f32"

// rowTask is an operation on each row of a matrix.
type rowTask struct {
	op         rowcode
	rows, cols int
	group      int // rows of one part
	dst, x, y  []float32
	aux        []float32
	params     [2][]float32
}

type rowcode uint8

const (
	rowSoftmax rowcode = iota
	rowSoftmaxGrad
	rowSoftmaxLog
	rowLogSumExp
	rowMoments
	rowNormalize
)

var rowTasks = freeList[rowTask]{fresh: func() *rowTask { return new(rowTask) }}

// eachRow carries out t on every row, shared out where there is much to do.
func eachRow(rows, cols int, t rowTask) {
	if rows == 0 || cols == 0 {
		return
	}
	p := rowTasks.get()
	*p = t
	p.rows, p.cols = rows, cols
	p.group = max(1, elementsPart/cols)
	if rows*cols < 2*elementsPart {
		p.group = rows
	}
	share((rows+p.group-1)/p.group, p)
	*p = rowTask{}
	rowTasks.put(p)
}

func (t *rowTask) part(i int, s *scratch) {
	for r := i * t.group; r < min((i+1)*t.group, t.rows); r++ {
		t.row(r, s)
	}
}

func (t *rowTask) row(r int, s *scratch) {
	x := t.x[r*t.cols:][:t.cols]
	switch t.op {
	case rowSoftmax:
		softmaxRow(t.dst[r*t.cols:][:t.cols], x)
	case rowSoftmaxGrad:
		y, dst := t.y[r*t.cols:][:t.cols], t.dst[r*t.cols:][:t.cols]
		d := reduceOne(redDot, x, y)
		elementwise(&stream{n: len(dst), p: [6]*float32{ptr(dst), ptr(x), ptr(y)}, c: [8]float32{-d}}, opShiftMul)
	case rowSoftmaxLog:
		top, sum := softmaxRow(t.dst[r*t.cols:][:t.cols], x)
		t.aux[r] = top + f32.Log(sum)
	case rowLogSumExp:
		top, sum := exponentials(room(&s.a, t.cols), x)
		t.dst[r] = top + f32.Log(sum)
	case rowMoments:
		t.dst[r], t.aux[r] = Moments(x)
	case rowNormalize:
		normalizeRow(t, r, x)
	}
}

func normalizeRow(t *rowTask, r int, x []float32) {
	v := [6]*float32{ptr(t.dst[r*t.cols:]), ptr(x), ptr(t.params[0]), ptr(t.params[1])}
	elementwise(&stream{n: t.cols, p: v, c: [8]float32{t.y[r], t.aux[r]}}, opNormalize)
}
