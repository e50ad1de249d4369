package markone

import (
	"math"
	"testing"

	"perceptarium/sim/rng"
)

// always makes a Mark I whose association units are all active, with the motors
// of R1's source-set, units 0..63, as the test needs them.
func always(t *testing.T, turn ...any) *Machine {
	t.Helper()
	m := machine(t)
	stuck := make([]int64, Units)
	for i := range stuck {
		stuck[i] = unitStuck
	}
	set(t, m, "a-fault", stuck...)
	set(t, m, "mode", modeForced)
	for i := 0; i < len(turn); i += 2 {
		set(t, m, turn[i].(string), int64(turn[i+1].(int)))
	}
	return m
}

// pulse reinforces R1 once, up or down.
func pulse(t *testing.T, m *Machine, wanted int64) {
	t.Helper()
	setCell(t, m, "wanted", 0, wanted)
	press(t, m, "present")
	cycle(t, m)
}

func weight(t *testing.T, m *Machine, a int) int64 { return read(t, m, "weight")[a] }

// TestPulse watches wipers turn: 0.22 V in 30 ticks, the same in each.
func TestPulse(t *testing.T) {
	m := always(t)
	setCell(t, m, "wanted", 0, 1)
	press(t, m, "present")
	for m.phase != Reinforce {
		m.Step()
	}
	for n := int64(1); n <= 30; n++ {
		if got, want := weight(t, m, 5), microvoltsOf(n*1000); got != want {
			t.Fatalf("after %d ticks of the motor: %d uV, want %d", n, got, want)
		}
		if got := read(t, m, "turning")[0]; got != 64 {
			t.Fatalf("%d motors energised, want those of R1's 64 units", got)
		}
		m.Step()
	}
	cycle(t, m)
	if got := weight(t, m, 63); got != 220_000 {
		t.Errorf("a reinforcement gives %d uV, want 220000", got)
	}
	if got := weight(t, m, 64); got != 0 {
		t.Errorf("a unit of R2 got %d uV", got)
	}
	if got := read(t, m, "value")[0]; got != 1 {
		t.Errorf("value %d, want 1 reinforcement", got)
	}
}

func TestMotors(t *testing.T) {
	for _, c := range []struct {
		name   string
		turn   []any
		start  int64 // uV
		pulses []int64
		want   int64 // uV
	}{
		{"up", nil, 0, []int64{1, 1}, 440_000},
		{"down", nil, 0, []int64{0}, -220_000},
		{"end stop", nil, 10_900_000, []int64{1}, 11_000_000},
		{"end stop, and back", nil, 10_900_000, []int64{1, 0}, 10_780_000},
		{"the other stop", nil, -10_900_000, []int64{0}, -11_000_000},
		{"twice as slow", []any{"travel", 60_000}, 0, []int64{1}, 110_000},
		{"a long pulse", []any{"pulse", 3000}, 0, []int64{1}, 2_200_000},
		{"half a backlash is lost at first", []any{"backlash", 4}, 0, []int64{1}, 176_000},
		{"a whole one on the way back", []any{"backlash", 4}, 0, []int64{1, 1, 0}, 396_000 - 132_000},
		{"does not start on a short pulse", []any{"motor-start", 300}, 0, []int64{1, 1}, 0},
		{"starts late", []any{"motor-start", 100}, 0, []int64{1}, 146_667},
		{"in steps", []any{"detents", 100, "pulse", 150}, 0, []int64{1, 1, 1, 1}, 440_000},
		{"between steps", []any{"detents", 100, "pulse", 140}, 0, []int64{1}, 0},
		{"on a dead spot", []any{"dead-spot", 200}, 0, nil, 0},
	} {
		m := always(t, c.turn...)
		setCell(t, m, "weight", 9, c.start)
		for _, p := range c.pulses {
			pulse(t, m, p)
		}
		if got := weight(t, m, 9); abs64(got-c.want) > 1 {
			t.Errorf("%s: %d uV, want %d", c.name, got, c.want)
		}
	}
}

// TestDeadSpot turns one potentiometer through its whole travel: there is one
// place of the length that is set where the wiper has no contact.
func TestDeadSpot(t *testing.T) {
	m := machine(t)
	set(t, m, "dead-spot", 50)
	open, runs, was := 0, 0, false
	for v := int64(-11_000_000); v <= 11_000_000; v += 11_000 {
		setCell(t, m, "weight", 40, v)
		dead := weight(t, m, 40) == 0 && abs64(v) > 1000
		if dead {
			open++
		}
		if dead && !was {
			runs++
		}
		was = dead
	}
	if runs != 1 || open < 90 || open > 102 { // 50 of 1000 per mille are 100 of 2000 places
		t.Errorf("no contact at %d of 2001 places in %d stretches", open, runs)
	}
}

// TestSpread measures unequal motors, resistors and noise.
func TestSpread(t *testing.T) {
	m := always(t, "speed-spread", 100, "lift", 50)
	set(t, m, "wanted", 1, 1, 1, 1, 1, 1, 1, 1)
	pulse(t, m, 1)
	up := read(t, m, "weight")
	within(t, "speed", up, 220_000, 22_000*1.118) // sqrt(.10^2 + .05^2)

	m = always(t, "resistor-spread", 50)
	for r := range Responses {
		setCell(t, m, "weight", r*64, 1_100_000)
	}
	within(t, "resistors", read(t, m, "sum"), 1_100_000, 55_000)

	m = always(t, "wiper-noise", 20_000)
	var sums []int64
	for range 400 {
		var total, active [ResponsesMax]int64
		m.sample(&total, &active, &m.pots.noise)
		sums = append(sums, microvoltsOf(total[0]))
	}
	within(t, "noise of 64 wipers", sums, 0, 160_000)
}

// within holds mean and standard deviation of v against what is wanted, as far as
// so many values can tell: 5 standard errors.
func within(t *testing.T, what string, v []int64, mean, sigma float64) {
	t.Helper()
	sum, squares := 0.0, 0.0
	for _, x := range v {
		sum += float64(x)
		squares += float64(x) * float64(x)
	}
	n := float64(len(v))
	m := sum / n
	s := math.Sqrt(squares/n - m*m)
	if math.Abs(m-mean) > 5*sigma/math.Sqrt(n) || math.Abs(s-sigma) > 5*sigma/math.Sqrt(2*n) {
		t.Errorf("%s: mean %.0f, deviation %.0f, want %.0f and %.0f", what, m, s, mean, sigma)
	}
}

// TestZero runs the values to the centre, to stored and to random settings.
func TestZero(t *testing.T) {
	m := machine(t)
	set(t, m, "scatter-width", 500)
	press(t, m, "scatter")
	cycle(t, m)
	scattered := read(t, m, "weight")
	within(t, "scattered", scattered, 0, 5_500_000/math.Sqrt(3))
	press(t, m, "store")
	press(t, m, "zero")
	from := m.now
	cycle(t, m)
	if ticks := m.now - from; ticks < 600 || ticks > 760 {
		t.Errorf("zeroing from half the half travel took %d ticks, want about 750", ticks)
	}
	for a, v := range read(t, m, "weight") {
		if v != 0 {
			t.Fatalf("zeroed, yet wiper %d stands at %d uV", a, v)
		}
	}
	press(t, m, "recall")
	cycle(t, m)
	for a, v := range read(t, m, "weight") {
		if v != scattered[a] {
			t.Fatalf("recalled, yet wiper %d stands at %d uV, not %d", a, v, scattered[a])
		}
	}
	set(t, m, "zero-spread", 5)
	press(t, m, "zero")
	cycle(t, m)
	within(t, "zeroed with 0.5 % of the travel left", read(t, m, "weight"), 0, 110_000)
}

// TestDecay loses 0.5 % of each value in each cycle, by motors.
func TestDecay(t *testing.T) {
	m := machine(t)
	set(t, m, "decay", 5000)
	setCell(t, m, "weight", 3, 10_000_000)
	setCell(t, m, "weight", 4, -2_200_000)
	press(t, m, "present")
	for m.phase != Remove {
		m.Step()
	}
	if got := read(t, m, "turning")[0]; got != 2 {
		t.Errorf("%d motors run back, want 2", got)
	}
	cycle(t, m)
	if a, b := weight(t, m, 3), weight(t, m, 4); abs64(a-9_950_000) > 10 || abs64(b+2_189_000) > 10 {
		t.Errorf("decayed to %d and %d uV, want 9950000 and -2189000", a, b)
	}
}

// TestJam jams motors while they run.
func TestJam(t *testing.T) {
	m := always(t)
	setCell(t, m, "pot-fault", 1, potJammed)
	setCell(t, m, "weight", 2, 500_000)
	setCell(t, m, "pot-fault", 2, potOpen)
	pulse(t, m, 1)
	if a, b, c := weight(t, m, 0), weight(t, m, 1), weight(t, m, 2); a != 220_000 || b != 0 || c != 0 {
		t.Errorf("sound, jammed and open: %d, %d, %d uV", a, b, c)
	}
	setCell(t, m, "weight", 5, 5_000_000)
	press(t, m, "zero")
	for range 100 {
		m.Step()
	}
	setCell(t, m, "pot-fault", 5, potJammed)
	cycle(t, m)
	if v := weight(t, m, 5); v < 4_000_000 {
		t.Errorf("jammed on its way, yet it came to %d uV", v)
	}
	press(t, m, "repair")
	press(t, m, "zero")
	cycle(t, m)
	if a, b, c := weight(t, m, 1), weight(t, m, 2), weight(t, m, 5); a != 0 || b != 0 || c != 0 {
		t.Errorf("repaired and zeroed: %d, %d, %d uV", a, b, c)
	}
}

// TestSystems holds the totals of section 5.2: alpha gains N_ar, beta its
// constant feed, gamma nothing.
func TestSystems(t *testing.T) {
	st := rng.New(1958).Stream("cards")
	for _, words := range [][]string{nil, {"personality", "theory-1958", "units", "512", "responses", "8"}} {
		for _, c := range []struct {
			name   string
			system int64
			gains  func(active, pulses int64) int64 // in units of reinforcement
			slack  Arc
		}{
			{"alpha", systemAlpha, func(active, _ int64) int64 { return active }, 0},
			{"beta", systemBeta, func(_, pulses int64) int64 { return 8 * pulses }, 64},
			{"gamma", systemGamma, func(_, _ int64) int64 { return 0 }, 64},
		} {
			m := machine(t, words...)
			set(t, m, "mode", modeForced)
			set(t, m, "system", c.system)
			set(t, m, "theta", 1)
			set(t, m, "wanted", 1, -1, -1, -1, -1, -1, -1, -1)
			active, pulses := int64(0), int64(0)
			for range 20 {
				set(t, m, "retina", card(&st, 200)...)
				for m.phase != Reinforce {
					m.Step()
				}
				active += read(t, m, "active")[0]
				pulses++
				cycle(t, m)
			}
			total := Arc(0)
			for _, v := range m.pots.shaft[:64] {
				total += v
			}
			step := m.stepArcs()
			if off := abs64(total - c.gains(active, pulses)*step); off > c.slack*step {
				t.Errorf("%s, %v: a source-set holds %d Arcs more than it should", c.name, words, off)
			}
			if c.system == systemGamma && abs64(total) > 64*1000*2 && m.build.motors() {
				t.Errorf("gamma: the total moved by %d Arcs: more than one tick of the whole set", total)
			}
		}
	}
}
