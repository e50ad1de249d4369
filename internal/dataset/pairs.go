package dataset

// pairGenerators are the two-class tasks of the IBM 704 simulations.
func pairGenerators() []Generator {
	return []Generator{
		newGenerator("e-versus-x", "the letters E (class 0) and X (class 1)", pairLetterParams(), func(s *settings) ([]Card, error) {
			return s.letterPair("EX")
		}),
		newGenerator("e-versus-f", "the letters E (class 0) and F (class 1)", pairLetterParams(), func(s *settings) ([]Card, error) {
			return s.letterPair("EF")
		}),
		newGenerator("square-circle", "squares (class 0) and circles (class 1)", pairFigureParams(), func(s *settings) ([]Card, error) {
			return s.figures([]shape{square, circle})
		}),
		newGenerator("square-diamond", "squares (class 0) and diamonds (class 1); turned by 45 degrees one is the other", pairFigureParams(), func(s *settings) ([]Card, error) {
			return s.figures([]shape{square, diamond})
		}),
	}
}

// pairFigureParams are the settings of the figures without halves; equal says
// what the two have in common.
func pairFigureParams() []Param {
	var list []Param
	for _, p := range figureParams("any") {
		switch p.Name {
		case "halves":
			p = Param{Name: "equal", Kind: Word, Default: "side", Words: []string{"side", "area"},
				Doc: "what both figures share: the side of the square that holds them, or the area of a square with that side"}
		case "side":
			p.Default = "8"
		case "order":
			p = orderParam("mixed")
		}
		list = append(list, p)
	}
	return list
}
