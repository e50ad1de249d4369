package examples

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadTable(t *testing.T) {
	for _, row := range []struct {
		name, text string
		outputs    int
		classes    bool
		want       string
	}{
		{"blanks", "a b y\n0 1 1\n", 1, false, "[2] 1 0 [0 1] [1] [] []"},
		{"commas, CRLF, a mark, remarks", "\ufeffa,b,y\r\n# one\r\n\r\n0,1,2\r\n", 2, false, "[1] 2 0 [0] [1 2] [] []"},
		{"classes", "a;b;kind\n.5;1;0\n1;1;2\n", 1, true, "[2] 0 3 [0.5 1 1 1] [] [0 2] []"},
		{"for testing", "a\ty\n1\t1\ntest\n2\t0\n", 1, false, "[1] 1 0 [1] [1] [] [2]"},
	} {
		s, err := ReadTable("t", []byte(row.text), 1, row.outputs, row.classes)
		if err != nil {
			t.Errorf("%s: %v", row.name, err)
			continue
		}
		if got := fmt.Sprint(s.Shape, s.Outputs, s.Classes, s.Train.X, s.Train.Y, s.Train.Class, s.Test.X); got != row.want {
			t.Errorf("%s: got %s, want %s", row.name, got, row.want)
		}
	}
}

func TestReadTableRefuses(t *testing.T) {
	for _, row := range []struct {
		name, text string
		classes    bool
		want       string
	}{
		{"empty", "", false, "t:1: no example"},
		{"names alone", "a y\n", false, "t:2: no example"},
		{"no input", "y\n1\n", false, "t:1: the first line names the columns: at least one input"},
		{"NaN", "a y\n0 NaN\n", false, `t:2: y: "NaN" is not a number`},
		{"infinity", "a y\n\ninf 1\n", false, `t:3: a: "inf" is not a number`},
		{"too large", "a y\n1e39 1\n", false, `t:2: a: "1e39" is not a number`},
		{"short", "a b y\n0 1\n", false, "t:2: 2 numbers for the 3 columns a b y"},
		{"half a class", "a y\n0 0.5\n", true, `t:2: y: a class is a whole number from 0, not "0.5"`},
		{"a class below 0", "a y\n0 -1\n", true, `t:2: y: a class is a whole number`},
		{"only for testing", "a y\ntest\n0 1\n", false, "t:4: no example"},
	} {
		_, err := ReadTable("t", []byte(row.text), 1, 1, row.classes)
		if err == nil || !strings.HasPrefix(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %s...", row.name, err, row.want)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("a b y\n0 1 1\ntest\n1 1 0\n"), uint8(1), false)
	f.Add([]byte("\ufeffa,b,kind\r\n0,1,2\r\n"), uint8(1), true)
	f.Fuzz(func(t *testing.T, data []byte, outputs uint8, classes bool) {
		s, err := ReadTable("t", data, 1+int(outputs/4%3), 1+int(outputs%4), classes)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "t:") {
				t.Fatalf("an error without its place: %v", err)
			}
			return
		}
		again, err := Decode(Encode(s))
		if err != nil || fmt.Sprint(again) != fmt.Sprint(s) {
			t.Fatalf("encoded and decoded: %v", err)
		}
	})
}

func TestReadTableOfSequences(t *testing.T) {
	s, err := ReadTable("t", []byte("a1 b1 a2 b2 y\n1 2 3 4 5\n"), 2, 1, false)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(s.Shape, s.Steps, s.Train.X, s.Train.Y); got != "[2] 2 [1 2 3 4] [0 5]" {
		t.Errorf("got %s", got)
	}
	_, err = ReadTable("t", []byte("a1 b1 a2 y\n1 2 3 5\n"), 2, 1, false)
	if want := "t:1: 3 columns for inputs, which 2 steps do not divide"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
