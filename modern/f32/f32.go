// Package f32 is the arithmetic law in scalar Go: the functions of float32 on
// which every net of this program computes, with the same bits on every
// processor.
//
// The Go text of each function is its definition (docs/arithmetic.md). Vector
// code may compute it otherwise, never to other bits. Each product stands
// directly inside a conversion, so that no compiler fuses it with a sum; where
// a sum is to be fused, the text says FMA. The maximum errors in the doc
// comments are measured over all 2^32 arguments against float64 and are given
// in ulp: units in the last place of the exact result, of which the spacing of
// subnormal numbers is the smallest. NaN comes out wherever it goes in; its
// bits are not defined.
package f32

import "math"

// Law is the number of the arithmetic law. Any change of any bit that these
// functions or the kernels return is a new number.
const Law = 1

const (
	log2e     = 0x1.715476p+00 // 1/ln 2
	ln2Hi     = 0x1.62e4p-01   // ln 2, its leading 16 bits: its product with an exponent is exact
	ln2Lo     = 0x1.7f7d1cp-20 // ln 2 - ln2Hi
	magic     = 0x1.8p23       // added to a small number, it leaves its nearest integer in the low bits
	magicBits = 0x4b400000     // the bits of magic
	one       = 0x3f800000     // the bits of 1
	sqrtHalf  = 0x3f3504f3     // the bits of the float32 next to sqrt(1/2)
)

// Coefficients of (exp(r)-1-r)/r^2 for |r| <= ln(2)/2, of
// (log(1+f)-f+f^2/2)/f^3 for 1+f in sqrt(1/2)..sqrt(2), and of
// (tanh(x)/x-1)/x^2 in x^2 for |x| <= tanhSplit: minimax polynomials, found by
// the program in _fit.
const (
	exp0 = 0x1.fffffep-02
	exp1 = 0x1.5554aap-03
	exp2 = 0x1.55579ep-05
	exp3 = 0x1.122c86p-07
	exp4 = 0x1.6ab16cp-10

	log0 = 0x1.555544p-02
	log1 = -0x1.ffffdep-03
	log2 = 0x1.99a65cp-03
	log3 = -0x1.5567dep-03
	log4 = 0x1.2320b2p-03
	log5 = -0x1.fa77dep-04
	log6 = 0x1.e724b8p-04
	log7 = -0x1.e9a308p-04
	log8 = 0x1.21a828p-04

	tanhSplit = 1.125
	tanh0     = -0x1.55554ap-02
	tanh1     = 0x1.110ebp-03
	tanh2     = -0x1.b9c3a8p-05
	tanh3     = 0x1.6331ecp-06
	tanh4     = -0x1.126b92p-07
	tanh5     = 0x1.7261c2p-09
	tanh6     = -0x1.6a5fc8p-11
	tanh7     = 0x1.667beep-14
)

// Sqrt returns the square root of x, correctly rounded: 0.5 ulp.
func Sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// Abs returns x without its sign.
func Abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// Max returns a where a > b, else b: a compare and a select, so that the
// second operand comes out where they are equal or one of them is NaN.
func Max(a, b float32) float32 {
	if a > b {
		return a
	}
	return b
}

// Min returns a where a < b, else b, as Max does.
func Min(a, b float32) float32 {
	if a < b {
		return a
	}
	return b
}

// scale returns 2^n for n in -126..127.
func scale(n int32) float32 { return math.Float32frombits(uint32(n+127) << 23) }
