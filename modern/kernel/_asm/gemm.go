package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets of the fields of kernel.panel.
const (
	panelA      = 0
	panelB      = 8
	panelC      = 16
	panelS      = 24
	panelRS     = 32
	panelCS     = 40
	panelLDB    = 48
	panelLDC    = 56
	panelLDS    = 64
	panelK      = 72
	panelPlan   = 80
	panelMask   = 88
	panelMode   = 96
	panelPacked = 104
	panelSteps  = 112
)

// The registers of a panel routine. What is not in the inner loop stays in
// memory.
var (
	count  = reg.RAX                                     // k left, less the unrolled ones
	rowPtr = []reg.GPPhysical{reg.RBX, reg.RCX, reg.RDX} // rows 0, 4 and 8 of a
	bPtr   = reg.RSI
	panel  = reg.RDI
	temp   = reg.R8
	stride = reg.R9
	rs     = reg.R10
	rs3    = reg.R11
	cs     = reg.R12
	ldb    = reg.R13
	plan   = reg.R14
	packed = reg.R14 // where a packing routine keeps b
	steps  = reg.R13 // where a tap routine finds how far the next row of b is
)

func gemm() {
	for _, p := range []struct{ vectors, rows int }{{1, 12}, {2, 6}, {4, 3}, {8, 1}} {
		panelRoutine(p.vectors, p.rows, whole)
	}
	panelRoutine(1, 12, masked)
	panelRoutine(2, 6, masked)
	packingRoutine(2, 6)
}

// kind is what is particular about a panel routine.
type kind int

const (
	whole   kind = iota
	masked       // of the last 8 columns some are not there
	packing      // it keeps the rows of b that it reads
	taps         // the rows of b lie where the taps of a convolution are
)

// panelRoutine computes tiles of up to rows rows and vectors*8 columns, one
// below the other, as the nibbles of the plan say.
func panelRoutine(vectors, rows int, k kind) {
	name := fmt.Sprintf("panel%dAVX2", 8*vectors)
	doc := fmt.Sprintf("%s computes tiles of %d columns, one below the other: their heights, up to %d, are the nibbles of p.plan.", name, 8*vectors, rows)
	switch k {
	case masked:
		name = fmt.Sprintf("panel%dMaskAVX2", 8*vectors)
		doc = fmt.Sprintf("%s is panel%dAVX2 where only those of the last 8 columns are there that p.mask selects.", name, 8*vectors)
	case taps:
		name = fmt.Sprintf("taps%dAVX2", 8*vectors)
		doc = fmt.Sprintf("%s is panel%dAVX2 where from one row of b to the next it is as many bytes as p.steps says.", name, 8*vectors)
	}
	TEXT(name, NOSPLIT, "func(p *byte)")
	Doc(doc)
	Load(Param("p"), panel)
	own := AllocLocal(24)
	ownA, ownC, ownS := own, own.Offset(8), own.Offset(16)
	for _, move := range [][2]Mem{{field(panelA), ownA}, {field(panelC), ownC}, {field(panelS), ownS}} {
		MOVQ(move[0], temp)
		MOVQ(temp, move[1])
	}
	MOVQ(field(panelRS), rs)
	LEAQ(Mem{Base: rs, Index: rs, Scale: 2}, rs3)
	MOVQ(field(panelCS), cs)
	MOVQ(field(panelLDB), ldb)
	MOVQ(field(panelPlan), plan)
	if k == masked {
		MOVQ(field(panelMask), temp)
		VMOVUPS(Mem{Base: temp}, reg.Y15)
	}
	Label("next")
	MOVQ(plan, temp)
	SHRQ(Imm(4), plan)
	ANDQ(Imm(15), temp)
	for r := rows; r >= 1; r-- {
		CMPQ(temp, Imm(uint64(r)))
		JEQ(LabelRef(fmt.Sprintf("rows%d", r)))
	}
	VZEROUPPER()
	RET()
	for r := rows; r >= 1; r-- {
		t := tile{vectors, r, k, ownA, ownC, ownS}
		t.emit()
	}
}

// packingRoutine computes one tile of full height and width, and keeps the rows
// of b that it reads.
func packingRoutine(vectors, rows int) {
	name := fmt.Sprintf("packingPanel%dAVX2", 8*vectors)
	TEXT(name, NOSPLIT, "func(p *byte)")
	Doc(fmt.Sprintf("%s computes one tile of %d rows and %d columns, and copies the rows of b to p.packed, one after the other.", name, rows, 8*vectors))
	Load(Param("p"), panel)
	t := tile{vectors: vectors, rows: rows, kind: packing}
	t.ownA, t.ownC, t.ownS = field(panelA), field(panelC), field(panelS)
	MOVQ(field(panelRS), rs)
	LEAQ(Mem{Base: rs, Index: rs, Scale: 2}, rs3)
	MOVQ(field(panelCS), cs)
	MOVQ(field(panelLDB), ldb)
	MOVQ(field(panelPacked), packed)
	t.emit()
	VZEROUPPER()
	RET()
}

func field(offset int) Mem { return Mem{Base: panel, Disp: offset} }

// tile is one height of a panel routine. Its accumulators are the lowest
// registers, row by row; then come a row of b, one or two broadcast elements
// of a, and the mask.
type tile struct {
	vectors, rows    int
	kind             kind
	ownA, ownC, ownS Mem // where the next tile begins
}

func (t *tile) acc(row, v int) reg.VecPhysical { return vector[row*t.vectors+v] }
func (t *tile) b(v int) reg.VecPhysical        { return vector[t.rows*t.vectors+v] }
func (t *tile) label(what string) string       { return fmt.Sprintf("rows%d%s", t.rows, what) }

// a is the register of row's element of a: two take turns where there is room.
func (t *tile) a(row int) reg.VecPhysical {
	first := (t.rows + 1) * t.vectors
	if room := 15 - first; room > 1 {
		return vector[first+row%2]
	}
	return vector[first]
}

const unroll = 4

func (t *tile) emit() {
	Label(t.label(""))
	t.start()
	MOVQ(t.ownA, rowPtr[0])
	for i := 1; 4*i < t.rows; i++ {
		LEAQ(Mem{Base: rowPtr[i-1], Index: rs, Scale: 4}, rowPtr[i])
	}
	t.nextA()
	MOVQ(field(panelB), bPtr)
	MOVQ(field(panelK), count)
	if t.kind == taps {
		MOVQ(field(panelSteps), steps)
	}
	t.prefetch()
	SUBQ(Imm(unroll), count)
	JLT(LabelRef(t.label("few")))
	Label(t.label("loop"))
	for i := range unroll {
		t.step(i)
	}
	t.nextSteps(unroll)
	SUBQ(Imm(unroll), count)
	JGE(LabelRef(t.label("loop")))
	Label(t.label("few"))
	ADDQ(Imm(unroll), count)
	JEQ(LabelRef(t.label("end")))
	Label(t.label("one"))
	t.step(0)
	t.nextSteps(1)
	DECQ(count)
	JNE(LabelRef(t.label("one")))
	Label(t.label("end"))
	t.finish()
	if t.kind != packing {
		JMP(LabelRef("next"))
	}
}

// start loads what the sums start from and moves on to the next tile.
func (t *tile) start() {
	MOVQ(t.ownS, temp)
	MOVQ(field(panelLDS), stride)
	CMPQ(field(panelMode), Imm(0))
	JNE(LabelRef(t.label("bias")))
	for r := range t.rows {
		for v := range t.vectors {
			t.load(Mem{Base: temp, Disp: 32 * v}, t.acc(r, v), v)
		}
		ADDQ(stride, temp)
	}
	JMP(LabelRef(t.label("started")))
	Label(t.label("bias"))
	for r := range t.rows {
		VBROADCASTSS(Mem{Base: temp}, t.acc(r, 0))
		for v := 1; v < t.vectors; v++ {
			VMOVAPS(t.acc(r, 0), t.acc(r, v))
		}
		ADDQ(stride, temp)
	}
	Label(t.label("started"))
	t.move(temp, t.ownS)
}

// move notes where the next tile begins. A packing routine has none.
func (t *tile) move(to reg.GPPhysical, own Mem) {
	if t.kind != packing {
		MOVQ(to, own)
	}
}

// prefetch asks for the part of c that a next tile of the same height starts
// from, so that it is there when this one is done. An address beyond c does no
// harm.
func (t *tile) prefetch() {
	MOVQ(t.ownC, temp)
	MOVQ(field(panelLDC), stride)
	IMUL3Q(Imm(uint64(t.rows)), stride, reg.R15)
	ADDQ(reg.R15, temp)
	for range t.rows {
		PREFETCHT0(Mem{Base: temp})
		PREFETCHT0(Mem{Base: temp, Disp: 32*t.vectors - 4})
		ADDQ(stride, temp)
	}
}

// nextA moves a to the next tile.
func (t *tile) nextA() {
	last := (t.rows - 1) / 4
	switch t.rows - 4*last {
	case 1:
		LEAQ(Mem{Base: rowPtr[last], Index: rs, Scale: 1}, temp)
	case 2:
		LEAQ(Mem{Base: rowPtr[last], Index: rs, Scale: 2}, temp)
	case 3:
		LEAQ(Mem{Base: rowPtr[last], Index: rs3, Scale: 1}, temp)
	case 4:
		LEAQ(Mem{Base: rowPtr[last], Index: rs, Scale: 4}, temp)
	}
	t.move(temp, t.ownA)
}

// nextSteps moves the table of steps on.
func (t *tile) nextSteps(n uint64) {
	if t.kind == taps {
		ADDQ(Imm(8*n), steps)
	}
}

// step takes one k: a row of b, and for each row of the tile an element of a.
// It is the i-th since the table of steps was moved.
func (t *tile) step(i int) {
	if (t.rows+1)*t.vectors >= 16 {
		t.stepWide()
	} else {
		for v := range t.vectors {
			t.load(Mem{Base: bPtr, Disp: 32 * v}, t.b(v), v)
			if t.kind == packing {
				VMOVUPS(t.b(v), Mem{Base: packed, Disp: 32 * v})
			}
		}
		for r := range t.rows {
			VBROADCASTSS(t.element(r), t.a(r))
			for v := range t.vectors {
				VFMADD231PS(t.b(v), t.a(r), t.acc(r, v))
			}
		}
	}
	if t.kind == packing {
		ADDQ(Imm(uint64(32*t.vectors)), packed)
		PREFETCHT0(Mem{Base: bPtr, Disp: 32 * t.vectors})
	}
	if t.kind == taps {
		ADDQ(Mem{Base: steps, Disp: 8 * i}, bPtr)
	} else {
		ADDQ(ldb, bPtr)
	}
	for i := 0; 4*i < t.rows; i++ {
		ADDQ(cs, rowPtr[i])
	}
}

// stepWide is step where the row of b does not fit into the registers: the
// elements of a stay there, and b passes through one register.
func (t *tile) stepWide() {
	b, a := vector[15], vector[t.rows*t.vectors:]
	for r := range t.rows {
		VBROADCASTSS(t.element(r), a[r])
	}
	for v := range t.vectors {
		t.load(Mem{Base: bPtr, Disp: 32 * v}, b, v)
		for r := range t.rows {
			VFMADD231PS(b, a[r], t.acc(r, v))
		}
	}
}

// element is row's element of a for the present k.
func (t *tile) element(row int) Mem {
	at := Mem{Base: rowPtr[row/4]}
	switch row % 4 {
	case 1, 2:
		at.Index, at.Scale = rs, uint8(row%4)
	case 3:
		at.Index, at.Scale = rs3, 1
	}
	return at
}

// finish stores the sums and moves c to the next tile.
func (t *tile) finish() {
	MOVQ(t.ownC, temp)
	MOVQ(field(panelLDC), stride)
	for r := range t.rows {
		for v := range t.vectors {
			at := Mem{Base: temp, Disp: 32 * v}
			if t.kind == masked && v == t.vectors-1 {
				VMASKMOVPS(t.acc(r, v), reg.Y15, at)
			} else {
				VMOVUPS(t.acc(r, v), at)
			}
		}
		ADDQ(stride, temp)
	}
	t.move(temp, t.ownC)
}

func (t *tile) load(from Mem, to reg.VecPhysical, v int) {
	if t.kind == masked && v == t.vectors-1 {
		VMASKMOVPS(from, reg.Y15, to)
		return
	}
	VMOVUPS(from, to)
}

var vector = []reg.VecPhysical{
	reg.Y0, reg.Y1, reg.Y2, reg.Y3, reg.Y4, reg.Y5, reg.Y6, reg.Y7,
	reg.Y8, reg.Y9, reg.Y10, reg.Y11, reg.Y12, reg.Y13, reg.Y14, reg.Y15,
}
