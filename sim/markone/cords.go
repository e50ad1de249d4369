package markone

import (
	"errors"
	"fmt"
	"strings"
)

// replug takes a whole board from a file.
func (m *Machine) replug(text []byte) error {
	b, err := ParsePlugboard("plugboard", text, m.build.units, m.build.wiring.Limits)
	if err != nil {
		return err
	}
	m.units.board = *b
	m.refresh(touchBoard)
	return nil
}

// moveCord plugs or pulls one cord.
func (m *Machine) moveCord(text []byte) error {
	p, plug, err := parseMove(string(text), m.build.units)
	if err != nil {
		return fmt.Errorf("cord: %w", err)
	}
	if !plug {
		if !m.units.pull(p) {
			return fmt.Errorf("cord: there is no cord %s on S%d to pull", p.appendCord(nil), p.S)
		}
	} else {
		board := Plugboard{m.build.units, append(m.units.board.Plugs[:len(m.units.board.Plugs):len(m.units.board.Plugs)], p)}
		if err := board.Check(m.build.wiring.Limits); err != nil {
			return fmt.Errorf("cord: %w", err)
		}
		board.Sort()
		m.units.board = board
	}
	m.cord = append(m.cord[:0], text...)
	m.refresh(touchBoard)
	return nil
}

// parseMove reads "plug S17 +A3" or "pull S17 -A44".
func parseMove(text string, units int) (p Plug, plug bool, err error) {
	words := strings.Fields(text)
	if len(words) != 3 || words[0] != "plug" && words[0] != "pull" {
		return p, false, errors.New("want: plug S17 +A3, or: pull S17 -A44")
	}
	s, err := unitNumber(words[1], "S", Points)
	if err != nil {
		return p, false, err
	}
	p, err = parseCord(s, words[2], units)
	return p, words[0] == "plug", err
}
