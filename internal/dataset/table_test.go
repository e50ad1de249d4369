package dataset

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"testing"
)

// must is for tables whose arguments are right.
func must(t testing.TB) func(*Table, error) *Table {
	return func(table *Table, err error) *Table {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
}

func tableDigest(t *Table) string {
	h := sha256.New()
	fmt.Fprintln(h, t.Name, t.Steps, t.In, t.Ends, t.Out, t.Unit)
	for _, list := range [][]int64{t.X, t.Y} {
		for _, v := range list {
			h.Write(binary.LittleEndian.AppendUint64(nil, uint64(v)))
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

func TestTablesArePinned(t *testing.T) {
	ok := must(t)
	var b strings.Builder
	for _, table := range []*Table{
		ok(Parity(4)), ok(Symmetry(6)), ok(Encoder(8)), ok(BarsAndStripes(3)), ok(Addition(8, 9, 100, 1945)), ok(Adding(50, 20, 1997)), FamilyTrees(), ok(Motif(128, 20, MotifFirst, 1989)),
	} {
		if len(table.Y) != table.Rows()*table.Ends*table.Out || table.Rows()*table.Steps*table.In != len(table.X) {
			t.Errorf("%s: %d and %d numbers", table.Name, len(table.X), len(table.Y))
		}
		fmt.Fprintf(&b, "%-16s %4d rows of %2d steps, %2d in, %2d out  %s\n", table.Name, table.Rows(), table.Steps, table.In, table.Out, tableDigest(table))
	}
	golden(t, "tables", b.String())
}

func TestPatternTables(t *testing.T) {
	ok := must(t)
	for n := 1; n <= 10; n++ {
		parity, symmetry := ok(Parity(n)), ok(Symmetry(n))
		palindromes := int64(0)
		for v := range 1 << n {
			text := fmt.Sprintf("%0*b", n, v)
			turned := []byte(text)
			slices.Reverse(turned)
			same := int64(0)
			if text == string(turned) {
				same = 1
			}
			palindromes += symmetry.Y[v]
			if parity.Y[v] != int64(strings.Count(text, "1")%2) || symmetry.Y[v] != same {
				t.Errorf("%d bits, pattern %s: %d, %d", n, text, parity.Y[v], symmetry.Y[v])
			}
			for i := range n {
				if parity.X[v*n+i] != int64(v>>i&1) {
					t.Fatalf("%d bits, pattern %s: input %d", n, text, i)
				}
			}
		}
		if palindromes != 1<<((n+1)/2) {
			t.Errorf("%d of %d bits are symmetric", palindromes, n)
		}
	}
	encoder := ok(Encoder(8))
	for i, v := range encoder.X {
		if (i/8 == i%8) != (v == 1) || v != 0 && v != 1 || v != encoder.Y[i] {
			t.Fatalf("encoder: input %d is %d", i, v)
		}
	}
}

func TestBarsAndStripes(t *testing.T) {
	for side, want := range map[int]int{1: 2, 2: 6, 3: 14, 4: 30, 5: 62} {
		table := must(t)(BarsAndStripes(side))
		seen := map[string]bool{}
		for r := range table.Rows() {
			p := table.X[r*side*side : (r+1)*side*side]
			rows, cols := true, true
			for i, v := range p {
				rows = rows && v == p[i/side*side]
				cols = cols && v == p[i%side]
			}
			if !rows && !cols {
				t.Errorf("side %d: picture %v", side, p)
			}
			seen[fmt.Sprint(p)] = true
		}
		if table.Rows() != want || len(seen) != want {
			t.Errorf("side %d: %d pictures, %d different, want %d", side, table.Rows(), len(seen), want)
		}
	}
}

func TestAddition(t *testing.T) {
	for _, n := range []int{1, 8, 62} {
		table := must(t)(Addition(n, n+1, 200, 3))
		for r := range table.Rows() {
			var a, b, sum uint64
			for k := range n + 1 {
				a |= uint64(table.X[(r*(n+1)+k)*2]) << k
				b |= uint64(table.X[(r*(n+1)+k)*2+1]) << k
				sum |= uint64(table.Y[r*(n+1)+k]) << k
			}
			if a+b != sum || bits.Len64(a) > n || bits.Len64(b) > n {
				t.Fatalf("%d bits: %d + %d = %d", n, a, b, sum)
			}
		}
	}
}

func TestAdding(t *testing.T) {
	const steps, rows = 10, 4000
	table := must(t)(Adding(steps, rows, 5))
	var mean float64
	for r := range rows {
		sum, marked := int64(0), [2]int{}
		for k := range steps {
			v, mark := table.X[(r*steps+k)*2], table.X[(r*steps+k)*2+1]
			if v < 0 || v >= table.Unit || mark != 0 && mark != table.Unit {
				t.Fatalf("row %d, step %d: %d, %d", r, k, v, mark)
			}
			if mark != 0 {
				sum += v
				marked[k/(steps/2)]++
			}
		}
		if sum != table.Y[r] || marked != [2]int{1, 1} {
			t.Fatalf("row %d: sum %d, want %d; marks %v", r, table.Y[r], sum, marked)
		}
		d := float64(table.Y[r])/float64(table.Unit) - 1
		mean += d * d / rows
	}
	// The best constant answer, 1, has a mean square error of 1/6.
	if mean < 1.0/6-0.015 || mean > 1.0/6+0.015 {
		t.Errorf("mean square error of the constant 1 is %.4f, want about 1/6", mean)
	}
}

// TestFamilyTrees checks the count of the paper and facts that can be read off
// the drawn trees.
// TestMotif finds the pattern by its own filter: in the rows where it is
// wanted, at a place of its half, and in no others.
func TestMotif(t *testing.T) {
	for _, row := range []struct {
		half   MotifHalf
		lo, hi int
	}{{MotifAnywhere, 0, 119}, {MotifFirst, 0, 59}, {MotifSecond, 60, 119}} {
		table := must(t)(Motif(128, 2000, row.half, 7))
		found, wrong := 0, 0
		for i := range table.Rows() {
			x := table.X[i*128 : (i+1)*128]
			best, at := int64(0), 0
			for p := 0; p+len(motif) <= len(x); p++ {
				sum := int64(0)
				for k, v := range motif {
					sum += v * x[p+k]
				}
				if sum > best {
					best, at = sum, p
				}
			}
			there := best > 8*motifUnit
			if there != (table.Y[i] == motifUnit) {
				wrong++
			} else if there {
				found++
				if at < row.lo || at > row.hi {
					t.Errorf("half %d, row %d: at %d, want %d..%d", row.half, i, at, row.lo, row.hi)
				}
			}
		}
		if wrong > 20 || found < 980 {
			t.Errorf("half %d: %d of 1000 found, %d rows wrong", row.half, found, wrong)
		}
	}
}

func TestFamilyTrees(t *testing.T) {
	table := FamilyTrees()
	if table.Rows() != 104 {
		t.Fatalf("%d questions, want 104", table.Rows())
	}
	persons, kinds := FamilyNames()
	if len(persons) != 24 || len(kinds) != 12 {
		t.Fatalf("%d persons, %d relations", len(persons), len(kinds))
	}
	answers := map[string]string{}
	for r := range table.Rows() {
		x, y := table.X[r*36:(r+1)*36], table.Y[r*24:(r+1)*24]
		person, kind := slices.Index(x[:24], 1), slices.Index(x[24:], 1)
		var who []string
		for p, v := range y {
			if v == 1 {
				who = append(who, persons[p])
				if p/12 != person/12 {
					t.Errorf("%s is related to %s", persons[p], persons[person])
				}
			}
		}
		answers[persons[person]+" "+kinds[kind]] = strings.Join(who, " ")
	}
	for question, want := range map[string]string{
		"Colin aunt": "Margaret Jennifer", "Charlotte uncle": "Arthur Charles", "Colin sister": "Charlotte", "Victoria brother": "Arthur",
		"Arthur nephew": "Colin", "Margaret niece": "Charlotte", "Charles niece": "Charlotte", "James wife": "Victoria", "Christopher son": "Arthur",
		"Andrew daughter": "Jennifer", "Jennifer mother": "Christine", "Alfonso aunt": "Gina Angela", "Sophia father": "Marco", "Tomaso nephew": "Alfonso",
		"Lucia husband": "Marco", "Emilio wife": "Gina", "Arthur uncle": "", "Margaret brother": "", "Colin son": "",
	} {
		if answers[question] != want {
			t.Errorf("%s: %q, want %q", question, answers[question], want)
		}
	}
}

func TestTablesRefuse(t *testing.T) {
	table := func(_ *Table, err error) error { return err }
	rows := []struct {
		err  error
		want string
	}{
		{table(Parity(0)), "parity of 0; want 1..16"},
		{table(Symmetry(17)), "symmetry of 17; want 1..16"},
		{table(Encoder(-1)), "encoder of -1; want 1..1024"},
		{table(BarsAndStripes(11)), "bars and stripes of 11; want 1..10"},
		{table(Addition(65, 66, 1, 1)), "addition of 65; want 1..64"},
		{table(Addition(8, 8, 1, 1)), "addition: 8 steps; sums of 8 bits take 9"},
		{table(Addition(8, 9, 0, 1)), "addition: 0 rows; want 1..621378"},
		{table(Reversal(65, 1, 1)), "reversal of 65; want 1..64"},
		{table(Reversal(6, 0, 1)), "reversal: 0 rows; want 1..466033"},
		{table(Adding(1, 1, 1)), "adding of 1; want 2..4096"},
		{table(Adding(100, 1<<30, 1)), "adding: 1073741824 rows; want 1..83886"},
	}
	for _, r := range rows {
		if r.err == nil || r.err.Error() != r.want {
			t.Errorf("got %v, want %s", r.err, r.want)
		}
	}
}

func TestSplit(t *testing.T) {
	table := must(t)(Parity(6))
	a, b, err := table.Split(700, 4)
	if err != nil || a.Rows() != 44 || b.Rows() != 20 {
		t.Fatalf("%d and %d rows, %v", a.Rows(), b.Rows(), err)
	}
	seen := map[string]bool{}
	for _, part := range []*Table{a, b} {
		for r := range part.Rows() {
			x := part.X[r*6 : r*6+6]
			ones := int64(0)
			for _, v := range x {
				ones += v
			}
			if part.Y[r] != ones%2 {
				t.Errorf("row %v has %d", x, part.Y[r])
			}
			seen[fmt.Sprint(x)] = true
		}
	}
	if len(seen) != 64 {
		t.Errorf("%d different rows", len(seen))
	}
	if _, _, err := table.Split(1001, 1); err == nil {
		t.Error("split in 1001 of a thousand")
	}
	none, all, err := table.Split(0, 1)
	if err != nil || none.Rows() != 0 || all.Rows() != 64 {
		t.Errorf("%d and %d rows, %v", none.Rows(), all.Rows(), err)
	}
}

// TestAdditionOf64 adds numbers of 64 bits over 66 steps: the carry comes out
// at step 65, and nothing after it.
func TestAdditionOf64(t *testing.T) {
	table := must(t)(Addition(64, 66, 50, 3))
	carries := int64(0)
	for r := range table.Rows() {
		carry := int64(0)
		for k := range 66 {
			a, b := table.X[(r*66+k)*2], table.X[(r*66+k)*2+1]
			sum := a + b + carry
			if table.Y[r*66+k] != sum&1 {
				t.Fatalf("row %d, bit %d: %d, want %d", r, k, table.Y[r*66+k], sum&1)
			}
			carry = sum >> 1
			if k == 63 {
				carries += carry
			}
		}
	}
	if carries == 0 {
		t.Error("no sum has a 65th bit")
	}
}
