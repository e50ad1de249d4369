package nn

import (
	"math"
	"testing"

	"perceptarium/modern/kernel"
)

// rateOf is what a step leaves of the error, in the long run, of a method on two
// weights in a ravine a hundred times as steep across as along.
func rateOf(m Method, rate, mu float32) float64 {
	const from, to = 100, 400
	left := 0.0
	for _, slope := range []float32{1, 100} {
		s := makeSingle(m, Settings{Rate: rate, Mu: mu}, 1, slope, 0)
		// An error that swings passes through zero: its largest of a few steps counts.
		largest := func(steps int) (e float64) {
			for i := range steps {
				if w := math.Abs(s.next()); i >= steps-8 {
					e = max(e, w)
				}
			}
			return e
		}
		before := largest(from)
		left = max(left, math.Pow(largest(to-from)/before, 1.0/(to-from)))
	}
	return left
}

// TestBestRates: at their best settings descent leaves 99/101 of the error and
// the heavy ball 9/11, the square root of the condition number at work; and at
// the same rate the slide's momentum is no faster than descent.
func TestBestRates(t *testing.T) {
	// At its best both of the ball's roots coincide, and a factor that grows with
	// the number of steps stands before the power: (400/100)^(1/300) is 1.005.
	for _, c := range []struct {
		what     string
		m        Method
		rate, mu float32
		want     float64
	}{
		{"descent", SGD, 2.0 / 101, 0, 99.0 / 101},
		{"heavy ball", Momentum, 4.0 / 121, 81.0 / 121, 9.0 / 11},
		{"the slide's momentum", SlideMomentum, 4.0 / 121 / (1 - 81.0/121), 81.0 / 121, 9.0 / 11},
		{"descent at 0.002", SGD, 0.002, 0, 0.998},
		{"the slide's momentum at 0.002", SlideMomentum, 0.002, 0.9, 0.998},
	} {
		if got := rateOf(c.m, c.rate, c.mu); math.Abs(got/c.want-1) > 0.02 || math.Abs(math.Log(got)/math.Log(c.want)-1) > 0.05 {
			t.Errorf("%s: a step leaves %.5f, want %.5f", c.what, got, c.want)
		}
	}
}

// quartic is the loss w^4, and its derivative: a bottom that is flat.
func quartic(m Method, s Settings, start float32) (n *Net, step []Instr) {
	n = New(1)
	x := n.Input("x", []int{1}, 1)
	n.Loss("loss", n.Powers("p", n.Dense("w", x, Dense{Units: 1, NoBias: true, Init: Init{Constant, start}}), 4), Loss{Kind: Linear})
	opt := n.Optimize(m, s)
	n.Finish()
	n.Start(1)
	x.Data[0], n.Wanted.Data[3], n.Class[0] = 1, 1, -1
	return n, append(append(n.Forward(), n.Backward()...), opt.Update()...)
}

// chained is the worst case of Nesterov 1983: forty weights in a row, each of
// which sees its neighbours alone, the first tied to 1 and the last to 0. Its
// steepest curvature is below 4.
func chained(m Method, s Settings) (n *Net, step []Instr) {
	const links = 40
	n = New(links + 1)
	x := n.Input("x", []int{links}, 1)
	n.Loss("loss", n.Dense("w", x, Dense{Units: 1, NoBias: true, Init: Init{}}), Loss{Factor: 0.5, Sum: true})
	opt := n.Optimize(m, s)
	n.Finish()
	n.Start(1)
	for r := range links + 1 {
		if r < links {
			x.Data[r*links+r] = 1
		}
		if r > 0 {
			x.Data[r*links+r-1] = -1
		}
		n.Class[r] = -1
	}
	n.Wanted.Data[0] = 1
	return n, append(append(n.Forward(), n.Backward()...), opt.Update()...)
}

// follow lists how far above its least a net's loss is, step by step. With a
// schedule the momentum of Nesterov's method is (t-1)/(t+2): W, which looks ahead
// by the momentum of the step that was, is moved to where the next one looks.
func follow(n *Net, step []Instr, steps int, least float64, schedule bool) (errs []float64) {
	forward, set, p := len(n.Forward()), &n.Optimizer().Settings, n.Params[0]
	for k := 1; k <= steps; k++ {
		run(step[:forward])
		errs = append(errs, float64(n.Result.Loss)-least)
		run(step[forward:])
		if schedule {
			next := float32(k) / float32(k+3)
			kernel.Axpy(p.W, next-set.Mu, p.State[0])
			set.Mu = next
		}
	}
	return errs
}

// TestNesterovIsQuadratic: with a momentum of (t-1)/(t+2) the error of Nesterov's
// method stays below 2 D^2/(rate t^2), D being the way to the bottom, on a flat
// bottom and on his own worst case; there descent stays below D^2/(2 rate t), and
// its error times t^2 grows.
func TestNesterovIsQuadratic(t *testing.T) {
	const steps = 100
	within := func(what string, errs []float64, bound, power float64) {
		for k, e := range errs {
			if limit := bound / math.Pow(float64(k+1), power); e > limit {
				t.Fatalf("%s, step %d: %v above the bottom, more than %v", what, k+1, e, limit)
			}
		}
	}
	n, step := quartic(Nesterov, Settings{Rate: 1.0 / 12}, 1) // curvature 12 at most
	within("w^4", follow(n, step, steps, 0, true), 2*12, 2)

	// The chain's bottom is 1 - i/41 at weight i: each of 41 links is stretched by 1/41.
	way2, rate := 0.0, 0.25
	for i := 1; i <= 40; i++ {
		way2 += math.Pow(1-float64(i)/41, 2)
	}
	n, step = chained(Nesterov, Settings{Rate: float32(rate)})
	fast := follow(n, step, steps, 0.5/41, true)
	n, step = chained(SGD, Settings{Rate: float32(rate)})
	slow := follow(n, step, steps, 0.5/41, false)
	within("chain, Nesterov", fast, 2*way2/rate, 2)
	within("chain, descent", slow, way2/(2*rate), 1)
	if grown := 4 * slow[steps-1] / slow[steps/2-1]; grown < 2 || fast[steps-1] > slow[steps-1]/20 {
		t.Errorf("after %d steps %.3g, descent %.3g; its error times t^2 has grown by %.2f", steps, fast[steps-1], slow[steps-1], grown)
	}
}

// TestLookingAheadDamps: across the ravine, at the same rate and momentum,
// Nesterov's weight swings over the bottom less often than the heavy ball's
// before it is within a hundredth, in the papers' and the slide's forms. (Counted
// to the end it may cross more often, at swings that are next to nothing: where
// rate times curvature is above 0.21, with a momentum of 0.9.)
func TestLookingAheadDamps(t *testing.T) {
	for _, c := range []struct {
		ball, ahead Method
		share       float32 // of the slide's rate that counts
	}{{Momentum, Nesterov, 1}, {SlideMomentum, SlideNesterov, 0.1}} {
		for _, rate := range []float32{0.001, 0.003, 0.009} {
			ball, slow := swings(c.ball, rate/c.share)
			ahead, quick := swings(c.ahead, rate/c.share)
			if ahead >= ball || quick >= slow {
				t.Errorf("rate %v: %s crosses %d times in %d steps, %s %d times in %d", rate, MethodNames[c.ahead], ahead, quick, MethodNames[c.ball], ball, slow)
			}
		}
	}
}

// swings counts how often a weight crosses its bottom before it stays within a
// hundredth of where it began, and after how many steps it does.
func swings(m Method, rate float32) (crossings, steps int) {
	s, w, count := makeSingle(m, Settings{Rate: rate, Mu: 0.9}, 1, 100, 0), 1.0, 0
	for i := range 300 {
		next := s.next()
		if next*w < 0 {
			count++
		}
		if w = next; math.Abs(w) > 0.01 {
			crossings, steps = count, i+1
		}
	}
	return crossings, steps
}

// TestEpsilonInsideTheRoot: outside the root an epsilon of 1e-8 leaves a
// derivative of 1e-6 a step of the whole rate; inside, as on the slide, it holds
// the denominator above 1e-4, and the step is a hundredth of what it should be.
func TestEpsilonInsideTheRoot(t *testing.T) {
	set := Settings{Rate: 1.0 / 1024, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8}
	for _, c := range []struct {
		m          Method
		slope      float64
		want, near float64
	}{
		{Adam, 1e-6, 1, 0.02}, {Adam, 1, 1, 1e-3},
		{SlideAdam, 1, 1, 1e-3}, // m/(1-b1) is g, v/(1-b2) is g^2 at the first step
		{SlideAdam, 1e-6, 1e-6 / math.Sqrt(1e-12+1e-8), 1e-4},
	} {
		s := makeSingle(c.m, set, 0, 0, float32(c.slope))
		s.n.Params[0].W[0] = 0
		if got := -s.next() * 1024; math.Abs(got-c.want) > c.near {
			t.Errorf("%s, derivative %v: its first step is %v of the rate, want %v", MethodNames[c.m], c.slope, got, c.want)
		}
	}
}
