package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"
)

// The widths of tables: of one that goes to no terminal, and the limits of one
// that fits itself to a terminal. Where the last column would be narrower than
// columnMin, it stands under its row.
const (
	tableWidth    = 100
	tableWidthMin = 60
	tableWidthMax = 120
	columnMin     = 36
	underIndent   = 6
)

// table is text in aligned columns; its last column may wrap.
type table struct {
	indent, gap int
	wrap        bool // the last column
	rows        [][]string
}

// widthOf is how wide a table on that stream may be.
func widthOf(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(f.Fd()); err == nil && width > 0 {
			return min(max(width, tableWidthMin), tableWidthMax)
		}
	}
	return tableWidth
}

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) write(w io.Writer) error {
	widths := t.widths()
	for _, row := range t.rows {
		if err := t.line(w, row, widths); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) widths() []int {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

func (t *table) line(w io.Writer, row []string, widths []int) error {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", t.indent))
	at := t.indent
	last := len(row) - 1
	for i, cell := range row[:last] {
		pad := widths[i] - utf8.RuneCountInString(cell) + t.gap
		b.WriteString(cell + strings.Repeat(" ", pad))
		at += widths[i] + t.gap
	}
	text := []string{row[last]}
	if t.wrap {
		room := widthOf(w) - at
		if room < columnMin && last > 1 {
			room += at - underIndent
			at = underIndent
			under := strings.TrimRight(b.String(), " ")
			b.Reset()
			b.WriteString(under + "\n" + strings.Repeat(" ", at))
		}
		text = wrap(row[last], room)
	}
	b.WriteString(strings.Join(text, "\n"+strings.Repeat(" ", at)))
	_, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	return err
}
