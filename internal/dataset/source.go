package dataset

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
)

// bytesMax is the most that is read of one file, uncompressed.
const bytesMax = 64 << 20

// source is a file that is being read. It takes gzip off by itself, counts
// bytes and lines, and names what it read by SHA-256.
type source struct {
	*bufio.Reader
	name string
	tap  tap
	line int // lines begun
}

// tap counts and hashes what passes, and ends at bytesMax.
type tap struct {
	from io.Reader
	n    int64
	hash hash.Hash
}

var errTooLong = fmt.Errorf("more than %d bytes uncompressed; want a smaller file", bytesMax)

func (t *tap) Read(p []byte) (int, error) {
	n, err := t.from.Read(p)
	t.n += int64(n)
	t.hash.Write(p[:n])
	if t.n > bytesMax {
		return 0, errTooLong
	}
	return n, err
}

// open begins to read; what starts with the two bytes of gzip is uncompressed.
func open(name string, r io.Reader) (*source, error) {
	s := &source{name: name, tap: tap{hash: sha256.New()}}
	raw := bufio.NewReader(r)
	s.tap.from = raw
	if head, _ := raw.Peek(2); len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(raw)
		if err != nil {
			return nil, s.at(err)
		}
		s.tap.from = z
	}
	s.Reader = bufio.NewReader(&s.tap)
	return s, nil
}

// offset is the number of bytes taken.
func (s *source) offset() int64 {
	if s.Reader == nil {
		return 0
	}
	return s.tap.n - int64(s.Buffered())
}

// digest names all that was read; it is complete after the end of the file.
func (s *source) digest() string { return hex.EncodeToString(s.tap.hash.Sum(nil)) }

// Digest is the SHA-256 of data in hexadecimal, as the errors and tables of
// this package write it.
func Digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// fail is an error at the byte where reading stands.
func (s *source) fail(format string, args ...any) error {
	return fmt.Errorf("%s: byte %d: %s", s.name, s.offset(), fmt.Sprintf(format, args...))
}

// failLine is an error in the line that was read last.
func (s *source) failLine(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", s.name, max(s.line, 1), fmt.Sprintf(format, args...))
}

// at gives an error of a reader its place, in words.
func (s *source) at(err error) error {
	return fmt.Errorf("%s: byte %d: %w", s.name, s.offset(), plain(err))
}

// plain says in words what is wrong with a stream.
func plain(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the file ends early; want all of it")
	case errors.As(err, &corrupt) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader):
		return fmt.Errorf("the gzip data are damaged (%w); want an intact copy", err)
	}
	return err
}

// take reads exactly n bytes. It takes memory as they arrive, so that a false
// count costs nothing.
func (s *source) take(n int) ([]byte, error) {
	const chunk = 1 << 20
	data := make([]byte, 0, min(n, chunk))
	for len(data) < n {
		if len(data) == cap(data) {
			data = append(make([]byte, 0, min(n, 2*len(data))), data...)
		}
		part := data[len(data):min(cap(data), n)]
		k, err := io.ReadFull(s, part)
		data = data[:len(data)+k]
		if err != nil {
			return nil, s.at(err)
		}
	}
	return data, nil
}

// end checks that nothing follows.
func (s *source) end() error {
	switch _, err := s.ReadByte(); {
	case err == nil:
		return s.fail("more data than the header promises; want nothing after them")
	case !errors.Is(err, io.EOF):
		return s.at(err)
	}
	return nil
}

// lineMax is the longest line that is read.
const lineMax = 1 << 20

// nextLine returns the next line without its end, LF or CRLF; io.EOF after the
// last. The bytes hold until the next call.
func (s *source) nextLine(buffer *[]byte) ([]byte, error) {
	s.line++
	*buffer = (*buffer)[:0]
	for {
		part, err := s.ReadSlice('\n')
		*buffer = append(*buffer, part...)
		switch {
		case len(*buffer) > lineMax:
			return nil, s.failLine("a line of more than %d bytes; want shorter lines", lineMax)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(*buffer) == 0:
			return nil, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, fmt.Errorf("%s:%d: %w", s.name, s.line, plain(err))
		}
		return trimEnd(*buffer), nil
	}
}

func trimEnd(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}
