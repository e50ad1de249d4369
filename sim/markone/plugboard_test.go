package markone

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

var markLimits = Limits{Outlets, Outlets / 2}

func TestPlugboardFile(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty board", "plugboard 8\n", "plugboard 8\n"},
		{"comments, CRLF, any order, a point on two lines",
			"# mine\r\n\r\nplugboard 8  # so many\r\nS21 -A7 +A7\r\nS0\r\nS21 +A3 +A7\r\n",
			"plugboard 8\nS21  +A3 +A7 +A7 -A7  # row 1, column 1\n"},
	} {
		b, err := ParsePlugboard("board.txt", []byte(c.text), 8, markLimits)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := string(b.AppendText(nil)); got != c.want {
			t.Errorf("%s: written as %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPlugboardMistakes(t *testing.T) {
	many := func(sign string, n int) string { return "plugboard 8\nS3" + strings.Repeat(" "+sign+"A1", n) + "\n" }
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "board.txt:1: no plugboard; it begins with: plugboard 8"},
		{"no first line", "\nS0 +A1\n", "board.txt:2: want the first line: plugboard 8"},
		{"another machine's", "plugboard 512\n", `board.txt:1: a board for "512" association units; this machine has 8`},
		{"unknown sensory unit", "plugboard 8\nS400 +A1\n", `board.txt:2: no unit "S400"; they are S0..S399`},
		{"unknown association unit", "plugboard 8\nS399 +A8\n", `board.txt:2: no unit "A8"; they are A0..A7`},
		{"a number that is none", "plugboard 8\nS1e1 +A1\n", `board.txt:2: no unit "S1e1"; they are S0..S399`},
		{"no sign", "plugboard 8\n\nS3 A1\n", `board.txt:3: want a cord as +A12 or -A12, not "A1"`},
		{"too many of a sign", many("+", 21), "board.txt:2: more than 20 plugs of one sign on S3: it has that many outlets of each"},
	} {
		b, err := ParsePlugboard("board.txt", []byte(c.text), 8, markLimits)
		if err == nil || err.Error() != c.want || b != nil {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	_, err := ParsePlugboard("board.txt", []byte(many("-", 41)), 8, Limits{Outlets: Outlets})
	if want := "board.txt:2: more than 40 plugs on S3: it has that many outlets"; err == nil || err.Error() != want {
		t.Errorf("41 plugs: %v, want %s", err, want)
	}
}

// FuzzPlugboard: what is read is written and read again the same.
func FuzzPlugboard(f *testing.F) {
	f.Add([]byte("plugboard 8\nS21 -A7 +A7\r\nS0 # nothing\n"))
	f.Add([]byte("plugboard 8\nS399 +A0 +A0 -A1"))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := ParsePlugboard("fuzz", text, 8, markLimits)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz:") {
				t.Fatalf("an error without its place: %v", err)
			}
			return
		}
		out := b.AppendText(nil)
		again, err := ParsePlugboard("fuzz", out, 8, markLimits)
		if err != nil || !slices.Equal(again.Plugs, b.Plugs) {
			t.Fatalf("%q is written as %q: %v", text, out, err)
		}
	})
}

// TestWiring draws boards by every law and holds them against their own limits.
func TestWiring(t *testing.T) {
	st := rng.New(4).Stream("wiring")
	for _, c := range []struct {
		name string
		w    Wiring
	}{
		{"default", Wiring{Units: Units, X: 5, Y: 5, Limits: markLimits}},
		{"distinct", Wiring{Units: Units, X: 5, Y: 5, Distinct: true, Limits: markLimits}},
		{"10 and 10", Wiring{Units: Units, X: 10, Y: 10, Limits: markLimits}},
		{"the board's limit", Wiring{Units: Units, X: 16, Y: 15, Limits: Limits{Outlets: Outlets}}},
		{"the board's limit, distinct", Wiring{Units: Units, X: 16, Y: 15, Distinct: true, Limits: Limits{Outlets: Outlets}}},
		{"every outlet", Wiring{Units: 500, X: 32, Limits: Limits{Outlets: Outlets}}},
		{"exponential", Wiring{Units: Units, X: 5, Y: 5, Law: Exponential, Radius: 20, Limits: markLimits}},
		{"gaussian in the corner", Wiring{Units: Units, X: 8, Y: 7, Law: Gaussian, Radius: 1, Limits: markLimits}},
		{"no limit", Wiring{Units: UnitsMax, X: 32, Y: 32}},
	} {
		if err := c.w.Check(); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		b := c.w.Plug(&st)
		if err := b.Check(c.w.Limits); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if want := c.w.Units * (c.w.X + c.w.Y); len(b.Plugs) != want {
			t.Errorf("%s: %d plugs, want %d", c.name, len(b.Plugs), want)
		}
		if !slices.IsSortedFunc(b.Plugs, func(p, q Plug) int { return int(p.key() - q.key()) }) {
			t.Errorf("%s: not in the board's order", c.name)
		}
		if c.w.Distinct && c.w.X+c.w.Y < 20 && repeats(b) > 0 {
			t.Errorf("%s: a unit has a point twice", c.name)
		}
		again, err := ParsePlugboard("again", b.AppendText(nil), b.Units, c.w.Limits)
		if err != nil || !slices.Equal(again.Plugs, b.Plugs) {
			t.Errorf("%s: written and read again, it differs: %v", c.name, err)
		}
	}
}

// repeats counts origins that a unit has twice, of whatever signs.
func repeats(b *Plugboard) (n int) {
	seen := map[[2]int16]bool{}
	for _, p := range b.Plugs {
		if seen[[2]int16{p.S, p.A}] {
			n++
		}
		seen[[2]int16{p.S, p.A}] = true
	}
	return n
}

func TestWiringRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		w    Wiring
		want string
	}{
		{"too much for the board", Wiring{Units: Units, X: 16, Y: 16, Limits: Limits{Outlets: 40}}, "need 16384 outlets; the board has 400 x 40 = 16000"},
		{"too much of one sign", Wiring{Units: Units, X: 16, Y: 15, Limits: markLimits}, "16 origins of one sign"},
		{"no origins", Wiring{Units: 1}, "a unit can have 1..64"},
		{"too many origins", Wiring{Units: 1, X: 60, Y: 5}, "a unit can have 1..64"},
		{"no units", Wiring{X: 1}, "there can be 1..1000"},
		{"no radius", Wiring{Units: 1, X: 1, Law: Gaussian}, "radius 0"},
	} {
		if err := c.w.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// TestTopographic measures how far apart the origins of one unit lie.
func TestTopographic(t *testing.T) {
	spread := func(w Wiring) (sum, n int) {
		st := rng.New(1958).Stream("topographic")
		w.Units, w.X = 200, 10
		b := w.Plug(&st)
		for _, p := range b.Plugs {
			for _, q := range b.Plugs {
				if p.A == q.A {
					dr, dc := int(p.S/Cols-q.S/Cols), int(p.S%Cols-q.S%Cols)
					sum += dr*dr + dc*dc
					n++
				}
			}
		}
		return sum, n
	}
	last := 1 << 30
	for _, w := range []Wiring{{}, {Law: Exponential, Radius: 20}, {Law: Gaussian, Radius: 20}, {Law: Gaussian, Radius: 5}} {
		sum, n := spread(w)
		if mean := sum / n; mean >= last {
			t.Errorf("%+v: mean square distance %d, not less than %d of the law before", w, mean, last)
		} else {
			last = mean
		}
	}
}

// TestBoardByHand plugs and pulls cords of a machine, and replaces the board.
func TestBoardByHand(t *testing.T) {
	m := machine(t)
	if err := text(t, m, "plugboard", "plugboard 512\nS0 +A7\n"); err != nil {
		t.Fatal(err)
	}
	set(t, m, "theta", 1)
	set(t, m, "automatic", 0)
	setCell(t, m, "retina", 0, LevelMax)
	press(t, m, "present")
	for range 40 {
		m.Step()
	}
	want := func(what string, a ...int64) {
		t.Helper()
		var got []int64
		for i, lit := range read(t, m, "a-unit") {
			if lit == 1 {
				got = append(got, int64(i))
			}
		}
		if !slices.Equal(got, a) {
			t.Errorf("%s: active units %v, want %v", what, got, a)
		}
	}
	want("one cord", 7)
	for _, c := range []struct {
		do     string
		active []int64
	}{{"plug S0 +A9", []int64{7, 9}}, {"plug S0 -A7", []int64{9}}, {"pull S0 -A7", []int64{7, 9}}, {"pull S0 +A7", []int64{9}}} {
		if err := text(t, m, "cord", c.do); err != nil {
			t.Fatal(err)
		}
		m.Step()
		want(c.do, c.active...)
	}
	before := m.Save(nil)
	for _, bad := range []string{"", "plug", "plug S0 A9", "plug S400 +A9", "plug S0 +A512", "pull S0 +A7", "push S0 +A7"} {
		if err := text(t, m, "cord", bad); err == nil {
			t.Errorf("%q: taken", bad)
		}
	}
	if err := text(t, m, "plugboard", "plugboard 512\nS0"+strings.Repeat(" +A1", 21)); err == nil || !strings.HasPrefix(err.Error(), "plugboard:2: ") {
		t.Errorf("too many plugs: %v", err)
	}
	if err := m.Apply(sim.Input{Control: input(t, m, "retina", 0).Control, Index: sim.Whole, Ints: make([]int64, 399)}); err == nil {
		t.Error("a card of 399 points: taken")
	}
	if !bytes.Equal(before, m.Save(nil)) {
		t.Error("a refused cord, board or card changed the machine")
	}
	for range 19 {
		if err := text(t, m, "cord", "plug S0 +A1"); err != nil {
			t.Fatal(err)
		}
	}
	if err := text(t, m, "cord", "plug S0 +A1"); err == nil {
		t.Error("a 21st excitatory cord on S0: taken")
	}
	press(t, m, "replug")
	if n := read(t, m, "plugs")[0]; n != 5120 {
		t.Errorf("replugged: %d cords, want 5120", n)
	}
}

// TestFaultyCords: pulling one cord does not move the faults of others, and
// repair brings all back.
func TestFaultyCords(t *testing.T) {
	m := machine(t)
	sound := m.units.effective().Plugs
	set(t, m, "plugs-missing", 100)
	set(t, m, "plugs-swapped", 100)
	set(t, m, "plugs-shifted", 100)
	faulty := m.units.effective()
	if n := len(faulty.Plugs); n < 4480 || n > 4740 {
		t.Errorf("a tenth missing: %d cords left of 5120", n)
	}
	p := sound[100]
	if err := text(t, m, "cord", fmt.Sprintf("pull S%d %s", p.S, p.appendCord(nil))); err != nil {
		t.Fatal(err)
	}
	after := m.units.effective()
	gone := 0
	for _, q := range faulty.Plugs {
		if !slices.Contains(after.Plugs, q) {
			gone++
		}
	}
	if gone > 1 {
		t.Errorf("one cord pulled, %d have gone", gone)
	}
	press(t, m, "repair")
	if n := len(m.units.effective().Plugs); n != 5119 {
		t.Errorf("repaired: %d cords, want 5119", n)
	}
}
