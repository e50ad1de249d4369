package tui

import "perceptarium/sim"

// targetKind tells apart what keys can go to.
type targetKind uint8

const (
	onProbe targetKind = iota
	onDials            // the instruments
	onTale             // the narration
	onDesk             // the controls
)

// target is a panel of the stage.
type target struct {
	kind  targetKind
	probe sim.ProbeID
}

// layout is where everything stands on a stage of that size. It depends on the
// size and on the sheet alone: nothing moves while a machine runs.
type layout struct {
	size
	pages   [][]place
	loss    float64 // what a reader misses on all pages
	machine place   // the room of the probes' panels
	tale    place
	desk    place
	targets []target
}

const (
	headerRows = 2
	footerRows = 3 // caption, timeline, keys
	deskMin    = 22
)

// arrange lays the stage out. On a narrow screen the narration lies below the
// machine, as high as it can be without making a panel smaller, and the controls
// stand at the right of it where the drawer is open; on a wide one narration and
// controls stand at the right.
func arrange(s size, sheet *sim.Sheet, d *dials, readings []sim.Reading, w drawer) *layout {
	if s.w >= widthWide {
		return arrangeWide(s, sheet, d, readings)
	}
	body := s.h - headerRows - footerRows
	h := min(max((body+1)/4, 4), 10)
	l := arrangeNarrow(s, h, sheet, d, readings, w != drawerShut)
	if w == drawerAuto && len(l.pages) > 1 {
		w = drawerShut
		l = arrangeNarrow(s, h, sheet, d, readings, false)
	}
	for h++; h <= min(body*2/5, 12); h++ {
		higher := arrangeNarrow(s, h, sheet, d, readings, w != drawerShut)
		if len(higher.pages) > len(l.pages) || higher.loss > l.loss {
			break
		}
		l = higher
	}
	return l
}

// drawer says whether the controls stand beside the machine on a narrow screen.
// Of itself it is open where all panels then still fit on one page.
type drawer uint8

const (
	drawerAuto drawer = iota
	drawerOpen
	drawerShut
)

func arrangeNarrow(s size, tale int, sheet *sim.Sheet, d *dials, readings []sim.Reading, open bool) *layout {
	top, body := headerRows, s.h-headerRows-footerRows
	l := &layout{size: s}
	l.tale = place{x: 0, y: top + body - tale, w: s.w, h: tale}
	l.machine = place{x: 0, y: top, w: s.w, h: body - tale}
	if len(sheet.Controls) > 0 && open {
		w := min(max(s.w*3/10, deskMin), 34)
		l.machine.w -= w + gapColumns
		l.desk = place{x: s.w - w, y: top, w: w, h: body - tale}
	}
	l.fill(sheet, d, readings)
	return l
}

func arrangeWide(s size, sheet *sim.Sheet, d *dials, readings []sim.Reading) *layout {
	top, body := headerRows, s.h-headerRows-footerRows
	w := min(max(s.w*2/5, 40), 64)
	x := s.w - w
	l := &layout{size: s}
	l.machine = place{x: 0, y: top, w: x - gapColumns, h: body}
	l.tale = place{x: x, y: top, w: w, h: body}
	if n := len(sheet.Controls); n > 0 {
		h := min(n+1, body*2/5)
		l.tale.h = body - h
		l.desk = place{x: x, y: top + body - h, w: w, h: h}
	}
	l.fill(sheet, d, readings)
	return l
}

// fill gives the probes their places, and lists all panels in the order in
// which tab goes through them.
func (l *layout) fill(sheet *sim.Sheet, d *dials, readings []sim.Reading) {
	l.tale.target, l.desk.target = target{kind: onTale}, target{kind: onDesk}
	var list []parcel
	for i := range sheet.Probes { // a net explains all the rest: it comes first
		if p := &sheet.Probes[i]; p.Kind == sim.Net {
			list = append(list, parcelOf(sim.ProbeID(i), p, &readings[i]))
		}
	}
	dialsDone := len(d.probes) == 0
	for i := range sheet.Probes {
		p := &sheet.Probes[i]
		switch {
		case p.Kind == sim.Net:
		case !isDial(p):
			list = append(list, parcelOf(sim.ProbeID(i), p, &readings[i]))
		case !dialsDone && d.probes[0] == sim.ProbeID(i):
			dialsDone = true
			list = append(list, d.parcel())
		}
	}
	l.pages, l.loss = paginate(list, size{l.machine.w, l.machine.h})
	for _, page := range l.pages {
		for _, p := range page {
			l.targets = append(l.targets, p.target)
		}
	}
	l.targets = append(l.targets, l.tale.target)
	if l.desk.h > 0 {
		l.targets = append(l.targets, l.desk.target)
	}
}

func parcelOf(id sim.ProbeID, p *sim.Probe, r *sim.Reading) parcel {
	box := parcel{target: target{onProbe, id}}
	title := min(textWidth(p.Name)+2, 12)
	for _, f := range forms(p, r) {
		box.sizes = append(box.sizes, option{size{max(f.w, title), f.h + 1}, f.loss})
	}
	return box
}

func (d *dials) parcel() parcel {
	return parcel{target: target{kind: onDials}, sizes: d.sizes()}
}

// pageOf is the page on which a panel stands; narration and controls are on
// every page.
func (l *layout) pageOf(t target) (int, bool) {
	for i, page := range l.pages {
		for _, p := range page {
			if p.target == t {
				return i, true
			}
		}
	}
	return 0, false
}

// dialsOf gathers the single values of a sheet. Those that show where a control
// stands are seen in the panel of controls, and a fault in the header.
func dialsOf(sheet *sim.Sheet) *dials {
	d := &dials{}
	for i := range sheet.Probes {
		p := &sheet.Probes[i]
		_, turned := sheet.Control(p.Name)
		if !isDial(p) || turned || p.Name == faultProbe {
			continue
		}
		d.probes = append(d.probes, sim.ProbeID(i))
		d.names = max(d.names, min(textWidth(p.Name), dialNameMax))
	}
	return d
}

// faultProbe says why a machine holds.
const faultProbe = "fault"

// gridSize is the shape of a grid in words.
func gridSize(rows, cols int) string {
	return group0(max(rows, 1)) + "x" + group0(max(cols, 1))
}
