// Command bench times products of matrices by this project's kernel beside
// other libraries, interleaved in one process, and prints rates and ratios.
//
// On a shared machine single times mean little. Each shape is run by each peer
// in turn, many times; the best time of each is what is compared. With one
// thread the clock is the process's own processor time, so that what other
// processes take does not count.
package main

import (
	"flag"
	"fmt"
	"math"
	"time"

	"github.com/viterin/vek/vek32"
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"golang.org/x/sys/unix"

	"perceptarium/modern/kernel"
)

var shapes = [][3]int{
	{8, 8, 8}, {16, 16, 16}, {32, 32, 32}, {64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024}, {2048, 2048, 2048},
	{32, 500, 784}, {128, 500, 784}, {256, 500, 784}, {128, 500, 500}, {128, 2000, 500}, {128, 10, 500}, {1, 500, 784},
	{12, 64, 25}, {4, 16, 200}, {16, 100, 150}, {6, 784, 25}, {16, 1024, 144}, {32, 256, 288}, {64, 64, 576}, {784, 500, 100}, {288, 2048, 512}, {25, 12, 4096}, {500, 784, 128},
}

// problem is one product with its operands.
type problem struct {
	m, n, k int
	a, b, c []float32
}

func (p *problem) flops() float64 { return 2 * float64(p.m) * float64(p.n) * float64(p.k) }

// peer is a library; run does the product reps times.
type peer struct {
	name string
	run  func(p *problem, reps int)
}

var peers = []peer{
	{"perceptarium", func(p *problem, reps int) {
		for range reps {
			kernel.Gemm(kernel.Overwrite, p.m, p.n, p.k, p.a, p.k, p.b, p.n, p.c, p.n)
		}
	}},
	{"openblas", openblas},
	{"gonum", func(p *problem, reps int) {
		for range reps {
			gonum.Implementation{}.Sgemm(blas.NoTrans, blas.NoTrans, p.m, p.n, p.k, 1, p.a, p.k, p.b, p.n, 0, p.c, p.n)
		}
	}},
	{"vek32", func(p *problem, reps int) {
		for range reps {
			vek32.MatMul_Into(p.c, p.a, p.b, p.k)
		}
	}},
}

var threads = flag.Int("threads", 1, "threads of this project's kernel")

// now returns seconds: of processor time with one thread, else of the wall.
func now() float64 {
	if *threads > 1 {
		return time.Since(origin).Seconds()
	}
	return processor()
}

// processor returns seconds of this process's processor time, of all threads.
func processor() float64 {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		panic(err)
	}
	return float64(t.Sec) + float64(t.Nsec)*1e-9
}

var origin = time.Now()

// sample times one run of reps products and returns seconds for one.
func sample(q peer, p *problem, reps int) float64 {
	start := now()
	q.run(p, reps)
	return (now() - start) / float64(reps)
}

// repetitions finds how many products take about that many seconds.
func repetitions(q peer, p *problem, seconds float64) int {
	reps := 1
	for {
		t := sample(q, p, reps) * float64(reps)
		if t > seconds/4 || reps > 1<<24 {
			return max(1, int(float64(reps)*seconds/math.Max(t, 1e-9)))
		}
		reps *= 4
	}
}

func peak() float64 {
	best := 0.0
	for range 40 {
		start := now()
		flops := kernel.PeakLoop(50_000)
		best = math.Max(best, float64(flops)/(now()-start))
	}
	return best
}

func newProblem(s [3]int) *problem {
	p := &problem{m: s[0], n: s[1], k: s[2]}
	p.a, p.b, p.c = make([]float32, p.m*p.k), make([]float32, p.k*p.n), make([]float32, p.m*p.n)
	for i := range p.a {
		p.a[i] = float32(i%17) - 8
	}
	for i := range p.b {
		p.b[i] = float32(i%13) - 6
	}
	return p
}

var (
	part    = flag.String("part", "all", "what to time: gemm, threads, element, conv, call or all")
	rounds  = flag.Int("rounds", 20, "samples of each peer and shape")
	seconds = flag.Float64("sample", 0.002, "seconds of one sample")
	only    = flag.String("only", "", "one shape, as MxNxK")
	first   = flag.Int("peers", len(peers), "how many peers, this project first")
)

func main() {
	flag.Parse()
	peers = peers[:*first]
	kernel.SetWorkers(*threads)
	limit := peak()
	fmt.Printf("peak of one core, %s: %.1f GFLOP/s\n", kernel.Active(), limit/1e9)
	for _, p := range []struct {
		name string
		run  func(limit float64)
	}{{"gemm", products}, {"element", elements}, {"conv", convolutions}, {"call", calls}, {"threads", twoThreads}} {
		if *part == "all" || *part == p.name {
			fmt.Println()
			p.run(limit)
		}
	}
}

// products prints the rates of all peers over the shapes, and the geometric
// means of the ratios.
func products(limit float64) {
	fmt.Printf("%-16s", "m x n x k")
	for _, q := range peers {
		fmt.Printf(" %14s", q.name)
	}
	fmt.Printf("   of peak")
	for _, q := range peers[1:] {
		fmt.Printf("  /%-9s", q.name)
	}
	fmt.Println()
	logs, count := make([]float64, len(peers)), 0.0
	for _, s := range shapes {
		name := fmt.Sprintf("%dx%dx%d", s[0], s[1], s[2])
		if *only != "" && *only != name {
			continue
		}
		rates := measure(newProblem(s), *rounds, *seconds)
		fmt.Printf("%-16s", name)
		for _, r := range rates {
			fmt.Printf(" %14.2f", r/1e9)
		}
		fmt.Printf("   %6.1f%%", 100*rates[0]/limit)
		for i := range peers[1:] {
			fmt.Printf("  %10.3f", rates[0]/rates[i+1])
			logs[i+1] += math.Log(rates[0] / rates[i+1])
		}
		fmt.Println()
		count++
	}
	fmt.Printf("%-16s %*s", "geometric mean", 15*len(peers)+9, "")
	for i := range peers[1:] {
		fmt.Printf("  %10.3f", math.Exp(logs[i+1]/count))
	}
	fmt.Println()
}

// measure returns each peer's best rate, in operations a second.
func measure(p *problem, rounds int, seconds float64) []float64 {
	reps := make([]int, len(peers))
	rates := make([]float64, len(peers))
	for i, q := range peers {
		sample(q, p, 1)
		reps[i] = repetitions(q, p, seconds)
	}
	for range rounds {
		for i, q := range peers {
			rates[i] = math.Max(rates[i], p.flops()/sample(q, p, reps[i]))
		}
	}
	return rates
}
