package belief

import (
	"bytes"
	"strings"
	"testing"

	"perceptarium/modern/examples"
	"perceptarium/modern/kernel"
	"perceptarium/sim"
	"perceptarium/sim/rng"
	"perceptarium/sim/simtest"
)

// pictures are examples of so many classes: each class has units of its own
// that are mostly on.
func pictures(classes, rows, cols, train, test int) *examples.Set {
	s := &examples.Set{Name: "pictures", Shape: []int{1, rows, cols}, Steps: 1, Classes: classes}
	st := rng.New(1).Stream("pictures")
	for _, p := range []*examples.Part{&s.Train, &s.Test} {
		p.N = train
		if p == &s.Test {
			p.N = test
		}
		for i := range p.N {
			for k := range rows * cols {
				v := float32(st.Below(3)) / 8
				if k%classes == i%classes {
					v += 0.5
				}
				p.X = append(p.X, v)
			}
			p.Class = append(p.Class, int32(i%classes))
		}
	}
	return s
}

// made makes a machine of those layers.
func made(t testing.TB, set *examples.Set, hidden, labels string) *Machine {
	t.Helper()
	m, err := Make(sim.Env{Options: []sim.Option{
		{Key: "data", Value: "set", Data: examples.Encode(set)}, {Key: "hidden", Value: hidden}, {Key: "labels", Value: labels},
	}})
	if err != nil {
		t.Fatal(err)
	}
	m.Reset(1)
	return m.(*Machine)
}

func input(t testing.TB, m *Machine, name string, value float32) sim.Input {
	t.Helper()
	id, ok := m.Sheet().Control(name)
	if !ok {
		t.Fatalf("no control %s", name)
	}
	if m.Sheet().Controls[id].Real {
		return sim.Input{Control: id, Floats: []float32{value}}
	}
	return sim.Input{Control: id, Ints: []int64{int64(value)}}
}

func turn(t testing.TB, m *Machine, name string, value float32) {
	t.Helper()
	if err := m.Apply(input(t, m, name, value)); err != nil {
		t.Fatal(err)
	}
}

// rest runs a machine until its task is done.
func rest(t testing.TB, m *Machine) {
	t.Helper()
	for range 10_000_000 {
		if m.task == taskRest {
			return
		}
		m.Step()
	}
	t.Fatalf("task %s has no end", taskNames[m.task])
}

var stacks = []struct {
	name, hidden, labels string
	train, test          int
}{
	{"one layer", "3", "no", 7, 3},
	{"memory alone", "3", "yes", 7, 0},
	{"stack", "5-4-3", "no", 130, 3},
	{"stack with labels", "5-4-3", "yes", 7, 103},
}

// TestConform goes through every task: each is begun a few ticks after the one
// before.
func TestConform(t *testing.T) {
	for _, s := range stacks {
		set := pictures(3, 2, 3, s.train, s.test)
		for first := float32(0); first < 2; first++ { // turns
			if first == 0 && s.labels == "yes" {
				continue // no exact sums
			}
			t.Run(s.name, func(t *testing.T) {
				m := made(t, set, s.hidden, s.labels)
				tasks := []int64{taskLearn, taskUpDown, taskTest, taskDream, taskTune}
				simtest.Conform(t, func() sim.Machine { return made(t, set, s.hidden, s.labels) }, func(at sim.Tick) (sim.Input, bool) {
					switch {
					case at == 0:
						return input(t, m, "turns", first), true
					case at == 1:
						return input(t, m, "passes", 2), true
					case at == 2:
						return input(t, m, "gibbs", 2), true
					case at%18 == 17:
						task := tasks[at/18%5]
						if task == taskTune && m.net == nil {
							task = taskTest
						}
						return input(t, m, "task", float32(task)), true
					}
					return sim.Input{}, false
				})
			})
		}
	}
}

// TestNoTaskAllocates runs every task to its end.
func TestNoTaskAllocates(t *testing.T) {
	for _, s := range stacks {
		m := made(t, pictures(3, 2, 3, s.train, s.test), s.hidden, s.labels)
		turn(t, m, "passes", 2)
		turn(t, m, "gibbs", 3)
		for task := taskLearn; task <= taskTune; task++ {
			if task == taskTune && m.net == nil {
				continue
			}
			turn(t, m, "task", float32(task))
			if n := testing.AllocsPerRun(1, func() {
				m.begin(task)
				rest(t, m)
			}); n != 0 {
				t.Errorf("%s: %s allocates %v times", s.name, taskNames[task], n)
			}
		}
	}
}

// FuzzLoad: no snapshot, however spoiled, makes a machine that fails.
func FuzzLoad(f *testing.F) {
	var all []*Machine
	for i, s := range stacks {
		m := made(f, pictures(3, 2, 3, 5, 3), s.hidden, s.labels)
		turn(f, m, "passes", 1)
		turn(f, m, "gibbs", 2)
		turn(f, m, "chains", 3)
		for task := taskLearn; task <= taskTune; task++ {
			if m.Apply(input(f, m, "task", float32(task))) == nil {
				for range 2 + int(task) {
					m.Step()
				}
				f.Add(uint8(i), m.Save(nil))
			}
		}
		all = append(all, m)
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) { simtest.TryLoad(t, all[int(which)%len(all)], data, 64) })
}

// TestSpoiledSnapshots spoils each byte of the numbers at a snapshot's beginning:
// what is taken goes on without failing.
func TestSpoiledSnapshots(t *testing.T) {
	for _, s := range stacks {
		m, other := made(t, pictures(3, 2, 3, 5, 3), s.hidden, s.labels), made(t, pictures(3, 2, 3, 5, 3), s.hidden, s.labels)
		for task := taskLearn; task <= taskTune; task++ {
			if m.Apply(input(t, m, "task", float32(task))) != nil {
				continue
			}
			m.Step()
			m.Step()
			good := m.Save(nil)
			for i := 8; i < 8+8*(22+9); i += 8 {
				for _, v := range []byte{0, 1, 2, 4, 9, 101} {
					bad := bytes.Clone(good)
					bad[i] = v
					if other.Load(bad) == nil {
						for range 10 {
							other.Step()
						}
					}
				}
			}
		}
	}
}

// TestWorkersAndImplementations: the same bits with any number of workers and
// every kernel.
func TestWorkersAndImplementations(t *testing.T) {
	defer func() { kernel.SetWorkers(0); _ = kernel.Force("") }()
	set := pictures(4, 6, 6, 120, 30)
	for _, labels := range []string{"yes", "no"} {
		var want []byte
		for _, impl := range kernel.Implementations() {
			if kernel.Force(impl.Name) != nil {
				continue
			}
			for _, workers := range []int{1, 3} {
				kernel.SetWorkers(workers)
				m := made(t, set, "33-17-40", labels)
				turn(t, m, "passes", 2)
				turn(t, m, "gibbs", 4)
				for task := taskLearn; task <= taskTune; task++ {
					if m.Apply(input(t, m, "task", float32(task))) == nil {
						rest(t, m)
					}
				}
				got := m.Save(nil)
				if want == nil {
					want = got
				}
				if !bytes.Equal(got, want) {
					t.Errorf("labels=%s: %s with %d workers ends in another state", labels, impl.Name, workers)
				}
			}
		}
	}
}

// TestTuningBeginsWithWhatWasLearned: layers that have learned go into the net
// as they are, the others are drawn.
func TestTuningBeginsWithWhatWasLearned(t *testing.T) {
	m := made(t, pictures(3, 2, 3, 20, 5), "5-4", "no")
	turn(t, m, "passes", 3)
	for m.learned == 0 {
		m.Step()
	}
	turn(t, m, "task", float32(taskTune))
	if w := m.net.Param("h1-w").W; !equal(w, m.layers[0].w) || !equal(m.net.Param("h1-b").W, m.layers[0].c) {
		t.Error("the first layer has learned, and the net does not have it")
	}
	if w := m.net.Param("h2-w").W; equal(w, m.layers[1].w) || w[0] == 0 {
		t.Error("the second layer has not learned, and the net has it")
	}
	before := bytes.Clone(m.Save(nil))
	rest(t, m)
	turn(t, m, "task", float32(taskTest))
	rest(t, m)
	if bytes.Equal(before, m.Save(nil)) || m.last[scoreTest].count != 5 {
		t.Errorf("tuned and tested: %d answers", m.last[scoreTest].count)
	}
}

func equal(a, b []float32) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// TestRefusals: what cannot be is refused, and the message says what can.
func TestRefusals(t *testing.T) {
	set := pictures(2, 2, 2, 4, 0)
	dark := pictures(2, 2, 2, 4, 0)
	dark.Train.X[3] = -1
	plain := &examples.Set{Name: "plain", Shape: []int{2}, Steps: 1, Outputs: 1, Train: examples.Part{N: 1, X: []float32{0, 1}, Y: []float32{1}}}
	for _, row := range []struct {
		set                     *examples.Set
		hidden, labels, message string
	}{
		{set, "5-x", "no", "want whole numbers"},
		{set, "0", "no", "want whole numbers"},
		{set, "1-1-1-1-1-1-1-1-1", "no", "at most 8"},
		{dark, "3", "no", "low=0"},
		{plain, "3", "yes", "no classes"},
	} {
		_, err := Make(sim.Env{Options: []sim.Option{
			{Key: "data", Value: "set", Data: examples.Encode(row.set)}, {Key: "hidden", Value: row.hidden}, {Key: "labels", Value: row.labels},
		}})
		if err == nil || !strings.Contains(err.Error(), row.message) {
			t.Errorf("hidden=%s labels=%s: %v, want %q", row.hidden, row.labels, err, row.message)
		}
	}
	for labels, task := range map[string]int64{"yes": taskTune} {
		m := made(t, set, "3", labels)
		if m.Apply(input(t, m, "task", float32(task))) == nil {
			t.Errorf("labels=%s: took %s", labels, taskNames[task])
		}
	}
	if m := made(t, plain, "3", "no"); m.Apply(input(t, m, "task", float32(taskTest))) == nil {
		t.Error("a test without classes was taken")
	}
}

// TestFault: where weights are no numbers any more the machine says so and holds.
func TestFault(t *testing.T) {
	m := made(t, pictures(3, 2, 3, 7, 3), "3", "no")
	m.layers[0].w[0] = float32(1e38)
	m.layers[0].w[1] = float32(3e38)
	for range 20 {
		m.Step()
	}
	var r sim.Reading
	id, _ := m.Sheet().Probe("fault")
	m.Read(id, &r)
	if len(r.Text) == 0 {
		t.Error("weights beyond all numbers, and no fault")
	}
	before := m.Save(nil)
	m.Step()
	if !bytes.Equal(before, m.Save(nil)) {
		t.Error("a machine with a fault moved")
	}
}
