// Package kernel is the tensor core: products, convolutions, reductions and
// element-wise operations on slices of float32, with the same bits on every
// processor, under every implementation and with any number of workers.
//
// The portable Go text (the files *_portable.go) is the definition; the doc
// comment of each function shows its loop in the order that counts. Assembly
// gives the same bits and is chosen by what the processor has (impl.go). The
// law that makes this hold is in docs/arithmetic.md.
//
// Matrices are row-major; ld is the distance between the first elements of two
// rows. Wrong lengths, negative sizes and overlapping results are mistakes of
// the programmer and panic with a message that names the argument. A result
// may be exactly one of the element-wise operands, never overlap one in part.
// NaN comes out where it goes in or is made; its bits are not defined.
//
// Calls may run at the same time from several goroutines. A call runs to its
// end, and no worker touches memory after it returned.
package kernel

import "unsafe"

// overlap reports whether a and b share an element.
func overlap(a, b []float32) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	p, q := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&b[0]))
	return p < q+uintptr(len(b))*4 && q < p+uintptr(len(a))*4
}

// crosses reports whether a and b share an element without being the same
// slice.
func crosses(a, b []float32) bool {
	return overlap(a, b) && &a[0] != &b[0]
}
