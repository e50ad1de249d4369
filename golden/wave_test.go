package golden_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
	"perceptarium/sim/trace"
)

// waveTicks is how far into each act the waveforms are compared.
const waveTicks = 40

// TestWaves replays the first ticks of a scenario of every machine, and holds
// what a reader finds in the waveform against the trace of all its probes: the
// same values at the same ticks, and nothing else. The reader is the test's
// own. Where the tools of GTKWave are installed, the waveform then goes
// through them, into their own format and back, and must still say the same.
// On a machine that should have them, PERCEPTARIUM_GTKWAVE=required makes
// their lack a failure.
func TestWaves(t *testing.T) {
	for _, m := range scenarios.Machines() {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			testWave(t, scenarioOf(t, m.Name))
		})
	}
	t.Run("heat and cold", func(t *testing.T) {
		sc, err := scenarios.Load("heat-and-cold-1943")
		if err != nil {
			t.Fatal(err)
		}
		testWave(t, sc)
	})
}

// scenarioOf is the first scenario of this machine alone, or one that only lets
// it run: what stands in the other acts of a scenario has its own turn.
func scenarioOf(t *testing.T, machine string) *script.Scenario {
	t.Helper()
	for _, name := range scenarios.Names() {
		sc, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		others := func(a script.Act) bool { return a.Machine != machine }
		if !slices.ContainsFunc(sc.Acts, others) {
			return sc
		}
	}
	sc, err := script.Parse("idle.scenario", fmt.Appendf(nil, "+++\ntitle = \"Idle\"\nyear = 1900\n+++\nmachine %s\nrun %d\n", machine, waveTicks))
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

func testWave(t *testing.T, sc *script.Scenario) {
	t.Helper()
	sheets := watchEverything(t, sc)
	var text, wave bytes.Buffer
	p, err := script.Open(sc, scenarios.House{}, script.Options{Trace: &text, Wave: &wave})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Replay(waveTicks, script.Slices); err != nil {
		t.Fatal(err)
	}
	want, err := trace.Read(sc.Name, &text)
	if err != nil {
		t.Fatal(err)
	}
	compareWave(t, want, sheets, wave.String())
	t.Run("gtkwave", func(t *testing.T) {
		compareWave(t, want, sheets, throughGTKWave(t, wave.Bytes()))
	})
}

// inWave reports whether a waveform has the probe: it leaves out series, drawings and
// what has more than 4096 cells.
func inWave(p *sim.Probe) bool {
	return p.Cells() <= 4096 && p.Kind != sim.Series && p.Kind != sim.Net
}

// watchEverything puts every probe of every act into the trace, and returns
// the sheets.
func watchEverything(t *testing.T, sc *script.Scenario) (sheets []*sim.Sheet) {
	t.Helper()
	p, err := script.Open(sc, scenarios.House{}, script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range sc.Acts {
		sheets = append(sheets, p.Bench().Sheet())
		sc.Acts[i].Watches = nil
		for id := range sheets[i].Probes {
			if p := &sheets[i].Probes[id]; inWave(p) {
				sc.Acts[i].Watches = append(sc.Acts[i].Watches, script.Watch{Probe: p.Name, Every: 1})
			}
		}
		if _, err := p.NextAct(); err != nil {
			t.Fatal(err)
		}
	}
	return sheets
}

// throughGTKWave has vcd2fst and fst2vcd read and write a waveform.
func throughGTKWave(t *testing.T, wave []byte) string {
	t.Helper()
	for _, tool := range []string{"vcd2fst", "fst2vcd"} {
		if _, err := exec.LookPath(tool); err != nil {
			lack := "no " + tool + " here: GTKWave's tools have not read this waveform (Debian, Ubuntu: apt-get install gtkwave)"
			if os.Getenv("PERCEPTARIUM_GTKWAVE") == "required" {
				t.Fatal(lack)
			}
			t.Skip(lack)
		}
	}
	vcd, fst := filepath.Join(t.TempDir(), "a.vcd"), filepath.Join(t.TempDir(), "a.fst")
	if err := os.WriteFile(vcd, wave, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("vcd2fst", vcd, fst).CombinedOutput(); err != nil || len(bytes.TrimSpace(out)) > 0 {
		t.Fatalf("vcd2fst: %v: %s", err, out)
	}
	back, err := exec.Command("fst2vcd", fst).Output()
	if err != nil {
		t.Fatalf("fst2vcd: %v", err)
	}
	return string(back)
}

// compareWave holds a waveform against the trace of all probes.
func compareWave(t *testing.T, want *trace.Trace, sheets []*sim.Sheet, text string) {
	t.Helper()
	w := waveReader{values: map[string]string{}, shown: map[*waveProbe]string{}}
	if err := w.read(strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if len(w.acts) != len(want.Acts) {
		t.Fatalf("%d acts in the waveform, %d in the trace", len(w.acts), len(want.Acts))
	}
	begin := int64(0)
	for i := range want.Acts {
		act, sheet := &want.Acts[i], sheets[i]
		tick := max(sheet.TickNS, 1) / w.unit
		probes := w.acts[i].probes
		for id := range sheet.Probes {
			p := &sheet.Probes[id]
			if !inWave(p) {
				continue
			}
			if len(probes) == 0 || probes[0].name != plainName(p.Name) {
				t.Fatalf("act %d: %s is not in the waveform at its place", i+1, p.Name)
			}
			compareProbe(t, act, p, probes[0], begin, tick)
			probes = probes[1:]
		}
		begin += (int64(act.End) + 1) * tick
	}
}

// compareProbe expects the lines that the trace has of a probe, and no others.
func compareProbe(t *testing.T, act *trace.Act, p *sim.Probe, w *waveProbe, begin, tick int64) {
	t.Helper()
	got := w.lines
	for _, line := range act.Lines {
		if line.What != p.Name {
			continue
		}
		if len(got) == 0 {
			t.Fatalf("%s: the waveform ends before tick %d, where it shows %s", p.Name, line.At, brief(line.Value))
		}
		if at := begin + int64(line.At)*tick; got[0].at != at || traced(p, got[0].values) != line.Value {
			t.Fatalf("%s: at %d the waveform shows %s; at tick %d, that is %d, the trace %s",
				p.Name, got[0].at, brief(traced(p, got[0].values)), line.At, at, brief(line.Value))
		}
		got = got[1:]
	}
	if len(got) > 0 {
		t.Fatalf("%s: the waveform changes at %d to %s, the trace does not", p.Name, got[0].at, brief(traced(p, got[0].values)))
	}
}

func plainName(name string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune("-+.,/ #'", c) {
			return '_'
		}
		return c
	}, name)
}

// traced is what a trace writes of the values of a waveform.
func traced(p *sim.Probe, values []string) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = tracedValue(v, p)
	}
	line := strings.Join(words, " ")
	if len(words) > trace.ArrayMax {
		line = trace.Digest(sha256.Sum256([]byte(line)))
	}
	return line
}

func tracedValue(v string, p *sim.Probe) string {
	switch v[0] {
	case 's':
		return strconv.Quote(unescape(v[1:]))
	case 'r':
		f, err := strconv.ParseFloat(v[1:], 64)
		if err != nil {
			return err.Error()
		}
		return string(sim.AppendFloat(nil, float32(f)))
	}
	bits, err := strconv.ParseUint(v[1:], 2, 64)
	if err != nil {
		return err.Error()
	}
	if p.Min >= 0 && p.Max > 0 {
		return strconv.FormatUint(bits, 10)
	}
	return strconv.FormatInt(int64(bits), 10)
}

// unescape takes back the escapes of a text: ours, and those of GTKWave, which
// are the ones of C.
func unescape(s string) string {
	var out []byte
	for s != "" {
		if question, ok := strings.CutPrefix(s, `\?`); ok {
			out, s = append(out, '?'), question
			continue
		}
		quote := byte('"')
		if strings.HasPrefix(s, `\'`) || s[0] == '"' {
			quote = '\''
		}
		c, wide, rest, err := strconv.UnquoteChar(s, quote)
		if err != nil {
			return err.Error() + " in " + brief(s)
		}
		if wide {
			out = append(out, string(c)...)
		} else {
			out = append(out, byte(c))
		}
		s = rest
	}
	return string(out)
}

// brief is a text for a message.
func brief(s string) string {
	if len(s) > 200 {
		return s[:200] + "..."
	}
	return s
}
