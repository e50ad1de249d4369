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

// TestReadme plays the scenario that the README shows.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n## Write a scenario\n")
	var body strings.Builder
	for _, line := range strings.Split(section, "\n")[1:] {
		if strings.HasPrefix(line, "## ") {
			break
		}
		if code, ok := strings.CutPrefix(line, "    "); ok || line == "" {
			body.WriteString(code + "\n")
		}
	}
	file := filepath.Join(t.TempDir(), "or.scenario")
	if err := os.WriteFile(file, []byte(strings.TrimRight(body.String(), "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	status := cli.Run(context.Background(), []string{"replay", file}, strings.NewReader(""), &stdout, &stderr)
	if status != 0 || !strings.Contains(stdout.String(), "1 expectation held") {
		t.Errorf("status %d\n%s%s", status, &stdout, &stderr)
	}
}
