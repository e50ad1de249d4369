package speed

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/blas"
	blasgonum "gonum.org/v1/gonum/blas/gonum"

	"perceptarium/modern/kernel"
)

// job is a kernel on a shape.
type job struct {
	name    string
	m, n, k int
	flops   float64 // of one call
	make    func() (run, peer func())
}

func (j *job) title() string { return fmt.Sprintf("%s %s", j.name, j.shape()) }

func (j *job) shape() string { return Shape(j.m, j.n, j.k) }

// Shape writes a shape: of what is computed element by element, the number of
// elements; of a net, the examples of a training step.
func Shape(m, n, k int) string {
	if m == 1 && k == 1 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d x %d x %d", m, n, k)
}

// products are the shapes of matrix products, m n k: cubes, and what nets from
// 1989 on ask for.
var products = [][3]int{
	{8, 8, 8}, {16, 16, 16}, {32, 32, 32}, {64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024}, {2048, 2048, 2048},
	{32, 500, 784}, {128, 500, 784}, {256, 500, 784}, {128, 500, 500}, {128, 2000, 500}, {128, 10, 500}, {1, 500, 784},
	{12, 64, 25}, {4, 16, 200}, {16, 100, 150}, {6, 784, 25}, {16, 1024, 144}, {32, 256, 288}, {64, 64, 576},
	{784, 500, 100}, {25, 12, 4096}, {500, 784, 128},
}

// convolutions are those of the zip-code net of 1989, of LeNet-5, and of a
// residual net for small pictures.
var convolutions = []kernel.Conv{
	{Batch: 16, InC: 1, InH: 16, InW: 16, OutC: 12, KH: 5, KW: 5, StrideY: 2, StrideX: 2, PadY: 2, PadX: 2},
	{Batch: 16, InC: 6, InH: 14, InW: 14, OutC: 16, KH: 5, KW: 5},
	{Batch: 8, InC: 16, InH: 32, InW: 32, OutC: 16, KH: 3, KW: 3, PadY: 1, PadX: 1},
	{Batch: 8, InC: 64, InH: 8, InW: 8, OutC: 64, KH: 3, KW: 3, PadY: 1, PadX: 1},
}

// long is the number of elements of a vector that no first cache holds, short
// of one that it does.
const (
	long  = 1_000_000
	short = 4096
)

// Kernels lists the names of what is measured.
func Kernels() (names []string) {
	for _, j := range jobs() {
		if !slices.Contains(names, j.name) {
			names = append(names, j.name)
		}
	}
	return names
}

func jobs() []job {
	var list []job
	for _, s := range products {
		list = append(list, product(s[0], s[1], s[2]))
	}
	for i := range convolutions {
		list = append(list, convolved(&convolutions[i])...)
	}
	for _, n := range []int{short, long} {
		list = append(list, reductions(n)...)
		list = append(list, elements(n)...)
	}
	return append(append(list, pooled(), softmaxed()), trainings()...)
}

// numbers are n numbers of about 1, of both signs.
func numbers(n int) []float32 {
	list := make([]float32, n)
	for i := range list {
		list[i] = float32(i%13)/6 - 1
	}
	return list
}

var peer blasgonum.Implementation

func product(m, n, k int) job {
	return job{"gemm", m, n, k, 2 * float64(m) * float64(n) * float64(k), func() (run, other func()) {
		a, b, c := numbers(m*k), numbers(k*n), numbers(m*n)
		return func() { kernel.Gemm(kernel.Overwrite, m, n, k, a, k, b, n, c, n) },
			func() { peer.Sgemm(blas.NoTrans, blas.NoTrans, m, n, k, 1, a, k, b, n, 0, c, n) }
	}}
}

func convolved(s *kernel.Conv) []job {
	m, n, k := s.OutC, s.Batch*s.OutH()*s.OutW(), s.InC*s.KH*s.KW
	in, out := s.Batch*s.InC*s.InH*s.InW, m*n
	of := func(name string, run func(x, y, w []float32)) job {
		return job{name, m, n, k, 2 * float64(m) * float64(n) * float64(k), func() (func(), func()) {
			x, y, w := numbers(in), numbers(out), numbers(m*k)
			return func() { run(x, y, w) }, nil
		}}
	}
	return []job{
		of("conv-forward", func(x, y, w []float32) { kernel.ConvForward(*s, y, x, w, nil, kernel.Identity) }),
		of("conv-data", func(x, y, w []float32) { kernel.ConvData(*s, x, y, w) }),
		of("conv-weights", func(x, y, w []float32) { clear(w); kernel.ConvWeights(*s, w, x, y) }),
	}
}

// vector is a kernel that does so many operations with each of n elements; x,
// y and z are its vectors.
func vector(name string, n int, each float64, run, other func(x, y, z []float32)) job {
	return job{name, 1, n, 1, each * float64(n), func() (func(), func()) {
		x, y, z := numbers(n), numbers(n), numbers(n)
		own := func() { run(x, y, z) }
		if other == nil {
			return own, nil
		}
		return own, func() { other(x, y, z) }
	}}
}

func reductions(n int) []job {
	return []job{
		vector("sum", n, 1, func(x, _, _ []float32) { kernel.Sum(x) }, nil),
		vector("sum-abs", n, 1, func(x, _, _ []float32) { kernel.SumAbs(x) }, func(x, _, _ []float32) { peer.Sasum(n, x, 1) }),
		vector("dot", n, 2, func(x, y, _ []float32) { kernel.Dot(x, y) }, func(x, y, _ []float32) { peer.Sdot(n, x, 1, y, 1) }),
		vector("max", n, 1, func(x, _, _ []float32) { kernel.Max(x) }, nil),
	}
}

// elements are the kernels that take element by element. What they add up stays
// of middling size however often they are called.
func elements(n int) []job {
	return []job{
		vector("add", n, 1, func(x, y, z []float32) { kernel.Add(z, x, y) }, nil),
		vector("axpy", n, 2, func(x, _, z []float32) { kernel.Axpy(z, 1e-6, x) }, func(x, _, z []float32) { peer.Saxpy(n, 1e-6, x, 1, z, 1) }),
		vector("scale", n, 1, func(x, _, z []float32) { kernel.Scale(z, 1, z) }, func(x, _, z []float32) { peer.Sscal(n, 1, z, 1) }),
		vector("relu", n, 1, func(x, _, z []float32) { kernel.Activate(kernel.ReLU, z, x) }, nil),
		vector("exp", n, 1, func(x, _, z []float32) { kernel.Exp(z, x) }, nil),
		vector("tanh", n, 1, func(x, _, z []float32) { kernel.Activate(kernel.Tanh, z, x) }, nil),
		vector("logistic", n, 1, func(x, _, z []float32) { kernel.Activate(kernel.Logistic, z, x) }, nil),
		vector("momentum", n, 6, func(x, y, z []float32) { kernel.Momentum(z, y, x, 1e-6, 0.9, 0) }, nil),
	}
}

func pooled() job {
	s := kernel.Pool{Planes: 64, InH: 32, InW: 32, KH: 2, KW: 2, StrideY: 2, StrideX: 2}
	n := s.Planes * s.InH * s.InW
	return job{"max-pool", 1, n, 1, float64(n), func() (func(), func()) {
		x, y, at := numbers(n), make([]float32, n/4), make([]int32, n/4)
		return func() { kernel.MaxPool(s, y, at, x) }, nil
	}}
}

func softmaxed() job {
	const rows, cols = 128, 1000
	return job{"softmax", 1, rows * cols, 1, rows * cols, func() (func(), func()) {
		x, y := numbers(rows*cols), make([]float32, rows*cols)
		return func() { kernel.Softmax(y, x, rows, cols) }, nil
	}}
}
