package canary

import "perceptarium/modern/f32"

// points is how many arguments each function of f32 is asked for, of each
// flavour.
const points = 4096

func scalars() []entry {
	return []entry{
		one("Abs", f32.Abs), one("Sqrt", f32.Sqrt),
		one("Exp", f32.Exp), one("Expm1", f32.Expm1), one("Log", f32.Log), one("Log1p", f32.Log1p),
		one("Tanh", f32.Tanh), one("Logistic", f32.Logistic), one("Sin", f32.Sin), one("Cos", f32.Cos),
		two("Max", f32.Max), two("Min", f32.Min), two("Pow", f32.Pow),
		{"f32.FMA", runFMA}, {"f32.FMARow", runFMARow}, {"f32.Uniform", runUniform}, {"f32.Normal", runNormal},
	}
}

func one(name string, fn func(float32) float32) entry {
	return entry{"f32." + name, func(t *recorder) {
		t.eachFlavour(func(draw func(int) []float32) {
			x := draw(points)
			for i, v := range x {
				x[i] = fn(v)
			}
			t.give(x)
		})
	}}
}

func two(name string, fn func(x, y float32) float32) entry {
	return entry{"f32." + name, func(t *recorder) {
		t.eachFlavour(func(draw func(int) []float32) {
			x, y := draw(points), draw(points)
			for i, v := range x {
				x[i] = fn(v, y[i])
			}
			t.give(x)
		})
	}}
}

// runFMA has sums that nearly vanish among its cases: the third operand is
// near the product in half of them.
func runFMA(t *recorder) {
	t.eachFlavour(func(draw func(int) []float32) {
		x, y, z := draw(points), draw(points), draw(points)
		for i := range z {
			if i%2 == 0 {
				z[i] = -float32(x[i] * y[i])
			}
			z[i] = f32.FMA(x[i], y[i], z[i])
		}
		t.give(z)
	})
}

func runFMARow(t *recorder) {
	t.eachFlavour(func(draw func(int) []float32) {
		y := draw(points)
		f32.FMARow(y, draw(1)[0], draw(points))
		t.give(y)
	})
}

func runUniform(t *recorder) {
	x := make([]float32, points)
	for i := range x {
		x[i] = f32.Uniform(t.chance.Uint64())
	}
	t.give(x)
}

func runNormal(t *recorder) {
	a, b := make([]float32, points), make([]float32, points)
	for i := range a {
		a[i], b[i] = f32.Normal(t.chance.Uint64())
	}
	t.give(a, b)
}
