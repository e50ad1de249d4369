package dataset

import (
	"io/fs"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

// ridgeUnit is 1 in the inputs of ridges.
const ridgeUnit = 1 << 12

// ridgesRecipe is a function of several numbers that is a sum of few waves, each
// along a direction of its own: what A. R. Barron's theorem of 1993 is about.
func ridgesRecipe(counts []Param) Recipe {
	return Recipe{"ridges", "numbers in -1..1; wanted is the mean of a few cosine waves, each along a direction of its own",
		append([]Param{
			countParam("inputs", "5", 1, 6, "numbers that go in"),
			countParam("waves", "4", 1, 64, "waves, each with its direction and phase"),
			countParam("frequency", "64", 1, 10_000, "of a wave, in hundredths of a turn to a length of 1"),
			countParam("degree", "0", 0, 6, "with more than 0, all products of Legendre polynomials up to that degree go in, in place of the numbers")},
			counts...), (*settings).ridges}
}

func (s *settings) ridges(fs.FS) (*examples.Set, error) {
	inputs, degree := int(s.num("inputs")), int(s.num("degree"))
	field := drawRidges(int(s.num("waves")), inputs, s.num("frequency")*turnMin/100, s.seed)
	powers := multiIndices(inputs, degree)
	width := inputs
	if degree > 0 {
		width = len(powers)
	}
	for _, name := range []string{"train", "test"} {
		if err := roomFor("ridges", int(s.num(name)), width); err != nil {
			return nil, err
		}
	}
	train := field.draw(int(s.num("train")), s.seed, powers)
	test := field.draw(int(s.num("test")), testSeed(s.seed), powers)
	return &examples.Set{Name: "ridges", Shape: []int{width}, Steps: 1, Outputs: 1, Train: train, Test: test}, nil
}

// ridges holds directions, in minutes of arc to a length of 1, and phases.
type ridges struct {
	inputs    int
	direction [][]int64
	phase     []int64
}

// drawRidges draws the directions evenly from the shell between 95 and 100
// hundredths of the frequency, given in minutes of arc.
func drawRidges(waves, inputs int, frequency int64, seed uint64) ridges {
	st := rng.New(seed).Stream("ridges.waves")
	r := ridges{inputs: inputs}
	for range waves {
		r.direction = append(r.direction, shell(&st, inputs, frequency))
		r.phase = append(r.phase, st.Below(turnMin))
	}
	return r
}

// shell draws places of a cube until one lies in the shell.
func shell(st *rng.Stream, inputs int, radius int64) []int64 {
	w := make([]int64, inputs)
	for {
		sum := int64(0)
		for i := range w {
			w[i] = st.Below(2*radius+1) - radius
			sum += w[i] * w[i]
		}
		if least := radius * 95 / 100; sum <= radius*radius && sum >= least*least {
			return w
		}
	}
}

// draw makes count examples.
func (r ridges) draw(count int, seed uint64, powers [][]int) examples.Part {
	st := rng.New(seed).Stream("ridges.places")
	p := examples.Part{N: count}
	x := make([]int64, r.inputs)
	for range count {
		for i := range x {
			x[i] = st.Below(2*ridgeUnit+1) - ridgeUnit
		}
		p.X = appendRow(p.X, x, powers)
		p.Y = append(p.Y, quotient(r.at(x), int64(len(r.phase))<<unitBits))
	}
	return p
}

// at is the sum of the waves at x, in 1/2^30.
func (r ridges) at(x []int64) (sum int64) {
	for k, w := range r.direction {
		angle := r.phase[k] * ridgeUnit
		for i, v := range x {
			angle += w[i] * v
		}
		_, cos := sinCos(angle / ridgeUnit)
		sum += cos
	}
	return sum
}

// appendRow appends the numbers, or where there are powers, for each of them the
// product of Legendre polynomials, with unit mean square over the cube.
func appendRow(row []float32, x []int64, powers [][]int) []float32 {
	if len(powers) == 0 {
		for _, v := range x {
			row = append(row, quotient(v, ridgeUnit))
		}
		return row
	}
	for _, power := range powers {
		product := 1.0
		for i, k := range power {
			product = float64(product * legendre(k, float64(x[i])/ridgeUnit))
		}
		row = append(row, float32(product))
	}
	return row
}

// legendreNorm is sqrt(2k+1).
var legendreNorm = [...]float64{1, 1.7320508075688772, 2.23606797749979, 2.6457513110645907, 3, 3.3166247903554, 3.605551275463989}

// legendre is the polynomial of degree k by Bonnet's recursion, times sqrt(2k+1).
func legendre(k int, x float64) float64 {
	last, p := 1.0, x
	if k == 0 {
		p = 1
	}
	for n := 1.0; n < float64(k); n++ {
		up := float64((n + n + 1) * x)
		last, p = p, (float64(up*p)-float64(n*last))/(n+1)
	}
	return float64(p * legendreNorm[k])
}

// multiIndices lists the exponents of all products of one degree at least and
// the given degree at most, in order of their degree; none for degree 0.
func multiIndices(inputs, degree int) (list [][]int) {
	for d := 1; d <= degree; d++ {
		list = append(list, exactly(inputs, d)...)
	}
	return list
}

// exactly lists the exponents that add up to degree.
func exactly(inputs, degree int) (list [][]int) {
	if inputs == 1 {
		return [][]int{{degree}}
	}
	for k := degree; k >= 0; k-- {
		for _, rest := range exactly(inputs-1, degree-k) {
			list = append(list, append([]int{k}, rest...))
		}
	}
	return list
}
