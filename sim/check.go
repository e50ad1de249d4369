package sim

import "fmt"

// Check refuses an Input that does not fit its control: an unknown control, a
// cell that is not there, the wrong number of values, a value out of range.
// Machines call it first in Apply.
func (s *Sheet) Check(in Input) error {
	if in.Control < 0 || int(in.Control) >= len(s.Controls) {
		return fmt.Errorf("%s has no control number %d", s.Name, in.Control)
	}
	c := &s.Controls[in.Control]
	want, err := c.cellsOf(in.Index)
	if err != nil {
		return err
	}
	switch {
	case c.Kind == Button:
		return c.count("values", len(in.Ints)+len(in.Floats)+len(in.Bytes), 0)
	case c.Kind == Text:
		return c.checkText(in)
	case c.Real:
		return c.checkReals(in, want)
	}
	return c.checkInts(in, want)
}

// cellsOf is how many values an Input at index carries.
func (c *Control) cellsOf(index int) (int, error) {
	n := c.Cells()
	switch {
	case index == Whole:
		return n, nil
	case c.Kind != Grid && index != 0:
		return 0, fmt.Errorf("%s has one value only: no index %d", c.Name, index)
	case index < 0 || index >= n:
		return 0, fmt.Errorf("%s[%d]: its cells are 0..%d", c.Name, index, n-1)
	}
	return 1, nil
}

func (c *Control) count(what string, got, want int) error {
	if got != want {
		return fmt.Errorf("%s takes %d %s, not %d", c.Name, want, what, got)
	}
	return nil
}

func (c *Control) checkText(in Input) error {
	if len(in.Ints)+len(in.Floats) > 0 {
		return fmt.Errorf("%s takes text, not numbers", c.Name)
	}
	if c.Max > 0 && int64(len(in.Bytes)) > c.Max {
		return fmt.Errorf("%s takes at most %d bytes, not %d", c.Name, c.Max, len(in.Bytes))
	}
	return nil
}

func (c *Control) checkInts(in Input, want int) error {
	if len(in.Floats)+len(in.Bytes) > 0 {
		return fmt.Errorf("%s takes whole numbers", c.Name)
	}
	if err := c.count("whole numbers", len(in.Ints), want); err != nil {
		return err
	}
	lo, hi := c.Limits()
	for i, v := range in.Ints {
		if v < lo || v > hi {
			return fmt.Errorf("%s takes %d..%d, not %d%s", c.Name, lo, hi, v, c.place(in.Index, i))
		}
	}
	return nil
}

// Limits is the range of an integer control's values.
func (c *Control) Limits() (lo, hi int64) {
	switch c.Kind {
	case Switch:
		return 0, 1
	case Choice:
		return 0, int64(len(c.Names)) - 1
	}
	return c.Min, c.Max
}

func (c *Control) place(index, i int) string {
	if c.Kind != Grid {
		return ""
	}
	return fmt.Sprintf(" (cell %d)", max(index, 0)+i)
}

func (c *Control) checkReals(in Input, want int) error {
	if len(in.Ints)+len(in.Bytes) > 0 {
		return fmt.Errorf("%s takes reals", c.Name)
	}
	if err := c.count("reals", len(in.Floats), want); err != nil {
		return err
	}
	for i, v := range in.Floats {
		if !(v >= float32(c.Range[0]) && v <= float32(c.Range[1])) {
			return fmt.Errorf("%s takes %v..%v, not %v%s", c.Name, c.Range[0], c.Range[1], v, c.place(in.Index, i))
		}
	}
	return nil
}
