// Package lecture is the order of the lecture that this house goes with, M.
// Gasse's "Artificial neural networks": every slide, in words of ours, with the
// scenarios that show it and what they correct. docs/lecture.md is written from
// it by its test, and the screen of `perceptarium lecture` walks through it.
//
// The slides bear no numbers: they are counted by their headings, title pages
// included.
package lecture

import "perceptarium/scenarios"

// Slide is one slide of the lecture.
type Slide struct {
	Number     int      `json:"number"` // from 1
	Title      string   `json:"title"`
	Says       string   `json:"says"` // what it says, in our words
	Scenes     []Scene  `json:"scenes,omitempty"`
	Deviations []string `json:"deviations,omitempty"` // what it says otherwise than the sources, or than the machine
}

// Scene is a scenario, or a part of one, that shows what a slide says.
type Scene struct {
	Scenario string `json:"scenario"`
	Act      int    `json:"act"`               // it opens in this act, from 1
	Last     int    `json:"last,omitempty"`    // the act that it ends with; 0: the scenario's last
	Mark     string `json:"mark,omitempty"`    // a mark of that act, to which it goes at once
	NotYet   bool   `json:"not_yet,omitempty"` // the house has no such scenario yet
}

// Slides lists the slides in their order.
func Slides() []Slide {
	list := slides()
	for i := range list {
		s := &list[i]
		s.Number = i + 1
		for j := range s.Scenes {
			c := &s.Scenes[j]
			c.Act = max(c.Act, 1)
			c.NotYet = scenarios.Source(c.Scenario) == nil
		}
	}
	return list
}
