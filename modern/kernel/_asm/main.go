// Command asm generates the amd64 assembly of package kernel with avo.
//
//	go run . -part gemm -out ../gemm_avx2_amd64.s -pkg kernel
//
// The file impl.go says so for every part: go generate.
package main

import (
	"flag"
	"fmt"
	"os"

	. "github.com/mmcloughlin/avo/build"
)

func main() {
	part := flag.String("part", "", "what to generate: gemm, conv, pack, element, reduce or peak")
	flag.Parse()
	ConstraintExpr("!purego")
	switch *part {
	case "gemm":
		gemm()
	case "conv":
		tableName = "conv"
		convolution()
	case "pack":
		pack()
	case "element":
		tableName = "element"
		element()
	case "reduce":
		tableName = "reduce"
		reduceRoutines()
	case "peak":
		peak()
	default:
		fmt.Fprintf(os.Stderr, "asm: unknown part %q\n", *part)
		os.Exit(2)
	}
	Generate()
}
