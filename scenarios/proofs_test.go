package scenarios

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"perceptarium/internal/analysis"
	"perceptarium/sim/perceptron"
	"perceptarium/sim/script"
)

// proofs are the scenarios whose attached numbers are proofs.
var proofs = []string{"rosenblatt-rule", "xor-failure-1969", "strands-1969"}

// actTable is the table of an act, and the points that its trained layer sees at
// power on.
type actTable struct {
	act    *script.Act
	table  perceptron.Table
	points analysis.Points
}

// tables reads the tables of a scenario's acts.
func tables(t *testing.T, name string) []actTable {
	t.Helper()
	sc, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	var list []actTable
	for i := range sc.Acts {
		a := actTable{act: &sc.Acts[i]}
		a.table, a.points = read(t, sc, a.act)
		list = append(list, a)
	}
	return list
}

const xorText = "x1 x2 y\n0 0 0\n0 1 1\n1 0 1\n1 1 0\n"

func read(t *testing.T, sc *script.Scenario, act *script.Act) (table perceptron.Table, p analysis.Points) {
	t.Helper()
	var layer perceptron.Layer
	table, err := perceptron.ReadTable("xor", []byte(xorText))
	for _, key := range []string{"examples", "layer"} {
		for _, o := range act.Options {
			if o.Key == key && key == "examples" && err == nil {
				table, err = perceptron.ReadTable(o.Value, attached(t, sc, o.Value))
			} else if o.Key == key && err == nil {
				layer, err = perceptron.ReadLayer(o.Value, attached(t, sc, o.Value), table)
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	n := len(table.Names)
	for i, y := range table.Targets {
		p.X = append(p.X, features(table.Scale, table.Inputs[i*n:i*n+n], layer))
		p.Y = append(p.Y, int(2*y-1))
	}
	return table, p
}

func attached(t *testing.T, sc *script.Scenario, name string) []byte {
	t.Helper()
	for _, f := range sc.Files {
		if f.Name == name {
			return f.Data
		}
	}
	t.Fatalf("%s: no attachment %s", sc.Name, name)
	return nil
}

// features is the constant with the inputs, or with what the fixed units say.
func features(scale int64, x []int64, layer perceptron.Layer) []int64 {
	if len(layer.Units) == 0 {
		return append([]int64{scale}, x...)
	}
	row := []int64{1}
	for u := range layer.Units {
		unit := layer.Values[u*(1+len(x)):]
		sum, fires := -unit[0]*scale, int64(0)
		for k, v := range x {
			sum += unit[1+k] * v
		}
		if sum >= 0 {
			fires = 1
		}
		row = append(row, fires)
	}
	return row
}

// TestLambdas: every whole certificate that a scenario sets is the one that
// exact arithmetic finds, and the table has no weights.
func TestLambdas(t *testing.T) {
	found := 0
	for _, name := range proofs {
		for i, a := range tables(t, name) {
			lambda := lambdaOf(a.act, len(a.points.X))
			if lambda == nil {
				continue
			}
			found++
			v, err := analysis.Separate(a.points)
			if err != nil || v.Separable() {
				t.Fatalf("%s act %d: separable %v, %v", name, i+1, v.Separable(), err)
			}
			if err := (analysis.Verdict{Lambda: lambda}).Check(a.points); err != nil {
				t.Errorf("%s act %d: %v", name, i+1, err)
			}
			if fmt.Sprint(lambda) != fmt.Sprint(v.Lambda) && !twoAlike(a.points) {
				t.Errorf("%s act %d: lambda %v, analysis finds %v", name, i+1, lambda, v.Lambda)
			}
		}
	}
	if found != 5 {
		t.Errorf("%d certificates, want 5: XOR, parity of 3, and three windows", found)
	}
}

// twoAlike reports whether one point stands in both classes: the smallest
// certificate is then these two alone.
func twoAlike(p analysis.Points) bool {
	for i := range p.X {
		for j := range i {
			if p.Y[i] != p.Y[j] && slices.Equal(p.X[i], p.X[j]) {
				return true
			}
		}
	}
	return false
}

// lambdaOf collects what an act sets lambda to; nil where it sets none.
func lambdaOf(act *script.Act, rows int) []*big.Int {
	var lambda []*big.Int
	for _, c := range act.Body {
		if c.Verb != "set" || c.Name != "lambda" {
			continue
		}
		if lambda == nil {
			lambda = make([]*big.Int, rows)
		}
		at := 0
		if c.Index != "" {
			at, _ = strconv.Atoi(c.Index)
		}
		for k, text := range c.Values {
			v, _ := strconv.ParseInt(text, 10, 64)
			lambda[at+k] = big.NewInt(v)
		}
	}
	return lambda
}

// TestLearnable: where an act expects its table to be separated from power on,
// weights exist; where it never does, none do.
func TestLearnable(t *testing.T) {
	for _, c := range []struct {
		name string
		acts []bool
	}{
		{"rosenblatt-rule", []bool{true, true, true, true, true, true, true}},
		{"xor-failure-1969", []bool{false, false, false, false, true, true}},
		{"strands-1969", []bool{false, false, false, true}},
	} {
		list := tables(t, c.name)
		if len(list) != len(c.acts) {
			t.Fatalf("%s has %d acts", c.name, len(list))
		}
		for i, a := range list {
			if v, err := analysis.Separate(a.points); err != nil || v.Separable() != c.acts[i] {
				t.Errorf("%s act %d: separable %v, %v; want %v", c.name, i+1, v.Separable(), err, c.acts[i])
			}
		}
	}
}

// TestWitness: (-3, 2, 2) points along AND's largest margin gamma, and gamma^2 is 1/17.
func TestWitness(t *testing.T) {
	and := tables(t, "rosenblatt-rule")[2].points
	m, err := analysis.MaxMargin(and)
	if err != nil || fmt.Sprint(m.Weights) != "[-3 2 2]" || m.Gamma2.RatString() != "1/17" {
		t.Errorf("weights %v, gamma^2 %v, %v", m.Weights, m.Gamma2, err)
	}
}

// TestParityTable: the attached table is parity of three points against all
// masks of order 2.
func TestParityTable(t *testing.T) {
	got, want := tables(t, "xor-failure-1969")[3].points, analysis.OfOrder(3, 2, analysis.Parity)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestWindows: the attached tables are what the windows count of the four
// figures, the patterns in their comments are those seen, and the figures in the
// narration are the figures.
func TestWindows(t *testing.T) {
	const length = 8
	figures := analysis.AllStrands(length)
	sc, err := Load("strands-1969")
	if err != nil {
		t.Fatal(err)
	}
	for i, size := range [][2]int{{2, 2}, {3, 3}, {5, 7}, {5, 8}} {
		a := tables(t, "strands-1969")[i]
		patterns, counts := analysis.WindowCounts(figures, size[0], size[1])
		want := analysis.Connectedness(figures, counts)
		if fmt.Sprint(a.points) != fmt.Sprint(want) {
			t.Errorf("windows %d x %d: got %v, want %v", size[0], size[1], a.points, want)
		}
		if i == len(figures)-1 {
			break // the whole figures: no pattern is drawn again
		}
		text := strings.Fields(string(attached(t, sc, a.act.Options[0].Value)))
		for k, pattern := range patterns {
			if at := slices.Index(text, a.table.Names[k]); at < 0 || text[at+1] != pattern {
				t.Errorf("windows %d x %d: pattern %d is %s, the comment differs", size[0], size[1], k+1, pattern)
			}
		}
	}
	for y := range analysis.StrandRows {
		var line []string
		for _, f := range figures {
			line = append(line, strings.Split(f.String(), "\n")[y])
		}
		if want := strings.Join(line, " | "); !narrates(sc, want) {
			t.Errorf("the narration lacks row %d of the figures: %s", y, want)
		}
	}
}

func narrates(sc *script.Scenario, text string) bool {
	for _, c := range sc.Acts[0].Body {
		if c.Verb == "say" && c.Text == text {
			return true
		}
	}
	return false
}

// TestPathsOf2016 counts the ways through 54 blocks: the share of those through 5
// to 17 of them is what lesions-2016 says, and nearly all go through 19 to 35.
func TestPathsOf2016(t *testing.T) {
	for _, c := range []struct {
		from, to int64
		want     string
	}{{5, 17, "0.004537"}, {19, 35, "0.980166"}, {0, 54, "1.000000"}} {
		sum := new(big.Int)
		for k := c.from; k <= c.to; k++ {
			sum.Add(sum, new(big.Int).Binomial(54, k))
		}
		share := new(big.Rat).SetFrac(sum, new(big.Int).Lsh(big.NewInt(1), 54))
		if got := share.FloatString(6); got != c.want {
			t.Errorf("%s of all ways go through %d to %d blocks, not %s", got, c.from, c.to, c.want)
		}
	}
}
