package script

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"perceptarium/sim"
)

// word is one word of a line; a quoted one has lost its quotes.
type word struct {
	text   string
	quoted bool
}

// words takes a line apart at spaces. Text between double quotes is one word
// and knows the escapes of Go; # begins a comment.
func words(line string) ([]word, error) {
	var list []word
	for {
		line = strings.TrimLeft(line, " \t")
		if line == "" || line[0] == '#' {
			return list, nil
		}
		w, rest, err := nextWord(line)
		if err != nil {
			return nil, err
		}
		list = append(list, w)
		line = rest
	}
}

func nextWord(line string) (w word, rest string, err error) {
	if line[0] == '"' {
		quoted, err := strconv.QuotedPrefix(line)
		if err != nil {
			return word{}, "", fmt.Errorf("text without a closing quote, or with a bad escape: %.40s", line)
		}
		text, err := strconv.Unquote(quoted)
		if err == nil && !readable(text) {
			err = fmt.Errorf("text with a control character, or not valid UTF-8: %.40s", strconv.QuoteToASCII(text))
		}
		return word{text, true}, line[len(quoted):], err
	}
	end := strings.IndexAny(line, " \t\"")
	if end < 0 {
		end = len(line)
	}
	if !utf8.ValidString(line[:end]) {
		return word{}, "", fmt.Errorf("not valid UTF-8: %q", line[:end])
	}
	return word{text: line[:end]}, line[end:], nil
}

// readable reports whether text can be shown as it is: on a terminal a control
// character does something else.
func readable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
}

// reference takes NAME or NAME[INDEX] apart.
func reference(text string) (name, index string, err error) {
	name, index, bracket := strings.Cut(text, "[")
	if bracket {
		var ok bool
		if index, ok = strings.CutSuffix(index, "]"); !ok || index == "" {
			return "", "", fmt.Errorf("want NAME[INDEX], not %q", text)
		}
	}
	if !sim.IsName(name) {
		return "", "", fmt.Errorf("%q is not a name: a letter, then letters, digits, - or _", name)
	}
	return name, index, nil
}

// operand reads a number or a reference.
func operand(text string) (Operand, error) {
	if v, err := strconv.ParseInt(text, 10, 64); err == nil {
		return Operand{Text: text, Value: sim.Value{Int: v}}, nil
	}
	if text != "" && strings.ContainsRune("+-.0123456789", rune(text[0])) {
		v, err := strconv.ParseFloat(text, 32)
		if err != nil {
			return Operand{}, fmt.Errorf("%q is not a number", text)
		}
		return Operand{Text: text, Value: sim.Value{Real: true, Float: float32(v)}}, nil
	}
	name, index, err := reference(text)
	return Operand{Text: text, Name: name, Index: index}, err
}

// count reads a whole number in lo..hi.
func count(what, text string, lo, hi int64) (int64, error) {
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil || v < lo || v > hi {
		return 0, fmt.Errorf("%s must be a whole number in %d..%d, not %q", what, lo, hi, text)
	}
	return v, nil
}
