package scenarios

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"perceptarium/internal/dataset"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// Generators implements script.House.
func (House) Generators() []string {
	var names []string
	for _, g := range dataset.Generators() {
		names = append(names, g.Name)
	}
	return names
}

// codeKey is the one setting of a deck that belongs to the house and not to the
// generator: how the class of a card is asked of the responses.
//
//	code=first    response 1 shall be the class, 0 or 1; nothing is asked of the others
//	code=bits     the class, counted from 1, in binary: response 1 is its lowest bit
//	code=each     response i shall be on for class i, counted from 1, and off for the others
//	code=bit3     response 1 shall be the third bit of the class as code=bits counts it; so bit1 to bit8
//
// Of responses beyond those that the code needs nothing is asked.
// Without it, two classes are asked as first, and more as bits (the binary code
// that Rosenblatt 1958 recommends, A = 00001).
const codeKey = "code"

var codes = []string{"first", "bits", "each", "bit1", "bit2", "bit3", "bit4", "bit5", "bit6", "bit7", "bit8"}

// Deal implements script.House: each card sets the control "wanted", where the
// machine has one, to the picture's class, then the control "retina" to the
// picture.
func (House) Deal(sheet *sim.Sheet, generator string, args []script.Option, seed uint64) ([]script.Card, error) {
	g, err := dataset.Find(generator)
	if err != nil {
		return nil, err
	}
	code, settings, err := codeOf(args)
	if err != nil {
		return nil, err
	}
	cards, err := g.Make(settings, seed)
	if err != nil {
		return nil, err
	}
	d, err := newDealer(sheet, cards, code)
	if err != nil {
		return nil, err
	}
	list := make([]script.Card, len(cards))
	for i, c := range cards {
		list[i] = d.card(c)
	}
	return list, nil
}

func codeOf(args []script.Option) (code string, settings []dataset.Arg, err error) {
	for _, a := range args {
		if a.Key != codeKey {
			settings = append(settings, dataset.Arg{Key: a.Key, Value: a.Value})
			continue
		}
		code = a.Value
		if !slices.Contains(codes, code) {
			return "", nil, errors.New(sim.Unknown("code cannot be", code, codes))
		}
	}
	return code, settings, nil
}

// dealer turns pictures with classes into Inputs of one machine.
type dealer struct {
	retina, wanted sim.ControlID
	cells          *sim.Control // of the retina
	responses      int          // 0 where the machine has no control "wanted"
	asked          int          // of them: the first ones
	code           string
}

func newDealer(sheet *sim.Sheet, cards []dataset.Card, code string) (*dealer, error) {
	d := &dealer{code: code}
	var ok bool
	if d.retina, ok = sheet.Control(retinaName); !ok {
		return nil, fmt.Errorf("%s has no retina to show a card to", sheet.Name)
	}
	retina := &sheet.Controls[d.retina]
	d.cells = retina
	if d.wanted, ok = sheet.Control("wanted"); ok {
		d.responses = sheet.Controls[d.wanted].Cells()
	}
	classes := 0
	for i, c := range cards {
		if len(c.Picture.Cells) != retina.Cells() {
			return nil, fmt.Errorf("card %d has %d x %d cells, the retina %d x %d", i+1, c.Picture.Rows, c.Picture.Cols, retina.Rows, retina.Cols)
		}
		classes = max(classes, c.Class+1)
	}
	return d, d.fits(classes)
}

// fits chooses the code where none was named, and refuses one that needs more
// responses than there are.
func (d *dealer) fits(classes int) error {
	if d.code == "" {
		d.code = "bits"
		if classes <= 2 {
			d.code = "first"
		}
	}
	switch d.asked = 1; d.code {
	case "bits":
		d.asked = bits.Len(uint(classes))
	case "each":
		d.asked = classes
	}
	switch {
	case d.responses > 0 && d.asked > d.responses:
		return fmt.Errorf("code=%s needs %d responses for %d classes; there are %d", d.code, d.asked, classes, d.responses)
	case d.code == "first" && classes > 2:
		return fmt.Errorf("code=first asks two classes; there are %d", classes)
	}
	return nil
}

// card takes the picture over: its cells become the levels of the retina.
func (d *dealer) card(c dataset.Card) script.Card {
	var card script.Card
	if d.responses > 0 {
		card = append(card, sim.Input{Control: d.wanted, Index: sim.Whole, Ints: d.ask(c.Class)})
	}
	return append(card, sim.Input{Control: d.retina, Index: sim.Whole, Ints: levels(c.Picture, d.cells)})
}

// notAsked is what "wanted" says of a response that may be anything.
const notAsked = -1

func (d *dealer) ask(class int) []int64 {
	wanted := make([]int64, d.responses)
	for i := range wanted {
		switch {
		case i >= d.asked:
			wanted[i] = notAsked
		case d.code == "first":
			wanted[i] = int64(class)
		case d.code == "bits":
			wanted[i] = int64(class+1) >> i & 1
		case d.code == "each":
			wanted[i] = truth(i == class)
		default: // bit1 to bit8
			wanted[i] = int64(class+1) >> (d.code[len("bit")] - '1') & 1
		}
	}
	return wanted
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
