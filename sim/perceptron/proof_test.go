package perceptron

import (
	"fmt"
	"math/bits"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// TestBoundIsTight: e_1 .. e_n, all of one class, need exactly n mistakes, and n
// is the bound.
func TestBoundIsTight(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7, 8, 9, 64} {
		m := mustMake(t, unitVectors(n), "")
		set(t, m, "constant", 0, 0)
		set(t, m, "zero-fires", 0, 0)
		ones := make([]int64, n+1)
		for i := range n {
			ones[1+i] = 1
		}
		set(t, m, "witness", sim.Whole, ones...)
		for range 3 * n {
			m.Step()
		}
		want(t, m, "bound", int64(n))
		want(t, m, "mistakes", int64(n))
		want(t, m, "separated", 1)
	}
}

func unitVectors(n int) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, "x%d ", k+1)
	}
	b.WriteString("y\n")
	for i := range n {
		for k := range n {
			fmt.Fprintf(&b, "%d ", truth(i == k))
		}
		b.WriteString("1\n")
	}
	return b.String()
}

func TestCertificate(t *testing.T) {
	m := mustMake(t, "", "")
	want(t, m, "certified", 0)
	set(t, m, "lambda", sim.Whole, 1, 1, 1, 1)
	want(t, m, "certificate", 0, 0, 0)
	want(t, m, "certified", 1)
	want(t, m, "lambda-sum", 4)
	set(t, m, "lambda", 3, 2)
	want(t, m, "certificate", -1, -1, -1)
	want(t, m, "certified", 0)
	set(t, m, "lambda", 3, 1)
	set(t, m, "targets", 3, 1) // XOR becomes OR
	want(t, m, "certified", 0)
	until(t, m, 100)
}

// TestCertifiedIsSound: on every table of random small rows with random lambda
// where the lamp is lit, no small weights separate.
func TestCertifiedIsSound(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := build(randomTable(rt), Layer{}, "")
		set(t, m, "constant", 0, rapid.Int64Range(0, 1).Draw(rt, "constant"))
		set(t, m, "zero-fires", 0, rapid.Int64Range(0, 1).Draw(rt, "zero-fires"))
		for i := range m.lambda {
			set(t, m, "lambda", i, rapid.Int64Range(0, 2).Draw(rt, "lambda"))
		}
		if !m.certified {
			return
		}
		w := make([]int64, len(m.weight))
		for k := range w {
			w[k] = rapid.Int64Range(-20, 20).Draw(rt, "w")
		}
		for range 400 {
			m.Step()
		}
		if m.wrong(w) == 0 || m.wrong(m.weight) == 0 {
			rt.Fatalf("certified, yet separated: table %v lambda %v", m.table, m.lambda)
		}
	})
}

// TestNoOverflow takes the largest table there is to its limits: the sums keep
// their signs.
func TestNoOverflow(t *testing.T) {
	for _, inputs := range []int{ColumnsMax, 7, 1} {
		rows := min(RowsMax, CellsMax/(inputs+1))
		table := Table{Target: "y", Scale: 1}
		for k := range inputs {
			table.Names = append(table.Names, fmt.Sprintf("x%d", k))
		}
		for range rows {
			for range inputs {
				table.Inputs = append(table.Inputs, InputMax)
			}
			table.Targets = append(table.Targets, 0)
		}
		m := build(table, Layer{}, "")
		for k := range m.weight {
			m.weight[k], m.witness[k] = WeightMax, -InputMax
		}
		for i := range m.lambda {
			m.lambda[i] = LambdaMax
		}
		m.derive()
		for _, probe := range []string{"norm2", "criterion", "bound"} {
			if v := look(t, m, probe)[0]; v <= 0 {
				t.Errorf("%d inputs: %s = %d", inputs, probe, v)
			}
		}
		if v := m.certificate[1]; v != -int64(rows)*LambdaMax*InputMax {
			t.Errorf("%d inputs: certificate %d", inputs, v)
		}
	}
}

// TestRatio compares the two divisions with one of 128 by 128 bits done by
// steps of one bit.
func TestRatio(t *testing.T) {
	stream := rng.New(1962).Stream("ratio")
	for range 20_000 {
		a, b := uint64(stream.Below(1<<49)), uint64(stream.Below(1<<49))
		c := uint64(1 + stream.Below(1<<uint(1+stream.Below(49))))
		hi, lo := bits.Mul64(a, b)
		chi, clo := bits.Mul64(c, c)
		slow := slowDivide(hi, lo, chi, clo)
		if got := ratio(a, b, c); slow < 1<<63 && uint64(got) != slow {
			t.Fatalf("floor(%d * %d / %d^2) = %d, want %d", a, b, c, got, slow)
		}
	}
}

func slowDivide(hi, lo, chi, clo uint64) (q uint64) {
	var rhi, rlo uint64
	for i := 127; i >= 0; i-- {
		rhi, rlo = rhi<<1|rlo>>63, rlo<<1
		if i >= 64 {
			rlo |= hi >> (i - 64) & 1
		} else {
			rlo |= lo >> i & 1
		}
		if rhi > chi || rhi == chi && rlo >= clo {
			var borrow uint64
			rlo, borrow = bits.Sub64(rlo, clo, 0)
			rhi, _ = bits.Sub64(rhi, chi, borrow)
			if i < 64 {
				q |= 1 << i
			} else {
				q = 1<<64 - 1
			}
		}
	}
	return q
}
