package study

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"perceptarium/sim/script"
)

func TestPageSaysAll(t *testing.T) {
	right := make([]float64, 40)
	for i := range right {
		right[i] = 60 + float64(i)
	}
	e := studied(t, right...)
	page := Page(e.Scenario, e.Study)
	for _, want := range []string{
		"# T\n",
		"| row 2: `right` | `right` | 97 | 95 to 99 of 100 | 79.5 [75.8, 83.2] of 100, 40 seeds: differs | a \\| b |",
		"| who wins | `right` less `wrong` | more right than wrong | 0 to 100 | 59 [51.5, 66.5], 40 seeds: agrees | - |",
		"| `lost` | `lost` | half | 0.4 to 0.6 | 0.5 [0.352, 0.648], 40 seeds: agrees | - |",
		"- **row 2: `right`** (differs): it is so\n",
		"Record `right`, 40 runs; 20 failed: a share of 0.5 [0.352, 0.648].\n\nPublished: 97 of 100. Of ours that have a value, 95 % are below 97, 5 % above.",
		"| | 60 | 68 | 78 | 88 | 96 | 60 | 98 |",
		"     60 to 65 ████████████████████████████████████████ 3\n",
		"    95 to 100 ███████████████████████████ 2  < published\n",
		"| row 2: `right` | threshold = 3 | 59.5 [55.8, 63.2] of 100 | 40 | 79.5 [75.8, 83.2] |",
		"## Open questions\n\n- what of it?\n",
		"- 40 with the data of the scenario, each 1 s of processor time.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	if index := Index([]Experiment{e}); !strings.Contains(index, "| [`t`](replications/t.md) | row 2: `right` | 97 | 79.5 [75.8, 83.2] of 100, 40 seeds: differs | - | a \\| b |\n") ||
		!strings.Contains(index, "row 2: `right` (differs): it is so\n") || !strings.Contains(index, "3 claims of 1 experiments: 2 agree, 0 within our error, 1 differ.") {
		t.Errorf("index\n%s", index)
	}
}

func TestHistograms(t *testing.T) {
	for _, row := range []struct {
		values []float64
		want   string
	}{
		{[]float64{0, 0.5, 1}, "0 to 0.1 "},
		{[]float64{9999, 10001}, "9999 █"},
		{[]float64{3, 30, 3000}, "2 to 5 "},
		{[]float64{450, 9900}, "300 to 500 "},
		{[]float64{-4e9, 5}, "-4000000000.0 to"},
		{[]float64{100, 2000}, "0 to 200 "},
	} {
		got := histogram(row.values, 0)
		if first := strings.TrimSpace(strings.Split(got, "\n")[0]); !strings.HasPrefix(first, strings.TrimSpace(row.want)) || strings.Count(got, "\n") > binsMax+2 {
			t.Errorf("%v: %s", row.values, got)
		}
	}
}

func TestLongAttachmentsAreCut(t *testing.T) {
	got := shortened("machine a\n\n-- x --\n" + strings.Repeat("1\n", 50) + "-- y --\nz\n")
	if !strings.Contains(got, "... and 21 more lines\n\n-- y --\nz\n") || strings.Count(got, "1\n") != linesMax-1 {
		t.Errorf("got %q", got)
	}
}

func TestMachinePageKeepsWhatAPersonWrote(t *testing.T) {
	d := Docs{t.TempDir()}
	name := d.machine("markone")
	write := func(text string) {
		if err := replaceFile(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	write("# A page\n\n" + beginMarker + "\nold\n" + endMarker + "\nBy hand.\n")
	if err := d.machineSection("markone", nil); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(name)
	if text := string(page); err != nil || !strings.HasPrefix(text, "# A page\n") || strings.Contains(text, "old") || !strings.HasSuffix(text, endMarker+"\nBy hand.\n") {
		t.Errorf("%v\n%s", err, page)
	}
	write("# No place\n")
	if err := d.machineSection("markone", nil); err != nil {
		t.Fatal(err)
	}
	if page, _ := os.ReadFile(name); string(page) != "# No place\n" {
		t.Errorf("a page without a place was changed: %s", page)
	}
	write(beginMarker)
	if err := d.machineSection("markone", nil); err == nil {
		t.Error("took a page whose section has no end")
	}
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(name), "*")); !slices.Equal(files, []string{name}) {
		t.Errorf("left behind %v", files)
	}
}

func TestRowsByNumber(t *testing.T) {
	if a, b, c := rowNumber(script.Claim{Row: "2"}), rowNumber(script.Claim{Row: "10"}), rowNumber(script.Claim{}); a >= b || b >= c {
		t.Error("rows are not in the order of their numbers")
	}
}
