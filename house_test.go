package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"perceptarium/golden"
	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/trace"
)

// room is one row of the table of who may import whom: the packages of this
// module, and the other modules, by the beginning of their paths.
type room struct{ imports, modules string }

const (
	module   = "perceptarium"
	machines = "sim/neuron sim/neuron/cell sim/perceptron sim/markone modern/core modern/tape modern/blueprint modern/rival modern/reader modern/belief"
	nets     = "modern/model modern/nn modern/tensor modern/kernel modern/f32 modern/examples"
)

var rooms = map[string]room{
	".":                 {"internal/cli", ""},
	"sim/rng":           {},
	"internal/era":      {},
	"modern/f32":        {},
	"modern/examples":   {},
	"internal/dataset":  {"sim sim/rng modern/f32 modern/examples", ""},
	"sim":               {},
	"modern/kernel":     {"modern/f32", "golang.org/x/sys/cpu"},
	"sim/trace":         {"sim", ""},
	"sim/simtest":       {"sim", ""},
	"modern/tensor":     {"modern/kernel modern/f32", ""},
	"modern/canary":     {"modern/kernel modern/f32 sim/rng", ""},
	"internal/analysis": {"modern/tensor", "gonum.org/v1/gonum"},
	"sim/script":        {"sim sim/trace", "github.com/BurntSushi/toml golang.org/x/tools/txtar"},
	"sim/netlist":       {"sim/rng", ""},
	"sim/neuron":        {"sim sim/rng sim/netlist", ""},
	"sim/neuron/cell":   {"sim sim/rng", ""},
	"sim/perceptron":    {"sim sim/rng", ""},
	"sim/markone":       {"sim sim/rng", ""},
	"modern/core":       {"sim sim/rng modern/kernel modern/f32", ""},
	"modern/nn":         {"modern/tensor modern/kernel modern/f32 sim/rng", ""},
	"modern/model":      {nets + " sim sim/rng", ""},
	"modern/belief":     {"modern/examples modern/nn modern/tensor modern/kernel modern/f32 sim sim/rng", ""},
	"modern/rival":      {"modern/examples modern/tensor modern/kernel modern/f32 sim sim/rng", ""},
	"modern/tape":       {nets + " sim sim/rng", ""},
	"modern/reader":     {nets + " sim sim/rng", ""},
	"scenarios":         {"sim sim/script modern/examples modern/model internal/dataset internal/analysis " + machines, ""},
	"golden":            {"scenarios sim sim/script sim/trace modern/canary modern/f32", ""},
	"internal/study":    {"scenarios golden sim sim/script internal/analysis internal/era", ""},
	"internal/lecture":  {"scenarios", ""},
	"internal/speed":    {nets + " sim sim/rng", "gonum.org/v1/gonum"},
	"tui":               {"sim sim/script sim/trace internal/era internal/lecture scenarios", "charm.land github.com/charmbracelet"},
	"internal/cli": {"internal/checkpoint internal/lecture golden scenarios sim sim/neuron sim/script sim/trace tui internal/study internal/speed internal/era internal/analysis internal/dataset modern/kernel modern/f32",
		"golang.org/x/sys/cpu charm.land/fang github.com/spf13 github.com/charmbracelet/x/term"},
	"modern/blueprint":    {nets + " sim", ""},
	"internal/checkpoint": {"sim sim/script", ""},
}

// Where what is barred elsewhere may stand.
const (
	mayAskTheTime = "tui internal/study internal/cli"
	mayUseTheHost = ". tui internal/study internal/cli"
	mayUseGo      = "modern/kernel sim/netlist internal/study internal/speed tui internal/cli"
	frontDoors    = ". tui internal/cli"
	integersOnly  = "sim/neuron sim/neuron/cell sim/perceptron sim/markone sim/netlist sim/rng"
)

// barred is what no room, or only some rooms, may import, and what to use.
var barred = []struct{ path, except, instead string }{
	{"time", mayAskTheTime, "a sim.Tick; host time becomes ticks in tui/pace.go"},
	{"os", mayUseTheHost, "an io.Reader, io.Writer or fs.FS that is passed in"},
	{"os/exec", "", "nothing: the product starts no program"},
	{"net", "", "nothing: the product fetches nothing"},
	{"net/http", "", "nothing: the product fetches nothing"},
	{"math/rand", "", "sim/rng, on a named stream"},
	{"math/rand/v2", "", "sim/rng, on a named stream"},
	{"C", "", "Go: the product is built without cgo"},
	{"unsafe", "modern/kernel", "Go without it"},
	{"log", "", "an error that is returned"},
}

func among(word, list string) bool { return slices.Contains(strings.Fields(list), word) }

// underLaw reports whether the arithmetic law binds that folder.
func underLaw(dir string) bool {
	return dir == "sim" || strings.HasPrefix(dir, "sim/") || strings.HasPrefix(dir, "modern/") || dir == "internal/dataset"
}

// source is one file, by its path from the root, as text.
type source struct{ path, text string }

func (s source) dir() string  { return path.Dir(s.path) }
func (s source) test() bool   { return strings.HasSuffix(s.path, "_test.go") }
func (s source) isGo() bool   { return strings.HasSuffix(s.path, ".go") }
func (s source) asm() bool    { return strings.HasSuffix(s.path, ".s") }
func (s source) lines() int   { return strings.Count(s.text, "\n") }
func (s source) made() bool   { return strings.Contains(s.text, "// Code generated ") }
func (s source) name() string { return path.Base(s.path) }

// readHouse reads every file that the rules speak of.
func readHouse(t *testing.T) []source {
	t.Helper()
	var list []source
	err := fs.WalkDir(os.DirFS("."), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != "." && p != ".ci" && strings.ContainsAny(d.Name()[:1], "._") {
			return fs.SkipDir
		}
		if !among(path.Ext(p), ".go .s .md .scenario .trace") && path.Dir(p) != ".ci" || d.IsDir() {
			return nil
		}
		text, err := os.ReadFile(p)
		list = append(list, source{p, strings.ReplaceAll(string(text), "\r\n", "\n")})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestHouse holds every file of the tree against the rules of the house.
func TestHouse(t *testing.T) {
	for _, finding := range findings(t, readHouse(t)) {
		t.Error(finding)
	}
}

func findings(t *testing.T, files []source) []string {
	var all []string
	rooms := map[string][]source{}
	for _, f := range files {
		all = append(all, checkText(f)...)
		if f.isGo() {
			all = append(all, checkSyntax(f)...)
		}
		rooms[f.dir()] = append(rooms[f.dir()], f)
	}
	for dir, files := range rooms {
		all = append(all, checkAssembly(files)...)
		if underLaw(dir) {
			all = append(all, checkTypes(t, dir, files)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

const (
	linesMax    = 500 // of a file
	functionMax = 70  // lines of a function
)

var (
	openEnds = regexp.MustCompile("\\b(FIX" + "ME|TO" + "DO)\\b")
	hosts    = regexp.MustCompile(`(^|[\s"'` + "`" + `(=])/(wo` + `rk|tm` + `p|ro` + `ot|ho` + `me)/`)
)

// checkText finds open ends, places on somebody's machine, files too long.
func checkText(f source) []string {
	var all []string
	for i, line := range strings.Split(f.text, "\n") {
		if m := openEnds.FindString(line); m != "" {
			all = append(all, fmt.Sprintf("%s:%d: %s: finish it", f.path, i+1, m))
		}
		if m := hosts.FindString(line); m != "" {
			all = append(all, fmt.Sprintf("%s:%d: %s is a place on one machine", f.path, i+1, strings.TrimSpace(m)))
		}
	}
	if f.isGo() && !f.made() && f.lines() > linesMax {
		all = append(all, fmt.Sprintf("%s: %d lines; a file stops at %d", f.path, f.lines(), linesMax))
	}
	if strings.HasSuffix(f.path, golden.Ending) && len(f.text) > trace.SizeMax {
		all = append(all, fmt.Sprintf("%s: %d bytes; a golden trace has at most %d", f.path, len(f.text), trace.SizeMax))
	}
	return all
}

// checkSyntax holds imports, goroutines and init functions against the tables.
func checkSyntax(f source) []string {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, f.path, f.text, parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	var all []string
	say := func(n ast.Node, format string, args ...any) {
		all = append(all, fmt.Sprintf("%v: %s", fset.Position(n.Pos()), fmt.Sprintf(format, args...)))
	}
	for _, spec := range tree.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		if reason := refusal(f, name); reason != "" {
			say(spec, "%s", reason)
		}
	}
	if f.test() {
		return all
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			if !among(f.dir(), mayUseGo) {
				say(n, "a go statement; they stand in %s only", mayUseGo)
			}
		case *ast.FuncDecl:
			if n.Name.Name == "init" && n.Recv == nil {
				say(n, "an init function; use a table that its reader calls, as scenarios/machines.go")
			}
			if lines := fset.Position(n.End()).Line - fset.Position(n.Pos()).Line + 1; lines > functionMax {
				say(n, "%s has %d lines; a function stops at %d", n.Name.Name, lines, functionMax)
			}
		}
		return true
	})
	return all
}

// refusal says why a file may not import a package, or "".
func refusal(f source, name string) string {
	own, ok := strings.CutPrefix(name, module+"/")
	if f.test() {
		if ok && among(own, "tui internal/cli") && !among(f.dir(), frontDoors) {
			return fmt.Sprintf("a test of %s imports %s, which stands above it", f.dir(), own)
		}
		return ""
	}
	for _, b := range barred {
		if b.path == name && !among(f.dir(), b.except) {
			return fmt.Sprintf("imports %s; use %s", name, b.instead)
		}
	}
	row, known := rooms[f.dir()]
	switch {
	case !known:
		return fmt.Sprintf("%s has no row in the table of who may import whom", f.dir())
	case ok && !among(own, row.imports):
		return fmt.Sprintf("%s imports %s; it may import: %s", f.dir(), own, row.imports)
	case !ok && strings.Contains(strings.Split(name, "/")[0], ".") && !begins(name, row.modules):
		return fmt.Sprintf("%s imports %s; of other modules it may import: %s", f.dir(), name, row.modules)
	}
	return ""
}

func begins(name, list string) bool {
	return slices.ContainsFunc(strings.Fields(list), func(p string) bool { return name == p || strings.HasPrefix(name, p+"/") })
}

// TestSheets holds what every machine shows against what a sheet must have.
func TestSheets(t *testing.T) {
	for _, row := range scenarios.Machines() {
		m, err := row.Make(sim.Env{})
		if err != nil {
			t.Errorf("%s: %v", row.Name, err)
			continue
		}
		for _, finding := range checkSheet(row.Name, m.Sheet()) {
			t.Errorf("%s: %s", row.Name, finding)
		}
	}
}

func checkSheet(name string, s *sim.Sheet) []string {
	var all []string
	want := func(ok bool, format string, args ...any) {
		if !ok {
			all = append(all, fmt.Sprintf(format, args...))
		}
	}
	want(s.Name == name, "its sheet is called %s", s.Name)
	want(s.Doc != "" && s.Year > 0, "lacks its Doc or its Year")
	want(len(s.Sources) > 0 && len(s.Omitted) > 0, "lacks its Sources or what is Omitted")
	for _, p := range s.Probes {
		want(p.Doc != "" && p.Unit != "" && p.Evidence != 0, "probe %s lacks its Doc, Unit or Evidence", p.Name)
	}
	for _, c := range s.Controls {
		want(c.Doc != "" && c.Unit != "" && c.Evidence != 0, "control %s lacks its Doc, Unit or Evidence", c.Name)
		_, shown := s.Probe(c.Name)
		want(shown || c.Kind == sim.Button, "no probe shows where the control %s stands", c.Name)
	}
	for _, c := range s.Constants {
		want(c.Name != "" && c.Value != "" && c.Doc != "", "constant %q lacks its Name, Value or Doc", c.Name)
		want(c.Source != "" && c.Evidence != 0, "constant %q lacks its Source or Evidence", c.Name)
	}
	return all
}

// TestTracesAndScenariosPair finds a scenario without its trace, and a trace
// without its scenario.
func TestTracesAndScenariosPair(t *testing.T) {
	for _, finding := range unpaired(scenarios.Names(), golden.Names()) {
		t.Error(finding)
	}
}

func unpaired(scenarios, traces []string) []string {
	var all []string
	for _, name := range scenarios {
		if !slices.Contains(traces, name) {
			all = append(all, fmt.Sprintf("%s has no golden trace: go run . check --update %s", name, name))
		}
	}
	for _, name := range traces {
		if !slices.Contains(scenarios, name) && name != golden.Arith {
			all = append(all, fmt.Sprintf("golden/%s%s belongs to no scenario", name, golden.Ending))
		}
	}
	return all
}
