package markone

import (
	"fmt"
	"strconv"
	"strings"
)

// A plugboard file is what a person could plug from: a line for each sensory
// unit, with its place on the retina, then its cords: the sign, and the
// association unit that the other end goes to.
//
//	plugboard 512
//	S0    +A12 +A44 -A101    # row 0, column 0
//	S21   -A7 +A7            # row 1, column 1
//
// The first line says how many association units there are. '#' begins a
// comment; lines may end in LF or CRLF; a sensory unit may come on several
// lines, and the same cord twice where both ends have room.
const plugboardWord = "plugboard"

// ParsePlugboard reads a plugboard file. An error says NAME:LINE, what is wrong,
// and what would be right; then nothing is returned.
func ParsePlugboard(name string, data []byte, units int, limits Limits) (*Plugboard, error) {
	r := plugReader{board: &Plugboard{Units: units}, limits: limits}
	for i, line := range strings.Split(string(data), "\n") {
		if err := r.line(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
	}
	if !r.begun {
		return nil, fmt.Errorf("%s:1: no plugboard; it begins with: %s %d", name, plugboardWord, units)
	}
	r.board.Sort()
	return r.board, nil
}

type plugReader struct {
	board  *Plugboard
	limits Limits
	used   outlets
	begun  bool
}

func (r *plugReader) line(text string) error {
	text, _, _ = strings.Cut(text, "#")
	words := strings.Fields(text)
	switch {
	case len(words) == 0:
		return nil
	case !r.begun:
		r.begun = true
		return r.first(words)
	}
	s, err := unitNumber(words[0], "S", Points)
	if err != nil {
		return err
	}
	for _, w := range words[1:] {
		p, err := parseCord(s, w, r.board.Units)
		if err != nil {
			return err
		}
		if len(r.board.Plugs) == plugsMax {
			return fmt.Errorf("more than %d plugs", plugsMax)
		}
		if err := r.used.take(p, r.board.Units, r.limits); err != nil {
			return err
		}
		r.board.Plugs = append(r.board.Plugs, p)
	}
	return nil
}

func (r *plugReader) first(words []string) error {
	if len(words) != 2 || words[0] != plugboardWord {
		return fmt.Errorf("want the first line: %s %d", plugboardWord, r.board.Units)
	}
	if n, err := strconv.Atoi(words[1]); err != nil || n != r.board.Units {
		return fmt.Errorf("a board for %q association units; this machine has %d", words[1], r.board.Units)
	}
	return nil
}

// parseCord reads "+A12".
func parseCord(s int, word string, units int) (Plug, error) {
	sign := int8(1)
	switch {
	case strings.HasPrefix(word, "-"):
		sign = -1
	case !strings.HasPrefix(word, "+"):
		return Plug{}, fmt.Errorf("want a cord as +A12 or -A12, not %q", word)
	}
	a, err := unitNumber(word[1:], "A", units)
	return Plug{int16(s), int16(a), sign}, err
}

func unitNumber(word, letter string, n int) (int, error) {
	digits, ok := strings.CutPrefix(word, letter)
	v, err := strconv.ParseUint(digits, 10, 16)
	if !ok || err != nil || int(v) >= n {
		return 0, fmt.Errorf("no unit %q; they are %s0..%s%d", word, letter, letter, n-1)
	}
	return int(v), nil
}

// AppendText appends the board as a file that ParsePlugboard reads.
func (b *Plugboard) AppendText(dst []byte) []byte {
	dst = fmt.Appendf(dst, "%s %d\n", plugboardWord, b.Units)
	for i := 0; i < len(b.Plugs); {
		s := b.Plugs[i].S
		dst = append(strconv.AppendInt(append(dst, 'S'), int64(s), 10), ' ')
		for ; i < len(b.Plugs) && b.Plugs[i].S == s; i++ {
			dst = append(dst, ' ')
			dst = b.Plugs[i].appendCord(dst)
		}
		dst = append(dst, "  # row "...)
		dst = strconv.AppendInt(dst, int64(s/Cols), 10)
		dst = append(dst, ", column "...)
		dst = append(strconv.AppendInt(dst, int64(s%Cols), 10), '\n')
	}
	return dst
}

func (p Plug) appendCord(dst []byte) []byte {
	sign := byte('+')
	if p.Sign < 0 {
		sign = '-'
	}
	return strconv.AppendInt(append(dst, sign, 'A'), int64(p.A), 10)
}
