package tape

import (
	"math"
	"slices"
	"testing"

	"perceptarium/sim"
)

const byHandNet = `input 1
dense z 1
dense h 1
loss squared factor=0.5
train sgd rate=0.1`

// TestSlideClimbs: the lecture's example, started at weights of one half, falls
// with every update; with the slide's sign it climbs with every update until no
// number is large enough, as it does in float64, where that is at the twentieth.
func TestSlideClimbs(t *testing.T) {
	for _, c := range []struct {
		name string
		sign float64
	}{{"corrected", -1}, {"slide", 1}} {
		m := made(t, byHandNet, "x y\n1 1\n")
		turn(t, m, "slide", sim.Input{Ints: []int64{int64(c.sign+1) / 2}})
		w1, b1, w2, b2 := 0.5, 0.0, 0.5, 0.0
		turn(t, m, "z-w", sim.Input{Floats: []float32{0.5}})
		turn(t, m, "h-w", sim.Input{Floats: []float32{0.5}})
		before, overflow := math.NaN(), 0
		for k := 0; k < 40 && overflow == 0; k++ {
			z := w1 + b1
			h := w2*z + b2
			want := float64(0.5 * (h - 1) * (h - 1))
			if math.IsInf(want, 0) || math.IsNaN(want) {
				overflow = k
			}
			if !math.IsNaN(before) && (want > before) != (c.sign > 0) {
				t.Errorf("%s: after %d updates %v, before %v", c.name, k, want, before)
			}
			before = want
			if m.fault == 0 {
				for n := m.batches; m.batches == n && m.fault == 0; {
					m.Step()
				}
				if got := float64(m.loss); m.fault == 0 && want > 1e-6 && math.Abs(got/want-1) > 1e-3 {
					t.Errorf("%s: after %d updates the error is %v, want %v", c.name, k, got, want)
				}
			}
			d := c.sign * 0.1 * (h - 1)
			w1, b1, w2, b2 = w1+d*w2, b1+d*w2, w2+d*z, b2+d
			if k == 18 && c.sign > 0 && (want < 1e78 || want > 1e80) {
				t.Errorf("after 18 updates %v, want about 1e79", want)
			}
		}
		if climbs := c.sign > 0; (overflow == 20) != climbs || (m.fault != 0) != climbs {
			t.Errorf("%s: in float64 it overflows after %d updates; fault %d", c.name, overflow, m.fault)
		}
	}
}

// trained lists the passes after which each seed's net was solved; those that
// were not after so many are left out.
func trained(t *testing.T, net, data string, seeds, passes int) (solved []int) {
	t.Helper()
	m := made(t, net, data)
	for seed := range uint64(seeds) {
		m.Reset(seed)
		for m.solved == 0 && m.pass < int64(passes) {
			m.Step()
		}
		if m.solved > 0 {
			solved = append(solved, int(m.solved))
		}
	}
	slices.Sort(solved)
	return solved
}

func midmost(list []int) float64 {
	if len(list) == 0 {
		return math.Inf(1)
	}
	return float64(list[len(list)/2]+list[(len(list)-1)/2]) / 2
}

const xorTable = "a b y\n0 0 0\n0 1 1\n1 0 1\n1 1 0\n"

// TestXORWidths: the median of the passes falls with each doubling of the hidden
// units, by 15 to 40 on the average (Chauvin: 33); with two units some runs fail,
// with four or more none.
func TestXORWidths(t *testing.T) {
	if testing.Short() {
		t.Skip("long trainings: emulated processors replay them in golden")
	}
	const seeds = 40
	var at, medians []float64
	for _, width := range []string{"2", "4", "8", "16", "32"} {
		solved := trained(t, "input 2\ndense hidden "+width+` act=logistic init=uniform:0.5 bias=uniform:0.5
dense out 1 act=logistic init=uniform:0.5 bias=uniform:0.5
loss squared factor=0.5 tolerance=0.1
train momentum rate=0.5 momentum=0.9`, xorTable, seeds, 1000)
		at, medians = append(at, float64(len(at))), append(medians, midmost(solved))
		if failed := seeds - len(solved); (failed > 0) != (width == "2") || failed > seeds/4 {
			t.Errorf("%s hidden units: %d of %d fail", width, failed, seeds)
		}
	}
	slope := 0.0 // of the straight line through the medians
	for i, v := range medians {
		slope += (at[i] - 2) * v / 10
		if i > 0 && v >= medians[i-1] {
			t.Errorf("medians %v do not fall", medians)
		}
	}
	if slope < -40 || slope > -15 {
		t.Errorf("medians %v fall by %v with each doubling", medians, -slope)
	}
	t.Logf("medians %v, %.1f with each doubling", medians, slope)
}

// TestDirectLinks: one hidden unit and direct links learn it from every start; a
// median of about 302 passes with a momentum of 0.9 and 2,777 with none stand
// around the published 558.
func TestDirectLinks(t *testing.T) {
	if testing.Short() {
		t.Skip("long trainings: emulated processors replay them in golden")
	}
	const seeds = 20
	for momentum, want := range map[string]float64{"0.9": 302, "0": 2777} {
		solved := trained(t, `input 2
dense hidden 1 act=logistic init=uniform:0.5 bias=uniform:0.5
dense via 1 bias=no init=uniform:0.5
dense direct 1 from=input init=uniform:0.5 bias=uniform:0.5
add out via act=logistic
loss squared factor=0.5 tolerance=0.1
train momentum rate=0.5 momentum=`+momentum, xorTable, seeds, 10_000)
		if m := midmost(solved); len(solved) < seeds || math.Abs(m/want-1) > 0.1 {
			t.Errorf("momentum %s: %d of %d solved, median %v, want %v", momentum, len(solved), seeds, m, want)
		}
		t.Logf("momentum %s: %d solved, median %v", momentum, len(solved), midmost(solved))
	}
}

// TestEncoderOneByOne: the encoder takes some five times as long with one update
// for all eight patterns as with one after each. A prototype had medians of 494
// and 3,219 passes over 50 starts; over 300 they are 514 and 2,598 here.
func TestEncoderOneByOne(t *testing.T) {
	if testing.Short() {
		t.Skip("long trainings: emulated processors replay them in golden")
	}
	const seeds = 30
	for train, want := range map[string]float64{"batch=1": 494, "batch=8": 3219} {
		solved := trained(t, `input 8
dense h 3 act=logistic init=uniform:0.5 bias=uniform:0.5
dense out 8 act=logistic init=uniform:0.5 bias=uniform:0.5
loss squared factor=0.5 sum=yes tolerance=0.1
train momentum rate=0.25 momentum=0.9 `+train, drawnSet(t, "encoder"), seeds, 20_000)
		if m := midmost(solved); len(solved) < seeds-3 || math.Abs(m/want-1) > 0.25 {
			t.Errorf("%s: %d of %d solved, median %v, want %v", train, len(solved), seeds, m, want)
		}
		t.Logf("%s: %d of %d solved, median %v", train, len(solved), seeds, midmost(solved))
	}
}

// TestPlaygroundIsSolved: with the demo's own settings the circle is solved
// within 300 passes from each of thirty starts, in a median of about 52, and two
// clouds within 20; exclusive or from most in about as many, but one start in
// seven ends in a valley from which it is not.
func TestPlaygroundIsSolved(t *testing.T) {
	if testing.Short() {
		t.Skip("long trainings: emulated processors replay them in golden")
	}
	const seeds = 30
	for _, c := range []struct {
		data   string
		within int64
		least  int
		lo, hi float64 // the median
	}{{"circle", 300, seeds, 40, 65}, {"xor", 300, seeds * 2 / 3, 40, 75}, {"gauss", 20, seeds, 2, 6}} {
		m := made(t, demoNet, drawnSet(t, "playground-"+c.data))
		var passes []int
		for seed := range uint64(seeds) {
			m.Reset(seed)
			turn(t, m, "test-every", sim.Input{Ints: []int64{1}})
			for m.test.loss >= 0.05 && m.pass <= c.within {
				m.Step()
			}
			if m.pass <= c.within {
				passes = append(passes, int(m.pass))
			}
		}
		slices.Sort(passes)
		if med := midmost(passes); len(passes) < c.least || med < c.lo || med > c.hi {
			t.Errorf("%s: %d of %d solved, median %v", c.data, len(passes), seeds, med)
		}
		t.Logf("%s: %d of %d solved, median %v", c.data, len(passes), seeds, midmost(passes))
	}
}

// TestClipKeepsNumbers: a linear loop of 1.5 over fifty steps makes numbers that
// are none; with its derivatives clipped it keeps to numbers, and learns.
func TestClipKeepsNumbers(t *testing.T) {
	run := func(clip string) *Machine {
		m := made(t, `input 2 steps=50
recurrent memory 1 act=identity loop=1.5
last end
dense sum 1
loss squared
train sgd rate=0.01 batch=20 clip=`+clip, drawnSet(t, "adding"))
		for m.fault == 0 && m.batches < 400 {
			m.Step()
		}
		return m
	}
	if m := run("0"); m.fault == 0 {
		t.Errorf("without clipping the loss is %v", m.loss)
	}
	if m := run("1"); m.fault != 0 || m.loss > 1 {
		t.Errorf("clipped, the loss is %v, fault %d", m.loss, m.fault)
	}
}
