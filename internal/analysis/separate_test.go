package analysis

import (
	"fmt"
	"math/big"
	"testing"

	"gonum.org/v1/gonum/optimize/convex/lp"
	"pgregory.net/rapid"

	"perceptarium/sim/rng"
)

// decide decides and proves.
func decide(t testing.TB, p Points) Verdict {
	t.Helper()
	v, err := Separate(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Check(p); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestXOR(t *testing.T) {
	v := decide(t, OfOrder(2, 1, Parity))
	if got := fmt.Sprint(v.Lambda); got != "[1 1 1 1]" {
		t.Errorf("lambda %s over their sum, want 1/4 each", got)
	}
	if v := decide(t, OfOrder(2, 2, Parity)); !v.Separable() {
		t.Error("with the product of both inputs XOR must be separable")
	}
}

func TestParity(t *testing.T) {
	for n := 1; n <= 8; n++ {
		p := OfOrder(n, n-1, Parity)
		if err := ParityCertificate(n).Check(p); err != nil {
			t.Errorf("parity of %d against all masks of order below %d: %v", n, n, err)
		}
		inSigns := signs(p, n)
		if err := ParityCertificate(n).Check(inSigns); err != nil {
			t.Errorf("parity of %d in signs: %v", n, err)
		}
		if n > 5 {
			continue
		}
		if v := decide(t, p); v.Separable() {
			t.Errorf("parity of %d is of order below %d", n, n)
		}
		if v := decide(t, OfOrder(n, n, Parity)); !v.Separable() {
			t.Errorf("parity of %d is not of order %d", n, n)
		}
	}
}

// signs has the same masks as products of inputs of +1 and -1.
func signs(p Points, n int) Points {
	q := Points{Y: p.Y}
	for x := range uint(1) << n {
		var row []int64
		for _, mask := range masksOf(n, n-1) {
			row = append(row, int64(sign(!Parity(x&mask))))
		}
		q.X = append(q.X, row)
	}
	return q
}

func TestSeparableFunctions(t *testing.T) {
	classes := []int{2, 4, 14, 222}
	for n, want := range []int{4, 14, 104, 1882} {
		n++
		if got := len(Classes(n)); got != classes[n-1] {
			t.Errorf("%d inputs: %d classes, want %d", n, got, classes[n-1])
		}
		size := 0
		for _, c := range Classes(n) {
			size += c.Size
		}
		if size != 1<<(1<<n) {
			t.Errorf("%d inputs: the classes hold %d functions", n, size)
		}
		if got := SeparableFunctions(n); got != want {
			t.Errorf("%d inputs: %d separable functions, want %d", n, got, want)
		}
	}
	for n, want := range []int{4, 14, 104} {
		n++
		count := 0
		for f := range 1 << (1 << n) {
			count += btoi(Threshold(n, Function(f)).Separable())
		}
		if count != want {
			t.Errorf("%d inputs, function by function: %d, want %d", n, count, want)
		}
	}
}

func TestOrder(t *testing.T) {
	count := func(x uint, n int) int { // lit among the first n
		c := 0
		for i := range n {
			c += int(x >> i & 1)
		}
		return c
	}
	for _, c := range []struct {
		name  string
		n     int
		is    Predicate
		order int
	}{
		{"always", 3, func(uint) bool { return true }, 0},
		{"and of 4", 4, func(x uint) bool { return x == 15 }, 1},
		{"majority of 5", 5, func(x uint) bool { return count(x, 5) >= 3 }, 1},
		{"exactly one of 4", 4, func(x uint) bool { return count(x, 4) == 1 }, 2},
		{"one or four of 4", 4, func(x uint) bool { c := count(x, 4); return c == 1 || c == 4 }, 3},
		{"parity of 2, XOR", 2, Parity, 2},
		{"parity of 4", 4, Parity, 4},
		{"parity of 5", 5, Parity, 5},
		{"connected, retina 2 x 2", 4, connected(2, 2), 2},
		{"connected, retina 1 x 4", 4, connected(1, 4), 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			k, weights, below, err := Order(c.n, c.is)
			if err != nil || k != c.order {
				t.Fatalf("order %d, %v; want %d", k, err, c.order)
			}
			if err := weights.Check(OfOrder(c.n, k, c.is)); err != nil {
				t.Error(err)
			}
			if k == 0 {
				return
			}
			if err := below.Check(OfOrder(c.n, k-1, c.is)); err != nil || below.Separable() {
				t.Errorf("order %d: %v", k-1, err)
			}
		})
	}
	if _, _, _, err := Order(InputsMax+1, Parity); err == nil {
		t.Error("took too many inputs")
	}
}

// connected is the predicate on a retina of rows x cols.
func connected(rows, cols int) Predicate {
	return func(x uint) bool {
		f := make(Picture, rows)
		for y := range f {
			f[y] = make([]bool, cols)
			for k := range f[y] {
				f[y][k] = x>>(y*cols+k)&1 == 1
			}
		}
		return f.Connected()
	}
}

func TestStrands(t *testing.T) {
	lambda := Verdict{Lambda: ParityCertificate(2).Lambda} // 1/4 each
	for length := StrandsMin; length <= 12; length++ {
		figures := AllStrands(length)
		for i, f := range figures {
			if got, want := f.Connected(), i == 1 || i == 2; got != want {
				t.Fatalf("length %d, ends %02b: connected %v\n%v", length, i, got, f)
			}
		}
		for rows := 1; rows <= StrandRows; rows++ {
			for cols := 1; cols < length; cols++ {
				_, counts := WindowCounts(figures, rows, cols)
				if err := lambda.Check(Connectedness(figures, counts)); err != nil {
					t.Errorf("length %d, windows %d x %d, counts: %v", length, rows, cols, err)
				}
				_, places := WindowPlaces(figures, rows, cols)
				if err := lambda.Check(Connectedness(figures, places)); err != nil {
					t.Errorf("length %d, windows %d x %d, place by place: %v", length, rows, cols, err)
				}
			}
		}
		_, counts := WindowCounts(figures, StrandRows, length)
		if v := decide(t, Connectedness(figures, counts)); !v.Separable() {
			t.Errorf("length %d: a window that sees both ends must do", length)
		}
	}
}

func randomPoints(t *rapid.T) Points {
	n, d := rapid.IntRange(1, 9).Draw(t, "points"), rapid.IntRange(1, 4).Draw(t, "dimensions")
	var p Points
	for range n {
		x := make([]int64, d)
		for k := range x {
			x[k] = rapid.Int64Range(-4, 4).Draw(t, "x")
		}
		p.X, p.Y = append(p.X, x), append(p.Y, 1-2*rapid.IntRange(0, 1).Draw(t, "y"))
	}
	return p
}

// TestThreeWaysAgree holds the filter with its exact end, the exact simplex
// alone, and the distance from the convex hull against each other.
func TestThreeWaysAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := randomPoints(rt)
		v, err := Separate(p)
		if err != nil {
			rt.Fatal(err)
		}
		e := exact(p)
		if err := e.Check(p); err != nil {
			rt.Fatal(err)
		}
		m, err := MaxMargin(p)
		if err != nil {
			rt.Fatal(err)
		}
		if a, b, c := v.Separable(), e.Separable(), m.Gamma2.Sign() > 0; a != b || b != c {
			rt.Fatalf("separable: filter and simplex %v, simplex %v, hull %v", a, b, c)
		}
		proof := Verdict{Lambda: m.Lambda}
		if e.Separable() {
			proof = Verdict{Weights: m.Weights}
		}
		if err := proof.Check(p); err != nil {
			rt.Fatalf("hull: %v", err)
		}
		marginIsBest(rt, p, m, e)
	})
}

// marginIsBest: the weights reach the margin that is claimed, and no others that
// we have reach more.
func marginIsBest(t *rapid.T, p Points, m Margin, other Verdict) {
	if m.Gamma2.Sign() == 0 {
		return
	}
	if got := margin2(p, m.Weights); got.Cmp(m.Gamma2) != 0 {
		t.Fatalf("the weights reach %v, claimed %v", got, m.Gamma2)
	}
	if got := margin2(p, other.Weights); got.Cmp(m.Gamma2) > 0 {
		t.Fatalf("other weights reach %v, more than %v", got, m.Gamma2)
	}
}

// margin2 is min(y w.x)^2 / |w|^2.
func margin2(p Points, w []*big.Int) *big.Rat {
	least := new(big.Int)
	for i := range p.X {
		sum := new(big.Int)
		for k := range w {
			sum.Add(sum, new(big.Int).Mul(w[k], big.NewInt(p.signed(i, k))))
		}
		if i == 0 || sum.Cmp(least) < 0 {
			least = sum
		}
	}
	norm := new(big.Int)
	for _, v := range w {
		norm.Add(norm, new(big.Int).Mul(v, v))
	}
	return new(big.Rat).SetFrac(least.Mul(least, least), norm)
}

func TestMaxMarginKnown(t *testing.T) {
	for _, c := range []struct {
		name   string
		p      Points
		gamma2 *big.Rat
	}{
		{"unit vectors", Points{[][]int64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, []int{1, 1, 1}}, big.NewRat(1, 3)},
		{"XOR", OfOrder(2, 1, Parity), new(big.Rat)},
		{"two points, no constant", Points{[][]int64{{0, 2}, {2, 0}}, []int{-1, 1}}, big.NewRat(2, 1)},
	} {
		m, err := MaxMargin(c.p)
		if err != nil || m.Gamma2.Cmp(c.gamma2) != 0 {
			t.Errorf("%s: gamma^2 %v, %v; want %v", c.name, m.Gamma2, err, c.gamma2)
		}
	}
}

// TestCover: of 2d points in general position in d dimensions, half of all
// dichotomies are separable.
func TestCover(t *testing.T) {
	for d := 1; d <= 8; d++ {
		half := new(big.Int).Lsh(big.NewInt(1), uint(2*d-1))
		if Cover(2*d, d).Cmp(half) != 0 {
			t.Errorf("C(%d,%d) = %v, want %v", 2*d, d, Cover(2*d, d), half)
		}
	}
	const d, samples = 4, 900
	stream := rng.New(1965).Stream("cover")
	separable := 0
	for range samples {
		var p Points
		for range 2 * d {
			x := make([]int64, d)
			for k := range x {
				x[k] = stream.Below(20_001) - 10_000
			}
			p.X, p.Y = append(p.X, x), append(p.Y, sign(stream.Bool()))
		}
		separable += btoi(decide(t, p).Separable())
	}
	// sigma = sqrt(900)/2 = 15
	if separable < samples/2-45 || separable > samples/2+45 {
		t.Errorf("%d of %d separable: more than 3 sigma from half", separable, samples)
	}
	t.Logf("%d of %d separable", separable, samples)
}

func TestRefusesShapes(t *testing.T) {
	for name, p := range map[string]Points{
		"no point":        {},
		"class missing":   {X: [][]int64{{1}}},
		"no coordinate":   {X: [][]int64{{}}, Y: []int{1}},
		"ragged":          {X: [][]int64{{1}, {1, 2}}, Y: []int{1, 1}},
		"class is not 1":  {X: [][]int64{{1}}, Y: []int{0}},
		"too many labels": {X: [][]int64{{1}}, Y: []int{1, -1}},
	} {
		if _, err := Separate(p); err == nil {
			t.Errorf("%s: taken by Separate", name)
		}
		if _, err := MaxMargin(p); err == nil {
			t.Errorf("%s: taken by MaxMargin", name)
		}
	}
}

// TestCheckRefuses: a wrong proof is seen as such.
func TestCheckRefuses(t *testing.T) {
	p := OfOrder(2, 1, Parity)
	ints := func(v ...int64) (list []*big.Int) {
		for _, x := range v {
			list = append(list, big.NewInt(x))
		}
		return list
	}
	for name, v := range map[string]Verdict{
		"nothing":         {},
		"both":            {Weights: ints(1, 1, 1), Lambda: ints(1, 1, 1, 1)},
		"too short":       {Lambda: ints(1, 1, 1)},
		"all zero":        {Lambda: ints(0, 0, 0, 0)},
		"negative":        {Lambda: ints(-1, -1, -1, -1)},
		"another sum":     {Lambda: ints(1, 1, 1, 2)},
		"wrong weights":   {Weights: ints(-1, 1, 1)},
		"weights of zero": {Weights: ints(0, 0, 0)},
	} {
		if v.Check(p) == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// TestFilterEnds: on one of the 222 classes, with a tolerance of 0 and no start,
// gonum's simplex goes round for ever. The limit ends it.
func TestFilterEnds(t *testing.T) {
	c, a, b, _ := program(OfOrder(4, 1, Function(0x17f).Is))
	rows, cols := a.Dims()
	defer func() {
		if recover() == nil {
			t.Error("gonum ends here now: the limit has no test any more")
		}
	}()
	_, _, _ = lp.Simplex(c, &limited{a, filterRounds * rows * cols}, b, 0, nil)
}

// TestFilterFinds: the filter finds a certificate for every 4-input function
// that has one, and for parity of 2 to 6.
func TestFilterFinds(t *testing.T) {
	for _, c := range Classes(4) {
		p := OfOrder(4, 1, c.First.Is)
		if _, ok := filter(p); ok == exact(p).Separable() {
			t.Errorf("function %#04x: filter %v", c.First, ok)
		}
	}
	for n := 2; n <= 6; n++ {
		if _, ok := filter(OfOrder(n, n-1, Parity)); !ok {
			t.Errorf("parity of %d: the filter finds nothing", n)
		}
	}
}

func BenchmarkSeparateClasses(b *testing.B) {
	classes := Classes(4)
	for b.Loop() {
		for _, c := range classes {
			Threshold(4, c.First)
		}
	}
}

func BenchmarkExactClasses(b *testing.B) {
	classes := Classes(4)
	for b.Loop() {
		for _, c := range classes {
			exact(OfOrder(4, 1, c.First.Is))
		}
	}
}
