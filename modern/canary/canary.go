// Package canary is the arithmetic law's canary: a digest of every kernel, and
// of every function of f32, over fixed inputs. The digests are the same on
// every processor, under every implementation and with any number of workers;
// golden/arith.trace keeps them. If one moves, look no further.
package canary

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"iter"
	"math"

	"perceptarium/modern/f32"
	"perceptarium/sim/rng"
)

// entry is one digest: what a function gives for fixed inputs.
type entry struct {
	name string // of the function
	run  func(*recorder)
}

// Digests computes each digest in turn, with the name of the function it is of:
// first those of f32, as "f32.Exp", then those of kernel, as "kernel.Gemm". The
// inputs are drawn from a stream of that name, so that a further function moves
// no other's digest.
func Digests() iter.Seq2[string, [sha256.Size]byte] {
	return func(yield func(string, [sha256.Size]byte) bool) {
		for _, list := range [][]entry{scalars(), products(), pictures(), rows(), elements(), updates()} {
			for _, s := range list {
				if !yield(s.name, s.digest()) {
					return
				}
			}
		}
	}
}

func (s *entry) digest() (sum [sha256.Size]byte) {
	t := &recorder{chance: rng.New(1).Stream(s.name), out: sha256.New()}
	s.run(t)
	t.out.Sum(sum[:0])
	return sum
}

// recorder draws inputs and takes in results.
type recorder struct {
	chance rng.Stream
	out    hash.Hash
	bytes  []byte
}

// give takes in results: their bits, little-endian, and one and the same bits
// for every NaN, which has no portable ones.
func (t *recorder) give(results ...[]float32) {
	for _, list := range results {
		t.bytes = t.bytes[:0]
		for _, v := range list {
			bits := math.Float32bits(v)
			if v != v {
				bits = 0x7fc00000
			}
			t.bytes = binary.LittleEndian.AppendUint32(t.bytes, bits)
		}
		t.out.Write(t.bytes)
	}
}

// places takes in integer results.
func (t *recorder) places(list []int32) {
	t.bytes = t.bytes[:0]
	for _, v := range list {
		t.bytes = binary.LittleEndian.AppendUint32(t.bytes, uint32(v))
	}
	t.out.Write(t.bytes)
}

// flavour is a kind of input.
type flavour int

const (
	plain flavour = iota // in -2..2, all alike in size
	edges                // from subnormal numbers up, with zeros of both signs, the greatest numbers, infinities
	flavours
)

var edgeValues = [...]float32{
	0, float32(math.Copysign(0, -1)), 0x1p-149, -0x1p-149, 0x1p-126, -0x1.fffffcp-127, 1, -1,
	math.MaxFloat32, -math.MaxFloat32, float32(math.Inf(1)), float32(math.Inf(-1)),
}

// draw makes n inputs.
func (t *recorder) draw(f flavour, n int) []float32 {
	list := make([]float32, n)
	for i := range list {
		list[i] = t.value(f)
	}
	return list
}

func (t *recorder) value(f flavour) float32 {
	u := t.chance.Uint64()
	if f == plain {
		return float32(4*f32.Uniform(u)) - 2
	}
	if u%64 == 0 {
		return edgeValues[u/64%uint64(len(edgeValues))]
	}
	// Half of the others are any numbers below 2, half of middling size.
	bits := uint32(u>>32) &^ (1 << 30)
	if u%2 == 0 {
		bits = bits&0x83ffffff | 0x3c000000
	}
	return math.Float32frombits(bits)
}

// eachFlavour runs for inputs of each flavour.
func (t *recorder) eachFlavour(run func(draw func(n int) []float32)) {
	for f := range flavours {
		run(func(n int) []float32 { return t.draw(f, n) })
	}
}

// lengths are those of what is computed element by element: about the widths
// of vectors, and one that is long.
var lengths = [...]int{1, 7, 8, 9, 16, 33, 1000}
