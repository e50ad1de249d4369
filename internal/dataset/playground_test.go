package dataset

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"
)

var playgrounds = []string{"circle", "xor", "gauss", "spiral", "plane", "multi-gauss"}

func play(t testing.TB, name string, count, noise int, seed uint64) *Points {
	t.Helper()
	p, err := Playground(name, count, noise, seed)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPlaygroundIsPinned(t *testing.T) {
	var b strings.Builder
	for _, name := range playgrounds {
		for _, noise := range []int{0, 25} {
			p := play(t, name, 500, noise, 2016)
			h := sha256.New()
			for _, list := range [][]float32{p.X, p.Y} {
				for _, v := range list {
					h.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
				}
			}
			fmt.Fprintf(&b, "%-12s noise %2d  %x\n", name, noise, h.Sum(nil)[:8])
		}
	}
	golden(t, "playground", b.String())
}

// wantLabel is the label of a point without noise, in float64.
func wantLabel(name string, x, y float64) float64 {
	switch name {
	case "circle":
		if math.Hypot(x, y) < 2.5 {
			return 1
		}
		return -1
	case "xor":
		return math.Copysign(1, x*y)
	case "plane":
		return (x + y) / 10
	}
	best := 0.0
	for i, c := range [][3]float64{{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}} {
		h := c[2] * math.Max(0, 1-math.Hypot(x-c[0], y-c[1])/2)
		if i == 0 || math.Abs(h) > math.Abs(best) {
			best = h
		}
	}
	return best
}

func TestPlaygroundLabels(t *testing.T) {
	for _, name := range []string{"circle", "xor", "plane", "multi-gauss"} {
		p := play(t, name, 2000, 0, 3)
		for i, label := range p.Y {
			x, y := float64(p.X[2*i]), float64(p.X[2*i+1])
			if want := wantLabel(name, x, y); math.Abs(float64(label)-want) > 1e-6 {
				t.Errorf("%s: %g, %g has label %g, want %g", name, x, y, label, want)
			}
			r := math.Hypot(x, y)
			switch {
			case name == "circle" && (r > 2.5 && r < 3.5 || r > 5.00001),
				name == "xor" && (math.Min(math.Abs(x), math.Abs(y)) < 0.3 || math.Max(math.Abs(x), math.Abs(y)) > 5.3001),
				math.Max(math.Abs(x), math.Abs(y)) > 6:
				t.Errorf("%s: a point at %g, %g", name, x, y)
			}
		}
	}
}

func TestPlaygroundSpiral(t *testing.T) {
	for i, p := 0, play(t, "spiral", 500, 0, 3); i < p.Len(); i++ {
		x, y := float64(p.X[2*i]), float64(p.X[2*i+1])
		r := math.Hypot(x, y)
		angle := 1.75 * r / 5 * 2 * math.Pi
		if p.Y[i] < 0 {
			angle += math.Pi
		}
		if d := math.Hypot(x-r*math.Sin(angle), y-r*math.Cos(angle)); d > 2e-5 {
			t.Errorf("%g, %g lies %g beside its spiral", x, y, d)
		}
	}
}

func TestPlaygroundGauss(t *testing.T) {
	for _, r := range []struct {
		noise    int
		variance float64
	}{{0, 0.5}, {50, 4}} {
		p := play(t, "gauss", 40_000, r.noise, 3)
		var mean, square float64
		for i, label := range p.Y {
			for _, v := range p.X[2*i : 2*i+2] {
				d := float64(v*label) - 2 // the two classes are mirror images
				mean += d / 80_000
				square += d * d / 80_000
			}
		}
		if math.Abs(mean) > 0.02*math.Sqrt(r.variance) || math.Abs(square/r.variance-1) > 0.03 {
			t.Errorf("noise %d: mean %.4f from the centre, variance %.3f, want %.1f", r.noise, mean, square, r.variance)
		}
	}
}

// TestPlaygroundNoise: noise changes labels and not places, but those of the
// spiral.
func TestPlaygroundNoise(t *testing.T) {
	for _, name := range []string{"circle", "xor", "plane", "multi-gauss", "spiral"} {
		clean, noisy := play(t, name, 400, 0, 8), play(t, name, 400, 50, 8)
		moved, changed := 0, 0
		for i := range clean.Y {
			if clean.X[2*i] != noisy.X[2*i] || clean.X[2*i+1] != noisy.X[2*i+1] {
				moved++
			}
			if clean.Y[i] != noisy.Y[i] {
				changed++
			}
		}
		if spiral := name == "spiral"; (moved > 0) != spiral || (changed > 0) == spiral {
			t.Errorf("%s: %d moved, %d changed their label", name, moved, changed)
		}
	}
}

func TestPlaygroundRefuses(t *testing.T) {
	for _, r := range []struct {
		name         string
		count, noise int
		want         string
	}{
		{"spirale", 500, 0, `no set of the playground "spirale"; did you mean "spiral"? (valid: circle, xor, gauss, spiral, plane, multi-gauss)`},
		{"xor", 501, 0, "501 examples; want an even number"},
		{"xor", 0, 0, "half the examples of 0; want 1..500000"},
		{"xor", 500, 51, "noise in percent of 51; want 0..50"},
	} {
		if p, err := Playground(r.name, r.count, r.noise, 1); err == nil || err.Error() != r.want || p != nil {
			t.Errorf("got %v, want %s", err, r.want)
		}
	}
	p := play(t, "xor", 10, 0, 1)
	if a, b, err := p.Cut(55); err != nil || a.Len() != 5 || b.Len() != 5 || len(a.X) != 10 || &b.Y[0] != &p.Y[5] {
		t.Errorf("cut: %v", err)
	}
	if _, _, err := p.Cut(101); err == nil {
		t.Error("a cut of 101 percent")
	}
}
