package script

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"golang.org/x/tools/txtar"

	"perceptarium/sim"
)

// SavedMark is the mark at the end of a saved scenario: its digest is that of
// the machine at the moment of saving.
const SavedMark = "saved"

// Save writes the present act up to now as a scenario: the logbook, with
// everything that the script and the hand did, and the attachments it needs.
// Replayed, it ends in the same state, bit for bit.
func (p *Player) Save(w io.Writer) error {
	s := &saver{sheet: p.Bench().Sheet()}
	if err := s.header(p); err != nil {
		return err
	}
	if err := s.act(p.acts[p.at], p.sc); err != nil {
		return err
	}
	s.log(p.Bench())
	for _, f := range s.files {
		if !separable(f) {
			return errors.New(f.Name + " cannot be saved: an attachment is text with a line end at its end")
		}
	}
	_, err := w.Write(txtar.Format(&txtar.Archive{Comment: s.text.Bytes(), Files: s.files}))
	return err
}

type saver struct {
	sheet *sim.Sheet
	text  bytes.Buffer
	files []txtar.File
}

func (s *saver) header(p *Player) error {
	h := p.sc.Header
	h.Title += " (taken over)"
	h.Machine, h.Next, h.GoldenUntil, h.Claims = s.sheet.Title, "", 0, nil
	s.text.WriteString(fence + "\n")
	err := toml.NewEncoder(&s.text).Encode(struct {
		Title   string   `toml:"title"`
		Year    int      `toml:"year"`
		Machine string   `toml:"machine"`
		Sources []string `toml:"sources,omitempty"`
		Assumed []string `toml:"assumed,omitempty"`
		Data    []string `toml:"data,omitempty"`
	}{h.Title, h.Year, h.Machine, h.Sources, h.Assumed, h.Data})
	s.text.WriteString(fence + "\n\n")
	return err
}

func (s *saver) act(a *stage, sc *Scenario) error {
	fmt.Fprintf(&s.text, "machine %s", a.def.Machine)
	for _, o := range a.def.Options {
		fmt.Fprintf(&s.text, " %s=%s", o.Key, o.Value)
	}
	for _, f := range a.own {
		// What lies beside the scenario and cannot be attached stays there.
		if sc.attached(f.Name) || separable(txtar.File(f)) {
			s.attach(f.Name, f.Data)
		}
	}
	fmt.Fprintf(&s.text, "\nseed %d\n", a.bench.Seed())
	for _, w := range a.def.Watches {
		if w.Every == 1 {
			fmt.Fprintf(&s.text, "watch %s on-change\n", w.Probe)
		} else {
			fmt.Fprintf(&s.text, "watch %s every %d\n", w.Probe, w.Every)
		}
	}
	s.text.WriteString("\n")
	return nil
}

func (sc *Scenario) attached(name string) bool {
	for _, f := range sc.Files {
		if f.Name == name {
			return true
		}
	}
	return false
}

// attach adds a file once; the same name always has the same bytes.
func (s *saver) attach(name string, data []byte) {
	for _, f := range s.files {
		if f.Name == name {
			return
		}
	}
	s.files = append(s.files, txtar.File{Name: name, Data: data})
}

func (s *saver) log(b *sim.Bench) {
	now := sim.Tick(0)
	for i, e := range b.Logbook() {
		s.run(e.At - now)
		now = e.At
		s.entry(i, e.In)
	}
	s.run(b.Now() - now)
	fmt.Fprintf(&s.text, "mark %s\n", SavedMark)
}

func (s *saver) run(n sim.Tick) {
	if n > 0 {
		fmt.Fprintf(&s.text, "run %d\n", n)
	}
}

func (s *saver) entry(i int, in sim.Input) {
	c := &s.sheet.Controls[in.Control]
	switch c.Kind {
	case sim.Button:
		fmt.Fprintf(&s.text, "press %s\n", c.Name)
		return
	case sim.Text:
		if words := FormatInput(s.sheet, in); words != "" {
			fmt.Fprintf(&s.text, "set %s %s\n", c.Name, words)
			return
		}
		name := fmt.Sprintf("%s-%d.txt", c.Name, i+1)
		s.attach(name, in.Bytes)
		fmt.Fprintf(&s.text, "set %s from %s\n", c.Name, name)
		return
	}
	index := ""
	if c.Kind == sim.Grid && in.Index != sim.Whole {
		index = fmt.Sprintf("[%d]", in.Index)
	}
	fmt.Fprintf(&s.text, "set %s%s %s\n", c.Name, index, FormatInput(s.sheet, in))
}

// separable reports whether an attachment reads back as it was: it is text, has
// a line end at its end, and does not look like several.
func separable(f txtar.File) bool {
	back := txtar.Parse(txtar.Format(&txtar.Archive{Files: []txtar.File{f}}))
	return utf8.Valid(f.Data) && len(back.Files) == 1 && bytes.Equal(back.Files[0].Data, f.Data) && !bytes.ContainsRune(f.Data, '\r')
}
