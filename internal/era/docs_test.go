package era

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of docs/time-machine.md anew")

const (
	page      = "../../docs/time-machine.md"
	tableHead = "| key | year | computer | peak | share | memory | bandwidth | power | price | note |\n|---|---|---|---|---|---|---|---|---|---|\n"
)

// TestDocs holds the table of the page against Table.
func TestDocs(t *testing.T) {
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	before, rest, ok := strings.Cut(text, tableHead)
	if !ok {
		t.Fatal("docs/time-machine.md lacks the head of the table")
	}
	got, after, _ := strings.Cut(rest, "\n\n")
	want := strings.TrimSuffix(tableText(), "\n")
	if got == want {
		return
	}
	if !*update {
		t.Fatalf("docs/time-machine.md has another table: go test ./internal/era -update\ngot\n%s\nwant\n%s", got, want)
	}
	if err := os.WriteFile(page, []byte(before+tableHead+want+"\n\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

func tableText() string {
	var b strings.Builder
	cell := func(f Figure, write func(float64) string) string {
		if !f.Known() {
			return ""
		}
		return fmt.Sprintf("%s, %v", write(f.Value), f.Mark)
	}
	for _, c := range Table() {
		peak := cell(c.Peak, Speed)
		if c.Single.Known() {
			peak += "; plain float32 " + cell(c.Single, Speed)
		}
		if c.Int8.Known() {
			peak = cell(c.Int8, func(v float64) string { return digits(v/1e12) + " TOPS of int8" })
		}
		fmt.Fprintf(&b, "| `%s` | %d | %s | %s | %s | %s | %s | %s | %s | %s |\n", c.Key, c.Year, c.Name, peak,
			cell(c.Share, func(v float64) string { return digits(100*v) + " %" }),
			cell(c.Memory, bytesText), cell(c.Bandwidth, func(v float64) string { return bytesText(v) + "/s" }),
			cell(c.Watts, func(v float64) string { return digits(v) + " W" }), cell(c.Dollar, Money), c.Note)
	}
	return b.String()
}

func bytesText(v float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e12, "TB"}, {gB, "GB"}, {mB, "MB"}} {
		if v >= unit.size {
			return digits(v/unit.size) + " " + unit.name
		}
	}
	return digits(v/kB) + " KB"
}
