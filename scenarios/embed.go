// Package scenarios holds the scenarios of the house and is the only place
// that knows all machines and all generators of decks.
package scenarios

import (
	"embed"
	"errors"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"perceptarium/sim/script"
)

//go:embed *.scenario
var files embed.FS

// Entry is one scenario of the house, as a list shows it.
type Entry struct {
	Name    string `json:"name"`
	Year    int    `json:"year"`
	Title   string `json:"title"`
	Machine string `json:"machine"`
	Full    string `json:"full,omitempty"` // what its full form is; "" where it has none
}

// ErrUnknown is returned by Load where the house has no scenario of that name.
var ErrUnknown = errors.New("no such scenario")

// Load parses a scenario of the house.
func Load(name string) (*script.Scenario, error) {
	src := Source(name)
	if src == nil {
		return nil, ErrUnknown
	}
	return script.Parse(name+script.Ending, src)
}

// Source returns the text of a scenario of the house; nil where there is none.
func Source(name string) []byte {
	src, err := files.ReadFile(name + script.Ending)
	if err != nil {
		return nil
	}
	return src
}

// Names lists the scenarios by name.
func Names() []string {
	list, _ := fs.Glob(files, "*"+script.Ending)
	for i, file := range list {
		list[i] = strings.TrimSuffix(path.Base(file), script.Ending)
	}
	return list
}

// List lists the scenarios by year, then by name.
func List() ([]Entry, error) {
	var list []Entry
	for _, name := range Names() {
		sc, err := Load(name)
		if err != nil {
			return nil, err
		}
		list = append(list, Entry{name, sc.Header.Year, sc.Header.Title, machineOf(sc), sc.Header.Full})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Year < list[j].Year })
	return list, nil
}

// Of lists the scenarios in which that machine plays an act, by name.
func Of(machine string) ([]string, error) {
	var list []string
	for _, name := range Names() {
		sc, err := Load(name)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(sc.Acts, func(a script.Act) bool { return a.Machine == machine }) {
			list = append(list, name)
		}
	}
	return list, nil
}

// machineOf is the machine a scenario speaks of: as its header says, else the
// name in its first act.
func machineOf(sc *script.Scenario) string {
	if sc.Header.Machine != "" {
		return sc.Header.Machine
	}
	return sc.Acts[0].Machine
}
