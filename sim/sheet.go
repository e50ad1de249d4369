package sim

import (
	"fmt"
	"strings"
)

// Kind says how a screen may draw a probe, or offer a control.
type Kind uint8

// Probes are Lamp, Count, Level, Choice, Grid, Text, Series, Surface or Net.
// Controls are Switch, Button, Choice, Count, Level, Grid or Text.
const (
	Lamp    Kind = iota + 1 // 0 dark, 1 lit
	Count                   // one integer
	Level                   // one value on a scale from Min to Max: a meter
	Choice                  // one of the states in Names, by number
	Grid                    // Rows x Cols values, row by row
	Text                    // words; as a control, a small file
	Series                  // Cols values of one quantity over time, oldest first
	Surface                 // Rows x Cols values over a plane, row by row from its top left
	Net                     // units and axons; Text holds the drawing's source
	Switch                  // control: 0 off, 1 on
	Button                  // control without a value: pressed and released
)

var kindNames = [...]string{"", "lamp", "count", "level", "choice", "grid", "text", "series", "surface", "net", "switch", "button"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "kind?"
}

// Unit names what a value is counted in: "motor step", "lamp", "presentation".
type Unit string

// Evidence grades what stands behind a value or a constant.
type Evidence uint8

// The grades of evidence. The zero value is none of them: a sheet that leaves
// one out is refused.
const (
	Primary   Evidence = iota + 1 // read in a primary document
	Secondary                     // a secondary source reports it
	Inferred                      // follows from sources or definitions
	Assumed                       // no source: a default of ours
)

var evidenceNames = [...]string{"", "primary", "secondary", "inferred", "assumed"}

func (e Evidence) String() string {
	if int(e) < len(evidenceNames) {
		return evidenceNames[e]
	}
	return "evidence?"
}

// Probe is one thing that can be seen of a machine.
type Probe struct {
	Name       string   // "weight": a letter, then letters, digits, - or _
	Kind       Kind     // how a screen may draw it
	Rows, Cols int      // 8 x 64: one for each association unit; 0 is 1
	Min, Max   int64    // the scale of its values; both 0 where there is none
	Names      []string // the states of a Choice, or the columns of a Grid
	Unit       Unit     // "motor step"
	Doc        string   // "wiper position of each weight potentiometer"
	Evidence   Evidence // what stands behind the value
}

// Cells is the number of values the probe shows.
func (p *Probe) Cells() int { return cells(p.Rows, p.Cols) }

// Control is one thing that can be turned on a machine. A probe of the same
// name shows what it stands at.
type Control struct {
	Name       string
	Kind       Kind
	Rows, Cols int       // the cells of a Grid; 0 is 1
	Real       bool      // a Level, or a Grid of reals: Floats, else Ints
	Min, Max   int64     // the range of each integer; of a Text, Max is its longest length in bytes
	Default    int64     // where an integer control stands at power on
	Range      [2]Number // the range of each real
	Preset     Number    // where a real control stands at power on
	Names      []string  // the positions of a Choice, or the columns of a Grid
	Unit       Unit
	Doc        string
	Evidence   Evidence
}

// Number is a real of a data sheet.
type Number float32

// Cells is the number of values the control takes at once.
func (c *Control) Cells() int { return cells(c.Rows, c.Cols) }

func cells(rows, cols int) int { return max(rows, 1) * max(cols, 1) }

// Constant is one fixed figure of a machine, with what stands behind it.
type Constant struct {
	Name, Value string
	Unit        Unit
	Doc, Source string
	Evidence    Evidence
}

// Sheet is a machine's data sheet.
type Sheet struct {
	Name      string // "markone": as scenarios write it
	Title     string // "Mark I Perceptron"
	Year      int
	Doc       string // what it is, in one or two sentences
	Tick      string // "one step of the machine clock"
	TickNS    int64  // the length of a tick on the original, 0 if it had none
	Law       int    // the number of the arithmetic law, where the state holds reals; else 0
	Data      string // digest of the read-only data it was made with; "" where there is none
	Probes    []Probe
	Controls  []Control
	Constants []Constant
	Sources   []string
	Omitted   []string // what the model leaves out

	seal uint64
}

// NewSheet seals s: it panics where a name is missing, not a name, or there
// twice, or a probe or control lacks its kind, unit, doc or evidence.
func NewSheet(s Sheet) *Sheet {
	if err := s.check(); err != nil {
		panic("sim: bad sheet: " + err.Error())
	}
	s.seal = s.fingerprint()
	return &s
}

// Probe returns the place of the probe of that name.
func (s *Sheet) Probe(name string) (ProbeID, bool) {
	for i := range s.Probes {
		if s.Probes[i].Name == name {
			return ProbeID(i), true
		}
	}
	return 0, false
}

// Control returns the place of the control of that name.
func (s *Sheet) Control(name string) (ControlID, bool) {
	for i := range s.Controls {
		if s.Controls[i].Name == name {
			return ControlID(i), true
		}
	}
	return 0, false
}

// ProbeNames lists the probes in their order.
func (s *Sheet) ProbeNames() []string {
	names := make([]string, len(s.Probes))
	for i := range s.Probes {
		names[i] = s.Probes[i].Name
	}
	return names
}

// ControlNames lists the controls in their order.
func (s *Sheet) ControlNames() []string {
	names := make([]string, len(s.Controls))
	for i := range s.Controls {
		names[i] = s.Controls[i].Name
	}
	return names
}

func (s *Sheet) check() error {
	if !IsName(s.Name) || s.Title == "" || s.Tick == "" {
		return fmt.Errorf("%q lacks a name, a title or what its tick is", s.Name)
	}
	seen := map[string]bool{}
	for i := range s.Probes {
		p := &s.Probes[i]
		if err := checkRow(seen, p.Name, p.Kind >= Lamp && p.Kind <= Net, p.Unit, p.Doc, p.Evidence); err != nil {
			return fmt.Errorf("probe %q: %w", p.Name, err)
		}
	}
	clear(seen)
	for i := range s.Controls {
		c := &s.Controls[i]
		if err := checkRow(seen, c.Name, offered(c.Kind), c.Unit, c.Doc, c.Evidence); err != nil {
			return fmt.Errorf("control %q: %w", c.Name, err)
		}
	}
	return nil
}

func offered(k Kind) bool {
	switch k {
	case Switch, Button, Choice, Count, Level, Grid, Text:
		return true
	}
	return false
}

func checkRow(seen map[string]bool, name string, kind bool, unit Unit, doc string, ev Evidence) error {
	switch {
	case !IsName(name):
		return fmt.Errorf("not a name")
	case seen[name]:
		return fmt.Errorf("there twice")
	case !kind:
		return fmt.Errorf("not of a kind it can have")
	case unit == "" || doc == "":
		return fmt.Errorf("lacks its unit or its doc")
	case ev < Primary || ev > Assumed:
		return fmt.Errorf("lacks its evidence")
	}
	seen[name] = true
	return nil
}

// IsName reports whether s is a name: a letter, then letters, digits, '-' or '_'.
func IsName(s string) bool {
	for i, c := range s {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789-_", c)) {
			return false
		}
	}
	return s != ""
}

// fingerprint hashes what a snapshot depends on (FNV-1a): the machine's name,
// its law, its data, and the shape of every probe and control.
func (s *Sheet) fingerprint() uint64 {
	h := uint64(14695981039346656037)
	add := func(text string) {
		for i := 0; i < len(text); i++ {
			h = (h ^ uint64(text[i])) * 1099511628211
		}
	}
	add(fmt.Sprintf("%s %d %s", s.Name, s.Law, s.Data))
	for i := range s.Probes {
		add(fmt.Sprintf(" %s %d %d", s.Probes[i].Name, s.Probes[i].Kind, s.Probes[i].Cells()))
	}
	for i := range s.Controls {
		add(fmt.Sprintf(" %s %d %d", s.Controls[i].Name, s.Controls[i].Kind, s.Controls[i].Cells()))
	}
	return h
}
