package cli

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

func (a *app) sheet() *cobra.Command {
	return &cobra.Command{
		Use:   "sheet [MACHINE]",
		Short: "Show a machine's data sheet, or a table of all machines",
		Long: "Shows a machine's data sheet: what a tick is, what can be seen, what can be turned, its constants with what\n" +
			"stands behind each, its sources, and what the model leaves out. Without a name: a table of all machines.",
		Example: "  perceptarium sheet\n  perceptarium sheet perceptron",
		Args:    atMost(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return a.house.Machines(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.sheets()
			}
			return a.sheetOf(args[0])
		},
	}
}

func (a *app) machine(name string) (*sim.Sheet, error) {
	for _, known := range a.house.Machines() {
		if known == name {
			m, err := a.house.Make(name, sim.Env{})
			if err != nil {
				return nil, err
			}
			return m.Sheet(), nil
		}
	}
	return nil, errors.New(sim.Unknown("no machine", name, a.house.Machines()))
}

// sheets is the table of all machines.
func (a *app) sheets() error {
	t := table{gap: 2, wrap: true}
	t.row("machine", "year", "title", "probes", "controls", "one tick is")
	for _, name := range a.house.Machines() {
		s, err := a.machine(name)
		if err != nil {
			return err
		}
		t.row(s.Name, strconv.Itoa(s.Year), s.Title, strconv.Itoa(len(s.Probes)), strconv.Itoa(len(s.Controls)), s.Tick)
	}
	if err := t.write(a.out); err != nil {
		return err
	}
	_, err := fmt.Fprint(a.out, "\nperceptarium sheet MACHINE shows one in full\n")
	return err
}

func (a *app) sheetOf(name string) error {
	s, err := a.machine(name)
	if err != nil {
		return err
	}
	w := &sectionWriter{w: a.out}
	w.head(s)
	w.section("Probes", probeRows(s))
	w.section("Controls", controlRows(s))
	w.section("Machine line", slotRows(a.house, name))
	w.section("Constants: "+grades(s.Constants), constantRows(s))
	w.section("Sources", listRows(s.Sources))
	w.section("Left out", listRows(s.Omitted))
	return w.err
}

// sectionWriter writes the parts of a sheet; the first error stays.
type sectionWriter struct {
	w   io.Writer
	err error
}

func (w *sectionWriter) head(s *sim.Sheet) {
	t := table{gap: 2, wrap: true}
	t.row("machine", s.Name+": "+s.Title)
	t.row("year", strconv.Itoa(s.Year))
	if s.Doc != "" {
		t.row("what", s.Doc)
	}
	t.row("one tick is", s.Tick)
	t.row("on the original", tickLength(s.TickNS))
	t.row("numbers", numbers(s.Law))
	w.err = t.write(w.w)
}

func tickLength(ns int64) string {
	switch {
	case ns == 0:
		return "a tick had no fixed length"
	case ns%1_000_000 == 0:
		return fmt.Sprintf("%d ms", ns/1_000_000)
	case ns%1_000 == 0:
		return fmt.Sprintf("%d µs", ns/1_000)
	}
	return fmt.Sprintf("%d ns", ns)
}

func numbers(law int) string {
	if law == 0 {
		return "integers only"
	}
	return fmt.Sprintf("reals under arithmetic law %d (docs/arithmetic.md)", law)
}

func (w *sectionWriter) section(title string, t table) {
	if w.err != nil || len(t.rows) == 0 {
		return
	}
	if _, w.err = fmt.Fprintf(w.w, "\n%s\n", title); w.err == nil {
		w.err = t.write(w.w)
	}
}

func newSection() table { return table{indent: 2, gap: 2, wrap: true} }

func probeRows(s *sim.Sheet) table {
	t := newSection()
	for i := range s.Probes {
		p := &s.Probes[i]
		t.row(p.Name, p.Kind.String(), size(p.Rows, p.Cols), string(p.Unit), p.Evidence.String(), p.Doc)
	}
	return t
}

func controlRows(s *sim.Sheet) table {
	t := newSection()
	for i := range s.Controls {
		c := &s.Controls[i]
		t.row(c.Name, c.Kind.String(), size(c.Rows, c.Cols), settings(c), string(c.Unit), c.Evidence.String(), c.Doc)
	}
	return t
}

func size(rows, cols int) string {
	if max(rows, 1)*max(cols, 1) == 1 {
		return ""
	}
	return fmt.Sprintf("%dx%d", max(rows, 1), max(cols, 1))
}

// settings is what a control can be set to.
func settings(c *sim.Control) string {
	switch {
	case c.Kind == sim.Switch:
		return "off on"
	case c.Kind == sim.Button:
		return "press"
	case c.Kind == sim.Choice:
		return strings.Join(c.Names, " ")
	case c.Kind == sim.Text:
		return "from FILE"
	case c.Real:
		return fmt.Sprintf("%v..%v", c.Range[0], c.Range[1])
	}
	return fmt.Sprintf("%d..%d", c.Min, c.Max)
}

// slotWidth is the most that the words of a slot take in the first column.
const slotWidth = 40

func slotRows(house script.House, machine string) table {
	t := newSection()
	for _, s := range house.Slots(machine) {
		value, doc := strings.Join(s.Words, "|"), s.Doc
		switch {
		case s.Data:
			value = "FILE"
		case value == "":
			value = "WORD"
		case len(value) > slotWidth:
			value, doc = "WORD", doc+"; WORD is one of "+strings.Join(s.Words, ", ")
		}
		t.row(s.Key+"="+value, doc)
	}
	return t
}

func constantRows(s *sim.Sheet) table {
	t := newSection()
	for _, c := range s.Constants {
		text := c.Doc
		if c.Source != "" {
			text += " (" + c.Source + ")"
		}
		t.row(c.Name, strings.TrimSpace(c.Value+" "+string(c.Unit)), c.Evidence.String(), text)
	}
	return t
}

// grades counts constants by what stands behind them.
func grades(list []sim.Constant) string {
	var parts []string
	for e := sim.Primary; e <= sim.Assumed; e++ {
		n := 0
		for _, c := range list {
			if c.Evidence == e {
				n++
			}
		}
		parts = append(parts, fmt.Sprintf("%d %v", n, e))
	}
	return strings.Join(parts, ", ")
}

func listRows(lines []string) table {
	t := newSection()
	for _, line := range lines {
		t.row(line)
	}
	return t
}
