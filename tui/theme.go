package tui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Spacing, in cells.
const (
	gapColumns = 2 // between panels side by side
	widthMin   = 60
	heightMin  = 16
	widthWide  = 110 // from here on the narration stands at the right
)

// ink says what a character means; the theme says what that looks like.
type ink uint8

const (
	inkText    ink = iota
	inkStrong      // what the eye should find first
	inkDim         // units, names, what is over
	inkFaint       // dark lamps, empty tracks
	inkTitle       // the name of a panel
	inkRule        // the line beside it
	inkFocus       // the panel that keys go to
	inkLit         // a lamp that is lit, a unit that fires
	inkChanged     // a value that the last step moved
	inkGood        // an expectation that held
	inkBad         // one that failed, a refused input, a fault
	inkKnown       // a difference that the scenario declares
	inkHand        // what a person's hand did
	inkMark        // a mark of the scenario
	inkKey         // a key in a hint
	inkCursor      // the cell under the cursor
	inkNeg1        // three steps below zero ...
	inkNeg2
	inkNeg3
	inkPos1 // ... and above
	inkPos2
	inkPos3
	inks
)

// tone is what one ink looks like: its colour on a dark and on a light
// terminal, and where it is not known which. Its weight has to say enough
// where there are no colours.
type tone struct {
	dark, light, either string
	bold, faint, reverse,
	underline bool
}

var tones = [inks]tone{
	inkText:    {},
	inkStrong:  {bold: true},
	inkDim:     {"#9AA3AD", "#5E6670", "#7F8893", false, false, false, false},
	inkFaint:   {"#5B636D", "#A9B0B8", "#828B95", false, true, false, false},
	inkTitle:   {"#8FB8D0", "#215E80", "#4C88A8", false, false, false, false},
	inkRule:    {"#3E464F", "#CBD1D7", "#7B848E", false, true, false, false},
	inkFocus:   {"#FFC66D", "#8A5200", "#B57A1F", true, false, false, false},
	inkLit:     {"#FFB454", "#A85B00", "#C77C1E", true, false, false, false},
	inkChanged: {"#FFE0A3", "#7A4600", "#B57A1F", true, false, false, true},
	inkGood:    {"#8CC98A", "#2C7A32", "#4B9A50", false, false, false, false},
	inkBad:     {"#F0787A", "#B3261E", "#D2554F", true, false, false, false},
	inkKnown:   {"#C9A6E8", "#6B3FA0", "#9470BE", false, false, false, false},
	inkHand:    {"#7FD1C7", "#00736A", "#2E9C92", true, false, false, false},
	inkMark:    {"#8FB8D0", "#215E80", "#4C88A8", true, false, false, false},
	inkKey:     {"#D7DCE2", "#2B333B", "", true, false, false, false},
	inkCursor:  {bold: true, reverse: true},
	inkNeg1:    {"#5C8CA3", "#6FA0B8", "#6A97AD", false, false, false, false},
	inkNeg2:    {"#62B0D0", "#2F7FA3", "#4393B8", false, false, false, false},
	inkNeg3:    {"#7CD0F2", "#0B5C84", "#2F86B0", true, false, false, false},
	inkPos1:    {"#A08455", "#C09A5C", "#AC8C52", false, false, false, false},
	inkPos2:    {"#DB9F4C", "#B0701A", "#C2872F", false, false, false, false},
	inkPos3:    {"#FFB454", "#8F4E00", "#BF7417", true, false, false, false},
}

// code is what goes before and after a run of one ink.
type code struct{ on, off string }

// theme is all that a picture's looks depend on.
type theme struct {
	ascii bool
	codes [inks]code
	glyphs
}

// ground is what is known of the terminal's background.
type ground uint8

const (
	groundUnknown ground = iota
	groundDark
	groundLight
)

// newTheme makes the looks for a terminal with that background. Where it shows
// no colours, weight alone tells inks apart.
func newTheme(g ground, colours, ascii bool) *theme {
	t := &theme{ascii: ascii, glyphs: unicodeGlyphs}
	if ascii {
		t.glyphs = asciiGlyphs
	}
	for i := range tones {
		t.codes[i] = tones[i].code(g, colours)
	}
	return t
}

func (o *tone) code(g ground, colours bool) code {
	style := lipgloss.NewStyle().Bold(o.bold).Faint(o.faint && !colours).Reverse(o.reverse).Underline(o.underline)
	if c := o.colour(g); c != nil && colours {
		style = style.Foreground(c)
	}
	on, off, ok := strings.Cut(style.Render("x"), "x")
	if !ok {
		return code{}
	}
	return code{on, off}
}

func (o *tone) colour(g ground) color.Color {
	name := [...]string{o.either, o.dark, o.light}[g]
	if name == "" {
		return nil
	}
	return lipgloss.Color(name)
}

// glyphs are the characters that differ in plain ASCII.
type glyphs struct {
	lit, dark               rune // a lamp
	rule, ruleFocus         rune
	pointer                 string // before what is chosen
	track, done, cursor     rune   // of the timeline
	mark, passed, hand      rune   // on the timeline
	held, failed, known     string
	ramp                    []rune // a value above zero, from its least to its most
	hang                    []rune // and below
	shade                   []rune // the same, as an even tone
	meterOn, meterOff       rune
	up, down                string
	running, resting        string
	along                   rune    // the side of a unit
	strokes                 [3]rune // lines from thin to thick
	excite, inhibit, oppose rune    // what an axon does where it ends
	threshold               string
	open, close, enter      string // around a value that is not yet applied
}

var unicodeGlyphs = glyphs{
	lit: '●', dark: '○', rule: '─', ruleFocus: '━', pointer: "▸",
	track: '─', done: '━', cursor: '█', mark: '◇', passed: '◆', hand: '✎',
	held: "✓", failed: "✗", known: "≠",
	ramp: []rune("▁▂▃▄▅▆▇█"), hang: []rune("▔▀▓"), shade: []rune(" ░▒▓█"), meterOn: '█', meterOff: '░',
	up: "▲", down: "▼", running: "▶", resting: "❚❚", along: '│', strokes: [3]rune{'┄', '─', '━'}, excite: '▸', inhibit: '┤', oppose: '∘', threshold: "θ", open: "‹", close: "›", enter: "↵",
}

var asciiGlyphs = glyphs{
	lit: '#', dark: '.', rule: '-', ruleFocus: '=', pointer: ">",
	track: '-', done: '=', cursor: '|', mark: 'o', passed: '*', hand: '!',
	held: "ok", failed: "NO", known: "!=",
	ramp: []rune("_,:i+*#"), hang: []rune("-=%"), shade: []rune(" .:=#"), meterOn: '#', meterOff: '.',
	up: "^", down: "v", running: ">", resting: "||", along: '|', strokes: [3]rune{'.', '-', '='}, excite: '>', inhibit: ']', oppose: 'o', threshold: "T", open: "<", close: ">", enter: "enter",
}

// plainOf are stand-ins in ASCII for what scenarios and panels write.
var plainOf = map[rune]rune{
	'─': '-', '━': '=', '│': '|', '┃': '|', '╮': '.', '╭': '.', '╯': '\'', '╰': '\'', '┐': '.', '┌': '.', '└': '\'', '┘': '\'',
	'├': '+', '┤': '+', '┬': '+', '┴': '+', '┼': '+', '●': '#', '○': '.', '◆': '*', '◇': 'o', '·': '.', '…': '.',
	'–': '-', '—': '-', '−': '-', '×': 'x', '÷': '/', '≤': '<', '≥': '>', '≠': '!', '±': '+', '→': '>', '←': '<', '↑': '^', '↓': 'v',
	'‘': '\'', '’': '\'', '“': '"', '”': '"', '«': '"', '»': '"', '°': 'o', 'µ': 'u', 'λ': 'l', 'γ': 'g', 'α': 'a', 'β': 'b', 'θ': 'T', 'Σ': 'S',
	'ä': 'a', 'ö': 'o', 'ü': 'u', 'ß': 's', 'é': 'e', 'è': 'e', 'à': 'a', 'ç': 'c', 'ô': 'o', 'í': 'i', 'á': 'a', 'ó': 'o', 'ø': 'o', '\u00a0': ' ',
}

func plain(r rune) rune {
	if p, ok := plainOf[r]; ok {
		return p
	}
	return '?'
}
