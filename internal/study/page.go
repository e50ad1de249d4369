package study

import (
	"fmt"
	"slices"
	"strings"

	"perceptarium/internal/analysis"
	"perceptarium/internal/era"
	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

// Written stands at the head of every page that is made here.
const Written = "Written by `perceptarium study`, from what was replayed and from the scenario; nothing on this page is typed in."

// Page writes the page of an experiment. st is nil where it was not studied.
func Page(sc *script.Scenario, st *Study) string {
	h := &sc.Header
	rows := Rows(sc, st)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s, %d. `perceptarium play %s` shows it. [All experiments](../replications.md).\n\n%s\n\n", h.Title, machineOf(sc), h.Year, sc.Name, Written)
	items(&b, "Where it comes from", h.Sources)
	b.WriteString("## Published, and ours\n\n" + claimsTable(rows, st))
	if why := whyDiffers(rows); why != "" {
		b.WriteString("## Why ours differs\n\n" + why + "\n")
	}
	spreads(&b, sc, st)
	if moved := movedTable(rows); moved != "" {
		b.WriteString("## How far the assumptions carry\n\nThe same figures with one assumption moved.\n\n" + moved + "\n")
	}
	items(&b, "Deviations and assumptions", h.Assumed)
	items(&b, "Open questions", h.Open)
	settings(&b, sc)
	replays(&b, sc, st)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// Summary says in a few lines what became of an experiment's claims.
func Summary(e Experiment) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", e.Scenario.Name)
	for _, r := range Rows(e.Scenario, e.Study) {
		c := r.Claim
		fmt.Fprintf(&b, "  %s\n    published  %s\n    ours       %s\n", r.subject(), c.Published, r.Drawn.figures(c.Unit))
		if r.Files.Asked {
			fmt.Fprintf(&b, "    on files   %s\n", r.Files.figures(c.Unit))
		}
	}
	return b.String()
}

func machineOf(sc *script.Scenario) string {
	if sc.Header.Machine != "" {
		return sc.Header.Machine
	}
	return "The machine `" + sc.Acts[0].Machine + "`"
}

// claimsTable has a row for each claim of one scenario.
func claimsTable(rows []Row, st *Study) string {
	var b strings.Builder
	files := slices.ContainsFunc(rows, func(r Row) bool { return r.Files.Asked })
	b.WriteString("A mean over seeds stands with its 95 % interval; the verdict holds it against the band in which the claim wants it.\n\n")
	if files {
		b.WriteString("| claim | measured | published | band | on drawn data | on data files | source |\n|---|---|---|---|---|---|---|\n")
	} else {
		b.WriteString("| claim | measured | published | band | ours | source |\n|---|---|---|---|---|---|\n")
	}
	for _, r := range rows {
		c := r.Claim
		cells := []string{r.subject(), measure(c), c.Published, band(c), r.Drawn.figures(c.Unit), r.Files.figures(c.Unit), c.Source}
		if !files {
			cells = append(cells[:5], cells[6])
		}
		for _, text := range cells {
			b.WriteString("| " + tableText(text) + " ")
		}
		b.WriteString("|\n")
	}
	b.WriteString("\n")
	if st != nil {
		if n := st.cut(); n > 0 {
			fmt.Fprintf(&b, "In all replays together, %d acts ended early: a wait ran out, or a number was none. Seeds that did not come to a record are not in its figure.\n\n", n)
		}
	}
	return b.String()
}

func band(c script.Claim) string {
	return withUnit(analysis.Figure(c.Band[0])+" to "+analysis.Figure(c.Band[1]), c.Unit)
}

// cut is how many acts ended early where nothing was moved.
func (st *Study) cut() (n int) {
	for _, run := range st.Runs {
		if !run.moved() {
			n += run.Cut
		}
	}
	return n
}

// whyDiffers lists the claims that do not hold, and why.
func whyDiffers(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		if r.Verdict() == Differs || r.Claim.Why != "" {
			why := r.Claim.Why
			if why == "" {
				why = "not known yet"
			}
			fmt.Fprintf(&b, "- **%s** (%s): %s\n", r.subject(), r.Verdict(), strings.TrimSpace(why))
		}
	}
	return b.String()
}

func movedTable(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		for _, m := range r.Moved {
			fmt.Fprintf(&b, "| %s | %s = %s | %s | %d | %s |\n", tableText(r.subject()), tableText(m.Vary), tableText(m.To),
				tableText(withUnit(m.Ours.String(), r.Claim.Unit)), m.Ours.N, tableText(r.judged().Ours.String()))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "| claim | moved | ours then | seeds | ours as it is |\n|---|---|---|---|---|\n" + b.String()
}

func spreads(b *strings.Builder, sc *script.Scenario, st *Study) {
	var all strings.Builder
	for _, s := range spreadsOf(sc) {
		all.WriteString(spread(s, "", st.find(false, false, "", "")))
		all.WriteString(spread(s, " on data files", st.find(false, true, "", "")))
	}
	if all.Len() > 0 {
		b.WriteString("## Distributions\n\n" + all.String())
	}
}

// How much of the settings a page shows: lines of an attachment, and of a line.
const (
	linesMax   = 30
	columnsMax = 160
)

// settings shows what decides the result: the essence of the scenario in each of
// its forms, and the nets of the house that it names.
func settings(b *strings.Builder, sc *script.Scenario) {
	b.WriteString("## Settings\n\nWhat of the scenario decides its figures, and its attachments. A study replaces the seeds.\n\n")
	source := scenarios.Source(sc.Name)
	b.WriteString(indented(shortened(Essence(source, false))))
	if full := sc.In(true); full.Form == script.Full {
		fmt.Fprintf(b, "\nThe full form: %s.\n\n%s", full.Header.Full, indented(shortened(Essence(source, true))))
	}
	shown := map[string]bool{}
	for _, act := range sc.Acts {
		for _, o := range act.Options {
			if o.Key != "net" || attached(sc, o.Value) || shown[o.Value] {
				continue
			}
			shown[o.Value] = true
			if text, ok, err := (scenarios.House{}).Data(o.Value); ok && err == nil {
				fmt.Fprintf(b, "\nThe net `%s` of the house:\n\n%s", o.Value, indented(shortened(string(text))))
			}
		}
	}
	b.WriteString("\n")
}

func attached(sc *script.Scenario, name string) bool {
	for _, f := range sc.Files {
		if f.Name == name {
			return true
		}
	}
	return false
}

// shortened cuts long lines, and attachments after so many lines.
func shortened(text string) string {
	var b strings.Builder
	inFile, left := 0, 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "-- ") {
			b.WriteString(more(left))
			inFile, left = 1, 0
		} else if inFile > 0 {
			inFile++
		}
		if inFile > linesMax {
			left++
			continue
		}
		if runes := []rune(line); len(runes) > columnsMax {
			line = string(runes[:columnsMax]) + " ...\n"
		}
		b.WriteString(line)
	}
	return b.String() + more(left)
}

func more(lines int) string {
	if lines == 0 {
		return ""
	}
	return fmt.Sprintf("... and %d more lines\n\n", lines)
}

// replays says how often, on what and how long.
func replays(b *strings.Builder, sc *script.Scenario, st *Study) {
	b.WriteString("## Replays\n\n")
	if st == nil || len(st.Runs) == 0 {
		fmt.Fprintf(b, "None yet: `perceptarium study %s`.\n", sc.Name)
		return
	}
	seeds, seconds := 0, 0.0
	for _, run := range st.Runs {
		if run.moved() {
			seeds += run.Seeds
			seconds += run.Seconds
			continue
		}
		data := "drawn data"
		if run.Files {
			data = "data files"
		} else if !scenarios.TakesFiles(sc.In(run.Full)) {
			data = "the data of the scenario"
		}
		if run.Full {
			data += ", in the full form"
		}
		fmt.Fprintf(b, "- %d with %s, each %s of processor time.\n", run.Seeds, data, era.Duration(run.Seconds/float64(run.Seeds)))
	}
	if seeds > 0 {
		fmt.Fprintf(b, "- %d with an assumption moved, %s of processor time in all.\n", seeds, era.Duration(seconds))
	}
	if st.Law > 0 {
		fmt.Fprintf(b, "- Under arithmetic law %d: the same bits on every processor.\n", st.Law)
	}
}
