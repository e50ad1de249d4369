package study

import (
	"fmt"
	"slices"
	"strings"

	"perceptarium/internal/analysis"
	"perceptarium/internal/era"
	"perceptarium/sim/script"
)

// Experiment is a scenario that makes claims, and its study; nil where there is
// none.
type Experiment struct {
	Scenario *script.Scenario
	Study    *Study
}

// byYear is the order of the index.
func byYear(list []Experiment) []Experiment {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Experiment) int {
		if a, b := a.Scenario.Header.Year, b.Scenario.Header.Year; a != b {
			return a - b
		}
		return strings.Compare(a.Scenario.Name, b.Scenario.Name)
	})
	return list
}

// Index writes the page of all experiments.
func Index(all []Experiment) string {
	var b strings.Builder
	b.WriteString("# Replications\n\n" + Written + ` Each experiment has a page with its settings, its deviations
and its open questions; its name links there.

A mean over seeds stands with its 95 % interval: after Student, or of a share of runs after Wilson. A claim says beforehand in which band the
mean must lie. ` + fmt.Sprintf("`%s`: it does. `%s`: it does not, but its interval reaches the band. `%s`: the whole\ninterval lies outside, and below the table it says why. ", Agrees, Touches, Differs) +
		`Where a scenario takes data from files, it is replayed on drawn data too; the verdict
stands where the published value was found. What stands without a verdict is there to compare.

`)
	b.WriteString("| experiment | claim | published | ours, data drawn or made here | ours, data from files | source |\n|---|---|---|---|---|---|\n")
	var why strings.Builder
	for _, e := range byYear(all) {
		rows := Rows(e.Scenario, e.Study)
		for _, r := range rows {
			c := r.Claim
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", link(r.Scenario, ""), tableText(r.subject()), tableText(c.Published),
				tableText(r.Drawn.figures(c.Unit)), tableText(r.Files.figures(c.Unit)), tableText(c.Source))
			if r.Verdict() != Agrees {
				fmt.Fprintf(&why, "- %s, %s (%s): %s\n", link(r.Scenario, ""), r.subject(), r.Verdict(), reason(&r))
			}
		}
	}
	b.WriteString("\n## What does not agree, and why\n\n" + why.String())
	b.WriteString("\n## What it took\n\n" + took(all))
	return b.String()
}

func link(scenario, from string) string {
	return fmt.Sprintf("[`%s`](%sreplications/%s.md)", scenario, from, scenario)
}

// reason says why a row does not agree.
func reason(r *Row) string {
	switch {
	case r.Claim.Why != "":
		return strings.TrimSpace(r.Claim.Why)
	case r.Verdict() == Touches:
		return fmt.Sprintf("the interval of %d seeds, %s, reaches the band, %s.", r.judged().Ours.N, r.judged().Ours, band(r.Claim))
	}
	return "not known yet."
}

// took counts verdicts, replays and their time.
func took(all []Experiment) string {
	counts := map[string]int{}
	claims, replays, seconds := 0, 0, 0.0
	longest, name := 0.0, ""
	for _, e := range all {
		for _, r := range Rows(e.Scenario, e.Study) {
			counts[r.Verdict()]++
			claims++
		}
		if e.Study == nil {
			continue
		}
		for _, run := range e.Study.Runs {
			replays += run.Seeds
			seconds += run.Seconds
			if each := run.Seconds / float64(max(run.Seeds, 1)); each > longest {
				longest, name = each, e.Scenario.Name
			}
		}
	}
	text := fmt.Sprintf("%d claims of %d experiments: %d agree, %d within our error, %d differ", claims, len(all), counts[Agrees], counts[Touches], counts[Differs])
	if n := counts[NotRun]; n > 0 {
		text += fmt.Sprintf(", %d were not run", n)
	}
	text += ".\n"
	return text + fmt.Sprintf("%s replays took %s of processor time, %s on two cores; the longest, of `%s`, %s.\n",
		analysis.Figure(float64(replays)), era.Duration(seconds), era.Duration(seconds/2), name, era.Duration(longest))
}

// MachineTable is the section of a machine's page: the claims of its scenarios
// in the order of the published table's rows, and what differs.
func MachineTable(all []Experiment) string {
	var rows []Row
	for _, e := range all {
		rows = append(rows, Rows(e.Scenario, e.Study)...)
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return rowNumber(a.Claim) - rowNumber(b.Claim) })
	var b, why strings.Builder
	b.WriteString(Written + "\n\n| row | experiment | published | ours | verdict | source |\n|---|---|---|---|---|---|\n")
	for _, r := range rows {
		c, ours := r.Claim, r.Drawn
		ours.Verdict = ""
		fmt.Fprintf(&b, "| %s | %s: %s | %s | %s | %s | %s |\n", tableText(c.Row), link(r.Scenario, "../"), measure(c), tableText(c.Published),
			tableText(ours.figures(c.Unit)), r.Verdict(), tableText(c.Source))
		if r.Verdict() == Differs {
			fmt.Fprintf(&why, "- row %s, %s: %s\n", tableText(c.Row), measure(c), reason(&r))
		}
	}
	if why.Len() > 0 {
		b.WriteString("\nWhat differs, and why we think so:\n\n" + why.String())
	}
	return b.String()
}

// rowNumber orders rows by their number, those without one last.
func rowNumber(c script.Claim) int {
	n := 1 << 30
	_, _ = fmt.Sscanf(c.Row, "%d", &n)
	return n
}
