package study

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"perceptarium/scenarios"
)

// Docs is the folder of pages.
type Docs struct{ Dir string }

func (d Docs) index() string           { return filepath.Join(d.Dir, "replications.md") }
func (d Docs) page(name string) string { return filepath.Join(d.Dir, "replications", name+".md") }
func (d Docs) kept(name string) string {
	return filepath.Join(d.Dir, "replications", "results", name+".json")
}
func (d Docs) machine(name string) string { return filepath.Join(d.Dir, "machines", name+".md") }

// Claimants lists the scenarios of the house that make a claim.
func Claimants() (names []string, err error) {
	for _, name := range scenarios.Names() {
		sc, err := scenarios.Load(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if len(sc.Header.Claims)+len(sc.In(true).Header.Claims) > 0 {
			names = append(names, name)
		}
	}
	return names, nil
}

// Experiment reads a scenario of the house and its kept study, without what is
// of other acts than today's.
func (d Docs) Experiment(name string) (e Experiment, err error) {
	if e.Scenario, err = scenarios.Load(name); err != nil {
		return e, fmt.Errorf("%s: %w", name, err)
	}
	data, err := os.ReadFile(d.kept(name))
	if errors.Is(err, fs.ErrNotExist) {
		return e, nil
	}
	if err != nil {
		return e, err
	}
	st, err := Decode(data)
	if err != nil {
		return e, fmt.Errorf("%s: %w", d.kept(name), err)
	}
	source := scenarios.Source(name)
	st.only(Digest(source, false), Digest(source, true))
	if st.Scenario == name && len(st.Runs) > 0 {
		e.Study = st
	}
	return e, nil
}

// Experiments reads them all.
func (d Docs) Experiments(names []string) (all []Experiment, err error) {
	for _, name := range names {
		e, err := d.Experiment(name)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// Keep writes a study beside its page.
func (d Docs) Keep(e Experiment) error {
	data, err := e.Study.Encode()
	if err != nil {
		return err
	}
	return replaceFile(d.kept(e.Scenario.Name), data)
}

// Pages writes, from the kept studies, the pages of the named scenarios and the
// index, and the section of each machine's page that has a place for it.
func (d Docs) Pages(names []string) error {
	claimants, err := Claimants()
	if err != nil {
		return err
	}
	all, err := d.Experiments(claimants)
	if err != nil {
		return err
	}
	named := map[string]bool{}
	for _, name := range names {
		named[name] = true
	}
	for _, e := range all {
		if name := e.Scenario.Name; named[name] {
			err = errors.Join(err, replaceFile(d.page(name), []byte(Page(e.Scenario, e.Study))))
		}
	}
	for _, machine := range (scenarios.House{}).Machines() {
		err = errors.Join(err, d.machineSection(machine, all))
	}
	return errors.Join(err, replaceFile(d.index(), []byte(Index(all))))
}

// Between these two lines of a machine's page stands what a study found of its
// scenarios; the rest of the page is a person's.
const (
	beginMarker = "<!-- written by perceptarium study: begin -->"
	endMarker   = "<!-- written by perceptarium study: end -->"
)

// machineSection writes the section of a machine's page, where the page has a
// place for it.
func (d Docs) machineSection(machine string, all []Experiment) error {
	page, err := os.ReadFile(d.machine(machine))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	before, rest, found := bytes.Cut(page, []byte(beginMarker))
	_, after, closed := bytes.Cut(rest, []byte(endMarker))
	if !found {
		return nil
	}
	if !closed {
		return fmt.Errorf("%s: the line %q has no line %q after it", d.machine(machine), beginMarker, endMarker)
	}
	own, err := scenarios.Of(machine)
	if err != nil {
		return err
	}
	var mine []Experiment
	for _, e := range all {
		for _, name := range own {
			if name == e.Scenario.Name {
				mine = append(mine, e)
			}
		}
	}
	section := beginMarker + "\n\n" + MachineTable(mine) + "\n" + endMarker
	return replaceFile(d.machine(machine), append(append(bytes.Clone(before), section...), after...))
}

// replaceFile writes a file whole or not at all.
func replaceFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".page-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
