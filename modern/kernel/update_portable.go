package kernel

import "perceptarium/modern/f32"

// updatePortable is the definition of SGD, Momentum, Nesterov and Adam.
func updatePortable(s *stream, op opcode) {
	w, g, v := s.v(0), s.v(1), s.v(2)
	rate, decay, mu := s.c[0], s.c[1], s.c[2] // the rate is negative, but for Adam
	switch op {
	case opSGD:
		for i := range w {
			w[i] = f32.FMA(rate, f32.FMA(decay, w[i], g[i]), w[i])
		}
	case opMomentum:
		for i := range w {
			d := f32.FMA(decay, w[i], g[i])
			v[i] = f32.FMA(rate, d, float32(mu*v[i]))
			w[i] = w[i] + v[i]
		}
	case opNesterov:
		for i := range w {
			d := f32.FMA(decay, w[i], g[i])
			v[i] = f32.FMA(rate, d, float32(mu*v[i]))
			w[i] = f32.FMA(rate, d, f32.FMA(mu, v[i], w[i]))
		}
	case opAdam:
		adamPortable(s)
	}
}

func adamPortable(s *stream) {
	w, g, m, v := s.v(0), s.v(1), s.v(2), s.v(3)
	rate, decay := s.c[0], s.c[1]
	for i := range w {
		d := f32.FMA(decay, w[i], g[i])
		m[i] = f32.FMA(s.c[3], d, float32(s.c[2]*m[i]))
		v[i] = f32.FMA(s.c[5], float32(d*d), float32(s.c[4]*v[i]))
		w[i] = w[i] - float32(rate*(m[i]/s.c[6]))/(f32.Sqrt(v[i]/s.c[7])+s.e)
	}
}
