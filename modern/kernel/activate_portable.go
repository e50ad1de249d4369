package kernel

import "perceptarium/modern/f32"

// The constants of LeCun's tanh (LeCun 1989: A = 1.7159, S = 2/3), and of its
// derivative S A - S/A y^2.
const (
	lecunA       = 1.7159
	lecunS       = 2.0 / 3
	lecunSlope   = lecunS * lecunA
	lecunBending = lecunS / lecunA
)

// activatePortable is the definition of Activate.
func activatePortable(act Act, dst, x []float32) {
	switch act {
	case Identity:
		copy(dst, x)
	case ReLU:
		for i, v := range x {
			dst[i] = relu(v)
		}
	case Step:
		for i, v := range x {
			dst[i] = step(v)
		}
	case Logistic:
		for i, v := range x {
			dst[i] = f32.Logistic(v)
		}
	case Tanh:
		for i, v := range x {
			dst[i] = f32.Tanh(v)
		}
	case LeCunTanh:
		for i, v := range x {
			dst[i] = float32(lecunA * f32.Tanh(float32(lecunS*v)))
		}
	case ELU:
		for i, v := range x {
			dst[i] = elu(v)
		}
	case Swish:
		for i, v := range x {
			dst[i] = float32(v * f32.Logistic(v))
		}
	}
}

func relu(x float32) float32 {
	if x > 0 {
		return x
	}
	return 0
}

func step(x float32) float32 {
	if x >= 0 {
		return 1
	}
	return 0
}

func elu(x float32) float32 {
	if x > 0 {
		return x
	}
	return f32.Expm1(x)
}

// activateGradPortable is the definition of ActivateGrad.
func activateGradPortable(act Act, dx, dy, x, y []float32) {
	switch act {
	case Identity:
		copy(dx, dy)
	case ReLU:
		for i, d := range dy {
			if !(y[i] > 0) {
				d = 0
			}
			dx[i] = d
		}
	case Step:
		fill(dx, 0)
	case Logistic:
		for i, d := range dy {
			dx[i] = float32(d * float32(y[i]*(1-y[i])))
		}
	case Tanh:
		for i, d := range dy {
			dx[i] = float32(d * f32.FMA(-y[i], y[i], 1))
		}
	case LeCunTanh:
		for i, d := range dy {
			dx[i] = float32(d * f32.FMA(float32(-lecunBending*y[i]), y[i], lecunSlope))
		}
	case ELU:
		for i, d := range dy {
			if !(y[i] > 0) {
				d = float32(d * (y[i] + 1))
			}
			dx[i] = d
		}
	case Swish:
		for i, d := range dy {
			s := f32.Logistic(x[i])
			dx[i] = float32(d * f32.FMA(y[i], 1-s, s))
		}
	}
}
