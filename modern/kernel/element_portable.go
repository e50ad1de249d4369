package kernel

import (
	"unsafe"

	"perceptarium/modern/f32"
)

// elementPortable is the definition of every element-wise operation.
func elementPortable(s *stream, op opcode) {
	dst, x, y := s.v(0), s.v(1), s.v(2)
	switch {
	case op >= opActGrad:
		activateGradPortable(Act(op-opActGrad), dst, x, y, s.v(3))
	case op >= opAct:
		activatePortable(Act(op-opAct), dst, x)
	case op >= opSGD:
		updatePortable(s, op)
	case op == opBernoulli:
		bernoulliPortable(dst, x, unsafe.Slice(s.u, s.n))
	case op >= opExp:
		functionPortable(op, dst, x)
	case op >= opNormalize:
		normalizePortable(op, s)
	case op >= opScale:
		scalarPortable(op, dst, s.c[0], x, y)
	default:
		binaryPortable(op, dst, x, y)
	}
}

func bernoulliPortable(dst, p []float32, u []uint64) {
	for i, p := range p {
		dst[i] = 0
		if f32.Uniform(u[i]) < p {
			dst[i] = 1
		}
	}
}

func binaryPortable(op opcode, dst, x, y []float32) {
	switch op {
	case opAdd:
		for i := range dst {
			dst[i] = x[i] + y[i]
		}
	case opSub:
		for i := range dst {
			dst[i] = x[i] - y[i]
		}
	case opMul:
		for i := range dst {
			dst[i] = float32(x[i] * y[i])
		}
	case opDiv:
		for i := range dst {
			dst[i] = x[i] / y[i]
		}
	case opMulAdd:
		for i := range dst {
			dst[i] = f32.FMA(x[i], y[i], dst[i])
		}
	}
}

func scalarPortable(op opcode, dst []float32, alpha float32, x, y []float32) {
	switch op {
	case opScale:
		for i, v := range x {
			dst[i] = float32(alpha * v)
		}
	case opShift:
		for i, v := range x {
			dst[i] = v + alpha
		}
	case opAxpy:
		f32.FMARow(dst, alpha, x)
	case opQuotient:
		for i, v := range x {
			dst[i] = v / alpha
		}
	case opShiftMul:
		for i, v := range x {
			dst[i] = float32(y[i] * (v + alpha))
		}
	}
}

func functionPortable(op opcode, dst, x []float32) {
	switch op {
	case opExp:
		for i, v := range x {
			dst[i] = f32.Exp(v)
		}
	case opExpm1:
		for i, v := range x {
			dst[i] = f32.Expm1(v)
		}
	case opLog:
		for i, v := range x {
			dst[i] = f32.Log(v)
		}
	case opLog1p:
		for i, v := range x {
			dst[i] = f32.Log1p(v)
		}
	case opSqrt:
		for i, v := range x {
			dst[i] = f32.Sqrt(v)
		}
	}
}
