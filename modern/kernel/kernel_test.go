package kernel

import (
	"math"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if err := Force(os.Getenv("PERCEPTARIUM_KERNEL")); err != nil {
		println(err.Error())
		os.Exit(2)
	}
	os.Exit(m.Run())
}

// draw is a small generator of test values: fixed, and the same everywhere.
type draw struct{ state uint64 }

func (d *draw) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (d *draw) below(n int) int { return int(d.next() % uint64(n)) }

// pick returns one of the choices.
func pick[T any](d *draw, choices ...T) T { return choices[d.below(len(choices))] }

// flavour says what kind of values a slice is filled with.
type flavour int

const (
	plain    flavour = iota // in -2..2
	tiny                    // such that products and sums are subnormal
	edges                   // with zeros of both signs, subnormal numbers, the greatest numbers
	infinite                // edges, with infinities and NaN
	flavours
)

var negInf = float32(math.Inf(-1))

var edgeValues = []float32{0, float32(math.Copysign(0, -1)), 0x1p-149, -0x1p-149, 0x1p-126, -0x1.fffffcp-127, math.MaxFloat32, -math.MaxFloat32, 1, -1}

func (d *draw) value(f flavour) float32 {
	u := d.next()
	x := float32(int64(u)>>38) * 0x1p-24
	switch {
	case f == tiny:
		return x * 0x1p-72
	case f >= edges && u&7 == 0:
		return pick(d, edgeValues...)
	case f == infinite && u&31 == 1:
		return pick(d, -negInf, negInf, float32(math.NaN()))
	}
	return x
}

// guardValue stands around every slice of a test; no kernel makes it.
const guardValue = -54321.125

// buffer is a slice v between guard values, in the middle of all.
type buffer struct{ all, v []float32 }

// slice returns n values of that flavour between guards, up to 7 elements away
// from an aligned place.
func (d *draw) slice(n int, f flavour) buffer {
	const margin = 24
	from := margin + d.below(8)
	all := make([]float32, from+n+margin)
	fill(all, guardValue)
	b := buffer{all, all[from : from+n : from+n]}
	for i := range b.v {
		b.v[i] = d.value(f)
	}
	return b
}

func (b buffer) clone() buffer {
	all := append([]float32(nil), b.all...)
	from := 0
	for from < len(b.all) && len(b.v) > 0 && &b.all[from] != &b.v[0] {
		from++
	}
	return buffer{all, all[from : from+len(b.v)]}
}

// diff returns the first place where a and b differ in their bits; any NaN is
// like any other.
func diff(a, b []float32) int {
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) && (a[i] == a[i] || b[i] == b[i]) {
			return i
		}
	}
	return -1
}

var workerCounts = []int{1, 2, 3, 8}

// agree runs a kernel under every implementation, each from the same buffers,
// and holds what it wrote against the portable one, guards included.
func agree(t *testing.T, workers int, buffers []buffer, run func(v [][]float32)) {
	t.Helper()
	used := active
	defer func() {
		active = used
		SetWorkers(0)
	}()
	var want []buffer
	for k := range rows {
		if !rows[k].Available {
			continue
		}
		active = kind(k)
		SetWorkers(workers)
		got := make([]buffer, len(buffers))
		v := make([][]float32, len(buffers))
		for i, b := range buffers {
			got[i] = b.clone()
			v[i] = got[i].v
		}
		run(v)
		if k == int(portable) {
			want = got
			continue
		}
		for i := range got {
			if at := diff(got[i].all, want[i].all); at >= 0 {
				t.Fatalf("%s with %d workers: buffer %d (%d elements) at %d: %x, portable %x",
					rows[k].Name, workers, i, len(got[i].v), at-(len(got[i].all)-len(got[i].v))/2, got[i].all[at], want[i].all[at])
			}
		}
	}
}

// setGrain makes work be shared out that is usually too small for it, and
// returns what undoes that.
func setGrain(n int) (undo func()) {
	elements, alone := elementsPart, aloneMax
	elementsPart, aloneMax = n, n
	return func() { elementsPart, aloneMax = elements, alone }
}
