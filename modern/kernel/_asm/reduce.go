package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets of the fields of kernel.reduction.
const (
	reductionLanes = 0
	reductionX     = 64
	reductionN     = 72
	reductionY     = 88
	reductionC     = 112
)

// reductions are what one element adds to its lane, in float64; x and y are
// four elements, and about is the number that deviations are from.
var reductions = []struct {
	name    string
	two     bool // it has a second operand
	columns bool // there is a routine for columns too
	term    func(x, y, about reg.VecVirtual) reg.VecVirtual
}{
	{"sum", false, true, func(x, _, _ reg.VecVirtual) reg.VecVirtual { return x }},
	{"abs", false, false, func(x, _, _ reg.VecVirtual) reg.VecVirtual {
		r := YMM()
		VANDPD(absTable(), x, r)
		return r
	}},
	{"dot", true, true, func(x, y, _ reg.VecVirtual) reg.VecVirtual {
		r := YMM()
		VMULPD(x, y, r)
		return r
	}},
	{"distance", true, false, squaredDifference},
	{"deviation", false, true, func(x, _, about reg.VecVirtual) reg.VecVirtual { return squaredDifference(x, about, nil) }},
}

func squaredDifference(x, y, _ reg.VecVirtual) reg.VecVirtual {
	d := YMM()
	VSUBPD(y, x, d)
	VMULPD(d, d, d)
	return d
}

var theAbsTable *Mem

// absTable is the mask that takes the signs of 4 doubles.
func absTable() Mem {
	if theAbsTable == nil {
		m := GLOBL(tableName+"Abs", RODATA|NOPTR)
		for i := range 4 {
			DATA(8*i, U64(math.MaxInt64))
		}
		theAbsTable = &m
	}
	return *theAbsTable
}

func reduceRoutines() {
	for _, r := range reductions {
		lanesRoutine(r.name, r.two, r.term)
	}
	for _, r := range reductions {
		if r.columns {
			columnsRoutine(r.name, r.two, r.term)
		}
	}
	maxRoutine()
}

type term func(x, y, about reg.VecVirtual) reg.VecVirtual

// lanesRoutine adds all elements to the lanes of a reduction.
func lanesRoutine(name string, two bool, f term) {
	TEXT(name+"AVX2", NOSPLIT, "func(r *byte)")
	r, x, y, n, blocks := GP64(), GP64(), GP64(), GP64(), GP64()
	Load(Param("r"), r)
	MOVQ(Mem{Base: r, Disp: reductionX}, x)
	MOVQ(Mem{Base: r, Disp: reductionN}, n)
	if two {
		MOVQ(Mem{Base: r, Disp: reductionY}, y)
	}
	about := YMM()
	VBROADCASTSD(Mem{Base: r, Disp: reductionC}, about)
	lane := [2]reg.VecVirtual{YMM(), YMM()}
	for h := range lane {
		VMOVUPD(Mem{Base: r, Disp: reductionLanes + 32*h}, lane[h])
	}
	MOVQ(n, blocks)
	SHRQ(Imm(3), blocks)
	JEQ(LabelRef("rest"))
	Label("loop")
	for h := range lane {
		a, b := YMM(), YMM()
		VCVTPS2PD(Mem{Base: x, Disp: 16 * h}, a)
		if two {
			VCVTPS2PD(Mem{Base: y, Disp: 16 * h}, b)
		}
		VADDPD(f(a, b, about), lane[h], lane[h])
	}
	ADDQ(Imm(32), x)
	if two {
		ADDQ(Imm(32), y)
	}
	DECQ(blocks)
	JNE(LabelRef("loop"))
	Label("rest")
	ANDQ(Imm(7), n)
	JEQ(LabelRef("done"))
	restOfLanes(x, y, n, two, about, lane, f)
	Label("done")
	for h := range lane {
		VMOVUPD(lane[h], Mem{Base: r, Disp: reductionLanes + 32*h})
	}
	VZEROUPPER()
	RET()
}

// restOfLanes adds the last n elements; the others add +0, which changes no
// lane, since none is ever -0.
func restOfLanes(x, y, n reg.GPVirtual, two bool, about reg.VecVirtual, lane [2]reg.VecVirtual, f term) {
	mask, there := tailMask(n), YMM()
	halves := func(p reg.GPVirtual) (out [2]reg.VecVirtual) {
		all, upper := YMM(), XMM()
		VMASKMOVPS(Mem{Base: p}, mask, all)
		VEXTRACTF128(Imm(1), all, upper)
		out[0], out[1] = YMM(), YMM()
		VCVTPS2PD(all.AsX(), out[0])
		VCVTPS2PD(upper, out[1])
		return out
	}
	a := halves(x)
	b := a
	if two {
		b = halves(y)
	}
	for h := range lane {
		half := XMM()
		VEXTRACTF128(Imm(uint64(h)), mask, half)
		VPMOVSXDQ(half, there)
		t := YMM()
		VANDPD(there, f(a[h], b[h], about), t)
		VADDPD(t, lane[h], lane[h])
	}
}

// Offsets of the fields of kernel.columnSums.
const (
	columnsX     = 0
	columnsY     = 8
	columnsLD    = 16
	columnsRows  = 24
	columnsAbout = 32
	columnsSums  = 64
)

// columnsRoutine reduces four columns beside each other.
func columnsRoutine(name string, two bool, f term) {
	TEXT(name+"ColumnsAVX2", NOSPLIT, "func(s *byte)")
	s, x, y, ld, rows := GP64(), GP64(), GP64(), GP64(), GP64()
	Load(Param("s"), s)
	MOVQ(Mem{Base: s, Disp: columnsX}, x)
	MOVQ(Mem{Base: s, Disp: columnsY}, y)
	MOVQ(Mem{Base: s, Disp: columnsLD}, ld)
	MOVQ(Mem{Base: s, Disp: columnsRows}, rows)
	about := YMM()
	VMOVUPD(Mem{Base: s, Disp: columnsAbout}, about)
	var lane [8]reg.VecVirtual
	for l := range lane {
		lane[l] = YMM()
		VXORPD(lane[l], lane[l], lane[l])
	}
	row := func(l int) {
		a, b := YMM(), YMM()
		VCVTPS2PD(Mem{Base: x}, a)
		ADDQ(ld, x)
		if two {
			VCVTPS2PD(Mem{Base: y}, b)
			ADDQ(ld, y)
		}
		VADDPD(f(a, b, about), lane[l], lane[l])
	}
	SUBQ(Imm(8), rows)
	JLT(LabelRef("few"))
	Label("loop")
	for l := range lane {
		row(l)
	}
	SUBQ(Imm(8), rows)
	JGE(LabelRef("loop"))
	Label("few")
	ADDQ(Imm(8), rows)
	for l := range 7 {
		JEQ(LabelRef("fold"))
		row(l)
		DECQ(rows)
	}
	Label("fold")
	for half := 4; half > 0; half /= 2 {
		for l := range half {
			VADDPD(lane[l+half], lane[l], lane[l])
		}
	}
	VMOVUPD(lane[0], Mem{Base: s, Disp: columnsSums})
	VZEROUPPER()
	RET()
}

// maxRoutine finds the greatest element of each of 8 lanes, and its place.
func maxRoutine() {
	TEXT("maxAVX2", NOSPLIT, "func(x *float32, blocks int, best *[8]float32, at *[8]int32)")
	Doc("maxAVX2 finds in each of 8 lanes the greatest element of blocks*8, and the first place that holds it; -Inf and 0 where nothing is greater than -Inf.")
	x, blocks := Load(Param("x"), GP64()), Load(Param("blocks"), GP64())
	best, at, here := load(float32(math.Inf(-1))), YMM(), YMM()
	VPXOR(at, at, at)
	VMOVDQU(countTable(), here)
	eight := YMM()
	VMOVDQU(word(8), eight)
	Label("loop")
	v := move(Mem{Base: x})
	more := compare(greater, v, best)
	VBLENDVPS(more, v, best, best)
	VBLENDVPS(more, here, at, at)
	VPADDD(eight, here, here)
	ADDQ(Imm(32), x)
	DECQ(blocks)
	JNE(LabelRef("loop"))
	p := Load(Param("best"), GP64())
	VMOVUPS(best, Mem{Base: p})
	Load(Param("at"), p)
	VMOVDQU(at, Mem{Base: p})
	VZEROUPPER()
	RET()
}

// countTable is 0, 1, ... 7.
func countTable() Mem {
	m := GLOBL(tableName+"Count", RODATA|NOPTR)
	for i := range 8 {
		DATA(4*i, U32(uint32(i)))
	}
	return m
}
