// Package rng is the only source of chance: a seeded generator with named
// streams, in integers only.
//
//	wiring := rng.New(1958).Stream("wiring")
//
// A stream depends on the seed and its name alone, so that a new consumer
// with a new name never shifts the numbers of an old one. The generator is
// xoshiro256** (Blackman and Vigna 2018), its state filled by SplitMix64 from
// the seed and the FNV-1a hash of the name. The vectors in the test pin it.
package rng

import "math/bits"

// Source is a seed from which streams are drawn.
type Source struct{ seed uint64 }

// New returns the source of that seed.
func New(seed uint64) Source { return Source{seed} }

// Stream returns the stream of that name, at its beginning.
func (s Source) Stream(name string) Stream {
	h := uint64(14695981039346656037)
	for i := 0; i < len(name); i++ {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	x := s.seed ^ bits.RotateLeft64(h, 32)
	var st Stream
	for i := range st.s {
		st.s[i] = splitMix(&x)
	}
	return st
}

// Index returns stream number i of that name: for consumers that need one
// stream each.
func (s Source) Index(name string, i int) Stream {
	x := s.seed ^ uint64(i)*0xd1342543de82ef95
	return Source{splitMix(&x)}.Stream(name)
}

func splitMix(x *uint64) uint64 {
	*x += 0x9e3779b97f4a7c15
	z := *x
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Stream is a generator of random integers. It is plain state: a copy goes on
// on its own. Its zero value must not be drawn from.
type Stream struct{ s [4]uint64 }

// Uint64 returns the next 64 random bits.
func (r *Stream) Uint64() uint64 {
	s := &r.s
	v := bits.RotateLeft64(s[1]*5, 7) * 9
	t := s[1] << 17
	s[2] ^= s[0]
	s[3] ^= s[1]
	s[1] ^= s[2]
	s[0] ^= s[3]
	s[2] ^= t
	s[3] = bits.RotateLeft64(s[3], 45)
	return v
}

// Below returns an integer in 0..n-1, each as likely as the others (Lemire
// 2019). It panics if n is not positive.
func (r *Stream) Below(n int64) int64 {
	if n <= 0 {
		panic("rng: Below needs a positive number")
	}
	hi, lo := bits.Mul64(r.Uint64(), uint64(n))
	if lo < uint64(n) {
		for bias := -uint64(n) % uint64(n); lo < bias; {
			hi, lo = bits.Mul64(r.Uint64(), uint64(n))
		}
	}
	return int64(hi)
}

// Bool returns true one time in two.
func (r *Stream) Bool() bool { return r.Uint64()>>63 == 1 }

// Perm fills p with a random order of 0..len(p)-1.
func (r *Stream) Perm(p []int32) {
	for i := range p {
		p[i] = int32(i)
	}
	for i := len(p) - 1; i > 0; i-- {
		j := r.Below(int64(i) + 1)
		p[i], p[j] = p[j], p[i]
	}
}

// State returns the four words of the state, for a snapshot.
func (r *Stream) State() [4]uint64 { return r.s }

// SetState takes over a state; it reports false and changes nothing where all
// words are zero, from which no generator starts.
func (r *Stream) SetState(s [4]uint64) bool {
	if s == [4]uint64{} {
		return false
	}
	r.s = s
	return true
}
