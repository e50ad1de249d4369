package dataset

import "fmt"

// randomGenerator makes the environment of the theory: pictures with so many
// lit cells at random places.
func randomGenerator() Generator {
	params := append([]Param{
		{Name: "count", Kind: Number, Default: "100", Min: 1, Max: 1_000_000, Doc: "cards"},
		{Name: "lit", Kind: Number, Default: "80", Max: 4096, Doc: "lit cells of each picture, exactly"},
		{Name: "classes", Kind: Number, Default: "2", Min: 1, Max: 256, Doc: "classes; the cards take them in turn"},
		{Name: "uneven", Kind: Number, Default: "0", Max: 100, Doc: "percent by which the first class has fewer cards than the mean and the last class more, those between them in even steps"},
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
	classes := unevenClasses(count, s.num("classes"), s.num("uneven"))
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
		class := classes[i]
		cards[i] = Card{canvas.picture(s, &noise), class, fmt.Sprintf("class %d", class+1)}
	}
	return cards, nil
}

// unevenClasses is the class of each of count cards: the classes in turn, each as
// often as it has cards. Of n classes, class k has 1 + uneven/100 (2k/(n-1) - 1)
// times the mean, rounded so that all together have count: upward, class by class.
func unevenClasses(count, n, uneven int64) []int {
	left := make([]int64, n)
	sum, dealt := int64(0), int64(0) // in parts of 100 n max(n-1, 1) for each card
	whole := 100 * n * max(n-1, 1)
	for k := range n {
		sum += count * (100*max(n-1, 1) + uneven*(2*k-n+1))
		left[k] = (sum+whole-1)/whole - dealt
		dealt += left[k]
	}
	list := make([]int, 0, count)
	for int64(len(list)) < count {
		for k := range left {
			if left[k] > 0 {
				left[k]--
				list = append(list, k)
			}
		}
	}
	return list
}
