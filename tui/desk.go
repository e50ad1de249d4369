package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// desk is the panel of controls: choose one, change its value, apply it. A value
// that is being changed stands between ‹ › until enter applies it.
type desk struct {
	at      int
	pending string // the value that enter applies; "" where none is chosen
	typed   bool   // it was typed
	finding bool
	query   string
}

// key takes the keys that mean something else here; false leaves the key to the
// stage.
func (d *desk) key(s *stage, k tea.KeyPressMsg) bool {
	name := k.String()
	a := find(bindings, k)
	if d.finding && d.find(s, k) {
		return true
	}
	switch {
	case name == "/":
		d.finding, d.query, d.pending, d.typed = true, "", "", false
	case d.typed && name == "backspace":
		d.pending = d.pending[:len(d.pending)-1]
		d.typed = d.pending != ""
	case d.pending != "" && name == "esc":
		d.pending, d.typed = "", false
	case d.typing(s, name):
		d.pending, d.typed = strings.TrimLeft(d.pended(), " ")+name, true
	case a == actUp || a == actDown:
		d.choose(s, d.at+int(a-actUp)*2-1)
	case name == "left" || name == "h":
		d.shift(s, -1)
	case name == "right" || name == "l":
		d.shift(s, +1)
	case name == "enter" || name == "e":
		d.enter(s)
	default:
		return false
	}
	return true
}

// find takes the keys that write a part of a control's name, and goes to the
// first that has it.
func (d *desk) find(s *stage, k tea.KeyPressMsg) bool {
	switch name := k.String(); {
	case name == "backspace" && d.query != "":
		d.query = d.query[:len(d.query)-1]
	case len(k.Text) == 1 && k.Text != " ":
		d.query += k.Text
	default:
		d.finding = false
		return name == "esc" || name == "backspace"
	}
	for _, begins := range []bool{true, false} {
		for i := range s.sheet.Controls {
			if at := strings.Index(s.sheet.Controls[i].Name, d.query); at == 0 || at > 0 && !begins {
				d.choose(s, i)
				return true
			}
		}
	}
	return true
}

func (d *desk) pended() string {
	if d.typed {
		return d.pending
	}
	return ""
}

// typing reports whether a key is part of a number for the chosen control.
func (d *desk) typing(s *stage, name string) bool {
	c := &s.sheet.Controls[d.at]
	if c.Kind != sim.Count && c.Kind != sim.Level || len(name) != 1 {
		return false
	}
	more := d.typed && c.Real && strings.Contains(".e-", name)
	return name[0] >= '0' && name[0] <= '9' || more || !d.typed && name == "-" && d.negative(c)
}

func (d *desk) negative(c *sim.Control) bool {
	return c.Real && c.Range[0] < 0 || !c.Real && c.Min < 0
}

func (d *desk) choose(s *stage, i int) {
	d.at = min(max(i, 0), len(s.sheet.Controls)-1)
	d.pending, d.typed = "", false
}

// shift makes the value before or after the present one pending.
func (d *desk) shift(s *stage, by int64) {
	c := &s.sheet.Controls[d.at]
	if c.Kind == sim.Button || c.Kind == sim.Text || c.Kind == sim.Grid {
		s.say("enter "+verbOf(c)+" "+c.Name, inkDim)
		return
	}
	if c.Real {
		d.shiftReal(s, c, float32(by))
		return
	}
	lo, hi := c.Limits()
	v := s.valueOf(d.at).Int
	if in, err := script.ParseInput(s.sheet, sim.ControlID(d.at), "", []string{d.pending}); d.pending != "" && err == nil {
		v = in.Ints[0]
	}
	v = min(max(v+by, lo), hi)
	if v == hi+1 || lo > hi {
		return
	}
	d.pending, d.typed = script.FormatInput(s.sheet, sim.Input{Control: sim.ControlID(d.at), Ints: []int64{v}}), false
}

func (d *desk) shiftReal(s *stage, c *sim.Control, by float32) {
	v := s.valueOf(d.at).Float
	if in, err := script.ParseInput(s.sheet, sim.ControlID(d.at), "", []string{d.pending}); d.pending != "" && err == nil {
		v = in.Floats[0]
	}
	lo, hi := float32(c.Range[0]), float32(c.Range[1])
	v = min(max(v+by*(hi-lo)/20, lo), hi)
	d.pending, d.typed = string(sim.AppendFloat(nil, v)), false
}

// enter applies what is pending; a switch is turned, a button pressed, a grid
// edited, a text asked for.
func (d *desk) enter(s *stage) {
	c := &s.sheet.Controls[d.at]
	id := sim.ControlID(d.at)
	switch {
	case c.Kind == sim.Button:
		s.apply(sim.Input{Control: id})
	case c.Kind == sim.Grid:
		s.editGrid(id)
	case c.Kind == sim.Text:
		s.prompt = &prompt{control: id}
	case d.pending == "" && c.Kind == sim.Switch:
		s.apply(sim.Input{Control: id, Ints: []int64{1 - min(s.valueOf(d.at).Int, 1)}})
	case d.pending == "":
		s.say("choose a value with the arrows left and right, or type it; enter applies it", inkDim)
	default:
		d.turn(s, id)
	}
}

func (d *desk) turn(s *stage, id sim.ControlID) {
	in, err := script.ParseInput(s.sheet, id, "", []string{d.pending})
	if err == nil {
		err = s.sheet.Check(in)
	}
	if err != nil {
		s.say("refused: "+err.Error(), inkBad)
		return
	}
	if s.apply(in) {
		d.pending, d.typed = "", false
	}
}

func verbOf(c *sim.Control) string {
	switch c.Kind {
	case sim.Button:
		return "presses"
	case sim.Text:
		return "asks for the text of"
	}
	return "edits"
}

// valueOf is where a control stands: what its probe shows, else what was last
// applied to it.
func (s *stage) valueOf(i int) sim.Value {
	c := &s.sheet.Controls[i]
	if id, ok := s.sheet.Probe(c.Name); ok {
		if v, ok := s.readings[id].At(0); ok {
			return v
		}
	}
	v := sim.Value{Int: c.Default, Float: float32(c.Preset), Real: c.Real}
	for _, e := range s.player.Bench().Logbook() {
		if e.In.Control != sim.ControlID(i) {
			continue
		}
		if c.Real && len(e.In.Floats) > 0 {
			v.Float = e.In.Floats[0]
		} else if len(e.In.Ints) > 0 {
			v.Int = e.In.Ints[0]
		}
	}
	return v
}

// shown is where a control stands, in words.
func (s *stage) shown(i int) string {
	c := &s.sheet.Controls[i]
	switch c.Kind {
	case sim.Button:
		return "press"
	case sim.Text:
		if id, ok := s.sheet.Probe(c.Name); ok && len(s.readings[id].Text) > 0 {
			return strings.Join(strings.Fields(string(s.readings[id].Text)), " ")
		}
		return "a text"
	case sim.Grid:
		if c.Cells() > 1 {
			return gridSize(c.Rows, c.Cols)
		}
	}
	v := s.valueOf(i)
	if v.Real {
		return v.String()
	}
	return script.FormatInput(s.sheet, sim.Input{Control: sim.ControlID(i), Ints: []int64{v.Int}})
}

func (d *desk) draw(s *stage, a area, focused bool) {
	n := len(s.sheet.Controls)
	top := min(max(d.at-a.h/2, 0), max(n-a.h, 0))
	name := 0
	for i := range s.sheet.Controls {
		name = max(name, textWidth(s.sheet.Controls[i].Name))
	}
	name = min(name, max(a.w*6/10-2, 4))
	for y := 0; y < a.h && top+y < n; y++ {
		d.row(s, a.rows(y, 1), top+y, name, focused)
	}
	if more := n - top - a.h; more > 0 {
		a.right(a.w, a.h-1, s.t.down+group(int64(more)), inkDim)
	}
}

func (d *desk) row(s *stage, a area, i, name int, focused bool) {
	c := &s.sheet.Controls[i]
	k, v := inkDim, inkStrong
	if focused && i == d.at {
		a.text(0, 0, s.t.pointer, inkFocus)
		k = inkFocus
	}
	a.text(2, 0, cut(c.Name, name), k)
	x := 2 + name + 1
	if i == d.at && d.pending != "" {
		x = a.text(x, 0, s.t.open+d.pending+s.t.close, inkHand)
		a.text(x+1, 0, s.t.enter, inkKey)
		return
	}
	sign := assumed(c.Evidence)
	switch c.Kind {
	case sim.Button, sim.Grid, sim.Text:
		sign, v = "", inkDim
	}
	a.text(x, 0, sign+s.shown(i), v)
}

// caption explains the chosen control.
func (d *desk) caption(s *stage) string {
	c := &s.sheet.Controls[d.at]
	if d.finding {
		return "find a control: " + d.query + "_"
	}
	text := c.Doc
	switch {
	case c.Real:
		text += " (" + string(sim.AppendFloat(nil, float32(c.Range[0]))) + " to " + string(sim.AppendFloat(nil, float32(c.Range[1]))) + ")"
	case c.Kind == sim.Choice:
		text += " (" + strings.Join(c.Names, ", ") + ")"
	case c.Kind == sim.Count:
		text += " (" + short(float64(c.Min)) + " to " + short(float64(c.Max)) + " " + string(c.Unit) + ")"
	}
	return text + grade(c.Evidence)
}

func grade(e sim.Evidence) string {
	if e == sim.Assumed {
		return " ~ assumed"
	}
	return ""
}
