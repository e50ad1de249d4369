package main

import (
	"fmt"
	"slices"
	"time"

	"perceptarium/modern/kernel"
)

// best returns the least time of one call of f, in seconds.
func best(f func()) float64 {
	q := peer{run: func(_ *problem, reps int) {
		for range reps {
			f()
		}
	}}
	reps := repetitions(q, nil, *seconds)
	least := sample(q, nil, reps)
	for range *rounds {
		least = min(least, sample(q, nil, reps))
	}
	return least
}

func numbers(n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(i%4001-2000) * 0x1p-9
	}
	return x
}

// elements prints the rates of element-wise functions, beside the portable
// text.
func elements(float64) {
	const n = 1_000_000
	x, y := numbers(n), make([]float32, n)
	fmt.Printf("%-22s %12s %12s\n", "1e6 elements", "G/s", "portable G/s")
	for _, f := range []struct {
		name string
		run  func()
	}{
		{"exp", func() { kernel.Exp(y, x) }},
		{"tanh", func() { kernel.Activate(kernel.Tanh, y, x) }},
		{"logistic", func() { kernel.Activate(kernel.Logistic, y, x) }},
		{"log1p", func() { kernel.Log1p(y, x) }},
		{"relu", func() { kernel.Activate(kernel.ReLU, y, x) }},
		{"sum", func() { kernel.Sum(x) }},
		{"softmax of 1000 rows", func() { kernel.Softmax(y, x, 1000, n/1000) }},
		{"sgd", func() { kernel.SGD(y, x, 1e-6, 0) }},
	} {
		fast := best(f.run)
		force("portable")
		slow := best(f.run)
		force("")
		fmt.Printf("%-22s %12.2f %12.3f\n", f.name, n/fast/1e9, n/slow/1e9)
	}
}

func force(name string) {
	if err := kernel.Force(name); err != nil {
		panic(err)
	}
}

// convolutions prints the rates of the layers of nets that are trained here.
func convolutions(limit float64) {
	fmt.Printf("%-30s %12s %12s %12s   GFLOP/s, and microseconds\n", "batch x channels x picture", "forward", "data", "weights")
	for _, s := range []kernel.Conv{
		{Batch: 1, InC: 1, InH: 16, InW: 16, OutC: 12, KH: 5, KW: 5, StrideY: 2, StrideX: 2, PadY: 2, PadX: 2},
		{Batch: 1, InC: 8, InH: 8, InW: 8, OutC: 4, KH: 5, KW: 5, StrideY: 2, StrideX: 2, PadY: 2, PadX: 2},
		{Batch: 1, InC: 12, InH: 8, InW: 8, OutC: 12, KH: 5, KW: 5, StrideY: 2, StrideX: 2, PadY: 2, PadX: 2},
		{Batch: 64, InC: 1, InH: 28, InW: 28, OutC: 6, KH: 5, KW: 5, PadY: 2, PadX: 2},
		{Batch: 64, InC: 1, InH: 32, InW: 32, OutC: 6, KH: 5, KW: 5},
		{Batch: 64, InC: 6, InH: 14, InW: 14, OutC: 16, KH: 5, KW: 5},
		{Batch: 64, InC: 16, InH: 5, InW: 5, OutC: 120, KH: 5, KW: 5},
		{Batch: 8, InC: 64, InH: 16, InW: 16, OutC: 64, KH: 3, KW: 3, PadY: 1, PadX: 1},
	} {
		taps := s.InC * s.KH * s.KW
		x, y, w := numbers(s.Batch*s.InC*s.InH*s.InW), numbers(s.Batch*s.OutC*s.OutH()*s.OutW()), numbers(s.OutC*taps)
		out := make([]float32, max(len(x), len(y), len(w)))
		flops := 2 * float64(len(y)) * float64(taps)
		name := fmt.Sprintf("%dx%dx%dx%d to %dx%dx%d", s.Batch, s.InC, s.InH, s.InW, s.OutC, s.KH, s.KW)
		fmt.Printf("%-30s", name)
		for _, f := range []func(){
			func() { kernel.ConvForward(s, out, x, w, nil, kernel.Identity) },
			func() { kernel.ConvData(s, out, y, w) },
			func() { clear(out[:len(w)]); kernel.ConvWeights(s, out, x, y) },
		} {
			t := best(f)
			fmt.Printf(" %6.1f %7.1f", flops/t/1e9, t*1e6)
		}
		fmt.Println()
	}
}

// calls prints what a call costs that has little to do.
func calls(float64) {
	a, b, c := numbers(64), numbers(64), numbers(64)
	for _, f := range []struct {
		name string
		run  func()
	}{
		{"Gemm of nothing", func() { kernel.Gemm(0, 0, 0, 0, nil, 0, nil, 0, nil, 0) }},
		{"Gemm 8x8x8", func() { kernel.Gemm(kernel.Overwrite, 8, 8, 8, a, 8, b, 8, c, 8) }},
		{"Add of 8", func() { kernel.Add(c[:8], a[:8], b[:8]) }},
		{"Sum of 8", func() { kernel.Sum(a[:8]) }},
	} {
		fmt.Printf("%-22s %8.1f ns\n", f.name, best(f.run)*1e9)
	}
}

// twoThreads prints how much faster two threads are than one, by the wall: the
// median over pairs of samples taken one after the other, and the best; and how
// much processor time both take, as a multiple of what one takes. On a machine
// with other work only the last says something.
func twoThreads(float64) {
	for _, n := range []int{256, 512, 1024} {
		p := newProblem([3]int{n, n, n})
		q := peers[0]
		reps := max(1, int(4e9/p.flops()))
		var ratios, costs []float64
		for range *rounds {
			var wall, cost [2]float64
			for i := range wall {
				kernel.SetWorkers(i + 1)
				start, used := time.Now(), processor()
				q.run(p, reps)
				wall[i], cost[i] = time.Since(start).Seconds(), processor()-used
			}
			ratios = append(ratios, wall[0]/wall[1])
			costs = append(costs, cost[1]/cost[0])
		}
		kernel.SetWorkers(*threads)
		slices.Sort(ratios)
		slices.Sort(costs)
		half := len(ratios) / 2
		fmt.Printf("two threads, %d^3: %.2f times as fast (median), %.2f (best); %.3f times the processor time (median)\n", n, ratios[half], ratios[len(ratios)-1], costs[half])
	}
}
