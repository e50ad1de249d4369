package script

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
	"golang.org/x/tools/txtar"

	"perceptarium/sim"
)

// Limits of a scenario: what is longer is a mistake, and every wait has an end.
const (
	TicksMax  = 1_000_000_000_000 // of one run, wait or whole act
	RoundsMax = 1_000_000_000     // of one repeat
	DepthMax  = 8                 // repeats inside each other
	BytesMax  = 16 << 20          // of the file
)

// Ending is what a scenario's file name ends with.
const Ending = ".scenario"

// Parse reads a scenario; file is its name as errors say it. What it returns
// is well-formed; Open then holds its names against the machines.
func Parse(file string, src []byte) (*Scenario, error) {
	if len(src) > BytesMax {
		return nil, &Error{file, 1, fmt.Sprintf("%d bytes; a scenario has at most %d", len(src), BytesMax)}
	}
	return forms(file, bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")))
}

// parse reads one form of a scenario.
func parse(file string, src []byte, form Form) (*Scenario, error) {
	archive := txtar.Parse(src)
	p := parser{file: file, sc: &Scenario{Name: strings.TrimSuffix(path.Base(strings.ReplaceAll(file, `\`, "/")), Ending)}}
	text, some := sieve(string(archive.Comment), form)
	p.forms = some
	err := p.text(text)
	if err == nil {
		err = p.attach(archive.Files, bytes.Count(archive.Comment, []byte("\n"))+1, form)
	}
	if err == nil {
		err = p.setForm(form, src)
	}
	if err != nil {
		return nil, p.place(err)
	}
	return p.sc, nil
}

type parser struct {
	file  string
	sc    *Scenario
	lines []string
	n     int  // lines read
	forms bool // something belongs to one form alone
}

// place gives an error the line that was read last, unless it has one.
func (p *parser) place(err error) error {
	var placed *Error
	if errors.As(err, &placed) {
		return err
	}
	return &Error{p.file, max(p.n, 1), err.Error()}
}

func (p *parser) text(text string) error {
	p.lines = strings.Split(text, "\n")
	if err := p.header(); err != nil {
		return err
	}
	for {
		ws, err := p.next()
		if err != nil {
			return err
		}
		if ws == nil {
			break
		}
		if err := p.top(ws); err != nil {
			return err
		}
	}
	if len(p.sc.Acts) == 0 {
		return errors.New("a scenario needs a line \"machine NAME\"")
	}
	return p.lengths()
}

// lengths refuses an act that could run longer than TicksMax.
func (p *parser) lengths() error {
	for _, act := range p.sc.Acts {
		if length(act.Body) > TicksMax {
			return &Error{p.file, act.Line, fmt.Sprintf("this act may run for more than %d ticks", int64(TicksMax))}
		}
	}
	return nil
}

// length is the most ticks that a body may run, or something above TicksMax.
func length(body []Command) int64 {
	sum := int64(0)
	for i := range body {
		c := &body[i]
		switch c.Verb {
		case "run", "until":
			sum += c.Count
		case "repeat":
			inner := length(c.Body)
			if inner > TicksMax/c.Count {
				return TicksMax + 1
			}
			sum += inner * c.Count
		}
		if sum > TicksMax {
			return TicksMax + 1
		}
	}
	return sum
}

const fence = "+++"

func (p *parser) header() error {
	for p.n < len(p.lines) && strings.TrimSpace(p.lines[p.n]) == "" {
		p.n++
	}
	if p.n >= len(p.lines) || strings.TrimSpace(p.lines[p.n]) != fence {
		p.n = min(p.n+1, len(p.lines))
		return fmt.Errorf("a scenario begins with %s, a TOML header with at least a title and a year, and %s", fence, fence)
	}
	p.n++
	first := p.n
	for p.n < len(p.lines) && strings.TrimSpace(p.lines[p.n]) != fence {
		p.n++
	}
	if p.n >= len(p.lines) {
		return fmt.Errorf("the header has no closing %s", fence)
	}
	head := strings.Join(p.lines[first:p.n], "\n")
	p.n++
	return p.decode(head, first)
}

func (p *parser) decode(head string, first int) error {
	meta, err := toml.Decode(head, &p.sc.Header)
	if err != nil {
		return p.tomlError(err, first)
	}
	if keys := meta.Undecoded(); len(keys) > 0 {
		return &Error{p.file, first + lineOf(head, keys[0].String()), sim.Unknown("unknown header key", keys[0].String(), headerKeys)}
	}
	h := &p.sc.Header
	for _, key := range headerKeys {
		if !readable(strings.Join(h.texts(key), "")) {
			return &Error{p.file, first + lineOf(head, key), "header: " + key + ": a control character, or not valid UTF-8"}
		}
	}
	switch {
	case h.Title == "":
		return &Error{p.file, first, "the header needs a title"}
	case h.Year < 1 || h.Year > 9999:
		return &Error{p.file, first, "the header needs a year, as in year = 1958"}
	case h.GoldenUntil < 0:
		return &Error{p.file, first, "golden_until is a tick: it cannot be negative"}
	case h.Seeds < 0 || h.Seeds > seedsMax:
		return &Error{p.file, first + lineOf(head, "seeds"), fmt.Sprintf("seeds is a number from 0 to %d", seedsMax)}
	}
	return nil
}

var headerKeys = []string{"title", "year", "machine", "sources", "assumed", "data", "computer", "next", "full", "golden_until", "seeds", "open", "claim", "distribution", "vary"}

// seedsMax bounds the seeds that a scenario may ask of a study.
const seedsMax = 10000

// texts are the texts under a key of the header.
func (h *Header) texts(key string) (list []string) {
	switch key {
	case "title":
		return []string{h.Title}
	case "machine":
		return []string{h.Machine}
	case "next":
		return []string{h.Next}
	case "full":
		return []string{h.Full}
	case "sources":
		return h.Sources
	case "assumed":
		return h.Assumed
	case "data":
		return h.Data
	case "claim":
		for _, c := range h.Claims {
			list = append(list, c.Row, c.Record, c.Minus, c.Unit, c.Published, c.Source, c.Data, c.Why)
		}
	case "open":
		return h.Open
	case "distribution":
		for _, s := range h.Spreads {
			list = append(list, s.Title, s.Record, s.Failed, s.Unit, s.Published)
		}
	case "vary":
		for _, v := range h.Varies {
			list = append(append(list, v.Name, v.Set, v.Key, v.Deck), v.To...)
		}
	}
	return list
}

func (p *parser) tomlError(err error, first int) error {
	var pe toml.ParseError
	if errors.As(err, &pe) {
		return &Error{p.file, first + pe.Position.Line, "header: " + pe.Message}
	}
	text, line := strings.TrimPrefix(err.Error(), "toml: "), 0
	if m := tomlPlace.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = m[2] + ": " + m[3]
	}
	return &Error{p.file, first + line, "header: " + text}
}

// tomlPlace is how toml says line and key of a value of the wrong type.
var tomlPlace = regexp.MustCompile(`^line (\d+) \(last key "(.+?)"\): (.*)$`)

func lineOf(head, key string) int {
	last := key[strings.LastIndex(key, ".")+1:]
	for i, line := range strings.Split(head, "\n") {
		if strings.HasPrefix(strings.TrimLeft(line, "[ \t"), last) {
			return i + 1
		}
	}
	return 0
}

// next returns the words of the next line that has any; nil at the end.
func (p *parser) next() ([]word, error) {
	for p.n < len(p.lines) {
		p.n++
		ws, err := words(p.lines[p.n-1])
		if err != nil || len(ws) > 0 {
			return ws, err
		}
	}
	return nil, nil
}

// top reads a line outside all repeats.
func (p *parser) top(ws []word) error {
	verb := ws[0].text
	if verb == "machine" {
		return p.machine(ws)
	}
	if len(p.sc.Acts) == 0 {
		return fmt.Errorf("%q comes before any machine: begin with \"machine NAME\"", verb)
	}
	act := &p.sc.Acts[len(p.sc.Acts)-1]
	switch verb {
	case "seed", "deck", "watch":
		if len(act.Body) > 0 {
			return fmt.Errorf("%s belongs right after the machine line, before the first command of the act", verb)
		}
		return p.setUp(act, ws)
	}
	c, err := p.command(ws, 0)
	act.Body = append(act.Body, c)
	return err
}

func (p *parser) machine(ws []word) error {
	if len(ws) < 2 || !sim.IsName(ws[1].text) {
		return errors.New("want: machine NAME [KEY=VALUE ...]")
	}
	act := Act{Line: p.n, Machine: ws[1].text}
	for _, w := range ws[2:] {
		o, err := p.option(w.text)
		if err != nil {
			return err
		}
		act.Options = append(act.Options, o)
	}
	p.sc.Acts = append(p.sc.Acts, act)
	return nil
}

func (p *parser) option(text string) (Option, error) {
	key, value, ok := strings.Cut(text, "=")
	if !ok || !sim.IsName(key) || value == "" {
		return Option{}, fmt.Errorf("want KEY=VALUE, not %q", text)
	}
	return Option{p.n, key, value}, nil
}

func (p *parser) setUp(act *Act, ws []word) error {
	switch ws[0].text {
	case "seed":
		return p.seed(act, ws)
	case "deck":
		return p.deck(act, ws)
	}
	return p.watch(act, ws)
}

func (p *parser) seed(act *Act, ws []word) error {
	if len(ws) != 2 {
		return errors.New("want: seed N")
	}
	v, err := seedNumber(ws[1].text)
	act.Seed = v
	return err
}

func (p *parser) watch(act *Act, ws []word) error {
	const usage = "want: watch PROBE on-change, or: watch PROBE every N"
	if len(ws) < 3 || !sim.IsName(ws[1].text) {
		return errors.New(usage)
	}
	w := Watch{Line: p.n, Probe: ws[1].text, Every: 1}
	switch {
	case len(ws) == 3 && ws[2].text == "on-change":
	case len(ws) == 4 && ws[2].text == "every":
		v, err := count("every", ws[3].text, 1, TicksMax)
		if err != nil {
			return err
		}
		w.Every = sim.Tick(v)
	default:
		return errors.New(usage)
	}
	act.Watches = append(act.Watches, w)
	return nil
}

func (p *parser) attach(files []txtar.File, line int, form Form) error {
	seen := map[string]bool{}
	for _, f := range files {
		of, name := split(f.Name)
		p.forms = p.forms || of != OneForm
		if of == OneForm || of == form {
			if seen[name] {
				p.n = line
				return fmt.Errorf("two attachments are called %q", name)
			}
			seen[name] = true
			p.sc.Files = append(p.sc.Files, File{name, f.Data})
		}
		line += 1 + bytes.Count(f.Data, []byte("\n"))
	}
	return nil
}
