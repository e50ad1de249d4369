package kernel

import (
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
	"testing"
)

// digests are what every kernel gives for a few drawn inputs, on every
// processor and under every implementation: the beginning of a SHA-256 over the
// bits. They move only with f32.Law.
const digests = `
2c38e76931e278a5 Gemm op 0
7403e0b09ad13f1d Gemm op 1
848d6f4882dcf4e5 Gemm op 2
f94e1cc2b8337a3c Gemm op 3
9c6a6bd93b57afe0 Gemm op 4
84ffb405d86eb36a Gemm op 5
36059887b50ad006 Gemm op 6
65c0e5ef653f1c92 Gemm op 7
08b420262570d616 Add
c62a16f8465180a7 Sub
b395bf788c2952bd Mul
87292acc1e50c28e Div
ff4419ecc7e19ac9 MulAdd
651b0471264e5d4a Scale
8acdabcda115d2be Shift
cf215a52203c2685 Axpy
bba87b96873697b3 Exp
2c004b420d568af1 Expm1
a5b48c0fc9562f49 Log
be09c2543ed4849b Log1p
09b04a82658c3a36 Sqrt
300219309530461f SGD
596a4f18ef07e003 Momentum
c0cbd0200fc3c217 Nesterov
63e91a1fa77ecc02 Adam
8bc360837502904b NormalizeGrad
36161e966bf6af18 Bernoulli
b26a3f48187e2344 Activate identity
6cac2956f96c008b ActivateGrad identity
5b6421389186ece0 Activate relu
7dadb44e70f5204e ActivateGrad relu
c543a4e02475ca70 Activate step
bcdec7fa1960f141 ActivateGrad step
b46f354135aa0d21 Activate logistic
a9741351a17a036d ActivateGrad logistic
39c95ea1148f3df3 Activate tanh
5e4072594079c5db ActivateGrad tanh
b18f4c7e2398c64a Activate lecun-tanh
406247f9e5f3f9af ActivateGrad lecun-tanh
85e7232cdb3a2546 Activate elu
28227007a1aba471 ActivateGrad elu
8bc351ae7b3b1e20 Activate swish
86f856af8329892b ActivateGrad swish
0637dc99f2253e9f Sum
2d6c6f7533cd3281 SumAbs
fb6c89ff0776ae8a SumSquares
2229ccabcb6a24ce Dot
6a7ad48d912f18da SquaredDistance
6dd6945d8856bcf0 Moments
979961c7f3b6d1c8 Max
ade895d498830056 Softmax
7af837fdb8b12a77 SoftmaxGrad
3b05c0a47c3c0339 SoftmaxLog
b0fab0be13801d5d LogSumExp
23cd38416f2834d4 RowMoments
83845aa4444f34f1 NormalizeRows
d9fd435510287f77 ChannelSums
5f8c9d4be0d31d21 ChannelDots
4e47e2b07ff8ab82 ChannelMoments
a2c785e368ed7e76 NormalizeChannels
d9536cfba4250198 ConvForward
91517632d7a8d5d3 ConvForward without bias
0f17040d9df00d7b ConvData
b30683048909fb94 ConvWeights
cc8f0682d9c25cf8 MaxPool
3ca9c3d488573613 MaxPoolGrad
b3c4ade186b55ea2 AvgPool
862c892c0c25c7a5 AvgPoolGrad
`

// trail collects bits. Any NaN counts as one and the same.
type trail struct {
	strings.Builder
	d *draw
}

func (t *trail) add(name string, lengths []int, run func(d *draw, v [][]float32)) {
	sum := sha256.New()
	for f := range flavours {
		v := make([][]float32, len(lengths))
		for i, n := range lengths {
			v[i] = t.d.slice(n, f).v
		}
		run(t.d, v)
		for _, x := range v {
			for _, x := range x {
				bits := math.Float32bits(x)
				if x != x {
					bits = 0x7fc00000
				}
				sum.Write([]byte{byte(bits), byte(bits >> 8), byte(bits >> 16), byte(bits >> 24)})
			}
		}
	}
	fmt.Fprintf(t, "%x %s\n", sum.Sum(nil)[:8], name)
}

func TestDigests(t *testing.T) {
	used := active
	defer func() { active = used }()
	for k := range rows {
		if !rows[k].Available {
			continue
		}
		active = kind(k)
		got := strings.TrimSpace(allDigests())
		for i, want := range strings.Split(strings.TrimSpace(digests), "\n") {
			lines := strings.Split(got, "\n")
			if i >= len(lines) || lines[i] != want {
				t.Fatalf("%s: want line %q; all of them:\n%s", rows[k].Name, want, got)
			}
		}
	}
}

func allDigests() string {
	t := &trail{d: &draw{1958}}
	for op := range Op(8) {
		t.add(fmt.Sprintf("Gemm op %d", op), []int{23 * 19, 23 * 31, 31 * 23, 23}, func(d *draw, v [][]float32) {
			c := gemmCase{op: op, m: 23, n: 19, k: 31, lda: 31, ldb: 19, ldc: 19, bias: d.below(3)}
			if op&TransA != 0 {
				c.lda = 23
			}
			if op&TransB != 0 {
				c.ldb = 31
			}
			c.run(v)
		})
	}
	for _, c := range elementCases() {
		t.add(c.name, []int{101, 101, 101, 101}[:c.count], func(_ *draw, v [][]float32) { c.run(v) })
	}
	for _, c := range reductionCases {
		t.add(c.name, []int{2, 203, 203}, func(_ *draw, v [][]float32) { c.run(v) })
	}
	for _, c := range rowCases {
		t.add(c.name, []int{7 * 29, 7 * 29, 7 * 29, 7, 7, 29, 29}, func(_ *draw, v [][]float32) { c.run(v, 7, 29) })
	}
	for _, c := range channelCases {
		t.add(c.name, []int{3 * 5 * 11, 3 * 5 * 11, 3 * 5 * 11, 5, 5, 5, 5}, func(_ *draw, v [][]float32) { c.run(v, 3, 5, 11) })
	}
	for _, c := range convCases {
		s := Conv{Batch: 2, InC: 4, InH: 9, InW: 13, OutC: 6, KH: 3, KW: 5, StrideX: 2, PadY: 1, PadX: 2, DilateY: 2, Groups: 2}
		t.add(c.name, convLengths(s), func(_ *draw, v [][]float32) { c.run(s, v, Tanh) })
	}
	for _, c := range poolCases {
		s := Pool{Planes: 3, InH: 8, InW: 11, KH: 2, KW: 3, StrideY: 2, StrideX: 2, PadX: 1}
		out := s.Planes * s.OutH() * s.OutW()
		t.add(c.name, []int{3 * 88, out, out}, func(_ *draw, v [][]float32) { c.run(s, v) })
	}
	return t.String()
}
