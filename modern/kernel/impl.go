package kernel

//go:generate go run -C _asm . -part gemm -out ../gemm_avx2_amd64.s -pkg kernel
//go:generate go run -C _asm . -part conv -out ../conv_avx2_amd64.s -pkg kernel
//go:generate go run -C _asm . -part pack -out ../pack_avx2_amd64.s -pkg kernel
//go:generate go run -C _asm . -part element -out ../element_avx2_amd64.s -pkg kernel
//go:generate go run -C _asm . -part reduce -out ../reduce_avx2_amd64.s -pkg kernel
//go:generate go run -C _asm . -part peak -out ../peak_avx2_amd64.s -pkg kernel

import (
	"fmt"
	"strings"
)

// Implementation is one way in which every kernel is computed.
type Implementation struct {
	Name      string // as Force takes it
	Needs     string // what the processor must have
	Available bool   // this processor has it, and this program was built with it
}

// kind numbers the implementations, from the slowest to the fastest.
type kind uint8

const (
	portable kind = iota
	avx2
	kinds
)

// rows is the table of implementations. Each one computes every kernel; what
// it has no vector code for, it leaves to the portable text.
var rows = [kinds]Implementation{
	portable: {"portable", "nothing but Go", true},
	avx2:     {"avx2", "amd64 with AVX2 and FMA", hasAVX2()},
}

// active is the implementation in use.
var active = fastest()

func fastest() kind {
	best := portable
	for k := range rows {
		if rows[k].Available {
			best = kind(k)
		}
	}
	return best
}

// Implementations lists every implementation, from the slowest to the fastest.
// Without Force, the last available one is used.
func Implementations() []Implementation { return append([]Implementation(nil), rows[:]...) }

// Active is the name of the implementation in use.
func Active() string { return rows[active].Name }

// Force makes every kernel use the implementation of that name; "" returns to
// the fastest. An unknown or unavailable one is an error and changes nothing.
// Force must not be called while a kernel runs.
//
// The package reads no environment: a program that lets PERCEPTARIUM_KERNEL
// choose passes its value here before it computes.
func Force(name string) error {
	if name == "" {
		active = fastest()
		return nil
	}
	names := make([]string, len(rows))
	for k, row := range rows {
		if row.Name == name && !row.Available {
			return fmt.Errorf("kernel implementation %q is not available: it needs %s", name, row.Needs)
		}
		if row.Name == name {
			active = kind(k)
			return nil
		}
		names[k] = row.Name
	}
	return fmt.Errorf("there is no kernel implementation %q (implementations: %s)", name, strings.Join(names, ", "))
}
