package simtest

import (
	"fmt"

	"perceptarium/sim"
)

// Toy is the smallest machine with a control and a probe of most kinds: a
// counter that adds its step to one of four cells at each tick. Tests of the
// bench, of scripts and of screens play on it; it is also the shortest example
// of how a machine is written.
type Toy struct {
	sheet *sim.Sheet
	toyState
}

type toyState struct {
	count int64
	on    bool
	step  int64
	phase int64
	cells [4]int64
	gain  float32
	note  string
}

// The controls of a Toy, in the order of its sheet.
const (
	ToyOn sim.ControlID = iota
	ToyStep
	ToyCells
	ToyGain
	ToyNote
	ToyClear
	ToyPhase
	ToyEdge
)

// ToyLimit is where a Toy's count stops: it then holds, and its probe fault
// says so.
const ToyLimit int64 = 1 << 40

const noteBytesMax = 64

// NewToy makes a Toy.
func NewToy() *Toy {
	t := &Toy{sheet: sim.NewSheet(toySheet())}
	t.Reset(0)
	return t
}

func toySheet() sim.Sheet {
	phases := []string{"rest", "count", "carry"}
	probe := func(name string, kind sim.Kind, doc string) sim.Probe {
		return sim.Probe{Name: name, Kind: kind, Unit: "unit", Doc: doc, Evidence: sim.Inferred}
	}
	cells := probe("cells", sim.Grid, "what each cell has been given")
	cells.Rows, cells.Cols, cells.Names = 2, 2, []string{"nw", "ne", "sw", "se"}
	phase := probe("phase", sim.Choice, "what it does at this tick")
	phase.Names = phases
	control := func(name string, kind sim.Kind, lo, hi, preset int64) sim.Control {
		return sim.Control{Name: name, Kind: kind, Min: lo, Max: hi, Default: preset, Unit: "unit", Doc: "the " + name, Evidence: sim.Assumed}
	}
	grid := control("cells", sim.Grid, -1000, 1000, 0)
	grid.Rows, grid.Cols, grid.Names = 2, 2, cells.Names
	gain := control("gain", sim.Level, 0, 0, 0)
	gain.Real, gain.Range, gain.Preset = true, [2]sim.Number{0, 2}, 0.5
	choice := control("phase", sim.Choice, 0, 0, 0)
	choice.Names = phases
	return sim.Sheet{
		Name: "toy", Title: "Toy counter", Year: 1, Doc: "A counter with a knob of every kind.",
		Tick: "one addition", Law: 1,
		Probes: []sim.Probe{
			probe("count", sim.Count, "the sum of all steps"), probe("on", sim.Lamp, "whether it counts"),
			probe("step", sim.Count, "what is added"), cells, probe("gain", sim.Level, "a real that is only kept"),
			probe("note", sim.Text, "a text that is only kept"), phase, probe("fault", sim.Text, "why it holds"),
		},
		Controls: []sim.Control{
			control("on", sim.Switch, 0, 1, 1), control("step", sim.Count, -9, 9, 1), grid, gain,
			control("note", sim.Text, 0, noteBytesMax, 0), control("clear", sim.Button, 0, 0, 0), choice,
			control("edge", sim.Button, 0, 0, 0),
		},
		Omitted: []string{"everything else"},
	}
}

// Sheet implements sim.Machine.
func (t *Toy) Sheet() *sim.Sheet { return t.sheet }

// Reset implements sim.Machine: the count starts at seed modulo 100.
func (t *Toy) Reset(seed uint64) {
	t.toyState = toyState{count: int64(seed % 100), on: true, step: 1, gain: 0.5}
}

// Apply implements sim.Machine.
func (t *Toy) Apply(in sim.Input) error {
	if err := t.sheet.Check(in); err != nil {
		return err
	}
	switch in.Control {
	case ToyOn:
		t.on = in.Ints[0] == 1
	case ToyStep:
		t.step = in.Ints[0]
	case ToyCells:
		copy(t.cells[max(in.Index, 0):], in.Ints)
	case ToyGain:
		t.gain = in.Floats[0]
	case ToyNote:
		t.note = string(in.Bytes)
	case ToyClear:
		t.count = 0
	case ToyPhase:
		t.phase = in.Ints[0]
	case ToyEdge:
		t.count = ToyLimit
	}
	return nil
}

// Step implements sim.Machine.
func (t *Toy) Step() {
	if !t.on || t.fault() != "" {
		return
	}
	t.count += t.step
	t.cells[t.count&3] += t.step
	t.phase = (t.phase + 1) % 3
}

func (t *Toy) fault() string {
	if t.count > ToyLimit || t.count < -ToyLimit {
		return fmt.Sprintf("count %d is beyond %d", t.count, ToyLimit)
	}
	return ""
}

// Read implements sim.Machine.
func (t *Toy) Read(p sim.ProbeID, r *sim.Reading) {
	switch p {
	case 0:
		r.SetInt(t.count)
	case 1:
		r.SetBool(t.on)
	case 2:
		r.SetInt(t.step)
	case 3:
		r.SetInts(t.cells[:])
	case 4:
		r.SetFloat(t.gain)
	case 5:
		r.SetText(t.note)
	case 6:
		r.SetInt(t.phase)
	case 7:
		r.SetText(t.fault())
	}
}

// Save implements sim.Machine.
func (t *Toy) Save(dst []byte) []byte {
	p := sim.Pack(dst, t.sheet)
	p.Int(t.count)
	p.Bool(t.on)
	p.Int(t.step)
	p.Int(t.phase)
	p.Ints(t.cells[:])
	p.Floats([]float32{t.gain})
	p.Bytes([]byte(t.note))
	return p.Done()
}

// Load implements sim.Machine.
func (t *Toy) Load(src []byte) error {
	var s toyState
	var gain [1]float32
	u := sim.Unpack(src, t.sheet)
	s.count = u.Int()
	s.on = u.Bool()
	s.step = u.Within(-9, 9, "step")
	s.phase = u.Within(0, 2, "phase")
	u.Ints(s.cells[:])
	u.Floats(gain[:])
	s.gain = gain[0]
	s.note = string(u.Bytes())
	u.Fail(len(s.note) <= noteBytesMax, "note too long")
	if err := u.Done(); err != nil {
		return err
	}
	t.toyState = s
	return nil
}

// ToyInput draws an Input that a Toy takes.
func ToyInput(chance interface{ Below(int64) int64 }) sim.Input {
	switch c := sim.ControlID(chance.Below(7)); c {
	case ToyStep:
		return sim.Input{Control: c, Ints: []int64{chance.Below(19) - 9}}
	case ToyCells:
		return sim.Input{Control: c, Index: int(chance.Below(4)), Ints: []int64{chance.Below(2001) - 1000}}
	case ToyGain:
		return sim.Input{Control: c, Floats: []float32{float32(chance.Below(3)) / 2}}
	case ToyNote:
		return sim.Input{Control: c, Bytes: []byte{byte('a' + chance.Below(26))}}
	case ToyClear:
		return sim.Input{Control: c}
	case ToyPhase:
		return sim.Input{Control: c, Ints: []int64{chance.Below(3)}}
	default:
		return sim.Input{Control: ToyOn, Ints: []int64{chance.Below(2)}}
	}
}
