package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perceptarium/internal/cli"
)

const exercises = 8

// TestPractical replays the exercises of docs/practical.md: each fails as it is
// given, because of what it expects alone; its solution holds, and differs from
// it in the gaps alone.
func TestPractical(t *testing.T) {
	t.Setenv("PERCEPTARIUM_DATA", t.TempDir())
	solved, err := filepath.Glob("../../docs/practical/*-solved.scenario")
	if err != nil || len(solved) != exercises {
		t.Fatalf("%d solutions, want %d (%v)", len(solved), exercises, err)
	}
	page := read(t, "../../docs/practical.md")
	for _, solution := range solved {
		given := strings.Replace(solution, "-solved", "", 1)
		name := filepath.Base(given)
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(page, "](practical/"+name+")") {
				t.Error("docs/practical.md does not speak of it")
			}
			if without(t, read(t, given)) != without(t, read(t, solution)) {
				t.Error("the solution differs outside the gaps")
			}
			if testing.Short() && strings.HasPrefix(name, "7-") {
				t.Skip("trains a net on thousands of digits")
			}
			if status, told := replay(given); status != 1 || !strings.Contains(told, "FAILED") || strings.Contains(told, "ended early") {
				t.Errorf("as it is given: status %d\n%s", status, told)
			}
			if status, told := replay(solution); status != 0 {
				t.Errorf("solved: status %d\n%s", status, told)
			}
		})
	}
}

func replay(file string) (status int, told string) {
	var out bytes.Buffer
	status = cli.Run(context.Background(), []string{"replay", "--quiet", file}, strings.NewReader(""), &out, &out)
	return status, out.String()
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

// without is an exercise without what stands in its gaps.
func without(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	gaps, inside := 0, false
	for _, line := range strings.SplitAfter(text, "\n") {
		inside = inside && !strings.HasPrefix(line, "# up to here")
		if !inside {
			b.WriteString(line)
		}
		if strings.HasPrefix(line, "# your turn") {
			gaps, inside = gaps+1, true
		}
	}
	if gaps == 0 || inside {
		t.Errorf("%d gaps; the last is open: %v", gaps, inside)
	}
	return b.String()
}
