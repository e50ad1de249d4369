package scenarios

import (
	"slices"
	"strings"
	"testing"

	"perceptarium/internal/dataset"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

func TestCodesAskTheResponses(t *testing.T) {
	for _, row := range []struct {
		code           string
		classes, class int
		want           []int64
	}{
		{"", 2, 1, []int64{1, -1, -1, -1, -1, -1, -1, -1}},
		{"", 26, 0, []int64{1, 0, 0, 0, 0, -1, -1, -1}},
		{"", 26, 25, []int64{0, 1, 0, 1, 1, -1, -1, -1}},
		{"bits", 2, 1, []int64{0, 1, -1, -1, -1, -1, -1, -1}},
		{"each", 3, 2, []int64{0, 0, 1, -1, -1, -1, -1, -1}},
		{"bit3", 26, 3, []int64{1, -1, -1, -1, -1, -1, -1, -1}},
		{"bit3", 26, 25, []int64{0, -1, -1, -1, -1, -1, -1, -1}},
	} {
		d := &dealer{code: row.code, responses: 8}
		if err := d.fits(row.classes); err != nil {
			t.Fatal(err)
		}
		if got := d.ask(row.class); !slices.Equal(got, row.want) {
			t.Errorf("%q, class %d of %d: %v, want %v", row.code, row.class, row.classes, got, row.want)
		}
	}
	for _, d := range []*dealer{{code: "each", responses: 8}, {code: "first", responses: 8}} {
		if d.fits(9) == nil {
			t.Errorf("code=%s took nine classes", d.code)
		}
	}
}

func TestEveryGeneratorMakesADeck(t *testing.T) {
	for _, g := range dataset.Generators() {
		cards, err := g.Make([]dataset.Arg{{Key: "retina", Value: "20"}}, 1)
		if err != nil || len(cards) == 0 {
			t.Errorf("%s: %d cards, %v", g.Name, len(cards), err)
		}
	}
}

func TestDecksThatCannotBeDealt(t *testing.T) {
	m, err := House{}.Make("neuron", sim.Env{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		generator string
		args      []script.Option
		want      string
	}{
		{"squares", nil, "neuron has no retina"},
		{"sqares", nil, `did you mean "squares"`},
		{"squares", []script.Option{{Key: "sied", Value: "4"}}, `did you mean "side"`},
		{"squares", []script.Option{{Key: "code", Value: "bitz"}}, `did you mean "bits"`},
	} {
		_, err := House{}.Deal(m.Sheet(), row.generator, row.args, 1)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %s", row.generator, err, row.want)
		}
	}
}
