// Command asm generates the amd64 assembly of package kernel with avo.
//
//	go run . -part gemm -out ../gemm_avx2_amd64.s -stubs ../gemm_avx2_amd64.go -pkg kernel
//
// The script generate.sh does so for every part.
package main

import (
	"flag"
	"fmt"
	"os"

	. "github.com/mmcloughlin/avo/build"
)

func main() {
	part := flag.String("part", "", "what to generate: gemm, element, reduce or pack")
	flag.Parse()
	ConstraintExpr("!purego")
	switch *part {
	case "gemm":
		gemm()
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
