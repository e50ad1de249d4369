package study

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// marker is a line between two of which a study writes its tables into a page:
// one pair for each scenario on a page of several; the rest of the page is a
// person's.
func marker(subject, end string) string {
	if subject != "" {
		subject = " " + subject
	}
	return "<!-- written by perceptarium study" + subject + ": " + end + " -->"
}

// Ran says on which data a study ran and how long a replay took.
func Ran(results []Result) string {
	var seconds []float64
	data := "drawn data"
	for _, r := range results {
		seconds = append(seconds, r.Seconds)
		if r.Files {
			data = "data files"
		}
	}
	if len(seconds) == 0 {
		return ""
	}
	slices.Sort(seconds)
	return fmt.Sprintf(" With %s; a replay took %.3g s (median).", data, seconds[len(seconds)/2])
}

// Table writes rows as Markdown: published value, ours, verdict; then how far
// each moves with the assumptions. ran is what Ran says.
func Table(rows []Row, command, ran string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Written by `%s`. A mean over seeds stands with its 95 %% interval.%s\n\n", command, ran)
	b.WriteString("| row | experiment | published | ours | seeds | verdict | source |\n|---|---|---|---|---|---|---|\n")
	for _, r := range rows {
		c := r.Claim
		fmt.Fprintf(&b, "| %s | `%s`: %s | %s | %s | %d | %s | %s |\n",
			cell(c.Row), r.Scenario, cell(what(r)), cell(c.Published), cell(r.Ours.String()+" "+c.Unit), r.Ours.N, r.Verdict, cell(c.Source))
	}
	if moved := movedTable(rows); moved != "" {
		b.WriteString("\nHow far the assumptions carry: the same figures with one assumption moved.\n\n" + moved)
	}
	return b.String()
}

func what(r Row) string {
	if r.Claim.Minus != "" {
		return r.Claim.Record + " less " + r.Claim.Minus
	}
	return r.Claim.Record
}

func movedTable(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		for _, m := range r.Moved {
			fmt.Fprintf(&b, "| %s | `%s`: %s | %s = %s | %s | %d | %s |\n",
				cell(r.Claim.Row), r.Scenario, cell(what(r)), cell(m.Vary), cell(m.To), cell(m.Ours.String()), m.Ours.N, cell(r.Ours.String()))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "| row | experiment | moved | ours then | seeds | ours as it is |\n|---|---|---|---|---|---|\n" + b.String()
}

// cell keeps a text inside its table cell.
func cell(text string) string {
	text = strings.TrimSpace(strings.NewReplacer("|", "\\|", "\n", " ").Replace(text))
	if text == "" {
		return "-"
	}
	return text
}

// WritePage puts a table between the markers of a page, those of the subject.
// A page that is not there is begun with the title; one without these markers
// gets them at its end.
func WritePage(name, title, subject, table string) error {
	beginMarker, endMarker := marker(subject, "begin"), marker(subject, "end")
	page, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		page, err = []byte("# "+title+"\n"), nil
	}
	if err != nil {
		return err
	}
	section := beginMarker + "\n\n" + table + "\n" + endMarker
	before, rest, found := bytes.Cut(page, []byte(beginMarker))
	_, after, closed := bytes.Cut(rest, []byte(endMarker))
	switch {
	case !found:
		before, after = append(page, '\n'), []byte("\n")
	case !closed:
		return fmt.Errorf("%s: the line %q has no line %q after it", name, beginMarker, endMarker)
	}
	return replaceFile(name, append(append(bytes.Clone(before), section...), after...))
}

// replaceFile writes a file whole or not at all.
func replaceFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".page-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
