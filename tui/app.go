package tui

import (
	tea "charm.land/bubbletea/v2"

	"perceptarium/scenarios"
)

// app is the whole screen: a hall, or a stage before it.
type app struct {
	o       Options
	t       *theme
	ground  ground
	colours bool
	size    size
	hall    *hall
	stage   *stage
	help    *helpPage
	blank   bool
	opening *opening
	failed  error   // why the scenario that the screen was called for could not be opened
	first   tea.Cmd // what the opened stage has under way
}

func newApp(o Options) (*app, error) {
	if o.patience == 0 {
		o.patience = openingMax
	}
	a := &app{o: o, colours: !o.NoColor}
	a.t = newTheme(groundUnknown, a.colours, o.ASCII)
	if o.Scenario == nil {
		h, err := newHall(a.t, o.Lecture)
		a.hall = h
		return a, err
	}
	a.first = a.open(o.Scenario, nil)
	return a, a.failed
}

// Init implements tea.Model.
func (a *app) Init() tea.Cmd { return tea.Batch(tea.RequestBackgroundColor, a.first) }

// Update implements tea.Model.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		a.ground = groundLight
		if msg.IsDark() {
			a.ground = groundDark
		}
		a.retheme()
	case tea.ColorProfileMsg:
		name := msg.Profile.String()
		a.colours = !a.o.NoColor && name != "Ascii" && name != "NoTTY"
		a.retheme()
	case opened:
		return a, a.arrive(msg)
	case frameMsg:
		if a.stage != nil {
			return a, a.stage.frame(int(msg))
		}
	case tea.PasteMsg:
		if a.stage != nil && a.stage.prompt != nil {
			a.stage.prompt.add(msg.Content)
		}
	case tea.KeyPressMsg:
		return a, a.key(msg)
	}
	return a, nil
}

func (a *app) resize(w, h int) {
	a.size = size{w, h}
	if a.tooSmall() {
		return
	}
	if a.hall != nil {
		a.hall.size = a.size
	}
	if a.stage != nil {
		a.stage.resize(w, h)
	}
}

func (a *app) retheme() {
	*a.t = *newTheme(a.ground, a.colours, a.o.ASCII)
}

// key gives a key to what is in front.
func (a *app) key(k tea.KeyPressMsg) tea.Cmd {
	if find(bindings, k) == actQuit {
		return tea.Quit
	}
	switch {
	case a.blank:
		a.blank = false
	case a.tooSmall():
		if k.String() == "q" {
			return tea.Quit
		}
	case a.help != nil:
		a.helpKey(k)
	case a.opening != nil:
		if find(bindings, k) == actLeave && a.giveUp() {
			return tea.Quit
		}
	case a.stage != nil:
		return a.stageKey(k)
	default:
		return a.hallKey(k)
	}
	return nil
}

func (a *app) helpKey(k tea.KeyPressMsg) {
	page := a.size.h - 2
	switch find(bindings, k) {
	case actUp:
		a.help.scroll(-1, a.size.w, page+1)
	case actDown:
		a.help.scroll(+1, a.size.w, page+1)
	case actPrevMark:
		a.help.scroll(-page, a.size.w, page+1)
	case actNextMark, actRun:
		a.help.scroll(+page, a.size.w, page+1)
	default:
		a.help = nil
	}
}

// writing reports whether keys write text just now.
func (a *app) writing() bool {
	if a.stage != nil {
		return a.stage.prompt != nil
	}
	return a.hall.searching
}

func (a *app) stageKey(k tea.KeyPressMsg) tea.Cmd {
	if !a.writing() {
		switch find(bindings, k) {
		case actBlank:
			a.blank = true
			a.stage.rest()
			return nil
		case actHelp:
			a.help = helpOf(bindings, a.stage.sheet)
			a.stage.rest()
			return nil
		}
	}
	cmd, leave := a.stage.key(k)
	if a.stage.follow != stay {
		return a.follow()
	}
	if !leave {
		return cmd
	}
	if a.o.Scenario != nil {
		return tea.Quit
	}
	a.stage = nil
	return nil
}

func (a *app) hallKey(k tea.KeyPressMsg) tea.Cmd {
	if !a.writing() {
		switch find(hallBindings, k) {
		case actBlank:
			a.blank = true
			return nil
		case actHelp:
			a.help = helpOf(hallBindings, nil)
			return nil
		}
	}
	door, leave := a.hall.key(k)
	if leave {
		return tea.Quit
	}
	if door != nil {
		return a.enter(door)
	}
	return nil
}

// follow opens what stands before or behind the present scene: in the lecture
// the next scene in that direction, else the scenario that this one names.
func (a *app) follow() tea.Cmd {
	to := a.stage.follow
	a.stage.follow = stay
	if a.stage.lesson == nil {
		return a.openNamed(a.stage.player.Scenario().Header.Next, nil)
	}
	return a.enter(a.hall.turn(a.stage.lesson.row, to))
}

// enter opens what stands behind a door of the hall.
func (a *app) enter(d *door) tea.Cmd {
	if d.scene == nil {
		return a.openNamed(d.Name, nil)
	}
	return a.openNamed(d.Name, &scene{*d.scene, d.words(), a.hall.lesson(d.scene)})
}

// openNamed opens a scenario of the house in place of what is there; in the
// lecture as that scene.
func (a *app) openNamed(name string, as *scene) tea.Cmd {
	sc, err := scenarios.Load(name)
	switch {
	case err == nil:
		return a.open(sc.In(a.o.Full), as)
	case a.stage != nil:
		a.stage.say(name+": "+err.Error(), inkBad)
	default:
		a.hall.notice = notice{name + ": " + err.Error(), inkBad}
	}
	return nil
}

func (a *app) tooSmall() bool { return a.size.w < widthMin || a.size.h < heightMin }

// View implements tea.Model.
func (a *app) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.WindowTitle = "Perceptarium"
	if a.size.w <= 0 || a.size.h <= 0 {
		return v
	}
	c := newCanvas(a.size.w, a.size.h)
	a.draw(c.area())
	v.SetContent(c.render(a.t))
	return v
}

func (a *app) draw(all area) {
	switch {
	case a.blank:
	case a.tooSmall():
		text := "Perceptarium needs a terminal of at least 60 x 16; this one is " + group0(a.size.w) + " x " + group0(a.size.h) + "."
		for y, line := range wrap(text, all.w) {
			all.text(0, y, line, inkText)
		}
	case a.help != nil:
		a.help.draw(a.t, all)
	case a.opening != nil:
		a.opening.draw(a.t, all)
	case a.stage != nil:
		a.stage.draw(all)
	default:
		a.hall.draw(all)
	}
}
