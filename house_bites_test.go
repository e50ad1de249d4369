package main

import (
	"slices"
	"strings"
	"testing"

	"perceptarium/golden"
	"perceptarium/sim"
	"perceptarium/sim/trace"
)

// TestRulesBite shows each rule a small file that breaks it.
func TestRulesBite(t *testing.T) {
	for _, row := range []struct{ name, path, text, want string }{
		{"import of a sibling", "sim/neuron/x.go", "package neuron\nimport _ \"perceptarium/sim/perceptron\"\n", "sim/neuron imports sim/perceptron; it may import: sim sim/rng"},
		{"import from above", "sim/x.go", "package sim\nimport _ \"perceptarium/sim/trace\"\n", "sim imports sim/trace"},
		{"a machine in the screen", "tui/x.go", "package tui\nimport _ \"perceptarium/sim/perceptron\"\n", "tui imports sim/perceptron"},
		{"a foreign module", "sim/trace/x.go", "package trace\nimport _ \"github.com/BurntSushi/toml\"\n", "of other modules it may import"},
		{"no row", "sim/new/x.go", "package new\nimport _ \"fmt\"\n", "sim/new has no row"},
		{"a test from below", "sim/script/x_test.go", "package script\nimport _ \"perceptarium/tui\"\n", "a test of sim/script imports tui"},
		{"time", "sim/markone/x.go", "package markone\nimport _ \"time\"\n", "imports time; use a sim.Tick"},
		{"os", "sim/script/x.go", "package script\nimport _ \"os\"\n", "imports os; use an io.Reader"},
		{"math/rand", "modern/nn/x.go", "package nn\nimport _ \"math/rand/v2\"\n", "imports math/rand/v2; use sim/rng"},
		{"cgo", "modern/kernel/x.go", "package kernel\nimport \"C\"\n", "imports C; use Go"},
		{"goroutine", "scenarios/x.go", "package scenarios\nfunc f() { go f() }\n", "a go statement"},
		{"init", "scenarios/x.go", "package scenarios\nfunc init() {}\n", "an init function"},
		{"open end", "docs/x.md", "# Title\nTO" + "DO: more\n", "docs/x.md:2: TO" + "DO: finish it"},
		{"a place", "docs/x.md", "see /wo" + "rk/main\n", "/wo" + "rk/ is a place on one machine"},
		{"a long file", "tui/x.go", "package tui\n" + strings.Repeat("\n", linesMax), "lines; a file stops at 500"},
		{"a long function", "tui/x.go", "package tui\nfunc f() {" + strings.Repeat("\n", functionMax) + "}\n", "f has 71 lines; a function stops at 70"},
		{"a long trace", "golden/x.trace", strings.Repeat("x", trace.SizeMax+1), "a golden trace has at most"},
		{"fused product", "modern/nn/x.go", "package nn\nfunc f(a, x, y float32) float32 { return a*x + y }\n", "a float product outside a conversion"},
		{"product of a conversion", "modern/nn/x.go", "package nn\nfunc f(a, x float32) float64 { return float64(a) * float64(x) }\n", "a float product outside a conversion"},
		{"product of a generic", "modern/nn/x.go", "package nn\nfunc f[T ~int | ~float32](a, x T) T { return a * x }\n", "a float product outside a conversion"},
		{"product into an integer", "modern/nn/x.go", "package nn\nfunc f(a, x float32) int { return int(a * x) }\n", "a float product outside a conversion"},
		{"for arm64 only", "modern/nn/x_arm64.go", "package nn\nfunc f(a, x, y float32) float32 { return a*x + y }\n", "a float product outside a conversion"},
		{"times and becomes", "modern/nn/x.go", "package nn\nfunc f(a, x float32) float32 { a *= x; return a }\n", "*= on a float"},
		{"complex", "modern/nn/x.go", "package nn\nfunc f(a complex64) complex64 { return a }\n", "a complex number"},
		{"transcendental", "modern/nn/x.go", "package nn\nimport \"math\"\nfunc f(a float64) float64 { return math.Tanh(a) }\n", "math.Tanh differs between processors"},
		{"float in an old machine", "sim/markone/x.go", "package markone\nvar volts = 1.5\n", "a float in a machine that holds integers only"},
		{"map range", "sim/markone/x.go", "package markone\nfunc f(m map[int]int) (n int) { for _, v := range m { n = v }; return n }\n", "a range over a map has no order"},
		{"estimate", "modern/kernel/x_amd64.s", "TEXT ·expAVX2(SB), 0, $0\n\tVRCP14PS Z0, Z1\n", "VRCP14PS is barred"},
		{"max", "modern/kernel/x_amd64.s", "\tVMAXPS Y0, Y1, Y2\n", "VMAXPS is barred"},
		{"no twin", "modern/kernel/x_amd64.s", "TEXT ·expAVX2(SB), 0, $0\n", "expAVX2 has no portable twin"},
		{"no row of impl", "modern/kernel/x_amd64.s", "TEXT ·expAVX2(SB), 0, $0\n", "expAVX2 has no row in impl.go"},
		{"assembly elsewhere", "modern/nn/x_amd64.s", "\tRET\n", "assembly stands in modern/kernel only"},
	} {
		t.Run(row.name, func(t *testing.T) {
			wantFinding(t, findings(t, []source{{row.path, row.text}}), row.want)
		})
	}
}

func wantFinding(t *testing.T, got []string, want string) {
	t.Helper()
	if !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, want) }) {
		t.Errorf("got %q\nwant %s", got, want)
	}
}

// TestRoutineWithItsTwin shows a routine whose twin and row are there.
func TestRoutineWithItsTwin(t *testing.T) {
	files := []source{
		{"modern/kernel/x_amd64.s", "TEXT ·expAVX2(SB), 0, $0\n\tRET\n"},
		{"modern/kernel/x_amd64.go", "package kernel\n\n// expAVX2 computes what expPortable does.\nfunc expAVX2()\n"},
		{"modern/kernel/x_portable.go", "package kernel\n\nfunc expPortable() {}\n"},
		{"modern/kernel/impl.go", "package kernel\n\nvar rows = map[int]int{\n\tavx2: 1,\n}\nconst avx2 = 0\n"},
	}
	if got := checkAssembly(files); len(got) > 0 {
		t.Errorf("got %q", got)
	}
	for i, want := range []string{1: "has no portable twin", 2: "has no portable twin", 3: "has no row in impl.go"} {
		if i > 0 {
			wantFinding(t, checkAssembly(slices.Delete(slices.Clone(files), i, i+1)), want)
		}
	}
}

// TestRulesLetBe shows the rules what they must not find.
func TestRulesLetBe(t *testing.T) {
	for _, f := range []source{
		{"modern/nn/x.go", "package nn\nfunc f(a, x, y float32) float32 { return float32(a*x) + y }\n"},
		{"modern/nn/x.go", "package nn\nfunc f(a, x, y float32) float32 { return float32((a * x)) / y }\n"},
		{"modern/nn/x.go", "package nn\nconst c = 2.5 * 3\nfunc f(n int) int { n *= 3; return n * n }\n"},
		{"modern/nn/x.go", "package nn\nimport \"math\"\nfunc f(a float64) float64 { return math.Sqrt(a) + math.Pi }\n"},
		{"modern/kernel/x_amd64.s", "\tVFMADD231PS (AX), Y0, Y1\n\tVCMPPS $1, Y0, Y1, Y2\n"},
		{"scenarios/x_test.go", "package scenarios\nimport (\n_ \"os\"\n_ \"time\"\n)\nfunc f() { go f() }\n"},
	} {
		if got := findings(t, []source{f}); len(got) > 0 {
			t.Errorf("%s: %q in\n%s", f.path, got, f.text)
		}
	}
}

func TestSheetRulesBite(t *testing.T) {
	full := func() *sim.Sheet {
		return &sim.Sheet{
			Name: "m", Doc: "d", Year: 1, Sources: []string{"s"}, Omitted: []string{"o"},
			Probes:    []sim.Probe{{Name: "c", Unit: "u", Doc: "d", Evidence: sim.Assumed}},
			Controls:  []sim.Control{{Name: "c", Unit: "u", Doc: "d", Evidence: sim.Assumed}},
			Constants: []sim.Constant{{Name: "k", Value: "1", Doc: "d", Source: "s", Evidence: sim.Assumed}},
		}
	}
	if got := checkSheet("m", full()); len(got) > 0 {
		t.Fatalf("a full sheet: %q", got)
	}
	for _, row := range []struct {
		want  string
		spoil func(s *sim.Sheet)
	}{
		{"its sheet is called n", func(s *sim.Sheet) { s.Name = "n" }},
		{"lacks its Doc or its Year", func(s *sim.Sheet) { s.Doc = "" }},
		{"what is Omitted", func(s *sim.Sheet) { s.Omitted = nil }},
		{"probe c lacks its Doc", func(s *sim.Sheet) { s.Probes[0].Doc = "" }},
		{"probe c lacks its Doc", func(s *sim.Sheet) { s.Probes[0].Unit = "" }},
		{"control c lacks its Doc", func(s *sim.Sheet) { s.Controls[0].Evidence = 0 }},
		{"no probe shows where the control c stands", func(s *sim.Sheet) { s.Probes[0].Name = "d" }},
		{`constant "k" lacks its Source`, func(s *sim.Sheet) { s.Constants[0].Source = "" }},
		{`constant "k" lacks its Name, Value or Doc`, func(s *sim.Sheet) { s.Constants[0].Value = "" }},
	} {
		s := full()
		row.spoil(s)
		wantFinding(t, checkSheet("m", s), row.want)
	}
}

func TestPairingBites(t *testing.T) {
	wantFinding(t, unpaired([]string{"a"}, nil), "a has no golden trace")
	wantFinding(t, unpaired(nil, []string{"a", golden.Arith}), "golden/a.trace belongs to no scenario")
	if got := unpaired([]string{"a"}, []string{"a", golden.Arith}); len(got) > 0 {
		t.Errorf("a pair: %q", got)
	}
}
