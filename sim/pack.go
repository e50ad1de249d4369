package sim

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Packer writes a snapshot field by field, little-endian. The snapshot begins
// with the fingerprint of the machine's sheet, so that a snapshot of another
// machine is known as such.
type Packer struct{ b []byte }

// sealBytes is the length of the fingerprint at the beginning of a snapshot.
const sealBytes = 8

// Pack begins a snapshot of the machine with sheet s at the end of dst.
func Pack(dst []byte, s *Sheet) Packer {
	return Packer{binary.LittleEndian.AppendUint64(dst, s.seal)}
}

// Done returns dst with the snapshot appended.
func (p *Packer) Done() []byte { return p.b }

// Uint64 packs 8 bytes.
func (p *Packer) Uint64(v uint64) { p.b = binary.LittleEndian.AppendUint64(p.b, v) }

// Int packs v as 8 bytes.
func (p *Packer) Int(v int64) { p.Uint64(uint64(v)) }

// Bool packs one byte, 0 or 1.
func (p *Packer) Bool(v bool) {
	b := byte(0)
	if v {
		b = 1
	}
	p.b = append(p.b, b)
}

// Ints packs each element of v as 8 bytes; their number is not packed.
func (p *Packer) Ints(v []int64) {
	b := p.b
	for _, x := range v {
		b = binary.LittleEndian.AppendUint64(b, uint64(x))
	}
	p.b = b
}

// Int32s packs each element of v as 4 bytes; their number is not packed.
func (p *Packer) Int32s(v []int32) {
	b := p.b
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, uint32(x))
	}
	p.b = b
}

// Bools packs each element of v as one byte; their number is not packed.
func (p *Packer) Bools(v []bool) {
	for _, x := range v {
		p.Bool(x)
	}
}

// Floats packs the bits of each element of v; their number is not packed.
func (p *Packer) Floats(v []float32) {
	at := len(p.b)
	p.b = slices.Grow(p.b, 4*len(v))[:at+4*len(v)]
	b := p.b[at:]
	for _, x := range v {
		binary.LittleEndian.PutUint32(b, math.Float32bits(x))
		b = b[4:]
	}
}

// Bytes packs the length of v, then v.
func (p *Packer) Bytes(v []byte) {
	p.Int(int64(len(v)))
	p.b = append(p.b, v...)
}

// Unpacker reads a snapshot field by field. The first fault stays; look at it
// with Done before taking over what was read.
type Unpacker struct {
	b   []byte
	err error
}

var errShort = errors.New("snapshot too short")

// Unpack begins to read a snapshot of the machine with sheet s.
func Unpack(src []byte, s *Sheet) *Unpacker {
	u := &Unpacker{b: src}
	if seal := u.Uint64(); u.err == nil && seal != s.seal {
		u.err = fmt.Errorf("not a snapshot of this %s: it was made by another machine, or with other data", s.Name)
	}
	return u
}

// Done returns the first fault: a short snapshot, bytes left over, or one
// given to Fail.
func (u *Unpacker) Done() error {
	if u.err == nil && len(u.b) > 0 {
		return fmt.Errorf("snapshot too long: %d bytes left over", len(u.b))
	}
	return u.err
}

// Fail notes a fault that the machine found in what it read, where ok is false.
func (u *Unpacker) Fail(ok bool, why string) {
	if !ok && u.err == nil {
		u.err = errors.New("snapshot: " + why)
	}
}

func (u *Unpacker) take(n int) []byte {
	if u.err == nil && (n < 0 || n > len(u.b)) {
		u.err = errShort
	}
	if u.err != nil {
		return nil
	}
	v := u.b[:n]
	u.b = u.b[n:]
	return v
}

// Uint64 reads 8 bytes.
func (u *Unpacker) Uint64() uint64 {
	if v := u.take(8); v != nil {
		return binary.LittleEndian.Uint64(v)
	}
	return 0
}

// Int reads 8 bytes.
func (u *Unpacker) Int() int64 { return int64(u.Uint64()) }

// Within reads 8 bytes and notes a fault where the value is not in lo..hi; it
// then returns lo.
func (u *Unpacker) Within(lo, hi int64, what string) int64 {
	v := u.Int()
	if v < lo || v > hi {
		u.Fail(false, fmt.Sprintf("%s is %d, not in %d..%d", what, v, lo, hi))
		return lo
	}
	return v
}

// Bool reads one byte, which must be 0 or 1.
func (u *Unpacker) Bool() bool {
	v := u.take(1)
	if v == nil {
		return false
	}
	u.Fail(v[0] <= 1, "a truth value is neither 0 nor 1")
	return v[0] == 1
}

// Ints fills dst.
func (u *Unpacker) Ints(dst []int64) {
	for i := range dst {
		dst[i] = u.Int()
	}
}

// Int32s fills dst.
func (u *Unpacker) Int32s(dst []int32) {
	for i := range dst {
		if v := u.take(4); v != nil {
			dst[i] = int32(binary.LittleEndian.Uint32(v))
		}
	}
}

// Bools fills dst.
func (u *Unpacker) Bools(dst []bool) {
	for i := range dst {
		dst[i] = u.Bool()
	}
}

// Floats fills dst.
func (u *Unpacker) Floats(dst []float32) {
	for i := range dst {
		if v := u.take(4); v != nil {
			dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(v))
		}
	}
}

// Bytes reads a length and that many bytes; the result shares no memory with
// the snapshot.
func (u *Unpacker) Bytes() []byte {
	n := u.Int()
	if n < 0 || n > int64(len(u.b)) {
		u.Fail(false, "a length runs past the end")
		return nil
	}
	return append([]byte(nil), u.take(int(n))...)
}
