package markone

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"perceptarium/sim"
)

// The example of the 1957 report, as section 8.5 of the dossier repairs it: which
// of 64 association units, 32 for each response, are active on S1, S2 and S3.
var golden = [3][2]string{
	{"OXOO/OOOO/XOXX/OOXO/OXOO/OOOX/XOXO/OXOO", "OXOO/OXXO/OXOO/OOXO/OXOX/XOXO/XOOO/OOOO"},
	{"XOXO/OOXO/OXOO/OOOX/OXXO/XOOO/OOOO/OXXO", "XOXO/OXOX/OOOO/OOXX/OOOO/OXOX/XOOO/OOXO"},
	{"XOOO/OOXO/XXOO/OOXO/OXOO/XOOX/XOXO/OOOO", "XOXO/OOOX/OXXO/OOOO/OOXO/OXOO/XOOX/OOXO"},
}

// Values after forced alpha training: S1 to S3 to one response, S4 to S6 to the
// other, of which only the values are left.
var (
	goldenA = [2]string{"2110/0020/2211/0021/0310/2002/2020/0210", "2020/1212/0022/0101/0120/0211/1101/1102"}
	goldenB = [2]string{"1112/0012/1111/0112/0022/1102/1011/0110", "2120/0212/0210/0021/0111/1211/3001/0020"}
)

// Published signals for S1, S2, S3: R1 and R2.
var (
	signalsA = [3][2]int64{{18, 6}, {17, 13}, {21, 14}}
	signalsB = [3][2]int64{{10, 15}, {11, 19}, {10, 18}}
)

// unitsOf lists the 64 cells of both halves.
func unitsOf(halves [2]string) string {
	return strings.ReplaceAll(halves[0]+halves[1], "/", "")
}

// goldenBoard wires 64 units so that S1, S2 and S3, each a patch of five points,
// make active whom the report says. How the report's paper machine was wired is
// not known; with theta = 1, one cord from the patch is enough.
func goldenBoard() *Plugboard {
	b := &Plugboard{Units: 64}
	for s, halves := range golden {
		n := 0
		for a, c := range unitsOf(halves) {
			if c == 'X' {
				b.Plugs = append(b.Plugs, Plug{int16(s*Cols + n%5), int16(a), 1})
				n++
			}
		}
	}
	b.Sort()
	return b
}

const goldenFile = "testdata/golden-1957.plugboard"

// goldenCard lights the patch of S1, S2 or S3.
func goldenCard(s int) []int64 {
	c := make([]int64, Points)
	for i := range 5 {
		c[s*Cols+i] = LevelMax
	}
	return c
}

func goldenMachine(t *testing.T) *Machine {
	t.Helper()
	file, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(sim.Env{Options: []sim.Option{{Key: "personality", Value: "photoperceptron-1957"}, {Key: "plugboard", Value: "golden-1957.plugboard", Data: file}}})
	if err != nil {
		t.Fatal(err)
	}
	set(t, m, "theta", 1)
	return m
}

// TestGolden1957 trains S1 to S3 to one response, sets the other half by hand to
// the values that S4 to S6 left there, and finds the twelve published signals.
func TestGolden1957(t *testing.T) {
	for _, c := range []struct {
		name    string
		values  [2]string
		to      int // the response that S1 to S3 are taught
		signals [3][2]int64
	}{{"A", goldenA, 0, signalsA}, {"B", goldenB, 1, signalsB}} {
		t.Run(c.name, func(t *testing.T) {
			m := goldenMachine(t)
			set(t, m, "wanted", int64(1-c.to), int64(c.to))
			for s := range golden {
				set(t, m, "retina", goldenCard(s)...)
				cycle(t, m)
			}
			table := unitsOf(c.values)
			for a, v := range read(t, m, "value") {
				want := int64(table[a] - '0')
				if a/32 != c.to {
					setCell(t, m, "weight", a, want*unitArcs)
					want = 0
				}
				if v != want {
					t.Errorf("unit %d holds %d, the report says %d", a, v, want)
				}
			}
			set(t, m, "training", 0)
			press(t, m, "new-page")
			for s, want := range c.signals {
				set(t, m, "retina", goldenCard(s)...)
				for m.phase != Test {
					m.Step()
				}
				if got := read(t, m, "signal"); !slices.Equal(got, want[:]) {
					t.Errorf("S%d: signals %v, the report says %v", s+1, got, want)
				}
				if got := read(t, m, "active"); !slices.Equal(got, []int64{10, 10}) {
					t.Errorf("S%d: %v units active, want 10 and 10", s+1, got)
				}
				cycle(t, m)
			}
			if m.score.correct != 3 {
				t.Errorf("%d of 3 right", m.score.correct)
			}
		})
	}
}

// TestGoldenFile holds the file against the table it is made from.
func TestGoldenFile(t *testing.T) {
	file, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ParsePlugboard(goldenFile, file, 64, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if want := goldenBoard(); !slices.Equal(b.Plugs, want.Plugs) {
		t.Errorf("the file should read:\n%s", want.AppendText(nil))
	}
}

func TestGoldenTablesAgree(t *testing.T) {
	for _, c := range []struct {
		values [2]string
		half   int
	}{{goldenA, 0}, {goldenB, 1}} {
		sums := [32]byte{}
		for s := range golden {
			for i, x := range unitsOf(golden[s])[c.half*32 : c.half*32+32] {
				if x == 'X' {
					sums[i]++
				}
			}
		}
		want := unitsOf(c.values)[c.half*32 : c.half*32+32]
		got := ""
		for _, n := range sums {
			got += fmt.Sprint(n)
		}
		if got != want {
			t.Errorf("half %d: %s, the report says %s", c.half+1, got, want)
		}
	}
}
