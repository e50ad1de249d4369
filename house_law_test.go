package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// checkTypes holds a package under the arithmetic law against it, as it is
// compiled for each of these processors.
func checkTypes(t *testing.T, dir string, files []source) []string {
	var all []string
	for _, arch := range []string{"amd64", "arm64", "s390x"} {
		all = append(all, checkTypesFor(t, arch, dir, files)...)
	}
	return all
}

func checkTypesFor(t *testing.T, arch, dir string, files []source) []string {
	l := &law{dir: dir, fset: token.NewFileSet(), info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}}
	for _, f := range files {
		if !f.isGo() || f.test() || !compiles(f, arch) {
			continue
		}
		tree, err := parser.ParseFile(l.fset, f.path, f.text, parser.SkipObjectResolution)
		if err != nil {
			return nil // checkSyntax has said so
		}
		l.trees = append(l.trees, tree)
	}
	conf := types.Config{Importer: importer.ForCompiler(l.fset, "gc", exports(t)), Error: func(err error) { l.all = append(l.all, err.Error()) }}
	conf.Check(module+"/"+dir, l.fset, l.trees, l.info)
	for _, tree := range l.trees {
		l.walk(tree)
	}
	return l.all
}

// compiles reports whether a file is part of its package for that processor.
func compiles(f source, arch string) bool {
	c := build.Context{GOOS: "linux", GOARCH: arch, Compiler: "gc", ReleaseTags: build.Default.ReleaseTags}
	c.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(f.text)), nil }
	ok, err := c.MatchFile(f.dir(), f.name())
	return ok && err == nil
}

var exportFiles = sync.OnceValues(func() (map[string]string, error) {
	out, err := exec.Command("go", "list", "-e", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}", "./sim/...", "./modern/...", "./internal/dataset").Output()
	files := map[string]string{}
	for _, line := range strings.Split(string(out), "\n") {
		if name, file, ok := strings.Cut(strings.TrimSpace(line), "="); ok && file != "" {
			files[name] = file
		}
	}
	return files, err
})

// exports opens what the compiler wrote about a package.
func exports(t *testing.T) importer.Lookup {
	files, err := exportFiles()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return func(name string) (io.ReadCloser, error) {
		file, ok := files[name]
		if !ok {
			return nil, fmt.Errorf("%s was not compiled", name)
		}
		return os.Open(file)
	}
}

// law walks the files of one package.
type law struct {
	dir   string
	fset  *token.FileSet
	info  *types.Info
	trees []*ast.File
	path  []ast.Node // from the file down to the node at hand
	all   []string
}

func (l *law) walk(tree *ast.File) {
	ast.Inspect(tree, func(n ast.Node) bool {
		if n == nil {
			l.path = l.path[:len(l.path)-1]
			return true
		}
		l.node(n)
		l.path = append(l.path, n)
		return true
	})
}

func (l *law) say(n ast.Node, format string, args ...any) {
	l.all = append(l.all, fmt.Sprintf("%v: %s", l.fset.Position(n.Pos()), fmt.Sprintf(format, args...)))
}

func (l *law) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.MUL && l.floating(n) && l.info.Types[n].Value == nil && !l.converted() {
			l.say(n, "a float product outside a conversion: the compiler may fuse it; write float32(x*y), or f32.FMA")
		}
	case *ast.AssignStmt:
		if n.Tok == token.MUL_ASSIGN && l.floating(n.Lhs[0]) {
			l.say(n, "*= on a float: the compiler may fuse it; write x = float32(x*y)")
		}
	case *ast.RangeStmt:
		if tv, ok := l.info.Types[n.X]; ok && isMap(tv.Type) {
			l.say(n, "a range over a map has no order; use slices.Sorted(maps.Keys(m))")
		}
	case *ast.SelectorExpr:
		l.selector(n)
	case ast.Expr:
		l.kind(n)
	}
}

// kind refuses complex numbers, and floats where integers alone live.
func (l *law) kind(e ast.Expr) {
	tv, ok := l.info.Types[e]
	if !ok {
		return
	}
	if is(tv.Type, types.IsComplex) {
		l.say(e, "a complex number: products of them are fused; write out both parts")
	}
	if among(l.dir, integersOnly) && is(tv.Type, types.IsFloat) {
		l.say(e, "a float in a machine that holds integers only")
	}
}

// mathAllowed are the functions of math that give the same bits everywhere.
const mathAllowed = "Float32bits Float32frombits Float64bits Float64frombits Abs Floor Ceil Trunc Sqrt Copysign FMA IsNaN IsInf NaN Inf Signbit RoundToEven"

func (l *law) selector(n *ast.SelectorExpr) {
	f, ok := l.info.Uses[n.Sel].(*types.Func)
	if ok && f.Pkg() != nil && f.Pkg().Path() == "math" && !among(f.Name(), mathAllowed) {
		l.say(n, "math.%s differs between processors, or on NaN and zeros; use modern/f32", f.Name())
	}
	l.kind(n)
}

func (l *law) floating(e ast.Expr) bool { return is(l.info.Types[e].Type, types.IsFloat) }

// converted reports whether the node at hand is the direct argument of a
// conversion to a float.
func (l *law) converted() bool {
	i := len(l.path) - 1
	for _, paren := l.path[i].(*ast.ParenExpr); paren; _, paren = l.path[i].(*ast.ParenExpr) {
		i--
	}
	call, ok := l.path[i].(*ast.CallExpr)
	return ok && l.info.Types[call.Fun].IsType() && l.floating(call)
}

// is reports whether a type, or one that a type parameter may stand for, is
// such a number.
func is(t types.Type, what types.BasicInfo) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		return unionIs(p.Constraint().Underlying(), what)
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&what != 0
}

func unionIs(t types.Type, what types.BasicInfo) bool {
	i, ok := t.(*types.Interface)
	for n := 0; ok && n < i.NumEmbeddeds(); n++ {
		switch e := i.EmbeddedType(n).(type) {
		case *types.Union:
			for k := range e.Len() {
				if is(e.Term(k).Type(), what) {
					return true
				}
			}
		default:
			if is(e, what) || unionIs(e.Underlying(), what) {
				return true
			}
		}
	}
	return false
}

func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// What generated assembly may not contain: estimates, and what adds across
// lanes or disagrees with compare and select on NaN and zeros.
var (
	badOps  = regexp.MustCompile(`(?i)^\s+(V?(RCP|RSQRT|HADD|DPPS|MAX[PS][SD]|MIN[PS][SD])\w*|V?F(RECP|RSQRT|MAX|MIN)\w*)\b`)
	routine = regexp.MustCompile(`^TEXT\s+·(\w+)\(SB\)`)
	flavour = regexp.MustCompile(`(AVX512|AVX2|NEON)$`)
	twin    = regexp.MustCompile(`\b\w+Portable\b`)
)

// checkAssembly wants for every routine a portable twin, a row in impl.go, and
// no instruction whose result is the processor's own. The doc comment of a
// routine's Go declaration names its twin.
func checkAssembly(files []source) []string {
	var all []string
	text, impl := "", ""
	docs := map[string]string{}
	for _, f := range files {
		if f.isGo() && !f.test() {
			text += f.text
			addDocs(docs, f)
		}
		if f.name() == "impl.go" {
			impl = f.text
		}
	}
	for _, f := range files {
		if f.asm() {
			all = append(all, checkRoutines(f, docs, text, impl)...)
		}
	}
	return all
}

// addDocs adds the doc comments of functions that have no body.
func addDocs(docs map[string]string, f source) {
	tree, err := parser.ParseFile(token.NewFileSet(), f.path, f.text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return // checkSyntax has said so
	}
	for _, d := range tree.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body == nil {
			docs[fn.Name.Name] = fn.Doc.Text()
		}
	}
}

func checkRoutines(f source, docs map[string]string, text, impl string) []string {
	var all []string
	say := func(line int, format string, args ...any) {
		all = append(all, fmt.Sprintf("%s:%d: %s", f.path, line, fmt.Sprintf(format, args...)))
	}
	if f.dir() != "modern/kernel" {
		say(1, "assembly stands in modern/kernel only")
	}
	for i, line := range strings.Split(f.text, "\n") {
		if m := badOps.FindStringSubmatch(line); m != nil {
			say(i+1, "%s is barred by the arithmetic law", m[1])
		}
		m := routine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		portable := twin.FindString(docs[m[1]])
		if portable == "" || !strings.Contains(text, "func "+portable+"(") {
			say(i+1, "%s has no portable twin: the comment of its Go declaration names the function that computes the same", m[1])
		}
		row := strings.ToLower(flavour.FindString(m[1]))
		if row == "" || !strings.Contains(impl, "\t"+row+":") {
			say(i+1, "%s has no row in impl.go: its name ends in that row's name", m[1])
		}
	}
	return all
}
