package sim

import (
	"fmt"
	"strings"
)

// Unknown says that there is no such name, suggests the nearest one, and lists
// the valid ones: the words of every error about a name.
func Unknown(what, name string, valid []string) string {
	msg := fmt.Sprintf("%s %q", what, name)
	if near := nearest(name, valid); near != "" {
		msg += fmt.Sprintf("; did you mean %q?", near)
	}
	if len(valid) == 0 {
		return msg + " (there are none)"
	}
	return msg + " (valid: " + listed(valid) + ")"
}

const (
	listedMax    = 24 // names in a list
	nameBytesMax = 64 // a longer name is nobody's slip of the pen
)

func listed(names []string) string {
	if more := len(names) - listedMax; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:listedMax], ", "), more)
	}
	return strings.Join(names, ", ")
}

// nearest is the valid name with the fewest edits, if these are few.
func nearest(name string, valid []string) string {
	if len(name) > nameBytesMax {
		return ""
	}
	best, edits := "", 1+len(name)/2
	for _, v := range valid {
		if d := distance(strings.ToLower(name), strings.ToLower(v)); d < edits {
			best, edits = v, d
		}
	}
	return best
}

// distance counts the letters to add, drop, change, or swap with their
// neighbour (Levenshtein's, with swaps).
func distance(a, b string) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, next[j]+1, row[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
