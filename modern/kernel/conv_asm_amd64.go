//go:build !purego

package kernel

// The routines of conv_avx2_amd64.s and what they get. The assembly knows the
// offsets of the fields.

// taps8AVX2 computes what convForwardPortable does, in tiles of 8 places.
//
//go:noescape
func taps8AVX2(p *panel)

// taps16AVX2 computes what convForwardPortable does, in tiles of 16 places.
//
//go:noescape
func taps16AVX2(p *panel)

// weightTile is some taps of the gradient of weights and 8 or 16 output
// channels: c[tap][channel] += x[place+offs[tap]] * b[place][channel].
type weightTile struct {
	x          *float32
	offs       *int
	b, c       *float32
	rows, cols int // of places
	skip       int // bytes from the last place of a row to the next row's first, less 4
	height     int // taps
}

// weights8AVX2 computes what convWeightsPortable does, for 8 output channels
// and up to 9 taps of one picture.
//
//go:noescape
func weights8AVX2(t *weightTile)

// weights16AVX2 computes what convWeightsPortable does, for 16 output channels
// and up to 6 taps of one picture.
//
//go:noescape
func weights16AVX2(t *weightTile)

// turnRowsAVX2 copies what convWeightsPortable reads where it lies.
//
//go:noescape
func turnRowsAVX2(dst *float32, step int, rows *[8]*float32, k int)

// rowCopy is rows to be copied, and zeros behind each.
type rowCopy struct {
	dst, src           *float32
	dstPitch, srcPitch int // bytes
	rows, vectors      int
	mask               *[8]int32 // of the last vector
	zeroAt, zeros      int       // bytes from the row's first element; vectors
}

// copyRowsAVX2 copies what convForwardPortable reads or writes where it lies.
//
//go:noescape
func copyRowsAVX2(t *rowCopy)

// rowSplit is rows to be taken apart into even and odd elements.
type rowSplit struct {
	dst, odd, src       *float32
	dstPitch, srcPitch  int // bytes
	rows, vectors       int // vectors of 16
	mask, mask1         *[8]int32
	zeroAt, zeros       int // behind the even ones: bytes, vectors
	oddZeroAt, oddZeros int
}

// splitRowsAVX2 copies what convForwardPortable reads where it lies.
//
//go:noescape
func splitRowsAVX2(t *rowSplit)

// rowMerge is rows to be put together from even and odd elements.
type rowMerge struct {
	dst, odd, src      *float32
	dstPitch, srcPitch int // bytes
	rows, vectors      int
	mask               *[8]int32 // of one vector more, or nil
}

// mergeRowsAVX2 copies what convDataPortable writes where it lies.
//
//go:noescape
func mergeRowsAVX2(t *rowMerge)

// tapGather is a phase of a picture, to be added up from what taps give.
type tapGather struct {
	dst, src      *float32
	srcs          *int // bytes from src, for each tap
	inside        *int32
	insides       *int // bytes from inside, for each tap
	taps, vectors int
}

// gatherTapsAVX2 computes the additions of convDataPortable.
//
//go:noescape
func gatherTapsAVX2(t *tapGather)

// tapPool is places to be pooled.
type tapPool struct {
	dst           *float32
	at            *int32 // the elements that are the greatest, as bases+places
	x             *float32
	offs          *int // bytes from a place to its taps
	taps, vectors int
	places        *int32 // of the taps, seen from a place
	bases         *int32 // of the places
	none          int    // not 0: somewhere nothing is greater than -Inf
}

// sumTapsAVX2 computes the sums of avgPoolPortable.
//
//go:noescape
func sumTapsAVX2(t *tapPool)

// maxTapsAVX2 computes what maxPoolPortable does.
//
//go:noescape
func maxTapsAVX2(t *tapPool)
