package dataset

import (
	"errors"
	"fmt"
	"math"

	"perceptarium/modern/f32"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Points are examples in the plane.
type Points struct {
	Name string
	X    []float32 // [Len][2]
	Y    []float32 // [Len]: the class, 1 or -1, or the value that is wanted
}

// Len is the number of examples.
func (p *Points) Len() int { return len(p.Y) }

// playground draws the examples of one set.
type playground struct {
	place, noise rng.Stream
	level        float32 // of noise: 0 to 0.5
	points       *Points
}

// Playground makes one of the six sets of the TensorFlow Playground (its
// src/dataset.ts): circle, xor, gauss and spiral are classes 1 and -1, plane
// and multi-gauss are values. noisePercent is the demo's slider, 0..50; the
// demo has 500 examples of classes and 1,200 of values. count is even, at most
// 1,000,000. The examples come shuffled, as the demo shuffles them.
//
// The text of the demo is followed operation by operation in float32; only its
// way to a normal number is another (f32.Normal).
func Playground(name string, count, noisePercent int, seed uint64) (*Points, error) {
	sets := []struct {
		name string
		draw func(p *playground, count int)
	}{
		{"circle", (*playground).circle}, {"xor", (*playground).xor}, {"gauss", (*playground).gauss},
		{"spiral", (*playground).spiral}, {"plane", (*playground).plane}, {"multi-gauss", (*playground).multiGauss},
	}
	if err := sizeError("noise in percent", noisePercent, 0, 50); err != nil {
		return nil, err
	}
	if err := sizeError("half the examples", count/2, 1, 500_000); err != nil {
		return nil, err
	}
	if count%2 != 0 {
		return nil, fmt.Errorf("%d examples; want an even number", count)
	}
	names := make([]string, 0, len(sets))
	for _, set := range sets {
		if set.name != name {
			names = append(names, set.name)
			continue
		}
		source := rng.New(seed)
		p := playground{source.Stream(name + ".place"), source.Stream(name + ".noise"), float32(noisePercent) / 100, &Points{Name: name}}
		set.draw(&p, count)
		order := source.Stream(name + ".order")
		p.points.shuffle(&order)
		return p.points, nil
	}
	return nil, errors.New(sim.Unknown("no set of the playground", name, names))
}

func (p *playground) add(x, y, label float32) {
	p.points.X = append(p.points.X, x, y)
	p.points.Y = append(p.points.Y, label)
}

// uniform draws a number in a..b.
func uniform(st *rng.Stream, a, b float32) float32 {
	return float32(f32.Uniform(st.Uint64())*(b-a)) + a
}

// shaken moves a point by the noise, up to a radius each way.
func (p *playground) shaken(x, y, radius float32) (float32, float32) {
	dx := float32(uniform(&p.noise, -radius, radius) * p.level)
	dy := float32(uniform(&p.noise, -radius, radius) * p.level)
	return x + dx, y + dy
}

// between is the distance of two points.
func between(x, y, cx, cy float32) float32 {
	dx, dy := x-cx, y-cy
	return f32.Sqrt(float32(dx*dx) + float32(dy*dy))
}

func (p *playground) circle(count int) {
	const radius = 5
	for i := range count {
		lo, hi := float32(0), float32(radius*0.5)
		if i >= count/2 {
			lo, hi = radius*0.7, radius
		}
		r, angle := uniform(&p.place, lo, hi), uniform(&p.place, 0, 2*math.Pi)
		x, y := float32(r*f32.Sin(angle)), float32(r*f32.Cos(angle))
		label := float32(-1)
		if sx, sy := p.shaken(x, y, radius); between(sx, sy, 0, 0) < radius*0.5 {
			label = 1
		}
		p.add(x, y, label)
	}
}

func (p *playground) xor(count int) {
	padded := func() float32 {
		v := uniform(&p.place, -5, 5)
		if v > 0 {
			return v + 0.3
		}
		return v - 0.3
	}
	for range count {
		x, y := padded(), padded()
		label := float32(-1)
		if sx, sy := p.shaken(x, y, 5); float32(sx*sy) >= 0 {
			label = 1
		}
		p.add(x, y, label)
	}
}

func (p *playground) gauss(count int) {
	spread := f32.Sqrt(0.5 + float32(p.level*7)) // variance 0.5 without noise, 4 with 50 %
	for i := range count {
		centre, label := float32(2), float32(1)
		if i >= count/2 {
			centre, label = -2, -1
		}
		a, b := f32.Normal(p.place.Uint64())
		p.add(centre+float32(spread*a), centre+float32(spread*b), label)
	}
}

func (p *playground) spiral(count int) {
	n := count / 2
	for i := range count {
		along, delta, label := float32(i%n)/float32(n), float32(0), float32(1)
		if i >= n {
			delta, label = math.Pi, -1
		}
		r, t := float32(along*5), float32(along*(1.75*2*math.Pi))+delta
		x, y := p.shaken(float32(r*f32.Sin(t)), float32(r*f32.Cos(t)), 1)
		p.add(x, y, label)
	}
}

func (p *playground) plane(count int) {
	for range count {
		x, y := uniform(&p.place, -6, 6), uniform(&p.place, -6, 6)
		sx, sy := p.shaken(x, y, 6)
		p.add(x, y, (sx+sy)/10)
	}
}

func (p *playground) multiGauss(count int) {
	for range count {
		x, y := uniform(&p.place, -6, 6), uniform(&p.place, -6, 6)
		sx, sy := p.shaken(x, y, 6)
		p.add(x, y, hills(sx, sy))
	}
}

// hills is the height at a place between six cones of radius 2, three up and
// three down: that of the nearest.
func hills(x, y float32) (label float32) {
	sign := float32(1)
	for _, cy := range []float32{2.5, -2.5} {
		for _, cx := range []float32{-4, 0, 4} {
			height := f32.Max(0, 1-float32(between(x, y, cx, cy)*0.5))
			if height > f32.Abs(label) {
				label = float32(sign * height)
			}
			sign = -sign
		}
	}
	return label
}

// shuffle puts the examples into a random order.
func (p *Points) shuffle(st *rng.Stream) {
	for i := p.Len() - 1; i > 0; i-- {
		j := int(st.Below(int64(i) + 1))
		p.Y[i], p.Y[j] = p.Y[j], p.Y[i]
		p.X[2*i], p.X[2*j] = p.X[2*j], p.X[2*i]
		p.X[2*i+1], p.X[2*j+1] = p.X[2*j+1], p.X[2*i+1]
	}
}

// Cut divides the examples: the first percent of them, rounded down, and the
// rest, as the demo divides them into training and test. Both share p's memory.
func (p *Points) Cut(percent int) (first, rest *Points, err error) {
	if err := sizeError("a cut in percent", percent, 0, 100); err != nil {
		return nil, nil, err
	}
	n := p.Len() * percent / 100
	return &Points{p.Name, p.X[: 2*n : 2*n], p.Y[:n:n]}, &Points{p.Name, p.X[2*n:], p.Y[n:]}, nil
}
