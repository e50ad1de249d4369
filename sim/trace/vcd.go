package trace

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"perceptarium/sim"
)

// VCD writes what probes show as a waveform: a value change dump of IEEE 1364,
// which GTKWave, Surfer and every logic simulator's viewer open.
//
// Each act is a scope of its own, and a later act begins one tick after the
// end of the one before. A grid is a scope with a variable for each cell.
// Integers are wires in two's complement, as wide as the probe's scale needs;
// reals are real; texts are of the type string, which both viewers know beside
// the standard. One tick is TickNS of the sheet, or one nanosecond where the
// original had no clock, which a comment then says.
type VCD struct {
	out    *bufio.Writer
	acts   []wave
	act    int
	begin  int64 // of the present act, in units of time
	tick   int64 // units of time in a tick of the present act
	unit   int64 // nanoseconds
	stamp  int64 // the last time that was written
	number int   // variables declared
	line   []byte
}

// wave is one act: its probes with their variables.
type wave struct {
	sheet *sim.Sheet
	vars  [][]variable // by probe, by cell
}

// variable is one signal and what it showed when it was written last.
type variable struct {
	id      string
	width   int // bits of an integer; 0 for a text
	written bool
	bits    uint64 // the integer in two's complement, or the bits of the real
	text    string
}

// cellsMax is the most cells of a probe that a waveform spells out; larger ones
// are left out of it, as are series and drawings of nets: what they show is in
// other probes.
const cellsMax = 4096

// NewVCD begins a waveform of these acts, one bench for each.
func NewVCD(out io.Writer, benches []*sim.Bench) *VCD {
	v := &VCD{out: bufio.NewWriter(out), stamp: -1, unit: unitOf(benches)}
	fmt.Fprintf(v.out, "$version Perceptarium $end\n$timescale %s $end\n", timescale(v.unit))
	for i, b := range benches {
		v.acts = append(v.acts, v.declare(i+1, b))
	}
	fmt.Fprintf(v.out, "$enddefinitions $end\n")
	return v
}

// unitOf is the common tick of all acts in nanoseconds, or 1.
func unitOf(benches []*sim.Bench) int64 {
	unit := max(benches[0].Sheet().TickNS, 1)
	for _, b := range benches {
		if max(b.Sheet().TickNS, 1) != unit {
			return 1
		}
	}
	for ns := int64(1); ns <= 100_000_000_000; ns *= 10 {
		if ns == unit {
			return unit
		}
	}
	return 1
}

// timescale writes a power of ten of nanoseconds as 1, 10 or 100 of a unit.
func timescale(ns int64) string {
	for _, name := range []string{"ns", "us", "ms"} {
		if ns < 1000 {
			return fmt.Sprintf("%d %s", ns, name)
		}
		ns /= 1000
	}
	return fmt.Sprintf("%d s", ns)
}

func (v *VCD) declare(act int, b *sim.Bench) wave {
	var r sim.Reading
	s := b.Sheet()
	w := wave{sheet: s, vars: make([][]variable, len(s.Probes))}
	if s.TickNS == 0 {
		fmt.Fprintf(v.out, "$comment %s had no clock: 1 ns stands for one tick, %s $end\n", s.Title, s.Tick)
	}
	fmt.Fprintf(v.out, "$scope module act%d_%s $end\n", act, plain(s.Name))
	for i := range s.Probes {
		b.Read(sim.ProbeID(i), &r)
		w.vars[i] = v.variables(&s.Probes[i], len(r.Floats) > 0)
	}
	fmt.Fprintf(v.out, "$upscope $end\n")
	return w
}

func (v *VCD) variables(p *sim.Probe, real bool) []variable {
	n := p.Cells()
	if n > cellsMax || p.Kind == sim.Series || p.Kind == sim.Net {
		return nil
	}
	if p.Kind == sim.Text {
		return []variable{v.variable("string", 1, plain(p.Name), 0)}
	}
	kind, width := "wire", widthOf(p)
	if real {
		kind, width = "real", 64
	}
	if n == 1 {
		return []variable{v.variable(kind, width, plain(p.Name), width)}
	}
	fmt.Fprintf(v.out, "$scope module %s $end\n", plain(p.Name))
	list := make([]variable, n)
	for i := range list {
		name := fmt.Sprintf("%s_%d", plain(p.Name), i)
		if len(p.Names) == n {
			name = plain(p.Names[i])
		}
		list[i] = v.variable(kind, width, name, width)
	}
	fmt.Fprintf(v.out, "$upscope $end\n")
	return list
}

func (v *VCD) variable(kind string, size int, name string, width int) variable {
	id := code(v.number)
	v.number++
	fmt.Fprintf(v.out, "$var %s %d %s %s $end\n", kind, size, id, name)
	return variable{id: id, width: width}
}

// code is the short name of variable n: digits of the printable characters.
func code(n int) string {
	const first, count = '!', '~' - '!' + 1
	id := []byte{byte(first + n%count)}
	for n /= count; n > 0; n /= count {
		id = append(id, byte(first+n%count))
	}
	return string(id)
}

// plain makes a name that every reader takes: letters, digits and _.
func plain(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return '_'
	}, name)
}

func widthOf(p *sim.Probe) int {
	switch {
	case p.Kind == sim.Lamp:
		return 1
	case p.Kind == sim.Choice:
		return max(bits.Len(uint(len(p.Names)-1)), 1)
	case p.Min >= 0 && p.Max > 0:
		return bits.Len64(uint64(p.Max))
	}
	return 64
}

// Act goes on to act n, counted from 1; end is where the one before ended.
func (v *VCD) Act(n int, end sim.Tick) {
	if n > 1 {
		v.begin += (int64(end) + 1) * v.tick
	}
	v.act = n - 1
	v.tick = max(v.acts[v.act].sheet.TickNS, 1) / v.unit
}

// Sample writes what changed of a probe since it was sampled last.
func (v *VCD) Sample(at sim.Tick, p sim.ProbeID, r *sim.Reading) {
	vars := v.acts[v.act].vars[p]
	if len(r.Ints)+len(r.Floats) == 0 && len(vars) == 1 && vars[0].width == 0 {
		v.text(at, &vars[0], r.Text)
	}
	for i := range min(len(vars), len(r.Ints)) {
		x := &vars[i]
		if now := uint64(r.Ints[i]) & (^uint64(0) >> (64 - x.width)); x.turns(now) {
			v.change(at, x, appendBits(v.line[:0], now, x.width))
		}
	}
	for i := range min(len(vars), len(r.Floats)) {
		f := r.Floats[i]
		if f != f {
			f = float32(math.NaN()) // one for all: their bits differ between processors
		}
		if x := &vars[i]; x.turns(uint64(math.Float32bits(f))) {
			v.change(at, x, sim.AppendFloat(append(v.line[:0], 'r'), f))
		}
	}
}

// turns reports whether a number is not what was written last, and keeps it.
func (x *variable) turns(now uint64) bool {
	if x.written && x.bits == now {
		return false
	}
	x.written, x.bits = true, now
	return true
}

func (v *VCD) text(at sim.Tick, x *variable, text []byte) {
	if x.written && x.text == string(text) {
		return
	}
	x.written, x.text = true, string(text)
	v.change(at, x, append(append(v.line[:0], 's'), escape(text)...))
}

// change writes a value, with its time before it where that has moved on.
func (v *VCD) change(at sim.Tick, x *variable, value []byte) {
	v.line = value
	if stamp := v.begin + int64(at)*v.tick; stamp != v.stamp {
		v.stamp = stamp
		fmt.Fprintf(v.out, "#%d\n", stamp)
	}
	if x.width != 1 {
		v.line = append(v.line, ' ')
	}
	v.line = append(append(v.line, x.id...), '\n')
	v.out.Write(v.line)
}

// appendBits writes a scalar as 0 or 1, a vector as b and its bits, most
// significant first.
func appendBits(dst []byte, bits uint64, width int) []byte {
	if width == 1 {
		return append(dst, byte('0'+bits))
	}
	return strconv.AppendUint(append(dst, 'b'), bits, 2)
}

// escape writes a text without spaces and control characters, as viewers want it.
func escape(text []byte) []byte {
	var out []byte
	for _, c := range text {
		if c <= ' ' || c > '~' || c == '\\' {
			out = fmt.Appendf(out, `\x%02X`, c)
			continue
		}
		out = append(out, c)
	}
	return out
}

// Close writes the time at which the last act ended.
func (v *VCD) Close(end sim.Tick) error {
	if stamp := v.begin + int64(end)*v.tick; stamp > v.stamp {
		fmt.Fprintf(v.out, "#%d\n", stamp)
	}
	return v.out.Flush()
}
