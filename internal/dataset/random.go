package dataset

import "fmt"

// randomGenerator makes the environment of the theory: pictures with so many
// lit cells at random places.
func randomGenerator() Generator {
	params := append([]Param{
		{Name: "count", Kind: Number, Default: "100", Min: 1, Max: 1_000_000, Doc: "cards"},
		{Name: "lit", Kind: Number, Default: "80", Max: 4096, Doc: "lit cells of each picture, exactly"},
		{Name: "classes", Kind: Number, Default: "2", Min: 1, Max: 256, Doc: "classes; the cards take them in turn"},
		{Name: "shared", Kind: Range, Default: "any", Max: 4096, Words: []string{"any"}, Doc: "cells that the second, fourth ... card has in common with the one before it"},
	}, retinaParams(2)...)
	return newGenerator("random", "pictures of lit cells at random places, without any likeness within a class", params, (*settings).random)
}

func (s *settings) random() ([]Card, error) {
	n, lit, count := s.num("retina")*s.num("retina"), s.num("lit"), s.num("count")
	if lit > n {
		return nil, s.fail("lit", "the retina has %d cells", n)
	}
	if err := s.room(count); err != nil {
		return nil, err
	}
	shared := s.get("shared")
	if shared.word == "" && (shared.hi > lit || 2*lit-shared.lo > n) {
		return nil, s.fail("shared", "two pictures of %d cells on %d share %d..%d", lit, n, max(0, 2*lit-n), lit)
	}
	cells, overlap, noise := s.stream("cells"), s.stream("shared"), s.stream("noise")
	canvas := newCanvas(s, false)
	cards := make([]Card, count)
	order := make([]int32, n)
	for i := range cards {
		canvas.clear()
		if shared.word == "any" || i%2 == 0 {
			cells.Perm(order)
		} else {
			k := int32(within(&overlap, shared))
			order = append(append([]int32{}, order[int32(lit)-k:]...), order[:int32(lit)-k]...)
		}
		for _, c := range order[:lit] {
			canvas.cover[c] = uint8(canvas.fine * canvas.fine)
		}
		class := i % int(s.num("classes"))
		cards[i] = Card{canvas.picture(s, &noise), class, fmt.Sprintf("class %d", class+1)}
	}
	return cards, nil
}
