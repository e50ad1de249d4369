package dataset

import (
	"io/fs"
	"math"
	"slices"

	"perceptarium/modern/examples"
	"perceptarium/modern/f32"
)

func planeRecipes() []Recipe {
	params := []Param{
		countParam("count", "500", 2, 1_000_000, "examples in all, an even number"),
		countParam("noise", "0", 0, 50, "the demo's slider, in percent"),
		countParam("split", "50", 1, 100, "percent of them for training; the rest for testing"),
		countParam("copies", "1", 1, 1000, "how often the points for training follow each other, all over again"),
		seedParam("of the drawing"),
	}
	var list []Recipe
	for _, name := range []string{"circle", "xor", "gauss", "spiral", "plane", "multi-gauss"} {
		list = append(list, Recipe{"playground-" + name, "the " + name + " of the TensorFlow Playground: two coordinates in, 1 or -1 or a value out", params,
			func(s *settings, _ fs.FS) (*examples.Set, error) { return s.playground(name) }})
	}
	return append(list, Recipe{"spirals", "two spirals of 97 points, three turns each (Lang and Witbrock 1988); the points halfway along for testing", nil, (*settings).spirals})
}

func (s *settings) playground(name string) (*examples.Set, error) {
	points, err := Playground(name, int(s.num("count")), int(s.num("noise")), s.seed)
	if err != nil {
		return nil, err
	}
	train, test, err := points.Cut(int(s.num("split")))
	if err != nil {
		return nil, err
	}
	if train.Len() == 0 {
		return nil, s.fail("split", "none of %d is for training", points.Len())
	}
	set := &examples.Set{Name: "playground " + name, Shape: []int{2}, Steps: 1, Outputs: 1}
	if name != "plane" && name != "multi-gauss" {
		set.Classes = 2
	}
	set.Train, set.Test = planePart(set, train), planePart(set, test)
	repeatPart(&set.Train, int(s.num("copies")))
	return set, nil
}

// planePart has the class 1 where the wanted number is above 0.
func planePart(set *examples.Set, p *Points) examples.Part {
	part := examples.Part{N: p.Len(), X: p.X, Y: p.Y}
	if set.Classes == 0 {
		return part
	}
	part.Class = make([]int32, p.Len())
	for i, y := range p.Y {
		if y > 0 {
			part.Class[i] = 1
		}
	}
	return part
}

// repeatPart has all examples so often.
func repeatPart(p *examples.Part, times int) {
	p.N *= times
	p.X, p.Y, p.Class = slices.Repeat(p.X, times), slices.Repeat(p.Y, times), slices.Repeat(p.Class, times)
}

// spirals follows the recipe of the benchmark as it is handed down; its numbers
// (97 points, 1/16 of half a turn from one to the next, radius from 6.5 down to
// 0.5 in steps of 6.5/104) are Assumed: no copy of the paper was read.
func (s *settings) spirals(fs.FS) (*examples.Set, error) {
	const points = 97
	set := &examples.Set{Name: "two spirals", Shape: []int{2}, Steps: 1, Outputs: 1, Classes: 2}
	for i := range points {
		spiralPair(&set.Train, float32(i))
		if i < points-1 {
			spiralPair(&set.Test, float32(i)+0.5)
		}
	}
	return set, nil
}

// spiralPair adds the points of both spirals that lie so far along.
func spiralPair(p *examples.Part, along float32) {
	angle, radius := float32(along*(math.Pi/16)), float32((104-along)*(6.5/104))
	x, y := float32(radius*f32.Sin(angle)), float32(radius*f32.Cos(angle))
	p.N += 2
	p.X = append(p.X, x, y, -x, -y)
	p.Y = append(p.Y, 1, -1)
	p.Class = append(p.Class, 1, 0)
}
