package study

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"perceptarium/sim/script"
)

// Essence is what of a scenario's text decides its results: the acts without
// what is only said, seen or expected, and the attachments. A study of a
// scenario in one of its forms holds as long as its essence is the same.
func Essence(source []byte, full bool) string {
	text := string(script.InForm(source, full))
	_, text, _ = strings.Cut(text, "+++\n")
	_, text, _ = strings.Cut(text, "+++\n")
	acts, files := text, ""
	if i := strings.Index("\n"+text, "\n-- "); i >= 0 {
		acts, files = text[:i], text[i:]
	}
	var b strings.Builder
	for line := range strings.Lines(acts) {
		if words := strings.Fields(line); len(words) > 0 && !idle[words[0]] && words[0][0] != '#' {
			if words[0] == "machine" && b.Len() > 0 {
				b.WriteString("\n")
			}
			b.WriteString(strings.TrimRight(line, " \t\n") + "\n")
		}
	}
	if files != "" {
		b.WriteString("\n" + files)
	}
	return b.String()
}

// idle are the verbs that change nothing, and the seeds, which a study replaces.
var idle = map[string]bool{"say": true, "seed": true, "watch": true, "mark": true, "expect": true}

// Digest is that of a scenario's essence.
func Digest(source []byte, full bool) string {
	sum := sha256.Sum256([]byte(Essence(source, full)))
	return hex.EncodeToString(sum[:8])
}
