package tui

import "strings"

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
	act  action
	keys string // as Bubble Tea names them, separated by blanks
	show string // as people read them
	doc  string
}

// bindings are the keys of the stage; docs/screen.md has the same table.
var bindings = []binding{
	{actStep, "right l .", "→ l .", "one tick forward"},
	{actBack, "left h ,", "← h ,", "one tick back"},
	{actRun, "space", "space", "run and pause; a run rests at every mark"},
	{actFaster, "+ = >", "+", "faster"},
	{actSlower, "- _ <", "-", "slower"},
	{actNextMark, "pgdown ] n", "PgDn ] n", "on to the next mark; first the rest of a long text"},
	{actPrevMark, "pgup [ p", "PgUp [ p", "back to the mark before"},
	{actNextAct, "} N", "} N", "next act"},
	{actPrevAct, "{ P", "{ P", "the act before"},
	{actRestart, "r home 0", "r Home", "back to tick 0; what you did happens again"},
	{actReopen, "R", "R", "begin anew, without what you did"},
	{actEnd, "G end", "G End", "on to the end of the act"},
	{actChange, "t", "t", "on until the chosen panel changes"},
	{actNextPanel, "tab", "tab", "choose the next panel"},
	{actPrevPanel, "shift+tab", "shift+tab", "choose the panel before"},
	{actControls, "c", "c", "choose the controls; again shuts their drawer"},
	{actUp, "up k", "↑ k", "up in the chosen panel"},
	{actDown, "down j", "↓ j", "down in the chosen panel"},
	{actEnter, "enter e", "enter e", "turn the chosen control; edit the chosen panel"},
	{actZoom, "z", "z", "the chosen panel on the whole screen, and back"},
	{actUndo, "u", "u", "take back the last thing you did, and all that came after"},
	{actSave, "S", "S", "save the logbook as a scenario"},
	{actBlank, "b", "b", "blank the screen; any key brings it back"},
	{actHelp, "?", "?", "this help, and the data sheet"},
	{actLeave, "q esc", "q", "leave"},
}

// hallBindings are the keys of the hall that differ from the stage's.
var hallBindings = []binding{
	{actUp, "up k", "↑ k", "up"},
	{actDown, "down j", "↓ j", "down"},
	{actPrevMark, "pgup", "PgUp", "a page up"},
	{actNextMark, "pgdown", "PgDn", "a page down"},
	{actFirst, "home g", "Home", "the first"},
	{actLast, "end G", "End", "the last"},
	{actEnter, "enter space right l", "enter", "open the scenario"},
	{actSearch, "/", "/", "search in titles, names, machines and years"},
	{actHelp, "?", "?", "help"},
	{actBlank, "b", "b", "blank"},
	{actLeave, "q", "q", "leave"},
}

// find is the action of a key; ctrl+c leaves from everywhere.
func find(table []binding, key string) action {
	if key == "ctrl+c" {
		return actQuit
	}
	for i := range table {
		for _, k := range strings.Fields(table[i].keys) {
			if k == key {
				return table[i].act
			}
		}
	}
	return actNone
}
