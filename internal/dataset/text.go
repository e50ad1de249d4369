package dataset

import (
	"bytes"
	"io"
	"slices"
	"unicode/utf8"
)

// Bounds of a corpus.
const (
	textBytesMax = 32 << 20
	symbolsMax   = 1 << 15 // different characters
)

// Text is a corpus, character by character.
type Text struct {
	Symbols []rune   // its different characters, by code point
	Codes   []uint16 // the corpus: each an index into Symbols
	SHA256  string   // of the uncompressed file
}

// ReadText reads plain text in UTF-8, gzip or not. CRLF becomes LF. What is
// not text is refused: bytes that are no UTF-8, and control characters other
// than tab, line feed and form feed. Errors say
// "NAME:LINE: what is wrong; what would be right".
func ReadText(name string, r io.Reader) (*Text, error) {
	s, err := open(name, r)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(s, textBytesMax+1))
	if err != nil {
		return nil, s.at(err)
	}
	if len(data) > textBytesMax {
		return nil, s.fail("more than %d bytes of text; want a smaller file", textBytesMax)
	}
	if bytes.Contains(data, []byte("\r\n")) {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	seen, err := s.characters(data)
	if err != nil {
		return nil, err
	}
	t := &Text{Symbols: seen, SHA256: s.digest()}
	code := make(map[rune]uint16, len(seen))
	for i, c := range seen {
		code[c] = uint16(i)
	}
	t.Codes = make([]uint16, 0, utf8.RuneCount(data))
	for len(data) > 0 {
		c, size := utf8.DecodeRune(data)
		t.Codes = append(t.Codes, code[c])
		data = data[size:]
	}
	return t, nil
}

// characters lists the different characters of a text by code point.
func (s *source) characters(data []byte) ([]rune, error) {
	var seen []rune
	known := map[rune]bool{}
	s.line = 1
	for rest := data; len(rest) > 0; {
		c, size := utf8.DecodeRune(rest)
		switch {
		case c == utf8.RuneError && size == 1:
			return nil, s.failLine("the byte 0x%02x is not UTF-8; want plain text in UTF-8", rest[0])
		case c < ' ' && c != '\t' && c != '\n' && c != '\f' || c == 0x7f:
			return nil, s.failLine("the control character 0x%02x; want plain text", c)
		case c == '\n':
			s.line++
		}
		if !known[c] {
			if len(seen) == symbolsMax {
				return nil, s.failLine("more than %d different characters; want fewer", symbolsMax)
			}
			known[c] = true
			seen = append(seen, c)
		}
		rest = rest[size:]
	}
	if len(seen) == 0 {
		return nil, s.failLine("no text; want at least one character")
	}
	slices.Sort(seen)
	return seen, nil
}

// String returns the corpus again, with LF as line ends.
func (t *Text) String() string {
	var b bytes.Buffer
	for _, c := range t.Codes {
		b.WriteRune(t.Symbols[c])
	}
	return b.String()
}
