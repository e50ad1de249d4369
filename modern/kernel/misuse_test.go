package kernel

import (
	"strings"
	"testing"
)

// TestMisusePanics calls kernels as they must not be called. Each panics with
// a message that names what was wrong.
func TestMisusePanics(t *testing.T) {
	x, y, z := make([]float32, 12), make([]float32, 12), make([]float32, 12)
	ints := make([]int32, 12)
	conv := Conv{Batch: 1, InC: 1, InH: 3, InW: 4, OutC: 1, KH: 2, KW: 2}
	pool := Pool{Planes: 1, InH: 3, InW: 4, KH: 2, KW: 2}
	with := func(c Conv, f func(*Conv)) Conv { f(&c); return c }
	for _, row := range []struct {
		name, want string
		run        func()
	}{
		{"negative m", "negative m, n or k", func() { Gemm(0, -1, 1, 1, x, 1, y, 1, z, 1) }},
		{"short a", "a too short", func() { Gemm(0, 2, 2, 7, x, 7, y, 2, z, 2) }},
		{"short b", "b too short", func() { Gemm(0, 1, 4, 4, x, 4, y, 4, z, 4) }},
		{"short c", "c too short", func() { Gemm(0, 4, 4, 1, x, 1, y, 4, z, 4) }},
		{"small lda", "lda, ldb or ldc", func() { Gemm(0, 2, 2, 2, x, 1, y, 2, z, 2) }},
		{"small ldb", "lda, ldb or ldc", func() { Gemm(TransB, 2, 2, 3, x, 3, y, 2, z, 2) }},
		{"small ldc", "lda, ldb or ldc", func() { Gemm(0, 2, 2, 2, x, 2, y, 2, z, 1) }},
		{"c over a", "c overlaps a or b", func() { Gemm(0, 2, 2, 2, x, 2, y, 2, x[3:], 2) }},
		{"c over b", "c overlaps a or b", func() { Gemm(0, 2, 2, 2, x, 2, y, 2, y, 2) }},
		{"two biases", "both given", func() { GemmFused(0, 2, 2, 2, x, 2, y, 2, z, 2, Fused{RowBias: x[8:], ColBias: x[8:]}) }},
		{"short row bias", "RowBias too short", func() { GemmFused(0, 2, 2, 2, x, 2, y, 2, z, 2, Fused{RowBias: x[:1]}) }},
		{"short column bias", "ColBias too short", func() { GemmFused(0, 2, 2, 2, x, 2, y, 2, z, 2, Fused{ColBias: x[:1]}) }},
		{"c over its bias", "c overlaps its bias", func() { GemmFused(0, 2, 2, 2, x, 2, y, 2, z, 2, Fused{ColBias: z[1:]}) }},
		{"activation of a product", "unknown activation", func() { GemmFused(0, 2, 2, 2, x, 2, y, 2, z, 2, Fused{Act: 99}) }},
		{"activation", "unknown activation", func() { Activate(99, x, y) }},
		{"lengths", "different lengths", func() { Add(x, y[:3], z) }},
		{"lengths of a reduction", "different lengths", func() { Dot(x, y[:3]) }},
		{"random bits", "different lengths", func() { Bernoulli(x, y, nil) }},
		{"in part", "overlaps an operand in part", func() { Add(x[1:], x[:11], y[1:]) }},
		{"update over itself", "overlap", func() { SGD(x, x, 0.1, 0) }},
		{"no elements", "no elements", func() { Max(nil) }},
		{"moments of nothing", "no elements", func() { Moments(nil) }},
		{"short rows", "too short", func() { Softmax(x, y, 4, 4) }},
		{"logs over the rows", "logs overlap dst", func() { SoftmaxLog(x, x[:2], y, 2, 2) }},
		{"negative rows", "negative rows", func() { Softmax(x, y, -1, 4) }},
		{"negative channels", "negative batch", func() { ChannelSums(x, y, 1, -1, 1) }},
		{"parameter", "overlaps a parameter", func() { NormalizeRows(x, x, y, z, x, z, 2, 2) }},
		{"short picture", "too short", func() { ConvForward(conv, z, x[:11], y, nil, Identity) }},
		{"groups", "no multiple of the groups", func() { ConvForward(with(conv, func(c *Conv) { c.Groups = 2 }), z, x, y, nil, Identity) }},
		{"stride", "negative stride", func() { ConvForward(with(conv, func(c *Conv) { c.StrideX = -1 }), z, x, y, nil, Identity) }},
		{"no taps", "kernel without taps", func() { ConvForward(with(conv, func(c *Conv) { c.KW = 0 }), z, x, y, nil, Identity) }},
		{"negative padding", "negative size", func() { ConvForward(with(conv, func(c *Conv) { c.PadX = -1 }), z, x, y, nil, Identity) }},
		{"y over x", "y overlaps", func() { ConvForward(conv, x, x, y, nil, Identity) }},
		{"dx over dy", "dx overlaps", func() { ConvData(conv, x, x, y) }},
		{"dw over dy", "dw overlaps", func() { ConvWeights(conv, y, x, y) }},
		{"pooling in place", "overlap", func() { AvgPool(pool, x, x) }},
		{"short at", "at too short", func() { MaxPool(pool, y, ints[:5], x) }},
		{"much padding", "padding of a pooling", func() { AvgPool(Pool{Planes: 1, InH: 3, InW: 4, KH: 2, KW: 2, PadX: 2}, y, x) }},
		{"only padding", "nothing but padding", func() { AvgPool(Pool{Planes: 1, InH: 3, KH: 2, KW: 2, PadX: 1}, y, x) }},
		{"workers", "negative number of workers", func() { SetWorkers(-1) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			defer func() {
				if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "kernel: ") || !strings.Contains(s, row.want) {
					t.Errorf("panics with %q, want %q in it", s, row.want)
				}
			}()
			row.run()
		})
	}
}

func TestForce(t *testing.T) {
	used := Active()
	defer Force(used)
	for _, row := range Implementations() {
		err := Force(row.Name)
		if row.Available != (err == nil) || err == nil && Active() != row.Name {
			t.Errorf("Force(%q) = %v, active is %s", row.Name, err, Active())
		}
	}
	if err := Force("abacus"); err == nil || !strings.Contains(err.Error(), "portable") {
		t.Errorf("Force of an unknown one: %v", err)
	}
}
