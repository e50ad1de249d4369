package script

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/tools/txtar"
)

// Form tells the two forms of a scenario apart: the short one, which is played
// unless something else is asked for, and the full one, which has the published
// length. A line of an act, or an attachment, that begins with the name of a
// form belongs to that form alone.
type Form string

// The forms. A scenario without lines of one form alone has OneForm.
const (
	OneForm Form = ""
	Short   Form = "short"
	Full    Form = "full"
)

// In returns the scenario in its full form, or its short one; itself, where it
// has one form only.
func (sc *Scenario) In(full bool) *Scenario {
	if sc.other == nil || full == (sc.Form == Full) {
		return sc
	}
	other := *sc.other
	other.Beside, other.other = sc.Beside, sc
	return &other
}

// split takes the name of a form off a line, or off the name of an attachment.
// What belongs to both forms has none, and so has a name with nothing after it.
func split(text string) (of Form, rest string) {
	for _, f := range []Form{Short, Full} {
		rest, ok := strings.CutPrefix(strings.TrimLeft(text, " \t"), string(f))
		if ok && rest != "" && strings.ContainsRune(" \t", rune(rest[0])) && strings.TrimSpace(rest) != "" {
			return f, strings.TrimLeft(rest, " \t")
		}
	}
	return OneForm, text
}

// sieve keeps the lines of one form and leaves others empty, so that every line
// has its number. The header belongs to both.
func sieve(comment string, form Form) (text string, forms bool) {
	lines := strings.Split(comment, "\n")
	fences := 0
	for i, line := range lines {
		if fences < 2 {
			if strings.TrimSpace(line) == fence {
				fences++
			}
			continue
		}
		of, rest := split(line)
		switch of {
		case OneForm:
		case form:
			lines[i], forms = rest, true
		default:
			lines[i], forms = "", true
		}
	}
	return strings.Join(lines, "\n"), forms
}

// InForm is the text of a scenario in one of its forms: its lines without the
// names of the form, those of the other form empty or, of attachments, left out.
func InForm(source []byte, full bool) []byte {
	form := formOf(full)
	a := txtar.Parse(bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n")))
	text, _ := sieve(string(a.Comment), form)
	a.Comment = []byte(text)
	files := a.Files
	a.Files = nil
	for _, f := range files {
		of, name := split(f.Name)
		if of == OneForm || of == form {
			a.Files = append(a.Files, txtar.File{Name: name, Data: f.Data})
		}
	}
	return txtar.Format(a)
}

func formOf(full bool) Form {
	if full {
		return Full
	}
	return Short
}

// forms parses a scenario in both of its forms and returns the short one.
func forms(file string, src []byte) (*Scenario, error) {
	short, err := parse(file, src, Short)
	if err != nil || short.Form == OneForm {
		return short, err
	}
	full, err := parse(file, src, Full)
	if err != nil {
		return nil, err
	}
	short.other, full.other = full, short
	return short, nil
}

// setForm says which form p has read, and what follows from it.
func (p *parser) setForm(form Form, src []byte) error {
	h := &p.sc.Header
	switch {
	case !p.forms && h.Full != "":
		p.n = 1
		return errors.New("the header says what the full form is, but no line begins with short or full")
	case p.forms && strings.TrimSpace(h.Full) == "":
		p.n = 1
		return errors.New(`lines of short and full: the header must say what the full form is, as in full = "30 passes over 9,840 digits: 20 s"`)
	}
	sum := sha256.New()
	sum.Write(src)
	if p.forms {
		p.sc.Form = form
	}
	if p.sc.Form == Full {
		sum.Write([]byte(Full))
	}
	p.sc.Digest = hex.EncodeToString(sum.Sum(nil))
	return p.claims(form)
}

// claims keeps the claims about the form.
func (p *parser) claims(form Form) error {
	h := &p.sc.Header
	all := h.Claims
	h.Claims = nil
	for _, c := range all {
		switch {
		case c.Form != OneForm && c.Form != Short && c.Form != Full:
			p.n = 1
			return fmt.Errorf("claim on %s: form is short or full, not %q", c.Record, c.Form)
		case c.Form == OneForm || c.Form == form || !p.forms:
			h.Claims = append(h.Claims, c)
		}
	}
	return nil
}
