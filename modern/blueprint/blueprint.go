// Package blueprint is a net on paper, as a machine: one tick goes on to the next
// layer and adds up what it has.
//
//	layer 1 -> layer 2 -> ... -> the whole net
//
// Nothing is computed and no memory is taken for weights, so that nets too large
// for a lecture can be counted to the last weight.
//
// Sources: the papers that the nets' texts name (package model).
// Omitted: all numbers that flow through the net.
package blueprint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"perceptarium/modern/model"
	"perceptarium/modern/nn"
	"perceptarium/sim"
)

var _ sim.Machine = (*Machine)(nil)

// Machine is a plan and the layer at which one looks.
type Machine struct {
	sheet  *sim.Sheet
	file   string
	input  []int
	layers []nn.Layer
	at     int64 // layers passed
	blocks int64 // residual blocks of the whole net
	paths  [2]int64
}

// Slots lists what a machine line may carry.
func Slots() []sim.Slot {
	return []sim.Slot{{Key: "net", Data: true, Doc: "the net as text: see docs/layers.md; or one of history by its name (default: xor-1986)"}}
}

// Make plans the net.
func Make(env sim.Env) (sim.Machine, error) {
	name, text := "xor-1986", []byte(nil)
	if opt, ok := env.Get("net"); ok {
		name, text = opt.Value, opt.Data
	}
	if text == nil {
		text = model.Text(name)
	}
	spec, err := model.Read(name, text)
	if err != nil {
		return nil, err
	}
	net, err := spec.Plan(1, nil)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	m := &Machine{file: name, input: spec.Shape, layers: net.Layers()}
	m.blocks = blocksIn(m.layers)
	m.sheet = makeSheet(spec, len(m.layers), m.blocks, hex.EncodeToString(sum[:]))
	m.Reset(0)
	return m, nil
}

// The probes, in their order on the sheet.
const (
	seeLayer = iota
	seeShape
	seePassed
	seeLayerFree
	seeFree
	seeLinks
	seeUnits
	seeWork
	seeBlocks
	seePathShare
	seePathFrom
	seePathTo
)

func makeSheet(spec *model.Spec, layers int, blocks int64, digest string) *sim.Sheet {
	count := func(name string, unit sim.Unit, doc string) sim.Probe {
		return sim.Probe{Name: name, Kind: sim.Count, Unit: unit, Doc: doc, Evidence: sim.Inferred}
	}
	passed := count("layer-number", "layer", "layers passed")
	passed.Max = int64(layers)
	what := spec.File
	if spec.Title != "" {
		what += ", " + spec.Title
	}
	s := sim.Sheet{
		Name: "blueprint", Title: "A net on paper", Year: 2012, Data: digest,
		Doc:  "A net that is counted layer by layer and never built. Net: " + what + ".",
		Tick: "one layer",
		Probes: []sim.Probe{
			{Name: "layer", Kind: sim.Text, Unit: "layer", Doc: "the layer that was passed last", Evidence: sim.Inferred},
			{Name: "shape", Kind: sim.Text, Unit: "unit", Doc: "what it answers: maps x height x width, or units", Evidence: sim.Inferred},
			passed,
			count("layer-parameters", "parameter", "weights and biases of this layer"),
			count("parameters", "parameter", "weights and biases of all layers passed"),
			count("connections", "connection", "connections of all layers passed, each bias of a unit one of them"),
			count("units", "unit", "units of all layers with weights passed, without the inputs"),
			count("work", "multiply-add", "multiply-adds of a forward pass for one example, so far"),
		},
		Sources: []string{"the papers named in the nets' texts"},
		Omitted: []string{"all numbers that flow through the net"},
	}
	if blocks > 0 {
		addPaths(&s, blocks)
	}
	return sim.NewSheet(s)
}

// Sheet is the machine's data sheet.
func (m *Machine) Sheet() *sim.Sheet { return m.sheet }

// Reset goes back before the first layer.
func (m *Machine) Reset(uint64) { m.at, m.paths = 0, [2]int64{0, m.blocks} }

// Apply says which paths count; other nets than residual ones have no controls.
func (m *Machine) Apply(in sim.Input) error {
	if err := m.sheet.Check(in); err != nil {
		return err
	}
	m.paths[in.Control] = in.Ints[0]
	return nil
}

// Step goes on to the next layer; behind the last it stays.
func (m *Machine) Step() { m.at = min(m.at+1, int64(len(m.layers))) }

// Read looks at a probe.
func (m *Machine) Read(p sim.ProbeID, r *sim.Reading) {
	layer := nn.Layer{Name: "the input", Shape: m.input}
	if m.at > 0 {
		layer = m.layers[m.at-1]
	}
	var sum nn.Layer
	for _, l := range m.layers[:m.at] {
		sum.Free += l.Free
		sum.Links += l.Links
		sum.Units += l.Units
		sum.Work += l.Work
	}
	switch p {
	case seeLayer:
		r.SetText(layer.Name)
	case seeShape:
		r.SetText(strings.ReplaceAll(strings.Trim(fmt.Sprint(layer.Shape), "[]"), " ", " x "))
	case seePassed:
		r.SetInt(m.at)
	case seeLayerFree:
		r.SetInt(int64(layer.Free))
	case seeFree:
		r.SetInt(int64(sum.Free))
	case seeLinks:
		r.SetInt(sum.Links)
	case seeUnits:
		r.SetInt(int64(sum.Units))
	case seeWork:
		r.SetInt(sum.Work)
	default:
		m.readPaths(p, r)
	}
}

// Save appends a snapshot: how many layers were passed, and which paths count.
func (m *Machine) Save(dst []byte) []byte {
	p := sim.Pack(dst, m.sheet)
	p.Int(m.at)
	p.Ints(m.paths[:])
	return p.Done()
}

// Load takes over a snapshot.
func (m *Machine) Load(src []byte) error {
	u := sim.Unpack(src, m.sheet)
	at := u.Within(0, int64(len(m.layers)), "layers passed")
	paths := [2]int64{u.Within(0, m.blocks, "path-from"), u.Within(0, m.blocks, "path-to")}
	if err := u.Done(); err != nil {
		return err
	}
	m.at, m.paths = at, paths
	return nil
}
