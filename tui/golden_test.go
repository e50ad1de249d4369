package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/script"
	"perceptarium/sim/simtest"
)

var update = flag.Bool("update", false, "write the frames of testdata anew")

// golden holds a picture against its file. Trailing blanks do not count.
func golden(t *testing.T, name, got string) {
	t.Helper()
	lines := strings.Split(got, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got = strings.Join(lines, "\n") + "\n"
	path := filepath.Join("testdata", name+".frame")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(string(data), "\r\n", "\n")
	if got != want {
		t.Errorf("%s is not as it was (go test ./tui -update writes it anew); got:\n%s\nwant:\n%s", path, got, want)
	}
}

// toyHouse has one machine, with a knob of every kind.
type toyHouse struct{}

func (toyHouse) Machines() []string                            { return []string{"toy"} }
func (toyHouse) Slots(string) []sim.Slot                       { return nil }
func (toyHouse) Make(string, sim.Env) (sim.Machine, error)     { return simtest.NewToy(), nil }
func (toyHouse) Data(string) (data []byte, ok bool, err error) { return nil, false, nil }
func (toyHouse) DataSets() []string                            { return nil }
func (toyHouse) Generators() []string                          { return nil }
func (toyHouse) Picture(*sim.Control, string, []byte) ([]int64, bool, error) {
	return nil, false, nil
}
func (toyHouse) Deal(*sim.Sheet, string, []script.Option, uint64) ([]script.Card, error) {
	return nil, fmt.Errorf("no generators")
}

const toyScenario = `+++
title = "A counter counts"
year = 1943
+++
machine toy
seed 7
say "The counter stands at seven and adds one at every tick."
say "Step it with the arrow to the right."
run 3
expect count = 10
mark ten
say "Ten. Now the operator makes the step two."
set step 2
run 20
expect count = 50
expect phase = count
expect count >= 99 known "nobody waited that long"
mark fifty
say "Fifty."
run 10
machine toy
say "Another counter."
run 5
`

func toyApp(t testing.TB, w, h int, o Options) *app {
	t.Helper()
	o.House, o.Scenario = toyHouse{}, parse(t, "counter", toyScenario)
	return openApp(t, o, w, h)
}

func TestFrames(t *testing.T) {
	tests := []struct {
		name  string
		ascii bool
		keys  string
	}{
		{"begin", false, ""},
		{"stepped", false, "right right right right"},
		{"mark", false, "pgdown pgdown"},
		{"controls", false, "pgdown c down right right"},
		{"refused", false, "c down 9 9 enter"},
		{"grid", false, "pgdown c down down enter right 5 enter"},
		{"zoom", false, "pgdown tab z"},
		{"help", false, "?"},
		{"ascii", true, "pgdown c down right enter"},
	}
	for _, tt := range tests {
		for _, s := range []size{{80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s-%dx%d", tt.name, s.w, s.h), func(t *testing.T) {
				a := toyApp(t, s.w, s.h, Options{ASCII: tt.ascii})
				press(a, strings.Fields(tt.keys)...)
				checkFrame(t, a, s.w, s.h)
				golden(t, fmt.Sprintf("toy-%s-%dx%d", tt.name, s.w, s.h), frameOf(a))
			})
		}
	}
}

const xorScenario = `+++
title = "XOR on one layer"
year = 1969
+++
machine perceptron examples=xor.csv
say "Four examples. No line parts them."
run 4
mark pass
say "One pass, and no peace."
run 40
expect separated = 0
-- xor.csv --
x1,x2,y
0,0,0
0,1,1
1,0,1
1,1,0
`

const netScenario = `+++
title = "XOR as a net"
year = 1943
+++
machine neuron net=xor.net
set a on
say "One of two is on."
run 2
expect out = 1
-- xor.net --
input a b
unit  either 1 a b
unit  both   2 a b
unit  out    1 either ~both
`

// TestMachines draws true machines.
func TestMachines(t *testing.T) {
	tests := []struct{ name, text, keys string }{
		{"xor", xorScenario, "pgdown right right"},
		{"xor-weight", xorScenario, "pgdown c enter right 7 enter"},
		{"net", netScenario, "right"},
	}
	for _, tt := range tests {
		for _, s := range []size{{80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s-%dx%d", tt.name, s.w, s.h), func(t *testing.T) {
				a := openApp(t, Options{Scenario: parse(t, tt.name, tt.text)}, s.w, s.h)
				press(a, strings.Fields(tt.keys)...)
				checkFrame(t, a, s.w, s.h)
				golden(t, fmt.Sprintf("%s-%dx%d", tt.name, s.w, s.h), frameOf(a))
			})
		}
	}
}

// TestPanels draws every kind of probe at several sizes.
func TestPanels(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		var b strings.Builder
		for _, tt := range panelCases() {
			for _, s := range tt.sizes {
				fmt.Fprintf(&b, "%s, %d x %d\n%s\n", tt.name, s.w, s.h, drawCase(tt, s, ascii))
			}
		}
		name := "panels"
		if ascii {
			name += "-ascii"
			for i, r := range b.String() {
				if r >= 0x7f {
					t.Fatalf("%q at byte %d is no ASCII", r, i)
				}
			}
		}
		golden(t, name, b.String())
	}
}

type panelCase struct {
	name  string
	p     sim.Probe
	r     sim.Reading
	sizes []size
}

func drawCase(tt panelCase, s size, ascii bool) string {
	th := newTheme(groundUnknown, false, ascii)
	c := newCanvas(s.w, s.h)
	l := look{p: &tt.p, now: &tt.r, t: th, cursor: -1}
	l.draw(c.area())
	return plainText(c.render(th))
}

func ramp(n int, f func(i int) int64) (r sim.Reading) {
	for i := range n {
		r.Ints = append(r.Ints, f(i))
	}
	return r
}

const halfAdder = `net Half adder
law sum(t) = a xor b
unit a input 0 0 0 1
unit b input 0 1 0 0
unit either unit 1 0 1 1
unit both unit 1 1 2 0
unit sum output 2 0 1 0
unit carry output 2 1 1 0
axon a either excite 1
axon b either excite 1
axon a both excite 1
axon b both excite 1
axon either sum excite 1
axon both sum inhibit 1
axon both carry excite 1
axon sum either oppose 2
`

func panelCases() []panelCase {
	circle := func(i int) int64 {
		x, y := i%20-10, i/20-10
		return int64(b2i(x*x+y*y < 50))
	}
	names := []string{"bias", "x1", "x2"}
	real := sim.Reading{Floats: []float32{-1.5, 0, 0.25, 3e9}}
	return []panelCase{
		{"lamp", sim.Probe{Name: "lamp", Kind: sim.Lamp}, ramp(1, func(int) int64 { return 1 }), []size{{12, 1}}},
		{"count", sim.Probe{Name: "count", Kind: sim.Count, Max: 20000}, ramp(1, func(int) int64 { return 12345 }), []size{{20, 1}, {8, 1}, {4, 1}}},
		{"level", sim.Probe{Name: "level", Kind: sim.Level, Min: -11, Max: 11, Evidence: sim.Assumed}, ramp(1, func(int) int64 { return -4 }), []size{{30, 1}, {12, 1}, {6, 1}}},
		{"choice", sim.Probe{Name: "phase", Kind: sim.Choice, Names: []string{"rest", "respond"}}, ramp(1, func(int) int64 { return 1 }), []size{{12, 1}}},
		{"text", sim.Probe{Name: "text", Kind: sim.Text, Rows: 2}, sim.Reading{Text: []byte("A text of several words, wrapped where its panel ends.\nSecond line.")}, []size{{30, 3}, {20, 2}}},
		{"weights", sim.Probe{Name: "weight", Kind: sim.Grid, Cols: 3, Names: names}, ramp(3, func(i int) int64 { return int64(i*i*100 - 50) }), []size{{40, 3}, {12, 4}, {10, 6}}},
		{"reals", sim.Probe{Name: "real", Kind: sim.Grid, Rows: 2, Cols: 2}, real, []size{{20, 2}}},
		{"retina", sim.Probe{Name: "retina", Kind: sim.Grid, Rows: 20, Cols: 20, Max: 1}, ramp(400, circle), []size{{39, 20}, {20, 20}, {20, 10}, {10, 5}, {5, 3}}},
		{"row of lamps", sim.Probe{Name: "a", Kind: sim.Grid, Cols: 64, Max: 1}, ramp(64, func(i int) int64 { return int64(i % 3 / 2) }), []size{{64, 1}, {32, 2}, {16, 2}}},
		{"wipers", sim.Probe{Name: "wiper", Kind: sim.Grid, Rows: 8, Cols: 64, Min: -100, Max: 100}, ramp(512, func(i int) int64 { return int64(i%64*3 - 96) }), []size{{64, 8}, {32, 8}, {32, 4}}},
		{"series", sim.Probe{Name: "curve", Kind: sim.Series, Cols: 40}, ramp(40, func(i int) int64 { return int64(40 - i) }), []size{{40, 6}, {20, 3}, {10, 2}}},
		{"surface", sim.Probe{Name: "plane", Kind: sim.Surface, Rows: 17, Cols: 33}, ramp(17*33, func(i int) int64 { return int64(i%33 + i/33) }), []size{{33, 17}, {16, 8}, {8, 4}}},
		{"net", sim.Probe{Name: "net", Kind: sim.Net}, sim.Reading{Text: []byte(halfAdder)}, []size{{60, 16}, {40, 10}, {20, 4}}},
		{"weights", sim.Probe{Name: "weights", Kind: sim.Net}, sim.Reading{Text: []byte(learned)}, []size{{60, 9}, {40, 9}, {40, 4}, {14, 3}}},
	}
}

func b2i(v bool) int {
	if v {
		return 1
	}
	return 0
}

// learned is a net whose axons have weights.
const learned = `net learned
unit x1 input 0 0 0 0 0
unit x2 input 0 1 0 1 1
unit h.1 unit 1 0 0 1 0.731059
unit h.2 unit 1 1 0 0 0.0000012
unit h.3 unit 1 2 0 0 -12.25
unit out output 2 0 0 1 0.5
axon x1 h.1 excite 1 3
axon x1 h.2 oppose 1 -0.5
axon x1 h.3 excite 1 1.5
axon x2 h.1 oppose 1 -3
axon x2 h.2 excite 1 0.5
axon h.1 out excite 1 2.5
axon h.2 out oppose 1 -1
axon h.3 out oppose 1 -0.01
`
