package study

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"perceptarium/internal/analysis"
	"perceptarium/sim/script"
)

// spreadSeeds is how many seeds a distribution needs to be shown.
const spreadSeeds = 20

// spreadsOf lists the distributions of a page: those that the header asks for,
// then those of claims on numbers of many seeds.
func spreadsOf(sc *script.Scenario) []script.Spread {
	list := slices.Clone(sc.Header.Spreads)
	for _, c := range sc.Header.Claims {
		known := func(s script.Spread) bool { return s.Record == c.Record }
		if c.Unit != script.ShareOfRuns && c.Minus == "" && !slices.ContainsFunc(list, known) {
			list = append(list, script.Spread{Title: subject(c), Record: c.Record, Unit: c.Unit, Published: c.Published})
		}
	}
	return list
}

// spread describes a distribution: how many runs have no value, percentiles, a
// histogram, and where the published figure lies. It is empty for few seeds.
func spread(s script.Spread, data string, run *Series) string {
	if run == nil || run.Seeds < spreadSeeds {
		return ""
	}
	values := run.values(s.Record, "", s.Failed)
	slices.Sort(values)
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\nRecord `%s`, %d runs%s", s.Title, s.Record, run.Seeds, data)
	if s.Failed != "" {
		lost := analysis.Share95(run.values(s.Failed, "", ""))
		fmt.Fprintf(&b, "; %d failed: a share of %s", run.Seeds-len(values), lost)
	}
	b.WriteString(".\n\n")
	if s.Published != "" {
		fmt.Fprintf(&b, "Published: %s.", s.Published)
		if s.Figure != 0 && len(values) > 0 {
			fmt.Fprintf(&b, " Of ours that have a value, %s are below %s, %s above.", percent(below(values, s.Figure), len(values)),
				analysis.Figure(s.Figure), percent(below(negative(values), -s.Figure), len(values)))
		}
		b.WriteString("\n\n")
	}
	if len(values) == 0 {
		return b.String()
	}
	if values[0] == values[len(values)-1] {
		if s.Failed == "" {
			return "" // the table of claims says it
		}
		return b.String() + fmt.Sprintf("All are %s.\n\n", withUnit(analysis.Figure(values[0]), s.Unit))
	}
	b.WriteString(percentiles(values, s.Unit) + "\n" + histogram(values, s.Figure) + "\n")
	return b.String()
}

func below(values []float64, v float64) (n int) {
	for _, x := range values {
		if x < v {
			n++
		}
	}
	return n
}

func negative(values []float64) []float64 {
	list := make([]float64, len(values))
	for i, v := range values {
		list[i] = -v
	}
	return list
}

func percent(n, of int) string { return fmt.Sprintf("%.0f %%", 100*float64(n)/float64(of)) }

// percentiles is a table of them; each is the value of a run.
func percentiles(values []float64, unit string) string {
	head, line := "| "+tableText(unit)+" |", "| |"
	for _, p := range []int{5, 25, 50, 75, 95} {
		at := (len(values)*p + 99) / 100
		head += fmt.Sprintf(" %d %% |", p)
		line += " " + analysis.Figure(values[max(at-1, 0)]) + " |"
	}
	head += " least | most |"
	line += " " + analysis.Figure(values[0]) + " | " + analysis.Figure(values[len(values)-1]) + " |"
	return head + "\n|---|---|---|---|---|---|---|---|\n" + line + "\n"
}

const (
	binsMax = 12
	barMax  = 40
)

// histogram draws values, which are sorted and not all the same, a bin a line;
// in steps of equal ratio where the largest is many times the smallest.
func histogram(values []float64, figure float64) string {
	edges := binEdges(values)
	bins := len(edges) - 1
	counts := make([]int, bins)
	for _, v := range values {
		counts[binOf(edges, v)]++
	}
	most := slices.Max(counts)
	width := 0
	label := func(i int) string {
		if edges[i+1] == edges[i]+1 && whole(values) {
			return analysis.Figure(edges[i])
		}
		return analysis.Figure(edges[i]) + " to " + analysis.Figure(edges[i+1])
	}
	for i := range bins {
		width = max(width, len(label(i)))
	}
	var b strings.Builder
	for i, n := range counts {
		bar := (n*barMax + most - 1) / most
		line := fmt.Sprintf("    %*s %s %d", width, label(i), strings.Repeat("█", bar), n)
		if n == 0 {
			line = fmt.Sprintf("    %*s", width, label(i))
		}
		if figure != 0 && figure >= edges[i] && (figure < edges[i+1] || i == bins-1 && figure == edges[bins]) {
			line += "  < published"
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

func whole(values []float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return v != math.Trunc(v) })
}

// binEdges cuts the range of values into bins whose edges are round numbers. Of
// whole numbers none is cut.
func binEdges(values []float64) []float64 {
	lo, hi := values[0], values[len(values)-1]
	if lo > 0 && hi/lo > 20 {
		return ratioEdges(lo, hi)
	}
	if whole(values) && hi-lo < binsMax {
		return stepEdges(lo, hi+1, 1)
	}
	step := math.Pow(10, math.Floor(math.Log10((hi-lo)/binsMax)))
	for _, m := range []float64{1, 2, 5, 10} {
		if first := math.Floor(lo / (m * step)); math.Floor(hi/(m*step))-first < binsMax {
			step *= m
			break
		}
	}
	return stepEdges(lo, hi, step)
}

func stepEdges(lo, hi, step float64) (edges []float64) {
	first := math.Floor(lo / step)
	for i := 0; len(edges) < 2 || edges[len(edges)-1] < hi; i++ {
		edges = append(edges, (first+float64(i))*step)
	}
	return edges
}

// ratioEdges is binEdges in steps of about equal ratio.
func ratioEdges(lo, hi float64) []float64 {
	steps := []float64{1, 1.5, 2, 3, 5, 7}
	if hi/lo > 100 {
		steps = []float64{1, 2, 5}
	}
	var edges []float64
	for decade := math.Floor(math.Log10(lo)); len(edges) == 0 || edges[len(edges)-1] < hi; decade++ {
		for _, m := range steps {
			edge := m * math.Pow(10, decade)
			if len(edges) > 0 && edge <= lo {
				edges = edges[:0]
			}
			if len(edges) == 0 || edges[len(edges)-1] < hi {
				edges = append(edges, edge)
			}
		}
	}
	return edges
}

func binOf(edges []float64, v float64) int {
	for i := len(edges) - 2; i > 0; i-- {
		if v >= edges[i] {
			return i
		}
	}
	return 0
}
