package tui

import (
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// editor is a cursor on the cells of a Grid control. Each change is an Input.
type editor struct {
	control sim.ControlID
	target  target     // the panel on which the cursor stands
	own     *sim.Probe // a panel of its own, where no probe shows the control
	reading sim.Reading
	cell    int
	typed   string
	pen     bool // moving the cursor draws
	ink     sim.Value
	zoomed  bool // the panel was made large for it
}

// editGrid puts a cursor on the cells of a control: on the panel of the probe of
// its name, made large where cells are too small to be pointed at.
func (s *stage) editGrid(id sim.ControlID) {
	c := &s.sheet.Controls[id]
	e := &editor{control: id, target: target{kind: onDesk}, ink: brush(c)}
	if s.drawer == drawerOpen { // the room is for the panels now
		s.drawer = drawerAuto
		s.arrange()
	}
	p, ok := s.sheet.Probe(c.Name)
	if ok && s.sheet.Probes[p].Cells() == c.Cells() && !isDial(&s.sheet.Probes[p]) {
		e.target = target{onProbe, p}
		s.choose(s.index(e.target))
	} else {
		e.own = &sim.Probe{Name: c.Name, Kind: sim.Grid, Rows: c.Rows, Cols: c.Cols, Min: c.Min, Max: c.Max, Names: c.Names, Unit: c.Unit, Doc: c.Doc, Evidence: c.Evidence}
	}
	s.edit = e
	if f, fits := e.form(s); !fits && !s.zoomed || e.own != nil {
		s.zoomed, e.zoomed = true, !s.zoomed || f.cols == 0
	}
}

// brush is what space first writes: full on, or where values have two signs
// zero.
func brush(c *sim.Control) sim.Value {
	if c.Real {
		return sim.Value{Real: true, Float: max(0, float32(c.Range[0]))}
	}
	lo, hi := c.Limits()
	if lo < 0 {
		return sim.Value{}
	}
	return sim.Value{Int: hi}
}

// probe is what the cursor stands on.
func (e *editor) probe(s *stage) *sim.Probe {
	if e.own != nil {
		return e.own
	}
	return &s.sheet.Probes[e.target.probe]
}

// form is how the panel is drawn while it is edited, and whether all of it is
// in sight.
func (e *editor) form(s *stage) (form, bool) {
	room := s.roomOf(e.target)
	f, _ := chooseExact(forms(e.probe(s), e.shown(s)), room)
	return f, f.exact && f.w <= room.w && f.h <= room.h
}

// look shows the cursor, and reads a control that no probe shows.
func (e *editor) look(s *stage) {
	if e.own == nil {
		s.looks[e.target.probe].cursor = e.cell
		return
	}
	c := &s.sheet.Controls[e.control]
	e.reading.Clear()
	for range c.Cells() {
		if c.Real {
			e.reading.Floats = append(e.reading.Floats, float32(c.Preset))
		} else {
			e.reading.Ints = append(e.reading.Ints, c.Default)
		}
	}
	for _, entry := range s.player.Bench().Logbook() {
		if entry.In.Control == e.control {
			copy(e.reading.Ints[min(max(entry.In.Index, 0), len(e.reading.Ints)):], entry.In.Ints)
			copy(e.reading.Floats[min(max(entry.In.Index, 0), len(e.reading.Floats)):], entry.In.Floats)
		}
	}
}

// shown is what the panel under the cursor shows.
func (e *editor) shown(s *stage) *sim.Reading {
	if e.own == nil {
		return &s.readings[e.target.probe]
	}
	return &e.reading
}

// value is what the cell under the cursor shows.
func (e *editor) value(s *stage) sim.Value {
	v, _ := e.shown(s).At(e.cell)
	return v
}

// key takes the keys of the editor; false leaves the key to the stage.
func (e *editor) key(s *stage, k tea.KeyPressMsg) bool {
	name := k.String()
	if e.typing(s, name) {
		return true
	}
	f, _ := e.form(s)
	switch name {
	case "left", "h":
		e.move(s, -1)
	case "right", "l":
		e.move(s, +1)
	case "up", "k":
		e.move(s, -f.cols)
	case "down", "j":
		e.move(s, +f.cols)
	case "space", "x":
		e.toggle(s)
	case ">", "+":
		e.nudge(s, +1)
	case "<", "-":
		e.nudge(s, -1)
	case "p":
		e.pen, e.ink = !e.pen, e.value(s)
	case "esc", "q", "enter", "e":
		s.endEdit()
	case "tab", "shift+tab", "c", "z":
		s.endEdit()
		return false
	default:
		return false
	}
	return true
}

func (s *stage) endEdit() {
	if s.edit.zoomed {
		s.zoomed = false
	}
	s.edit = nil
}

// typing takes the keys that write a number.
func (e *editor) typing(s *stage, name string) bool {
	c := &s.sheet.Controls[e.control]
	digit := len(name) == 1 && name[0] >= '0' && name[0] <= '9'
	switch {
	case digit || name == "-" && e.typed == "" && e.minus(c) || e.typed != "" && c.Real && strings.Contains(".e-", name):
		e.typed += name
	case e.typed == "":
		return false
	case name == "backspace":
		e.typed = e.typed[:len(e.typed)-1]
	case name == "esc":
		e.typed = ""
	case name == "enter" || name == "tab" || name == "left" || name == "right" || name == "up" || name == "down":
		e.write(s)
		return name == "enter"
	}
	return true // while a number is written, nothing else happens
}

// minus reports whether - begins a number: where values go below zero.
func (e *editor) minus(c *sim.Control) bool { return c.Real && c.Range[0] < 0 || c.Min < 0 }

func (e *editor) write(s *stage) {
	in, err := script.ParseInput(s.sheet, e.control, "", []string{e.typed})
	in.Index = e.cell
	e.typed = ""
	if err == nil {
		err = s.sheet.Check(in)
	}
	if err != nil {
		s.say("refused: "+err.Error(), inkBad)
		return
	}
	s.apply(in)
	e.ink = e.valueOf(in)
}

func (e *editor) valueOf(in sim.Input) sim.Value {
	if len(in.Floats) > 0 {
		return sim.Value{Float: in.Floats[0], Real: true}
	}
	return sim.Value{Int: in.Ints[0]}
}

func (e *editor) move(s *stage, by int) {
	n := s.sheet.Controls[e.control].Cells()
	if to := e.cell + by; to >= 0 && to < n {
		e.cell = to
	}
	s.see()
	if e.pen && e.value(s) != e.ink {
		e.set(s, e.ink)
	}
}

// toggle writes the value that was written last, at first full on; where the
// cell has it already, it takes it away.
func (e *editor) toggle(s *stage) {
	c := &s.sheet.Controls[e.control]
	v := e.ink
	if e.value(s) == v {
		lo, hi := c.Limits()
		v = sim.Value{Int: min(max(0, lo), hi), Float: min(max(0, float32(c.Range[0])), float32(c.Range[1])), Real: c.Real}
	}
	e.set(s, v)
}

func (e *editor) nudge(s *stage, by int) {
	c := &s.sheet.Controls[e.control]
	v := e.value(s)
	if c.Real {
		lo, hi := float32(c.Range[0]), float32(c.Range[1])
		v.Float = min(max(v.Float+float32(by)*(hi-lo)/20, lo), hi)
	} else {
		lo, hi := c.Limits()
		v.Int = min(max(v.Int+int64(by), lo), hi)
	}
	e.ink = v
	e.set(s, v)
}

func (e *editor) set(s *stage, v sim.Value) {
	in := sim.Input{Control: e.control, Index: e.cell}
	if s.sheet.Controls[e.control].Real {
		in.Floats = []float32{v.Float}
	} else {
		in.Ints = []int64{v.Int}
	}
	s.apply(in)
}

// caption says where the cursor stands and what it can do.
func (e *editor) caption(s *stage) string {
	c := &s.sheet.Controls[e.control]
	text := c.Name + "[" + cellName(c.Names, e.cell) + "] = " + e.value(s).String()
	if len(c.Names) == c.Cols && c.Rows > 1 {
		text = c.Name + "[" + group(int64(e.cell)) + "] (" + c.Names[e.cell%c.Cols] + ", row " + group(int64(e.cell/c.Cols+1)) + ") = " + e.value(s).String()
	}
	if e.typed != "" {
		text += "  " + s.t.pointer + " " + e.typed
	}
	if e.pen {
		text += "  pen down: moving draws " + e.ink.String()
	}
	return text
}

// prompt asks for the text of a Text control.
type prompt struct {
	control sim.ControlID
	text    string
}

const promptMax = 4096

func (p *prompt) key(s *stage, k tea.KeyPressMsg) {
	switch {
	case k.String() == "esc":
		s.prompt = nil
	case k.String() == "backspace":
		runes := []rune(p.text)
		p.text = string(runes[:max(len(runes)-1, 0)])
	case k.String() == "enter":
		s.prompt = nil
		p.submit(s)
	default:
		p.add(k.Text)
	}
}

func (p *prompt) add(text string) {
	if len(p.text)+len(text) <= promptMax {
		p.text += text
	}
}

// wordsMax is the longest text that a person types; a longer one is a file.
const wordsMax = 256

func ofWords(c *sim.Control) bool { return c.Max > 0 && c.Max <= wordsMax }

// submit applies the words; where the control takes a file, the file of that
// name, or after = the words.
func (p *prompt) submit(s *stage) {
	words, given := strings.CutPrefix(p.text, "=")
	if !given && !ofWords(&s.sheet.Controls[p.control]) {
		data, err := os.ReadFile(strings.TrimSpace(p.text))
		if err != nil {
			s.say("refused: "+err.Error()+"; begin with = to give the words themselves", inkBad)
			return
		}
		words = string(data)
	}
	s.apply(sim.Input{Control: p.control, Bytes: []byte(words)})
}
