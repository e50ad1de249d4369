//go:build !purego

package kernel

// The routines of element_avx2_amd64.s: each computes all elements of its
// stream, but bernoulliAVX2, which leaves out those after the last 8.

// addAVX2 computes what binaryPortable does for opAdd.
//
//go:noescape
func addAVX2(s *stream)

// subAVX2 computes what binaryPortable does for opSub.
//
//go:noescape
func subAVX2(s *stream)

// mulAVX2 computes what binaryPortable does for opMul.
//
//go:noescape
func mulAVX2(s *stream)

// divAVX2 computes what binaryPortable does for opDiv.
//
//go:noescape
func divAVX2(s *stream)

// mulAddAVX2 computes what binaryPortable does for opMulAdd.
//
//go:noescape
func mulAddAVX2(s *stream)

// scaleAVX2 computes what scalarPortable does for opScale.
//
//go:noescape
func scaleAVX2(s *stream)

// shiftAVX2 computes what scalarPortable does for opShift.
//
//go:noescape
func shiftAVX2(s *stream)

// quotientAVX2 computes what scalarPortable does for opQuotient.
//
//go:noescape
func quotientAVX2(s *stream)

// axpyAVX2 computes what scalarPortable does for opAxpy.
//
//go:noescape
func axpyAVX2(s *stream)

// shiftMulAVX2 computes what scalarPortable does for opShiftMul.
//
//go:noescape
func shiftMulAVX2(s *stream)

// expAVX2 computes what functionPortable does for opExp.
//
//go:noescape
func expAVX2(s *stream)

// expm1AVX2 computes what functionPortable does for opExpm1.
//
//go:noescape
func expm1AVX2(s *stream)

// logAVX2 computes what functionPortable does for opLog.
//
//go:noescape
func logAVX2(s *stream)

// log1pAVX2 computes what functionPortable does for opLog1p.
//
//go:noescape
func log1pAVX2(s *stream)

// sqrtAVX2 computes what functionPortable does for opSqrt.
//
//go:noescape
func sqrtAVX2(s *stream)

// reluAVX2 computes what activatePortable does for ReLU.
//
//go:noescape
func reluAVX2(s *stream)

// stepAVX2 computes what activatePortable does for Step.
//
//go:noescape
func stepAVX2(s *stream)

// logisticAVX2 computes what activatePortable does for Logistic.
//
//go:noescape
func logisticAVX2(s *stream)

// tanhAVX2 computes what activatePortable does for Tanh.
//
//go:noescape
func tanhAVX2(s *stream)

// lecunTanhAVX2 computes what activatePortable does for LeCunTanh.
//
//go:noescape
func lecunTanhAVX2(s *stream)

// eluAVX2 computes what activatePortable does for ELU.
//
//go:noescape
func eluAVX2(s *stream)

// swishAVX2 computes what activatePortable does for Swish.
//
//go:noescape
func swishAVX2(s *stream)

// reluGradAVX2 computes what activateGradPortable does for ReLU.
//
//go:noescape
func reluGradAVX2(s *stream)

// logisticGradAVX2 computes what activateGradPortable does for Logistic.
//
//go:noescape
func logisticGradAVX2(s *stream)

// tanhGradAVX2 computes what activateGradPortable does for Tanh.
//
//go:noescape
func tanhGradAVX2(s *stream)

// lecunTanhGradAVX2 computes what activateGradPortable does for LeCunTanh.
//
//go:noescape
func lecunTanhGradAVX2(s *stream)

// eluGradAVX2 computes what activateGradPortable does for ELU.
//
//go:noescape
func eluGradAVX2(s *stream)

// swishGradAVX2 computes what activateGradPortable does for Swish.
//
//go:noescape
func swishGradAVX2(s *stream)

// normalizeAVX2 computes what normalizePortable does for opNormalize.
//
//go:noescape
func normalizeAVX2(s *stream)

// normalizeConstAVX2 computes what normalizePortable does for opNormalizeConst.
//
//go:noescape
func normalizeConstAVX2(s *stream)

// normalizeAllAVX2 computes what normalizePortable does for opNormalizeAll.
//
//go:noescape
func normalizeAllAVX2(s *stream)

// normalizeGradAVX2 computes what normalizePortable does for opNormalizeGrad.
//
//go:noescape
func normalizeGradAVX2(s *stream)

// sgdAVX2 computes what updatePortable does for opSGD.
//
//go:noescape
func sgdAVX2(s *stream)

// momentumAVX2 computes what updatePortable does for opMomentum.
//
//go:noescape
func momentumAVX2(s *stream)

// nesterovAVX2 computes what updatePortable does for opNesterov.
//
//go:noescape
func nesterovAVX2(s *stream)

// adamAVX2 computes what adamPortable does.
//
//go:noescape
func adamAVX2(s *stream)

// bernoulliAVX2 computes what bernoulliPortable does.
//
//go:noescape
func bernoulliAVX2(s *stream)
