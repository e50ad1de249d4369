package kernel

import "perceptarium/modern/f32"

// normalizePortable is the definition of the normalisations.
func normalizePortable(op opcode, s *stream) {
	dst, x := s.v(0), s.v(1)
	var p [6][]float32
	for i := range p {
		p[i] = s.v(i)
	}
	switch op {
	case opNormalize: // gain and offset of each element
		for i, v := range x {
			dst[i] = f32.FMA(float32((v-s.c[0])*s.c[1]), p[2][i], p[3][i])
		}
	case opNormalizeConst: // all parameters hold for all elements
		for i, v := range x {
			dst[i] = f32.FMA(float32((v-s.c[0])*s.c[1]), s.c[2], s.c[3])
		}
	case opNormalizeAll: // all parameters of each element
		for i, v := range x {
			dst[i] = f32.FMA(float32((v-p[2][i])*p[3][i]), p[4][i], p[5][i])
		}
	case opNormalizeGrad:
		z := p[2]
		for i, v := range x {
			dst[i] = float32(s.c[2] * f32.FMA(-s.c[1], z[i], v-s.c[0]))
		}
	}
}
