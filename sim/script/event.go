package script

import "perceptarium/sim"

// EventKind tells events apart.
type EventKind uint8

// What happens while a scenario plays.
const (
	ActEvent    EventKind = iota + 1 // an act begins; Text is its machine's title
	SayEvent                         // Text is spoken
	MarkEvent                        // the mark Text is passed; Detail is the digest of the state
	RecordEvent                      // Text is stored; Detail is its value
	ExpectEvent                      // Text was expected; Verdict and Detail say how it went
	WaitEvent                        // a wait for Text ran out: the act ends here
	FaultEvent                       // the machine holds; Text is why: the act ends here
	EndEvent                         // the act's script has ended; Detail is the digest of the state
)

// Verdict is how an expectation went.
type Verdict uint8

// The verdicts. Failed and Outdated make a replay fail.
const (
	Held     Verdict = iota + 1
	Failed           // it does not hold
	Known            // it does not hold, and the scenario says why
	Outdated         // it is said not to hold, but it does
)

var verdictNames = [...]string{"", "held", "FAILED", "known difference", "no longer a difference"}

func (v Verdict) String() string { return verdictNames[v] }

// Event is one thing that happened. Events come in the order of their ticks.
type Event struct {
	Kind    EventKind
	Act     int // from 1
	Tick    sim.Tick
	Line    int // of the scenario
	Text    string
	Detail  string
	Verdict Verdict
}

// Bad reports whether the event makes a replay fail.
func (e *Event) Bad() bool {
	return e.Kind == WaitEvent || e.Kind == FaultEvent || e.Verdict == Failed || e.Verdict == Outdated
}
