//go:build !purego

package kernel

import "unsafe"

func elementwise(s *stream, op opcode) {
	switch active {
	case portable:
		elementPortable(s, op)
	default:
		elementAVX2(s, op)
	}
}

func elementAVX2(s *stream, op opcode) {
	switch {
	case op >= opActGrad:
		gradAVX2(s, Act(op-opActGrad))
	case op >= opAct:
		actAVX2(s, Act(op-opAct))
	case op >= opBernoulli:
		updateAVX2(s, op)
	case op >= opExp:
		functionAVX2(s, op)
	case op >= opNormalize:
		normalAVX2(s, op)
	case op >= opScale:
		scalarAVX2(s, op)
	default:
		binaryAVX2(s, op)
	}
}

func binaryAVX2(s *stream, op opcode) {
	switch op {
	case opAdd:
		addAVX2(s)
	case opSub:
		subAVX2(s)
	case opMul:
		mulAVX2(s)
	case opDiv:
		divAVX2(s)
	case opMulAdd:
		mulAddAVX2(s)
	}
}

func scalarAVX2(s *stream, op opcode) {
	switch op {
	case opScale:
		scaleAVX2(s)
	case opShift:
		shiftAVX2(s)
	case opAxpy:
		axpyAVX2(s)
	case opQuotient:
		quotientAVX2(s)
	case opShiftMul:
		shiftMulAVX2(s)
	}
}

func normalAVX2(s *stream, op opcode) {
	switch op {
	case opNormalize:
		normalizeAVX2(s)
	case opNormalizeConst:
		normalizeConstAVX2(s)
	case opNormalizeAll:
		normalizeAllAVX2(s)
	case opNormalizeGrad:
		normalizeGradAVX2(s)
	}
}

func functionAVX2(s *stream, op opcode) {
	switch op {
	case opExp:
		expAVX2(s)
	case opExpm1:
		expm1AVX2(s)
	case opLog:
		logAVX2(s)
	case opLog1p:
		log1pAVX2(s)
	case opSqrt:
		sqrtAVX2(s)
	}
}

func updateAVX2(s *stream, op opcode) {
	switch op {
	case opBernoulli:
		bernoulliAVX2(s)
		if done := s.n &^ 7; done < s.n {
			bernoulliPortable(s.v(0)[done:], s.v(1)[done:], unsafe.Slice(s.u, s.n)[done:])
		}
	case opSGD:
		sgdAVX2(s)
	case opMomentum:
		momentumAVX2(s)
	case opNesterov:
		nesterovAVX2(s)
	case opAdam:
		adamAVX2(s)
	}
}

func actAVX2(s *stream, act Act) {
	switch act {
	case Identity:
		copy(s.v(0), s.v(1))
	case ReLU:
		reluAVX2(s)
	case Step:
		stepAVX2(s)
	case Logistic:
		logisticAVX2(s)
	case Tanh:
		tanhAVX2(s)
	case LeCunTanh:
		lecunTanhAVX2(s)
	case ELU:
		eluAVX2(s)
	case Swish:
		swishAVX2(s)
	}
}

func gradAVX2(s *stream, act Act) {
	switch act {
	case Identity:
		copy(s.v(0), s.v(1))
	case ReLU:
		reluGradAVX2(s)
	case Step:
		fill(s.v(0), 0)
	case Logistic:
		logisticGradAVX2(s)
	case Tanh:
		tanhGradAVX2(s)
	case LeCunTanh:
		lecunTanhGradAVX2(s)
	case ELU:
		eluGradAVX2(s)
	case Swish:
		swishGradAVX2(s)
	}
}
