package study

import (
	"fmt"
	"strings"

	"perceptarium/sim/script"
)

// tableText keeps a text inside its table cell.
func tableText(text string) string {
	text = strings.TrimSpace(strings.NewReplacer("|", "\\|", "\n", " ").Replace(text))
	if text == "" {
		return "-"
	}
	return text
}

func withUnit(figure, unit string) string {
	if unit == "" || unit == script.ShareOfRuns {
		return figure
	}
	return figure + " " + unit
}

// figures is a cell of a table: ours, over how many seeds, and a verdict where
// the published value is about these data.
func (k Cell) figures(unit string) string {
	switch {
	case !k.Asked:
		return ""
	case k.Ours.N == 0:
		return NotRun
	}
	text := withUnit(k.Ours.String(), unit)
	switch {
	case k.Ours.N < k.Seeds:
		text += fmt.Sprintf(", %d of %d seeds", k.Ours.N, k.Seeds)
	case !strings.Contains(text, "seed"):
		text += fmt.Sprintf(", %d seeds", k.Ours.N)
	}
	if k.Verdict != "" {
		text += ": " + k.Verdict
	}
	return text
}

// measure names what of a scenario is measured.
func measure(c script.Claim) string {
	if c.Minus != "" {
		return "`" + c.Record + "` less `" + c.Minus + "`"
	}
	return "`" + c.Record + "`"
}

// subject says in words what a claim is about; a row that is only a number of
// somebody's table goes before the record.
func subject(c script.Claim) string {
	switch {
	case c.Row == "":
		return measure(c)
	case strings.Trim(c.Row, "0123456789") == "":
		return "row " + c.Row + ": " + measure(c)
	}
	return c.Row
}

// subject says in words what a row is about.
func (r *Row) subject() string {
	if r.Form != script.OneForm {
		return subject(r.Claim) + ", " + string(r.Form) + " form"
	}
	return subject(r.Claim)
}

// items writes texts as items.
func items(b *strings.Builder, title string, texts []string) {
	if len(texts) == 0 {
		return
	}
	fmt.Fprintf(b, "## %s\n\n", title)
	for _, text := range texts {
		fmt.Fprintf(b, "- %s\n", strings.TrimSpace(text))
	}
	b.WriteString("\n")
}

// indented is a block of text as it stands.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.Trim(text, "\n") + "\n") {
		if line != "\n" {
			line = "    " + line
		}
		b.WriteString(line)
	}
	return b.String()
}
