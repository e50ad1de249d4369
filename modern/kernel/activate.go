package kernel

// Act is a function of one element.
type Act uint8

const (
	Identity  Act = iota // x
	ReLU                 // x where x > 0, else 0
	Step                 // 1 where x >= 0, else 0
	Logistic             // f32.Logistic(x)
	Tanh                 // f32.Tanh(x)
	LeCunTanh            // 1.7159 tanh(2x/3): float32(1.7159 * f32.Tanh(float32(2.0/3 * x)))
	ELU                  // x where x > 0, else f32.Expm1(x)
	Swish                // float32(x * f32.Logistic(x))
	acts
)

var actNames = [acts]string{"identity", "relu", "step", "logistic", "tanh", "lecun-tanh", "elu", "swish"}

func (a Act) String() string {
	if a < acts {
		return actNames[a]
	}
	return "unknown activation"
}

// Activate sets dst[i] = act(x[i]), as the list of Act says.
//
// ReLU and ELU compare and select: NaN gives 0 in ReLU, and NaN in ELU. dst
// may be x. Activate panics if the lengths differ, if dst overlaps x in part,
// or if act is unknown.
func Activate(act Act, dst, x []float32) {
	if act >= acts {
		panic("kernel: unknown activation")
	}
	checkPair(dst, x)
	element(&stream{n: len(dst), p: [6]*float32{ptr(dst), ptr(x)}}, opAct+opcode(act))
}

// ActivateGrad carries a gradient back through an activation: dx[i] =
// dy[i] * act'(x[i]), where y is what Activate made of x.
//
//	Identity   dy
//	ReLU       dy where y > 0, else 0
//	Step       0
//	Logistic   float32(dy * float32(y * (1-y)))
//	Tanh       float32(dy * f32.FMA(-y, y, 1))
//	LeCunTanh  float32(dy * f32.FMA(float32(-0.38852 * y), y, 1.14393))
//	ELU        dy where y > 0, else float32(dy * (y+1))
//	Swish      float32(dy * f32.FMA(y, 1-s, s)), s = f32.Logistic(x)
//
// The constants of LeCunTanh are 2/3 / 1.7159 and 2/3 * 1.7159, rounded. Only
// Swish looks at x; for the others it may be nil. dx may be dy. ActivateGrad
// panics if the lengths differ or dx overlaps another operand in part.
func ActivateGrad(act Act, dx, dy, x, y []float32) {
	if act >= acts {
		panic("kernel: unknown activation")
	}
	checkPair(dx, dy)
	checkPair(dx, y)
	if act != Swish {
		x = y
	}
	checkPair(dx, x)
	element(&stream{n: len(dx), p: [6]*float32{ptr(dx), ptr(dy), ptr(x), ptr(y)}}, opActGrad+opcode(act))
}
