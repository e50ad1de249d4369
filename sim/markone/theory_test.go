package markone

import (
	"fmt"
	"math"
	"testing"

	"perceptarium/sim/rng"
)

// The tables of section 8.3 of the dossier, computed there as exact sums.

type paRow struct {
	x, y, theta int
	p           [6]float64 // at R = .05, .10, .20, .30, .40, .50
}

var shares = [6]float64{.05, .10, .20, .30, .40, .50}

var paBinomial = []paRow{
	{10, 0, 1, [6]float64{.40126, .65132, .89263, .97175, .99395, .99902}},
	{10, 0, 2, [6]float64{.08614, .26390, .62419, .85069, .95364, .98926}},
	{10, 0, 4, [6]float64{.00103, .01280, .12087, .35039, .61772, .82812}},
	{5, 5, 1, [6]float64{.17967, .26916, .34012, .36422, .37412, .37695}},
	{5, 5, 2, [6]float64{.01772, .05094, .11120, .14785, .16628, .17188}},
	{5, 5, 3, [6]float64{.00090, .00521, .02180, .03924, .05078, .05469}},
	{6, 4, 2, [6]float64{.02708, .07965, .18431, .26394, .32518, .37695}},
	{8, 2, 2, [6]float64{.05221, .15829, .38512, .57063, .71526, .82812}},
	{10, 10, 3, [6]float64{.00722, .02976, .07831, .10986, .12644, .13159}},
	{10, 10, 4, [6]float64{.00064, .00512, .02389, .04230, .05383, .05766}},
	{16, 15, 4, [6]float64{.00357, .02087, .06777, .10406, .12758, .14052}},
	{20, 20, 5, [6]float64{.00105, .00905, .03672, .05948, .07267, .07693}},
}

var paDistinct = []paRow{
	{10, 0, 2, [6]float64{.08402, .26339, .62725, .85403, .95561, .99002}},
	{5, 5, 1, [6]float64{.18176, .27106, .34091, .36455, .37432, .37712}},
	{5, 5, 2, [6]float64{.01738, .05099, .11172, .14832, .16665, .17222}},
	{5, 5, 3, [6]float64{.00081, .00506, .02179, .03941, .05102, .05493}},
	{10, 10, 4, [6]float64{.00053, .00493, .02392, .04250, .05407, .05790}},
}

var paPoisson = []paRow{
	{10, 0, 2, [6]float64{.09020, .26424, .59399, .80085, .90842, .95957}},
	{5, 5, 1, [6]float64{.17748, .26712, .34575, .37850, .39650, .40823}},
	{5, 5, 2, [6]float64{.02106, .05921, .13048, .18167, .21775, .24426}},
	{5, 5, 3, [6]float64{.00171, .00927, .03724, .06989, .10012, .12631}},
}

type pcRow struct {
	x, y, theta int
	p           []float64
}

var overlaps = []float64{0, .20, .25, .50, .75, 1}

var pcEqual = []pcRow{ // R = .20
	{5, 5, 1, []float64{.23706, .34012, .36673, .51008, .69250, 1}},
	{5, 5, 2, []float64{.03207, .11120, .13564, .29081, .53236, 1}},
	{10, 10, 3, []float64{.02081, .07831, .09804, .23367, .45793, 1}},
}

var pcDisjoint = []pcRow{ // R = .1 .. .5
	{10, 0, 2, []float64{.20692, .56906, .83270, .95143, .98914}},
	{5, 5, 1, []float64{.21595, .23706, .19157, .10189, 0}},
	{5, 5, 2, []float64{.01753, .03207, .02272, .00463, 0}},
}

func choose(n, k int) float64 {
	if k < 0 || k > n {
		return 0
	}
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return c
}

func binomial(k, m int, p float64) float64 {
	return choose(m, k) * math.Pow(p, float64(k)) * math.Pow(1-p, float64(m-k))
}

func paBinomialSum(x, y, theta int, r float64) (p float64) {
	for e := range x + 1 {
		for i := range y + 1 {
			if e-i >= theta {
				p += binomial(e, x, r) * binomial(i, y, r)
			}
		}
	}
	return p
}

func paDistinctSum(x, y, theta int, r float64) (p float64) {
	n, lit := float64(Points), int(math.Round(r*Points))
	for e := range x + 1 {
		for i := range y + 1 {
			if e-i < theta || lit < e+i {
				continue
			}
			// C(z, lit-e-i) / C(n, lit), factor by factor
			term, m := choose(x, e)*choose(y, i), x+y
			for k := range m {
				if k < e+i {
					term *= float64(lit-k) / (n - float64(k))
				} else {
					term *= (n - float64(lit) - float64(k-e-i)) / (n - float64(k))
				}
			}
			p += term
		}
	}
	return p
}

func paPoissonSum(x, y, theta int, r float64) (p float64) {
	pmf := func(k int, mean float64) float64 {
		if mean == 0 {
			return float64(1 - min(k, 1))
		}
		l, _ := math.Lgamma(float64(k + 1))
		return math.Exp(float64(k)*math.Log(mean) - mean - l)
	}
	for e := range 80 {
		for i := range 80 {
			if e-i >= theta {
				p += pmf(e, float64(x)*r) * pmf(i, float64(y)*r)
			}
		}
	}
	return p
}

func pcSum(x, y, theta int, r, l, g float64) float64 {
	both := 0.0
	for e := range x + 1 {
		for i := range y + 1 {
			if e-i < theta {
				continue
			}
			pei := binomial(e, x, r) * binomial(i, y, r)
			for le := range e + 1 {
				for li := range i + 1 {
					for ge := range x - e + 1 {
						for gi := range y - i + 1 {
							if e-i-le+li+ge-gi >= theta {
								both += pei * binomial(le, e, l) * binomial(li, i, l) * binomial(ge, x-e, g) * binomial(gi, y-i, g)
							}
						}
					}
				}
			}
		}
	}
	return both / paBinomialSum(x, y, theta, r)
}

// TestTables holds the tables against the sums of section 8.1 and 8.2.
func TestTables(t *testing.T) {
	for _, law := range []struct {
		name string
		rows []paRow
		sum  func(x, y, theta int, r float64) float64
	}{{"binomial", paBinomial, paBinomialSum}, {"distinct", paDistinct, paDistinctSum}, {"poisson", paPoisson, paPoissonSum}} {
		for _, row := range law.rows {
			for i, want := range row.p {
				if got := law.sum(row.x, row.y, row.theta, shares[i]); math.Abs(got-want) > 6e-6 {
					t.Errorf("P_a, %s, %d,%d,%d at %.2f: %.5f, the table says %.5f", law.name, row.x, row.y, row.theta, shares[i], got, want)
				}
			}
		}
	}
	for _, row := range pcEqual {
		for i, want := range row.p {
			if got := pcSum(row.x, row.y, row.theta, .2, 1-overlaps[i], (1-overlaps[i])*.25); math.Abs(got-want) > 6e-6 {
				t.Errorf("P_c %d,%d,%d at C = %.2f: %.5f, the table says %.5f", row.x, row.y, row.theta, overlaps[i], got, want)
			}
		}
	}
	for _, row := range pcDisjoint {
		for i, want := range row.p {
			r := float64(i+1) / 10
			if got := pcSum(row.x, row.y, row.theta, r, 1, r/(1-r)); math.Abs(got-want) > 6e-6 {
				t.Errorf("P_c %d,%d,%d, disjoint, at %.1f: %.5f, the table says %.5f", row.x, row.y, row.theta, r, got, want)
			}
		}
	}
}

// span lights the sensory units from..to-1.
func span(from, to float64) (c Card) {
	for s := int(math.Round(from * Points)); s < int(math.Round(to*Points)); s++ {
		c.Light(s)
	}
	return c
}

const wirings = 10_000

// near fails where hits of trials is not within 4 standard errors of p.
func near(t *testing.T, what string, hits, trials int64, p float64) {
	t.Helper()
	got := float64(hits) / float64(trials)
	se := math.Sqrt(p * (1 - p) / float64(trials))
	if math.Abs(got-p) > 4*se+5e-6 { // the tables are rounded to 5 places
		t.Errorf("%s: measured %.5f, the table says %.5f: off by %.1f standard errors", what, got, p, (got-p)/se)
	}
}

// TestMeasuredActivity measures P_a over random wirings under each law.
func TestMeasuredActivity(t *testing.T) {
	var cards []Card
	for _, r := range shares {
		cards = append(cards, span(0, r))
	}
	for _, law := range []struct {
		name string
		rows []paRow
		as   Wiring
	}{{"binomial", paBinomial, Wiring{}}, {"distinct", paDistinct, Wiring{Distinct: true}}, {"poisson", paPoisson, Wiring{Poisson: true}}} {
		st := rng.New(1957).Stream(law.name)
		for _, row := range law.rows {
			w := law.as
			w.X, w.Y, w.Units = row.x, row.y, measuredUnits
			m := w.Measure(row.theta, cards, wirings, &st)
			for i, p := range row.p {
				near(t, fmt.Sprintf("P_a, %s, %d,%d,%d at %.2f", law.name, row.x, row.y, row.theta, shares[i]), m.Active[i], m.Units, p)
			}
		}
	}
}

// TestMeasuredOverlap measures P_c.
func TestMeasuredOverlap(t *testing.T) {
	st := rng.New(1957).Stream("overlap")
	for _, row := range pcEqual {
		var cards []Card
		for _, c := range overlaps {
			cards = append(cards, span(.2*(1-c), .2*(2-c)))
		}
		cards = append(cards, span(0, .2))
		last := len(cards) - 1
		m := Wiring{X: row.x, Y: row.y, Units: measuredUnits}.Measure(row.theta, cards, wirings, &st)
		for i, p := range row.p {
			near(t, fmt.Sprintf("P_c %d,%d,%d at C = %.2f", row.x, row.y, row.theta, overlaps[i]), m.Both[last][i], m.Active[last], p)
		}
	}
	for _, row := range pcDisjoint {
		for i, p := range row.p {
			r := float64(i+1) / 10
			m := Wiring{X: row.x, Y: row.y, Units: measuredUnits}.Measure(row.theta, []Card{span(0, r), span(r, 2*r)}, wirings, &st)
			near(t, fmt.Sprintf("P_c %d,%d,%d, disjoint, at %.1f", row.x, row.y, row.theta, r), m.Both[0][1], m.Active[0], p)
		}
	}
}

// TestIdealEnvironment holds our Monte Carlo of section 8.4 against the
// dossier's, whose own trials are taken as 2,000, in the last row 400.
func TestIdealEnvironment(t *testing.T) {
	st := rng.New(1957).Stream("ideal")
	for _, row := range []struct {
		e         IdealEnvironment
		mean, sum float64
		trials    float64
	}{
		{IdealEnvironment{100, 10, 100_000}, .979, .886, 2000},
		{IdealEnvironment{100, 30, 100_000}, .883, .704, 2000},
		{IdealEnvironment{100, 100, 100_000}, .741, .575, 2000},
		{IdealEnvironment{200, 100, 100_000}, .823, .603, 2000},
		{IdealEnvironment{1000, 100, 10_000}, .979, .879, 2000},
		{IdealEnvironment{1000, 1000, 10_000}, .776, .563, 400},
	} {
		ours := idealTrials
		if row.trials < 2000 {
			ours /= 10
		}
		mean, sum := Outcome(0), Outcome(0)
		for range ours {
			m, s := row.e.Trial(true, &st)
			mean += m
			sum += s
		}
		for _, c := range []struct {
			what string
			got  Outcome
			want float64
		}{{"mean", mean, row.mean}, {"sum", sum, row.sum}} {
			got := float64(c.got) / float64(2*ours)
			se := math.Sqrt(c.want * (1 - c.want) * (1/float64(ours) + 1/row.trials))
			t.Logf("%+v %s: %.4f, the dossier %.3f, Z_mu gives %.3f", row.e, c.what, got, c.want, phi(zMu(row.e)))
			if math.Abs(got-c.want) > 4*se {
				t.Errorf("%+v %s: %.4f, the dossier found %.3f: off by %.1f standard errors", row.e, c.what, got, c.want, (got-c.want)/se)
			}
		}
	}
}

func zMu(e IdealEnvironment) float64 {
	return math.Sqrt(float64(e.Units) * (1 - float64(e.Activity)/1e6) / (2 * float64(e.Stimuli)))
}

func phi(z float64) float64 { return (1 + math.Erf(z/math.Sqrt2)) / 2 }

// TestNewStimulus shows stimuli that were not taught: in the ideal environment
// the answer is a guess.
func TestNewStimulus(t *testing.T) {
	st := rng.New(1958).Stream("new")
	e, right := IdealEnvironment{100, 10, 100_000}, Outcome(0)
	const trials = 4000
	for range trials {
		m, _ := e.Trial(false, &st)
		right += m
	}
	near(t, "generalization", int64(right), 2*trials, .5)
}
