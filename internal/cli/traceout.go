package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

// traceOut is where a replay's trace or waveform goes: nowhere, stdout, or a
// file, which appears under its name only when the replay has come to its end.
type traceOut struct {
	name string
	part *os.File // NAME.part, renamed by keep; or NAME itself where it is no regular file
	buf  *bufio.Writer
}

func newTraceOut(name string, stdout io.Writer) (*traceOut, error) {
	switch name {
	case "":
		return &traceOut{}, nil
	case "-":
		return &traceOut{buf: bufio.NewWriter(stdout)}, nil
	}
	part := partOf(name)
	f, err := os.Create(part)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, reason(err))
	}
	return &traceOut{name: name, part: f, buf: bufio.NewWriter(f)}, nil
}

// partOf is the file that is written before it gets its name. A device is
// written directly.
func partOf(name string) string {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return name
	}
	return name + ".part"
}

// writer is nil where nothing is wanted.
func (t *traceOut) writer() io.Writer {
	if t.buf == nil {
		return nil
	}
	return t.buf
}

// keep writes out what is buffered and gives the file its name.
func (t *traceOut) keep() error {
	if t.buf == nil {
		return nil
	}
	if err := t.buf.Flush(); err != nil || t.part == nil {
		return err
	}
	part := t.part
	t.part = nil
	if err := part.Close(); err != nil {
		return err
	}
	if part.Name() == t.name {
		return nil
	}
	if err := os.Rename(part.Name(), t.name); err != nil {
		return fmt.Errorf("%s: %w", t.name, reason(err))
	}
	return nil
}

// discard takes away a file that was not kept.
func (t *traceOut) discard() {
	if t.part == nil {
		return
	}
	t.part.Close()
	if t.part.Name() != t.name {
		os.Remove(t.part.Name())
	}
}
