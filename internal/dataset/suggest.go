package dataset

import (
	"fmt"
	"strings"
)

// unknown is the error that there is no such name; it suggests the nearest one
// and lists the valid ones.
func unknown(what, name string, valid []string) error {
	near := nearest(name, valid)
	if near != "" {
		near = fmt.Sprintf("; did you mean %q?", near)
	}
	return fmt.Errorf("%s %q%s (valid: %s)", what, name, near, strings.Join(valid, ", "))
}

// nearest is the valid name with the fewest edits, if these are few.
func nearest(name string, valid []string) string {
	best, edits := "", 1+min(len(name), 64)/2
	for _, v := range valid {
		if d := distance(strings.ToLower(name), v); d < edits {
			best, edits = v, d
		}
	}
	return best
}

// distance is Levenshtein's.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
