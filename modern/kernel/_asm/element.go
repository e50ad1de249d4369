package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets of the fields of kernel.stream.
const (
	streamN = 0
	streamP = 8 // pointers to the slices
	streamC = 56
	streamE = 88
	streamU = 96
)

// loop is an element-wise routine being generated: 8 elements at a time, then
// the rest under a mask.
type loop struct {
	stream reg.GPVirtual
	slice  [6]reg.GPVirtual // pointers to the slices in use
	offset reg.GPVirtual    // of the 8 elements at hand, in bytes
	mask   reg.VecVirtual   // of the elements that are there, in the rest
	masked bool
}

// in loads the 8 elements of slice i.
func (l *loop) in(i int) reg.VecVirtual {
	x := YMM()
	at := Mem{Base: l.slice[i], Index: l.offset, Scale: 1}
	if l.masked {
		VMASKMOVPS(at, l.mask, x)
	} else {
		VMOVUPS(at, x)
	}
	return x
}

// out stores 8 elements of slice i.
func (l *loop) out(i int, x reg.VecVirtual) {
	at := Mem{Base: l.slice[i], Index: l.offset, Scale: 1}
	if l.masked {
		VMASKMOVPS(x, l.mask, at)
	} else {
		VMOVUPS(x, at)
	}
}

// scalar broadcasts number i of the stream.
func (l *loop) scalar(i int) reg.VecVirtual {
	x := YMM()
	VBROADCASTSS(Mem{Base: l.stream, Disp: streamC + 4*i}, x)
	return x
}

// routine generates an element-wise routine on that many slices. setup runs
// before the loop and may keep registers for body, which does 8 elements.
func routine(name string, slices int, setup func(l *loop), body func(l *loop)) {
	TEXT(name+"AVX2", NOSPLIT, "func(s *byte)")
	l := &loop{stream: GP64(), offset: GP64()}
	Load(Param("s"), l.stream)
	for i := range slices {
		l.slice[i] = GP64()
		MOVQ(Mem{Base: l.stream, Disp: streamP + 8*i}, l.slice[i])
	}
	end, rest := GP64(), GP64()
	MOVQ(Mem{Base: l.stream, Disp: streamN}, end)
	MOVQ(end, rest)
	if setup != nil {
		setup(l)
	}
	XORQ(l.offset, l.offset)
	SHLQ(Imm(2), end)
	ANDQ(I32(-32), end)
	JEQ(LabelRef("rest"))
	Label("loop")
	body(l)
	ADDQ(Imm(32), l.offset)
	CMPQ(l.offset, end)
	JNE(LabelRef("loop"))
	Label("rest")
	ANDQ(Imm(7), rest)
	JEQ(LabelRef("done"))
	l.mask, l.masked = tailMask(rest), true
	body(l)
	Label("done")
	VZEROUPPER()
	RET()
}

// tailMask selects the first n of 8 elements; it spoils n.
func tailMask(n reg.GPVirtual) reg.VecVirtual {
	table, mask := GP64(), YMM()
	LEAQ(maskTable(), table)
	SHLQ(Imm(2), n)
	SUBQ(n, table)
	VMOVUPS(Mem{Base: table, Disp: 32}, mask)
	return mask
}

var theMaskTable *Mem

// maskTable is eight ones and eight zeros.
func maskTable() Mem {
	if theMaskTable == nil {
		m := GLOBL(tableName+"Mask", RODATA|NOPTR)
		for i := range 8 {
			DATA(4*i, U32(0xffffffff))
		}
		for i := range 8 {
			DATA(32+4*i, U32(0))
		}
		theMaskTable = &m
	}
	return *theMaskTable
}

// element generates every element-wise routine.
func element() {
	binaryRoutines()
	scalarRoutines()
	functionRoutines()
	activationRoutines()
	gradientRoutines()
	normalizeRoutines()
	updateRoutines()
	bernoulliRoutine()
}

func binaryRoutines() {
	for _, r := range []struct {
		name string
		op   func(...Op)
	}{{"add", VADDPS}, {"sub", VSUBPS}, {"mul", VMULPS}, {"div", VDIVPS}} {
		routine(r.name, 3, nil, func(l *loop) {
			x, y := l.in(1), l.in(2)
			r.op(y, x, x)
			l.out(0, x)
		})
	}
	routine("mulAdd", 3, nil, func(l *loop) {
		l.out(0, fma(l.in(1), l.in(2), l.in(0)))
	})
}

func scalarRoutines() {
	var alpha reg.VecVirtual
	keep := func(l *loop) { alpha = l.scalar(0) }
	routine("scale", 2, keep, func(l *loop) { l.out(0, mul(l.in(1), alpha)) })
	routine("shift", 2, keep, func(l *loop) { l.out(0, add(l.in(1), alpha)) })
	routine("quotient", 2, keep, func(l *loop) { l.out(0, div(l.in(1), alpha)) })
	routine("axpy", 2, keep, func(l *loop) { l.out(0, fma(l.in(1), alpha, l.in(0))) })
	routine("shiftMul", 3, keep, func(l *loop) { l.out(0, mul(l.in(2), add(l.in(1), alpha))) })
}

func functionRoutines() {
	for _, r := range []struct {
		name string
		f    func(reg.VecVirtual) reg.VecVirtual
	}{{"exp", exp}, {"expm1", expm1}, {"log", log}, {"log1p", log1p}, {"sqrt", sqrt}} {
		routine(r.name, 2, nil, func(l *loop) { l.out(0, r.f(l.in(1))) })
	}
}

func activationRoutines() {
	for _, r := range []struct {
		name string
		f    func(reg.VecVirtual) reg.VecVirtual
	}{{"relu", relu}, {"step", step}, {"logistic", logistic}, {"tanh", tanh}, {"lecunTanh", lecunTanh}, {"elu", elu}, {"swish", swish}} {
		routine(r.name, 2, nil, func(l *loop) { l.out(0, r.f(l.in(1))) })
	}
}

// gradientRoutines: slices dx, dy, x, y.
func gradientRoutines() {
	routine("reluGrad", 4, nil, func(l *loop) {
		positive := compare(greater, l.in(3), number(0))
		l.out(0, and(positive, l.in(1)))
	})
	routine("logisticGrad", 4, nil, func(l *loop) {
		y := l.in(3)
		l.out(0, mul(l.in(1), mul(y, sub(load(1), y))))
	})
	routine("tanhGrad", 4, nil, func(l *loop) {
		y := l.in(3)
		l.out(0, mul(l.in(1), fnma(y, y, load(1))))
	})
	routine("lecunTanhGrad", 4, nil, func(l *loop) {
		y := l.in(3)
		l.out(0, mul(l.in(1), fma(mul(y, number(-lecunBending)), y, load(lecunSlope))))
	})
	routine("eluGrad", 4, nil, func(l *loop) {
		y, d := l.in(3), l.in(1)
		positive := compare(greater, y, number(0))
		l.out(0, blend(positive, d, mul(d, add(y, number(1)))))
	})
	routine("swishGrad", 4, nil, func(l *loop) {
		s := logistic(l.in(2))
		l.out(0, mul(l.in(1), fma(l.in(3), sub(load(1), s), s)))
	})
}

func normalizeRoutines() {
	var p [4]reg.VecVirtual
	keep := func(n int) func(*loop) {
		return func(l *loop) {
			for i := range n {
				p[i] = l.scalar(i)
			}
		}
	}
	routine("normalize", 4, keep(2), func(l *loop) {
		l.out(0, fma(mul(sub(l.in(1), p[0]), p[1]), l.in(2), l.in(3)))
	})
	routine("normalizeConst", 2, keep(4), func(l *loop) {
		l.out(0, fma(mul(sub(l.in(1), p[0]), p[1]), p[2], p[3]))
	})
	routine("normalizeAll", 6, nil, func(l *loop) {
		l.out(0, fma(mul(sub(l.in(1), l.in(2)), l.in(3)), l.in(4), l.in(5)))
	})
	routine("normalizeGrad", 3, keep(3), func(l *loop) {
		l.out(0, mul(fnma(l.in(2), p[1], sub(l.in(1), p[0])), p[2]))
	})
}

// updateRoutines: slices w, g, then v, or m and v.
func updateRoutines() {
	var c [8]reg.VecVirtual
	keep := func(n int) func(*loop) {
		return func(l *loop) {
			for i := range n {
				c[i] = l.scalar(i)
			}
		}
	}
	routine("sgd", 2, keep(2), func(l *loop) {
		w := l.in(0)
		d := fma(w, c[1], l.in(1))
		l.out(0, fma(d, c[0], w))
	})
	routine("momentum", 3, keep(3), func(l *loop) {
		w := l.in(0)
		d := fma(w, c[1], l.in(1))
		v := fma(d, c[0], mul(l.in(2), c[2]))
		l.out(2, v)
		l.out(0, add(w, v))
	})
	routine("nesterov", 3, keep(3), func(l *loop) {
		w := l.in(0)
		d := fma(w, c[1], l.in(1))
		v := fma(d, c[0], mul(l.in(2), c[2]))
		l.out(2, v)
		l.out(0, fma(d, c[0], fma(v, c[2], w)))
	})
	routine("adam", 4, func(l *loop) {
		keep(8)(l)
		c[0] = l.scalar(0)
	}, func(l *loop) {
		w := l.in(0)
		d := fma(w, c[1], l.in(1))
		m := fma(d, c[3], mul(l.in(2), c[2]))
		l.out(2, m)
		v := fma(mul(d, d), c[5], mul(l.in(3), c[4]))
		l.out(3, v)
		epsilon := l.scalar((streamE - streamC) / 4)
		m = mul(div(m, c[6]), c[0])
		l.out(0, sub(w, div(m, add(sqrt(div(v, c[7])), epsilon))))
	})
}

// bernoulliRoutine does whole blocks of 8 only.
func bernoulliRoutine() {
	TEXT("bernoulliAVX2", NOSPLIT, "func(s *byte)")
	Doc("bernoulliAVX2 leaves out the elements after the last 8.")
	s, dst, p, u, n := GP64(), GP64(), GP64(), GP64(), GP64()
	Load(Param("s"), s)
	MOVQ(Mem{Base: s, Disp: streamP}, dst)
	MOVQ(Mem{Base: s, Disp: streamP + 8}, p)
	MOVQ(Mem{Base: s, Disp: streamU}, u)
	MOVQ(Mem{Base: s, Disp: streamN}, n)
	SHRQ(Imm(3), n)
	JEQ(LabelRef("done"))
	Label("loop")
	low, high := YMM(), YMM()
	VMOVDQU(Mem{Base: u}, low)
	VMOVDQU(Mem{Base: u, Disp: 32}, high)
	VPSRLQ(Imm(40), low, low)
	VPSRLQ(Imm(40), high, high)
	VSHUFPS(Imm(0x88), high, low, low)
	VPERMQ(Imm(0xd8), low, low)
	VCVTDQ2PS(low, low)
	VMULPS(number(0x1p-24), low, low)
	VCMPPS(Imm(less), Mem{Base: p}, low, low)
	VANDPS(number(1), low, low)
	VMOVUPS(low, Mem{Base: dst})
	ADDQ(Imm(64), u)
	ADDQ(Imm(32), p)
	ADDQ(Imm(32), dst)
	DECQ(n)
	JNE(LabelRef("loop"))
	Label("done")
	VZEROUPPER()
	RET()
}
