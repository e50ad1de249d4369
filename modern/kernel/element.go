package kernel

import "unsafe"

// opcode numbers the element-wise operations.
type opcode uint8

const (
	opAdd opcode = iota
	opSub
	opMul
	opDiv
	opMulAdd
	opScale
	opShift
	opAxpy
	opQuotient
	opShiftMul
	opNormalize
	opNormalizeConst
	opNormalizeAll
	opNormalizeGrad
	opExp
	opExpm1
	opLog
	opLog1p
	opSqrt
	opBernoulli
	opSGD
	opMomentum
	opNesterov
	opAdam
	opAct
	opActGrad = opAct + opcode(acts)
	opcodes   = opActGrad + opcode(acts)
)

// stream is the arguments of an element-wise operation: up to six slices of n
// elements, the results first, and numbers that hold for all elements. The
// assembly knows the offsets of the fields.
type stream struct {
	n int
	p [6]*float32
	c [8]float32
	e float32
	u *uint64 // random bits, for opBernoulli
}

// v returns slice i, nil where there is none.
func (s *stream) v(i int) []float32 {
	if s.p[i] == nil {
		return nil
	}
	return elements(s.p[i], s.n)
}

func ptr(v []float32) *float32 { return unsafe.SliceData(v) }

// elements is the reverse of ptr.
func elements(p *float32, n int) []float32 { return unsafe.Slice(p, n) }

// checkPair panics unless dst and x have equal lengths and are the same slice
// or lie apart.
func checkPair(dst, x []float32) {
	if len(dst) != len(x) {
		panic("kernel: operands of different lengths")
	}
	if crosses(dst, x) {
		panic("kernel: dst overlaps an operand in part")
	}
}

// Add sets dst[i] = x[i] + y[i]. The slices must have equal lengths; dst may be
// x or y.
func Add(dst, x, y []float32) { binary(opAdd, dst, x, y) }

// Sub sets dst[i] = x[i] - y[i], under the conditions of Add.
func Sub(dst, x, y []float32) { binary(opSub, dst, x, y) }

// Mul sets dst[i] = float32(x[i] * y[i]), under the conditions of Add.
func Mul(dst, x, y []float32) { binary(opMul, dst, x, y) }

// Div sets dst[i] = x[i] / y[i], under the conditions of Add.
func Div(dst, x, y []float32) { binary(opDiv, dst, x, y) }

// MulAdd sets dst[i] = f32.FMA(x[i], y[i], dst[i]), under the conditions of
// Add.
func MulAdd(dst, x, y []float32) { binary(opMulAdd, dst, x, y) }

func binary(op opcode, dst, x, y []float32) {
	checkPair(dst, x)
	checkPair(dst, y)
	var s stream
	s.n = len(dst)
	s.p[0], s.p[1], s.p[2] = ptr(dst), ptr(x), ptr(y)
	element(&s, op)
}

// Scale sets dst[i] = float32(alpha * x[i]). The slices must have equal
// lengths; dst may be x.
func Scale(dst []float32, alpha float32, x []float32) { unary(opScale, dst, alpha, x) }

// Shift sets dst[i] = x[i] + alpha, under the conditions of Scale.
func Shift(dst []float32, alpha float32, x []float32) { unary(opShift, dst, alpha, x) }

// Axpy sets dst[i] = f32.FMA(alpha, x[i], dst[i]), under the conditions of
// Scale.
func Axpy(dst []float32, alpha float32, x []float32) { unary(opAxpy, dst, alpha, x) }

// Exp sets dst[i] = f32.Exp(x[i]), under the conditions of Scale.
func Exp(dst, x []float32) { unary(opExp, dst, 0, x) }

// Expm1 sets dst[i] = f32.Expm1(x[i]), under the conditions of Scale.
func Expm1(dst, x []float32) { unary(opExpm1, dst, 0, x) }

// Log sets dst[i] = f32.Log(x[i]), under the conditions of Scale.
func Log(dst, x []float32) { unary(opLog, dst, 0, x) }

// Log1p sets dst[i] = f32.Log1p(x[i]), under the conditions of Scale.
func Log1p(dst, x []float32) { unary(opLog1p, dst, 0, x) }

// Sqrt sets dst[i] = f32.Sqrt(x[i]), under the conditions of Scale.
func Sqrt(dst, x []float32) { unary(opSqrt, dst, 0, x) }

func unary(op opcode, dst []float32, alpha float32, x []float32) {
	checkPair(dst, x)
	var s stream
	s.n = len(dst)
	s.p[0], s.p[1] = ptr(dst), ptr(x)
	s.c[0] = alpha
	element(&s, op)
}

// Bernoulli draws dst[i] = 1 with probability p[i], else 0, from the random
// bits u[i]:
//
//	dst[i] = 1 where f32.Uniform(u[i]) < p[i], else 0
//
// The slices must have equal lengths; dst may be p.
func Bernoulli(dst, p []float32, u []uint64) {
	checkPair(dst, p)
	if len(u) != len(dst) {
		panic("kernel: operands of different lengths")
	}
	element(&stream{n: len(dst), p: [6]*float32{ptr(dst), ptr(p)}, u: unsafe.SliceData(u)}, opBernoulli)
}

// elementsPart is how many elements are one part of a long operation that is
// shared out.
var elementsPart = 1 << 15

// element carries out an element-wise operation, shared out where it is long.
func element(s *stream, op opcode) {
	if s.n < 2*elementsPart || Workers() == 1 {
		elementwise(s, op)
		return
	}
	t := elementTasks.get()
	t.stream, t.op = *s, op
	share((s.n+elementsPart-1)/elementsPart, t)
	t.stream = stream{}
	elementTasks.put(t)
}

type elementTask struct {
	stream
	op opcode
}

var elementTasks = freeList[elementTask]{fresh: func() *elementTask { return new(elementTask) }}

func (t *elementTask) part(i int, _ *scratch) {
	from := i * elementsPart
	s := stream{n: min(elementsPart, t.n-from), c: t.c, e: t.e}
	for j, p := range t.p {
		if p != nil {
			s.p[j] = &t.v(j)[from]
		}
	}
	if t.u != nil {
		s.u = &unsafe.Slice(t.u, t.n)[from]
	}
	elementwise(&s, t.op)
}
