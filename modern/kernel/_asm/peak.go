package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// peak generates the loop that finds a processor's limit: nothing but fused
// multiply-adds on registers, 12 independent sums.
func peak() {
	TEXT("peakAVX2", NOSPLIT, "func(n int)")
	Doc("peakAVX2 does n times 24 fused multiply-adds of 8 lanes, on registers alone.")
	n := Load(Param("n"), reg.RAX)
	for _, v := range vector {
		VXORPS(v, v, v)
	}
	Label("loop")
	for i := range 24 {
		VFMADD231PS(vector[12+i%2], vector[14+i%2], vector[i%12])
	}
	DECQ(n)
	JNE(LabelRef("loop"))
	VZEROUPPER()
	RET()
}
