package canary_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"perceptarium/modern/canary"
)

// silent are the exported functions that compute no number.
var silent = []string{"kernel.Active", "kernel.Force", "kernel.Implementations", "kernel.PeakLoop", "kernel.SetWorkers", "kernel.Workers"}

// TestComplete wants a digest of every exported function of f32 and kernel,
// each once, and all different.
func TestComplete(t *testing.T) {
	digests := map[string][32]byte{}
	names := map[[32]byte]string{}
	for name, sum := range canary.Digests() {
		if _, twice := digests[name]; twice {
			t.Errorf("two digests of %s", name)
		}
		if names[sum] != "" {
			t.Errorf("%s and %s have the same digest", names[sum], name)
		}
		digests[name], names[sum] = sum, name
	}
	functions := append(exported(t, "f32"), exported(t, "kernel")...)
	for _, name := range functions {
		if _, there := digests[name]; !there && !strings.Contains(strings.Join(silent, " ")+" ", name+" ") {
			t.Errorf("%s has no digest: give it an entry in this package, then: go test ./golden -run TestArith -update", name)
		}
	}
	if len(digests) != len(functions)-len(silent) {
		t.Errorf("%d digests, %d functions", len(digests), len(functions)-len(silent))
	}
}

// exported lists the exported functions of a package beside this one.
func exported(t *testing.T, name string) (list []string) {
	t.Helper()
	files, err := os.ReadDir("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), "../"+name+"/"+f.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.IsExported() && !seen[fn.Name.Name] {
				seen[fn.Name.Name] = true
				list = append(list, name+"."+fn.Name.Name)
			}
		}
	}
	return list
}
