package nn

import "testing"

// TestWander moves a picture with one lit cell: it is found where the moves
// say, and its derivative comes back from there. Without training nothing moves.
func TestWander(t *testing.T) {
	n := New(8)
	x := n.Input("x", []int{1, 5, 5}, 1)
	a := n.Scale("a", x, 0, Init{Constant, 1}, Init{})
	y := n.Wander("w", a, 2, -1)
	n.Loss("loss", n.Dense("y", y, Dense{Units: 1}), Loss{})
	n.Finish()
	n.Start(3)
	op := n.ops[1].(*wander)
	places := map[int]bool{}
	for round := range 20 {
		n.Training = round > 0
		for r := range 8 {
			clear(a.Data[r*25 : r*25+25])
			a.Data[r*25+12] = 1
		}
		op.Run(false, 0)
		for r := range 8 {
			at := -1
			for i, v := range y.Data[r*25 : r*25+25] {
				y.Grad[r*25+i] = float32(i)
				if v == 1 {
					at = i
				}
			}
			if want := 12 + 5*int(op.moves[2*r]) + int(op.moves[2*r+1]); at != want || round == 0 && at != 12 {
				t.Fatalf("round %d: the lit cell is at %d, not %d", round, at, want)
			}
			places[at] = true
		}
		op.Run(true, 0)
		for r := range 8 {
			if want := float32(12 + 5*op.moves[2*r] + op.moves[2*r+1]); a.Grad[r*25+12] != want {
				t.Fatalf("the derivative of the cell is %v, not %v", a.Grad[r*25+12], want)
			}
		}
	}
	if len(places) != 25 {
		t.Errorf("%d of 25 places in 152 moves", len(places))
	}
}
