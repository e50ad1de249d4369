package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// convolution generates the routines of convolutions and poolings.
func convolution() {
	panelRoutine(1, 12, taps)
	panelRoutine(2, 6, taps)
	weightsRoutine(1, 9)
	weightsRoutine(2, 6)
	turnRows()
	copyRows()
	splitRows()
	mergeRows()
	gatherTaps()
	tapsRoutine("sumTaps", false)
	tapsRoutine("maxTaps", true)
}

// structure is a struct of package kernel that a routine gets: fields of 8
// bytes, in the order of their names.
type structure struct {
	base   reg.Register
	fields []string
}

func argument(fields ...string) structure {
	p := GP64()
	Load(Param("t"), p)
	return structure{p, fields}
}

func (s structure) at(name string) Mem {
	for i, f := range s.fields {
		if f == name {
			return Mem{Base: s.base, Disp: 8 * i}
		}
	}
	panic("no field " + name)
}

// get loads a field into a register of its own.
func (s structure) get(name string) reg.GPVirtual {
	r := GP64()
	MOVQ(s.at(name), r)
	return r
}

// weightsRoutine generates the routine that adds to tiles of the gradient of a
// convolution's weights: rows are taps, lanes are output channels.
func weightsRoutine(vectors, rows int) {
	name := fmt.Sprintf("weights%dAVX2", 8*vectors)
	TEXT(name, NOSPLIT, "func(t *byte)")
	Doc(fmt.Sprintf("%s adds to t.height taps, up to %d, of %d output channels what the places of one picture give.", name, rows, 8*vectors))
	s := argument("x", "offs", "b", "c", "rows", "cols", "skip", "height")
	height := s.get("height")
	for r := rows; r >= 1; r-- {
		CMPQ(height, Imm(uint64(r)))
		JEQ(LabelRef(fmt.Sprintf("taps%d", r)))
	}
	RET()
	for r := rows; r >= 1; r-- {
		Label(fmt.Sprintf("taps%d", r))
		weightsTile(s, vectors, r)
	}
}

func weightsTile(s structure, vectors, rows int) {
	x, offs := s.get("x"), s.get("offs")
	base := make([]reg.GPVirtual, rows)
	for r := range base {
		base[r] = GP64()
		MOVQ(Mem{Base: offs, Disp: 8 * r}, base[r])
		ADDQ(x, base[r])
	}
	c := s.get("c")
	acc := make([]reg.VecVirtual, rows*vectors)
	for i := range acc {
		acc[i] = YMM()
		VMOVUPS(Mem{Base: c, Disp: 32 * i}, acc[i])
	}
	b, lines, index, count := s.get("b"), s.get("rows"), GP64(), GP64()
	XORQ(index, index)
	line, place := fmt.Sprintf("line%d", rows), fmt.Sprintf("place%d", rows)
	Label(line)
	MOVQ(s.at("cols"), count)
	Label(place)
	lanes := make([]reg.VecVirtual, vectors)
	for v := range lanes {
		lanes[v] = move(Mem{Base: b, Disp: 32 * v})
	}
	for r := range base {
		a := YMM()
		VBROADCASTSS(Mem{Base: base[r], Index: index, Scale: 1}, a)
		for v := range lanes {
			VFMADD231PS(lanes[v], a, acc[r*vectors+v])
		}
	}
	ADDQ(Imm(4), index)
	ADDQ(Imm(uint64(32*vectors)), b)
	DECQ(count)
	JNE(LabelRef(place))
	ADDQ(s.at("skip"), index)
	DECQ(lines)
	JNE(LabelRef(line))
	MOVQ(s.at("c"), c)
	for i := range acc {
		VMOVUPS(acc[i], Mem{Base: c, Disp: 32 * i})
	}
	VZEROUPPER()
	RET()
}

// turnRows transposes 8 rows that lie anywhere.
func turnRows() {
	TEXT("turnRowsAVX2", NOSPLIT, "func(dst *float32, step int, rows *[8]*float32, k int)")
	Doc("turnRowsAVX2 transposes 8 rows of k elements: column l goes to the 8 elements at dst + l*step bytes. k must be a multiple of 8.")
	dst, step, table, k := reg.RAX, reg.RBX, reg.RCX, reg.RDX
	Load(Param("dst"), dst)
	Load(Param("step"), step)
	Load(Param("rows"), table)
	Load(Param("k"), k)
	rows := []reg.GPPhysical{reg.RSI, reg.RDI, reg.R8, reg.R9, reg.R10, reg.R11, reg.R12, reg.R13}
	for r := range rows {
		MOVQ(Mem{Base: table, Disp: 8 * r}, rows[r])
	}
	step3, index := reg.RCX, reg.R14
	LEAQ(Mem{Base: step, Index: step, Scale: 2}, step3)
	XORQ(index, index)
	Label("loop")
	transpose(func(r int) Mem { return Mem{Base: rows[r], Index: index, Scale: 1} })
	for half := range 2 {
		at := []Mem{{Base: dst}, {Base: dst, Index: step, Scale: 1}, {Base: dst, Index: step, Scale: 2}, {Base: dst, Index: step3, Scale: 1}}
		for r := range 4 {
			VMOVUPS(turned[4*half+r], at[r])
		}
		LEAQ(Mem{Base: dst, Index: step, Scale: 4}, dst)
	}
	ADDQ(Imm(32), index)
	SUBQ(Imm(8), k)
	JNE(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

// copyRows copies rows, and zeros after each.
func copyRows() {
	TEXT("copyRowsAVX2", NOSPLIT, "func(t *byte)")
	Doc("copyRowsAVX2 copies t.rows rows of t.vectors*8 elements, of the last 8 those that t.mask selects; then come t.zeros*8 zeros from t.zeroAt bytes after the row's begin. It writes whole vectors, row by row.")
	s := argument("dst", "src", "dstPitch", "srcPitch", "rows", "vectors", "mask", "zeroAt", "zeros")
	dst, src, rows, mask := s.get("dst"), s.get("src"), s.get("rows"), YMM()
	m := s.get("mask")
	VMOVUPS(Mem{Base: m}, mask)
	zero := YMM()
	VXORPS(zero, zero, zero)
	zeroAt, zeros, whole := s.get("zeroAt"), s.get("zeros"), s.get("vectors")
	DECQ(whole)
	from, to, count := GP64(), GP64(), GP64()
	Label("row")
	MOVQ(src, from)
	MOVQ(dst, to)
	MOVQ(whole, count)
	TESTQ(count, count)
	JEQ(LabelRef("last"))
	Label("vector")
	VMOVUPS(move(Mem{Base: from}), Mem{Base: to})
	ADDQ(Imm(32), from)
	ADDQ(Imm(32), to)
	DECQ(count)
	JNE(LabelRef("vector"))
	Label("last")
	x := YMM()
	VMASKMOVPS(Mem{Base: from}, mask, x)
	VMOVUPS(x, Mem{Base: to})
	storeZeros(zero, dst, zeroAt, zeros, "zeros")
	ADDQ(s.at("dstPitch"), dst)
	ADDQ(s.at("srcPitch"), src)
	DECQ(rows)
	JNE(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// storeZeros writes that many vectors of zeros at at+offset.
func storeZeros(zero reg.VecVirtual, at, offset, vectors reg.GPVirtual, label string) {
	to, count := GP64(), GP64()
	LEAQ(Mem{Base: at, Index: offset, Scale: 1}, to)
	MOVQ(vectors, count)
	TESTQ(count, count)
	JEQ(LabelRef(label + "Done"))
	Label(label)
	VMOVUPS(zero, Mem{Base: to})
	ADDQ(Imm(32), to)
	DECQ(count)
	JNE(LabelRef(label))
	Label(label + "Done")
}

// splitRows takes rows apart into their even and their odd elements.
func splitRows() {
	TEXT("splitRowsAVX2", NOSPLIT, "func(t *byte)")
	Doc("splitRowsAVX2 is copyRowsAVX2 for the elements 0, 2, 4 ... of each row, and, to t.odd, for 1, 3, 5 ... Vectors are of 16 elements of the row; mask and mask1 select from the last 16.")
	s := argument("dst", "odd", "src", "dstPitch", "srcPitch", "rows", "vectors", "mask", "mask1", "zeroAt", "zeros", "oddZeroAt", "oddZeros")
	even, odd, src := s.get("dst"), s.get("odd"), s.get("src")
	mask, mask1, zero := YMM(), YMM(), YMM()
	from := s.get("mask")
	VMOVUPS(Mem{Base: from}, mask)
	MOVQ(s.at("mask1"), from)
	VMOVUPS(Mem{Base: from}, mask1)
	VXORPS(zero, zero, zero)
	index, count := GP64(), GP64()
	apart := func(low, high reg.VecVirtual) {
		e, o := YMM(), YMM()
		VSHUFPS(Imm(0x88), high, low, e)
		VSHUFPS(Imm(0xdd), high, low, o)
		VPERMPD(Imm(0xd8), e, e)
		VPERMPD(Imm(0xd8), o, o)
		VMOVUPS(e, Mem{Base: even, Index: index, Scale: 1})
		VMOVUPS(o, Mem{Base: odd, Index: index, Scale: 1})
	}
	Label("row")
	MOVQ(src, from)
	XORQ(index, index)
	MOVQ(s.at("vectors"), count)
	DECQ(count)
	JEQ(LabelRef("last"))
	Label("vector")
	apart(move(Mem{Base: from}), move(Mem{Base: from, Disp: 32}))
	ADDQ(Imm(64), from)
	ADDQ(Imm(32), index)
	DECQ(count)
	JNE(LabelRef("vector"))
	Label("last")
	low, high := YMM(), YMM()
	VMASKMOVPS(Mem{Base: from}, mask, low)
	VMASKMOVPS(Mem{Base: from, Disp: 32}, mask1, high)
	apart(low, high)
	storeZeros(zero, even, s.get("zeroAt"), s.get("zeros"), "zeros")
	storeZeros(zero, odd, s.get("oddZeroAt"), s.get("oddZeros"), "oddZeros")
	ADDQ(s.at("dstPitch"), even)
	ADDQ(s.at("dstPitch"), odd)
	ADDQ(s.at("srcPitch"), src)
	DECQ(s.at("rows"))
	JNE(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// mergeRows puts rows together from their even and their odd elements.
func mergeRows() {
	TEXT("mergeRowsAVX2", NOSPLIT, "func(t *byte)")
	Doc("mergeRowsAVX2 sets the elements 0, 2, 4 ... of t.rows rows of t.vectors*8 elements from t.src, and 1, 3, 5 ... from t.odd; where t.mask is not nil, 8 more, those that it selects.")
	s := argument("dst", "odd", "src", "dstPitch", "srcPitch", "rows", "vectors", "mask")
	dst, odd, even, rows := s.get("dst"), s.get("odd"), s.get("src"), s.get("rows")
	mask, m := YMM(), s.get("mask")
	VXORPS(mask, mask, mask)
	TESTQ(m, m)
	JEQ(LabelRef("row"))
	VMOVUPS(Mem{Base: m}, mask)
	index, to, count := GP64(), GP64(), GP64()
	together := func() reg.VecVirtual {
		e, o, low, high, y := XMM(), XMM(), XMM(), XMM(), YMM()
		VMOVUPS(Mem{Base: even, Index: index, Scale: 1}, e)
		VMOVUPS(Mem{Base: odd, Index: index, Scale: 1}, o)
		VUNPCKLPS(o, e, low)
		VUNPCKHPS(o, e, high)
		VINSERTF128(Imm(1), high, low.AsY(), y)
		return y
	}
	Label("row")
	MOVQ(dst, to)
	XORQ(index, index)
	MOVQ(s.at("vectors"), count)
	TESTQ(count, count)
	JEQ(LabelRef("last"))
	Label("vector")
	VMOVUPS(together(), Mem{Base: to})
	ADDQ(Imm(16), index)
	ADDQ(Imm(32), to)
	DECQ(count)
	JNE(LabelRef("vector"))
	Label("last")
	TESTQ(m, m)
	JEQ(LabelRef("next"))
	VMASKMOVPS(together(), mask, Mem{Base: to})
	Label("next")
	ADDQ(s.at("dstPitch"), dst)
	ADDQ(s.at("srcPitch"), even)
	ADDQ(s.at("srcPitch"), odd)
	DECQ(rows)
	JNE(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// gatherTaps adds up what the taps of a convolution give to what they saw.
func gatherTaps() {
	TEXT("gatherTapsAVX2", NOSPLIT, "func(t *byte)")
	Doc("gatherTapsAVX2 sets t.vectors*8 elements from t.dst on to the sums, from +0, of what lies at t.src + t.srcs[tap], where t.inside + t.insides[tap] is ones, tap by tap. Vectors come in twos.")
	s := argument("dst", "src", "srcs", "inside", "insides", "taps", "vectors")
	dst, src, srcs, inside, insides := s.get("dst"), s.get("src"), s.get("srcs"), s.get("inside"), s.get("insides")
	taps, pairs := s.get("taps"), s.get("vectors")
	SHRQ(Imm(1), pairs)
	tap, from, mask := GP64(), GP64(), GP64()
	Label("pair")
	sum := [2]reg.VecVirtual{YMM(), YMM()}
	for _, v := range sum {
		VXORPS(v, v, v)
	}
	XORQ(tap, tap)
	Label("tap")
	MOVQ(Mem{Base: srcs, Index: tap, Scale: 8}, from)
	MOVQ(Mem{Base: insides, Index: tap, Scale: 8}, mask)
	for h, v := range sum {
		x := move(Mem{Base: inside, Index: mask, Scale: 1, Disp: 32 * h})
		VANDPS(Mem{Base: src, Index: from, Scale: 1, Disp: 32 * h}, x, x)
		VADDPS(x, v, v)
	}
	INCQ(tap)
	CMPQ(tap, taps)
	JNE(LabelRef("tap"))
	for h, v := range sum {
		VMOVUPS(v, Mem{Base: dst, Disp: 32 * h})
	}
	for _, p := range []reg.GPVirtual{dst, src, inside} {
		ADDQ(Imm(64), p)
	}
	DECQ(pairs)
	JNE(LabelRef("pair"))
	VZEROUPPER()
	RET()
}

// tapsRoutine generates a pooling: the sum of the taps of each place from +0,
// or the greatest and which tap it was.
func tapsRoutine(name string, greatest bool) {
	TEXT(name+"AVX2", NOSPLIT, "func(t *byte)")
	if greatest {
		Doc(name + "AVX2 sets t.dst[p] to the first greatest of the elements that the taps see from place p, and t.at[p] to its place. It sets t.none where nothing is greater than -Inf.")
	} else {
		Doc(name + "AVX2 sets t.dst[p] to the sum of the elements that the taps see from place p.")
	}
	s := argument("dst", "at", "x", "offs", "taps", "vectors", "places", "bases", "none")
	dst, x, blocks, index := s.get("dst"), s.get("x"), s.get("vectors"), GP64()
	offs, taps := s.get("offs"), s.get("taps")
	at, places, bases := s.get("at"), s.get("places"), s.get("bases")
	tap, from, none := GP64(), GP64(), YMM()
	VPXOR(none, none, none)
	XORQ(index, index)
	Label("block")
	acc, place := YMM(), YMM()
	if greatest {
		VMOVUPS(number(float32(math.Inf(-1))), acc)
		VPXOR(place, place, place)
	} else {
		VXORPS(acc, acc, acc)
	}
	XORQ(tap, tap)
	Label("tap")
	MOVQ(Mem{Base: offs, Index: tap, Scale: 8}, from)
	ADDQ(x, from)
	v := move(Mem{Base: from, Index: index, Scale: 1})
	if greatest {
		here := YMM()
		VPBROADCASTD(Mem{Base: places, Index: tap, Scale: 4}, here)
		more := compare(greater, v, acc)
		VBLENDVPS(more, v, acc, acc)
		VBLENDVPS(more, here, place, place)
	} else {
		VADDPS(v, acc, acc)
	}
	INCQ(tap)
	CMPQ(tap, taps)
	JNE(LabelRef("tap"))
	VMOVUPS(acc, Mem{Base: dst, Index: index, Scale: 1})
	if greatest {
		VPADDD(Mem{Base: bases, Index: index, Scale: 1}, place, place)
		VMOVDQU(place, Mem{Base: at, Index: index, Scale: 1})
		VORPS(compare(equal, acc, number(float32(math.Inf(-1)))), none, none)
	}
	ADDQ(Imm(32), index)
	DECQ(blocks)
	JNE(LabelRef("block"))
	if greatest {
		mask := GP32()
		VMOVMSKPS(none, mask)
		MOVQ(mask.As64(), s.at("none"))
	}
	VZEROUPPER()
	RET()
}
