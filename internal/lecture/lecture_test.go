package lecture_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"perceptarium/internal/lecture"
	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

var update = flag.Bool("update", false, "write docs/lecture.md anew")

// TestScenes holds every scene that is there against its scenario.
func TestScenes(t *testing.T) {
	for _, s := range lecture.Slides() {
		if s.Title == "" || s.Says == "" {
			t.Errorf("slide %d has no words", s.Number)
		}
		for _, c := range s.Scenes {
			if !c.NotYet {
				checkScene(t, s.Number, c)
			}
		}
	}
}

func checkScene(t *testing.T, slide int, c lecture.Scene) {
	t.Helper()
	sc, err := scenarios.Load(c.Scenario)
	if err != nil {
		t.Errorf("slide %d: %v", slide, err)
		return
	}
	n := len(sc.Acts)
	if c.Act > n || c.Last > n || c.Last > 0 && c.Last < c.Act {
		t.Errorf("slide %d: %s has %d acts; internal/lecture/slides.go has it play %d to %d", slide, c.Scenario, n, c.Act, c.Last)
		return
	}
	is := func(o script.Command) bool { return o.Verb == "mark" && o.Name == c.Mark }
	if c.Mark != "" && !slices.ContainsFunc(sc.Acts[c.Act-1].Body, is) {
		t.Errorf("slide %d: act %d of %s has no mark %s (internal/lecture/slides.go)", slide, c.Act, c.Scenario, c.Mark)
	}
}

// TestCited finds a scenario that cites the lecture and stands on no slide.
func TestCited(t *testing.T) {
	var shown []string
	for _, s := range lecture.Slides() {
		for _, c := range s.Scenes {
			shown = append(shown, c.Scenario)
		}
	}
	for _, name := range scenarios.Names() {
		sc, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		cites := func(s string) bool { return strings.Contains(s, "(lecture)") }
		if slices.ContainsFunc(sc.Header.Sources, cites) && !slices.Contains(shown, name) {
			t.Errorf("%s cites the lecture and is on no slide: give it one in internal/lecture/slides.go", name)
		}
	}
}

// TestPage holds docs/lecture.md against the table: a scenario that has come
// since, or gone, or was renamed, shows here.
func TestPage(t *testing.T) {
	const file = "../../docs/lecture.md"
	if *update {
		if err := os.WriteFile(file, []byte(page()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	want := strings.Split(page(), "\n")
	for i, line := range want {
		if i >= len(got) || got[i] != line {
			t.Fatalf("docs/lecture.md:%d: wanted %q, as the scenarios and internal/lecture/slides.go now are\n"+
				"go test ./internal/lecture -update writes it anew", i+1, line)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("docs/lecture.md:%d: wanted its end; go test ./internal/lecture -update writes it anew", len(want))
	}
}

const head = `# The lecture, slide by slide

The slides of M. Gasse's lecture "Artificial neural networks", in their order, each with the scenarios that show it and with what it
says otherwise than the sources or the machines. The words are ours; the slides bear no numbers, so they are counted by their headings.

    perceptarium lecture             the screen in this order; without a terminal, the list
    perceptarium lecture --json      the same as data

On the screen ` + "`enter`" + ` opens the scene that is chosen. There ` + "`PgDn`" + ` goes on from mark to mark, and at the end to the next scene, ` + "`PgUp`" + `
back; [screen.md](screen.md) has the other keys. [practical.md](practical.md) has the exercises that go with it.

This page is written by ` + "`go test ./internal/lecture -update`" + ` from the table in internal/lecture. A scenario that is still to come
stands here as *not yet*; the test fails when it comes, until the page is written anew.
`

// page is docs/lecture.md.
func page() string {
	var b strings.Builder
	b.WriteString(head)
	for _, s := range lecture.Slides() {
		fmt.Fprintf(&b, "\n## %d. %s\n\n%s\n", s.Number, s.Title, s.Says)
		if len(s.Scenes)+len(s.Deviations) > 0 {
			b.WriteString("\n")
		}
		for _, c := range s.Scenes {
			b.WriteString("- " + scene(c) + "\n")
		}
		for _, d := range s.Deviations {
			b.WriteString("- Corrected: " + d + ".\n")
		}
	}
	return b.String()
}

func scene(c lecture.Scene) string {
	text := "`" + c.Scenario + "`"
	if c.NotYet {
		return text + ": *not yet*"
	}
	switch {
	case c.Last == c.Act:
		text += fmt.Sprintf(", act %d", c.Act)
	case c.Last > c.Act:
		text += fmt.Sprintf(", acts %d to %d", c.Act, c.Last)
	}
	if c.Mark != "" {
		text += ", from the mark `" + c.Mark + "`"
	}
	if sc, err := scenarios.Load(c.Scenario); err == nil {
		text += ": " + sc.Header.Title
	}
	return text
}
