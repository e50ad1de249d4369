// Package dataset makes and reads what the machines are shown: decks of cards
// for a retina, tables for nets, handwritten-like digits, and files of the
// user's own.
//
//	Generators() -> Generator.Make(args, seed) -> []Card      figures, letters, tasks
//	ReadPicture(name, r, rows, cols) -> Picture               PBM, PGM, PNG
//	ReadIDX and Join, ReadUSPS -> Images                      digits from files
//	DrawDigits -> Images                                      digits from nothing
//	ReadCSV -> Numbers      ReadText -> Text                  other files
//	Parity, Encoder, Adding, FamilyTrees ... -> Table         tasks for nets
//	Playground -> Points                                      tasks in the plane
//	Recipes() -> Recipe.Make(args, files) -> examples.Set     all of these, by name, for nets
//
// Nearly all of it is integers: a level of illumination is 0..255, lengths are
// counted in 1/65536 of a cell, angles in minutes of arc, sine and cosine come
// from an integer CORDIC. The only floats are the numbers of a CSV file, each
// rounded once, the points of Playground, which follow the arithmetic law, and
// the values of a Recipe's set, each rounded once from a quotient of integers.
// So a set is the same on every processor.
//
// What is drawn at random comes from streams of sim/rng that carry the name of
// the generator and of the quantity ("squares.place"): a new quantity never
// shifts an old one.
//
// Every decoder takes an io.Reader and the name that its errors use. Recipes
// alone open files, from the fs.FS that they are given.
package dataset

// LevelMax is full illumination; 0 is darkness.
const LevelMax = 255

// Picture is what lies before a retina.
type Picture struct {
	Rows, Cols int
	Cells      []int64 // [Rows][Cols], row-major; illumination in 0..LevelMax
}

// Card is a picture with the answer that is wanted.
type Card struct {
	Picture Picture
	Class   int    // from 0; a generator's Doc says which class is which
	Label   string // the class in words
}

// Invert turns bright into dark: each cell becomes LevelMax less its level.
func (p Picture) Invert() {
	for i, v := range p.Cells {
		p.Cells[i] = LevelMax - v
	}
}
