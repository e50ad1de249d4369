// Package trace writes, reads and compares golden traces: what the watched
// probes of a scenario showed, as text, changes only.
//
//	trace 1
//	law 1                                   (only where a machine holds reals)
//	scenario left-right-1958
//	form full                               (only where it is the longer of two)
//	act 1 machine markone seed 1958
//	12      response        1
//	64      weight          sha256:9b1f...
//	700     record right    97
//	1207    mark trained    sha256:04ce...
//	end 1207 sha256:77d0...
//
// Integers are decimal; a real is the shortest decimal that reads back as the
// same float32; every NaN is NaN; texts are quoted. An array of more than
// ArrayMax values stands as the digest of its decimal text. Every act has its
// end line: the tick it ended at and the digest of the machine's whole state.
package trace

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"perceptarium/sim"
)

const (
	// Version is the number of the trace format.
	Version = 1
	// ArrayMax is the most values that a line spells out.
	ArrayMax = 32
	// SizeMax is the most bytes that a golden trace may have.
	SizeMax = 64 << 10
	// digestBytes of a SHA-256 are written: 128 bits.
	digestBytes = 16
)

// Writer writes a trace, each line in one Write. The first failing Write stays
// as its error, and nothing is written after it.
type Writer struct {
	out  io.Writer
	last map[string]string // what each probe showed when it was written last
	line []byte
	err  error
}

// NewWriter begins a trace of that scenario. law is the number of the
// arithmetic law, or 0 where no machine holds reals.
func NewWriter(out io.Writer, scenario string, law int) *Writer {
	w := &Writer{out: out}
	w.printf("trace %d\n", Version)
	if law != 0 {
		w.printf("law %d\n", law)
	}
	w.printf("scenario %s\n", scenario)
	return w
}

// Form says which form of the scenario it is, before the first act.
func (w *Writer) Form(name string) { w.printf("form %s\n", name) }

func (w *Writer) printf(format string, args ...any) {
	w.write(fmt.Appendf(nil, format, args...))
}

func (w *Writer) write(line []byte) {
	if w.err == nil {
		_, w.err = w.out.Write(line)
	}
}

// Err returns the first error of the underlying writer.
func (w *Writer) Err() error { return w.err }

// Act begins act number n, counted from 1.
func (w *Writer) Act(n int, machine string, seed uint64) {
	w.last = map[string]string{}
	w.printf("act %d machine %s seed %d\n", n, machine, seed)
}

// Sample writes what the probe shows, if that is not what was written last.
func (w *Writer) Sample(at sim.Tick, probe string, r *sim.Reading) {
	w.line = r.Append(w.line[:0])
	if r.Len() > ArrayMax {
		w.line = appendDigest(w.line[:0], sha256.Sum256(w.line))
	}
	if shown, ok := w.last[probe]; ok && shown == string(w.line) {
		return
	}
	w.last[probe] = string(w.line)
	w.event(at, probe, w.last[probe])
}

// Mark writes a mark with the digest of the machine's whole state.
func (w *Writer) Mark(at sim.Tick, name string, state [sha256.Size]byte) {
	w.event(at, "mark "+name, Digest(state))
}

// Record writes a value that the script stored under that name.
func (w *Writer) Record(at sim.Tick, name, value string) {
	w.event(at, "record "+name, value)
}

// End ends the act at that tick.
func (w *Writer) End(at sim.Tick, state [sha256.Size]byte) {
	w.printf("end %d %s\n", at, Digest(state))
}

func (w *Writer) event(at sim.Tick, what, value string) {
	w.printf("%-7d %-15s %s\n", at, what, value)
}

// Digest is how a trace writes a SHA-256: its first 128 bits.
func Digest(sum [sha256.Size]byte) string { return string(appendDigest(nil, sum)) }

func appendDigest(dst []byte, sum [sha256.Size]byte) []byte {
	return hex.AppendEncode(append(dst, "sha256:"...), sum[:digestBytes])
}
