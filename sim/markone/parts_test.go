package markone

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"perceptarium/sim/rng"
)

// TestFixed holds the fixed-point functions against exact ones.
func TestFixed(t *testing.T) {
	root := big.NewFloat(.5).SetPrec(200)
	for i, got := range roots32 {
		root.Sqrt(root)
		scaled := new(big.Float).SetMantExp(root, 32)
		want, _ := scaled.Add(scaled, big.NewFloat(.5)).Int(nil)
		if got != want.Uint64() {
			t.Errorf("root %d is %d, want %d", i, got, want)
		}
	}
	f := newFader()
	for x := 0.0; x < 34; x += 0.0137 {
		q := uint64(x * one32)
		want := math.Exp2(-x) * one30
		if got := float64(exp2neg(q)); math.Abs(got-want) > 60 {
			t.Errorf("2^-%.4f: %.0f, want %.1f", x, got, want)
		}
		if got := float64(f.share(q)); math.Abs(got-want) > 60 {
			t.Errorf("2^-%.4f by tables: %.0f, want %.1f", x, got, want)
		}
	}
	for v := uint64(1); v < 1<<40; v = v*3/2 + 1 {
		if got, want := float64(log2of(v))/one32, math.Log2(float64(v)); math.Abs(got-want) > 1e-8 {
			t.Errorf("log2(%d): %.10f, want %.10f", v, got, want)
		}
		if got, want := isqrt(v), uint64(math.Sqrt(float64(v))); got != want {
			t.Errorf("isqrt(%d) = %d, want %d", v, got, want)
		}
	}
	if isqrt(0) != 0 || divide(-5, 2) != -3 || divide(5, 2) != 3 || ceilDiv(-500, 1000) != 0 || ceilDiv(1500, 1000) != 2 {
		t.Error("whole numbers round wrong")
	}
}

// TestDeviates measures normal and Poisson deviates.
func TestDeviates(t *testing.T) {
	st := rng.New(9).Stream("deviates")
	var v []int64
	for range 20_000 {
		v = append(v, normal(&st))
	}
	within(t, "normal", v, 0, one16)
	for _, mean := range []int{0, 1, 5, 40} {
		v = v[:0]
		for range 20_000 {
			v = append(v, int64(poisson(&st, mean)))
		}
		within(t, "poisson", v, float64(mean), math.Sqrt(float64(mean)))
	}
}

// settled shows one card to a machine and returns its 400 lamps.
func settled(t *testing.T, m *Machine, levels []int64) []int64 {
	t.Helper()
	set(t, m, "automatic", 0)
	set(t, m, "retina", levels...)
	press(t, m, "present")
	for range 400 {
		m.Step()
	}
	return read(t, m, "s-unit")
}

func even(level int64) []int64 {
	c := make([]int64, Points)
	for i := range c {
		c[i] = level
	}
	return c
}

func lamps(v []int64) (n int) {
	for _, x := range v {
		n += int(x)
	}
	return n
}

// TestRetina lights the whole field evenly.
func TestRetina(t *testing.T) {
	for _, c := range []struct {
		name   string
		turn   []any
		level  int64
		lo, hi int
	}{
		{"just above grey", nil, 129, 400, 400},
		{"grey", nil, 128, 0, 0},
		{"another grey", []any{"grey", 40}, 41, 400, 400},
		{"within the hysteresis", []any{"hysteresis", 100}, 133, 0, 0},
		{"above it", []any{"hysteresis", 100}, 140, 400, 400},
		{"sensitivities spread, at the threshold", []any{"cell-spread", 150}, 128, 160, 240},
		{"sensitivities spread, 1 sigma above", []any{"cell-spread", 150}, 152, 320, 352},
		{"dim corners", []any{"vignette", 500}, 200, 150, 390},
		{"dark is active", []any{"polarity", darkActive}, 50, 400, 400},
		{"cells lost", []any{"cells-lost", 250}, 255, 300, 300},
		{"dim light", nil, 10, 0, 0},
	} {
		m := machine(t)
		for i := 0; i < len(c.turn); i += 2 {
			set(t, m, c.turn[i].(string), int64(c.turn[i+1].(int)))
		}
		if n := lamps(settled(t, m, even(c.level))); n < c.lo || n > c.hi {
			t.Errorf("%s: %d lamps, want %d..%d", c.name, n, c.lo, c.hi)
		}
	}
	m := machine(t)
	setCell(t, m, "cell-fault", 0, cellDark)
	setCell(t, m, "cell-fault", 1, cellLit)
	setCell(t, m, "cell-fault", 2, cellWeak)
	if got := settled(t, m, even(200)); !slices.Equal(got[:4], []int64{0, 1, 0, 1}) {
		t.Errorf("dark, lit, weak, sound under bright light: %v", got[:4])
	}
	press(t, m, "repair")
	for range 100 {
		m.Step()
	}
	if n := lamps(read(t, m, "s-unit")); n != Points {
		t.Errorf("repaired: %d lamps", n)
	}
}

// TestConductance follows one cell: e^-t/tau, slower as it falls and in dim
// light.
func TestConductance(t *testing.T) {
	m := machine(t)
	set(t, m, "automatic", 0)
	set(t, m, "retina", even(LevelMax)...)
	press(t, m, "present")
	m.Step()
	for n := 0; n < 60; n++ {
		want := 1e6 - 990_000*math.Exp(-float64(n)*10/60)
		if got := float64(read(t, m, "conductance")[7]); math.Abs(got-want) > 2 {
			t.Fatalf("%d ms of light: %.0f, want %.0f", n*10, got, want)
		}
		m.Step()
	}
	from := float64(read(t, m, "conductance")[7])
	press(t, m, "remove")
	m.Step()
	for n := 1; n < 200; n++ {
		m.Step()
		want := 10_000 + (from-10_000)*math.Exp(-float64(n+1)*10/300)
		if got := float64(read(t, m, "conductance")[7]); math.Abs(got-want) > 40_000 {
			t.Fatalf("%d ms of darkness: %.0f, want about %.0f", n*10, got, want)
		}
	}
}

// TestDecide is the table of what a response does.
func TestDecide(t *testing.T) {
	for _, c := range []struct {
		name          string
		j             judgement
		total, active []int64
		samples       int64
		state, want   uint64
	}{
		{"signs", judgement{zone: 10}, []int64{11, -11, 10, -10, 10, -10}, []int64{1, 1, 1, 1, 1, 1}, 1, 0b001110, 0b001101},
		{"a mean signal over samples", judgement{zone: 10}, []int64{31, 30, -31}, []int64{1, 1, 1}, 3, 0b100, 0b001},
		{"a mean network", judgement{mean: true, zone: 10}, []int64{41, 40, 0}, []int64{4, 4, 0}, 1, 0b100, 0b101},
		{"exclusion", judgement{exclusion: true}, []int64{5, 9, 7}, []int64{1, 3, 1}, 1, 0b001, 0b010},
		{"exclusion of means", judgement{mean: true, exclusion: true}, []int64{5, 9, 7}, []int64{1, 3, 1}, 1, 0b001, 0b100},
		{"a tie holds", judgement{exclusion: true}, []int64{9, 9, 7}, []int64{1, 1, 1}, 1, 0b100, 0b100},
		{"a tie below the lead", judgement{exclusion: true}, []int64{7, 7, 9}, []int64{1, 1, 1}, 1, 0b001, 0b100},
		{"all negative holds", judgement{exclusion: true}, []int64{-7, -9, -8}, []int64{1, 1, 1}, 1, 0b010, 0b010},
	} {
		r := responses{units: len(c.total), of: make([]uint8, len(c.total)), state: c.state}
		for i := range r.of {
			r.of[i] = uint8(i)
		}
		r.trim(&[settings]int64{})
		var total, active [ResponsesMax]int64
		copy(total[:], c.total)
		copy(active[:], c.active)
		if got := r.decide(c.j, &total, c.samples, &active); got != c.want {
			t.Errorf("%s: %06b, want %06b", c.name, got, c.want)
		}
	}
}

// TestResponseFaults sticks responses, and takes a source-set away.
func TestResponseFaults(t *testing.T) {
	m := machine(t)
	for r, f := range []int64{responseStuckOff, responseStuckOn} {
		setCell(t, m, "r-fault", r, f)
		if got := read(t, m, "response")[r]; got != int64(r) {
			t.Errorf("R%d stuck at %d shows %d", r+1, r, got)
		}
	}
	set(t, m, "assignment", 1)
	if got := read(t, m, "response"); got[5]+got[6]+got[7] != 0 {
		t.Errorf("responses without a source-set show %v", got[5:])
	}
	sets := read(t, m, "source-set")
	if sets[0] != 1 || sets[509] != 5 || sets[510] != 0 {
		t.Errorf("5 x 102: units 0, 509, 510 feed %d, %d, %d", sets[0], sets[509], sets[510])
	}
	setCell(t, m, "source-set", 510, 8)
	if got := read(t, m, "assignment")[0]; assignmentNames[got] != "free" {
		t.Errorf("reassigned by hand, yet %s", assignmentNames[got])
	}
}

// TestLesion kills units: more of them, the same ones first, and none repaired.
func TestLesion(t *testing.T) {
	m := machine(t)
	var last []int64
	for _, c := range []struct{ permille, dead int64 }{{100, 51}, {250, 128}, {1000, 512}, {0, 0}} {
		set(t, m, "lesion", c.permille)
		dead := int64(0)
		need := read(t, m, "threshold")
		for a, n := range need {
			if n == neverActive {
				dead++
			} else if c.permille > 0 && last != nil && last[a] == neverActive {
				t.Fatalf("unit %d is alive again at %d per mille", a, c.permille)
			}
		}
		if dead != c.dead {
			t.Errorf("%d per mille: %d dead, want %d", c.permille, dead, c.dead)
		}
		last = need
	}
}

// TestDrift lets one threshold wander.
func TestDrift(t *testing.T) {
	m := machine(t)
	setCell(t, m, "a-fault", 17, unitDrifting)
	set(t, m, "drift-step", 1000)
	seen := map[int64]bool{}
	for range 5000 {
		m.Step()
		need := read(t, m, "threshold")
		seen[need[17]] = true
		if need[16] != 2 {
			t.Fatal("a sound unit drifts too")
		}
	}
	if len(seen) < 5 {
		t.Errorf("50 steps of a random walk: thresholds %v", seen)
	}
	press(t, m, "repair")
	if need := read(t, m, "threshold")[17]; need != 2 {
		t.Errorf("repaired, yet it needs %d", need)
	}
}

// TestContinuous corrects until the response flips: in one presentation.
func TestContinuous(t *testing.T) {
	m := machine(t)
	st := rng.New(3).Stream("card")
	set(t, m, "retina", card(&st, 300)...)
	cycle(t, m)
	set(t, m, "correction", continuous)
	for a := range Units {
		setCell(t, m, "weight", a, -600_000)
	}
	set(t, m, "wanted", 1, 1, 1, 1, 1, 1, 1, 1)
	press(t, m, "present")
	got := phasesOf(t, m)
	last := got[len(got)-1]
	if m.Response() != 255 || last.phase != Reinforce || last.ticks < 82 || last.ticks > 90 {
		t.Errorf("responses %08b after %v; -0.6 V takes 82 ticks of the motors to 0", m.Response(), got)
	}
	press(t, m, "present")
	cycle(t, m)
	if !m.score.right {
		t.Error("shown again, it is wrong again")
	}
}

// TestRandomSign changes each active unit by one pulse, up or down.
func TestRandomSign(t *testing.T) {
	m := always(t, "correction", randomSign)
	pulse(t, m, 1)
	up, down := 0, 0
	for _, v := range read(t, m, "weight")[:64] {
		switch v {
		case 220_000:
			up++
		case -220_000:
			down++
		}
	}
	if up+down != 64 || up < 16 || down < 16 {
		t.Errorf("%d up, %d down of 64", up, down)
	}
}

// TestGate shuts out the units of the other responses while one is reinforced.
func TestGate(t *testing.T) {
	m := always(t, "feedback", feedbackGate)
	set(t, m, "wanted", 1, 0, -1, -1, -1, -1, -1, -1)
	press(t, m, "present")
	for m.phase != Reinforce {
		m.Step()
	}
	lit := read(t, m, "a-unit")
	if lamps(lit[:64]) != 64 || lamps(lit[64:]) != 0 {
		t.Errorf("%d units of R1 are active, %d others", lamps(lit[:64]), lamps(lit[64:]))
	}
	cycle(t, m)
	if a, b := weight(t, m, 0), weight(t, m, 64); a != 220_000 || b != 0 {
		t.Errorf("R1's value %d uV, R2's %d", a, b)
	}
}

func TestSlots(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  string
	}{
		{[]string{"personality", "mark-two"}, `markone: personality cannot be "mark-two"; did you mean "mark-one"?`},
		{[]string{"units", "513"}, "markone: units: the Mark I has 512 association units"},
		{[]string{"responses", "9"}, "markone: responses: the Mark I has 8"},
		{[]string{"personality", "ibm-704", "units", "1001"}, `markone: units takes a whole number in 1..1000, not "1001"`},
		{[]string{"personality", "ibm-704", "components", "period"}, "a machine on paper has none"},
		{[]string{"personality", "ibm-704", "clock", "5"}, "no clock of its own"},
		{[]string{"personality", "ibm-704", "units", "3", "responses", "4"}, "at least as many association units"},
		{[]string{"clock", "0"}, "clock takes a whole number in 1..20"},
		{[]string{"x", "five"}, `x takes a whole number in 0..64, not "five"`},
		{[]string{"x", "16", "y", "16"}, "need 16384 outlets; the board has 400 x 40 = 16000"},
		{[]string{"x", "16", "y", "15", "outlets", "20+20"}, "400 x 20 = 8000 of each"},
		{[]string{"wiring", "gaussian", "radius", "0"}, "radius takes a whole number"},
		{[]string{"plugboard", "mine"}, "mine:1: no plugboard"},
	} {
		_, err := Make(env(c.words...))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.words, err, c.want)
		}
	}
	for _, s := range Slots() {
		for _, w := range s.Words {
			if _, err := Make(env(personalityWord, PersonalityNames[0], s.Key, w)); err != nil && s.Key != personalityWord {
				t.Errorf("%s=%s: %v", s.Key, w, err)
			}
		}
	}
}

// TestPersonalities counts what each machine is made of.
func TestPersonalities(t *testing.T) {
	for _, c := range []struct {
		words            []string
		units, responses int
		plugs            int64
	}{
		{nil, 512, 8, 5120},
		{[]string{"x", "16", "y", "15"}, 512, 8, 512 * 31},
		{[]string{"personality", "photoperceptron-1957"}, 64, 2, 640},
		{[]string{"personality", "theory-1958", "units", "1000", "x", "10", "y", "0"}, 1000, 2, 10_000},
		{[]string{"personality", "ibm-704"}, 1000, 1, 10_000},
	} {
		m := machine(t, c.words...)
		if m.build.units != c.units || m.build.responses != c.responses || read(t, m, "plugs")[0] != c.plugs {
			t.Errorf("%v: %d units, %d responses, %d plugs", c.words, m.build.units, m.build.responses, read(t, m, "plugs")[0])
		}
		if n := len(read(t, m, "a-unit")); n != c.units {
			t.Errorf("%v: %d lamps", c.words, n)
		}
	}
}
