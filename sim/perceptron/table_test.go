package perceptron

import (
	"fmt"
	"strings"
	"testing"

	"perceptarium/sim"
)

func TestReadTable(t *testing.T) {
	const plain = `[x1 x2] y 1 [0 0 0 1 1 0 1 1] [0 1 1 0]`
	for _, c := range []struct{ name, text, want string }{
		{"spaces", "x1 x2 y\n0 0 0\n0 1 1\n1 0 1\n1 1 0\n", plain},
		{"tabs and CRLF", "x1\tx2\ty\r\n0\t0\t0\r\n0\t1\t1\r\n1\t0\t1\r\n1\t1\t0", plain},
		{"commas, quotes, BOM, comment, empty lines", "\ufeff# XOR\n\n\"x1\", x2, y\n0,0,0\n0,1,1\n\n1,0,1\n1,1,0\n", plain},
		{"semicolons", "x1;x2;y\n0;0;0\n0;1;1\n1;0;1\n1;1;0\n", plain},
		{"decimals", "a b y\n0.5 -1.250 1\n+2 .5 0\n", `[a b] y 100 [50 -125 200 50] [1 0]`},
		{"decimals that are whole", "a y\n1.000000 1\n-2. 0\n", `[a] y 1 [1 -2] [1 0]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab, err := ReadTable("t.csv", []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprintf("%v %v %v %v %v", tab.Names, tab.Target, tab.Scale, tab.Inputs, tab.Targets); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestReadTableRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "t.csv:1: want the names"},
		{"no header", "0 1 1\n", `t.csv:1: the first line names the columns`},
		{"one column", "y\n1\n", "t.csv:1: want the names of at least one input"},
		{"name twice", "x x y\n", `t.csv:1: two columns are called "x"`},
		{"name of the constant", "constant y\n", `t.csv:1: two columns are called "constant"`},
		{"no example", "x y\n# none\n", "no example"},
		{"too few", "x z y\n1 1\n", "t.csv:2: 2 values; the first line names 3 columns"},
		{"empty cell", "x,z,y\n1,,1\n", `t.csv:2: column z: "" is not a number`},
		{"a word", "x y\n1 1\nhigh 0\n", `t.csv:3: column x: "high" is not a number`},
		{"exponent", "x y\n1e3 1\n", `column x: "1e3"`},
		{"too many places", "x y\n0.00001 1\n", "at most 4 decimal places"},
		{"target", "x y\n1 2\n", `t.csv:2: column y is the target: want 0 or 1, not "2"`},
		{"target with decimals", "x y\n1 0.5\n", "want 0 or 1"},
		{"too large", "x y\n1048577 1\n", "within -1048576..1048576"},
		{"too large when whole", "x z y\n900000 0.5 1\n", "column x holds a number that is 9000000 when"},
		{"two signs", "x y\n--1 1\n", "is not a number"},
		{"point alone", "x y\n. 1\n", "is not a number"},
		{"too many rows", "x y\n" + strings.Repeat("1 1\n", RowsMax+1), "t.csv:4098: too many examples"},
		{"too many columns", strings.Repeat("x ", ColumnsMax+2), "257 inputs; at most 256"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadTable("t.csv", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestReadLayerRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "l.txt:1: the first line must be"},
		{"other inputs", "unit threshold a b\n", "the first line must be"},
		{"no unit", "unit threshold x1 x2\n", "no unit"},
		{"too few", "unit threshold x1 x2\nor 1 1\n", "l.txt:2: 3 values; the first line names 4"},
		{"decimal", "unit threshold x1 x2\nor 0.5 1 1\n", "l.txt:2: column threshold: want a whole number"},
		{"name twice", "unit threshold x1 x2\nor 1 1 1\nor 1 1 1\n", `l.txt:3: "or" cannot name a unit`},
		{"number as a name", "unit threshold x1 x2\n1 1 1 1\n", `"1" cannot name a unit`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadLayer("l.txt", []byte(c.text), xor())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// FuzzTable: whatever the bytes, the reader refuses them with its name and a
// line, or gives a table that a machine can run.
func FuzzTable(f *testing.F) {
	for _, s := range []string{andTable, "a,b,y\r\n0.5,-1,1\r\n", "x y\n1 2\n", "\ufeff\"a\";y\n1;0\n", ""} {
		f.Add([]byte(s), []byte(orAnd))
	}
	f.Fuzz(func(t *testing.T, examples, layer []byte) {
		table, err := ReadTable("fuzz", examples)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz:") {
				t.Fatalf("error without its place: %v", err)
			}
			return
		}
		l, err := ReadLayer("layer", layer, table)
		if err != nil && !strings.HasPrefix(err.Error(), "layer:") {
			t.Fatalf("error without its place: %v", err)
		}
		run(build(table, l, "fuzz"))
	})
}

const sealBytes = 8 // a snapshot begins with the fingerprint of its sheet

// FuzzLoad: a snapshot is refused, or the machine goes on from it.
func FuzzLoad(f *testing.F) {
	makers := []func() *Machine{
		func() *Machine { return build(xor(), Layer{}, "") },
		func() *Machine { return build(xor(), Layer{Units: []string{"or"}, Values: []int64{1, 1, 1}}, "layer") },
	}
	for _, make := range makers {
		m := make()
		f.Add(m.Save(nil))
		m.start, m.order, m.rule = startRandom, orderRandom, rulePocket
		m.begin(true)
		run(m)
		f.Add(m.Save(nil))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, make := range makers {
			m := make()
			before := string(m.Save(nil))
			if len(data) > sealBytes { // the machine's own, so that what follows is read
				data = append([]byte(before[:sealBytes]), data[sealBytes:]...)
			}
			if m.Load(data) != nil {
				if before != string(m.Save(nil)) {
					t.Fatal("a refused snapshot changed the state")
				}
				continue
			}
			if string(m.Save(nil)) != string(data) {
				t.Fatal("saves something else than it loaded")
			}
			run(m)
		}
	})
}

// run steps the machine and looks at everything.
func run(m *Machine) {
	var r sim.Reading
	for range 12 {
		m.Step()
		for p := range m.sheet.Probes {
			m.Read(sim.ProbeID(p), &r)
		}
	}
}
