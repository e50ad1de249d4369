package kernel

import (
	"math"
	"testing"

	"perceptarium/modern/f32"
)

// elementCase is an element-wise operation on v[0] and the operands after it.
type elementCase struct {
	name  string
	count int // slices
	run   func(v [][]float32)
}

func elementCases() []elementCase {
	cases := []elementCase{
		{"Add", 3, func(v [][]float32) { Add(v[0], v[1], v[2]) }},
		{"Sub", 3, func(v [][]float32) { Sub(v[0], v[1], v[2]) }},
		{"Mul", 3, func(v [][]float32) { Mul(v[0], v[1], v[2]) }},
		{"Div", 3, func(v [][]float32) { Div(v[0], v[1], v[2]) }},
		{"MulAdd", 3, func(v [][]float32) { MulAdd(v[0], v[1], v[2]) }},
		{"Scale", 2, func(v [][]float32) { Scale(v[0], 0.3, v[1]) }},
		{"Shift", 2, func(v [][]float32) { Shift(v[0], -0.3, v[1]) }},
		{"Axpy", 2, func(v [][]float32) { Axpy(v[0], 0.3, v[1]) }},
		{"Exp", 2, func(v [][]float32) { Exp(v[0], v[1]) }},
		{"Expm1", 2, func(v [][]float32) { Expm1(v[0], v[1]) }},
		{"Log", 2, func(v [][]float32) { Log(v[0], v[1]) }},
		{"Log1p", 2, func(v [][]float32) { Log1p(v[0], v[1]) }},
		{"Sqrt", 2, func(v [][]float32) { Sqrt(v[0], v[1]) }},
		{"SGD", 2, func(v [][]float32) { SGD(v[0], v[1], 0.1, 0.01) }},
		{"Momentum", 3, func(v [][]float32) { Momentum(v[0], v[1], v[2], 0.1, 0.9, 0.01) }},
		{"Nesterov", 3, func(v [][]float32) { Nesterov(v[0], v[1], v[2], 0.1, 0.9, 0.01) }},
		{"Adam", 4, func(v [][]float32) {
			Adam(v[0], v[1], v[2], v[3], AdamStep{0.001, 0.9, 0.999, 1e-8, 0.01, 0.3, 0.02})
		}},
		{"NormalizeGrad", 3, func(v [][]float32) { NormalizeGrad(v[0], v[1], v[2], 0.2, 0.3, 0.7) }},
		{"Bernoulli", 2, func(v [][]float32) {
			u, d := make([]uint64, len(v[0])), draw{9}
			for i := range u {
				u[i] = d.next()
			}
			Bernoulli(v[0], v[1], u)
		}},
	}
	for act := range acts {
		cases = append(cases,
			elementCase{"Activate " + act.String(), 2, func(v [][]float32) { Activate(act, v[0], v[1]) }},
			elementCase{"ActivateGrad " + act.String(), 4, func(v [][]float32) { ActivateGrad(act, v[0], v[1], v[2], v[3]) }})
	}
	return cases
}

// lengths go round the width of a vector, and beyond what one worker takes.
func lengths() []int {
	n := []int{100, 511, 4099}
	for i := range 68 {
		n = append(n, i)
	}
	return n
}

func TestElementWise(t *testing.T) {
	defer setGrain(64)()
	for _, c := range elementCases() {
		t.Run(c.name, func(t *testing.T) {
			d := &draw{7}
			for _, n := range lengths() {
				for f := range flavours {
					buffers := make([]buffer, c.count)
					for i := range buffers {
						buffers[i] = d.slice(n, f)
					}
					agree(t, pick(d, workerCounts...), buffers, c.run)
				}
			}
		})
	}
}

// TestFunctionsOverManyArguments walks over arguments of every size.
func TestFunctionsOverManyArguments(t *testing.T) {
	const step = 99991
	all := buffer{all: make([]float32, 0, 1<<32/step+1)}
	for u := uint64(0); u < 1<<32; u += step {
		all.all = append(all.all, math.Float32frombits(uint32(u)))
	}
	edges := []float32{88.72283, 88.72284, 89, -87.33655, -103.97207, -103.97208, -104, 104, 16.6355, 1.125, -1.125, 9.0109, -1, 0x1p24, 0x1.fffffep24, 0x1p-126, 0x1.fffffcp-127}
	all.all = append(append(all.all, edges...), edgeValues...)
	all.v = all.all
	for _, c := range elementCases() {
		if c.count == 2 {
			t.Run(c.name, func(t *testing.T) { agree(t, 1, []buffer{all, all}, c.run) })
		}
	}
}

func TestElementWiseInPlace(t *testing.T) {
	d := &draw{8}
	for _, n := range []int{1, 9, 40} {
		x := d.slice(n, plain)
		agree(t, 1, []buffer{x}, func(v [][]float32) { Add(v[0], v[0], v[0]) })
		agree(t, 1, []buffer{x}, func(v [][]float32) { Activate(Tanh, v[0], v[0]) })
		agree(t, 1, []buffer{x}, func(v [][]float32) { ActivateGrad(Swish, v[0], v[0], v[0], v[0]) })
	}
}

// TestFunctionsAreThoseOfF32 holds the kernels against the scalar text.
func TestFunctionsAreThoseOfF32(t *testing.T) {
	for _, c := range []struct {
		name   string
		kernel func(dst, x []float32)
		scalar func(float32) float32
	}{
		{"Exp", Exp, f32.Exp}, {"Expm1", Expm1, f32.Expm1}, {"Log", Log, f32.Log}, {"Log1p", Log1p, f32.Log1p}, {"Sqrt", Sqrt, f32.Sqrt},
		{"Tanh", func(dst, x []float32) { Activate(Tanh, dst, x) }, f32.Tanh},
		{"Logistic", func(dst, x []float32) { Activate(Logistic, dst, x) }, f32.Logistic},
	} {
		d := &draw{3}
		x := d.slice(1000, infinite).v
		got, want := make([]float32, len(x)), make([]float32, len(x))
		c.kernel(got, x)
		for i, v := range x {
			want[i] = c.scalar(v)
		}
		if at := diff(got, want); at >= 0 {
			t.Errorf("%s(%v) = %v, want %v", c.name, x[at], got[at], want[at])
		}
	}
}
