package model

import (
	"strings"
	"testing"
)

// TestCounts holds every named net against the counts of its paper.
func TestCounts(t *testing.T) {
	for _, c := range []struct {
		name        string
		parameters  int
		connections int64 // 0: not published
		units       int   // without the inputs; 0: not published
	}{
		{"xor-1986", 9, 9, 3},
		{"zip-codes-1989", 9760, 64660, 1256 - 256},
		{"zip-codes-dense", 10690, 10690, 50},
		{"lenet-1", 2578, 98442, 4635 - 784 - 1}, // the paper counts one unit for the biases
		{"lenet-5-1998", 60000, 340908, 0},
		{"alexnet-2012", 60965224, 0, 0},
		{"mlp-2006", 1662000 + 3010, 1662000 + 3010, 3010},
	} {
		s, err := Read(c.name, Text(c.name))
		if err != nil {
			t.Fatal(err)
		}
		n, err := s.Plan(1, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n.Parameters() != c.parameters ||
			c.connections > 0 && n.Connections() != c.connections || c.units > 0 && n.Units() != c.units {
			t.Errorf("%s: %d parameters, %d connections, %d units, not %d, %d, %d",
				c.name, n.Parameters(), n.Connections(), n.Units(), c.parameters, c.connections, c.units)
		}
	}
}

// TestLayers counts the free numbers of each layer as the papers do.
func TestLayers(t *testing.T) {
	for _, c := range []struct {
		net, layer string
		free       int
	}{
		{"zip-codes-1989", "H1", 1068}, {"zip-codes-1989", "H2", 2592}, {"zip-codes-1989", "H3", 5790}, {"zip-codes-1989", "out", 310},
		{"lenet-5-1998", "C1", 156}, {"lenet-5-1998", "S2", 12}, {"lenet-5-1998", "C3", 1516}, {"lenet-5-1998", "S4", 32},
		{"lenet-5-1998", "C5", 48120}, {"lenet-5-1998", "F6", 10164}, {"lenet-5-1998", "out", 0},
	} {
		s, err := Read(c.net, Text(c.net))
		if err != nil {
			t.Fatal(err)
		}
		n, err := s.Plan(1, nil)
		if err != nil {
			t.Fatal(err)
		}
		free := 0
		for _, p := range n.Params {
			if strings.HasPrefix(p.Name, c.layer+"-") {
				free += p.Free()
			}
		}
		if free != c.free {
			t.Errorf("%s: %s has %d free numbers, not %d", c.net, c.layer, free, c.free)
		}
	}
}

// TestEveryNetIsRead plans each of the named nets.
func TestEveryNetIsRead(t *testing.T) {
	for _, name := range Names() {
		if s, err := Read(name, Text(name)); err != nil || s.Title == "" {
			t.Errorf("%s: %v, title %q", name, err, s.Title)
		}
	}
}

func TestDigitCodes(t *testing.T) {
	codes := readCodes(digitCodes)
	if len(codes) != 10 {
		t.Fatalf("%d codes", len(codes))
	}
	for i, c := range codes {
		if len(c) != 7*12 {
			t.Errorf("%d has %d cells", i, len(c))
		}
		for k, d := range codes[:i] {
			if near := differ(c, d); near < 8 {
				t.Errorf("%d and %d differ in %d cells alone", k, i, near)
			}
		}
	}
}

func differ(a, b []float32) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// TestExercise: a training step of each net that is measured can be run, leaves
// nothing behind, and its work is that of the connections: forwards, and twice
// backwards but for the first layer.
func TestExercise(t *testing.T) {
	for _, c := range Exercised {
		s, err := Read(c.Name, Text(c.Name))
		if err != nil {
			t.Fatal(err)
		}
		step, err := s.Exercise(2)
		if err != nil {
			t.Fatal(err)
		}
		run := func() {
			for i := range step {
				step[i].Run()
			}
		}
		run()
		if a := testing.AllocsPerRun(3, run); a != 0 {
			t.Errorf("%s: %v allocations in a step", c.Name, a)
		}
	}
	s, _ := Read("mlp-2006", Text("mlp-2006"))
	links := int64(784*500 + 500*500 + 500*2000 + 2000*10)
	if got, err := s.Work(128); err != nil || got != 128*(3*links-784*500)+links+3010 {
		t.Errorf("%d multiply-adds in a step, %v", got, err)
	}
}
