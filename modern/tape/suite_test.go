package tape

import (
	"math"
	"slices"
	"testing"

	"perceptarium/internal/dataset"
	"perceptarium/modern/examples"
	"perceptarium/sim"
)

// drawnSet is an encoded data set.
func drawnSet(t *testing.T, name string) string {
	t.Helper()
	recipe, err := dataset.FindRecipe(name)
	if err != nil {
		t.Fatal(err)
	}
	set, err := recipe.Make(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(examples.Encode(set))
}

const symmetryNet = `input 6
dense h 2 act=logistic init=uniform:0.3 bias=uniform:0.3
dense out 1 act=logistic init=uniform:0.3 bias=uniform:0.3
loss squared factor=0.5 sum=yes tolerance=0.2
train momentum rate=0.1 momentum=0.9 batch=64`

// TestSymmetry: every training of the net of 1986 that succeeds ends at weights
// that are equal and opposite about the middle, in the ratio 1:2:4 or 2:3:4,
// with negative biases of the hidden units and a positive one of the output; and
// what is not learned is answered with no throughout.
func TestSymmetry(t *testing.T) {
	if testing.Short() {
		t.Skip("long trainings: emulated processors replay them in golden")
	}
	m := made(t, symmetryNet, drawnSet(t, "symmetry"))
	kinds := map[string]int{}
	for seed := range uint64(24) {
		m.Reset(seed)
		for m.solved == 0 && m.pass < 10_000 {
			m.Step()
		}
		if m.solved == 0 {
			kinds["not learned"]++
			if e := m.last.loss * 64; math.Abs(float64(e)-4) > 0.05 {
				t.Errorf("seed %d: not learned, and the error is %v, want 4", seed, e)
			}
			continue
		}
		turn(t, m, "rate", sim.Input{Floats: []float32{0.05}})
		for until := m.pass + 3000; m.pass < until; {
			m.Step()
		}
		kinds[symmetryKind(t, m, seed)]++
	}
	if kinds["1:2:4"] < 10 || kinds["2:3:4"] < 2 || kinds["not learned"] < 1 || kinds["not learned"] > 8 {
		t.Errorf("of 24 trainings %v", kinds)
	}
}

func symmetryKind(t *testing.T, m *Machine, seed uint64) string {
	w, b, out := m.net.Param("h-w").W, m.net.Param("h-b").W, m.net.Param("out-b").W
	if b[0] >= 0 || b[1] >= 0 || out[0] <= 0 {
		t.Errorf("seed %d: biases %v and %v", seed, b, out)
	}
	var sizes []float64
	for i := range 3 {
		left, right := float64(w[2*i]), float64(w[2*(5-i)])
		if math.Abs(left+right) > 0.1*math.Abs(left) || math.Abs(left+float64(w[2*i+1])) > 0.1*math.Abs(left) {
			t.Errorf("seed %d: weights %v are not opposite about the middle, or the units no mirror images", seed, w)
		}
		sizes = append(sizes, math.Abs(left))
	}
	slices.Sort(sizes)
	for name, ratio := range map[string][2]float64{"1:2:4": {2, 4}, "2:3:4": {1.5, 2}} {
		if math.Abs(sizes[1]/sizes[0]/ratio[0]-1) < 0.1 && math.Abs(sizes[2]/sizes[0]/ratio[1]-1) < 0.1 {
			return name
		}
	}
	t.Errorf("seed %d: sizes %v are of no known kind", seed, sizes)
	return "unknown"
}

// TestEncoderCodes: the encoder is learned from every start, and all eight codes
// are told apart; few of them are binary throughout, and in about a quarter of
// the trainings, read as 0 or 1, two are the same.
func TestEncoderCodes(t *testing.T) {
	m := made(t, `input 8
dense h 3 act=logistic init=uniform:0.5 bias=uniform:0.5
dense out 8 act=logistic init=uniform:0.5 bias=uniform:0.5
loss squared factor=0.5 tolerance=0.1
train momentum rate=0.25 momentum=0.9`, drawnSet(t, "encoder"))
	between, distinct := 0, 0
	for seed := range uint64(20) {
		m.Reset(seed)
		for m.solved == 0 && m.pass < 4000 {
			m.Step()
		}
		codes, middle := codesOf(m)
		if m.solved == 0 {
			t.Errorf("seed %d is not learned", seed)
		}
		for i := range codes {
			for k := range i {
				if d := math.Hypot(math.Hypot(codes[i][0]-codes[k][0], codes[i][1]-codes[k][1]), codes[i][2]-codes[k][2]); d < 0.2 {
					t.Errorf("seed %d: patterns %d and %d have codes %v apart", seed, k, i, d)
				}
			}
		}
		if middle {
			between++
		}
		read := map[[3]bool]bool{}
		for _, c := range codes {
			read[[3]bool{c[0] >= 0.5, c[1] >= 0.5, c[2] >= 0.5}] = true
		}
		if len(read) == 8 {
			distinct++
		}
	}
	if between < 10 {
		t.Errorf("%d of 20 trainings use answers between 0.2 and 0.8, want most", between)
	}
	if distinct < 10 || distinct > 19 {
		t.Errorf("in %d of 20 trainings all codes differ when read as 0 or 1, want about three of four", distinct)
	}
	t.Logf("of 20 trainings %d have answers between 0.2 and 0.8, %d codes that differ as 0 and 1", between, distinct)
}

func codesOf(m *Machine) (codes [][3]float64, middle bool) {
	m.dial.learn, m.dial.next = false, 1
	for m.at != 0 {
		m.Step()
	}
	h := m.net.Value("h").Data
	for range 8 {
		for range 4 {
			m.Step()
		}
		codes = append(codes, [3]float64{float64(h[0]), float64(h[1]), float64(h[2])})
		middle = middle || slices.ContainsFunc(h[:3], func(v float32) bool { return v > 0.2 && v < 0.8 })
	}
	return codes, middle
}

const familyNet = `input 36
dense code 12 act=logistic init=uniform:1 bias=uniform:1 table=0-23*6/24-35*6
dense middle 12 act=logistic init=uniform:1 bias=uniform:1
dense person 6 act=logistic init=uniform:1 bias=uniform:1
dense out 24 act=logistic init=uniform:1 bias=uniform:1
loss squared factor=0.5 sum=yes margin=0.2
train momentum rate=0.05,0.1@20 momentum=0.5 shrink=0.001 batch=100`

// TestFamilyTrees: with the setting that works the hundred questions are
// learned, of those held out at least 35 % are answered, and a unit of the
// people's code tells the families apart, 0.75 and more in the mean.
func TestFamilyTrees(t *testing.T) {
	if testing.Short() {
		t.Skip("long trainings: emulated processors replay them in golden")
	}
	m := made(t, familyNet, drawnSet(t, "family-trees"))
	learned, held, told := 0, 0, 0.0
	const runs = 10
	for seed := range uint64(runs) {
		m.Reset(seed)
		for m.pass < 1500 {
			if m.pass == 20 {
				m.opt.Settings.Mu = 0.9
			}
			m.Step()
		}
		if m.solved > 0 {
			learned++
		}
		turn(t, m, "test", sim.Input{})
		for range len(m.steps) + 3*len(m.tests) {
			m.Step()
		}
		held += int(m.test.count - m.test.wrong)
		told += nationality(m) / runs
	}
	if learned < 9 || held < runs*4*35/100 || told < 0.75 {
		t.Errorf("%d of %d learned, %d of %d held out answered, the families told by %.2f", learned, runs, held, 4*runs, told)
	}
	t.Logf("%d of %d learned, %d of %d held out answered, the families told by %.2f", learned, runs, held, 4*runs, told)
}

// nationality is the best correlation of a unit of the code with the family.
func nationality(m *Machine) (best float64) {
	w := m.net.Param("code-w").W
	for unit := range 6 {
		var x, xx, xy float64
		for p := range 24 {
			v, side := float64(w[p*12+unit]), 1.0
			if p >= 12 {
				side = -1
			}
			x, xx, xy = x+v, xx+v*v, xy+v*side
		}
		best = max(best, math.Abs(xy)/math.Sqrt(24*(xx-x*x/24)))
	}
	return best
}
