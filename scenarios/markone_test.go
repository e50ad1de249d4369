package scenarios

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/markone"
	"perceptarium/sim/rng"
	"perceptarium/sim/script"
)

// TestErratumTellsTheTheory computes the figures that erratum-1957 tells: Z of
// the 1957 report, Z as corrected (section 8.4 of the dossier), and what each
// promises.
func TestErratumTellsTheTheory(t *testing.T) {
	told := string(Source("erratum-1957"))
	for _, row := range []struct{ units, stimuli, activity float64 }{{100, 10, .1}, {100, 30, .1}, {100, 100, .1}} {
		z57 := 1 / math.Sqrt(2*row.stimuli/(row.activity*row.units)*(math.Pow(row.activity, 3)-math.Pow(row.activity, 4)))
		z := corrected(row.units, row.stimuli, row.activity)
		for _, want := range []string{
			fmt.Sprintf("Z = %.3g:", z57),
			fmt.Sprintf("Z = %.2f, which is %.1f %%", z, 100*normalBelow(z)),
		} {
			if !strings.Contains(told, want) {
				t.Errorf("%g stimuli: the scenario does not tell %q", row.stimuli, want)
			}
		}
		if normalBelow(z57) < .9999999 {
			t.Errorf("%g stimuli: Z = %g is not never wrong", row.stimuli, z57)
		}
	}
	headline := normalBelow(corrected(1000, 100, .01))
	if want := fmt.Sprintf("%.1f %% by the corrected theory for 500 units", 100*headline); !strings.Contains(told, want) {
		t.Errorf("the scenario does not tell %q", want)
	}
	if z := 1 / math.Sqrt(2*1e6/10*(1e-6-1e-8)); math.Abs(normalBelow(z)-headline) > .001 {
		t.Errorf("the formula of 1957 promises %.4f for a million stimuli, not %.4f", normalBelow(z), headline)
	}
}

func corrected(units, stimuli, activity float64) float64 {
	return math.Sqrt(units * (1 - activity) / (2 * stimuli))
}

func normalBelow(z float64) float64 { return (1 + math.Erf(z/math.Sqrt2)) / 2 }

// TestErratumTellsTheChance draws independent units, as the last act tells.
func TestErratumTellsTheChance(t *testing.T) {
	const told, trials = .967, 4000
	if !strings.Contains(string(Source("erratum-1957")), "96.7 times in a hundred") {
		t.Error("the scenario tells another figure")
	}
	st, right := rng.New(1957).Stream("erratum"), markone.Outcome(0)
	for range trials {
		mean, _ := markone.IdealEnvironment{Units: 500, Stimuli: 50, Activity: 10_000}.Trial(true, &st)
		right += mean
	}
	got := float64(right) / (2 * trials)
	if math.Abs(got-told) > 4*math.Sqrt(told*(1-told)/trials) {
		t.Errorf("drawn units are right in %.4f, the scenario tells %.3f", got, told)
	}
}

// TestPageOfTheMarkOne holds docs/machines/markone.md against the sheet: all
// that is left out, and where every assumed setting stands at power on.
func TestPageOfTheMarkOne(t *testing.T) {
	text, err := os.ReadFile("../docs/machines/markone.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	m, err := markone.Make(sim.Env{})
	if err != nil {
		t.Fatal(err)
	}
	sheet := m.Sheet()
	for _, omitted := range sheet.Omitted {
		if !strings.Contains(page, "\n- "+omitted+"\n") {
			t.Errorf("the page does not say that is left out: %s", omitted)
		}
	}
	var r sim.Reading
	for _, c := range sheet.Controls {
		id, ok := sheet.Probe(c.Name)
		if c.Evidence != sim.Assumed || !ok || c.Kind == sim.Grid {
			continue
		}
		m.Read(id, &r)
		stands := script.FormatInput(sheet, sim.Input{Control: must(sheet.Control(c.Name)), Ints: r.Ints})
		if row := fmt.Sprintf("\n| `%s` | %s |", c.Name, stands); !strings.Contains(page, row) {
			t.Errorf("the page has no row%s", row)
		}
	}
}

func must(id sim.ControlID, ok bool) sim.ControlID {
	if !ok {
		panic("no such control")
	}
	return id
}
