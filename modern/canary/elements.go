package canary

import "perceptarium/modern/kernel"

func elements() []entry {
	return []entry{
		ofTwo("Add", kernel.Add), ofTwo("Sub", kernel.Sub), ofTwo("Mul", kernel.Mul), ofTwo("Div", kernel.Div), ofTwo("MulAdd", kernel.MulAdd),
		withNumber("Scale", kernel.Scale), withNumber("Shift", kernel.Shift), withNumber("Axpy", kernel.Axpy),
		ofOne("Sqrt", kernel.Sqrt), ofOne("Exp", kernel.Exp), ofOne("Expm1", kernel.Expm1), ofOne("Log", kernel.Log), ofOne("Log1p", kernel.Log1p),
		{"kernel.Activate", runActivate}, {"kernel.ActivateGrad", runActivateGrad}, {"kernel.Bernoulli", runBernoulli},
	}
}

func ofOne(name string, fn func(dst, x []float32)) entry {
	return entry{"kernel." + name, func(t *recorder) {
		t.eachLength(func(n int, draw func(int) []float32) {
			y := make([]float32, n)
			fn(y, draw(n))
			t.give(y)
		})
	}}
}

func ofTwo(name string, fn func(dst, x, y []float32)) entry {
	return entry{"kernel." + name, func(t *recorder) {
		t.eachLength(func(n int, draw func(int) []float32) {
			z := draw(n)
			fn(z, draw(n), draw(n))
			t.give(z)
		})
	}}
}

func withNumber(name string, fn func(dst []float32, alpha float32, x []float32)) entry {
	return entry{"kernel." + name, func(t *recorder) {
		t.eachLength(func(n int, draw func(int) []float32) {
			y := draw(n)
			fn(y, draw(1)[0], draw(n))
			t.give(y)
		})
	}}
}

func runActivate(t *recorder) {
	t.eachLength(func(n int, draw func(int) []float32) {
		for act := kernel.Identity; act <= kernel.Swish; act++ {
			y := make([]float32, n)
			kernel.Activate(act, y, draw(n))
			t.give(y)
		}
	})
}

func runActivateGrad(t *recorder) {
	t.eachLength(func(n int, draw func(int) []float32) {
		for act := kernel.Identity; act <= kernel.Swish; act++ {
			x, y, dx := draw(n), make([]float32, n), make([]float32, n)
			kernel.Activate(act, y, x)
			kernel.ActivateGrad(act, dx, draw(n), x, y)
			t.give(dx)
		}
	})
}

func runBernoulli(t *recorder) {
	t.eachLength(func(n int, draw func(int) []float32) {
		y, u := make([]float32, n), make([]uint64, n)
		for i := range u {
			u[i] = t.chance.Uint64()
		}
		kernel.Bernoulli(y, draw(n), u)
		t.give(y)
	})
}
