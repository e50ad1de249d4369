package tui

// drawChoice draws the name of a state.
func drawChoice(l *look, a area) {
	v, _ := l.now.At(0)
	s := v.String()
	if v.Int >= 0 && v.Int < int64(len(l.p.Names)) && !v.Real {
		s = l.p.Names[v.Int]
	}
	a.text(0, 0, assumed(l.p.Evidence)+s, l.valueInk())
}
