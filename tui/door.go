package tui

import (
	"strings"

	"perceptarium/internal/lecture"
	"perceptarium/scenarios"
)

// door is one row of the hall: a scenario, or in the lecture a scene of a slide.
type door struct {
	scenarios.Entry
	lead  string         // its year, or the number of its slide
	slide *lecture.Slide // nil: not in the lecture
	scene *lecture.Scene // nil: a slide without a scene, or not in the lecture
}

// doors are the rows of the hall: all scenarios by year, or the slides of the
// lecture with their scenes.
func doors(inLecture bool) ([]door, error) {
	entries, err := scenarios.List()
	if err != nil {
		return nil, err
	}
	if inLecture {
		return slideDoors(entries), nil
	}
	list := make([]door, len(entries))
	for i, e := range entries {
		list[i] = door{Entry: e, lead: group0(e.Year)}
	}
	return list, nil
}

func slideDoors(entries []scenarios.Entry) (list []door) {
	known := map[string]scenarios.Entry{}
	for _, e := range entries {
		known[e.Name] = e
	}
	slides := lecture.Slides()
	for i := range slides {
		s := &slides[i]
		if len(s.Scenes) == 0 {
			list = append(list, door{Entry: scenarios.Entry{Title: s.Title}, lead: group0(s.Number), slide: s})
		}
		for j := range s.Scenes {
			c := &s.Scenes[j]
			d := door{Entry: known[c.Scenario], lead: group0(s.Number), slide: s, scene: c}
			d.Name = c.Scenario
			if j == 0 {
				d.Title = s.Title
			}
			list = append(list, d)
		}
	}
	return list
}

// open reports whether something stands behind the door.
func (d *door) open() bool { return d.slide == nil || d.scene != nil && !d.scene.NotYet }

// shut says why nothing does.
func (d *door) shut() string {
	if d.scene == nil {
		return "slide " + d.lead + " has no scene"
	}
	return d.Name + ": not yet"
}

// words name a scene of the lecture.
func (d *door) words() string {
	text := d.Name
	if d.scene.Act > 1 {
		text += ", act " + group0(d.scene.Act)
	}
	return "slide " + d.lead + ", " + text
}

// heading is how the hall calls it.
func (d *door) heading() string {
	if d.slide == nil {
		return d.Name
	}
	return "slide " + d.lead + ": " + d.slide.Title
}

// text is what a search looks into.
func (d *door) text() string {
	text := d.Name + " " + d.Title + " " + d.Machine + " " + d.lead
	if d.slide != nil {
		text += " " + d.slide.Title
	}
	return strings.ToLower(text)
}
