package tui

import (
	"math"
	"strconv"
	"strings"

	"perceptarium/sim"
)

// cut shortens s to w cells, an ellipsis the last of them.
func cut(s string, w int) string {
	if textWidth(s) <= w {
		return s
	}
	n := 0
	for i, r := range s {
		if n += runeWidth(r); n > w-1 {
			if w < 1 {
				return ""
			}
			return s[:i] + "…"
		}
	}
	return s
}

// wrap breaks s into lines of at most w cells, at blanks; a word that is longer
// is broken where the line ends. Line ends in s are kept.
func wrap(s string, w int) (lines []string) {
	w = max(w, 1)
	for _, part := range strings.Split(strings.ReplaceAll(s, "\t", "    "), "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(part, func(r rune) bool { return r == ' ' }) {
			switch {
			case line == "":
				line = word
			case textWidth(line)+1+textWidth(word) <= w:
				line += " " + word
			default:
				lines = append(lines, line)
				line = word
			}
			for textWidth(line) > w {
				at := breakAt(line, w)
				lines = append(lines, line[:at])
				line = line[at:]
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// breakAt is the byte at which the first w cells of s end; at least one
// character goes before it.
func breakAt(s string, w int) int {
	n := 0
	for i, r := range s {
		if n += runeWidth(r); n > w && i > 0 {
			return i
		}
	}
	return len(s)
}

// group writes an integer with a comma between thousands.
func group(v int64) string {
	s := strconv.FormatInt(v, 10)
	head := len(s) % 3
	neg := 0
	if v < 0 {
		neg, head = 1, (len(s)-1)%3
	}
	var b strings.Builder
	b.WriteString(s[:neg+head])
	for i := neg + head; i < len(s); i += 3 {
		if i > neg {
			b.WriteByte(',')
		}
		b.WriteString(s[i : i+3])
	}
	return b.String()
}

var thousands = []struct {
	at     float64
	suffix string
}{{1e15, "P"}, {1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}}

// short writes a number in about five characters: 950, 1.2k, 35M, 0.003, 6e-08.
func short(v float64) string {
	if math.Abs(v) >= 1e18 {
		return strconv.FormatFloat(v, 'e', 0, 64)
	}
	for _, t := range thousands {
		if scaled := v / t.at; math.Abs(scaled) >= 1 {
			digits := 0
			if math.Abs(scaled) < 9.95 {
				digits = 1
			}
			return strings.TrimSuffix(strconv.FormatFloat(scaled, 'f', digits, 64), ".0") + t.suffix
		}
	}
	if v != 0 && math.Abs(v) < 0.05 {
		return strconv.FormatFloat(v, 'g', 1, 64)
	}
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// fit writes a value in at most w cells: as it is, or shorter and less exact.
func fit(v sim.Value, w int) string {
	s := v.String()
	if len(s) <= w {
		return s
	}
	if !v.Real {
		return cut(short(float64(v.Int)), w)
	}
	for digits := 6; digits > 0; digits-- {
		s = strconv.FormatFloat(float64(v.Float), 'g', digits, 32)
		if len(s) <= w {
			return s
		}
	}
	return cut(s, w)
}

// number is a value as a float, for scales only.
func number(v sim.Value) float64 {
	if v.Real {
		return float64(v.Float)
	}
	return float64(v.Int)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
