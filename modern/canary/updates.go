package canary

import "perceptarium/modern/kernel"

func updates() []entry {
	return []entry{
		{"kernel.SGD", runSGD},
		withVelocity("Momentum", kernel.Momentum), withVelocity("Nesterov", kernel.Nesterov),
		{"kernel.Adam", runAdam},
	}
}

func runSGD(t *recorder) {
	t.eachLength(func(n int, draw func(int) []float32) {
		w := draw(n)
		kernel.SGD(w, draw(n), 0.1, 0.001)
		t.give(w)
	})
}

func withVelocity(name string, fn func(w, v, g []float32, rate, mu, decay float32)) entry {
	return entry{"kernel." + name, func(t *recorder) {
		t.eachLength(func(n int, draw func(int) []float32) {
			w, v := draw(n), draw(n)
			fn(w, v, draw(n), 0.1, 0.9, 0.001)
			t.give(w, v)
		})
	}}
}

func runAdam(t *recorder) {
	step := kernel.AdamStep{Rate: 0.01, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Decay: 0.001, Correct1: 0.19, Correct2: 0.001999}
	t.eachLength(func(n int, draw func(int) []float32) {
		w, m, v := draw(n), draw(n), draw(n)
		for i := range v {
			v[i] = float32(v[i] * v[i])
		}
		kernel.Adam(w, m, v, draw(n), step)
		t.give(w, m, v)
	})
}
