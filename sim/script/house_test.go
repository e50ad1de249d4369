package script_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"perceptarium/sim"
	"perceptarium/sim/script"
	"perceptarium/sim/simtest"
)

// toyHouse is a house with one machine, one data set and one generator.
type toyHouse struct{}

func (toyHouse) Machines() []string { return []string{"toy"} }

func (toyHouse) Slots(string) []sim.Slot {
	return []sim.Slot{{Key: "size", Words: []string{"small", "large"}}, {Key: "table", Data: true}}
}

func (toyHouse) Make(_ string, env sim.Env) (sim.Machine, error) {
	if o, ok := env.Get("table"); ok && string(o.Data) != "1 2 3\n" {
		return nil, fmt.Errorf("%s:1: want 1 2 3", o.Value)
	}
	return simtest.NewToy(), nil
}

func (toyHouse) Data(name string) ([]byte, bool, error) {
	return []byte("1 2 3\n"), name == "digits", nil
}

func (toyHouse) DataSets() []string { return []string{"numbers"} }

func (toyHouse) Generators() []string { return []string{"steps"} }

// Picture of the toy is a row of digits, for its control "cells".
func (toyHouse) Picture(c *sim.Control, name string, data []byte) ([]int64, bool, error) {
	if c.Name != "cells" {
		return nil, false, nil
	}
	var cells []int64
	for _, d := range bytes.TrimSpace(data) {
		if d < '0' || d > '9' {
			return nil, true, fmt.Errorf("%s: %q is no digit", name, d)
		}
		cells = append(cells, int64(d-'0'))
	}
	return cells, true, nil
}

func (toyHouse) Deal(_ *sim.Sheet, _ string, args []script.Option, seed uint64) ([]script.Card, error) {
	if len(args) != 1 || args[0].Key != "count" {
		return nil, errors.New("want steps(count=N)")
	}
	var cards []script.Card
	for i := range len(args[0].Value) {
		cards = append(cards, script.Card{{Control: simtest.ToyStep, Ints: []int64{int64(seed) + int64(i)}}})
	}
	return cards, nil
}

// head is a scenario's first four lines.
const head = "+++\ntitle = \"T\"\nyear = 1\n+++\n"

func parse(t testing.TB, body string) *script.Scenario {
	t.Helper()
	sc, err := script.Parse("t.scenario", []byte(head+body))
	if err != nil {
		t.Fatal(err)
	}
	sc.Beside = fstest.MapFS{"beside.txt": {Data: []byte("1 2 3\n")}}
	return sc
}

func open(t testing.TB, body string, o script.Options) *script.Player {
	t.Helper()
	p, err := script.Open(parse(t, body), toyHouse{}, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// mistake returns what is wrong with a scenario, with its place.
func mistake(body string) error {
	sc, err := script.Parse("t.scenario", []byte(body))
	if err != nil {
		return err
	}
	_, err = script.Open(sc, toyHouse{}, script.Options{})
	return err
}

func replay(t testing.TB, p *script.Player) {
	t.Helper()
	if err := p.Replay(0, script.Slices); err != nil {
		t.Fatal(err)
	}
}

// told is the journal as lines.
func told(p *script.Player) []string {
	var lines []string
	for _, e := range p.Journal() {
		detail := e.Detail
		if strings.HasPrefix(detail, "sha256:") {
			detail = "digest"
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d/%d %d:%s %s %v", e.Act, e.Tick, e.Line, e.Text, detail, e.Verdict)))
	}
	return lines
}
