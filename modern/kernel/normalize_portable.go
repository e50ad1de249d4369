package kernel

import "perceptarium/modern/f32"

// normalizePortable is the definition of the normalisations.
func normalizePortable(op opcode, s *stream) {
	dst, x := s.v[0], s.v[1]
	switch op {
	case opNormalize: // gain and offset of each element
		for i, v := range x {
			dst[i] = f32.FMA(float32((v-s.c[0])*s.c[1]), s.v[2][i], s.v[3][i])
		}
	case opNormalizeConst: // all parameters hold for all elements
		for i, v := range x {
			dst[i] = f32.FMA(float32((v-s.c[0])*s.c[1]), s.c[2], s.c[3])
		}
	case opNormalizeAll: // all parameters of each element
		for i, v := range x {
			dst[i] = f32.FMA(float32((v-s.v[2][i])*s.v[3][i]), s.v[4][i], s.v[5][i])
		}
	case opNormalizeGrad:
		z := s.v[2]
		for i, v := range x {
			dst[i] = float32(s.c[2] * f32.FMA(-s.c[1], z[i], v-s.c[0]))
		}
	}
}
