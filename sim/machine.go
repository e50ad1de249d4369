// Package sim is the agreement that every machine of Perceptarium signs.
//
//	Input -> Bench -> Machine.Step -> state -> Reading -> screen, trace, expect
//
// A Machine is plain state between two ticks. A Bench turns its crank, keeps
// the logbook of what the operator did, and rewinds. What can be seen and what
// can be turned stands in the machine's Sheet; screens, scripts, traces and
// help are made from sheets and readings alone.
package sim

// Tick counts the steps of a machine since power on. What one tick is, the
// machine's Sheet says.
type Tick int64

// Never is later than every tick.
const Never = Tick(1<<63 - 1)

// ProbeID is the place of a probe in its Sheet.
type ProbeID int

// ControlID is the place of a control in its Sheet.
type ControlID int

// Whole as the Index of an Input addresses all cells of a control at once.
const Whole = -1

// Machine is a simulated device at rest between two ticks.
// It is plain state: no goroutine, clock, file or map; Step depends only on
// the state and the applied Inputs.
type Machine interface {
	// Sheet tells what the machine is, what can be seen of it and turned on
	// it. The sheet is made once and never changes.
	Sheet() *Sheet
	// Reset turns the power on: the state depends on the seed alone.
	Reset(seed uint64)
	// Apply is the operator's hand. A refused Input changes nothing.
	Apply(Input) error
	// Step is exactly one tick; it cannot fail, block or allocate. A machine
	// that has met an impossible state shows it in a probe and holds.
	Step()
	// Read looks and never touches. It fills the caller's buffer anew.
	Read(ProbeID, *Reading)
	// Save appends a canonical little-endian snapshot of the whole state.
	Save(dst []byte) []byte
	// Load takes over a snapshot of the same machine; a refused one changes
	// nothing.
	Load(src []byte) error
}

// Input is one movement of the operator's hand on one control.
type Input struct {
	Control ControlID
	Index   int       // the cell of a grid control, or Whole
	Ints    []int64   // the value of a Switch, Choice, Count or Grid control
	Floats  []float32 // the value of a Level control, or of a Grid of reals
	Bytes   []byte    // the value of a Text control
}

// Clone returns an Input that shares no memory with in.
func (in Input) Clone() Input {
	in.Ints = append([]int64(nil), in.Ints...)
	in.Floats = append([]float32(nil), in.Floats...)
	in.Bytes = append([]byte(nil), in.Bytes...)
	return in
}

// Equal reports whether a and b are the same movement of the same control.
// Floats are equal when they print alike, as in a trace.
func (in Input) Equal(b Input) bool {
	return in.Control == b.Control && in.Index == b.Index &&
		equalInts(in.Ints, b.Ints) && equalFloats(in.Floats, b.Floats) && string(in.Bytes) == string(b.Bytes)
}

// Env carries what a machine is made with: the words and the read-only data
// that a scenario names in its machine line.
type Env struct {
	Options []Option
}

// Option is one KEY=VALUE of a machine line. Where the value names data, Data
// holds its uncompressed bytes.
type Option struct {
	Key, Value string
	Data       []byte
}

// Get returns the option of that key; ok is false where there is none.
func (e Env) Get(key string) (opt Option, ok bool) {
	for _, o := range e.Options {
		if o.Key == key {
			return o, true
		}
	}
	return Option{}, false
}

// Slot describes one KEY=VALUE that a machine line may carry.
type Slot struct {
	Key   string
	Data  bool     // the value names an attachment or a data set
	Words []string // otherwise: the words that it may be; none: any
	Doc   string
}
