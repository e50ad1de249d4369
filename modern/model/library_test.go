package model

import (
	"strings"
	"testing"

	"perceptarium/modern/nn"
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

// TestLayers counts the free numbers, connections and units of each layer as the
// papers do.
func TestLayers(t *testing.T) {
	for _, c := range []struct {
		net, layer string
		free       int
		links      int64
		units      int // 0: not published
	}{
		{"zip-codes-1989", "H1", 1068, 19968, 768}, {"zip-codes-1989", "H2", 2592, 38592, 192},
		{"zip-codes-1989", "H3", 5790, 5790, 30}, {"zip-codes-1989", "out", 310, 310, 10},
		{"lenet-5-1998", "C1", 156, 122304, 6 * 28 * 28}, {"lenet-5-1998", "S2", 12, 5880, 6 * 14 * 14},
		{"lenet-5-1998", "C3", 1516, 151600, 16 * 10 * 10}, {"lenet-5-1998", "S4", 32, 2000, 16 * 5 * 5},
		{"lenet-5-1998", "C5", 48120, 48120, 120}, {"lenet-5-1998", "F6", 10164, 10164, 84}, {"lenet-5-1998", "out", 0, 840, 10},
		{"alexnet-2012", "conv1", 34944, 0, 96 * 55 * 55}, {"alexnet-2012", "conv2", 307456, 0, 256 * 27 * 27},
		{"alexnet-2012", "conv3", 885120, 0, 64896}, {"alexnet-2012", "conv4", 663936, 0, 64896}, {"alexnet-2012", "conv5", 442624, 0, 43264},
		{"alexnet-2012", "fc6", 37752832, 0, 4096}, {"alexnet-2012", "fc7", 16781312, 0, 4096}, {"alexnet-2012", "fc8", 4097000, 0, 1000},
	} {
		s, err := Read(c.net, Text(c.net))
		if err != nil {
			t.Fatal(err)
		}
		n, err := s.Plan(1, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got nn.Layer
		for _, l := range n.Layers() {
			if l.Name == c.layer || strings.HasPrefix(l.Name, c.layer+"-") {
				got.Free, got.Links, got.Units = got.Free+l.Free, got.Links+l.Links, got.Units+l.Units
			}
		}
		if got.Free != c.free || c.links > 0 && got.Links != c.links || got.Units != c.units {
			t.Errorf("%s: %s has %d free numbers, %d connections, %d units, not %d, %d, %d", c.net, c.layer, got.Free, got.Links, got.Units, c.free, c.links, c.units)
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
