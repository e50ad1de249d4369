package model

import (
	"strings"

	"perceptarium/modern/nn"
)

// digitCodes are the digits as pictures of 7 x 12, the wanted answers of the 84
// units before the outputs of LeNet-5 (LeCun and others 1998, figure 3;
// secondary: as transcribed by public rebuildings of the net, which agree).
// Rows of a line belong to the digits 0 to 9 from left to right.
const digitCodes = `
.#####. ...##.. .#####. ####### .#####. .#####. ..####. ####### .#####. .#####.
....... ..###.. ....... .....## ....... ....... .##.... .....## ##...## ##..###
..###.. .####.. .#####. ....##. ....... ####### ##..... .....## ##...## ##...##
.##.##. ...##.. ##...## ...##.. .##..## ##..... ##..... ....##. ##...## ##...##
##...## ...##.. #....## ..####. .##..## ##..... ######. ...##.. .#####. ##..###
##...## ...##.. ....##. .....## ###..## .####.. ###..## ...##.. ##...## .######
##...## ...##.. ..###.. .....## ##...## ..####. ##...## ..##... ##...## .....##
##...## ...##.. .##.... .....## ##...## .....## ##...## ..##... ##...## .....##
.##.##. ...##.. ##..... ##...## ##..### ##...## ###..## ..##... ##...## ....##.
..###.. .###### ####### .#####. .###### .#####. .#####. ..##... .#####. .####..
....... ....... ....... ....... .....## ....... ....... ....... ....... .......
....... ....... ....... ....... .....## ....... ....... ....... ....... .......
`

// readCodes makes numbers of pictures: 1 for ink, -1 for ground.
func readCodes(text string) [][]float32 {
	var codes [][]float32
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		for i, word := range strings.Fields(line) {
			if i == len(codes) {
				codes = append(codes, nil)
			}
			codes[i] = append(codes[i], cells(word)...)
		}
	}
	return codes
}

func cells(row string) []float32 {
	v := make([]float32, len(row))
	for i := range v {
		v[i] = -1
		if row[i] == '#' {
			v[i] = 1
		}
	}
	return v
}

func buildCodes(b *builder, l layer, x *nn.Value) (*nn.Value, error) {
	if _, err := b.place("no set of codes is called", l.args[0], []string{"digits"}); err != nil {
		return nil, err
	}
	codes := readCodes(digitCodes)
	if x.Size != len(codes[0]) {
		return nil, b.errorf("codes %s: a code has %d numbers, %s %d units", l.name, len(codes[0]), x.Name, x.Size)
	}
	return b.n.Codes(l.name, x, codes), nil
}
