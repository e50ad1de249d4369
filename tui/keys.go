package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// action is what a key asks for.
type action uint8

const (
	actNone action = iota
	actStep
	actBack
	actRun
	actFaster
	actSlower
	actNextMark
	actPrevMark
	actNextAct
	actPrevAct
	actRestart
	actReopen
	actEnd
	actChange
	actNextPanel
	actPrevPanel
	actControls
	actUp
	actDown
	actEnter
	actZoom
	actUndo
	actSave
	actBlank
	actHelp
	actLeave
	actQuit
	actSearch
	actFirst
	actLast
)

// binding is one row of the table of keys: help and hints are made from it.
type binding struct {
	act action
	key.Binding
}

// bind makes a row: keys as Bubble Tea names them, separated by blanks; the same
// as people read them; what they do.
func bind(a action, keys, show, doc string) binding {
	return binding{a, key.NewBinding(key.WithKeys(strings.Fields(keys)...), key.WithHelp(show, doc))}
}

// bindings are the keys of the stage; docs/screen.md has the same table.
var bindings = []binding{
	bind(actStep, "right l .", "→ l .", "one tick forward"),
	bind(actBack, "left h ,", "← h ,", "one tick back"),
	bind(actRun, "space", "space", "run and pause; a run rests at every mark"),
	bind(actFaster, "+ = >", "+", "faster"),
	bind(actSlower, "- _ <", "-", "slower"),
	bind(actNextMark, "pgdown ] n", "PgDn ] n", "on to the next mark; first the rest of a long text"),
	bind(actPrevMark, "pgup [ p", "PgUp [ p", "back to the mark before"),
	bind(actNextAct, "} N", "} N", "next act"),
	bind(actPrevAct, "{ P", "{ P", "the act before"),
	bind(actRestart, "r home 0", "r Home", "back to tick 0; what you did happens again"),
	bind(actReopen, "R", "R", "begin anew, without what you did"),
	bind(actEnd, "G end", "G End", "on to the end of the act"),
	bind(actChange, "t", "t", "on until the chosen panel changes"),
	bind(actNextPanel, "tab", "tab", "choose the next panel"),
	bind(actPrevPanel, "shift+tab", "shift+tab", "choose the panel before"),
	bind(actControls, "c", "c", "choose the controls; again shuts their drawer"),
	bind(actUp, "up k", "↑ k", "up in the chosen panel"),
	bind(actDown, "down j", "↓ j", "down in the chosen panel"),
	bind(actEnter, "enter e", "enter e", "turn the chosen control; edit the chosen panel"),
	bind(actZoom, "z", "z", "the chosen panel on the whole screen, and back"),
	bind(actUndo, "u", "u", "take back the last thing you did, and all that came after"),
	bind(actSave, "S", "S", "save the logbook as a scenario"),
	bind(actBlank, "b", "b", "blank the screen; any key brings it back"),
	bind(actHelp, "?", "?", "this help, and the data sheet"),
	bind(actLeave, "q esc", "q", "leave"),
}

// hallBindings are the keys of the hall that differ from the stage's.
var hallBindings = []binding{
	bind(actUp, "up k", "↑ k", "up"),
	bind(actDown, "down j", "↓ j", "down"),
	bind(actPrevMark, "pgup", "PgUp", "a page up"),
	bind(actNextMark, "pgdown", "PgDn", "a page down"),
	bind(actFirst, "home g", "Home", "the first"),
	bind(actLast, "end G", "End", "the last"),
	bind(actEnter, "enter space right l", "enter", "open the scenario"),
	bind(actSearch, "/", "/", "search in titles, names, machines and years"),
	bind(actHelp, "?", "?", "help"),
	bind(actBlank, "b", "b", "blank"),
	bind(actLeave, "q", "q", "leave"),
}

// find is the action of a key; ctrl+c leaves from everywhere.
func find(table []binding, k tea.KeyPressMsg) action {
	if k.String() == "ctrl+c" {
		return actQuit
	}
	for _, b := range table {
		if key.Matches(k, b.Binding) {
			return b.act
		}
	}
	return actNone
}
