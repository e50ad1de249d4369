package script

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"perceptarium/sim"
)

// input resolves "set" and "press".
func (r *resolver) input(c *Command) (sim.Input, error) {
	id, ok := r.sheet.Control(c.Name)
	if !ok {
		return sim.Input{}, errors.New(sim.Unknown(r.sheet.Name+" has no control", c.Name, r.sheet.ControlNames()))
	}
	ctl := &r.sheet.Controls[id]
	if (ctl.Kind == sim.Button) != (c.Verb == "press") {
		return sim.Input{}, fmt.Errorf("%s is a %s: %s", ctl.Name, ctl.Kind, howTo(ctl))
	}
	in, err := ParseInput(r.sheet, id, c.Index, c.Values)
	if c.Text != "" && err == nil {
		err = r.fromFile(&in, ctl, c.Text)
	}
	if err == nil {
		err = r.sheet.Check(in)
	}
	return in, err
}

// fromFile resolves "set CONTROL from FILE": the file's bytes for a text, its
// picture for a whole grid that shows one.
func (r *resolver) fromFile(in *sim.Input, c *sim.Control, name string) error {
	if c.Kind == sim.Text {
		data, _, err := r.file(name)
		in.Bytes = data
		return err
	}
	none := fmt.Errorf("%s takes no file: %s", c.Name, howTo(c))
	if c.Kind != sim.Grid || in.Index != sim.Whole {
		return none
	}
	data, _, err := r.file(name)
	if err != nil {
		return err
	}
	cells, ok, err := r.house.Picture(c, name, data)
	if !ok && err == nil {
		return none
	}
	in.Ints = cells
	return err
}

func howTo(c *sim.Control) string {
	switch {
	case c.Kind == sim.Button:
		return "press " + c.Name
	case c.Kind == sim.Text:
		return "set " + c.Name + " from FILE"
	case c.Kind == sim.Grid && c.Cells() > 1:
		return fmt.Sprintf("set %s[0] VALUE, or set %s with %d values", c.Name, c.Name, c.Cells())
	}
	return "set " + c.Name + " VALUE"
}

// ParseInput makes the Input that sets a control to values as a scenario or a
// person writes them: numbers, on and off, or the names of a Choice. index is
// the number or label of a cell; empty for the whole control.
func ParseInput(s *sim.Sheet, id sim.ControlID, index string, values []string) (sim.Input, error) {
	c := &s.Controls[id]
	cell, err := cellOf(c.Name, index, c.Cells(), c.Names)
	if err != nil {
		return sim.Input{}, err
	}
	in := sim.Input{Control: id, Index: cell}
	if c.Kind != sim.Grid {
		in.Index = 0
	}
	if c.Kind == sim.Text && len(values) > 0 {
		in.Bytes = []byte(strings.Join(values, " "))
		return in, nil
	}
	for _, v := range values {
		if err := addValue(&in, c, v); err != nil {
			return sim.Input{}, err
		}
	}
	return in, nil
}

func addValue(in *sim.Input, c *sim.Control, text string) error {
	if c.Real {
		v, err := strconv.ParseFloat(text, 32)
		if err != nil {
			return fmt.Errorf("%s takes a number, not %q", c.Name, text)
		}
		in.Floats = append(in.Floats, float32(v))
		return nil
	}
	words := wordsOf(c)
	for i, w := range words {
		if w == text {
			in.Ints = append(in.Ints, int64(i))
			return nil
		}
	}
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil && len(words) > 0 {
		return errors.New(sim.Unknown(c.Name+" cannot be", text, words))
	}
	if err != nil {
		return fmt.Errorf("%s takes a whole number, not %q", c.Name, text)
	}
	in.Ints = append(in.Ints, v)
	return nil
}

func wordsOf(c *sim.Control) []string {
	switch c.Kind {
	case sim.Switch:
		return []string{"off", "on"}
	case sim.Choice:
		return c.Names
	}
	return nil
}

// wordsMax is the longest text that is written on a line, as a person types it.
const wordsMax = 256

// FormatInput writes the value of an Input as a scenario's line has it. Of a
// text that is longer, or of several lines, nothing: it needs a file.
func FormatInput(s *sim.Sheet, in sim.Input) string {
	c := &s.Controls[in.Control]
	if c.Kind == sim.Text {
		if len(in.Bytes) > wordsMax || !utf8.Valid(in.Bytes) || bytes.ContainsAny(in.Bytes, "\r\n") {
			return ""
		}
		return strconv.Quote(string(in.Bytes))
	}
	words := wordsOf(c)
	var list []string
	for _, v := range in.Ints {
		if v >= 0 && v < int64(len(words)) {
			list = append(list, words[v])
			continue
		}
		list = append(list, strconv.FormatInt(v, 10))
	}
	for _, v := range in.Floats {
		list = append(list, string(sim.AppendFloat(nil, v)))
	}
	return strings.Join(list, " ")
}

const cardsMax = 1_000_000

// cards makes the cards of a deck.
func (r *resolver) cards(d Deck) (cards []Card, err error) {
	if d.File != "" {
		data, _, err := r.file(d.File)
		if err != nil {
			return nil, err
		}
		return r.deckFile(d.File, string(data))
	}
	if !oneOf(d.Generator, r.house.Generators()) {
		return nil, errors.New(sim.Unknown("unknown generator", d.Generator, r.house.Generators()))
	}
	if cards, err = r.house.Deal(r.sheet, d.Generator, d.Args, d.Seed+r.shift); err != nil {
		return nil, err
	}
	return cards, r.checkCards(cards)
}

func (r *resolver) checkCards(cards []Card) error {
	if len(cards) == 0 || len(cards) > cardsMax {
		return fmt.Errorf("%d cards; a deck has 1..%d", len(cards), cardsMax)
	}
	for i, card := range cards {
		for _, in := range card {
			if err := r.sheet.Check(in); err != nil {
				return fmt.Errorf("card %d: %w", i+1, err)
			}
		}
	}
	return nil
}

// deckFile reads a deck of a person's own: its first line names controls, each
// further line is a card with as many values as these controls hold together.
func (r *resolver) deckFile(name, text string) (cards []Card, err error) {
	var ids []sim.ControlID
	for n, line := range strings.Split(text, "\n") {
		ws, err := words(strings.TrimSuffix(line, "\r"))
		if err == nil && len(ws) > 0 {
			if ids == nil {
				ids, err = r.columns(ws)
			} else {
				var card Card
				card, err = r.card(ids, ws)
				cards = append(cards, card)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
	}
	return cards, r.checkCards(cards)
}

func (r *resolver) columns(ws []word) (ids []sim.ControlID, err error) {
	for _, w := range ws {
		id, ok := r.sheet.Control(w.text)
		if !ok {
			return nil, errors.New(sim.Unknown(r.sheet.Name+" has no control", w.text, r.sheet.ControlNames()))
		}
		if k := r.sheet.Controls[id].Kind; k == sim.Text {
			return nil, fmt.Errorf("%s is a %s control: it cannot be on a card", w.text, k)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (r *resolver) card(ids []sim.ControlID, ws []word) (card Card, err error) {
	values := make([]string, len(ws))
	for i, w := range ws {
		values[i] = w.text
	}
	for _, id := range ids {
		c := &r.sheet.Controls[id]
		n := c.Cells()
		if c.Kind == sim.Button {
			n = 0
		}
		if len(values) < n {
			return nil, fmt.Errorf("%d values; %s still needs %d", len(ws), c.Name, n-len(values))
		}
		in, err := ParseInput(r.sheet, id, "", values[:n])
		if err != nil {
			return nil, err
		}
		card, values = append(card, in), values[n:]
	}
	if len(values) > 0 {
		return nil, fmt.Errorf("%d values too many", len(values))
	}
	return card, nil
}
