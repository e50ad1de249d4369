package kernel

import "testing"

// TestNoAllocation: once a shape was seen, a call allocates nothing.
func TestNoAllocation(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	used := active
	defer func() {
		active = used
		SetWorkers(0)
	}()
	for k := range rows {
		if active = kind(k); !rows[k].Available {
			continue
		}
		if active == portable {
			noAllocation(t, 20, 500, []int{1}) // it is slow
		} else {
			noAllocation(t, 140, 70_000, []int{1, 2})
		}
	}
}

// noAllocation calls kernels on matrices of side rows, and on n elements.
func noAllocation(t *testing.T, side, n int, workers []int) {
	d := &draw{41}
	check := func(name string, lengths []int, run func(v [][]float32)) {
		var v [][]float32
		for _, n := range lengths {
			v = append(v, d.slice(n, plain).v)
		}
		for _, w := range workers {
			SetWorkers(w)
			if n := testing.AllocsPerRun(10, func() { run(v) }); n > 0 {
				t.Errorf("%s by %s with %d workers allocates %v times", name, Active(), w, n)
			}
		}
	}
	for _, m := range []int{3, side / 2, side} {
		for _, op := range []Op{0, TransA, TransB | Overwrite} {
			check("Gemm", []int{m * m, m * m, m * m}, func(v [][]float32) { Gemm(op, m, m, m, v[0], m, v[1], m, v[2], m) })
		}
	}
	for _, c := range elementCases() {
		if c.name != "Bernoulli" { // the test makes its bits
			check(c.name, []int{n, n, n, n}[:c.count], c.run)
		}
	}
	for _, c := range reductionCases {
		check(c.name, []int{2, n, n}, c.run)
	}
	for _, c := range rowCases {
		check(c.name, []int{n, n, n, 5, 5, n / 5, n / 5}, func(v [][]float32) { c.run(v, 5, n/5) })
	}
	for _, c := range channelCases {
		check(c.name, []int{n, n, n, 5, 5, 5, 5}, func(v [][]float32) { c.run(v, n/50, 5, 10) })
	}
	s := netShapes[5]
	s.Batch = n / 7000
	for _, c := range convCases {
		for _, s := range []Conv{netShapes[0], s} {
			check(c.name, convLengths(s), func(v [][]float32) { c.run(s, v, ReLU) })
		}
	}
	p := Pool{Planes: 1 + n/1000, InH: 16, InW: 20, KH: 2, KW: 2, StrideY: 2, StrideX: 2}
	at := make([]int32, p.Planes*80)
	lengths := []int{p.Planes * 320, p.Planes * 80}
	check("MaxPool", lengths, func(v [][]float32) { MaxPool(p, v[1], at, v[0]) })
	check("MaxPoolGrad", lengths, func(v [][]float32) { MaxPoolGrad(p, v[0], v[1], at) })
	check("AvgPool", lengths, func(v [][]float32) { AvgPool(p, v[1], v[0]) })
	check("AvgPoolGrad", lengths, func(v [][]float32) { AvgPoolGrad(p, v[0], v[1]) })
}
