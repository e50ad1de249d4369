//go:build !purego

package kernel

// The routines of the assembly files *_avx2_amd64.s, which _asm generates.
// They read and write what their arguments say, call nothing, and return
// within microseconds for the sizes that this package gives them.

// panel8AVX2 computes what gemmPortable does, in tiles of 8 columns.
//
//go:noescape
func panel8AVX2(p *panel)

// panel16AVX2 computes what gemmPortable does, in tiles of 16 columns.
//
//go:noescape
func panel16AVX2(p *panel)

// panel32AVX2 computes what gemmPortable does, in tiles of 32 columns.
//
//go:noescape
func panel32AVX2(p *panel)

// panel64AVX2 computes what gemmPortable does, in tiles of 64 columns.
//
//go:noescape
func panel64AVX2(p *panel)

// panel8MaskAVX2 computes what gemmPortable does, in tiles of 8 columns, of the last 8
// those that the mask selects.
//
//go:noescape
func panel8MaskAVX2(p *panel)

// panel16MaskAVX2 computes what gemmPortable does, in tiles of 16 columns, of the last 8
// those that the mask selects.
//
//go:noescape
func panel16MaskAVX2(p *panel)

// packingPanel16AVX2 computes what gemmPortable does, in tiles of 16 columns,
// and packs what it reads of b.
//
//go:noescape
func packingPanel16AVX2(p *panel)

// packRows8AVX2 copies what gemmPortable reads where it lies.
//
//go:noescape
func packRows8AVX2(dst, src *float32, ld, k int, mask *[8]int32)

// packRows16AVX2 copies what gemmPortable reads where it lies.
//
//go:noescape
func packRows16AVX2(dst, src *float32, ld, k int, mask *[8]int32)

// packTurnedAVX2 copies what gemmPortable reads where it lies.
//
//go:noescape
func packTurnedAVX2(dst *float32, step int, src *float32, ld, k int)

// turnedRowAVX2 computes what gemmPortable does, for 32 elements of one row, with
// b stored [n][k].
//
//go:noescape
func turnedRowAVX2(c, start *float32, startStep int, a *float32, as int, b *float32, ldb, k int)

// peakAVX2 does what peakPortable does, with 12 sums of 8 lanes.
func peakAVX2(n int)

// packFourAVX2 copies what gemmPortable reads where it lies.
//
//go:noescape
func packFourAVX2(dst *float32, step int, src *float32, ld, k int)
