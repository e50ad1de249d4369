package tui

// drawLamp draws one lamp, and at its side the word for those who see no colour.
func drawLamp(l *look, a area) {
	v, _ := l.now.At(0)
	if number(v) != 0 {
		a.put(0, 0, l.t.lit, inkLit)
		a.text(2, 0, assumed(l.p.Evidence)+"lit", inkLit)
		return
	}
	a.put(0, 0, l.t.dark, inkFaint)
	a.text(2, 0, assumed(l.p.Evidence)+"dark", inkDim)
}
