// Package script is the scenario language: it parses a file, resolves it
// against the data sheets of the machines it speaks of, and plays it on
// benches. docs/scenario.md has the grammar and an example of every verb.
//
//	Parse -> Scenario -> Open -> Player -> sim.Bench
//
// A Player is held by a screen and by a headless replay alike. What a person
// does at the screen is an entry in the bench's logbook, and Save writes the
// logbook as a scenario again.
package script

import (
	"fmt"
	"io/fs"

	"perceptarium/sim"
)

// Scenario is a parsed file.
type Scenario struct {
	Name   string // of the file, without its ending: also the name of its trace
	Header Header
	Acts   []Act
	Files  []File
	Digest string // SHA-256 of its text, and of its form where that is the full one, in hexadecimal
	Form   Form   // of two; OneForm where it has no other
	Beside fs.FS  // where files that are not attached are looked for; may be nil
	other  *Scenario
}

// Header is the TOML at the top of a scenario.
type Header struct {
	Title       string   `toml:"title"`
	Year        int      `toml:"year"`
	Machine     string   `toml:"machine"`      // the machine it speaks of, in words
	Sources     []string `toml:"sources"`      // what the claims rest on
	Assumed     []string `toml:"assumed"`      // what has no source
	Data        []string `toml:"data"`         // data sets that it runs on
	Computer    string   `toml:"computer"`     // of its time, by its key in internal/era; empty: the newest of its year
	Next        string   `toml:"next"`         // the scenario that goes on from here
	Full        string   `toml:"full"`         // what its full form is, and how long it takes
	GoldenUntil int64    `toml:"golden_until"` // the golden trace ends each act at this tick; 0: at its end
	Seeds       int      `toml:"seeds"`        // how many seeds a study of it takes at least
	Open        []string `toml:"open"`         // questions that it leaves open
	Claims      []Claim  `toml:"claim"`
	Spreads     []Spread `toml:"distribution"`
	Varies      []Vary   `toml:"vary"`
}

// Claim is a statement about many seeds; a study judges it.
type Claim struct {
	Row       string     `toml:"row"`       // of the table of published results it belongs to
	Record    string     `toml:"record"`    // the record whose mean over seeds is judged
	Minus     string     `toml:"minus"`     // a second record, taken from the first; may be empty
	Unit      string     `toml:"unit"`      // of the record
	Published string     `toml:"published"` // what the source says
	Band      [2]float64 `toml:"band"`      // where the mean must lie, both ends included
	Source    string     `toml:"source"`
	Form      Form       `toml:"form"` // of the form that it is about; OneForm: of each
	Data      string     `toml:"data"` // what the published value was found on: OnDrawn, OnFiles or OnBoth; empty: files where the scenario takes them
	Why       string     `toml:"why"`  // why ours differs, where it does
}

// ShareOfRuns is the unit of a claim about a record that is 1 or 0 in each run.
const ShareOfRuns = "share of runs"

// The data that a claim is about.
const (
	OnDrawn = "drawn"
	OnFiles = "files"
	OnBoth  = "both"
)

// Spread asks a study how a record lies over the seeds.
type Spread struct {
	Title     string  `toml:"title"`
	Record    string  `toml:"record"`
	Failed    string  `toml:"failed"`    // a record that is not 0 in the runs that have no value; may be empty
	Unit      string  `toml:"unit"`      // of the record
	Published string  `toml:"published"` // what the source says; may be empty
	Figure    float64 `toml:"figure"`    // the published number
}

// Vary is one assumption that a study moves over its plausible range: a control
// set before anything else in every act that has it, an option of the machine, or
// settings of the decks that a generator makes.
type Vary struct {
	Name string   `toml:"name"` // the assumption in words
	Set  string   `toml:"set"`  // a control
	Key  string   `toml:"key"`  // or a key of the machine line
	Deck string   `toml:"deck"` // or settings of the deck lines, with blanks between
	To   []string `toml:"to"`   // the values to try
}

// File is an attachment.
type File struct {
	Name string
	Data []byte
}

// Act is one machine on its own bench, from tick 0.
type Act struct {
	Line    int
	Machine string
	Options []Option
	Seed    uint64
	Decks   []Deck
	Watches []Watch
	Body    []Command
}

// Option is one KEY=VALUE of a machine line.
type Option struct {
	Line       int
	Key, Value string
}

// Deck is an ordered list of cards, from a file or from a generator.
type Deck struct {
	Line      int
	Name      string
	File      string // empty where a generator makes it
	Generator string
	Args      []Option
	Seed      uint64
}

// Watch puts a probe into the trace.
type Watch struct {
	Line  int
	Probe string
	Every sim.Tick // 1 for on-change
}

// Command is one line of an act's body.
type Command struct {
	Line   int
	Verb   string     // say set press run until repeat deal record expect mark
	Name   string     // of the control, deck, record or mark
	Index  string     // between brackets: a number or a label; empty for all
	Text   string     // what to say; the file of "set NAME from FILE"
	Values []string   // what to set
	Count  int64      // ticks of a run, rounds of a repeat, bound of a wait
	Cond   *Condition // of an until or expect
	Known  string     // why an expectation does not hold here
	Body   []Command  // of a repeat
}

// Condition is A OP B; with the operator "in" it is B <= A <= C.
type Condition struct {
	A, B, C Operand
	Op      string // = != < <= > >= in
}

// Operand is a number, or a name with an optional index: of a probe, of a
// record, or of a state of a Choice probe.
type Operand struct {
	Text  string
	Name  string // empty for a number
	Index string
	Value sim.Value
}

func (c *Condition) String() string {
	if c.Op == "in" {
		return fmt.Sprintf("%s in %s..%s", c.A.Text, c.B.Text, c.C.Text)
	}
	return c.A.Text + " " + c.Op + " " + c.B.Text
}

// House is what a script needs to know of the house around it.
type House interface {
	// Machines lists the names of all machines.
	Machines() []string
	// Slots lists what a machine's line may carry.
	Slots(machine string) []sim.Slot
	// Make makes a machine.
	Make(machine string, env sim.Env) (sim.Machine, error)
	// Data returns the uncompressed bytes of a data set by NAME or
	// NAME(KEY=VALUE,...); ok is false where there is no data set of that name.
	Data(name string) (data []byte, ok bool, err error)
	// DataSets lists the names of all data sets.
	DataSets() []string
	// Generators lists the names of all generators of decks.
	Generators() []string
	// Picture returns the cells of a control from a file that holds a picture;
	// ok is false where the control shows none.
	Picture(c *sim.Control, name string, data []byte) (cells []int64, ok bool, err error)
	// Deal makes the cards of a generator for the machine with that sheet.
	Deal(sheet *sim.Sheet, generator string, args []Option, seed uint64) ([]Card, error)
}

// Card is what one deal applies, in order.
type Card []sim.Input

// Error is a mistake in a scenario, with its place.
type Error struct {
	File string
	Line int
	Msg  string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }
