package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// pack generates the routines that copy operands into the order in which the
// panel routines read them. They move bits and compute nothing.
func pack() {
	packRows(1)
	packRows(2)
	packFour()
	packTurned()
	turnedRow()
}

// packRows copies k rows of vectors*8 elements; the last 8 under a mask, which
// leaves zeros.
func packRows(vectors int) {
	name := fmt.Sprintf("packRows%dAVX2", 8*vectors)
	TEXT(name, NOSPLIT, "func(dst, src *float32, ld, k int, mask *[8]int32)")
	Doc(fmt.Sprintf("%s copies k rows of %d elements, ld bytes apart, to dst, one after the other. Of the last 8 it reads those that mask selects; the others become 0.", name, 8*vectors))
	dst, src, ld, k := Load(Param("dst"), reg.RDI), Load(Param("src"), reg.RSI), Load(Param("ld"), reg.RDX), Load(Param("k"), reg.RCX)
	mask := Load(Param("mask"), reg.RAX)
	VMOVUPS(Mem{Base: mask}, reg.Y15)
	Label("loop")
	for v := range vectors {
		at := Mem{Base: src, Disp: 32 * v}
		if v == vectors-1 {
			VMASKMOVPS(at, reg.Y15, vector[v])
		} else {
			VMOVUPS(at, vector[v])
		}
		VMOVUPS(vector[v], Mem{Base: dst, Disp: 32 * v})
	}
	ADDQ(ld, src)
	ADDQ(Imm(uint64(32*vectors)), dst)
	DECQ(k)
	JNE(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

// packFour copies rows into four panels at once.
func packFour() {
	TEXT("packFourAVX2", NOSPLIT, "func(dst *float32, step int, src *float32, ld, k int)")
	Doc("packFourAVX2 copies k rows of 64 elements, ld bytes apart: 16 elements of each to dst, one after the other, the next 16 to dst + step bytes, and so on.")
	dst, step, src, ld, k := Load(Param("dst"), reg.RDI), Load(Param("step"), reg.RDX), Load(Param("src"), reg.RSI), Load(Param("ld"), reg.RCX), Load(Param("k"), reg.RAX)
	step3 := reg.R9
	LEAQ(Mem{Base: step, Index: step, Scale: 2}, step3)
	Label("loop")
	for v := range 8 {
		VMOVUPS(Mem{Base: src, Disp: 32 * v}, vector[v])
	}
	for v := range 8 {
		at := []Mem{{Base: dst}, {Base: dst, Index: step, Scale: 1}, {Base: dst, Index: step, Scale: 2}, {Base: dst, Index: step3, Scale: 1}}[v/2]
		at.Disp = v % 2 * 32
		VMOVUPS(vector[v], at)
	}
	ADDQ(ld, src)
	ADDQ(Imm(64), dst)
	DECQ(k)
	JNE(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

// packTurned transposes 8 rows of k elements.
func packTurned() {
	TEXT("packTurnedAVX2", NOSPLIT, "func(dst *float32, step int, src *float32, ld, k int)")
	Doc("packTurnedAVX2 transposes 8 rows of k elements, ld bytes apart: column l goes to the 8 elements at dst + l*step bytes. k must be a multiple of 8.")
	dst, step, src, ld, k := Load(Param("dst"), reg.RDI), Load(Param("step"), reg.RDX), Load(Param("src"), reg.RSI), Load(Param("ld"), reg.RCX), Load(Param("k"), reg.RAX)
	ld3, src4, step3 := reg.RBX, reg.R8, reg.R9
	LEAQ(Mem{Base: ld, Index: ld, Scale: 2}, ld3)
	LEAQ(Mem{Base: step, Index: step, Scale: 2}, step3)
	LEAQ(Mem{Base: src, Index: ld, Scale: 4}, src4)
	Label("loop")
	row := func(r int) Mem {
		base := src
		if r >= 4 {
			base = src4
		}
		return []Mem{{Base: base}, {Base: base, Index: ld, Scale: 1}, {Base: base, Index: ld, Scale: 2}, {Base: base, Index: ld3, Scale: 1}}[r%4]
	}
	transpose(row)
	for half := range 2 {
		at := []Mem{{Base: dst}, {Base: dst, Index: step, Scale: 1}, {Base: dst, Index: step, Scale: 2}, {Base: dst, Index: step3, Scale: 1}}
		for r := range 4 {
			VMOVUPS(turned[4*half+r], at[r])
		}
		LEAQ(Mem{Base: dst, Index: step, Scale: 4}, dst)
	}
	ADDQ(Imm(32), src)
	ADDQ(Imm(32), src4)
	SUBQ(Imm(8), k)
	JNE(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

// turned is where transpose leaves the columns.
var turned = []reg.VecPhysical{reg.Y8, reg.Y9, reg.Y10, reg.Y11, reg.Y12, reg.Y13, reg.Y14, reg.Y15}

// transpose loads 8 rows of 8 elements and leaves their columns in turned.
// Columns 4-7 are in the upper halves of the rows: each register is loaded
// with the lower half of row r and that of row r+4, then with the upper ones.
func transpose(row func(r int) Mem) {
	for half := range 2 {
		transposeHalf(func(r int) Mem {
			at := row(r)
			at.Disp += 16 * half
			return at
		}, turned[4*half:])
	}
}

// transposeHalf loads 4 elements of each of 8 rows and leaves their columns in
// out. It spoils the lowest 8 registers.
func transposeHalf(row func(r int) Mem, out []reg.VecPhysical) {
	for r := range 4 {
		VMOVUPS(row(r), vector[r].AsX())
		VINSERTF128(Imm(1), row(r+4), vector[r], vector[r])
	}
	VUNPCKLPS(vector[1], vector[0], vector[4])
	VUNPCKHPS(vector[1], vector[0], vector[5])
	VUNPCKLPS(vector[3], vector[2], vector[6])
	VUNPCKHPS(vector[3], vector[2], vector[7])
	VSHUFPS(Imm(0x44), vector[6], vector[4], out[0])
	VSHUFPS(Imm(0xee), vector[6], vector[4], out[1])
	VSHUFPS(Imm(0x44), vector[7], vector[5], out[2])
	VSHUFPS(Imm(0xee), vector[7], vector[5], out[3])
}

// turnedRow multiplies a row with a matrix that is stored the other way round.
func turnedRow() {
	const groups = 4
	TEXT("turnedRowAVX2", NOSPLIT, "func(c, start *float32, startStep int, a *float32, as int, b *float32, ldb, k int)")
	Doc("turnedRowAVX2 computes 32 elements of a row of c: c[j] = start[j] + the sum of a[l]*b[j][l]. The elements of a are as bytes apart, the rows of b ldb; from 8 elements of start to the next it is startStep bytes. Each 8 rows and 8 columns of b are turned in registers.")
	a, as, ldb, k := Load(Param("a"), reg.RAX), Load(Param("as"), reg.RBX), Load(Param("ldb"), reg.RCX), Load(Param("k"), reg.RDX)
	base := []reg.GPPhysical{reg.RSI, reg.RDI, reg.R8, reg.R9}
	ld3, a4 := reg.R10, reg.R11
	Load(Param("b"), base[0])
	start, step := Load(Param("start"), reg.R12), Load(Param("startStep"), reg.R13)
	acc := []reg.VecPhysical{reg.Y12, reg.Y13, reg.Y14, reg.Y15}
	for g := range groups {
		VMOVUPS(Mem{Base: start}, acc[g])
		ADDQ(step, start)
		if g > 0 {
			LEAQ(Mem{Base: base[g-1], Index: ldb, Scale: 8}, base[g])
		}
	}
	LEAQ(Mem{Base: ldb, Index: ldb, Scale: 2}, ld3)
	four := reg.R12
	row := func(g, r, disp int) Mem {
		at := Mem{Base: base[g], Disp: disp}
		if r >= 4 {
			at.Base = four
		}
		switch r % 4 {
		case 1, 2:
			at.Index, at.Scale = ldb, uint8(r%4)
		case 3:
			at.Index, at.Scale = ld3, 1
		}
		return at
	}
	next := func(l int) Mem {
		at := Mem{Base: a}
		if l >= 4 {
			at.Base = a4
		}
		switch l % 4 {
		case 1, 2:
			at.Index, at.Scale = as, uint8(l%4)
		case 3:
			at.Index, at.Scale = reg.R13, 1
		}
		return at
	}
	LEAQ(Mem{Base: as, Index: as, Scale: 2}, reg.R13)
	SUBQ(Imm(8), k)
	JLT(LabelRef("few"))
	Label("loop")
	LEAQ(Mem{Base: a, Index: as, Scale: 4}, a4)
	for g := range groups {
		LEAQ(Mem{Base: base[g], Index: ldb, Scale: 4}, four)
		for half := range 2 {
			transposeHalf(func(r int) Mem { return row(g, r, 16*half) }, turned[:4])
			for l := range 4 {
				VBROADCASTSS(next(4*half+l), vector[l])
				VFMADD231PS(turned[l], vector[l], acc[g])
			}
		}
		ADDQ(Imm(32), base[g])
	}
	LEAQ(Mem{Base: a4, Index: as, Scale: 4}, a)
	SUBQ(Imm(8), k)
	JGE(LabelRef("loop"))
	Label("few")
	ADDQ(Imm(8), k)
	JEQ(LabelRef("done"))
	Label("one")
	VBROADCASTSS(Mem{Base: a}, vector[4])
	for g := range groups {
		LEAQ(Mem{Base: base[g], Index: ldb, Scale: 4}, four)
		for h := range 2 {
			x := vector[h].AsX()
			VMOVSS(row(g, 4*h, 0), x)
			for r := 1; r < 4; r++ {
				VINSERTPS(Imm(uint64(r<<4)), row(g, 4*h+r, 0), x, x)
			}
		}
		VINSERTF128(Imm(1), vector[1].AsX(), vector[0], vector[0])
		VFMADD231PS(vector[0], vector[4], acc[g])
		ADDQ(Imm(4), base[g])
	}
	ADDQ(as, a)
	DECQ(k)
	JNE(LabelRef("one"))
	Label("done")
	c := Load(Param("c"), reg.RAX)
	for g := range groups {
		VMOVUPS(acc[g], Mem{Base: c, Disp: 32 * g})
	}
	VZEROUPPER()
	RET()
}
