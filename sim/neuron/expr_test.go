package neuron

import (
	"fmt"
	"strings"
	"testing"

	"perceptarium/sim/rng"
)

// holds says whether e is true at tick t of a history; column tells which input
// a name is. The always-firing unit fires from tick 0 on.
func (e *expr) holds(h history, t int, column map[string]int) bool {
	switch e.op {
	case atom:
		if e.name == always {
			return t-e.delay >= 0
		}
		return h.at(t-e.delay, column[e.name])
	case not:
		return !e.args[0].holds(h, t, column)
	}
	for _, a := range e.args {
		if a.holds(h, t, column) == (e.op == or) {
			return e.op == or
		}
	}
	return e.op == and
}

func columns(n *Net) map[string]int {
	m := map[string]int{}
	for i, name := range n.Inputs {
		m[name] = i
	}
	return m
}

// lawOf reads the law of each sentence; the output of sentence i is bit i.
func lawOf(t *testing.T, sentences string, column map[string]int) law {
	t.Helper()
	list, err := parseSentences("law", sentences)
	if err != nil {
		t.Fatal(err)
	}
	return func(h history, tick int) (outputs uint) {
		for i, s := range list {
			outputs |= bit(s.body.holds(h, tick, column)) << i
		}
		return outputs
	}
}

func TestCompile(t *testing.T) {
	rows := []struct{ name, src, want string }{
		{"a gate", "a . b", "law out(t) = a(t-1) . b(t-1)\ninput a b\nunit out 2 a b\noutput out\n"},
		{"at its own time", "N3(t) = N1(t-1) v (N2(t-3) . ~N2(t-2))",
			"law N3(t) = N1(t-1) v N2(t-3) . ~N2(t-2)\ninput N1 N2\nunit N2-1 1 N2\nunit and1 1 N2-1 ~N2\nunit N3 1 N1 and1\noutput N3\n"},
		{"later", "xor(t) = (a v b) & !(a & b)",
			"law xor(t) = (a(t-2) v b(t-2)) . ~(a(t-2) . b(t-2))\ninput a b\nunit or1 1 a b\nunit and1 2 a b\nunit xor 1 or1 ~and1\noutput xor\n"},
		{"a delay", "late(t) = a(t-3)", "law late(t) = a(t-3)\ninput a\nunit a-1 1 a\nunit a-2 1 a-1\nunit late 1 a-2\noutput late\n"},
		{"negation with a price", "1 . ~a", "law out(t) = 1(t-1) . ~a(t-1)\ninput a\nalways one\nunit out 1 one ~a\noutput out\n"},
		{"a contradiction", "a . ~a", "law out(t) = a(t-2) . ~a(t-2)\ninput a\nunit or1 1 a\nunit or2 1 a\nunit out 1 or1 ~or2\noutput out\n"},
		{"two sentences", "x(t) = a(t-1)\r\ny(t) = a(t-1) . b(t-1);",
			"law x(t) = a(t-1)\nlaw y(t) = a(t-1) . b(t-1)\ninput a b\nunit x 1 a\nunit y 2 a b\noutput x y\n"},
		{"names that are taken", "a(t-2) v and1 . a-1 . one . 1", ""},
		{"names as long as they may be", longName + "(t-3) v " + longName[:63] + "(t-3)", ""},
	}
	for _, r := range rows {
		n, err := Compile("e", r.src)
		if err != nil {
			t.Errorf("%s: %v", r.name, err)
			continue
		}
		if got := n.String(); r.want != "" && got != r.want {
			t.Errorf("%s: got\n%swant\n%s", r.name, got, r.want)
		}
		length := 12 / len(n.Inputs)
		everyHistory(t, n, length, lawOf(t, strings.Join(n.Laws, "\n"), columns(n)))
	}
}

var longName = strings.Repeat("n", nameBytesMax)

func TestCompileErrors(t *testing.T) {
	rows := []struct{ name, src, want string }{
		{"plain NOT", "~a", "e:1: out is true where nothing fires: no net realises that (theorem 3)"},
		{"hidden NOT", "a v ~b", "e:1: out is true where nothing fires"},
		{"tautology", "a v ~a", "e:1: out is true where nothing fires"},
		{"empty", " \n", "e:2: column 1: no expression"},
		{"no operator", "a b", `e:1: column 3: unexpected "b"`},
		{"no operand", "a . ", "e:1: column 5: a constituent is missing"},
		{"open", "(a . b", "e:1: column 7: a parenthesis is not closed"},
		{"closed", "a)", `e:1: column 2: unexpected ")"`},
		{"the future", "a(t+1)", "e:1: column 4: after a( stands a time"},
		{"too long ago", "a(t-4097)", "e:1: column 9: after a( stands a time"},
		{"second line", "x = a\ny = a ..", "e:2: column 8: a constituent is missing"},
		{"circle", "m(t) = m(t-1) v a(t-1)", "e:1: m stands on both sides"},
		{"twice", "x = a; x = b", "e:1: x has two sentences"},
		{"a probe's name", "fired . a", "e:1: fired is a probe of the machine"},
		{"operator as a name", "a . or", "e:1: column 5: or is an operator"},
		{"deep", strings.Repeat("(", 300) + "a" + strings.Repeat(")", 300), "e:1: column 257: more than 256 parentheses"},
		{"long", strings.Repeat("a", exprMax+1), "e:1: column 1: an expression has at most"},
		{"too long ago with its gates", "a(t-4096) v b . c", "e:1: out speaks of t-4098 once its gates have their time; at most t-4096"},
		{"large", manyDelays(), "e:1: the net would have more than 65536 units"},
	}
	for _, r := range rows {
		_, err := Compile("e", r.src)
		if err == nil || !strings.HasPrefix(err.Error(), r.want) {
			t.Errorf("%s: error %v, want %s...", r.name, err, r.want)
		}
	}
}

func manyDelays() string {
	var list []string
	for i := range 20 {
		list = append(list, fmt.Sprintf("a%d(t-4000)", i))
	}
	return strings.Join(list, " v ")
}

// randomExpr draws an expression over the inputs a, b and c and delays up to 2.
func randomExpr(chance *rng.Stream, size int64) *expr {
	if size <= 1 {
		return &expr{name: string(rune('a' + chance.Below(3))), delay: int(chance.Below(3))}
	}
	if chance.Below(4) == 0 {
		return negate(randomExpr(chance, size-1))
	}
	e := &expr{op: and + operator(chance.Below(2))}
	for left := size; left > 0; {
		part := 1 + chance.Below(left)
		e.args = append(e.args, randomExpr(chance, min(part, size-1)))
		left -= part
	}
	if len(e.args) == 1 {
		return e.args[0]
	}
	return e
}

// TestRoundTrip takes 1,000 random expressions to nets and back. Those that are
// true where nothing fires must be refused, and no others.
func TestRoundTrip(t *testing.T) {
	const wanted = 1000
	chance := rng.New(1943).Stream("expressions")
	column := map[string]int{"a": 0, "b": 1, "c": 2}
	done, refused := 0, 0
	for done < wanted {
		e := randomExpr(&chance, 1+chance.Below(12))
		text := string(e.append(nil, 0))
		n, err := Compile("e", text)
		if unprompted := e.holds(make(history, 3), 2, column); (err != nil) != unprompted {
			t.Fatalf("%s: error %v; true where nothing fires: %v", text, err, unprompted)
		}
		if err != nil {
			refused++
			continue
		}
		done++
		solved, err := Solve(n)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		again, err := Compile("e", solved)
		if err != nil {
			t.Fatalf("%s: solved as %s: %v", text, solved, err)
		}
		law, later := lawOf(t, n.Laws[0], column), latest(t, n.Laws[0])-latest(t, text)
		same(t, text, lawOf(t, text, column), 0, law, later)
		same(t, text, lawOf(t, text, column), 0, lawOf(t, solved, column), later)
		follows(t, &chance, n, column, law)
		follows(t, &chance, again, column, lawOf(t, again.Laws[0], column))
	}
	t.Logf("%d round trips, %d refused by theorem 3", done, refused)
}

// latest is the longest delay in a sentence.
func latest(t *testing.T, text string) int {
	t.Helper()
	list, err := parseSentences("law", text)
	if err != nil {
		t.Fatal(err)
	}
	return list[0].body.latest()
}

// same holds two laws against each other, the second so many ticks later, on
// all that three inputs can be at three ticks.
func same(t *testing.T, text string, f law, early int, g law, later int) {
	t.Helper()
	for pattern := range uint(1) << 9 {
		h := make(history, later+3)
		h[0], h[1], h[2] = pattern&7, pattern>>3&7, pattern>>6
		if f(h, early+2) != g(h, later+2) {
			t.Fatalf("%s: its net says otherwise where the inputs are %b", text, h)
		}
	}
}

// follows runs a net on a random history and holds it against its law.
func follows(t *testing.T, chance *rng.Stream, n *Net, column map[string]int, law law) {
	t.Helper()
	w, err := wire(n)
	if err != nil {
		t.Fatal(err)
	}
	now, next := make([]uint8, len(w.names)), make([]uint8, len(w.names))
	w.rest(now)
	h := make(history, 32)
	for tick := range h {
		if got := uint(now[w.outputs[0]]); got != law(h, tick) {
			t.Fatalf("at tick %d the output is %d on %b\n%s", tick, got, h[:tick], n)
		}
		h[tick] = uint(chance.Below(8))
		for i, name := range n.Inputs {
			now[i] = uint8(h[tick] >> column[name] & 1)
		}
		w.tick(next, now)
		now, next = next, now
	}
}

func TestSolve(t *testing.T) {
	rows := []struct{ name, net, want string }{
		{"xor", "input a b\nunit e 1 a b\nunit f 2 a b\nunit out 1 e ~f\n", "out(t) = (a(t-2) v b(t-2)) . ~(a(t-2) . b(t-2))"},
		{"two of three", "input a b c\nunit m 2 a b c\n", "m(t) = a(t-1) . b(t-1) v a(t-1) . c(t-1) v b(t-1) . c(t-1)"},
		{"several synapses", "input a b c\nunit m 2 a b c*2\n", "m(t) = c(t-1) v a(t-1) . b(t-1)"},
		{"always", "input a\nalways one\nunit m 1 one ~a\n", "m(t) = 1(t-1) . ~a(t-1)"},
		{"relative inhibition", "input a b c\nunit m 1 b c -a\n", "m(t) = ~a(t-1) . b(t-1) v ~a(t-1) . c(t-1) v b(t-1) . c(t-1)"},
		{"two outputs", "input a\nunit x 1 a\nunit y 1 x\noutput y x\n", "y(t) = a(t-2)\nx(t) = a(t-1)"},
	}
	for _, r := range rows {
		n, err := Read("n.net", []byte(r.net))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Solve(n)
		if err != nil || got != r.want {
			t.Errorf("%s: got %s, %v, want %s", r.name, got, err, r.want)
		}
		everyHistory(t, n, 12/len(n.Inputs), lawOf(t, got, columns(n)))
	}
}

func TestSolveErrors(t *testing.T) {
	parity := "input a b\nunit x0 1 a b\n"
	for i := range 20 {
		parity += fmt.Sprintf("unit y%d 2 x%d a\nunit x%d 1 x%d b ~y%d\n", i, i, i+1, i, i)
	}
	parity += "output x20\n"
	wide := "input a0\nunit m 13 a0"
	for i := 1; i < 26; i++ {
		wide = fmt.Sprintf("input a%d\n", i) + wide + fmt.Sprintf(" a%d", i)
	}
	opposed := "input x\nunit m 1 x"
	for i := range 11 {
		opposed = fmt.Sprintf("input a%d\n", i) + opposed + fmt.Sprintf(" -a%d", i)
	}
	rows := []struct{ name, net, want string }{
		{"circle", "input a\nunit x 1 y a\nunit y 1 x\n", "x is part of a circle"},
		{"circle of one", "input a\nunit x 1 x a\n", "x is part of a circle"},
		{"started", "input a\nunit x 1 a\nstart x\n", "x is started at tick 0"},
		{"an input", "input a\nunit x 1 a\noutput a\n", "a is no unit with a threshold"},
		{"too deep", parity, "the expression would have more than"},
		{"too wide", wide + "\n", "the expression would have more than"},
		{"too many opposers", opposed + "\n", "m has 11 opposing afferents"},
	}
	for _, r := range rows {
		n, err := Read("n.net", []byte(r.net))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = Solve(n); err == nil || !strings.HasPrefix(err.Error(), r.want) {
			t.Errorf("%s: error %v, want %s...", r.name, err, r.want)
		}
	}
}

// TestEveryFunctionOfThreeInputs compiles the 256 Boolean functions of three
// inputs from their truth tables. Half of them are true where nothing fires:
// these need the always-firing unit, and are refused without it.
func TestEveryFunctionOfThreeInputs(t *testing.T) {
	for f := range uint(256) {
		plain, fed := table(f, ""), table(f, "1 . ")
		if f == 0 {
			plain, fed = "a . b . c . ~a", "a . b . c . ~a"
		}
		if _, err := Compile("f", plain); (err != nil) != (f&1 == 1) {
			t.Fatalf("function %08b: %s: error %v", f, plain, err)
		}
		n, err := Compile("f", fed)
		if err != nil {
			t.Fatalf("function %08b: %v", f, err)
		}
		column := columns(n)
		later := latest(t, n.Laws[0])
		everyHistory(t, n, later+1, func(h history, tick int) uint {
			if tick < later {
				return 0
			}
			row := 0
			for i, name := range []string{"a", "b", "c"} {
				row |= int(h[tick-later]>>column[name]&1) << i
			}
			return f >> row & 1
		})
	}
}

// table is the disjunction of the rows of a truth table in which f is true;
// bit i of a row is the input i.
func table(f uint, before string) string {
	var rows []string
	for row := range 8 {
		if f>>row&1 == 0 {
			continue
		}
		term := before
		for i, name := range []string{"a", "b", "c"} {
			term += []string{"~", ""}[row>>i&1] + name + " . "
		}
		rows = append(rows, strings.TrimSuffix(term, " . "))
	}
	return strings.Join(rows, " v ")
}

func FuzzCompile(f *testing.F) {
	for _, src := range []string{"out(t) = a(t-1) v (b(t-3) . ~b(t-2))", "1 . ~a", "x = a; y = a . ~a", "not (a or b) and c(t-4000)"} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		n, err := Compile("e", src)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "e:") {
				t.Fatalf("an error without its place: %v", err)
			}
			return
		}
		again, err := Read("n.net", n.Append(nil))
		if err != nil {
			t.Fatalf("the net is refused: %v\n%s", err, n)
		}
		solved, err := Solve(again)
		if err != nil {
			return
		}
		if _, err := Compile("e", solved); err != nil && !strings.Contains(err.Error(), "inside each other") {
			t.Fatalf("%s: solved as %s: %v", src, solved, err)
		}
	})
}
