package scenarios

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"perceptarium/internal/era"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// reinforcement is how far one reinforcement moves a wiper, in microvolts: 1 % of
// its 22 volts.
const reinforcement = 220_000

// TestSameSum holds what the scenario same-sum hands from the Mark I to the core
// against the Mark I's lamps and wipers, and the narrator's comparison against
// what follows from the assumptions and from the table of computers.
func TestSameSum(t *testing.T) {
	sc, err := Load("same-sum")
	if err != nil {
		t.Fatal(err)
	}
	var p *script.Player
	clock := map[string]int64{}
	told := ""
	p, err = script.Open(sc, House{}, script.Options{Tell: func(e script.Event) {
		told += e.Text + "\n"
		switch {
		case e.Kind == script.RecordEvent && (e.Text == "from" || e.Text == "to"):
			clock[e.Text], _ = strconv.ParseInt(e.Detail, 10, 64)
		case e.Kind == script.MarkEvent && e.Text == "summed":
			holds(t, "activity.txt", attached(t, sc, "activity.txt"), column(reading(t, p, "a-unit").Ints[:64], 64))
			for i, v := range reading(t, p, "value").Ints {
				if w := reading(t, p, "weight").Ints[i]; w != v*reinforcement {
					t.Errorf("wiper %d stands at %d microvolts, not at %d reinforcements", i, w, v)
				}
			}
			holds(t, "weights.txt", attached(t, sc, "weights.txt"), column(turned(reading(t, p, "value").Ints, 8), 8))
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Replay(sim.Never, script.Slices); err != nil {
		t.Fatal(err)
	}
	const volts, ohms, pots, adds = 22, 10e3, 512, 512
	seconds := float64(clock["to"]-clock["from"]) / 1000
	joules := volts * volts / ohms * pots * seconds
	old, _ := era.Find("ibm-704")
	core := reading(t, p, "time").Ints[0]
	energy := reading(t, p, "energy").Ints[0]
	for _, want := range []string{
		fmt.Sprintf("Mark I: %.0f ms. Its 512 potentiometers turn %.1f joules", 1000*seconds, joules),
		fmt.Sprintf("IBM 704: %.0f ms, one multiply-add after the other, and %.0f kilojoules.", 10*float64(int(100*old.Seconds(era.MACs(adds)).Value+0.5)), old.Joules(era.MACs(adds)).Value/1000),
		fmt.Sprintf("Tensor core: %.0f nanoseconds, %.2f microjoules.", float64(core)/1000, float64(energy)/1e9),
	} {
		if !strings.Contains(told, want) {
			t.Errorf("the narrator does not say: %s", want)
		}
	}
	if faster, less := seconds/(float64(core)*1e-12), joules/(float64(energy)*1e-15); faster < 5e6 || faster > 6e6 || less < 6e6 || less > 7e6 {
		t.Errorf("%.3g times as fast, %.3g times less energy", faster, less)
	}
}

func reading(t *testing.T, p *script.Player, probe string) *sim.Reading {
	t.Helper()
	id, ok := p.Bench().Sheet().Probe(probe)
	if !ok {
		t.Fatalf("no probe %s", probe)
	}
	var r sim.Reading
	p.Bench().Read(id, &r)
	return &r
}

// column writes numbers in rows of so many.
func column(list []int64, columns int) string {
	var b strings.Builder
	for i, v := range list {
		b.WriteString(strconv.FormatInt(v, 10))
		if (i+1)%columns == 0 {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// turned transposes a list of rows.
func turned(list []int64, rows int) []int64 {
	columns := len(list) / rows
	out := make([]int64, len(list))
	for i, v := range list {
		out[i%columns*rows+i/columns] = v
	}
	return out
}

func holds(t *testing.T, name string, got []byte, want string) {
	t.Helper()
	if string(got) != want {
		t.Errorf("%s is not what the Mark I shows, which is\n%s", name, want)
	}
}
