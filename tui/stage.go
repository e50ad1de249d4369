package tui

import (
	tea "charm.land/bubbletea/v2"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// stage is where one scenario plays.
type stage struct {
	open      func() (*script.Player, error)
	saveDir   string
	player    *script.Player
	snapshots Snapshots
	writes    tea.Cmd         // of snapshots, under way
	kept      script.Landmark // what was stored last in this act
	sheet     *sim.Sheet
	pace      *pace
	trip      journey
	trips     int // journeys so far, so that a late frame is known
	t         *theme
	size      size

	dials    *dials
	drawer   drawer
	layout   *layout
	looks    []look
	readings []sim.Reading
	before   []sim.Reading
	compared bool // before holds what was shown before the last step
	scrolls  map[target]int

	focus  int // of layout.targets
	page   int
	zoomed bool
	count  int // typed before a key
	tale   tale
	desk   desk
	edit   *editor
	prompt *prompt
	notice notice
	marks  []script.PlannedMark
	length sim.Tick // as the plan foretells it
	exact  bool
	far    sim.Tick // the furthest tick of this act that was seen
	warned bool     // that leaving loses what was not saved
	asked  bool     // the same, of beginning anew
	edge   way      // the end, or the beginning, that was said
	follow way      // what to open in place of this one
	lesson *lesson  // its place in the lecture, if it is played there
	saved  int      // entries of the logbook when it was saved
}

// notice is one sentence to the person, until the next key.
type notice struct {
	text string
	ink  ink
}

// newStage opens a scenario and arrives at tick 0 of its first act.
func newStage(sc *script.Scenario, o *Options, t *theme) (*stage, error) {
	s := &stage{t: t, saveDir: o.SaveDir, snapshots: o.Stored, pace: newPace(), size: size{80, 24}}
	s.open = func() (*script.Player, error) {
		ring := sim.RingBytesScreen / max(len(sc.Acts), 1)
		return script.Open(sc, o.House, script.Options{Seed: o.Seed, Ring: ring})
	}
	return s, s.reopen()
}

// reopen begins anew, with a machine that nobody has touched.
func (s *stage) reopen() error {
	player, err := s.open()
	if err != nil {
		return err
	}
	s.player, s.saved, s.warned = player, 0, false
	s.enter()
	s.pace.suit(s.length, s.exact, s.sheet.TickNS)
	return nil
}

// enter looks around in the present act.
func (s *stage) enter() {
	s.rest()
	s.sheet = s.player.Bench().Sheet()
	s.marks, s.length, s.exact = s.player.Plan()
	s.far = s.player.Bench().Now()
	s.pace.spent, s.kept = 0, s.player.Landmark()
	s.dials = dialsOf(s.sheet)
	n := len(s.sheet.Probes)
	s.readings, s.before, s.looks = make([]sim.Reading, n), make([]sim.Reading, n), make([]look, n)
	s.scrolls, s.edit, s.prompt, s.zoomed, s.desk, s.drawer = map[target]int{}, nil, nil, false, desk{}, drawerAuto
	s.compared = false
	s.tale = tale{}
	for i := range s.readings {
		s.player.Bench().Read(sim.ProbeID(i), &s.readings[i])
	}
	s.arrange()
	s.focus, s.page = s.index(target{kind: onTale}), 0
	s.see()
}

func (s *stage) resize(w, h int) {
	s.size = size{w, h}
	s.arrange()
	s.see()
}

func (s *stage) arrange() {
	var at target
	if s.layout != nil && s.focus < len(s.layout.targets) {
		at = s.layout.targets[s.focus]
	}
	s.layout = arrange(s.size, s.sheet, s.dials, s.readings, s.drawer)
	s.focus = s.index(at)
	s.turn()
}

// toggleDesk sends keys to the controls, and opens their drawer; where it was
// opened by hand and has the keys, it shuts it again.
func (s *stage) toggleDesk() {
	switch {
	case len(s.sheet.Controls) == 0:
		s.say("this machine has no controls", inkDim)
	case s.drawer == drawerOpen && s.target().kind == onDesk:
		s.drawer = drawerAuto
		s.arrange()
	default:
		s.openDesk()
	}
}

func (s *stage) openDesk() {
	desk := target{kind: onDesk}
	if s.layout.desk.h == 0 {
		s.drawer = drawerOpen
		s.arrange()
	}
	s.choose(s.index(desk))
}

// index is the place of a panel among those that tab goes through.
func (s *stage) index(t target) int {
	for i, o := range s.layout.targets {
		if o == t {
			return i
		}
	}
	return 0
}

func (s *stage) target() target { return s.layout.targets[s.focus] }

// choose sends keys to that panel, and turns to its page.
func (s *stage) choose(i int) {
	n := len(s.layout.targets)
	s.focus = (i + n) % n
	s.turn()
}

func (s *stage) turn() {
	if page, ok := s.layout.pageOf(s.target()); ok {
		s.page = page
	}
	s.page = min(s.page, max(len(s.layout.pages)-1, 0))
}

// see reads every probe, so that View only draws.
func (s *stage) see() {
	b := s.player.Bench()
	s.far = max(s.far, b.Now())
	for i := range s.readings {
		id := sim.ProbeID(i)
		b.Read(id, &s.readings[i])
		s.looks[i] = look{p: &s.sheet.Probes[i], now: &s.readings[i], t: s.t, cursor: -1, scroll: s.scrolls[target{onProbe, id}]}
		if s.compared {
			s.looks[i].before = &s.before[i]
		}
	}
	if s.edit != nil {
		s.edit.look(s)
	}
	s.tale.follow(s)
}

// remember keeps what is shown, so that the next step can show what it moved.
func (s *stage) remember() {
	for i := range s.readings {
		s.before[i].CopyFrom(&s.readings[i])
	}
	s.compared = true
}

func (s *stage) say(text string, k ink) { s.notice = notice{text, k} }

func (s *stage) fail(err error) { s.say(err.Error(), inkBad) }

// key does what a key asks for. leave is true where it leaves the stage.
func (s *stage) key(k tea.KeyPressMsg) (cmd tea.Cmd, leave bool) {
	s.notice = notice{}
	name := k.String()
	switch {
	case s.prompt != nil:
		s.prompt.key(s, k)
	case s.edit != nil && s.edit.key(s, k):
	case s.target().kind == onDesk && s.desk.key(s, k):
	case s.digit(name):
	default:
		cmd, leave = s.act(find(bindings, k))
	}
	s.see()
	return cmd, leave
}

const countMax = 1_000_000_000

// digit collects the number that may stand before step and back.
func (s *stage) digit(name string) bool {
	if len(name) != 1 || name[0] < '0' || name[0] > '9' || name == "0" && s.count == 0 {
		return false
	}
	s.count = min(s.count*10+int(name[0]-'0'), countMax)
	s.say(group(int64(s.count))+" times: a step, or a step back", inkDim)
	return true
}

// act does what the stage's table of keys says.
func (s *stage) act(a action) (cmd tea.Cmd, leave bool) {
	n := sim.Tick(max(s.count, 1))
	s.count = 0
	s.warned, s.asked = s.warned && a == actLeave, s.asked && a == actReopen
	if a != actNextMark && s.edge == onward || a != actPrevMark && s.edge == backward {
		s.edge = stay
	}
	switch a {
	case actNextPanel:
		s.choose(s.focus + 1)
	case actPrevPanel:
		s.choose(s.focus - 1)
	case actControls:
		s.toggleDesk()
	case actUp, actDown:
		s.scroll(int(a-actUp)*2 - 1)
	case actEnter:
		s.enterPanel()
	case actZoom:
		s.zoomed = !s.zoomed
	case actUndo:
		s.undo()
	case actSave:
		s.save()
	case actFaster:
		s.pace.change(+1)
	case actSlower:
		s.pace.change(-1)
	case actLeave:
		return nil, s.leave()
	default:
		return s.move(a, n), false
	}
	return nil, false
}

// leave ends what is under way, from the inside out; on the bare stage it
// leaves it, after a warning where something would be lost.
func (s *stage) leave() bool {
	switch {
	case s.trip.kind != resting:
		s.rest()
	case s.zoomed:
		s.zoomed = false
	case s.unsaved() && !s.warned:
		s.warned = true
		s.say("what you did is not saved: S saves it, q again leaves", inkHand)
	default:
		return true
	}
	return false
}

// unsaved reports whether the hand has done something since the last save.
func (s *stage) unsaved() bool {
	return s.player.Taken() && s.saved != s.entries()
}

func (s *stage) entries() int {
	return len(s.player.Bench().Logbook()) + s.player.Bench().Ahead()
}

// scroll moves what the chosen panel shows by that many lines.
func (s *stage) scroll(by int) {
	t := s.target()
	if t.kind == onTale {
		s.tale.scroll(by)
		return
	}
	s.scrolls[t] = max(s.scrolls[t]+by, 0)
}

func (s *stage) undo() {
	s.rest()
	if err := s.player.Undo(); err != nil {
		s.fail(err)
		return
	}
	s.compared = false
	s.say("taken back: tick "+group(int64(s.player.Bench().Now()))+" as it was before", inkHand)
}

// apply is the person's hand on a control.
func (s *stage) apply(in sim.Input) bool {
	ahead := s.player.Bench().Ahead()
	s.remember()
	if err := s.player.Apply(in); err != nil {
		s.compared = false
		s.say("refused: "+err.Error(), inkBad)
		return false
	}
	text := describe(s.sheet, in)
	if ahead > 0 {
		text += "; what lay ahead is cut off, a branch begins"
	}
	s.say(text+" (u takes it back)", inkHand)
	return true
}

// describe says what an Input does.
func describe(sheet *sim.Sheet, in sim.Input) string {
	c := &sheet.Controls[in.Control]
	name := c.Name
	if c.Kind == sim.Grid && in.Index >= 0 {
		name += "[" + cellName(c.Names, in.Index) + "]"
	}
	switch c.Kind {
	case sim.Button:
		return name + " pressed"
	case sim.Text:
		if words := script.FormatInput(sheet, in); words != "" {
			return name + " = " + cut(words, 40)
		}
		return name + " = " + plural(len(in.Bytes), "byte", "bytes")
	}
	return name + " = " + cut(script.FormatInput(sheet, in), 40)
}

// cellName is the label of a cell where it has one, else its number.
func cellName(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return group(int64(i))
}
