package tape

import (
	"fmt"

	"perceptarium/sim"
)

// carrying is where examples stand that go on in the next pass (carry=yes): too
// few at a pass's end for a batch, they join the first batch of the next one, as
// derivatives that the Playground has added up and not yet used do.
type carrying struct {
	kept   int64 // of them there are
	joined int64 // of them are in the batch under way
	judged int64 // examples judged in this pass
}

// room is how many examples the net holds: a batch, and what may join it.
func (m *Machine) room() int {
	if m.spec.Carry {
		return 2*m.spec.Batch - 1
	}
	return m.spec.Batch
}

// fitsCarry refuses examples that never fill a batch.
func (m *Machine) fitsCarry(name string) error {
	if m.spec.Carry && m.set.Train.N < m.spec.Batch {
		return fmt.Errorf("%s: %d examples never fill a batch of %d, which %s carries over", name, m.set.Train.N, m.spec.Batch, m.spec.File)
	}
	return nil
}

// join feeds what was kept of the pass before into the first rows.
func (m *Machine) join() {
	c := &m.carrying
	c.joined, c.kept = c.kept, 0
	m.rows += c.joined
	m.net.Rows = int(m.rows)
	for r, i := range m.kept[:c.joined] {
		m.feed(m.net, &m.set.Train, r, int(i))
	}
}

// keep counts a batch, and holds back what is left of the pass, where it is less
// than another.
func (m *Machine) keep() {
	if !m.spec.Carry {
		return
	}
	m.carrying.judged += m.rows
	left := int64(len(m.order)) - m.place
	if left >= m.dial.batch {
		return
	}
	m.carrying.kept = left
	copy(m.kept, m.order[m.place:])
	m.place += left
}

// judgedInPass counts the examples that a pass judged, and begins with the next.
func (m *Machine) judgedInPass() int64 {
	if !m.spec.Carry {
		return int64(len(m.order))
	}
	n := m.carrying.judged
	m.carrying.judged = 0
	return n
}

func (m *Machine) packCarry(p *sim.Packer) {
	if m.spec.Carry {
		p.Ints([]int64{m.carrying.kept, m.carrying.joined, m.carrying.judged})
		p.Int32s(m.kept)
	}
}

func (m *Machine) unpackCarry(u *sim.Unpacker, l *loading) {
	if !m.spec.Carry {
		return
	}
	most := int64(m.spec.Batch) - 1
	l.carrying = carrying{u.Within(0, most, "examples kept"), u.Within(0, most, "examples that joined"), u.Within(0, countMax, "examples judged")}
	u.Int32s(l.kept)
	for _, i := range l.kept {
		u.Fail(i >= 0 && int(i) < m.set.Train.N, "an example beyond the last one")
	}
}
