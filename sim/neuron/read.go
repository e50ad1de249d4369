package neuron

import (
	"fmt"
	"strconv"
	"strings"

	"perceptarium/sim"
)

// Read parses a net in the text format of the package's doc. The name stands
// in errors, as NAME:LINE.
func Read(name string, src []byte) (*Net, error) {
	r := reader{name: name}
	text := strings.TrimPrefix(string(src), "\ufeff")
	for line := range strings.Lines(text) {
		r.line++
		if err := r.read(strings.TrimRight(line, "\r\n")); err != nil {
			return nil, r.fail(r.line, err.Error())
		}
	}
	if _, err := r.net.check(); err != nil {
		return nil, r.fail(r.placeOf(err), err.what)
	}
	return &r.net, nil
}

type reader struct {
	name  string
	line  int
	net   Net
	lines [sections][]int // the line of each element of the net's lists
}

func (r *reader) fail(line int, what string) error {
	return fmt.Errorf("%s:%d: %s", r.name, line, what)
}

func (r *reader) placeOf(f *fault) int {
	if lines := r.lines[f.section]; f.index < len(lines) {
		return lines[f.index]
	}
	return max(r.line, 1)
}

var keywords = []string{"title", "law", "input", "always", "unit", "start", "output"}

func (r *reader) read(line string) error {
	word, rest, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(line, "\t", " ")), " ")
	if word == "" || word[0] == '#' {
		return nil
	}
	switch word {
	case "title", "law":
		return r.text(word, oneLine(rest))
	case "unit":
		return r.unit(uncomment(rest))
	case "input":
		return r.list(inInputs, &r.net.Inputs, uncomment(rest))
	case "always":
		return r.list(inAlways, &r.net.Always, uncomment(rest))
	case "start":
		return r.list(inStart, &r.net.Start, uncomment(rest))
	case "output":
		return r.list(inOutputs, &r.net.Outputs, uncomment(rest))
	}
	return fmt.Errorf("%s", sim.Unknown("no line begins with", word, keywords))
}

// uncomment returns the words before the first that begins with #.
func uncomment(rest string) []string {
	words := strings.Fields(rest)
	for i, w := range words {
		if w[0] == '#' {
			return words[:i]
		}
	}
	return words
}

// text takes a title or a law: all that stands on its line.
func (r *reader) text(word, text string) error {
	switch {
	case text == "":
		return fmt.Errorf("%s lacks its text", word)
	case word == "law":
		r.net.Laws = append(r.net.Laws, text)
		r.lines[inLaws] = append(r.lines[inLaws], r.line)
	case r.net.Title != "":
		return fmt.Errorf("title is given twice, before in line %d", r.lines[inTitle][0])
	default:
		r.net.Title = text
		r.lines[inTitle] = append(r.lines[inTitle], r.line)
	}
	return nil
}

func (r *reader) list(s section, list *[]string, words []string) error {
	if len(words) == 0 {
		return fmt.Errorf("%s names no unit", keywords[s])
	}
	for _, w := range words {
		*list = append(*list, w)
		r.lines[s] = append(r.lines[s], r.line)
	}
	return nil
}

func (r *reader) unit(words []string) error {
	if len(words) < 2 {
		return fmt.Errorf("a unit has a name, a threshold and afferents, as in: unit out 2 a b")
	}
	threshold, err := strconv.Atoi(words[1])
	if err != nil {
		return fmt.Errorf("%s: %q is no threshold: it is a whole number from 1 on", words[0], words[1])
	}
	u := Unit{Name: words[0], Threshold: threshold}
	for _, w := range words[2:] {
		a, err := afferent(w)
		if err != nil {
			return fmt.Errorf("%s: %w", u.Name, err)
		}
		u.Afferents = append(u.Afferents, a)
	}
	r.net.Units = append(r.net.Units, u)
	r.lines[inUnits] = append(r.lines[inUnits], r.line)
	return nil
}

// afferent parses a, a*2, ~a, -a and -a*2.
func afferent(word string) (Afferent, error) {
	a := Afferent{Synapses: 1}
	switch word[0] {
	case '~':
		a.Effect, word = Inhibits, word[1:]
	case '-':
		a.Effect, word = Opposes, word[1:]
	}
	from, times, several := strings.Cut(word, "*")
	a.From = from
	if from == "" {
		return a, fmt.Errorf("an afferent without a name; write it beside its mark, as in ~b")
	}
	if several {
		n, err := strconv.Atoi(times)
		if err != nil {
			return a, fmt.Errorf("%q is no number of synapses, as in %s*2", times, from)
		}
		a.Synapses = n
	}
	return a, nil
}
