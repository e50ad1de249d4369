package kernel

// SGD is one step down the gradient g with weight decay.
//
//	w[i] = f32.FMA(-rate, f32.FMA(decay, w[i], g[i]), w[i])
//
// All slices of an update must have equal lengths and lie apart.
func SGD(w, g []float32, rate, decay float32) {
	checkApart(w, g)
	element(&stream{n: len(w), p: [6]*float32{ptr(w), ptr(g)}, c: [8]float32{-rate, decay}}, opSGD)
}

// Momentum is SGD with a velocity v (Polyak 1964, in the form of Sutskever and
// others 2013).
//
//	d := f32.FMA(decay, w[i], g[i])
//	v[i] = f32.FMA(-rate, d, float32(mu*v[i]))
//	w[i] = w[i] + v[i]
func Momentum(w, v, g []float32, rate, mu, decay float32) {
	checkApart(w, v, g)
	element(&stream{n: len(w), p: [6]*float32{ptr(w), ptr(g), ptr(v)}, c: [8]float32{-rate, decay, mu}}, opMomentum)
}

// Nesterov is Momentum with the gradient taken where the velocity leads,
// rewritten so that w is always that place (Bengio and others 2013).
//
//	d := f32.FMA(decay, w[i], g[i])
//	v[i] = f32.FMA(-rate, d, float32(mu*v[i]))
//	w[i] = f32.FMA(-rate, d, f32.FMA(mu, v[i], w[i]))
func Nesterov(w, v, g []float32, rate, mu, decay float32) {
	checkApart(w, v, g)
	element(&stream{n: len(w), p: [6]*float32{ptr(w), ptr(g), ptr(v)}, c: [8]float32{-rate, decay, mu}}, opNesterov)
}

// AdamStep holds the numbers of one step of Adam. Correct1 and Correct2 are
// 1 - Beta1^t and 1 - Beta2^t; both 1 leaves the correction of the start out.
type AdamStep struct {
	Rate, Beta1, Beta2, Epsilon, Decay float32
	Correct1, Correct2                 float32
}

// Adam is one step of Adam (Kingma and Ba 2015) with averages m of the
// gradient and v of its square.
//
//	d := f32.FMA(Decay, w[i], g[i])
//	m[i] = f32.FMA(1-Beta1, d, float32(Beta1*m[i]))
//	v[i] = f32.FMA(1-Beta2, float32(d*d), float32(Beta2*v[i]))
//	w[i] = w[i] - float32(Rate*(m[i]/Correct1)) / (f32.Sqrt(v[i]/Correct2) + Epsilon)
func Adam(w, m, v, g []float32, s AdamStep) {
	checkApart(w, m, v, g)
	c := [8]float32{s.Rate, s.Decay, s.Beta1, 1 - s.Beta1, s.Beta2, 1 - s.Beta2, s.Correct1, s.Correct2}
	element(&stream{n: len(w), p: [6]*float32{ptr(w), ptr(g), ptr(m), ptr(v)}, c: c, e: s.Epsilon}, opAdam)
}

func checkApart(v ...[]float32) {
	for i := range v {
		if len(v[i]) != len(v[0]) {
			panic("kernel: operands of different lengths")
		}
		for j := range i {
			if overlap(v[i], v[j]) {
				panic("kernel: operands of an update overlap")
			}
		}
	}
}
